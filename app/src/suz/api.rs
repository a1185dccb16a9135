//! Server functions of СУЗ.

mod form;
pub(crate) mod orders;
pub(crate) mod stock;

use crate::wire::JsonAnswer;
use crate::{failure::Failure, guard::Access::Needs};
use desk::{
    account::Permission::{ManageSuz, ReadSuz},
    ids::{DeviceId, DocumentId, SuzConnectionId},
    suz::{
        CheckLevel, DeviceState, SigningWay,
        document::{Prepared, SignatureOutcome, Signed, SigningQueue},
        view::{
            ConnectAnswer, DevicesAnswer, Passport, PasteAnswer, ShownIds, SuzConnectionView,
            SuzPage,
        },
    },
};
pub(crate) use form::ConnectForm;
use leptos::prelude::*;

crate::guarded! {
    GetSuz: Needs(ReadSuz);
    GetSuzConnection: Needs(ReadSuz);
    GetSigningQueue: Needs(ReadSuz);
    ConnectSuz: Needs(ManageSuz);
    EditSuz: Needs(ManageSuz);
    AddSuzDevice: Needs(ManageSuz);
    SetSuzDevice: Needs(ManageSuz);
    ReadSuzDevices: Needs(ManageSuz);
    AdoptSuzDevice: Needs(ManageSuz);
    RegisterSuzDevice: Needs(ManageSuz);
    DeleteSuzDevice: Needs(ManageSuz);
    SetSuzWay: Needs(ManageSuz);
    AcceptStaticTokens: Needs(ManageSuz);
    CheckSuz: Needs(ManageSuz);
    RetireSuz: Needs(ManageSuz);
    ShowSuzIds: Needs(ManageSuz);
    GetSuzPassport: Needs(ManageSuz);
    PrepareSigning: Needs(ManageSuz);
    TakeSignatures: Needs(ManageSuz);
    DropDocument: Needs(ManageSuz);
}

/// Every connection with its state.
#[server(endpoint = "suz/list", output = JsonAnswer)]
pub async fn get_suz() -> Result<SuzPage, Failure> {
    let (desk, actor) = crate::guard::authorise::<GetSuz>()?;
    Ok(desk.suz(&actor).await?)
}

/// One connection; its ids are masked.
#[server(endpoint = "suz/one", output = JsonAnswer)]
pub async fn get_suz_connection(id: SuzConnectionId) -> Result<SuzConnectionView, Failure> {
    let (desk, actor) = crate::guard::authorise::<GetSuzConnection>()?;
    Ok(desk.suz_connection(&actor, id).await?)
}

/// What waits for a signature.
#[server(endpoint = "suz/queue", output = JsonAnswer)]
pub async fn get_signing_queue() -> Result<SigningQueue, Failure> {
    let (desk, actor) = crate::guard::authorise::<GetSigningQueue>()?;
    Ok(desk.signing_queue(&actor, None).await?)
}

/// Connects a legal entity, which may be a new one; its page comes next.
#[server(endpoint = "suz/connect", output = JsonAnswer)]
pub async fn connect_suz(form: ConnectForm) -> Result<ConnectAnswer, Failure> {
    let (desk, actor) = crate::guard::authorise::<ConnectSuz>()?;
    let answer = form::connect(&desk, &actor, form).await?;
    match answer {
        ConnectAnswer::Connected(id) | ConnectAnswer::Already(id) => {
            leptos_axum::redirect(&format!("/suz/{id}"));
            Ok(answer)
        }
        ConnectAnswer::Wrong(ids) => form::wrong(ids).map(ConnectAnswer::Wrong),
    }
}

/// Another OMS ID or ЭДО id; an empty field leaves what is there.
#[server(endpoint = "suz/edit", output = JsonAnswer)]
pub async fn edit_suz(
    id: SuzConnectionId,
    #[server(default)] oms_id: String,
    #[server(default)] edo_id: String,
) -> Result<PasteAnswer, Failure> {
    let (desk, actor) = crate::guard::authorise::<EditSuz>()?;
    let pasted = desk::suz::paste::PastedIds {
        oms_id,
        edo_id,
        connection: String::new(),
    };
    form::told(desk.edit_suz(&actor, id, &pasted).await?)
}

/// Adds a device by its id.
#[server(endpoint = "suz/add_device", output = JsonAnswer)]
pub async fn add_suz_device(
    id: SuzConnectionId,
    name: String,
    connection: String,
) -> Result<PasteAnswer, Failure> {
    let (desk, actor) = crate::guard::authorise::<AddSuzDevice>()?;
    form::told(desk.add_suz_device(&actor, id, &name, &connection).await?)
}

/// Makes a device the active one, a parallel one or a retired one.
#[server(endpoint = "suz/set_device", output = JsonAnswer)]
pub async fn set_suz_device(
    id: SuzConnectionId,
    device: DeviceId,
    state: DeviceState,
) -> Result<SuzConnectionView, Failure> {
    let (desk, actor) = crate::guard::authorise::<SetSuzDevice>()?;
    Ok(desk.set_suz_device(&actor, id, device, state).await?)
}

/// The devices that СУЗ lists.
#[server(endpoint = "suz/read_devices", output = JsonAnswer)]
pub async fn read_suz_devices(id: SuzConnectionId) -> Result<DevicesAnswer, Failure> {
    let (desk, actor) = crate::guard::authorise::<ReadSuzDevices>()?;
    Ok(desk.read_suz_devices(&actor, id).await?)
}

/// Takes over a device of СУЗ's list, named by its mask.
#[server(endpoint = "suz/adopt_device", output = JsonAnswer)]
pub async fn adopt_suz_device(
    id: SuzConnectionId,
    masked: desk::suz::MaskedId,
    name: String,
) -> Result<DevicesAnswer, Failure> {
    let (desk, actor) = crate::guard::authorise::<AdoptSuzDevice>()?;
    Ok(desk.adopt_suz_device(&actor, id, &masked, &name).await?)
}

/// Makes a device in СУЗ.
#[server(endpoint = "suz/register_device", output = JsonAnswer)]
pub async fn register_suz_device(
    id: SuzConnectionId,
    name: String,
    address: String,
) -> Result<DevicesAnswer, Failure> {
    let (desk, actor) = crate::guard::authorise::<RegisterSuzDevice>()?;
    Ok(desk
        .register_suz_device(&actor, id, &name, &address)
        .await?)
}

/// Deletes a device in СУЗ.
#[server(endpoint = "suz/delete_device", output = JsonAnswer)]
pub async fn delete_suz_device(
    id: SuzConnectionId,
    device: DeviceId,
) -> Result<DevicesAnswer, Failure> {
    let (desk, actor) = crate::guard::authorise::<DeleteSuzDevice>()?;
    Ok(desk.delete_suz_device(&actor, id, device).await?)
}

/// Another way to sign.
#[server(endpoint = "suz/set_way", output = JsonAnswer)]
pub async fn set_suz_way(
    id: SuzConnectionId,
    way: SigningWay,
) -> Result<SuzConnectionView, Failure> {
    let (desk, actor) = crate::guard::authorise::<SetSuzWay>()?;
    Ok(desk.set_suz_way(&actor, id, way).await?)
}

/// Allows logins, whose first ends the company's static tokens.
#[server(endpoint = "suz/accept_static", output = JsonAnswer)]
pub async fn accept_static_tokens(id: SuzConnectionId) -> Result<SuzConnectionView, Failure> {
    let (desk, actor) = crate::guard::authorise::<AcceptStaticTokens>()?;
    Ok(desk.accept_static_tokens(&actor, id).await?)
}

/// Begins a self-check.
#[server(endpoint = "suz/check", output = JsonAnswer)]
pub async fn check_suz(
    id: SuzConnectionId,
    level: CheckLevel,
) -> Result<SuzConnectionView, Failure> {
    let (desk, actor) = crate::guard::authorise::<CheckSuz>()?;
    Ok(desk.check_suz(&actor, id, level).await?)
}

/// Ends a connection.
#[server(endpoint = "suz/retire", output = JsonAnswer)]
pub async fn retire_suz(id: SuzConnectionId) -> Result<SuzPage, Failure> {
    let (desk, actor) = crate::guard::authorise::<RetireSuz>()?;
    let page = desk.retire_suz(&actor, id).await?;
    leptos_axum::redirect("/suz");
    Ok(page)
}

/// The whole ids; the journal has who looked.
#[server(endpoint = "suz/show_ids", output = JsonAnswer)]
pub async fn show_suz_ids(id: SuzConnectionId) -> Result<ShownIds, Failure> {
    let (desk, actor) = crate::guard::authorise::<ShowSuzIds>()?;
    Ok(desk.show_suz_ids(&actor, id).await?)
}

/// The one-page passport.
#[server(endpoint = "suz/passport", output = JsonAnswer)]
pub async fn get_suz_passport(id: SuzConnectionId) -> Result<Passport, Failure> {
    let (desk, actor) = crate::guard::authorise::<GetSuzPassport>()?;
    Ok(desk.suz_passport(&actor, id).await?)
}

/// The bytes of documents, fresh challenges included.
#[server(endpoint = "suz/prepare", output = JsonAnswer)]
pub async fn prepare_signing(documents: Vec<DocumentId>) -> Result<Vec<Prepared>, Failure> {
    let (desk, actor) = crate::guard::authorise::<PrepareSigning>()?;
    Ok(desk.prepare_signing(&actor, documents).await?)
}

/// Signatures that the page made.
#[server(endpoint = "suz/signatures", output = JsonAnswer)]
pub async fn take_signatures(signed: Vec<Signed>) -> Result<Vec<SignatureOutcome>, Failure> {
    let (desk, actor) = crate::guard::authorise::<TakeSignatures>()?;
    Ok(desk.take_signatures(&actor, signed).await?)
}

/// A document that nobody wants any more.
#[server(endpoint = "suz/drop", output = JsonAnswer)]
pub async fn drop_document(document: DocumentId) -> Result<SigningQueue, Failure> {
    let (desk, actor) = crate::guard::authorise::<DropDocument>()?;
    Ok(desk.drop_document(&actor, document).await?)
}
