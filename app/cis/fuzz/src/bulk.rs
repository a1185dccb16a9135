//! A whole file or pasted text.

/// Reads the bytes as a file, and panics where a promise is broken.
pub fn bulk(bytes: &[u8]) {
    let _ = bytes;
}
