//! Devices in СУЗ itself: by the API where the operator has a registration key, else by the cabinet.

use super::{
    super::{
        api::{AdoptSuzDevice, DeleteSuzDevice, ReadSuzDevices, RegisterSuzDevice},
        why::WhyView,
    },
    acts::{Trouble, Which, reload_after},
};
use crate::{
    failure::Failure,
    texts::{self, suz},
    ui::{Button, Field, Look, Notice, Tone, part},
};
use desk::{
    ids::SuzConnectionId,
    suz::{DeviceState, DeviceView, device::ListedDevice, view::DevicesAnswer},
};
use leptos::{form::ActionForm, prelude::*};
use leptos_router::components::A;

/// What can be done with СУЗ's own devices.
#[component]
pub(super) fn InSuz(
    id: SuzConnectionId,
    /// Whether there is a registration key.
    registers: Memo<bool>,
    /// The devices that are here.
    devices: Memo<Vec<DeviceView>>,
    reload: Callback<()>,
) -> impl IntoView {
    let lang = texts::lang();
    view! {
        <details>
            <summary class="btn">{suz::in_suz(lang)}</summary>
            {part(move || {
                if registers.get() {
                    view! {
                        <div class="stack">
                            <Reading id=id reload=reload/>
                            <Registering id=id reload=reload/>
                            {part(move || view! { <Deleting id=id devices=devices.get() reload=reload/> })}
                        </div>
                    }
                    .into_any()
                } else {
                    view! { <ByHand/> }.into_any()
                }
            })}
        </details>
    }
}

/// How it is done in the cabinet.
#[component]
fn ByHand() -> impl IntoView {
    let lang = texts::lang();
    view! {
        <p>{suz::in_suz_guide(lang)}</p>
        <ol class="plain-list">
            <li>{suz::in_suz_create(lang)}</li>
            <li>{suz::in_suz_copy(lang)}</li>
            <li>{suz::in_suz_delete(lang)}</li>
        </ol>
    }
}

/// What the servers said about devices, where it is not a list.
fn said(answer: Option<Result<DevicesAnswer, Failure>>) -> Option<AnyView> {
    let lang = texts::lang();
    match answer?.ok()? {
        DevicesAnswer::Listed(_) => None,
        DevicesAnswer::Done => {
            Some(view! { <Notice tone=Tone::Ok text=suz::device_done(lang)/> }.into_any())
        }
        DevicesAnswer::WaitsForSignature => Some(
            view! {
                <Notice tone=Tone::Warn text=suz::device_waits(lang)>
                    <div class="top"><A href="/suz/sign" attr:class="btn go">{suz::to_signing(lang)}</A></div>
                </Notice>
            }
            .into_any(),
        ),
        DevicesAnswer::Failed(why) => Some(view! { <WhyView why=why/> }.into_any()),
    }
}

/// СУЗ's list.
#[component]
fn Reading(id: SuzConnectionId, reload: Callback<()>) -> impl IntoView {
    let lang = texts::lang();
    let action = ServerAction::<ReadSuzDevices>::new();
    let list = move || match action.value().get() {
        Some(Ok(DevicesAnswer::Listed(listed))) if listed.is_empty() => {
            view! { <p class="muted">{suz::list_empty(lang)}</p> }.into_any()
        }
        Some(Ok(DevicesAnswer::Listed(listed))) => {
            let rows = listed
                .into_iter()
                .map(|one| view! { <Listed id=id one=one reload=reload/> })
                .collect_view();
            view! { <ul class="looks">{rows}</ul> }.into_any()
        }
        other => said(other).into_any(),
    };
    view! {
        <ActionForm action=action>
            <Which id=id/>
            <Button text=suz::read_list(lang) pending=action.pending()/>
        </ActionForm>
        <Trouble action=action/>
        {part(list)}
    }
}

/// One device of СУЗ's list.
#[component]
fn Listed(id: SuzConnectionId, one: ListedDevice, reload: Callback<()>) -> impl IntoView {
    let lang = texts::lang();
    let action = ServerAction::<AdoptSuzDevice>::new();
    reload_after(action, reload);
    let name = if one.program.is_empty() {
        suz::device_name_default(lang).to_owned()
    } else {
        one.program.clone()
    };
    let masked = one.connection.to_string();
    let value = masked.clone();
    let act = if one.known.is_some() {
        view! { <span class="muted">{suz::listed_here(lang)}</span> }.into_any()
    } else {
        view! {
            <ActionForm action=action>
                <Which id=id/>
                <input type="hidden" name="masked" value=value/>
                <input type="hidden" name="name" value=name/>
                <Button text=suz::adopt(lang) pending=action.pending()/>
            </ActionForm>
        }
        .into_any()
    };
    view! {
        <li class="top">
            <b>{one.program}</b>
            <span class="mono faint">{masked}</span>
            <span class="muted">{one.address}</span>
            <span class="right">{act}</span>
            <Trouble action=action/>
            {part(move || said(action.value().get()))}
        </li>
    }
}

/// A new device.
#[component]
fn Registering(id: SuzConnectionId, reload: Callback<()>) -> impl IntoView {
    let lang = texts::lang();
    let action = ServerAction::<RegisterSuzDevice>::new();
    reload_after(action, reload);
    view! {
        <ActionForm action=action>
            <div class="stack wide">
                <h3>{suz::register(lang)}</h3>
                <Which id=id/>
                <Trouble action=action/>
                {part(move || said(action.value().get()))}
                <Field label=suz::device_name(lang) name="name" scope="register-"/>
                <Field label=suz::register_address(lang) name="address" scope="register-"/>
                <div class="top"><Button text=suz::register(lang) pending=action.pending()/></div>
            </div>
        </ActionForm>
    }
}

/// Deleting in СУЗ what is not the active device.
#[component]
fn Deleting(id: SuzConnectionId, devices: Vec<DeviceView>, reload: Callback<()>) -> impl IntoView {
    devices
        .into_iter()
        .filter(|device| device.state != DeviceState::Active && device.listed != Some(false))
        .map(|device| view! { <DeletingOne id=id device=device reload=reload/> })
        .collect_view()
}

/// Deleting one device.
#[component]
fn DeletingOne(id: SuzConnectionId, device: DeviceView, reload: Callback<()>) -> impl IntoView {
    let lang = texts::lang();
    let action = ServerAction::<DeleteSuzDevice>::new();
    reload_after(action, reload);
    view! {
        <ActionForm action=action>
            <Which id=id/>
            <input type="hidden" name="device" value=device.id.to_string()/>
            <div class="top">
                <b>{device.name}</b>
                <span class="mono faint">{device.connection.to_string()}</span>
                <Button text=suz::delete_device(lang) look=Look::Danger pending=action.pending()/>
            </div>
            <Trouble action=action/>
            {part(move || said(action.value().get()))}
        </ActionForm>
    }
}
