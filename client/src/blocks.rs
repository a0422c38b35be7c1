//! Transactions of a block, and how each ended.

use crate::{connection::Chain, error::Error, keys};
use polkadot_sdk::{
    sp_core::{Bytes, H256},
    sp_io::hashing::blake2_256,
};
use scale_info::TypeDef;
use subxt::{
    error::{DispatchError, ModuleError},
    events::Phase,
    rpcs::client::rpc_params,
};

/// End of a transaction that is in a block.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum CallResult {
    /// Included and done.
    Done,
    /// Included, and without any effect, for this reason.
    Failed(Reason),
}

/// Reason of the chain for which a call failed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Reason {
    /// Pallet and error, such as `Settlement.PartyNotActive`.
    pub code: String,
    /// Name of the fault inside the error, where it has one, such as `HeaderNotFound`.
    pub fault: Option<String>,
    /// First sentence of what the chain's metadata says of the error.
    pub text: String,
}

impl Reason {
    /// Pallet, error and the fault inside it.
    pub fn full_code(&self) -> String {
        match &self.fault {
            Some(fault) => format!("{}.{fault}", self.code),
            None => self.code.clone(),
        }
    }

    fn without_text(code: &str) -> Self {
        Self { code: code.trim_end_matches('.').to_owned(), fault: None, text: String::new() }
    }
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.text.is_empty() {
            f.write_str(&self.code)
        } else {
            f.write_str(self.text.trim_end_matches('.'))
        }
    }
}

impl Chain {
    /// Hashes of a block's transactions, in their order.
    pub async fn transactions(&self, block: H256) -> Result<Vec<H256>, Error> {
        let answer: serde_json::Value = self.request("chain_getBlock", rpc_params![block]).await?;
        let extrinsics = answer.pointer("/block/extrinsics").cloned().unwrap_or_default();
        let extrinsics: Vec<Bytes> = serde_json::from_value(extrinsics)
            .map_err(|error| self.transient(&format!("the transactions of block {block:?}: {error}")))?;
        Ok(extrinsics.iter().map(|bytes| H256(blake2_256(&bytes.0))).collect())
    }

    /// End of the transaction with this hash in this block; `None` if the block does not have it or does not say.
    pub async fn result_of(&self, block: H256, hash: H256) -> Result<Option<CallResult>, Error> {
        let Some(index) = self.transactions(block).await?.iter().position(|own| *own == hash) else { return Ok(None) };
        let bytes = self.encoded_value(&keys::events(), block).await?.unwrap_or_default();
        let events = self.codec.events().from_bytes(bytes);
        for event in events.iter() {
            let event = event.map_err(|error| self.transient(&format!("the events of block {block:?}: {error}")))?;
            let own = matches!(event.phase(), Phase::ApplyExtrinsic(of) if usize::try_from(of) == Ok(index));
            match (own, event.pallet_name(), event.event_name()) {
                (true, "System", "ExtrinsicSuccess") => return Ok(Some(CallResult::Done)),
                (true, "System", "ExtrinsicFailed") => {
                    return Ok(Some(CallResult::Failed(self.reason(event.field_bytes()))))
                }
                _ => {}
            }
        }
        Ok(None)
    }

    /// Puts an encoded dispatch error into words.
    pub fn reason(&self, bytes: &[u8]) -> Reason {
        match DispatchError::decode_from(bytes, self.metadata()) {
            Ok(DispatchError::Module(error)) => match error.details() {
                Ok(details) => Reason {
                    code: format!("{}.{}", details.pallet.name(), details.variant.name),
                    fault: self.fault(&error),
                    text: first_sentence(&details.variant.docs.join(" ")),
                },
                Err(_) => Reason::without_text("an unknown error of a pallet"),
            },
            Ok(DispatchError::BadOrigin) => Reason {
                text: "the signer has no role that may do this".to_owned(),
                ..Reason::without_text("BadOrigin")
            },
            Ok(other) => Reason::without_text(&other.to_string()),
            Err(error) => Reason::without_text(&error.to_string()),
        }
    }

    /// Name of the variant that an error of a pallet has in it.
    fn fault(&self, error: &ModuleError) -> Option<String> {
        let [pallet, variant, inner, ..] = error.bytes();
        let metadata = self.codec.metadata_ref();
        let variant = metadata.pallet_by_error_index(pallet)?.error_variant_by_index(variant)?;
        let TypeDef::Variant(faults) = &metadata.types().resolve(variant.fields.first()?.ty.id)?.type_def else {
            return None;
        };
        faults.variants.iter().find(|fault| fault.index == inner).map(|fault| fault.name.clone())
    }
}

fn first_sentence(text: &str) -> String {
    let text = text.trim();
    text.split_once(". ").map_or_else(|| text.to_owned(), |(first, _)| format!("{first}."))
}

#[cfg(test)]
mod tests {
    use crate::testing::StubChain;
    use codec::Encode;
    use polkadot_sdk::sp_runtime::{DispatchError, ModuleError};

    #[test]
    fn reason_should_name_pallet_error_and_the_fault_inside() {
        let chain = StubChain::of(1, &[]).chain();
        // `Counterpart`, its error `Proof` and the fault `HeaderNotFound` by their numbers in the metadata.
        let metadata = chain.metadata();
        let counterpart = metadata.pallet_by_name("Counterpart").unwrap();
        let proof = counterpart.error_variants().unwrap().iter().find(|error| error.name == "Proof").unwrap();
        let error = [proof.index, 1, 0, 0];
        let error = DispatchError::Module(ModuleError { index: counterpart.error_index(), error, message: None });
        let reason = chain.reason(&error.encode());
        assert_eq!(reason.full_code(), "Counterpart.Proof.HeaderNotFound");
        assert!(!reason.text.is_empty());
        assert_eq!(chain.reason(&DispatchError::BadOrigin.encode()).full_code(), "BadOrigin");
    }
}
