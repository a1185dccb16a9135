//! What a label will look like, drawn to scale.

use crate::texts::{self, suz::stock as words};
use desk::printing::Medium;
use leptos::prelude::*;
use std::fmt::Write as _;

/// Width and height of a label, in tenths of a millimetre.
const fn size(medium: Medium) -> (u32, u32) {
    match medium {
        Medium::Roll58x40 => (580, 400),
        Medium::Roll43x25 => (430, 250),
        Medium::Roll30x20 => (300, 200),
        Medium::Sheet24 => (700, 370),
        Medium::Sheet40 => (525, 297),
        Medium::Sheet65 => (380, 212),
    }
}

/// Modules of the drawn symbol's side; a real one has more.
const MODULES: u32 = 12;

/// The label as it will be: symbol and texts. The symbol is a sign of one, for the code is not chosen before printing.
#[component]
pub(super) fn LabelSample(
    /// On what.
    medium: Signal<Medium>,
    /// Article, name, size.
    texts: [RwSignal<String>; 3],
    /// The GTIN on it.
    gtin: String,
) -> impl IntoView {
    let lang = texts::lang();
    let lines = move || {
        let (width, height) = size(medium.get());
        let edge = height / 12;
        let side = height.saturating_sub(2 * edge).min(width * 45 / 100);
        let left = side + 2 * edge;
        let beside = width.saturating_sub(left + edge);
        // A letter is some six tenths as wide as it is high, and fourteen digits of the GTIN stand in a line.
        let letter = (height / 9).min(beside * 10 / 84).max(1);
        let room = usize::try_from(beside * 10 / (letter * 6)).unwrap_or(0);
        let said = texts.map(|text| text.get());
        let shown = said
            .into_iter()
            .filter(|text| !text.trim().is_empty())
            .chain([gtin.clone(), "…5Qbag!".to_owned()])
            .enumerate()
            .map(|(index, text)| {
                let line = u32::try_from(index).unwrap_or(0);
                let down = edge + letter + line * letter * 13 / 10;
                view! {
                    <text x=left.to_string() y=down.to_string() font-size=letter.to_string()>{cut(&text, room)}</text>
                }
            })
            .collect_view();
        let symbol = symbol(edge, side);
        view! {
            <svg
                class="paper"
                viewBox=format!("0 0 {width} {height}")
                role="img"
                aria-label=words::sample(lang)
                font-family="sans-serif"
                fill="#111"
            >
                <path d=symbol/>
                {shown}
            </svg>
        }
    };
    view! {
        <figure class="label-sample">
            {crate::ui::part(lines)}
            <figcaption>{words::sample_text(lang)}</figcaption>
        </figure>
    }
}

/// A text that fits a line.
fn cut(text: &str, room: usize) -> String {
    if text.chars().count() <= room {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(room.saturating_sub(1)).collect();
    short.push('…');
    short
}

/// The finder pattern of a DataMatrix with some modules inside, as a path.
fn symbol(edge: u32, side: u32) -> String {
    let module = side / MODULES;
    let last = MODULES - 1;
    let dark = |x: u32, y: u32| {
        x == 0
            || y == last
            || (y == 0 && x.is_multiple_of(2))
            || (x == last && !y.is_multiple_of(2))
            || {
                let inside = x > 0 && y > 0 && x < last && y < last;
                inside && (x * 7 + y * 5 + x * y * 3) % 4 < 2
            }
    };
    let mut path = String::new();
    for y in 0..MODULES {
        for x in 0..MODULES {
            if dark(x, y) {
                let (at_x, at_y) = (edge + x * module, edge + y * module);
                // A string takes everything.
                let _written = write!(path, "M{at_x} {at_y}h{module}v{module}h-{module}z");
            }
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_is_cut_where_the_label_ends() {
        assert_eq!(cut("Тапочки", 7), "Тапочки");
        assert_eq!(cut("Тапочки войлочные", 8), "Тапочки…");
    }
}
