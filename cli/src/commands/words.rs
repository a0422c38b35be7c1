//! Events for people and programs: names as on the chain, bytes as text or hexadecimal.

use serde_json::{Map, Value as Json};
use subxt::ext::scale_value::{Composite, Primitive, Value, ValueDef, Variant};

/// The fields of an event.
pub fn fields(composite: &Composite<()>) -> Json {
    match composite {
        Composite::Named(fields) => {
            Json::Object(fields.iter().map(|(name, field)| (name.clone(), value(field))).collect::<Map<_, _>>())
        }
        Composite::Unnamed(fields) => bytes(fields).unwrap_or_else(|| match fields.as_slice() {
            // A wrapper is shown as what it wraps.
            [single] => value(single),
            several => several.iter().map(value).collect(),
        }),
    }
}

fn value(of: &Value<()>) -> Json {
    match &of.value {
        ValueDef::Composite(composite) => fields(composite),
        ValueDef::Variant(Variant { name, values }) if values.is_empty() => Json::String(name.clone()),
        ValueDef::Variant(Variant { name, values }) => {
            Json::Object([(name.clone(), fields(values))].into_iter().collect::<Map<_, _>>())
        }
        ValueDef::BitSequence(_) => Json::Null,
        ValueDef::Primitive(primitive) => match primitive {
            Primitive::Bool(flag) => Json::Bool(*flag),
            Primitive::Char(character) => Json::String(character.to_string()),
            Primitive::String(text) => Json::String(text.clone()),
            // Programs that read numbers as floating point lose what is above 2^53.
            Primitive::U128(number) => u64::try_from(*number)
                .ok()
                .filter(|number| *number < (1 << 53))
                .map_or_else(|| Json::String(number.to_string()), Json::from),
            Primitive::I128(number) => Json::String(number.to_string()),
            Primitive::U256(bytes) | Primitive::I256(bytes) => Json::String(format!("0x{}", hex::encode(bytes))),
        },
    }
}

/// A sequence of bytes: readable text as it is, anything else in hexadecimal.
fn bytes(fields: &[Value<()>]) -> Option<Json> {
    let byte = |field: &Value<()>| match field.value {
        ValueDef::Primitive(Primitive::U128(number)) => u8::try_from(number).ok(),
        _ => None,
    };
    let bytes: Vec<u8> = fields.iter().map(byte).collect::<Option<_>>()?;
    if bytes.len() < 2 {
        return None;
    }
    let is_text = bytes.len() != 32 && bytes.iter().all(|byte| (b' '..=b'~').contains(byte));
    let text = std::str::from_utf8(&bytes).ok().filter(|_| is_text);
    Some(Json::String(text.map_or_else(|| format!("0x{}", hex::encode(&bytes)), str::to_owned)))
}

/// `id=0x.. lots=6`: one line for people.
pub fn line(fields: &Json) -> String {
    match fields {
        Json::Object(map) => {
            let pairs: Vec<String> = map
                .iter()
                .map(|(name, value)| match value {
                    Json::String(text) => format!("{name}={text}"),
                    other => format!("{name}={other}"),
                })
                .collect();
            pairs.join(" ")
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_should_show_ids_in_hexadecimal_and_references_as_text() {
        let id = Value::unnamed_composite([Value::from_bytes([7u8; 32])]);
        let reference = Value::unnamed_composite([Value::from_bytes(b"FULL-1")]);
        let composite = Composite::named([
            ("id".to_owned(), id),
            ("reference".to_owned(), reference),
            ("lots".to_owned(), Value::u128(6)),
            ("outcome".to_owned(), Value::unnamed_variant("Settled", [])),
            ("amount".to_owned(), Value::u128(u128::MAX)),
        ]);
        let json = fields(&composite);
        assert_eq!(json["id"], format!("0x{}", "07".repeat(32)));
        assert_eq!(json["reference"], "FULL-1");
        assert_eq!(json["lots"], 6);
        assert_eq!(json["outcome"], "Settled");
        assert_eq!(json["amount"], u128::MAX.to_string());
        assert!(line(&json).contains("reference=FULL-1"));
    }
}
