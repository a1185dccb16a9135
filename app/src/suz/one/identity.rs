//! Ids: masked, shown at a press that the journal has; who looked; the end of the connection.

use super::{
    super::{
        api::{EditSuz, RetireSuz, ShowSuzIds},
        paste_field::{PasteField, PasteForm, Which as Place},
    },
    acts::{Trouble, Which, reload_after},
};
use crate::{
    texts::{self, journal, suz},
    ui::{Button, CopyButton, Look, Moment, Notice, Tone, part},
};
use desk::{
    ids::SuzConnectionId,
    suz::view::{LookView, PasteAnswer, ShownIds, SuzConnectionView},
};
use leptos::{form::ActionForm, prelude::*};

/// OMS ID and ЭДО id.
#[component]
pub(super) fn Identity(
    id: SuzConnectionId,
    /// The connection.
    now: Memo<SuzConnectionView>,
    may_manage: bool,
    /// Loads the page's data again.
    reload: Callback<()>,
) -> impl IntoView {
    let lang = texts::lang();
    let show = ServerAction::<ShowSuzIds>::new();
    let shown = RwSignal::new(None::<ShownIds>);
    Effect::new(move |_| {
        if let Some(Ok(ids)) = show.value().get() {
            shown.set(Some(ids));
        }
    });
    let masked = Memo::new(move |_| now.with(|now| (now.oms_id.clone(), now.oms_id_told)));
    let edo = Memo::new(move |_| now.with(|now| now.edo_id.clone()));
    let oms_id = move || {
        let (masked, told) = masked.get();
        match (shown.get().and_then(|ids| ids.oms_id), masked) {
            (Some(whole), _) => view! { <Whole id=whole/> }.into_any(),
            (None, Some(masked)) => view! {
                <span class="mono">{masked.to_string()}</span>
                {told.then(|| view! { " "<span class="muted">{suz::told_by_profile(lang)}</span> })}
            }
            .into_any(),
            (None, None) => {
                view! { <span class="muted">{suz::unknown_yet(lang)}</span> }.into_any()
            }
        }
    };
    view! {
        <section class="card pad stack">
            <div class="top">
                <h2>{suz::identity(lang)}</h2>
                {may_manage.then(|| view! { <Showing id=id show=show shown=shown/> })}
            </div>
            <Trouble action=show/>
            <dl class="facts">
                <dt>{suz::oms_id(lang)}</dt>
                <dd>{part(oms_id)}</dd>
                {part(move || shown.get().map(|ids| view! { <WholeDevices ids=ids now=now/> }))}
            </dl>
            <div class="apart">
                <h3>{suz::edo_apart(lang)}</h3>
                <p class="mono">{move || edo.get().unwrap_or_else(|| suz::edo_none(lang).to_owned())}</p>
                <p class="hint">{suz::edo_text(lang)}</p>
            </div>
            {may_manage.then(|| view! { <Editing id=id reload=reload/> })}
        </section>
    }
}

/// The whole of an id, to be copied.
#[component]
fn Whole(id: String) -> impl IntoView {
    let lang = texts::lang();
    view! {
        <span class="top">
            <code class="mono whole">{id.clone()}</code>
            <CopyButton label=suz::copy(lang) text=id/>
        </span>
    }
}

/// The whole ids of the devices, by name.
#[component]
fn WholeDevices(ids: ShownIds, now: Memo<SuzConnectionView>) -> impl IntoView {
    ids.devices
        .into_iter()
        .map(|(device, id)| {
            let name = now.with_untracked(|now| {
                now.devices
                    .iter()
                    .find(|one| one.id == device)
                    .map(|one| one.name.clone())
            });
            view! {
                <dt>{name}</dt>
                <dd><Whole id=id/></dd>
            }
        })
        .collect_view()
}

/// «Показать» and «Скрыть».
#[component]
fn Showing(
    id: SuzConnectionId,
    show: ServerAction<ShowSuzIds>,
    shown: RwSignal<Option<ShownIds>>,
) -> impl IntoView {
    let lang = texts::lang();
    view! {
        <span class="right top needs-script">
            <span class="hint">{suz::show_hint(lang)}</span>
            {part(move || {
                if shown.with(Option::is_some) {
                    view! {
                        <button type="button" class="btn" on:click=move |_| shown.set(None)>{suz::hide(lang)}</button>
                    }
                    .into_any()
                } else {
                    view! {
                        <button
                            type="button"
                            class="btn"
                            disabled=move || show.pending().get()
                            on:click=move |_| drop(show.dispatch(ShowSuzIds { id }))
                        >
                            {suz::show(lang)}
                        </button>
                    }
                    .into_any()
                }
            })}
        </span>
    }
}

/// Another OMS ID or ЭДО id.
#[component]
fn Editing(id: SuzConnectionId, reload: Callback<()>) -> impl IntoView {
    let lang = texts::lang();
    let action = ServerAction::<EditSuz>::new();
    reload_after(action, reload);
    let pasted = PasteForm::new();
    Effect::new(move |_| {
        if let Some(Ok(PasteAnswer::Wrong(ids))) = action.value().get() {
            pasted.tell(ids);
        }
    });
    let wrong = move || matches!(action.value().get(), Some(Ok(PasteAnswer::Wrong(_))));
    view! {
        <details>
            <summary class="btn">{suz::edit(lang)}</summary>
            <ActionForm action=action>
                <div class="stack wide">
                    <Which id=id/>
                    <Trouble action=action/>
                    {move || wrong().then(|| view! { <Notice tone=Tone::Bad text=suz::field_wrong(lang)/> })}
                    <PasteField form=pasted which=Place::OmsId name="oms_id" optional=true/>
                    <PasteField form=pasted which=Place::Edo name="edo_id" optional=true/>
                    <div class="top"><Button text=suz::save(lang) pending=action.pending()/></div>
                </div>
            </ActionForm>
        </details>
    }
}

/// Who looked at the ids and changed them.
#[component]
pub(super) fn Looks(
    /// The connection.
    now: Memo<SuzConnectionView>,
) -> impl IntoView {
    let lang = texts::lang();
    let looks = Memo::new(move |_| now.with(|now| now.looks.clone()));
    let row = move |look: LookView| {
        view! {
            <li class="top">
                <span class="muted"><Moment when=look.at/></span>
                <span>{look.who}</span>
                <span>{journal::action(look.action, lang)}</span>
            </li>
        }
    };
    view! {
        <section class="card pad stack tight">
            <h2>{suz::looks(lang)}</h2>
            {part(move || {
                let looks = looks.get();
                if looks.is_empty() {
                    view! { <p class="muted">{suz::no_looks(lang)}</p> }.into_any()
                } else {
                    view! { <ul class="looks">{looks.into_iter().map(row).collect_view()}</ul> }.into_any()
                }
            })}
        </section>
    }
}

/// The end of the connection.
#[component]
pub(super) fn Retiring(id: SuzConnectionId) -> impl IntoView {
    let lang = texts::lang();
    let action = ServerAction::<RetireSuz>::new();
    view! {
        <details>
            <summary class="btn danger">{suz::retire(lang)}</summary>
            <ActionForm action=action>
                <div class="stack">
                    <Which id=id/>
                    <Trouble action=action/>
                    <p>{suz::retire_text(lang)}</p>
                    <div class="top"><Button text=suz::retire_act(lang) look=Look::Danger pending=action.pending()/></div>
                </div>
            </ActionForm>
        </details>
    }
}
