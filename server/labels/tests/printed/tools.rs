//! The independent half of the tests: poppler's renderer, libdmtx's reader, a reader of ZPL's pictures, and a look at the
//! dots.

use labels::Bitmap;
use std::process::{Command, Output};

const MISSING: &str = "these tests need poppler's pdftoppm and libdmtx's dmtxread (Debian: poppler-utils, dmtx-utils)";

/// A picture in shades of grey, 0 is black.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Picture {
    pub(crate) width: usize,
    pub(crate) height: usize,
    grey: Vec<u8>,
}

/// A symbol found in a picture: dots of a module and which modules are dark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    module: usize,
    dark: Vec<Vec<bool>>,
}

impl Picture {
    pub(crate) fn of(bitmap: &Bitmap) -> Self {
        let (width, height) = (bitmap.width(), bitmap.height());
        let grey = (0..width * height)
            .map(|place| u8::from(!bitmap.is_black(place % width, place / width)) * 255)
            .collect();
        Self {
            width,
            height,
            grey,
        }
    }

    /// Reads a picture as `pdftoppm` writes it: P5 (grey) or P4 (black and white).
    fn read(bytes: &[u8]) -> Self {
        let mut head = bytes.splitn(4, u8::is_ascii_whitespace);
        let mut word = || String::from_utf8(head.next().unwrap().to_vec()).unwrap();
        let (kind, width, height) = (word(), word(), word());
        let (width, height): (usize, usize) = (width.parse().unwrap(), height.parse().unwrap());
        let rest = head.next().unwrap();
        let grey = match kind.as_str() {
            "P5" => rest.strip_prefix(b"255\n").unwrap().to_vec(),
            "P4" => rest
                .chunks(width.div_ceil(8))
                .flat_map(|row| {
                    (0..width).map(|x| u8::from(row[x / 8] & (0x80 >> (x % 8)) == 0) * 255)
                })
                .collect(),
            other => panic!("{other} is not a picture of ours"),
        };
        assert_eq!(grey.len(), width * height);
        Self {
            width,
            height,
            grey,
        }
    }

    fn at(&self, x: usize, y: usize) -> u8 {
        if x < self.width && y < self.height {
            self.grey[y * self.width + x]
        } else {
            255
        }
    }

    /// A part of the picture.
    pub(crate) fn cut(&self, left: usize, top: usize, width: usize, height: usize) -> Self {
        let grey = (0..width * height)
            .map(|place| self.at(left + place % width, top + place / width))
            .collect();
        Self {
            width,
            height,
            grey,
        }
    }

    fn pgm(&self) -> Vec<u8> {
        let mut out = format!("P5\n{} {}\n255\n", self.width, self.height).into_bytes();
        out.extend_from_slice(&self.grey);
        out
    }

    /// Finds the symbol by its solid left edge, the longest unbroken black column, and its upper edge, where dark and light
    /// modules take turns.
    pub(crate) fn symbol(&self, what: &str) -> Found {
        let black = |x: usize, y: usize| self.at(x, y) < 100;
        let (mut long, mut left, mut top) = (0, 0, 0);
        for x in 0..self.width {
            let mut run = 0;
            for y in 0..=self.height {
                if black(x, y) {
                    run += 1;
                } else {
                    if run > long {
                        (long, left, top) = (run, x, y - run);
                    }
                    run = 0;
                }
            }
        }
        let module = (left..self.width).take_while(|x| black(*x, top)).count();
        assert!(
            module >= 3 && long % module == 0,
            "{what}: {long} dots by {module}"
        );
        let side = long / module;
        let dark = (0..side)
            .map(|row| {
                (0..side)
                    .map(|column| {
                        let (x, y) = (left + column * module, top + row * module);
                        let dots: Vec<bool> = (0..module * module)
                            .map(|dot| {
                                let shade = self.at(x + dot % module, y + dot / module);
                                assert!(
                                    !(100..=200).contains(&shade),
                                    "{what}: half a dot at {column}, {row}: {shade}"
                                );
                                shade < 100
                            })
                            .collect();
                        assert!(
                            dots.iter().all(|dot| *dot == dots[0]),
                            "{what}: module {column}, {row} is not whole dots"
                        );
                        dots[0]
                    })
                    .collect()
            })
            .collect();
        // One light module all around.
        for step in 0..(side + 2) * module {
            for depth in 1..=module {
                for (x, y) in [
                    (left - module + step, top - depth),
                    (left - module + step, top + long + depth - 1),
                    (left - depth, top - module + step),
                    (left + long + depth - 1, top - module + step),
                ] {
                    assert!(
                        self.at(x, y) > 200,
                        "{what}: the quiet zone is not white at {x}, {y}"
                    );
                }
            }
        }
        Found { module, dark }
    }

    /// Every module is a whole number of dots, all black or all white, with a quiet zone around.
    pub(crate) fn assert_whole_dots(&self, what: &str) {
        let found = self.symbol(what);
        let side = found.dark.len();
        assert!(
            side >= 10 && side.is_multiple_of(2),
            "{what}: {side} modules"
        );
        assert!(found.dark.iter().all(|row| row[0]), "{what}: left edge");
        assert!(
            found.dark[side - 1].iter().all(|dark| *dark),
            "{what}: lower edge"
        );
        for (column, dark) in found.dark[0].iter().enumerate() {
            assert_eq!(*dark, column % 2 == 0, "{what}: upper edge at {column}");
        }
    }
}

fn run(command: &mut Command) -> Output {
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{MISSING}: {error}"));
    assert!(
        output.status.success(),
        "{command:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

/// A PDF drawn by poppler at so many dots an inch, page by page.
pub(crate) fn pages(pdf: &[u8], dpi: u16, shades: &str) -> Vec<Picture> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("labels.pdf");
    std::fs::write(&file, pdf).unwrap();
    let output = run(Command::new("pdftoppm")
        .args([shades, "-r", &dpi.to_string()])
        .arg(&file)
        .arg(folder.path().join("page")));
    assert!(
        output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let mut files: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| *path != file)
        .collect();
    files.sort();
    files
        .iter()
        .map(|path| Picture::read(&std::fs::read(path).unwrap()))
        .collect()
}

/// The text of a PDF as poppler finds it.
pub(crate) fn text_of(pdf: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("labels.pdf");
    std::fs::write(&file, pdf).unwrap();
    String::from_utf8(run(Command::new("pdftotext").arg("-layout").arg(&file).arg("-")).stdout)
        .unwrap()
}

/// The symbol of a picture as libdmtx reads it, an FNC1 shown as `#`: no code has that character, so that the first of a
/// symbol is told from the separators inside.
pub(crate) fn decoded(picture: &Picture) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("label.pgm");
    std::fs::write(&file, picture.pgm()).unwrap();
    let output = run(Command::new("dmtxread")
        .args(["--stop-after=1", "--gs1=35"])
        .arg(&file));
    String::from_utf8(output.stdout).unwrap()
}

/// The pictures of a ZPL file, one for each format, and every format says how large its label is.
pub(crate) fn pictures_of_zpl(zpl: &str) -> Vec<Picture> {
    zpl.lines()
        .map(|line| {
            let body = line
                .strip_prefix("^XA")
                .unwrap()
                .strip_suffix("^FS^XZ")
                .unwrap();
            let field = |name: &str| -> usize {
                let rest = body.split_once(name).unwrap().1;
                rest.split_once('^').unwrap().0.parse().unwrap()
            };
            let (width, height) = (field("^PW"), field("^LL"));
            let mut parts = body.split_once("^GFA,").unwrap().1.splitn(4, ',');
            let mut number = || parts.next().unwrap().parse::<usize>().unwrap();
            let (sent, total, stride) = (number(), number(), number());
            assert_eq!(
                (sent, total, stride),
                (stride * height, stride * height, width.div_ceil(8))
            );
            let digits = unpacked(parts.next().unwrap(), stride * 2);
            assert_eq!(digits.len(), total * 2);
            let grey = (0..width * height)
                .map(|place| {
                    let (x, y) = (place % width, place / width);
                    let digit = digits[y * stride * 2 + x / 4];
                    u8::from(digit & (8 >> (x % 4)) == 0) * 255
                })
                .collect();
            Picture {
                width,
                height,
                grey,
            }
        })
        .collect()
}

/// Undoes the shortening of `^GF`, as the ZPL II programming guide describes it.
fn unpacked(text: &str, across: usize) -> Vec<u8> {
    let mut digits: Vec<u8> = Vec::new();
    let mut count = 0;
    for one in text.chars() {
        let open = digits.len() % across;
        match one {
            'G'..='Y' => count += one as usize - 'G' as usize + 1,
            'g'..='z' => count += (one as usize - 'g' as usize + 1) * 20,
            ',' => digits.resize(digits.len() + across - open, 0),
            '!' => digits.resize(digits.len() + across - open, 15),
            ':' => {
                assert_eq!(open, 0);
                digits.extend_from_within(digits.len() - across..);
            }
            _ => {
                let digit = u8::try_from(one.to_digit(16).unwrap()).unwrap();
                digits.resize(digits.len() + count.max(1), digit);
                count = 0;
            }
        }
    }
    digits
}
