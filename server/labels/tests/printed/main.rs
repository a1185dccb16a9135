//! Every medium at both resolutions, drawn by poppler and read by libdmtx: what comes out is the code that went in, and
//! every module is a whole number of dots.
#![cfg(test)]

mod samples;
mod tools;

use labels::{Head, Medium, Misfit, Press, Refused, Symbology};
use samples::{CODES, label};
use tools::{Picture, decoded, pages, pictures_of_zpl, text_of};

const HEADS: [Head; 2] = [Head::Dpi203, Head::Dpi300];

/// What a reader gives back: FNC1 first is shown as `#`, the separators inside are characters, and a plain symbol has neither.
fn expected(code: &str, symbology: Symbology) -> String {
    match symbology {
        Symbology::Gs1 => format!("#{code}"),
        Symbology::Plain => code.to_owned(),
    }
}

fn int(count: usize) -> i32 {
    i32::try_from(count).unwrap()
}

fn rolls() -> impl Iterator<Item = Medium> {
    Medium::ALL
        .into_iter()
        .filter(|medium| medium.places() == 1)
}

#[test]
fn a_pdf_for_a_roll_reads_back_to_the_exact_codes() {
    let press = Press::new().unwrap();
    let labels = CODES.map(label);
    for medium in rolls() {
        for head in HEADS {
            let pdf = press.pdf(&labels, medium, head, 0).unwrap();
            let pages = pages(&pdf, head.dpi(), "-gray");
            assert_eq!(pages.len(), labels.len());
            for (page, label) in pages.iter().zip(&labels) {
                let (width, height) = medium.dots(head);
                assert_eq!((int(page.width), int(page.height)), (width, height));
                let what = format!("{medium:?} {head:?} {}", label.article);
                assert_eq!(
                    decoded(page),
                    expected(&label.code, label.symbology),
                    "{what}"
                );
                page.assert_whole_dots(&what);
            }
        }
    }
}

#[test]
fn a_renderer_without_shades_makes_no_module_wider_either() {
    let press = Press::new().unwrap();
    let labels = CODES.map(label);
    for medium in rolls() {
        for head in HEADS {
            let pdf = press.pdf(&labels, medium, head, 0).unwrap();
            for (page, label) in pages(&pdf, head.dpi(), "-mono").iter().zip(&labels) {
                page.assert_whole_dots(&format!("{medium:?} {head:?} {}", label.article));
            }
        }
    }
}

#[test]
fn zpl_reads_back_to_the_exact_codes_and_has_the_dots_of_the_pdf() {
    let press = Press::new().unwrap();
    let labels = CODES.map(label);
    for medium in rolls() {
        for head in HEADS {
            let zpl = press.zpl(&labels, medium, head).unwrap();
            let pictures = pictures_of_zpl(&String::from_utf8(zpl).unwrap());
            assert_eq!(pictures.len(), labels.len());
            let pdf = press.pdf(&labels, medium, head, 0).unwrap();
            let drawn = pages(&pdf, head.dpi(), "-mono");
            for ((picture, label), page) in pictures.iter().zip(&labels).zip(&drawn) {
                let what = format!("{medium:?} {head:?} {}", label.article);
                assert_eq!(
                    decoded(picture),
                    expected(&label.code, label.symbology),
                    "{what}"
                );
                picture.assert_whole_dots(&what);
                assert_eq!(picture.symbol(&what), page.symbol(&what), "{what}");
            }
        }
    }
}

#[test]
fn a_sheet_reads_back_place_by_place() {
    let press = Press::new().unwrap();
    // Places on an A4 sheet in tenths of a millimetre: across, width, height, left, top.
    for (medium, across, width, height, left, top) in [
        (Medium::Sheet24, 3, 700, 370, 0, 5),
        (Medium::Sheet40, 4, 525, 297, 0, 0),
        (Medium::Sheet65, 5, 380, 212, 100, 107),
    ] {
        let places = usize::from(medium.places());
        for head in HEADS {
            let used = 7;
            let labels: Vec<_> = CODES.map(label).into_iter().cycle().take(places).collect();
            let pdf = press.pdf(&labels, medium, head, used).unwrap();
            let pages = pages(&pdf, head.dpi(), "-gray");
            assert_eq!(pages.len(), 2, "{medium:?}");
            for (place, label) in (usize::from(used)..).zip(&labels) {
                let (page, place) = (&pages[place / places], place % places);
                let (column, row) = (place % across, place / across);
                let dots = |tenths: usize| (tenths * usize::from(head.dpi()) + 127) / 254;
                let cut = page.cut(
                    dots(left + column * width),
                    dots(top + row * height),
                    dots(width),
                    dots(height),
                );
                let what = format!("{medium:?} {head:?} place {place}");
                assert_eq!(
                    decoded(&cut),
                    expected(&label.code, label.symbology),
                    "{what}"
                );
                cut.assert_whole_dots(&what);
            }
        }
    }
}

#[test]
fn the_text_of_a_pdf_can_be_searched() {
    let press = Press::new().unwrap();
    let text = text_of(
        &press
            .pdf(&[label(CODES[0])], Medium::Roll58x40, Head::Dpi203, 0)
            .unwrap(),
    );
    for part in [
        "ФТБ-1042/чёрн",
        "Футболка мужская",
        "хлопок 100 %",
        "Размер 48",
        "(01) 04604060006000",
        "(21) N4N57RSCBUZTQ",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
}

#[test]
fn every_tail_of_the_marking_system_fits_the_smallest_label() {
    let press = Press::new().unwrap();
    for code in CODES {
        for medium in Medium::ALL {
            for head in HEADS {
                assert_eq!(press.check(&label(code), medium, head), Ok(()), "{code:?}");
            }
        }
    }
}

#[test]
fn what_no_whole_dots_hold_is_refused_with_the_sums() {
    let press = Press::new().unwrap();
    let mut long = label(CODES[0]);
    long.code = format!(
        "010460406000600021N4N57RSCBUZTQ\u{1d}10{}",
        "aB+9".repeat(50)
    );
    assert_eq!(
        press.check(&long, Medium::Roll30x20, Head::Dpi203),
        Err(Misfit::TooSmall {
            modules: 66,
            least: 3,
            room: 160
        })
    );
    assert_eq!(press.check(&long, Medium::Roll58x40, Head::Dpi203), Ok(()));
    let labels = [label(CODES[0]), long];
    let refused = press.pdf(&labels, Medium::Roll30x20, Head::Dpi203, 0);
    assert!(matches!(
        refused,
        Err(Refused {
            index: 1,
            why: Misfit::TooSmall { .. }
        })
    ));
    let mut empty = label(CODES[0]);
    empty.code.clear();
    assert_eq!(
        press.check(&empty, Medium::Roll58x40, Head::Dpi203),
        Err(Misfit::NoSymbol)
    );
}

#[test]
fn sheets_are_not_for_label_printers_and_have_only_so_many_places() {
    let press = Press::new().unwrap();
    let labels = [label(CODES[0])];
    let why = press
        .zpl(&labels, Medium::Sheet40, Head::Dpi300)
        .unwrap_err()
        .why;
    assert_eq!(why, Misfit::NoSheets);
    let why = |medium, used| {
        press
            .pdf(&labels, medium, Head::Dpi300, used)
            .map(|_| ())
            .map_err(|refused| refused.why)
    };
    assert_eq!(why(Medium::Sheet24, 23), Ok(()));
    assert_eq!(
        why(Medium::Sheet24, 24),
        Err(Misfit::UsedPlaces { places: 24 })
    );
    assert_eq!(
        why(Medium::Roll58x40, 1),
        Err(Misfit::UsedPlaces { places: 0 })
    );
}

#[test]
fn no_texts_and_endless_texts_are_drawn_within_the_label() {
    let press = Press::new().unwrap();
    let mut bare = label(CODES[1]);
    let mut full = label(CODES[2]);
    for text in [&mut bare.article, &mut bare.name, &mut bare.size] {
        text.clear();
    }
    full.article = "Щ".repeat(300);
    full.name = "Высокопревосходительство ".repeat(60);
    full.size = "Размер ".repeat(40);
    for medium in rolls() {
        for head in HEADS {
            for label in [&bare, &full] {
                let bitmap = press.bitmap(label, medium, head).unwrap();
                let picture = Picture::of(&bitmap);
                assert_eq!(decoded(&picture), expected(&label.code, label.symbology));
                let edge = |x: usize, y: usize| {
                    x == 0 || y == 0 || x + 1 == bitmap.width() || y + 1 == bitmap.height()
                };
                for y in 0..bitmap.height() {
                    for x in 0..bitmap.width() {
                        assert!(
                            !(edge(x, y) && bitmap.is_black(x, y)),
                            "{medium:?} {head:?} {x} {y}"
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn the_same_labels_are_the_same_bytes() {
    let file = || {
        Press::new()
            .unwrap()
            .pdf(&CODES.map(label), Medium::Sheet40, Head::Dpi300, 3)
            .unwrap()
    };
    assert_eq!(file(), file());
}
