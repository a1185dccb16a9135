//! The one thing to do next.

use super::{
    super::{
        api::{AcceptStaticTokens, CheckSuz},
        why::WhyView,
    },
    acts::{Trouble, Which, reload_after},
};
use crate::{
    texts::{self, suz},
    ui::{Button, Look, Notice, Tone, part},
};
use desk::{
    ids::SuzConnectionId,
    suz::{CheckLevel, DeviceState, TokenState, Why, view::SuzConnectionView},
};
use leptos::{form::ActionForm, prelude::*};
use leptos_router::components::A;

/// What a connection lacks first.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    /// A device.
    Device,
    /// A word about static tokens.
    Static,
    /// Nothing to be said here: the bar above says it, or the person may not see what is lacking.
    Nothing,
    /// A cause to be removed.
    Mend(Why),
    /// A check.
    Check,
    /// A signature before long.
    Soon,
    /// Nothing.
    Works,
}

impl Step {
    fn of(view: &SuzConnectionView) -> Self {
        let active = view
            .devices
            .iter()
            .find(|device| device.state == DeviceState::Active);
        let Some(active) = active else {
            // Who may not manage sees no devices at all.
            return if view.may_manage {
                Self::Device
            } else {
                Self::Nothing
            };
        };
        if !view.static_tokens_accepted {
            return Self::Static;
        }
        if let Some(why) = stopped(&active.token).or_else(|| stopped(&view.true_api)) {
            return Self::Mend(why);
        }
        if let Some(why) = &view.refused {
            return Self::Mend(why.clone());
        }
        if view.waiting.iter().any(|one| one.until.is_none()) {
            return Self::Nothing;
        }
        match &view.check {
            Some(check) if check.running => Self::Works,
            Some(check) => match check.report.failure() {
                Some((_, why)) => Self::Mend(why.clone()),
                None if check.report.level == CheckLevel::Form => Self::Check,
                None if active.token.wants_signature() => Self::Soon,
                None => Self::Works,
            },
            None => Self::Check,
        }
    }
}

fn stopped(token: &TokenState) -> Option<Why> {
    match token {
        TokenState::Stopped { why } => Some(why.clone()),
        _ => None,
    }
}

/// The next step, with what does it.
#[component]
pub(super) fn NextStep(
    /// The connection.
    now: Memo<SuzConnectionView>,
    /// Loads the page's data again.
    reload: Callback<()>,
) -> impl IntoView {
    let step = Memo::new(move |_| now.with(Step::of));
    let whose = Memo::new(move |_| now.with(|now| (now.id, now.may_manage)));
    part(move || {
        let (id, may_manage) = whose.get();
        drawn(step.get(), id, may_manage, reload)
    })
}

fn drawn(step: Step, id: SuzConnectionId, may_manage: bool, reload: Callback<()>) -> AnyView {
    let lang = texts::lang();
    match step {
        Step::Device => view! {
            <Notice tone=Tone::Warn text=suz::causes::cause(desk::suz::Cause::NoDevice, lang).title>
                <p>{suz::causes::cause(desk::suz::Cause::NoDevice, lang).way_out}</p>
            </Notice>
        }
        .into_any(),
        Step::Static => view! { <StaticTokens id=id may_manage=may_manage reload=reload/> }.into_any(),
        Step::Nothing => ().into_any(),
        Step::Mend(why) => {
            let title = suz::step_fix(lang);
            view! {
                <Notice tone=Tone::Bad text=capital(title)>
                    <WhyView why=why/>
                    {may_manage.then(|| view! { <CheckNow id=id reload=reload/> })}
                </Notice>
            }
            .into_any()
        }
        Step::Check => view! {
            <Notice tone=Tone::Warn text=capital(suz::step_check(lang))>
                <p>{suz::steps::level_text(CheckLevel::Request, lang)}</p>
                {may_manage.then(|| view! { <CheckNow id=id reload=reload/> })}
            </Notice>
        }
        .into_any(),
        Step::Soon => view! {
            <Notice tone=Tone::Warn text=suz::soon(lang)>
                <p>{suz::soon_text(lang)}</p>
                <div class="top"><A href="/suz/sign" attr:class="btn go">{suz::to_signing(lang)}</A></div>
            </Notice>
        }
        .into_any(),
        Step::Works => view! { <Notice tone=Tone::Ok text=suz::works(lang)><p>{suz::works_text(lang)}</p></Notice> }
            .into_any(),
    }
}

/// A sentence that begins with a capital.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let mut sentence: String = chars
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    sentence.push_str(chars.as_str());
    sentence.push('.');
    sentence
}

/// The warning before the first login.
#[component]
fn StaticTokens(id: SuzConnectionId, may_manage: bool, reload: Callback<()>) -> impl IntoView {
    let lang = texts::lang();
    let action = ServerAction::<AcceptStaticTokens>::new();
    reload_after(action, reload);
    view! {
        <Notice tone=Tone::Warn text=suz::static_title(lang)>
            <p class="measure">{suz::static_text(lang)}</p>
            <p class="measure">{suz::static_advice(lang)}</p>
            <Trouble action=action/>
            {may_manage
                .then(|| {
                    view! {
                        <ActionForm action=action>
                            <Which id=id/>
                            <Button text=suz::static_act(lang) look=Look::Go pending=action.pending()/>
                        </ActionForm>
                    }
                })}
        </Notice>
    }
}

/// The check that makes calls.
#[component]
fn CheckNow(id: SuzConnectionId, reload: Callback<()>) -> impl IntoView {
    let lang = texts::lang();
    let action = ServerAction::<CheckSuz>::new();
    reload_after(action, reload);
    view! {
        <Trouble action=action/>
        <ActionForm action=action>
            <Which id=id/>
            <input type="hidden" name="level" value=CheckLevel::Request.as_str()/>
            <Button text=suz::to_check(lang) look=Look::Go pending=action.pending()/>
        </ActionForm>
    }
}
