//! What is wrong in a form that was refused: beside its field and tied to it, and in a list above that leads there.

use crate::{
    texts::{self, suz::groups, suz::orders as words},
    ui::{Notice, Tone, part},
};
use desk::suz::new_emission::{EmissionFault, FaultPlace};
use leptos::prelude::*;

/// The id of what says why a form made no order; the focus goes there.
pub(in crate::suz) const WRONG: &str = "wrong";

/// Everything that is wrong in the form.
pub(super) type Faults = Signal<Vec<EmissionFault>>;

/// The element in which a fault of this place is mended; a field's name in the form is the same.
pub(super) fn id_of(place: &FaultPlace) -> String {
    let row = |index: &usize, field: &str| format!("form[lines][{index}][{field}]");
    match place {
        FaultPlace::Order => row(&0, "gtin"),
        FaultPlace::Group => "order-group".into(),
        FaultPlace::Release => "form[release]".into(),
        FaultPlace::Payment => "form[payment]".into(),
        FaultPlace::Field(field) => format!("form[fields][{}]", field.as_str()),
        FaultPlace::Gtin(index) => row(index, "gtin"),
        FaultPlace::Quantity(index) => row(index, "quantity"),
        FaultPlace::CisType(index) => row(index, "cis_type"),
        FaultPlace::Template(index) => row(index, "template"),
        FaultPlace::Serials(index) => row(index, "serials"),
        FaultPlace::LineField(index, field) => {
            format!("form[lines][{index}][fields][{}]", field.as_str())
        }
    }
}

/// One place of the form and what is wrong there.
#[derive(Clone)]
pub(in crate::suz::orders) struct Spot {
    id: String,
    wrong_id: String,
    told: Memo<Vec<String>>,
}

impl Spot {
    /// The place.
    pub(super) fn new(place: FaultPlace, faults: Faults) -> Self {
        let lang = texts::lang();
        let id = id_of(&place);
        let wrong_id = match place {
            FaultPlace::Order => "order-wrong".into(),
            _ => format!("{id}-wrong"),
        };
        let told = Memo::new(move |_| {
            faults.with(|faults| {
                faults
                    .iter()
                    .filter(|one| one.place == place)
                    .map(|one| groups::fault(one, lang))
                    .collect()
            })
        });
        Self { id, wrong_id, told }
    }

    /// The id of its element, and the name in the form.
    pub(in crate::suz::orders) fn id(&self) -> String {
        self.id.clone()
    }

    /// Whether something is wrong.
    pub(in crate::suz::orders) fn is_wrong(&self) -> Signal<bool> {
        let told = self.told;
        Signal::derive(move || told.with(|told| !told.is_empty()))
    }

    /// `aria-invalid` of its element.
    pub(super) fn invalid(&self) -> Signal<Option<&'static str>> {
        let wrong = self.is_wrong();
        Signal::derive(move || wrong.get().then_some("true"))
    }

    /// `aria-describedby` of its element: what is wrong, then what is said in any case.
    pub(in crate::suz::orders) fn described(&self, hints: String) -> Signal<Option<String>> {
        let (wrong, wrong_id) = (self.is_wrong(), self.wrong_id.clone());
        Signal::derive(move || match (wrong.get(), hints.is_empty()) {
            (false, true) => None,
            (false, false) => Some(hints.clone()),
            (true, true) => Some(wrong_id.clone()),
            (true, false) => Some(format!("{wrong_id} {hints}")),
        })
    }
}

/// What is wrong in one place.
#[component]
pub(in crate::suz::orders) fn FaultText(
    /// The place.
    spot: Spot,
) -> impl IntoView {
    let Spot { wrong_id, told, .. } = spot;
    part(move || {
        let sentences = told.get();
        (!sentences.is_empty()).then(|| {
            let sentences = sentences
                .into_iter()
                .map(|sentence| view! { <p class="error">{sentence}</p> })
                .collect_view();
            view! { <div id=wrong_id.clone()>{sentences}</div> }
        })
    })
}

/// All faults in the order of the page. Each leads to its field; the router leaves these links to the browser, which moves
/// the focus.
#[component]
pub(super) fn Summary(
    /// Everything that is wrong.
    faults: Faults,
) -> impl IntoView {
    let lang = texts::lang();
    part(move || {
        let mut all = faults.get();
        all.sort_by_key(|fault| on_the_page(&fault.place));
        (!all.is_empty()).then(|| {
            let links = all
                .iter()
                .map(|fault| {
                    view! {
                        <li><a href=format!("#{}", id_of(&fault.place)) rel="external">{groups::fault_in_its_place(fault, lang)}</a></li>
                    }
                })
                .collect_view();
            view! {
                <Notice tone=Tone::Bad text=words::form_wrong(lang) attr:id=WRONG attr:tabindex="-1">
                    <ul class="plain-list">{links}</ul>
                </Notice>
            }
        })
    })
}

/// Where a place stands on the page: what is of the whole order, the rows one after another, what stands below them.
const fn on_the_page(place: &FaultPlace) -> (u8, usize, u8) {
    match place {
        FaultPlace::Order | FaultPlace::Group => (0, 0, 0),
        FaultPlace::Gtin(row) => (1, *row, 0),
        FaultPlace::Quantity(row) => (1, *row, 1),
        FaultPlace::CisType(row) => (1, *row, 2),
        FaultPlace::LineField(row, _) => (1, *row, 3),
        FaultPlace::Template(row) => (1, *row, 4),
        FaultPlace::Serials(row) => (1, *row, 5),
        FaultPlace::Release => (2, 0, 0),
        FaultPlace::Payment => (3, 0, 0),
        FaultPlace::Field(_) => (4, 0, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_goes_down_the_page() {
        let mut places = [
            FaultPlace::Field("mrp".into()),
            FaultPlace::Release,
            FaultPlace::Gtin(1),
            FaultPlace::Serials(0),
            FaultPlace::Quantity(0),
            FaultPlace::Order,
        ];
        places.sort_by_key(on_the_page);
        let ids: Vec<_> = places.iter().map(id_of).collect();
        assert_eq!(
            ids,
            [
                "form[lines][0][gtin]",
                "form[lines][0][quantity]",
                "form[lines][0][serials]",
                "form[lines][1][gtin]",
                "form[release]",
                "form[fields][mrp]",
            ]
        );
    }
}
