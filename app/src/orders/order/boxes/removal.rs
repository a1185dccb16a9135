//! Taking units out of an order: for good, so it is far from every key that a scanner presses.

use super::{super::Work, Laid};
use crate::{
    texts::{self, orders::boxes as words},
    ui::{NoEnter, Notice, Tone, part},
};
use desk::{ids::MarketItemId, orders::LineView};
use leptos::prelude::*;

/// A line of which units can be taken out, or are going to be.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Candidate {
    item: MarketItemId,
    name: String,
    /// Units that are going to be taken out.
    removed: u32,
    /// The most that can be: at least one unit stays in the order.
    most: u32,
}

/// The lines of which something can be taken out or put back.
fn candidates(laid: &Laid) -> Vec<Candidate> {
    let removed = |line: &LineView| laid.plan.removed(line.item).min(line.count);
    let staying: u32 = laid
        .lines
        .iter()
        .map(|line| line.count - removed(line))
        .sum();
    laid.lines
        .iter()
        .map(|line| {
            let others = staying - (line.count - removed(line));
            Candidate {
                item: line.item,
                name: line.name.clone(),
                removed: removed(line),
                most: if others > 0 {
                    line.count
                } else {
                    line.count.saturating_sub(1)
                },
            }
        })
        .collect()
}

/// What is going to be taken out, and the forms that say so.
#[component]
pub(super) fn Removals(
    /// What is asked and done here.
    work: Work,
    /// The newest layout.
    laid: Memo<Option<Laid>>,
) -> impl IntoView {
    let lang = texts::lang();
    let lines =
        Memo::new(move |_| laid.with(|laid| laid.as_ref().map(candidates).unwrap_or_default()));
    let may = Memo::new(move |_| laid.with(|laid| laid.as_ref().is_some_and(|laid| laid.removes)));
    let leaving = move || {
        let leaving: Vec<_> = lines
            .get()
            .into_iter()
            .filter(|line| line.removed > 0)
            .collect();
        leaving
            .into_iter()
            .map(|line| put_back(work, &line))
            .collect_view()
    };
    let forms = move || {
        let may = may.get();
        lines
            .get()
            .into_iter()
            .filter(|line| line.removed < line.most || line.most == 0)
            .map(|line| {
                if !may {
                    view! { <p class="muted">{words::may_not_remove(lang)}</p> }.into_any()
                } else if line.most == 0 {
                    view! { <p class="muted">{words::last_one(lang)}</p> }.into_any()
                } else {
                    view! { <Remove work=work line=line/> }.into_any()
                }
            })
            .collect_view()
    };
    view! {
        {part(leaving)}
        <details>
            <summary>{words::remove(lang)}</summary>
            <div class="stack">{part(forms)}</div>
        </details>
    }
}

/// Says what is going to be taken out, and puts it back.
fn put_back(work: Work, line: &Candidate) -> AnyView {
    let lang = texts::lang();
    let text = words::will_leave(&line.name, line.removed, lang);
    let item = line.item.to_string();
    view! {
        <Notice tone=Tone::Warn text=text>
            <ActionForm action=work.leaving().remove>
                <input type="hidden" name="order" value=work.id.to_string()/>
                <input type="hidden" name="item" value=item.clone()/>
                <input type="hidden" name="units" value="0"/>
                <input type="hidden" name="confirmed" value="0"/>
                <button type="submit" class="btn" disabled=move || work.leaving().remove.pending().get()>{words::put_back(lang)}</button>
            </ActionForm>
        </Notice>
    }
    .into_any()
}

/// The form that takes units of one line out. Without scripts it takes one unit more each time: the number that is
/// confirmed is the number that was shown.
#[component]
fn Remove(
    /// What is asked and done here.
    work: Work,
    /// The line.
    line: Candidate,
) -> impl IntoView {
    let lang = texts::lang();
    let Candidate {
        item,
        name,
        removed,
        most,
    } = line;
    let units = RwSignal::new(removed + 1);
    let sentence = {
        let name = name.clone();
        move || words::what_happens(&name, units.get(), lang)
    };
    let choice = (most > removed + 1).then(|| {
        let options = (removed + 1..=most)
            .map(|n| view! { <option value=n.to_string() selected=n == removed + 1>{n}</option> })
            .collect_view();
        view! {
            <label class="where needs-script">
                <span class="muted">{words::how_many(lang)}</span>
                <select
                    class="field"
                    on:change=move |event| {
                        if let Ok(chosen) = event_target_value(&event).parse() {
                            units.set(chosen);
                        }
                    }
                >
                    {options}
                </select>
            </label>
        }
    });
    view! {
        <ActionForm action=work.leaving().remove>
            <fieldset class="stack tight removal">
                <legend>{name}</legend>
                <NoEnter/>
                <input type="hidden" name="order" value=work.id.to_string()/>
                <input type="hidden" name="item" value=item.to_string()/>
                <input type="hidden" name="units" value=move || units.get().to_string()/>
                <input type="hidden" name="confirmed" value=move || units.get().to_string()/>
                {choice}
                <p>{part(sentence)}</p>
                <label class="check">
                    <input type="checkbox" name="understood" value="true" required/>
                    {words::understood(lang)}
                </label>
                <button type="submit" class="btn danger" disabled=move || work.leaving().remove.pending().get()>
                    {move || words::remove_units(units.get(), lang)}
                </button>
            </fieldset>
        </ActionForm>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::order::fixtures::line;
    use desk::boxes::Plan;

    fn laid(lines: Vec<LineView>, plan: Plan) -> Laid {
        Laid {
            lines,
            plan,
            stored: vec![],
            open: true,
            removes: true,
        }
    }

    #[test]
    fn one_unit_stays_in_the_order() {
        let alone = candidates(&laid(vec![line(1, "Тапочки", 1, &[])], Plan::default()));
        assert_eq!(alone[0].most, 0);
        let several = candidates(&laid(vec![line(1, "Тапочки", 3, &[])], Plan::default()));
        assert_eq!(several[0].most, 2);
        let two = vec![line(1, "Тапочки", 1, &[]), line(2, "Ложка", 1, &[])];
        let mut plan = Plan::default();
        plan.remove(MarketItemId(1), 1, 1).unwrap();
        let left: Vec<_> = candidates(&laid(two, plan))
            .into_iter()
            .map(|line| (line.removed, line.most))
            .collect();
        assert_eq!(left, [(1, 1), (0, 0)]);
    }
}
