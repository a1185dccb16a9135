//! As much of PDF 1.7 (ISO 32000-1) as labels need: objects, compressed streams, fonts that come along.

mod font;

pub(crate) use font::embed;

use miniz_oxide::deflate::compress_to_vec_zlib;
use std::io::Write as _;

/// How hard streams are pressed. Labels are many and small; harder takes twice the time for a few per cent.
const LEVEL: u8 = 4;

/// The number of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Id(usize);

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} 0 R", self.0)
    }
}

/// A file that is being written.
pub(crate) struct Pdf {
    out: Vec<u8>,
    /// Where each object begins; 0 while it is only promised.
    places: Vec<usize>,
}

impl Pdf {
    pub(crate) fn new() -> Self {
        Self {
            // The four bytes tell programs that the file is not text.
            out: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec(),
            places: Vec::new(),
        }
    }

    /// Promises an object.
    pub(crate) fn id(&mut self) -> Id {
        self.places.push(0);
        Id(self.places.len())
    }

    /// Writes a promised object.
    pub(crate) fn object(&mut self, id: Id, body: &str) {
        self.begin(id);
        self.put(body.as_bytes());
        self.put(b"\nendobj\n");
    }

    /// Writes a promised object that has a stream; `extra` are more entries of its dictionary.
    pub(crate) fn stream(&mut self, id: Id, extra: &str, data: &[u8]) {
        let packed = compress_to_vec_zlib(data, LEVEL);
        self.begin(id);
        self.put(
            format!(
                "<</Filter/FlateDecode/Length {}{extra}>>stream\n",
                packed.len()
            )
            .as_bytes(),
        );
        self.put(&packed);
        self.put(b"\nendstream\nendobj\n");
    }

    /// The file, with the table of where everything is.
    pub(crate) fn end(mut self, catalog: Id, info: Id) -> Vec<u8> {
        let start = self.out.len();
        let count = self.places.len() + 1;
        self.put(format!("xref\n0 {count}\n0000000000 65535 f \n").as_bytes());
        for place in std::mem::take(&mut self.places) {
            self.put(format!("{place:010} 00000 n \n").as_bytes());
        }
        self.put(
            format!(
                "trailer\n<</Size {count}/Root {catalog}/Info {info}>>\nstartxref\n{start}\n%%EOF\n"
            )
            .as_bytes(),
        );
        self.out
    }

    fn begin(&mut self, id: Id) {
        if let Some(place) = self.places.get_mut(id.0 - 1) {
            *place = self.out.len();
        }
        self.put(format!("{} 0 obj\n", id.0).as_bytes());
    }

    fn put(&mut self, bytes: &[u8]) {
        // Writing into memory cannot fail.
        let _written = self.out.write_all(bytes);
    }
}
