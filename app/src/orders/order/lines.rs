//! The lines of the order, each with the places of its units.

use super::{
    Order, Work, boxed, extras::Extras, failed, following, open_to_change, stored, verification,
};
use crate::{
    failure::Failure,
    orders::api::countries,
    texts::{
        self,
        orders::{page, verification as checks},
    },
    ui::{
        FailureView, Moment, Pill, Tone,
        code::{CodeView, ending},
        part,
        slot::{Fill, Slot},
    },
};
use cis::MarkingCode;
use desk::{
    identifiers::Requirement,
    ids::MarketItemId,
    marketplace::{Model, StoredInstance},
    orders::{LineView, MarkView, Part, SlotView},
    verification::{Light, MarkStatus},
};
use leptos::prelude::*;
use std::sync::Arc;

/// The countries to choose from, asked for only where a line wants one.
pub(super) type CountryList = Resource<Result<Vec<(String, String)>, Failure>>;

/// The lines.
#[component]
pub(super) fn Lines(
    /// What is asked and done here.
    work: Work,
    /// The newest order.
    order: Signal<Arc<Order>>,
) -> impl IntoView {
    let lang = texts::lang();
    let wants_country = order.with_untracked(|order| {
        order.lines.iter().any(|line| line.wants(&Requirement::Gtd)) && order.may.fill
    });
    let list: Option<CountryList> =
        wants_country.then(|| Resource::new(move || work.id, countries));
    let dbs = move || {
        order.with(|order| {
            let marked = order.lines.iter().any(LineView::wants_cis);
            (order.model == Some(Model::Dbs) && marked).then(|| page::not_verified(lang))
        })
    };
    let failure = move || {
        let clear = work.clear.value().with(|answer| failed(answer.as_ref()));
        let extras = work.extras.value().with(|answer| failed(answer.as_ref()));
        clear
            .into_iter()
            .chain(extras)
            .map(|failure| view! { <FailureView failure=failure/> })
            .collect_view()
    };
    view! {
        <section class="card lines" aria-label=page::lines(lang)>
            <For each=move || order.with(|order| order.lines.clone()) key=|line| line.id let:line>
                <Line work=work order=order first=line countries=list/>
            </For>
        </section>
        {part(failure)}
        {move || dbs().map(|text| view! { <p class="faint">{text}</p> })}
    }
}

/// One line: what it is, what it demands, and its units.
#[component]
fn Line(
    /// What is asked and done here.
    work: Work,
    /// The newest order.
    order: Signal<Arc<Order>>,
    /// The line as it was when it appeared.
    first: LineView,
    /// The countries, where they are wanted.
    countries: Option<CountryList>,
) -> impl IntoView {
    let lang = texts::lang();
    let (id, item) = (first.id, first.item);
    let line = following(order, first, move |order| {
        order.lines.iter().find(|line| line.id == id).cloned()
    });
    let demand = move || {
        order.with(|order| {
            line.with(|line| page::demand(line, order.buyer.as_ref(), boxed(order), lang))
        })
    };
    let units =
        move || line.with(|line| (!line.slots.is_empty()).then(|| page::complete(line, lang)));
    let name = Signal::derive(move || line.with(|line| line.name.clone()));
    let required = Signal::derive(move || line.with(|line| line.required.clone()));
    view! {
        <article class="pad stack line">
            <div class="top">
                <h2>{name}</h2>
                <span class="faint mono">{move || line.with(|line| line.offer_id.clone())}</span>
                <span class="right muted">{part(units)}</span>
            </div>
            <p class="muted demand">{part(demand)}</p>
            <div class="slots">
                <For each=move || line.with(|line| line.slots.clone()) key=|slot| slot.id let:slot>
                    <Unit work=work order=order first=slot item=item line=name required=required/>
                </For>
            </div>
            <Extras work=work order=order line=line countries=countries/>
            <Foreign line=line/>
        </article>
    }
}

/// How a slot stands, with what the marketplace says of its code.
fn fill(slot: &SlotView, lacks: &[Part], theirs: Option<Light>) -> Fill {
    match &slot.mark {
        Some(_) if theirs == Some(Light::Rejected) => Fill::Wrong,
        Some(MarkView::Cis(code)) if code.parse::<MarkingCode>().is_err() => Fill::Wrong,
        _ if slot.is_empty() => Fill::Waiting,
        _ if lacks.is_empty() => Fill::Filled,
        _ => Fill::Partly,
    }
}

/// The place of one unit.
#[component]
fn Unit(
    /// What is asked and done here.
    work: Work,
    /// The newest order.
    order: Signal<Arc<Order>>,
    /// The slot as it was when it appeared.
    first: SlotView,
    /// Its line at the marketplace.
    item: MarketItemId,
    /// The line's name.
    line: Signal<String>,
    /// What the line asks for.
    required: Signal<Vec<Requirement>>,
) -> impl IntoView {
    let lang = texts::lang();
    let id = first.id;
    let slot = following(order, first, move |order| {
        order
            .lines
            .iter()
            .flat_map(|line| &line.slots)
            .find(|slot| slot.id == id)
            .cloned()
    });
    let open = Memo::new(move |_| order.with(|order| open_to_change(order)));
    let theirs =
        Memo::new(move |_| slot.with(|slot| order.with(|order| Theirs::of(order, item, slot))));
    let remove = move || {
        let rejected = theirs.with(Theirs::rejected);
        let name = slot.with(|slot| {
            line.with(|line| {
                if rejected {
                    checks::replace_of(line, slot.number, lang)
                } else {
                    page::remove_from(line, slot, lang)
                }
            })
        });
        open.get().then(|| {
            view! {
                <ActionForm action=work.clear>
                    <input type="hidden" name="order" value=work.id.to_string()/>
                    <input type="hidden" name="slot" value=id.to_string()/>
                    <button type="submit" class="link" aria-label=name disabled=move || work.clear.pending().get()>
                        {if rejected { checks::replace(lang) } else { page::remove(lang) }}
                    </button>
                </ActionForm>
            }
        })
    };
    part(move || {
        let slot = slot.get();
        let required = required.get();
        let lacks = slot.lacks(&required);
        let theirs = theirs.get();
        let fill = fill(&slot, &lacks, theirs.light());
        let head = match &slot.mark {
            Some(MarkView::Cis(code) | MarkView::Uin(code)) => {
                view! { <span class="end" translate="no">{ending(code)}</span> }.into_any()
            }
            None => waiting(&required, lang).into_any(),
        };
        let reason = match fill {
            Fill::Wrong if theirs.rejected() => None,
            Fill::Wrong => Some(page::not_read(lang).to_owned()),
            Fill::Partly => Some(page::lacks(&lacks, lang)),
            Fill::Waiting | Fill::Filled => None,
        };
        let when = slot.filled.filter(|_| slot.mark.is_some());
        let removable = !slot.is_empty();
        view! {
            <Slot fill=fill>
                {head}
                <small>
                    {page::unit(slot.number, lang)}
                    {when.map(|when| view! { ", " <Moment when=when/> })}
                </small>
                {reason.map(|reason| view! { <small class="reason">{reason}</small> })}
                {lights(&theirs)}
                // The contents of a component are drawn once: what follows the order within them is a part of its own.
                {removable.then(|| part(remove))}
            </Slot>
        }
    })
}

/// The marketplace's light of a slot.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Theirs {
    /// There is none: nothing lies here, or it is not verified.
    None,
    /// The code was not sent yet, or the order changed since.
    NotSent,
    /// It was sent; they have said nothing of it.
    Silent,
    /// Their word.
    Said(MarkStatus),
}

impl Theirs {
    fn of(order: &Order, item: MarketItemId, slot: &SlotView) -> Self {
        if slot.mark.is_none() {
            return Self::None;
        }
        match verification::of_slot(order, item, slot) {
            Some(status) => Self::Said(status),
            None if !boxed(order) => Self::None,
            None if order.changed_since || order.verification.is_none() => Self::NotSent,
            None => Self::Silent,
        }
    }

    fn light(&self) -> Option<Light> {
        match self {
            Self::Said(status) => Some(status.light()),
            _ => None,
        }
    }

    fn rejected(&self) -> bool {
        self.light() == Some(Light::Rejected)
    }
}

/// Two lights: ours, for what was read and put here, and theirs.
fn lights(theirs: &Theirs) -> Option<AnyView> {
    let lang = texts::lang();
    let (tone, text) = match theirs {
        Theirs::None => return None,
        Theirs::NotSent => (Tone::Off, checks::not_sent(lang)),
        Theirs::Silent => (Tone::Busy, checks::no_word(lang)),
        Theirs::Said(status) => (
            verification::tone(status.light()),
            checks::word(status, lang),
        ),
    };
    let verbatim = match theirs {
        Theirs::Said(status) => {
            let (status, substatus) = status.words();
            [Some(status), substatus]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" ")
        }
        _ => String::new(),
    };
    let lights = view! {
        <span class="lights">
            <Pill tone=Tone::Ok text=checks::read_here(lang)/>
            <Pill tone=tone text=text/>
        </span>
        <small class="mono" translate="no" lang="">{verbatim}</small>
    };
    Some(lights.into_any())
}

/// What an empty slot waits for.
fn waiting(required: &[Requirement], lang: cis::Lang) -> &'static str {
    if required.contains(&Requirement::Uin) {
        page::waits_uin(lang)
    } else if required
        .iter()
        .any(|kind| matches!(kind, Requirement::Cis | Requirement::CisOptional))
    {
        page::waits(lang)
    } else {
        page::no_mark(lang)
    }
}

/// What the marketplace holds for the line and no slot here knows of: another tool sent it.
#[component]
fn Foreign(
    /// The line.
    line: Memo<LineView>,
) -> impl IntoView {
    let lang = texts::lang();
    let foreign = Memo::new(move |_| line.with(stored::foreign));
    part(move || {
        let foreign = foreign.get();
        let count = u32::try_from(foreign.len()).unwrap_or(u32::MAX);
        (count > 0).then(|| {
            view! {
                <details class="foreign">
                    <summary class="muted">{page::held(count, lang)}</summary>
                    <ul class="plain-list">
                        {foreign.iter().map(|unit| view! { <li>{stored_unit(unit)}</li> }).collect_view()}
                    </ul>
                </details>
            }
        })
    })
}

/// Everything that the marketplace holds for one unit, in both forms of its code.
pub(super) fn stored_unit(unit: &StoredInstance) -> impl IntoView + use<> {
    use crate::texts::orders::sending as words;
    let lang = texts::lang();
    let code = |label: &'static str, code: &Option<String>| {
        code.clone().map(|code| view! { <div><span class="faint">{label} " "</span><CodeView text=code whole=true/></div> })
    };
    let plain = |label: &'static str, text: &Option<String>| {
        text.clone().map(|text| view! { <div><span class="faint">{label} " "</span><span class="mono">{text}</span></div> })
    };
    view! {
        {code(words::full_code(lang), &unit.cis_full)}
        {code(words::short_code(lang), &unit.cis)}
        {plain(page::uin(lang), &unit.uin)}
        {plain(page::rnpt(lang), &unit.rnpt)}
        {plain(page::gtd(lang), &unit.gtd)}
        {plain(page::country(lang), &unit.country)}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::order::fixtures::{code, line};

    #[test]
    fn a_slot_stands_by_what_lies_in_it() {
        let required = [Requirement::Cis, Requirement::Rnpt];
        let mut slot = line(1, "Тапочки", 1, &required).slots.remove(0);
        let stands = |slot: &SlotView| fill(slot, &slot.lacks(&required), None);
        assert_eq!(stands(&slot), Fill::Waiting);
        slot.mark = Some(MarkView::Cis(code(1)));
        assert_eq!(stands(&slot), Fill::Partly);
        slot.rnpt = Some("10702020/060520/0013422/001".into());
        assert_eq!(stands(&slot), Fill::Filled);
        assert_eq!(fill(&slot, &[], Some(Light::Passed)), Fill::Filled);
        assert_eq!(fill(&slot, &[], Some(Light::Rejected)), Fill::Wrong);
        slot.mark = Some(MarkView::Cis("from an older engine".into()));
        assert_eq!(stands(&slot), Fill::Wrong);
    }
}
