//! What a program that holds the sandbox can change in Честный ЗНАК and learn of it.

use crate::{
    crpt::{
        self, BodyCheck, NewDevice, NewParticipant, ParticipantChange, SignatureRecord,
        cms::{Form, examine},
        emission::{EmissionRules, EmissionRulesChange, OrderTurn, order::EmissionOrder},
        ids::Inn,
        participant::{Device, GivenToken, Participant, RegisteredCertificate},
        settings::{Settings, SettingsChange},
    },
    sandbox::{Sandbox, SandboxError},
};

/// The path under which the record keeps signatures that were only checked.
const CHECK_PATH: &str = "/_sandbox/crpt/check-signature";

impl Sandbox {
    /// Creates a participant with its devices.
    pub fn create_participant(&self, new: NewParticipant) -> Result<Participant, SandboxError> {
        self.change_crpt(|crpt, now_ms| crpt.create_participant(new, now_ms).cloned())
    }

    /// Changes a participant.
    pub fn change_participant(
        &self,
        inn: &Inn,
        change: ParticipantChange,
    ) -> Result<Participant, SandboxError> {
        self.change_crpt(|crpt, _| crpt.change_participant(inn, change).cloned())
    }

    /// A participant as it stands.
    pub fn participant(&self, inn: &Inn) -> Option<Participant> {
        self.world_lock().crpt.participant(inn).cloned()
    }

    /// Makes the owner of a certificate, PEM or base64 of DER, a user of a participant.
    pub fn register_certificate(
        &self,
        inn: &Inn,
        certificate: &str,
    ) -> Result<RegisteredCertificate, SandboxError> {
        self.change_crpt(|crpt, _| crpt.register_certificate(inn, certificate).cloned())
    }

    /// Takes a certificate's owner out of a participant's users.
    pub fn forget_certificate(&self, inn: &Inn, fingerprint: &str) -> Result<(), SandboxError> {
        self.change_crpt(|crpt, _| crpt.forget_certificate(inn, fingerprint))
    }

    /// Creates a device as the cabinet does.
    pub fn create_device(&self, inn: &Inn, new: NewDevice) -> Result<Device, SandboxError> {
        self.change_crpt(|crpt, now_ms| crpt.create_device(inn, new, now_ms).cloned())
    }

    /// Deletes a device.
    pub fn delete_device(&self, inn: &Inn, connection: &str) -> Result<(), SandboxError> {
        self.change_crpt(|crpt, _| crpt.delete_device(inn, connection))
    }

    /// Lets a second program with the same connection id sign in, which puts out the token of the first.
    pub fn second_program(&self, inn: &Inn, connection: &str) -> Result<GivenToken, SandboxError> {
        self.change_crpt(|crpt, now_ms| crpt.second_program(inn, connection, now_ms).cloned())
    }

    /// Changes how the services of Честный ЗНАК feel.
    pub fn change_crpt_settings(&self, change: SettingsChange) -> Result<Settings, SandboxError> {
        self.change_crpt(|crpt, _| Ok(crpt.change_settings(change)))
    }

    /// Changes how the emission of codes works.
    pub fn change_emission_rules(
        &self,
        change: EmissionRulesChange,
    ) -> Result<EmissionRules, SandboxError> {
        self.change_crpt(|crpt, _| Ok(crpt.change_emission_rules(change)))
    }

    /// Lets something become of an order of codes.
    pub fn turn_emission_order(
        &self,
        order_id: &str,
        turn: OrderTurn,
    ) -> Result<EmissionOrder, SandboxError> {
        self.change_crpt(|crpt, now_ms| crpt.turn_order(order_id, turn, now_ms).cloned())
    }

    /// The orders of codes as they stand, oldest first.
    pub fn emission_orders(&self) -> Vec<EmissionOrder> {
        self.world_lock().crpt.emission.orders.clone()
    }

    /// The codes of an order that were handed out, in their order; of all its lines, or of one.
    pub fn handed_out_codes(&self, order_id: &str, gtin: Option<&str>) -> Vec<String> {
        let world = self.world_lock();
        let emission = &world.crpt.emission;
        let Some(order) = emission.order(order_id) else {
            return Vec::new();
        };
        order
            .buffers
            .iter()
            .filter(|buffer| gtin.is_none_or(|gtin| gtin == buffer.gtin))
            .flat_map(|buffer| emission.handed_out(order, buffer))
            .collect()
    }

    /// The signatures looked at since the process began, oldest first, the last thousand.
    pub fn signatures(&self) -> Vec<SignatureRecord> {
        self.floor().signatures.records().cloned().collect()
    }

    /// Whether СУЗ would take a body with this detached signature, base64 in one line, from the company of an OMS ID.
    pub async fn check_signature(&self, oms_id: &str, body: &[u8], signature: &str) -> BodyCheck {
        let examined = examine(signature, Form::Detached(body), &self.engine()).await;
        let check = {
            let world = self.world_lock();
            let now_ms = world.clock.now_ms();
            crpt::check_body(&world.crpt, oms_id, CHECK_PATH, &examined, now_ms)
        };
        self.floor().signatures.note(check.record.clone());
        check
    }

    /// Whether the values of GOST signatures can be verified on this machine.
    pub async fn verifies_gost(&self) -> bool {
        self.engine().is_present().await
    }
}
