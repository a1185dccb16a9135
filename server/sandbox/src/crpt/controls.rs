//! What only the control API does besides making participants: certificates, devices, second programs, moods of the services.

use base64::{Engine, engine::general_purpose::STANDARD};

use super::{
    Crpt, CrptError,
    cms::SignerCertificate,
    ids::Inn,
    participant::{GivenToken, RegisteredCertificate},
    settings::{Settings, SettingsChange},
};

impl Crpt {
    /// Makes the owner of a certificate a user of a participant. The certificate is PEM, or base64 of DER.
    pub fn register_certificate(
        &mut self,
        inn: &Inn,
        certificate: &str,
    ) -> Result<&RegisteredCertificate, CrptError> {
        let base64: String = certificate
            .lines()
            .filter(|line| !line.starts_with("-----"))
            .flat_map(str::split_whitespace)
            .collect();
        let der = STANDARD
            .decode(base64)
            .map_err(|error| CrptError::Impossible(format!("not a certificate: {error}")))?;
        let read = SignerCertificate::read(&der)
            .map_err(|error| CrptError::Impossible(format!("not a certificate: {error}")))?;
        let made = RegisteredCertificate::of(&read);
        let known = &mut self.participant_mut(inn)?.certificates;
        known.retain(|one| one.fingerprint != made.fingerprint);
        known.push(made);
        known
            .last()
            .ok_or_else(|| CrptError::NoParticipant(inn.clone()))
    }

    /// Takes a certificate's owner out of the users.
    pub fn forget_certificate(&mut self, inn: &Inn, fingerprint: &str) -> Result<(), CrptError> {
        let known = &mut self.participant_mut(inn)?.certificates;
        let before = known.len();
        known.retain(|one| one.fingerprint != fingerprint);
        if known.len() == before {
            return Err(CrptError::NoCertificate(
                inn.clone(),
                fingerprint.to_owned(),
            ));
        }
        Ok(())
    }

    /// Deletes a device: its connection id and its tokens are good for nothing since.
    pub fn delete_device(&mut self, inn: &Inn, connection: &str) -> Result<(), CrptError> {
        let device = self.participant_mut(inn)?.live_device_mut(connection);
        let device =
            device.ok_or_else(|| CrptError::NoDevice(inn.clone(), connection.to_owned()))?;
        device.deleted = true;
        Ok(())
    }

    /// Lets a second program with the same connection id sign in, which puts out the token of the first.
    pub fn second_program(
        &mut self,
        inn: &Inn,
        connection: &str,
        now_ms: i64,
    ) -> Result<&GivenToken, CrptError> {
        let until_ms = now_ms.saturating_add(self.settings.token_ms);
        self.give_device_token(inn, connection, until_ms, now_ms)
    }

    /// Changes how the services feel.
    pub fn change_settings(&mut self, change: SettingsChange) -> Settings {
        self.settings.apply(change);
        self.settings
    }
}
