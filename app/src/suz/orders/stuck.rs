//! Orders that lie in СУЗ without a signature: to be signed, or deleted.

use super::super::{
    api::orders::{DeleteStuckOrder, SignStuckOrder, find_stuck_orders},
    one::acts::Trouble,
    why::WhyView,
};
use crate::{
    failure::Failure,
    texts::{self, suz, suz::orders as words},
    ui::{Button, FailureView, Look, Moment, Notice, Skeleton, Tone, part},
};
use cis::Lang;
use desk::{
    ids::SuzConnectionId,
    suz::emission::{
        NextStep,
        view::{EmissionList, StuckAnswer, StuckOrder},
    },
};
use leptos::{form::ActionForm, prelude::*};
use leptos_router::components::A;

/// The address that shows those of a connection.
pub(super) fn stuck_of(connection: SuzConnectionId) -> String {
    format!("/suz/orders?stuck={connection}")
}

/// What the ways to them are drawn from.
#[derive(Clone, PartialEq)]
struct Ways {
    /// Some order is known to lie there.
    known: bool,
    /// Connections, with names where there are several.
    connections: Vec<(SuzConnectionId, Option<String>)>,
}

impl Ways {
    /// None for who may do nothing about them, or when all there are are shown already.
    fn of(list: &EmissionList, asked: Option<SuzConnectionId>, lang: Lang) -> Option<Self> {
        let many = list.limits.len() > 1;
        let connections: Vec<_> = list
            .limits
            .iter()
            .filter(|limit| asked != Some(limit.connection))
            .map(|limit| {
                let contour = suz::contour(limit.contour, lang);
                let name = many.then(|| format!("{}, {contour}", limit.legal_entity));
                (limit.connection, name)
            })
            .collect();
        let mut cards = list.orders.iter();
        let known = cards.any(|card| card.next == NextStep::SignThere);
        (list.may_order && !connections.is_empty()).then_some(Self { known, connections })
    }
}

/// The ways to them, a link for each connection.
#[component]
pub(super) fn Stuck(
    /// The list of orders.
    answer: Resource<Result<EmissionList, Failure>>,
    /// The connection whose orders are shown already.
    asked: Memo<Option<SuzConnectionId>>,
) -> impl IntoView {
    let lang = texts::lang();
    let ways = Memo::new(move |_| {
        let list = answer.get().and_then(Result::ok)?;
        Ways::of(&list, asked.get(), lang)
    });
    let way = move |(connection, name): (SuzConnectionId, Option<String>)| {
        view! {
            <div class="top">
                {name}
                <A href=stuck_of(connection) attr:class="btn">{words::stuck_find(lang)}</A>
            </div>
        }
    };
    part(move || {
        ways.get().map(|ways| {
            view! {
                <details open=ways.known>
                    <summary>{words::stuck(lang)}"…"</summary>
                    <div class="card pad stack">
                        <p class="muted measure">{words::stuck_text(lang)}</p>
                        {ways.connections.into_iter().map(way).collect_view()}
                    </div>
                </details>
            }
        })
    })
}

/// Those of one connection, as СУЗ tells them now.
#[component]
pub(super) fn StuckOf(
    /// Which connection.
    connection: SuzConnectionId,
) -> impl IntoView {
    let lang = texts::lang();
    let found = Resource::new(|| (), move |()| find_stuck_orders(connection));
    let sign = ServerAction::<SignStuckOrder>::new();
    let delete = ServerAction::<DeleteStuckOrder>::new();
    Effect::new(move |_| {
        let done = [sign.value().get(), delete.value().get()];
        if done
            .iter()
            .flatten()
            .any(|one| matches!(one, Ok(StuckAnswer::Done)))
        {
            found.refetch();
        }
    });
    let listed = move |found: Result<StuckAnswer, Failure>| {
        match found {
        Ok(StuckAnswer::Listed { orders, .. }) if orders.is_empty() => {
            view! { <p>{words::stuck_none(lang)}</p> }.into_any()
        }
        Ok(StuckAnswer::Listed { orders, total }) => {
            view! { <List connection=connection orders=orders total=total sign=sign delete=delete/> }
                .into_any()
        }
        Ok(answer) => outcome(answer).into_any(),
        Err(failure) => view! { <FailureView failure=failure/> }.into_any(),
    }
    };
    // The same question once more: by a script in its place, else by the address.
    let again = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        found.refetch();
    };
    view! {
        <section class="card pad stack" aria-label=words::stuck(lang)>
            <div class="top">
                <h2>{words::stuck(lang)}</h2>
                <form class="right" method="get" action="/suz/orders" on:submit=again>
                    <input type="hidden" name="stuck" value=connection.to_string()/>
                    <Button text=words::stuck_find(lang)/>
                </form>
            </div>
            <p class="muted measure">{words::stuck_text(lang)}</p>
            <Trouble action=sign/>
            <Trouble action=delete/>
            {part(move || sign.value().get().and_then(Result::ok).and_then(outcome))}
            {part(move || delete.value().get().and_then(Result::ok).and_then(outcome))}
            <Transition fallback=|| view! { <Skeleton lines=2/> }>
                {part(move || found.get().map(listed))}
            </Transition>
        </section>
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
    let row =
        move |order| view! { <Row connection=connection order=order sign=sign delete=delete/> };
    view! {
        <ul class="choices">{orders.into_iter().map(row).collect_view()}</ul>
        {(hidden > 0).then(|| view! { <p class="muted">{words::stuck_more(hidden, lang)}</p> })}
    }
}

/// One order.
#[component]
fn Row(
    connection: SuzConnectionId,
    order: StuckOrder,
    sign: ServerAction<SignStuckOrder>,
    delete: ServerAction<DeleteStuckOrder>,
) -> impl IntoView {
    let lang = texts::lang();
    let document = order.document.to_string();
    let (key, shown) = (document.clone(), document.clone());
    let fields = move || {
        view! {
            <input type="hidden" name="connection" value=connection.to_string()/>
            <input type="hidden" name="document" value=document.clone()/>
        }
    };
    let (to_sign, to_delete) = (fields(), fields());
    let group = order.group.map_or_else(
        || words::stuck_group(lang).to_owned(),
        |alias| suz::group(&alias, lang),
    );
    let ours = order.ours.map(
        |ours| view! { <A href=format!("/suz/orders/{ours}") attr:class="link">{words::open(lang)}</A> },
    );
    view! {
        <li class="pad stack tight" data-document=key>
            <div class="top">
                <b>{group}</b>
                <span class="mono faint">{shown}</span>
                {order.since.map(|since| view! { <span class="right muted"><Moment when=since/></span> })}
            </div>
            <div class="acts">
                {ours}
                <ActionForm action=sign>
                    {to_sign}
                    <Button text=words::stuck_sign(lang) look=Look::Go pending=sign.pending()/>
                </ActionForm>
                <details>
                    <summary class="btn danger">{words::stuck_delete(lang)}"…"</summary>
                    <ActionForm action=delete>
                        <div class="stack">
                            {to_delete}
                            <p class="measure">{words::stuck_delete_text(lang)}</p>
                            <div class="top">
                                <Button text=words::stuck_delete_act(lang) look=Look::Danger pending=delete.pending()/>
                            </div>
                        </div>
                    </ActionForm>
                </details>
            </div>
        </li>
    }
}
