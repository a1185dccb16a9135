//! What is searched and narrowed by, as a form whose answer is an address. With scripts the page stays and only its
//! address changes.

use super::address;
use crate::{
    texts::{self, codes as words},
    ui::part,
};
use desk::codes::{CodeState, Day, Filter, Origin, SearchBy};
use leptos::{html, prelude::*};
use leptos_router::{NavigateOptions, components::A, hooks::use_navigate};

/// The form.
#[component]
pub(super) fn Search(
    /// What is shown.
    filter: Memo<Filter>,
) -> impl IntoView {
    let lang = texts::lang();
    let navigate = use_navigate();
    let (search, from, to) = (
        NodeRef::<html::Input>::new(),
        NodeRef::<html::Input>::new(),
        NodeRef::<html::Input>::new(),
    );
    let (by, origin) = (
        NodeRef::<html::Select>::new(),
        NodeRef::<html::Select>::new(),
    );
    let input = move |field: NodeRef<html::Input>| field.get_untracked().map(|field| field.value());
    let choice =
        move |field: NodeRef<html::Select>| field.get_untracked().map(|field| field.value());
    let open = Callback::new(move |()| {
        let chosen = Filter::read(|name| match name {
            "search" => input(search),
            "by" => choice(by),
            "origin" => choice(origin),
            "from" => input(from),
            "to" => input(to),
            "state" => {
                filter.with_untracked(|filter| filter.state.map(|it| it.as_str().to_owned()))
            }
            _ => None,
        });
        let options = NavigateOptions {
            scroll: false,
            ..NavigateOptions::default()
        };
        navigate(&address::list(&chosen), options);
    });
    let find = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        open.run(());
    };
    let text = Memo::new(move |_| filter.with(|filter| filter.search.clone()));
    let places = move || {
        let chosen = filter.with(|filter| filter.by);
        let option = |by: &SearchBy| {
            view! { <option value=by.as_str() selected=*by == chosen>{words::by(*by, lang)}</option> }
        };
        SearchBy::ALL.iter().map(option).collect_view()
    };
    let origins = move || {
        let chosen = filter.with(|filter| filter.origin);
        let option = |origin: &Origin| {
            let selected = Some(*origin) == chosen;
            view! { <option value=origin.as_str() selected=selected>{words::origin(*origin, lang)}</option> }
        };
        Origin::ALL.iter().map(option).collect_view()
    };
    let state = move || filter.with(|filter| filter.state.map(CodeState::as_str));
    let narrow = Memo::new(move |_| filter.with(Filter::is_narrow));
    view! {
        <form method="get" action="/codes" class="top search" role="search" on:submit=find>
            {move || state().map(|state| view! { <input type="hidden" name="state" value=state/> })}
            <label class="vh" for="code-search">{words::search(lang)}</label>
            <input
                class="field mono"
                id="code-search"
                name="search"
                type="search"
                node_ref=search
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                placeholder=words::search_hint(lang)
                value=move || text.get()
                prop:value=move || text.get()
            />
            <label class="vh" for="code-by">{words::search_by(lang)}</label>
            <select class="field" id="code-by" name="by" node_ref=by on:change=move |_| open.run(())>
                {part(places)}
            </select>
            <label class="vh" for="code-origin">{words::column_came(lang)}</label>
            <select class="field" id="code-origin" name="origin" node_ref=origin on:change=move |_| open.run(())>
                <option value="">{words::any_origin(lang)}</option>
                {part(origins)}
            </select>
            <DayField name="from" label=words::from(lang) field=from filter=filter day=|filter| filter.from/>
            <DayField name="to" label=words::to(lang) field=to filter=filter day=|filter| filter.to/>
            <button type="submit" class="btn">{words::find(lang)}</button>
            {move || narrow.get().then(|| view! { <A href="/codes" attr:class="link">{words::reset(lang)}</A> })}
        </form>
    }
}

/// One end of the days.
#[component]
fn DayField(
    /// Its name in the address.
    name: &'static str,
    /// What stands before it.
    label: &'static str,
    /// The field.
    field: NodeRef<html::Input>,
    /// What is shown.
    filter: Memo<Filter>,
    /// Its day in that.
    day: fn(&Filter) -> Option<Day>,
) -> impl IntoView {
    let chosen = Memo::new(move |_| {
        let day = filter.with(day);
        day.map(|day| day.to_string()).unwrap_or_default()
    });
    view! {
        <label class="day">
            <span class="sub">{label}</span>
            <input
                class="field"
                type="date"
                name=name
                node_ref=field
                value=move || chosen.get()
                prop:value=move || chosen.get()
            />
        </label>
    }
}
