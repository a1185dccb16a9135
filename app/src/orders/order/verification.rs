//! What the marketplace's verification says of the codes, and the ways out.

use super::{Order, Work, failed, open_to_change};
use crate::{
    texts::{
        self,
        orders::{scan, verification as words},
    },
    ui::{CopyButton, FailureView, Moment, Pill, Tone, code::ending, part},
};
use desk::{
    identifiers::Requirement,
    ids::{LineId, MarketItemId, SlotId},
    orders::{LineView, MarkView, Part, SlotView},
    verification::{
        CheckedMark, CisStatus, Light, MarkStatus, UinStatus, VerificationView, status_of,
    },
};
use leptos::prelude::*;
use std::sync::Arc;

/// Units of which nothing needs to be done that are named one by one.
const NAMED: usize = 4;

/// What a light means at a glance.
pub(super) const fn tone(light: Light) -> Tone {
    match light {
        Light::Passed => Tone::Ok,
        Light::Waiting => Tone::Busy,
        Light::Troubled => Tone::Warn,
        Light::Rejected => Tone::Bad,
    }
}

/// Their word about what lies in a slot.
pub(super) fn of_slot(order: &Order, item: MarketItemId, slot: &SlotView) -> Option<MarkStatus> {
    let (MarkView::Cis(text) | MarkView::Uin(text)) = slot.mark.as_ref()?;
    let known = order.verification.as_ref()?;
    status_of(&known.lines, item, text).map(|mark| mark.status.clone())
}

/// One unit that they have said a word about.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Checked {
    mark: CheckedMark,
    line: LineId,
    name: String,
    /// Where its code lies; nothing for one that another hand sent.
    slot: Option<(SlotId, u32)>,
    /// Whether the unit can do without a code.
    optional: bool,
}

/// Units about which they say the same.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Group {
    status: MarkStatus,
    /// What that means.
    meaning: String,
    units: Vec<Checked>,
}

/// Everything they said, the worst first; units of which they say the same stand together.
fn groups(order: &Order, known: &VerificationView) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for line in &order.lines {
        for unit in checked(line, known) {
            let same = groups
                .iter_mut()
                .find(|group| group.status == unit.mark.status);
            match same {
                Some(group) => group.units.push(unit),
                None => groups.push(Group {
                    status: unit.mark.status.clone(),
                    meaning: meaning(known, &unit.mark.status),
                    units: vec![unit],
                }),
            }
        }
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group.status.light()));
    groups
}

/// What the server said that their word means.
fn meaning(known: &VerificationView, status: &MarkStatus) -> String {
    let said = known.means.iter().find(|(word, _)| word == status);
    said.map(|(_, text)| text.clone()).unwrap_or_default()
}

/// The units of a line that they have said something about: first those whose code lies here. What another hand sent
/// counts until codes of our own are there: after them it is the past.
fn checked(line: &LineView, known: &VerificationView) -> Vec<Checked> {
    let unit = |mark: &CheckedMark, slot| Checked {
        mark: mark.clone(),
        line: line.id,
        name: line.name.clone(),
        slot,
        optional: line.wants(&Requirement::CisOptional) && !line.wants(&Requirement::Cis),
    };
    if line.untouched() {
        return known
            .lines
            .iter()
            .filter(|said| said.item == line.item)
            .flat_map(|said| &said.marks)
            .map(|mark| unit(mark, None))
            .collect();
    }
    let marked = line.slots.iter().filter_map(|slot| match &slot.mark {
        Some(MarkView::Cis(text) | MarkView::Uin(text)) => Some((slot, text)),
        None => None,
    });
    marked
        .filter_map(|(slot, text)| {
            status_of(&known.lines, line.item, text)
                .map(|mark| unit(mark, Some((slot.id, slot.number))))
        })
        .collect()
}

/// The units that want a УИН and have none: their check does not begin before all are there.
fn without_uin(lines: &[LineView]) -> Vec<String> {
    let lang = texts::lang();
    lines
        .iter()
        .flat_map(|line| {
            let lacking = line
                .slots
                .iter()
                .filter(|slot| slot.lacks(&line.required).contains(&Part::Uin));
            lacking.map(|slot| scan::unit(&line.name, Some(slot.number), lang))
        })
        .collect()
}

/// What is known of the verification, where there is something to verify: an order that went without codes has nothing.
fn worth_saying(order: &Order) -> Option<&VerificationView> {
    let known = order.verification.as_ref()?;
    let marked = order
        .lines
        .iter()
        .flat_map(|line| &line.slots)
        .any(|slot| slot.mark.is_some());
    (marked || !known.lines.is_empty()).then_some(known)
}

/// The part «verification», once something is known.
#[component]
pub(super) fn Verification(
    /// What is asked and done here.
    work: Work,
    /// The newest order.
    order: Signal<Arc<Order>>,
) -> impl IntoView {
    let lang = texts::lang();
    let known = Memo::new(move |_| order.with(|order| worth_saying(order).cloned()));
    let there = Memo::new(move |_| known.with(Option::is_some));
    let groups = Memo::new(move |_| {
        order.with(|order| {
            let known = order.verification.as_ref();
            known.map(|known| groups(order, known)).unwrap_or_default()
        })
    });
    let lacking = Memo::new(move |_| order.with(|order| without_uin(&order.lines)));
    let open = Memo::new(move |_| order.with(|order| (open_to_change(order), order.may.send)));
    let revision = Signal::derive(move || order.with(|order| order.revision));
    let said = move || {
        let (fill, send) = open.get();
        let ways = Ways {
            work,
            fill,
            send: fill && send,
            revision,
        };
        groups
            .get()
            .into_iter()
            .map(|group| one_group(group, ways, &lacking.get()))
            .collect_view()
    };
    let failure = move || {
        let failure = work
            .leaving()
            .without
            .value()
            .with(|answer| failed(answer.as_ref()));
        failure.map(|failure| view! { <FailureView failure=failure/> })
    };
    part(move || {
        there.get().then(|| {
            view! {
                <section class="card pad stack" aria-labelledby="verification">
                    {part(move || {
                        let rejected = groups.with(|groups| some_rejected(groups));
                        known.with(|known| known.as_ref().map(|known| head(known, rejected)))
                    })}
                    {part(said)}
                    {part(move || {
                        (groups.with(|groups| some_rejected(groups)) && open.get().0).then(|| view! { <p class="muted">{words::replace_hint(lang)}</p> })
                    })}
                    {part(failure)}
                </section>
            }
        })
    })
}

/// Whether a code that lies here was rejected.
fn some_rejected(groups: &[Group]) -> bool {
    groups
        .iter()
        .any(|group| group.status.light() == Light::Rejected)
}

/// What all comes to, and when they were and will be asked.
fn head(known: &VerificationView, rejected: bool) -> AnyView {
    let lang = texts::lang();
    let (tone, said) = match known.light {
        // Their word is about what was sent; the code that they rejected is out already.
        Some(Light::Rejected) if !rejected => (Tone::Warn, words::taken_out(lang)),
        light => (light.map_or(Tone::Busy, tone), words::light(light, lang)),
    };
    view! {
        <div class="top">
            <h2 id="verification">{words::heading(lang)}</h2>
            <span role="status"><Pill tone=tone text=said/></span>
            <span class="right muted">
                {match known.asked {
                    Some(asked) => view! { {words::asked(lang)} " " <Moment when=asked/> }.into_any(),
                    None => view! { {words::not_asked(lang)} }.into_any(),
                }}
                {known.next.map(|next| view! { ", " {words::next(lang)} " " <Moment when=next/> })}
            </span>
        </div>
        {known
            .trouble
            .clone()
            .map(|cause| view! { <p class="faint">{words::no_answer(lang)} " " <q>{cause}</q></p> })}
    }
    .into_any()
}

/// What may be done about a code, and with what.
#[derive(Clone, Copy)]
struct Ways {
    work: Work,
    fill: bool,
    send: bool,
    revision: Signal<i64>,
}

/// One word of theirs: what it means, and whom it is about.
fn one_group(group: Group, ways: Ways, lacking: &[String]) -> AnyView {
    let lang = texts::lang();
    let light = group.status.light();
    let (status, substatus) = group.status.words();
    let verbatim = [Some(status), substatus]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ");
    let waits_for_uins = matches!(
        &group.status,
        MarkStatus::Uin {
            status: UinStatus::NotOnValidation,
            ..
        }
    );
    let lacking = (waits_for_uins && !lacking.is_empty()).then(|| {
        view! { <p>{words::units_without_uin(lang)} " " {lacking.join("; ")}</p> }
    });
    let each = matches!(light, Light::Rejected | Light::Troubled)
        || group
            .units
            .iter()
            .any(|unit| unit.mark.crpt_request_id.is_some());
    let shown = if each { group.units.len() } else { NAMED };
    let more = u32::try_from(group.units.len().saturating_sub(shown)).unwrap_or(u32::MAX);
    let optional = ways.send
        && matches!(
            &group.status,
            MarkStatus::Cis {
                status: CisStatus::Invalid | CisStatus::Failed,
                ..
            }
        );
    let without = group
        .units
        .iter()
        .find(|unit| optional && unit.optional && unit.slot.is_some())
        .map(|unit| without_code(ways, unit.line));
    let pill = words::word(&group.status, lang);
    let units = group
        .units
        .into_iter()
        .take(shown)
        .map(|unit| one_unit(unit, ways, light == Light::Rejected))
        .collect_view();
    view! {
        <div class="judged-line">
            <Pill tone=tone(light) text=pill/>
            <div class="stack tight">
                <p>{group.meaning} " " <span class="mono faint" translate="no" lang="">{verbatim}</span></p>
                {lacking}
                <ul class="plain-list checked">
                    {units}
                    {(more > 0).then(|| view! { <li class="muted">{words::and_more(more, lang)}</li> })}
                </ul>
                {without}
            </div>
        </div>
    }
    .into_any()
}

/// Which unit it is, their proof where they gave one, and another scan for a rejected one.
fn one_unit(unit: Checked, ways: Ways, rejected: bool) -> AnyView {
    let lang = texts::lang();
    let number = unit.slot.map(|(_, number)| number);
    let replace = unit.slot.filter(|_| rejected && ways.fill).map(|(slot, number)| {
        let label = words::replace_of(&unit.name, number, lang);
        let clear = ways.work.clear;
        view! {
            <ActionForm action=clear>
                <input type="hidden" name="order" value=ways.work.id.to_string()/>
                <input type="hidden" name="slot" value=slot.to_string()/>
                <button type="submit" class="btn" aria-label=label disabled=move || clear.pending().get()>
                    {words::replace(lang)}
                </button>
            </ActionForm>
        }
    });
    let request = unit.mark.crpt_request_id.map(|id| {
        view! {
            <span class="muted">
                {words::request(lang)} " " <span class="mono" translate="no">{id.clone()}</span>
                {unit.mark.crpt_request_at.map(|at| view! { ", " <span translate="no">{at}</span> })}
            </span>
            <CopyButton label=words::copy_request(lang) text=id/>
        }
    });
    view! {
        <li>
            <div class="top">
                <span>{scan::unit(&unit.name, number, lang)} " " <span class="mono" translate="no">{ending(&unit.mark.value)}</span></span>
                {request}
                {replace}
            </div>
        </li>
    }
    .into_any()
}

/// Sends the order without the codes of a line that can do without them.
fn without_code(ways: Ways, line: LineId) -> AnyView {
    let lang = texts::lang();
    let action = ways.work.leaving().without;
    let revision = ways.revision;
    view! {
        <p class="muted">{words::without_code_hint(lang)}</p>
        <ActionForm action=action>
            <input type="hidden" name="order" value=ways.work.id.to_string()/>
            <input type="hidden" name="line" value=line.to_string()/>
            <input type="hidden" name="revision" value=move || revision.get().to_string()/>
            <button type="submit" class="btn" disabled=move || action.pending().get()>{words::without_code(lang)}</button>
        </ActionForm>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::order::fixtures::{code, line, order};
    use desk::verification::{CisSubstatus, LineVerification};

    fn cis(value: String, status: CisStatus, substatus: Option<CisSubstatus>) -> CheckedMark {
        CheckedMark {
            value,
            status: MarkStatus::Cis { status, substatus },
            crpt_request_id: None,
            crpt_request_at: None,
        }
    }

    fn known(item: MarketItemId, marks: Vec<CheckedMark>) -> VerificationView {
        VerificationView {
            light: None,
            lines: vec![LineVerification { item, marks }],
            means: vec![],
            asked: None,
            next: None,
            trouble: None,
        }
    }

    #[test]
    fn units_of_which_the_same_is_said_stand_together_the_worst_first() {
        let mut slippers = line(1, "Тапочки", 3, &[Requirement::Cis]);
        for slot in &mut slippers.slots {
            slot.mark = Some(MarkView::Cis(code(slot.number)));
        }
        let marks = vec![
            cis(code(1), CisStatus::Ok, None),
            cis(code(2), CisStatus::Invalid, Some(CisSubstatus::ItemSold)),
            cis(code(3), CisStatus::Ok, None),
            cis(code(9), CisStatus::Invalid, None),
        ];
        let known = known(slippers.item, marks);
        let order = order(vec![slippers]);
        let found: Vec<_> = groups(&order, &known)
            .into_iter()
            .map(|group| (group.status.light(), group.units.len()))
            .collect();
        assert_eq!(
            found,
            [(Light::Rejected, 1), (Light::Passed, 2)],
            "a code that no longer lies here is the past"
        );
    }

    #[test]
    fn codes_of_another_hand_are_shown_while_none_lie_here() {
        let slippers = line(1, "Тапочки", 1, &[Requirement::CisOptional]);
        let known = known(slippers.item, vec![cis(code(1), CisStatus::Ok, None)]);
        let order = order(vec![slippers]);
        let found = groups(&order, &known);
        assert_eq!(found[0].units[0].slot, None);
        assert!(found[0].units[0].optional);
    }

    #[test]
    fn units_that_lack_a_uin_are_named() {
        let mut ring = line(1, "Кольцо", 2, &[Requirement::Uin]);
        ring.slots[0].mark = Some(MarkView::Uin("1234567890123456".into()));
        assert_eq!(without_uin(&[ring]), ["Кольцо, единица 2"]);
    }
}
