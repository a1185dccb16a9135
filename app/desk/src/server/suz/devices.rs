//! Devices by the servers' own list: reading it, registering one, deleting one. Only where the operator set a
//! registration key; elsewhere people do it in the cabinet.

use super::{
    super::{
        Desk,
        ports::{
            suz::{Content, Device, Document, DocumentState, Door, Signature},
            suz_api::{RegisteredDevice, Registration, SignedRegistration},
        },
    },
    doors::Shut,
    fault,
    link::Link,
    own_devices::device_name,
    signing::End,
};
use crate::{
    account::{Actor, Role},
    ids::{DeviceId, DocumentId, SuzConnectionId},
    problem::Problem,
    suz::{
        Cause, ConnectionId, DeviceState, DocumentPurpose, MaskedId, OmsId, SignatureKind, Why,
        cause::SuzCall, device::ListedDevice, view::DevicesAnswer,
    },
};

/// What a shut door means to a person, unless it is our own fault.
pub(super) fn shut_means(shut: Shut, call: SuzCall) -> Result<Option<Why>, Problem> {
    match shut {
        Shut::WaitsForSignature => Ok(None),
        Shut::NotAccepted => Ok(Some(Why::of(Cause::StaticTokensEnded))),
        Shut::Busy => Ok(Some(Why::of(Cause::SuzSlowInside))),
        Shut::NoLogin { why, .. } => Ok(Some(why)),
        Shut::Failed { error, setting } => {
            Ok(Some(Why::of_call(call, fault::fault(error), setting)))
        }
        Shut::Problem(problem) => Err(problem),
    }
}

fn answer(shut: Shut) -> Result<DevicesAnswer, Problem> {
    Ok(shut_means(shut, SuzCall::Devices)?
        .map_or(DevicesAnswer::WaitsForSignature, DevicesAnswer::Failed))
}

/// What calls about devices need besides a token.
struct Ready {
    oms_id: OmsId,
    door: Door,
}

impl Desk {
    /// The servers' list of devices; what it says of ours is written down.
    pub async fn read_suz_devices(
        &self,
        actor: &Actor,
        id: SuzConnectionId,
    ) -> Result<DevicesAnswer, Problem> {
        let link = self.managed(actor, id).await?;
        match self.listed_devices(&link).await? {
            Ok(listed) => Ok(DevicesAnswer::Listed(
                listed.into_iter().map(|one| shown(&link, one)).collect(),
            )),
            Err(shut) => answer(shut),
        }
    }

    /// Takes over a device of the servers' list, named by its mask.
    pub async fn adopt_suz_device(
        &self,
        actor: &Actor,
        id: SuzConnectionId,
        masked: &MaskedId,
        name: &str,
    ) -> Result<DevicesAnswer, Problem> {
        let link = self.managed(actor, id).await?;
        let name = device_name(name)?;
        let listed = match self.listed_devices(&link).await? {
            Ok(listed) => listed,
            Err(shut) => return answer(shut),
        };
        let mut found = listed
            .iter()
            .filter(|one| one.connection.masked() == *masked);
        // Two devices with one mask are for the cabinet to tell apart.
        match (found.next(), found.next()) {
            (Some(one), None) => {
                self.keep_device(actor, &link, name, one.connection, None)
                    .await?;
                Ok(DevicesAnswer::Done)
            }
            _ => Err(Problem::NotFound),
        }
    }

    /// Registers a new device: signed here, or put into the queue for a person to sign.
    pub async fn register_suz_device(
        &self,
        actor: &Actor,
        id: SuzConnectionId,
        name: &str,
        address: &str,
    ) -> Result<DevicesAnswer, Problem> {
        let link = self.managed(actor, id).await?;
        let name = device_name(name)?;
        if let Err(why) = self.registrable(&link) {
            return Ok(DevicesAnswer::Failed(why));
        }
        let now = self.now();
        let body = match self
            .outside
            .suz
            .api
            .registration_body(address.trim(), &name)
        {
            Ok(body) => body,
            Err(error) => {
                return Ok(DevicesAnswer::Failed(fault::why(
                    &link,
                    SuzCall::Devices,
                    error,
                    now,
                )));
            }
        };
        let mut document = Document {
            id: self.id(DocumentId::from_parts)?,
            connection: id,
            purpose: DocumentPurpose::RegisterDevice,
            subject: id.to_string(),
            state: DocumentState::Waiting,
            content: Some(Content {
                bytes: body,
                challenge: None,
                at: now,
            }),
            signature: None,
            detail: name,
            asked_by: Some(actor.user),
            asked_at: now,
            settled_at: None,
            trouble: None,
        };
        if link.key_place().is_some()
            && let Err(why) = self.sign_document(&link, &mut document).await
        {
            return Ok(DevicesAnswer::Failed(why));
        }
        let mut tx = self.write().await?;
        tx.add_document(actor.organisation, &document).await?;
        tx.commit().await?;
        self.suz_changed(&link);
        if document.signature.is_none() {
            return Ok(DevicesAnswer::WaitsForSignature);
        }
        let end = self.hand_in_device(&link, &document).await?;
        let trouble = self.settle_document(&link, document, end).await?;
        Ok(trouble.map_or(DevicesAnswer::Done, DevicesAnswer::Failed))
    }

    /// Signs a document with the key that the link has on the server.
    pub(super) async fn sign_document(
        &self,
        link: &Link,
        document: &mut Document,
    ) -> Result<(), Why> {
        let bytes = document
            .content
            .as_ref()
            .map_or(&[][..], |content| content.bytes.as_slice());
        let cms = self
            .sign_here(link, SignatureKind::Detached, bytes)
            .await
            .map_err(|failure| failure.why)?;
        document.signature = Some(Signature {
            cms,
            certificate: self.certificate_here(link).await,
            by: None,
            at: self.now(),
        });
        document.state = DocumentState::Signed;
        Ok(())
    }

    /// Deletes a device at the servers; here it is retired.
    pub async fn delete_suz_device(
        &self,
        actor: &Actor,
        id: SuzConnectionId,
        device: DeviceId,
    ) -> Result<DevicesAnswer, Problem> {
        let link = self.managed(actor, id).await?;
        let their_id = link.device(device).ok_or(Problem::NotFound)?.their_id;
        let ready = match self.ready(&link) {
            Ok(ready) => ready,
            Err(why) => return Ok(DevicesAnswer::Failed(why)),
        };
        let (api, contour) = (&self.outside.suz.api, link.connection.contour);
        let oms_id = ready.oms_id;
        let deleted = self
            .through(&link, ready.door, SuzCall::Devices, |token| async move {
                api.delete_device(contour, &token, &oms_id, &their_id).await
            })
            .await;
        match deleted {
            Ok(true) => {
                self.set_suz_device(actor, id, device, DeviceState::Retired)
                    .await?;
                Ok(DevicesAnswer::Done)
            }
            Ok(false) => Ok(DevicesAnswer::Failed(Why::of(Cause::Other))),
            Err(shut) => answer(shut),
        }
    }

    /// Reads the servers' list and writes down which of ours are in it.
    pub(super) async fn listed_devices(
        &self,
        link: &Link,
    ) -> Result<Result<Vec<RegisteredDevice>, Shut>, Problem> {
        let ready = match self.ready(link) {
            Ok(ready) => ready,
            Err(why) => {
                return Ok(Err(Shut::NoLogin {
                    why,
                    stopped: false,
                }));
            }
        };
        let (api, contour, oms_id) = (&self.outside.suz.api, link.connection.contour, ready.oms_id);
        let listed = self
            .through(link, ready.door, SuzCall::Devices, |token| async move {
                api.devices(contour, &token, &oms_id).await
            })
            .await;
        let listed = match listed {
            Ok(listed) => listed,
            Err(shut) => return Ok(Err(shut)),
        };
        let is_listed =
            |device: &Device| listed.iter().any(|one| one.connection == device.their_id);
        let news = |device: &&Device| device.listed != Some(is_listed(device));
        if link.devices.iter().any(|device| news(&device)) {
            let mut tx = self.write().await?;
            tx.lock_suz(link.organisation, link.id()).await?;
            let devices = tx.suz_devices_of(link.organisation, link.id()).await?;
            for device in devices.iter().filter(news) {
                let device = Device {
                    listed: Some(is_listed(device)),
                    ..device.clone()
                };
                tx.save_suz_device(link.organisation, &device).await?;
            }
            tx.commit().await?;
        }
        Ok(Ok(listed))
    }

    /// Sends a signed registration, once, and keeps the new device. Without an answer there may be one: the servers' list
    /// tells.
    pub(super) async fn hand_in_device(
        &self,
        link: &Link,
        document: &Document,
    ) -> Result<End, Problem> {
        let (oms_id, key) = match self.registrable(link) {
            Ok(ready) => ready,
            Err(why) => return Ok(End::Refused(why)),
        };
        let (Some(content), Some(signature)) = (&document.content, &document.signature) else {
            return Ok(End::Refused(Why::of(Cause::Other)));
        };
        let registration = SignedRegistration {
            oms_id: &oms_id,
            key: &key,
            body: &content.bytes,
            signature: &signature.cms,
        };
        let answer = self
            .outside
            .suz
            .api
            .register_device(link.connection.contour, registration)
            .await;
        match answer {
            Ok(Registration::Made { connection, name }) => {
                let name = name.unwrap_or_else(|| document.detail.clone());
                self.keep_registered(link, document, name, connection)
                    .await?;
                Ok(End::Done)
            }
            Ok(Registration::Rejected(reason)) => {
                let mut why = Why::of(Cause::Other);
                why.trouble = Some(reason);
                Ok(End::Refused(why))
            }
            Err(error) => {
                let unknown = error.leaves_unknown();
                let why = fault::why(link, SuzCall::Devices, error, self.now());
                Ok(if unknown {
                    End::Unknown(why)
                } else {
                    End::Refused(why)
                })
            }
        }
    }

    async fn keep_registered(
        &self,
        link: &Link,
        document: &Document,
        name: String,
        connection: ConnectionId,
    ) -> Result<(), Problem> {
        let Some(user) = document.asked_by else {
            return Ok(());
        };
        // Whoever asked could manage the link then; what was made must be kept whatever has become of that since.
        let actor = Actor {
            user,
            organisation: link.organisation,
            role: Role::Admin,
        };
        self.keep_device(&actor, link, name, connection, Some(user))
            .await
    }

    /// What a registration needs, or what is missing for it.
    fn registrable(&self, link: &Link) -> Result<(OmsId, secrecy::SecretString), Why> {
        let oms_id = link
            .connection
            .oms_id
            .ok_or(Why::of(Cause::OmsIdNotFound))?;
        let key = self
            .outside
            .suz
            .registration_key(link.connection.contour)
            .ok_or(Why::of(Cause::RegistrationKey))?;
        Ok((oms_id, key))
    }

    /// What a call about devices needs, or what is missing for it.
    fn ready(&self, link: &Link) -> Result<Ready, Why> {
        let (oms_id, _) = self.registrable(link)?;
        let door = link.suz().ok_or(Why::of(Cause::NoDevice))?;
        Ok(Ready { oms_id, door })
    }
}

fn shown(link: &Link, one: RegisteredDevice) -> ListedDevice {
    ListedDevice {
        connection: one.connection.masked(),
        program: one.name.unwrap_or_default(),
        address: one.address.unwrap_or_default(),
        known: link
            .devices
            .iter()
            .find(|ours| ours.their_id == one.connection)
            .map(|ours| ours.id),
    }
}
