//! Orders that lie in СУЗ without a signature: to be signed, or deleted.

use super::super::{
    api::orders::{DeleteStuckOrder, FindStuckOrders, SignStuckOrder},
    one::acts::Trouble,
    why::WhyView,
};
use crate::{
    texts::{self, suz, suz::orders as words},
    ui::{Button, Look, Moment, Notice, Tone, part},
};
use desk::{
    ids::SuzConnectionId,
    suz::emission::view::{LimitView, StuckAnswer, StuckOrder},
};
use leptos::{form::ActionForm, prelude::*};
use leptos_router::components::A;

/// Looking for them, in each connection.
#[component]
pub(super) fn Stuck(
    /// The connections.
    limits: Vec<LimitView>,
) -> impl IntoView {
    let lang = texts::lang();
    let many = limits.len() > 1;
    let one = move |limit: LimitView| {
        let name = many.then(|| {
            format!(
                "{}, {}",
                limit.legal_entity,
                suz::contour(limit.contour, lang)
            )
        });
        view! { <Of connection=limit.connection name=name/> }
    };
    view! {
        <details id="stuck" class="needs-script">
            <summary>{words::stuck(lang)}</summary>
            <div class="card pad stack">
                <p class="muted measure">{words::stuck_text(lang)}</p>
                {limits.into_iter().map(one).collect_view()}
            </div>
        </details>
    }
}

/// Those of one connection.
#[component]
fn Of(
    connection: SuzConnectionId,
    /// Whose it is, where there are several.
    name: Option<String>,
) -> impl IntoView {
    let lang = texts::lang();
    let find = ServerAction::<FindStuckOrders>::new();
    let sign = ServerAction::<SignStuckOrder>::new();
    let delete = ServerAction::<DeleteStuckOrder>::new();
    let ask = move || drop(find.dispatch(FindStuckOrders { connection }));
    Effect::new(move |_| {
        let done = [sign.value().get(), delete.value().get()];
        if done
            .iter()
            .flatten()
            .any(|one| matches!(one, Ok(StuckAnswer::Done)))
        {
            ask();
        }
    });
    let listed = move || {
        match find.value().get() {
        Some(Ok(StuckAnswer::Listed { orders, .. })) if orders.is_empty() => {
            Some(view! { <p>{words::stuck_none(lang)}</p> }.into_any())
        }
        Some(Ok(StuckAnswer::Listed { orders, total })) => Some(
            view! { <List connection=connection orders=orders total=total sign=sign delete=delete/> }
                .into_any(),
        ),
        Some(Ok(answer)) => outcome(answer),
        _ => None,
    }
    };
    view! {
        <div class="top">
            {name}
            <button type="button" class="btn" disabled=move || find.pending().get() on:click=move |_| ask()>
                {words::stuck_find(lang)}
            </button>
        </div>
        <Trouble action=find/>
        <Trouble action=sign/>
        <Trouble action=delete/>
        {part(move || sign.value().get().and_then(Result::ok).and_then(outcome))}
        {part(move || delete.value().get().and_then(Result::ok).and_then(outcome))}
        {part(listed)}
    }
}

fn outcome(answer: StuckAnswer) -> Option<AnyView> {
    let lang = texts::lang();
    match answer {
        StuckAnswer::Listed { .. } | StuckAnswer::Done => None,
        StuckAnswer::WaitsForSignature => Some(
            view! {
                <Notice tone=Tone::Warn text=words::stuck_waits(lang)>
                    <div class="top"><A href="/suz/sign" attr:class="btn go">{suz::to_signing(lang)}</A></div>
                </Notice>
            }
            .into_any(),
        ),
        StuckAnswer::Failed(why) => Some(
            view! { <Notice tone=Tone::Bad text=words::stuck_failed(lang)><WhyView why=why/></Notice> }
                .into_any(),
        ),
    }
}

/// The orders.
#[component]
fn List(
    connection: SuzConnectionId,
    orders: Vec<StuckOrder>,
    total: u64,
    sign: ServerAction<SignStuckOrder>,
    delete: ServerAction<DeleteStuckOrder>,
) -> impl IntoView {
    let lang = texts::lang();
    let hidden = total.saturating_sub(orders.len() as u64);
    let hidden = u32::try_from(hidden).unwrap_or(u32::MAX);
    let fields = move |document: String| {
        view! {
            <input type="hidden" name="connection" value=connection.to_string()/>
            <input type="hidden" name="document" value=document/>
        }
    };
    let row = move |order: StuckOrder| {
        let document = order.document.to_string();
        let (key, shown) = (document.clone(), document.clone());
        let (to_sign, to_delete) = (fields(document.clone()), fields(document));
        let group = order.group.map_or_else(
            || words::stuck_group(lang).to_owned(),
            |alias| suz::group(&alias, lang),
        );
        view! {
            <li class="pad stack tight" data-document=key>
                <div class="top">
                    <b>{group}</b>
                    <span class="mono faint">{shown}</span>
                    {order.since.map(|since| view! { <span class="right muted"><Moment when=since/></span> })}
                </div>
                <div class="top">
                    {order
                        .ours
                        .map(|ours| view! { <A href=format!("/suz/orders/{ours}") attr:class="link">{words::open(lang)}</A> })}
                    <ActionForm action=sign>
                        {to_sign}
                        <Button text=words::stuck_sign(lang) look=Look::Go pending=sign.pending()/>
                    </ActionForm>
                    <ActionForm action=delete>
                        {to_delete}
                        <Button text=words::stuck_delete(lang) look=Look::Danger pending=delete.pending()/>
                    </ActionForm>
                </div>
            </li>
        }
    };
    view! {
        <ul class="choices">{orders.into_iter().map(row).collect_view()}</ul>
        {(hidden > 0).then(|| view! { <p class="muted">{words::stuck_more(hidden, lang)}</p> })}
    }
}
