//! The page of a new order: first for whom and of which group, then the form that the group's rules make.

mod choose;
mod faults;
mod field;
mod goods;
mod order;
mod templates;

use super::super::{
    api::orders::{OrderCodes, get_order_form},
    marks::contour_beside_title,
    page,
    why::WhyView,
};
use crate::{
    failure::Failure,
    texts::{self, number, suz, suz::groups, suz::orders as words},
    ui::{
        Button, Empty, FailureView, Look, Moment, NoEnter, Notice, PageTop, Skeleton, Tone, part,
    },
};
use choose::Choose;
use desk::suz::{
    emission::view::{BalanceView, LimitView, OrderAnswer, OrderForm},
    group_form::GroupForm,
};
pub(in crate::suz) use faults::WRONG;
pub(super) use faults::{FaultText, Spot};
use faults::{Faults, Summary};
use leptos::{form::ActionForm, prelude::*, wasm_bindgen::JsCast, web_sys::HtmlElement};
use leptos_router::{NavigateOptions, components::A, hooks::use_navigate};
use order::Fields;
use std::sync::Arc;

/// The page.
#[component]
pub(in crate::suz) fn NewOrderPage() -> impl IntoView {
    let lang = texts::lang();
    let query = page::query();
    let asked = Memo::new(move |_| {
        query.with(|query| {
            ["connection", "group", "repeat", "kept"]
                .map(|name| query.get(name).unwrap_or_default())
        })
    });
    let test = Memo::new(move |_| query.with(|query| query.get("test").is_some()));
    let answer = Resource::new(
        move || asked.get(),
        |[connection, group, repeat, kept]| get_order_form(connection, group, repeat, kept),
    );
    view! {
        {part(move || {
            let title = if test.get() { words::test_title(lang) } else { words::new_title(lang) };
            view! {
                <PageTop title=title>
                    <span class="right"><A href="/suz/orders" attr:class="link">{words::to_list(lang)}</A></span>
                </PageTop>
            }
        })}
        <Transition fallback=|| view! { <div class="card"><Skeleton lines=8/></div> }>
            {part(move || answer.get().map(|form| drawn(form, test.get())))}
        </Transition>
    }
}

fn drawn(answer: Result<OrderForm, Failure>, test: bool) -> AnyView {
    let lang = texts::lang();
    match answer {
        Err(failure) => view! { <FailureView failure=failure/> }.into_any(),
        Ok(page) if page.choices.is_empty() => view! {
            <div class="card">
                <Empty title=words::not_connected(lang) text=words::not_connected_text(lang)>
                    <A href="/suz/connect" attr:class="btn go">{suz::connect(lang)}</A>
                </Empty>
            </div>
        }
        .into_any(),
        Ok(page) => view! { <Page page=page test=test/> }.into_any(),
    }
}

/// The choice, and the form once it is made.
#[component]
fn Page(
    /// What the server says.
    page: OrderForm,
    /// Whether it is the test order of a self-check.
    test: bool,
) -> impl IntoView {
    let chosen = (
        page.connection,
        page.form.as_ref().map(|form| form.alias.clone()),
    );
    view! {
        <Choose choices=page.choices.clone() groups=page.groups.clone() chosen=chosen test=test/>
        {page.form.is_some().then(|| view! { <Form page=page test=test/> })}
    }
}

/// The form.
#[component]
fn Form(
    /// What the server says; with a group's form.
    page: OrderForm,
    /// Whether it is the test order of a self-check.
    test: bool,
) -> impl IntoView {
    let lang = texts::lang();
    let action = ServerAction::<OrderCodes>::new();
    let navigate = use_navigate();
    Effect::new(move |_| {
        if let Some(Ok(OrderAnswer::Made(id))) = action.value().get() {
            let next = match page.connection.filter(|_| test) {
                Some(connection) => format!("/suz/{connection}"),
                None => format!("/suz/orders/{id}"),
            };
            navigate(&next, NavigateOptions::default());
        }
    });
    // What came of the form: now, or when it was sent by a page without scripts.
    let before = page.answer.map(Ok);
    let suspected = matches!(before, Some(Ok(OrderAnswer::Obstacles(_))));
    let outcome = Signal::derive(move || action.value().get().or_else(|| before.clone()));
    let faults: Faults = Signal::derive(move || match outcome.get() {
        Some(Ok(OrderAnswer::Faults(faults))) => faults,
        _ => Vec::new(),
    });
    Effect::new(move |_| {
        if action.value().with(
            |value| matches!(value, Some(Ok(answer)) if !matches!(answer, OrderAnswer::Made(_))),
        ) {
            request_animation_frame(focus_on_wrong);
        }
    });
    let (Some(form), Some(connection)) = (page.form, page.connection) else {
        return ().into_any();
    };
    let form = Arc::new(form);
    let contour = page
        .choices
        .iter()
        .find(|one| one.connection == connection)
        .map(|one| one.contour);
    let limits = page
        .limits
        .map(|limits| view! { <Room limits=limits balance=page.balance/> });
    let most = if test {
        words::test_most(lang).to_owned()
    } else {
        words::quantity_most(lang)
    };
    view! {
        <ActionForm action=action attr:class="card connect" attr:id="order">
            <NoEnter/>
            <input type="hidden" name="form[id]" value=page.id.to_string()/>
            <input type="hidden" name="form[connection]" value=connection.to_string()/>
            <input type="hidden" name="form[group]" value=form.alias.clone()/>
            {test.then(|| view! { <input type="hidden" name="form[test]" value="true"/> })}
            <div class="pad stack tight">
                <div class="top">
                    <h2>{form.name.text(lang).to_owned()}</h2>
                    {contour.map(contour_beside_title)}
                </div>
                {limits}
                <About form=form.clone()/>
                <Summary faults=faults/>
            </div>
            <Fields form=form known=page.known draft=page.draft most=most faults=faults/>
            <div class="pad stack">
                <p class="muted measure">{if test { words::test_text(lang) } else { words::send_text(lang) }}</p>
                {part(move || outcome.get().and_then(trouble))}
                {(!suspected).then(|| view! {
                    <div class="without-script">
                        <label class="check">
                            <input type="checkbox" name="form[anyway]" value="true"/>
                            {words::anyway(lang)}
                        </label>
                    </div>
                })}
                <div class="top"><Button text={if test { words::test_send(lang) } else { words::send(lang) }} look=Look::Go pending=action.pending()/></div>
            </div>
        </ActionForm>
    }
    .into_any()
}

/// Brings the keyboard, and who hears the page, to why there is no order.
fn focus_on_wrong() {
    if let Some(element) = document().get_element_by_id(WRONG)
        && let Ok(element) = element.dyn_into::<HtmlElement>()
    {
        // An element that cannot take the focus leaves it where it was.
        let _focused = element.focus();
    }
}

/// How much room СУЗ has left for this company, and what the group's account has.
#[component]
fn Room(limits: LimitView, balance: Option<BalanceView>) -> impl IntoView {
    let lang = texts::lang();
    let one = |name: &'static str, count: u32| {
        view! { <span class="keep">{name}": "<b>{number(count)}</b>" / "{number(limits.most)}</span> }
    };
    let waiting = (limits.waiting > 0)
        .then(|| view! { <span class="keep">{words::waiting_here(lang)}": "<b>{number(limits.waiting)}</b></span> });
    let balance = balance.map(|balance| {
        view! {
            <span class="keep">{words::balance(lang)}": "<b>{suz::roubles(balance.kopecks)}</b>", "<Moment when=balance.told/></span>
        }
    });
    view! {
        <p class="muted room">
            {one(words::active(lang), limits.active)}
            {one(words::queued(lang), limits.queued)}
            {waiting}
            {balance}
        </p>
    }
}

/// What is to be known of the group's codes, and where all of its rules are from.
#[component]
fn About(form: Arc<GroupForm>) -> impl IntoView {
    let lang = texts::lang();
    let life = form.unused.map(|life| groups::unused(life, lang));
    let origins = form
        .origins
        .iter()
        .map(|origin| view! { <li>{groups::origin(origin, lang)}</li> })
        .collect_view();
    view! {
        <p class="muted measure">
            {life}
            " "
            {form.reports_itself.then(|| groups::reports_itself(lang))}
            " "
            <span class="faint">{words::source(lang)}" "{form.source.clone()}</span>
        </p>
        <details>
            <summary>{groups::origins(lang)}</summary>
            <ul class="plain-list">{origins}</ul>
        </details>
    }
}

/// What came of the form when it made no order.
fn trouble(outcome: Result<OrderAnswer, Failure>) -> Option<AnyView> {
    let lang = texts::lang();
    match outcome {
        // What is wrong in the fields is told above them.
        Ok(OrderAnswer::Made(_) | OrderAnswer::Faults(_)) => None,
        Ok(OrderAnswer::Obstacles(obstacles)) => {
            let list = obstacles
                .iter()
                .map(|one| view! { <li>{words::obstacle(one, lang)}</li> })
                .collect_view();
            Some(
                view! {
                    <Notice tone=Tone::Warn text=words::obstacles(lang) attr:id=WRONG attr:tabindex="-1">
                        <ul class="plain-list">{list}</ul>
                        <label class="check">
                            <input type="checkbox" name="form[anyway]" value="true"/>
                            {words::anyway(lang)}
                        </label>
                    </Notice>
                }
                .into_any(),
            )
        }
        Ok(OrderAnswer::Failed(why)) => Some(
            view! {
                <Notice tone=Tone::Bad text=words::not_signed(lang) attr:id=WRONG attr:tabindex="-1">
                    <WhyView why=why/>
                </Notice>
            }
            .into_any(),
        ),
        Err(failure) => Some(view! { <FailureView failure=failure/> }.into_any()),
    }
}
