//! All orders of codes: what to do next with each, and how much room СУЗ has left.

use super::{
    super::{
        api::orders::get_emissions,
        marks::ContourMark,
        page,
        sections::{Section, Sections},
    },
    stuck::{Stuck, StuckOf},
};
use crate::{
    failure::Failure,
    live,
    texts::{self, number, suz, suz::orders as words},
    ui::{Bar, Empty, FailureView, Moment, PageTop, Pill, Skeleton, Tone, part},
};
use desk::{
    suz::{
        Contour,
        emission::{
            EmissionState, ExpiryWarning, NextStep,
            view::{EmissionCard, EmissionList, LimitView},
        },
    },
    time::When,
};
use leptos::prelude::*;
use leptos_router::components::A;

/// What a state means at a glance.
pub(super) const fn tone(card: &EmissionCard) -> Tone {
    match (card.state, card.next) {
        (
            _,
            NextStep::Sign
            | NextStep::SignThere
            | NextStep::SignClosing
            | NextStep::Decide
            | NextStep::Resume,
        ) => Tone::Warn,
        (EmissionState::Refused | EmissionState::Declined | EmissionState::Expired, _)
        | (_, NextStep::Help) => Tone::Bad,
        (EmissionState::Unknown, _) => Tone::Warn,
        (EmissionState::Draft | EmissionState::Withdrawn | EmissionState::GivenUp, _) => Tone::Off,
        (EmissionState::Closed, _) | (EmissionState::Ready, NextStep::Close | NextStep::Print) => {
            Tone::Ok
        }
        _ => Tone::Busy,
    }
}

/// A long number as the bar wants it.
pub(in crate::suz) fn bounded(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The page.
#[component]
pub(in crate::suz) fn OrdersPage() -> impl IntoView {
    let lang = texts::lang();
    let query = page::query();
    let after = Memo::new(move |_| query.with(|query| query.get("after").unwrap_or_default()));
    let asked = Memo::new(move |_| query.with(|query| query.get("stuck")?.parse().ok()));
    let answer = Resource::new(move || after.get(), get_emissions);
    live::on_crowd(
        |news| news.concerns_emission(None),
        move || answer.refetch(),
    );
    let retry = Callback::new(move |()| answer.refetch());
    let may = move || {
        answer
            .get()
            .is_some_and(|list| list.is_ok_and(|list| list.may_order))
    };
    let order = move || {
        may().then(|| {
            view! { <A href="/suz/orders/new" attr:class="btn go">{words::order_codes(lang)}</A> }
        })
    };
    view! {
        <PageTop title=words::title(lang)>
            <span class="right"><Transition>{part(order)}</Transition></span>
        </PageTop>
        <Sections current=Section::Orders/>
        {part(move || asked.get().map(|connection| view! { <StuckOf connection=connection/> }))}
        <Transition fallback=|| view! { <div class="card"><Skeleton lines=6/></div> }>
            {part(move || answer.get().map(|list| drawn(list, after.get_untracked().is_empty(), retry)))}
            <Stuck answer=answer asked=asked/>
        </Transition>
    }
}

fn drawn(list: Result<EmissionList, Failure>, first: bool, retry: Callback<()>) -> AnyView {
    let lang = texts::lang();
    let list = match list {
        Ok(list) => list,
        Err(failure) => return view! { <FailureView failure=failure retry=retry/> }.into_any(),
    };
    if list.orders.is_empty() && first {
        return nothing(&list);
    }
    let rows = list
        .orders
        .into_iter()
        .map(|card| view! { <Row card=card/> })
        .collect_view();
    let pages = (!first || list.after.is_some()).then(|| {
        view! {
            <nav class="top" aria-label=words::pages(lang)>
                {(!first).then(|| view! { <A href="/suz/orders" attr:class="btn">{words::to_newest(lang)}</A> })}
                {list
                    .after
                    .map(|after| {
                        view! {
                            <A href=format!("/suz/orders?after={after}") attr:class="btn" attr:rel="next">{words::older(lang)}</A>
                        }
                    })}
            </nav>
        }
    });
    view! {
        <Limits limits=list.limits/>
        <div class="card">
            <table class="emissions">
                <thead>
                    <tr>
                        <th scope="col">{words::column_goods(lang)}</th>
                        <th scope="col">{words::column_when(lang)}</th>
                        <th scope="col">{words::column_got(lang)}</th>
                        <th scope="col">{words::column_state(lang)}</th>
                        <th scope="col"><span class="vh">{words::column_next(lang)}</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {pages}
    }
    .into_any()
}

/// No orders yet, and what to do about it.
fn nothing(list: &EmissionList) -> AnyView {
    let lang = texts::lang();
    if !list.may_order {
        return view! {
            <div class="card"><Empty title=words::nothing(lang) text=words::nothing_for_others(lang)/></div>
        }
        .into_any();
    }
    if list.limits.is_empty() {
        return view! {
            <div class="card">
                <Empty title=words::not_connected(lang) text=words::not_connected_text(lang)>
                    <A href="/suz/connect" attr:class="btn go">{suz::connect(lang)}</A>
                </Empty>
            </div>
        }
        .into_any();
    }
    view! {
        <div class="card">
            <Empty title=words::nothing(lang) text=words::nothing_text(lang)>
                <A href="/suz/orders/new" attr:class="btn go">{words::order_codes(lang)}</A>
            </Empty>
        </div>
    }
    .into_any()
}

/// The station's limits, by connection.
#[component]
fn Limits(limits: Vec<LimitView>) -> impl IntoView {
    let lang = texts::lang();
    let (many, none) = (limits.len() > 1, limits.is_empty());
    let near = limits
        .iter()
        .any(|one| one.active.max(one.queued) * 10 >= one.most * 9);
    let shown = limits
        .into_iter()
        .map(|one| view! { <Limit limit=one named=many/> })
        .collect_view();
    (!none).then(|| {
        view! {
            <section class="card pad stack" aria-label=words::limits(lang)>
                <div class="limits">{shown}</div>
                {near.then(|| view! { <p class="late">{words::limits_text(lang)}</p> })}
            </section>
        }
    })
}

/// One connection's limits.
#[component]
fn Limit(
    limit: LimitView,
    /// Whether to say whose they are.
    named: bool,
) -> impl IntoView {
    let lang = texts::lang();
    let most = limit.most;
    let one = move |name: &'static str, count: u32| {
        let tone = match count * 10 {
            many if many >= most * 10 => Tone::Bad,
            many if many >= most * 9 => Tone::Warn,
            _ => Tone::Busy,
        };
        view! {
            <div class="limit">
                <div class="top">
                    <span class="muted">{name}</span>
                    <span>{number(count)}" / "{number(most)}</span>
                </div>
                <Bar label=name value=count max=most tone=tone/>
            </div>
        }
    };
    let whose = (named || limit.contour != Contour::Production).then(|| {
        view! { <div class="top">{limit.legal_entity.clone()} <ContourMark contour=limit.contour/></div> }
    });
    view! {
        {whose}
        {one(words::active(lang), limit.active)}
        {one(words::queued(lang), limit.queued)}
    }
}

/// One order.
#[component]
fn Row(card: EmissionCard) -> impl IntoView {
    let lang = texts::lang();
    let id = card.id.to_string();
    let href = format!("/suz/orders/{id}");
    let (tone, state) = (tone(&card), words::state(&card, lang));
    let group = suz::group(&card.group, lang);
    let entity = card.legal_entity.clone();
    let goods = words::goods_line(&card.gtins, lang);
    let taken = card.state.is_there() || card.received > 0;
    let got = taken.then(|| {
        view! {
            <span class="keep">{number(bounded(card.received))}" / "{number(bounded(card.ordered))}</span>
            <Bar
                label=words::column_got(lang)
                value=bounded(card.received)
                max=bounded(card.ordered)
                tone={if card.received >= card.ordered { Tone::Ok } else { Tone::Busy }}
            />
        }
    });
    let got = got.map_or_else(
        || {
            view! { <span class="muted keep">{words::codes(bounded(card.ordered), lang)}</span> }
                .into_any()
        },
        IntoAny::into_any,
    );
    view! {
        <tr data-order=id>
            <td>
                <A href=href.clone() attr:class="link">{group}</A>
                {card.test.then(|| view! { " " <span class="faint">{words::test(lang)}</span> })}
                <div class="sub keep">{goods}</div>
            </td>
            <td class="sub">
                <Moment when=card.made/>
                <div>{entity} " " {other_contour(card.contour)}</div>
            </td>
            <td class="got">{got}</td>
            <td>
                <Pill tone=tone text=state/>
                <Expiry expires=card.expires warning=card.warning/>
            </td>
            <td class="num keep"><A href=href attr:class="link">{words::next(card.next, lang)}</A></td>
        </tr>
    }
}

fn other_contour(contour: Contour) -> Option<impl IntoView> {
    (contour != Contour::Production).then(|| view! { <ContourMark contour=contour/> })
}

/// How long codes that were not fetched still live; nothing where none are at stake.
#[component]
pub(super) fn Expiry(
    /// When they are annulled.
    expires: Option<When>,
    /// How near that is.
    warning: Option<ExpiryWarning>,
) -> impl IntoView {
    let lang = texts::lang();
    expires.map(|when| {
        let class = match warning {
            None | Some(ExpiryWarning::Soon) => "sub",
            Some(ExpiryWarning::Now | ExpiryWarning::Over) => "sub late",
        };
        let left = words::days_left(&when, lang).map(|left| format!(", {left}"));
        view! { <div class=class>{words::expires(warning, lang)}" "<Moment when=when/>{left}</div> }
    })
}
