//! How the types cross the wire: as plain strings, which are read as strictly as they were written.

use alloc::borrow::Cow;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Gtin, Ki, MarkingCode};

macro_rules! as_text {
    ($($name:ident)*) => {$(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = Cow::<str>::deserialize(deserializer)?;
                let value: Self = text.parse().map_err(D::Error::custom)?;
                if value.as_str() == text {
                    Ok(value)
                } else {
                    Err(D::Error::custom(concat!(stringify!($name), " is not in its canonical form")))
                }
            }
        }
    )*};
}

as_text! { Gtin Ki MarkingCode }

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use crate::{Lang, MarkingCode};
    use alloc::string::ToString;

    #[test]
    fn the_separator_is_escaped_exactly_once() {
        let code: MarkingCode = "0103041094787443215Qbag!\u{1d}93Zjqw".parse().unwrap();
        let json = serde_json::to_string(&code).unwrap();
        assert_eq!(json, r#""0103041094787443215Qbag!\u001d93Zjqw""#);
        assert_eq!(serde_json::from_str::<MarkingCode>(&json).unwrap(), code);
    }

    #[test]
    fn a_code_that_would_need_a_repair_is_not_taken_from_the_wire() {
        let error = serde_json::from_str::<MarkingCode>(r#"" 0103041094787443215Qbag!""#);
        assert_eq!(
            error.unwrap_err().to_string(),
            "MarkingCode is not in its canonical form"
        );
    }

    #[test]
    fn languages_are_written_in_lower_case() {
        assert_eq!(serde_json::to_string(&Lang::Ru).unwrap(), r#""ru""#);
        assert_eq!(serde_json::from_str::<Lang>(r#""en""#).unwrap(), Lang::En);
    }
}
