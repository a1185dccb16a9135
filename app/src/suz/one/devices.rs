//! Devices: the active one, those beside it, adding one.

use super::{
    super::{
        api::{AddSuzDevice, SetSuzDevice},
        connect::Picture,
        marks::TokenMark,
        paste_field::{PasteField, PasteForm, Which as Place},
    },
    acts::{Trouble, Which, reload_after},
    listed::InSuz,
};
use crate::{
    texts::{self, suz},
    ui::{Button, Field, Moment, Notice, Pill, Tone, part},
};
use desk::{
    ids::{DeviceId, SuzConnectionId},
    suz::{
        DeviceState, DeviceView,
        view::{PasteAnswer, SuzConnectionView},
    },
};
use leptos::{form::ActionForm, prelude::*};

/// All devices.
#[component]
pub(super) fn Devices(
    id: SuzConnectionId,
    /// The connection.
    now: Memo<SuzConnectionView>,
    may_manage: bool,
    /// Loads the page's data again.
    reload: Callback<()>,
) -> impl IntoView {
    let lang = texts::lang();
    let devices = Memo::new(move |_| now.with(|now| now.devices.clone()));
    let registers = Memo::new(move |_| now.with(|now| now.registers));
    view! {
        <section class="card devices" id="devices">
            <div class="pad stack tight">
                <h2>{suz::devices(lang)}</h2>
                <p class="muted measure">{suz::devices_text(lang)}</p>
            </div>
            {part(move || {
                let rows = devices
                    .get()
                    .into_iter()
                    .map(|device| {
                        view! { <Row id=id device=device may_manage=may_manage reload=reload/> }
                    })
                    .collect_view();
                view! { <ul class="choices">{rows}</ul> }
            })}
            {may_manage
                .then(|| {
                    view! {
                        <div class="pad acts">
                            <Adding id=id reload=reload/>
                            <InSuz id=id registers=registers devices=devices reload=reload/>
                        </div>
                    }
                })}
        </section>
    }
}

/// One device.
#[component]
fn Row(
    id: SuzConnectionId,
    device: DeviceView,
    may_manage: bool,
    reload: Callback<()>,
) -> impl IntoView {
    let lang = texts::lang();
    let tone = match device.state {
        DeviceState::Active => Tone::Ok,
        DeviceState::Parallel => Tone::Busy,
        DeviceState::Retired => Tone::Off,
    };
    let (gone, unlisted) = (device.person_gone, device.listed == Some(false));
    let others = DeviceState::ALL
        .iter()
        .copied()
        .filter(|state| *state != device.state);
    let acts = may_manage.then(|| {
        others
            .map(|state| view! { <SetState id=id device=device.id state=state reload=reload/> })
            .collect_view()
    });
    view! {
        <li class="pad stack tight" data-device=device.id.to_string()>
            <div class="top">
                <b>{device.name}</b>
                <span class="mono faint">{device.connection.to_string()}</span>
                <Pill tone=tone text=suz::device_state(device.state, lang)/>
                {(device.state == DeviceState::Active).then(|| view! { <TokenMark state=device.token/> })}
                <span class="right muted">{device.added_by}" "<Moment when=device.added/></span>
            </div>
            {gone.then(|| view! { <Notice tone=Tone::Warn text=suz::person_gone(lang)/> })}
            {unlisted.then(|| view! { <Notice tone=Tone::Warn text=suz::not_listed(lang)/> })}
            <div class="top">{acts}</div>
        </li>
    }
}

/// One change of a device's state.
#[component]
fn SetState(
    id: SuzConnectionId,
    device: DeviceId,
    /// The state that it gets.
    state: DeviceState,
    reload: Callback<()>,
) -> impl IntoView {
    let lang = texts::lang();
    let action = ServerAction::<SetSuzDevice>::new();
    reload_after(action, reload);
    let text = match state {
        DeviceState::Active => suz::make_active(lang),
        DeviceState::Parallel => suz::keep_parallel(lang),
        DeviceState::Retired => suz::retire_device(lang),
    };
    view! {
        <ActionForm action=action>
            <Which id=id/>
            <input type="hidden" name="device" value=device.to_string()/>
            <input type="hidden" name="state" value=state.as_str()/>
            <Trouble action=action/>
            <Button text=text pending=action.pending()/>
        </ActionForm>
    }
}

/// A device by its id.
#[component]
fn Adding(id: SuzConnectionId, reload: Callback<()>) -> impl IntoView {
    let lang = texts::lang();
    let action = ServerAction::<AddSuzDevice>::new();
    reload_after(action, reload);
    let pasted = PasteForm::new();
    Effect::new(move |_| {
        if let Some(Ok(PasteAnswer::Wrong(ids))) = action.value().get() {
            pasted.tell(ids);
        }
    });
    let outcome = move || {
        action.value().get().and_then(|outcome| match outcome {
            Ok(PasteAnswer::Wrong(_)) => {
                Some(view! { <Notice tone=Tone::Bad text=suz::field_wrong(lang)/> })
            }
            Ok(PasteAnswer::Done) => {
                Some(view! { <Notice tone=Tone::Ok text=suz::device_done(lang)/> })
            }
            Err(_) => None,
        })
    };
    view! {
        <details>
            <summary class="btn">{suz::add_device(lang)}</summary>
            <ActionForm action=action>
                <div class="stack wide">
                    <Which id=id/>
                    <Trouble action=action/>
                    {part(outcome)}
                    <Picture/>
                    <PasteField form=pasted which=Place::Connection name="connection"/>
                    <Field label=suz::device_name(lang) name="name" scope="device-"/>
                    <div class="top"><Button text=suz::add_act(lang) pending=action.pending()/></div>
                </div>
            </ActionForm>
        </details>
    }
}
