//! Signatures and certificates as programs write them: DER, PEM, or base64 with or without line breaks.

use base64::{Engine as _, engine::general_purpose::STANDARD};

/// The first byte of DER: a SEQUENCE. In base64 it is an `M`, in PEM a hyphen, so the forms cannot be mistaken.
const SEQUENCE: u8 = 0x30;

/// DER of what may be DER, PEM or base64; none when it is nothing of these.
pub(crate) fn to_der(bytes: &[u8]) -> Option<Vec<u8>> {
    if bytes.first() == Some(&SEQUENCE) && !bytes.is_ascii() {
        return Some(bytes.to_vec());
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let base64: String = text
        .lines()
        .filter(|line| !line.starts_with("-----"))
        .flat_map(str::chars)
        .filter(|letter| !letter.is_ascii_whitespace())
        .collect();
    STANDARD
        .decode(base64)
        .ok()
        .filter(|der| der.first() == Some(&SEQUENCE))
}

/// Base64 in one line: СУЗ takes no line breaks.
pub(crate) fn to_base64(der: &[u8]) -> String {
    STANDARD.encode(der)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DER: [u8; 5] = [0x30, 0x03, 0x02, 0x01, 0xFF];

    #[test]
    fn one_message_in_four_forms() {
        let forms: [&[u8]; 4] = [
            &DER,
            b"MAMCAf8=",
            b"MAMC\r\nAf8=\r\n",
            b"-----BEGIN CMS-----\nMAMCAf8=\n-----END CMS-----\n",
        ];
        for form in forms {
            assert_eq!(to_der(form).as_deref(), Some(&DER[..]));
        }
        assert_eq!(to_base64(&DER), "MAMCAf8=");
    }

    #[test]
    fn other_things_are_nothing() {
        for other in [&b""[..], b"no", b"AAAA", &[0x31, 0xFF]] {
            assert_eq!(to_der(other), None);
        }
    }
}
