//! The self-check: three levels, step by step.

use super::{
    super::{api::CheckSuz, why::WhyView},
    acts::{Trouble, Which, reload_after},
};
use crate::{
    texts::{self, suz, suz::steps},
    ui::{Button, Moment, Pill, Tone, part},
};
use desk::{
    ids::SuzConnectionId,
    suz::{
        CheckLevel, CheckStep, StepOutcome,
        check::{CheckView, Step},
        view::SuzConnectionView,
    },
};
use leptos::{form::ActionForm, prelude::*};
use leptos_router::components::A;

/// The last check, and making another.
#[component]
pub(super) fn Check(
    id: SuzConnectionId,
    /// The connection.
    now: Memo<SuzConnectionView>,
    /// Whether the person may check.
    may_manage: bool,
    /// Loads the page's data again.
    reload: Callback<()>,
) -> impl IntoView {
    let lang = texts::lang();
    let check = Memo::new(move |_| now.with(|now| now.check.clone()));
    let level = move |level| view! { <Level level=level check=check id=id may_manage=may_manage reload=reload/> };
    view! {
        <section class="card self-check" id="check">
            <div class="pad top">
                <h2>{steps::title(lang)}</h2>
                {part(move || check.get().map(|check| view! { <Verdict check=check/> }))}
            </div>
            {CheckLevel::ALL.iter().map(|one| level(*one)).collect_view()}
        </section>
    }
}

/// What the check came to, and when.
#[component]
fn Verdict(check: CheckView) -> impl IntoView {
    let lang = texts::lang();
    let report = &check.report;
    let (tone, text) = if check.running {
        (Tone::Busy, steps::running(lang))
    } else if report.failure().is_some() {
        (Tone::Bad, steps::not_well(lang))
    } else if report.waits() {
        (Tone::Warn, steps::waits(lang))
    } else if report.well() {
        (Tone::Ok, steps::well(lang))
    } else {
        (Tone::Off, steps::not_yet(lang))
    };
    view! {
        <Pill tone=tone text=text/>
        <span class="muted"><Moment when=check.at/></span>
    }
}

/// One level with its steps.
#[component]
fn Level(
    level: CheckLevel,
    check: Memo<Option<CheckView>>,
    id: SuzConnectionId,
    may_manage: bool,
    reload: Callback<()>,
) -> impl IntoView {
    let lang = texts::lang();
    let action = ServerAction::<CheckSuz>::new();
    reload_after(action, reload);
    let steps = Memo::new(move |_| {
        check.with(|check| {
            check.as_ref().map(|check| {
                let of_level = |step: &&Step| step.step.level() == level;
                check
                    .report
                    .steps
                    .iter()
                    .filter(of_level)
                    .cloned()
                    .collect::<Vec<_>>()
            })
        })
    });
    let offered = may_manage && level != CheckLevel::Order;
    let by_order = (may_manage && level == CheckLevel::Order).then(|| {
        let href = format!("/suz/orders/new?connection={id}&test=1");
        view! { <span class="right"><A href=href attr:class="btn">{steps::by_order(lang)}</A></span> }
    });
    view! {
        <div class="pad stack tight">
            <div class="top">
                <h3>{steps::level(level, lang)}</h3>
                {by_order}
                {offered
                    .then(|| {
                        view! {
                            <span class="right">
                                <ActionForm action=action>
                                    <Which id=id/>
                                    <input type="hidden" name="level" value=level.as_str()/>
                                    <Button text=suz::to_check(lang) pending=action.pending()/>
                                </ActionForm>
                            </span>
                        }
                    })}
            </div>
            <p class="muted">
                {steps::level_text(level, lang)}
                {(level == CheckLevel::Order).then(|| view! { " "{steps::order_asked(lang)} })}
            </p>
            <Trouble action=action/>
            {part(move || {
                let rows = steps
                    .get()
                    .filter(|steps| !steps.is_empty())
                    .unwrap_or_else(|| blank(level))
                    .into_iter()
                    .map(|step| view! { <StepRow step=step/> })
                    .collect_view();
                view! { <ul class="suz-steps">{rows}</ul> }
            })}
        </div>
    }
}

fn blank(level: CheckLevel) -> Vec<Step> {
    CheckStep::of(level)
        .map(|step| Step {
            step,
            outcome: StepOutcome::NotYet,
        })
        .collect()
}

/// One step with what became of it.
#[component]
fn StepRow(step: Step) -> impl IntoView {
    let lang = texts::lang();
    let (class, sign, word) = match &step.outcome {
        StepOutcome::Passed { .. } => ("ok", "✓", steps::passed(lang)),
        StepOutcome::Failed { .. } => ("bad", "✗", steps::failed(lang)),
        StepOutcome::Skipped { .. } => ("off", "–", steps::skipped(lang)),
        StepOutcome::WaitsForSignature => ("warn", "…", steps::waits(lang)),
        StepOutcome::NotYet => ("off", "·", steps::not_yet(lang)),
    };
    let rest = match step.outcome {
        StepOutcome::Passed { found } => found
            .map(|found| view! { <span class="muted found">{found}</span> })
            .into_any(),
        StepOutcome::Failed { why } => view! { <WhyView why=why/> }.into_any(),
        StepOutcome::Skipped { why } => {
            view! { <span class="muted">{steps::skip(why, lang)}</span> }.into_any()
        }
        StepOutcome::WaitsForSignature => {
            view! { <span class="muted">{steps::waits(lang)}</span> }.into_any()
        }
        StepOutcome::NotYet => ().into_any(),
    };
    view! {
        <li class=format!("suz-step {class}") data-step=step.step.as_str()>
            <span class="sign" aria-hidden="true">{sign}</span>
            <span class="vh">{word}": "</span>
            <span class="what">{steps::step(step.step, lang)}</span>
            {rest}
        </li>
    }
}
