//! The one thing to do next with an order.

use super::{
    super::{list::bounded, stuck::stuck_of},
    Shown, Trouble, Which, reload_after,
};
use crate::{
    suz::{api::orders::WithdrawEmission, why::WhyView},
    texts::{self, suz, suz::orders as words},
    ui::{Button, Look, Notice, Tone, part},
};
use desk::{
    ids::{EmissionId, SuzConnectionId},
    suz::{
        Why,
        emission::{EmissionState, NextStep},
    },
};
use leptos::{form::ActionForm, prelude::*};
use leptos_router::components::A;

/// What the notice is drawn from.
#[derive(Clone, PartialEq)]
struct Drawn {
    state: EmissionState,
    next: NextStep,
    trouble: Option<Why>,
    decline: Option<String>,
    goods: Option<String>,
    connection: SuzConnectionId,
    annuls: u64,
    withdraw: bool,
    may_order: bool,
}

/// The notice.
#[component]
pub(super) fn Step(id: EmissionId, now: Memo<Shown>, reload: Callback<()>) -> impl IntoView {
    let drawn = Memo::new(move |_| {
        now.with(|now| {
            let page = &now.page;
            Drawn {
                state: page.card.state,
                next: page.card.next,
                trouble: page.trouble.clone(),
                decline: page.decline.clone(),
                goods: page.card.gtins.first().map(ToString::to_string),
                connection: page.card.connection,
                annuls: page.closing.as_ref().map_or(0, |closing| closing.annuls),
                withdraw: page.may_withdraw && page.may_order,
                may_order: page.may_order,
            }
        })
    });
    part(move || {
        let drawn = drawn.get();
        let withdraw = drawn.withdraw;
        view! {
            {notice(drawn, id)}
            {withdraw.then(|| view! { <Withdraw id=id reload=reload/> })}
        }
    })
}

fn notice(drawn: Drawn, id: EmissionId) -> Option<AnyView> {
    let lang = texts::lang();
    let loss = matches!(drawn.next, NextStep::SignClosing | NextStep::Closing) && drawn.annuls > 0;
    let tone = match drawn.next {
        NextStep::Mend | NextStep::Help => Tone::Bad,
        NextStep::SignClosing if loss => Tone::Bad,
        NextStep::Sign
        | NextStep::SignThere
        | NextStep::SignClosing
        | NextStep::Resume
        | NextStep::Close => Tone::Warn,
        NextStep::Print => Tone::Ok,
        NextStep::Sending
        | NextStep::Finding
        | NextStep::Wait
        | NextStep::Receive
        | NextStep::Closing => Tone::Busy,
        // Deciding has a card of its own; nothing is to be said of nothing.
        NextStep::Decide | NextStep::Nothing => {
            return drawn.trouble.map(|why| view! { <Notice tone=Tone::Warn text=words::trouble(lang)><WhyView why=why/></Notice> }.into_any());
        }
    };
    let (title, text) = words::step(drawn.next, drawn.state, lang);
    let text = if loss {
        words::closing_loss(bounded(drawn.annuls), lang)
    } else {
        text.to_owned()
    };
    let link = match drawn.next {
        NextStep::Sign | NextStep::SignClosing if drawn.may_order => {
            Some(("/suz/sign".to_owned(), suz::to_signing(lang), true))
        }
        NextStep::SignThere if drawn.may_order => {
            Some((stuck_of(drawn.connection), words::to_stuck(lang), true))
        }
        NextStep::Mend if drawn.may_order => Some((
            format!("/suz/orders/new?repeat={id}"),
            words::repeat_mended(lang),
            true,
        )),
        NextStep::Print => drawn
            .goods
            .map(|gtin| (format!("/suz/stock/{gtin}"), suz::stock::print(lang), true)),
        _ => None,
    };
    let link = link.map(|(href, name, go)| {
        view! { <div class="top"><A href=href attr:class={if go { "btn go" } else { "btn" }}>{name}</A></div> }
    });
    let decline = drawn.decline.map(|said| {
        view! {
            <p class="their-words"><span class="faint">{suz::server_said(lang)}</span><q lang="">{said}</q></p>
        }
    });
    Some(
        view! {
            <Notice tone=tone text=title>
                <p>{text}</p>
                {drawn.trouble.map(|why| view! { <WhyView why=why/> })}
                {decline}
                {link}
            </Notice>
        }
        .into_any(),
    )
}

/// Taking an order back of which no byte has left.
#[component]
fn Withdraw(id: EmissionId, reload: Callback<()>) -> impl IntoView {
    let lang = texts::lang();
    let action = ServerAction::<WithdrawEmission>::new();
    reload_after(action, reload);
    view! {
        <details>
            <summary class="btn">{words::withdraw(lang)}"…"</summary>
            <ActionForm action=action>
                <div class="stack">
                    <Which id=id/>
                    <Trouble action=action/>
                    <p>{words::withdraw_text(lang)}</p>
                    <div class="top"><Button text=words::withdraw(lang) look=Look::Danger pending=action.pending()/></div>
                </div>
            </ActionForm>
        </details>
    }
}
