//! The page of a new order: first for whom and of which group, then the form that the group's rules make.

mod choose;
mod field;
mod goods;
mod order;
mod templates;

use super::super::{
    api::orders::{OrderCodes, get_order_form},
    marks::ContourMark,
    page,
    why::WhyView,
};
use crate::{
    failure::Failure,
    texts::{self, number, suz, suz::groups, suz::orders as words},
    ui::{Button, Empty, FailureView, Look, NoEnter, Notice, PageTop, Skeleton, Tone, part},
};
use choose::Choose;
use desk::suz::{
    emission::view::{LimitView, OrderAnswer, OrderForm},
    group_form::GroupForm,
    new_emission::EmissionFault,
};
use leptos::{form::ActionForm, prelude::*};
use leptos_router::{NavigateOptions, components::A, hooks::use_navigate};
use order::Fields;
use std::sync::Arc;

/// Everything that is wrong in the form.
type Faults = Signal<Vec<EmissionFault>>;

/// The page.
#[component]
pub(in crate::suz) fn NewOrderPage() -> impl IntoView {
    let lang = texts::lang();
    let query = page::query();
    let asked = Memo::new(move |_| {
        query.with(|query| {
            ["connection", "group", "repeat"].map(|name| query.get(name).unwrap_or_default())
        })
    });
    let test = Memo::new(move |_| query.with(|query| query.get("test").is_some()));
    let answer = Resource::new(
        move || asked.get(),
        |[connection, group, repeat]| get_order_form(connection, group, repeat),
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
    let faults: Faults = Signal::derive(move || match action.value().get() {
        Some(Ok(OrderAnswer::Faults(faults))) => faults,
        _ => Vec::new(),
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
        .map(|limits| view! { <span class="muted">{room(&limits, lang)}</span> });
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
                    {contour.map(|contour| view! { <ContourMark contour=contour/> })}
                    <span class="right">{limits}</span>
                </div>
                <About form=form.clone()/>
            </div>
            <Fields form=form known=page.known draft=page.draft faults=faults/>
            <div class="pad stack">
                <p class="muted measure">{if test { words::test_text(lang) } else { words::send_text(lang) }}</p>
                {part(move || action.value().get().and_then(trouble))}
                <div class="without-script">
                    <label class="check">
                        <input type="checkbox" name="form[anyway]" value="true"/>
                        {words::anyway(lang)}
                    </label>
                </div>
                <div class="top"><Button text={if test { words::test_send(lang) } else { words::send(lang) }} look=Look::Go pending=action.pending()/></div>
            </div>
        </ActionForm>
    }
    .into_any()
}

/// How much room СУЗ has left for this company.
fn room(limits: &LimitView, lang: cis::Lang) -> String {
    format!(
        "{} {} / {}",
        words::active(lang),
        number(limits.active),
        number(limits.most)
    )
}

/// What is to be known of the group's codes.
#[component]
fn About(form: Arc<GroupForm>) -> impl IntoView {
    let lang = texts::lang();
    let life = form.unused.map(|life| groups::unused(life, lang));
    view! {
        <p class="muted measure">
            {life}
            " "
            {form.reports_itself.then(|| groups::reports_itself(lang))}
            " "
            <span class="faint">{words::source(lang)}" "{form.source.clone()}</span>
        </p>
    }
}

/// What came of the form when it made no order.
fn trouble(outcome: Result<OrderAnswer, Failure>) -> Option<AnyView> {
    let lang = texts::lang();
    match outcome {
        Ok(OrderAnswer::Made(_)) => None,
        Ok(OrderAnswer::Faults(_)) => {
            Some(view! { <Notice tone=Tone::Bad text=words::form_wrong(lang)/> }.into_any())
        }
        Ok(OrderAnswer::Obstacles(obstacles)) => {
            let list = obstacles
                .iter()
                .map(|one| view! { <li>{words::obstacle(one, lang)}</li> })
                .collect_view();
            Some(
                view! {
                    <Notice tone=Tone::Warn text=words::obstacles(lang)>
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
                <Notice tone=Tone::Bad text=words::not_signed(lang)>
                    <WhyView why=why/>
                </Notice>
            }
            .into_any(),
        ),
        Err(failure) => Some(view! { <FailureView failure=failure/> }.into_any()),
    }
}
