//! Comparison of a chain's interface with the one that a program was built for.
//!
//! Only what a program uses is compared, in order and with indices, down to the primitive types: a runtime may have any
//! number of other calls, events and errors. Encodings that this crate writes by itself are right for each chain that passes.

use codec::{Decode, Encode};
use polkadot_sdk::sp_io::hashing::blake2_256;
use scale_info::{PortableRegistry, TypeDef};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};
use subxt::metadata::{Metadata, PalletMetadata};

/// Metadata of the runtime that this crate was built for. `scripts/metadata` writes it, and a test of the network compares it with
/// the runtime's.
pub const METADATA: &[u8] = include_bytes!("../artifacts/tandem.scale");

/// Version of the metadata format that both sides are compared in.
pub const METADATA_VERSION: u32 = 15;

/// Pallet and a call, storage item, event or constant of it; or a runtime API and a method of it.
pub type Name = (&'static str, &'static str);

/// Parts of a runtime's interface that a program uses.
#[derive(Clone, Copy, Debug)]
pub struct Interface {
    /// Name of the program, for its messages.
    pub program: &'static str,
    /// Calls that it signs, or wraps into others.
    pub calls: &'static [Name],
    /// Storage items that it reads or proves.
    pub storage: &'static [Name],
    /// Events that it waits for.
    pub events: &'static [Name],
    /// Constants that it reads.
    pub constants: &'static [Name],
    /// Methods of runtime APIs that it asks.
    pub apis: &'static [Name],
}

/// Parts that this crate uses for every program.
const COMMON: Interface = Interface {
    program: "tandem-client",
    calls: &[],
    storage: &[("System", "Events"), ("System", "BlockHash"), ("Timestamp", "Now")],
    events: &[("System", "ExtrinsicSuccess"), ("System", "ExtrinsicFailed")],
    constants: &[("System", "Version")],
    apis: &[
        ("TaggedTransactionQueue", "validate_transaction"),
        ("GrandpaApi", "current_set_id"),
        ("GrandpaApi", "grandpa_authorities"),
    ],
};

/// Name and numbers of a runtime, from the head of `RuntimeVersion`.
#[derive(Clone, Debug, Decode, Eq, PartialEq)]
pub struct Version {
    /// Name of the runtime.
    pub name: String,
    implementation: String,
    authoring: u32,
    /// Number of the code, which every signature covers.
    pub spec: u32,
    implementation_version: u32,
    apis: Vec<([u8; 8], u32)>,
    /// Number of the encoding of transactions.
    pub transaction: u32,
}

/// Metadata that this crate was built with.
pub fn known() -> &'static Metadata {
    static KNOWN: OnceLock<Metadata> = OnceLock::new();
    KNOWN.get_or_init(|| Metadata::decode_from(METADATA).expect("a test reads the committed metadata; qed"))
}

/// Version of the runtime that this crate was built for.
pub fn known_version() -> &'static Version {
    static KNOWN: OnceLock<Version> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let constant = known().pallet_by_name("System").and_then(|system| system.constant_by_name("Version"));
        let value = constant.map(|constant| constant.value()).unwrap_or_default();
        Version::decode(&mut &*value).expect("a test reads the version in the committed metadata; qed")
    })
}

impl Interface {
    /// Names of the parts that are missing in these metadata, or other than in the known ones.
    pub fn differences(&self, theirs: &Metadata) -> Vec<String> {
        let [own, other] = [known(), theirs].map(|metadata| self.digests(metadata));
        own.into_iter()
            .filter(|(name, digest)| digest.is_none() || other.get(name) != Some(digest))
            .map(|(name, _)| name)
            .collect()
    }

    /// Digest of each part; `None` for one that these metadata do not have.
    fn digests(&self, metadata: &Metadata) -> BTreeMap<String, Option<[u8; 32]>> {
        let mut found = BTreeMap::new();
        for used in [&COMMON, self] {
            let kinds: [(&str, &[Name], Describe); 5] = [
                ("call", used.calls, call),
                ("storage", used.storage, storage),
                ("event", used.events, event),
                ("constant", used.constants, constant),
                ("runtime API", used.apis, api),
            ];
            for (kind, names, describe) in kinds {
                for (pallet, name) in names {
                    let mut description = Description::of(metadata);
                    let described = describe(&mut description, pallet, name);
                    found.insert(format!("{kind} {pallet}.{name}"), described.map(|()| blake2_256(&description.bytes)));
                }
            }
        }
        found
    }
}

type Describe = fn(&mut Description<'_>, &str, &str) -> Option<()>;

fn call(description: &mut Description<'_>, pallet: &str, name: &str) -> Option<()> {
    let pallet = description.pallet(pallet)?;
    let variant = pallet.call_variant_by_name(name)?;
    description.add(&(pallet.call_index(), variant.index));
    description.fields(variant.fields.iter().map(|field| (field.name.as_deref(), field.ty.id)))
}

fn event(description: &mut Description<'_>, pallet: &str, name: &str) -> Option<()> {
    let pallet = description.pallet(pallet)?;
    let variant = pallet.event_variants()?.iter().find(|variant| variant.name == name)?;
    description.add(&(pallet.event_index(), variant.index));
    description.fields(variant.fields.iter().map(|field| (field.name.as_deref(), field.ty.id)))
}

fn storage(description: &mut Description<'_>, pallet: &str, name: &str) -> Option<()> {
    let item = description.pallet(pallet)?.storage()?.entry_by_name(name)?;
    for key in item.keys() {
        description.add(&format!("{:?}", key.hasher));
        description.of_type(key.key_id)?;
    }
    description.of_type(item.value_ty())
}

fn constant(description: &mut Description<'_>, pallet: &str, name: &str) -> Option<()> {
    let constant = description.pallet(pallet)?.constant_by_name(name)?;
    description.of_type(constant.ty())
}

fn api(description: &mut Description<'_>, api: &str, name: &str) -> Option<()> {
    let method = description.metadata.runtime_api_trait_by_name(api)?.method_by_name(name)?;
    for input in method.inputs() {
        description.add(&input.name.to_string());
        description.of_type(input.id)?;
    }
    description.of_type(method.output_ty())
}

/// Text of a part of an interface, from which its digest is made.
struct Description<'a> {
    metadata: &'a Metadata,
    types: &'a PortableRegistry,
    /// Enums of all pallets together. A part that has one in it has no more of it than that: what stands inside is named
    /// for itself.
    outer: BTreeSet<u32>,
    /// Types that were described already, by their order: a type may contain itself.
    seen: BTreeMap<u32, u32>,
    bytes: Vec<u8>,
}

impl<'a> Description<'a> {
    fn of(metadata: &'a Metadata) -> Self {
        let enums = metadata.outer_enums();
        let outer = BTreeSet::from([enums.call_enum_ty(), enums.event_enum_ty(), enums.error_enum_ty()]);
        Self { metadata, types: metadata.types(), outer, seen: BTreeMap::new(), bytes: Vec::new() }
    }

    fn pallet(&self, name: &str) -> Option<PalletMetadata<'a>> {
        self.metadata.pallet_by_name(name)
    }

    fn add(&mut self, part: &impl Encode) {
        part.encode_to(&mut self.bytes);
    }

    /// Names and types of fields, in their order.
    fn fields<'f>(&mut self, fields: impl ExactSizeIterator<Item = (Option<&'f str>, u32)>) -> Option<()> {
        self.add(&u32::try_from(fields.len()).ok()?);
        for (name, of_type) in fields {
            self.add(&name.map(str::to_owned));
            self.of_type(of_type)?;
        }
        Some(())
    }

    /// A type with all that is in it. Names of types do not count, as nothing is encoded of them.
    fn of_type(&mut self, id: u32) -> Option<()> {
        if self.outer.contains(&id) {
            self.add(&"outer enum");
            return Some(());
        }
        if let Some(order) = self.seen.get(&id).copied() {
            self.add(&("seen", order));
            return Some(());
        }
        self.seen.insert(id, u32::try_from(self.seen.len()).ok()?);
        let types = self.types;
        match &types.resolve(id)?.type_def {
            TypeDef::Composite(composite) => {
                self.add(&"composite");
                self.fields(composite.fields.iter().map(|field| (field.name.as_deref(), field.ty.id)))
            }
            TypeDef::Variant(variants) => {
                self.add(&("variant", u32::try_from(variants.variants.len()).ok()?));
                for variant in &variants.variants {
                    self.add(&(variant.index, &variant.name));
                    self.fields(variant.fields.iter().map(|field| (field.name.as_deref(), field.ty.id)))?;
                }
                Some(())
            }
            TypeDef::Sequence(sequence) => {
                self.add(&"sequence");
                self.of_type(sequence.type_param.id)
            }
            TypeDef::Array(array) => {
                self.add(&("array", array.len));
                self.of_type(array.type_param.id)
            }
            TypeDef::Tuple(tuple) => {
                self.add(&"tuple");
                self.fields(tuple.fields.iter().map(|field| (None, field.id)))
            }
            TypeDef::Primitive(primitive) => {
                self.add(&format!("{primitive:?}"));
                Some(())
            }
            TypeDef::Compact(compact) => {
                self.add(&"compact");
                self.of_type(compact.type_param.id)
            }
            TypeDef::BitSequence(bits) => {
                self.add(&"bits");
                self.of_type(bits.bit_store_type.id)?;
                self.of_type(bits.bit_order_type.id)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;
    use scale_info::{form::PortableForm, Type, Variant};
    use subxt::ext::frame_metadata::v15::RuntimeMetadataV15;

    const USED: Interface = Interface {
        program: "a program",
        calls: &[("Counterpart", "instruct_by_proof"), ("Participants", "approve")],
        storage: &[("Counterpart", "Commitments"), ("Settlement", "Instructions")],
        events: &[("Counterpart", "Executed")],
        constants: &[("System", "BlockWeights")],
        apis: &[("SettlementApi", "instruction")],
    };

    fn differences(change: impl FnOnce(&mut RuntimeMetadataV15)) -> Vec<String> {
        USED.differences(&Metadata::decode_from(&testing::changed(METADATA, change)).unwrap())
    }

    fn variants(metadata: &mut RuntimeMetadataV15, id: u32) -> &mut Vec<Variant<PortableForm>> {
        match &mut metadata.types.types[id as usize].ty.type_def {
            TypeDef::Variant(variants) => &mut variants.variants,
            other => panic!("{other:?}"),
        }
    }

    /// The call or event enum of a pallet.
    fn enum_of(metadata: &mut RuntimeMetadataV15, pallet: &str, of_events: bool) -> u32 {
        let pallet = metadata.pallets.iter().find(|one| one.name == pallet).unwrap();
        if of_events {
            pallet.event.as_ref().unwrap().ty.id
        } else {
            pallet.calls.as_ref().unwrap().ty.id
        }
    }

    fn type_named<'a>(metadata: &'a mut RuntimeMetadataV15, name: &str) -> &'a mut Type<PortableForm> {
        let found =
            metadata.types.types.iter_mut().find(|one| one.ty.path.segments.last().is_some_and(|last| last == name));
        &mut found.unwrap().ty
    }

    #[test]
    fn committed_metadata_should_have_a_version_and_all_that_is_common() {
        assert_eq!(known_version().name, "tandem");
        assert!(USED.digests(known()).values().all(Option::is_some));
        assert_eq!(differences(|_| {}), Vec::<String>::new());
    }

    #[test]
    fn net_g1_one_event_and_one_call_more_should_be_the_same_interface() {
        for of_events in [true, false] {
            for pallet in ["System", "Settlement", "Counterpart"] {
                let found = differences(|metadata| {
                    let id = enum_of(metadata, pallet, of_events);
                    let mut new = variants(metadata, id)[0].clone();
                    (new.name, new.index) = ("brand_new".to_owned(), 99);
                    variants(metadata, id).push(new);
                });
                assert_eq!(found, Vec::<String>::new(), "{pallet}");
            }
        }
    }

    #[test]
    fn net_g6_fields_in_another_order_should_be_another_interface() {
        let found = differences(|metadata| match &mut type_named(metadata, "Leg").type_def {
            TypeDef::Composite(leg) => leg.fields.reverse(),
            other => panic!("{other:?}"),
        });
        assert!(found.contains(&"call Counterpart.instruct_by_proof".to_owned()), "{found:?}");
        assert!(!found.contains(&"storage Counterpart.Commitments".to_owned()), "{found:?}");
    }

    #[test]
    fn net_g6_other_indices_should_be_another_interface() {
        let found = differences(|metadata| {
            let id = enum_of(metadata, "Counterpart", false);
            let calls = variants(metadata, id);
            calls.iter_mut().find(|call| call.name == "instruct_by_proof").unwrap().index = 99;
        });
        assert_eq!(found, ["call Counterpart.instruct_by_proof"]);
        let found = differences(|metadata| {
            metadata.pallets.iter_mut().find(|pallet| pallet.name == "Participants").unwrap().index = 99;
        });
        assert_eq!(found, ["call Participants.approve"]);
    }

    #[test]
    fn differences_should_name_what_is_missing() {
        let found = differences(|metadata| metadata.pallets.retain(|pallet| pallet.name != "Counterpart"));
        assert!(found.contains(&"event Counterpart.Executed".to_owned()), "{found:?}");
    }
}
