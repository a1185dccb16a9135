//! СУЗ: links of legal entities, their devices, and who knows the ids.

mod documents;
mod tokens;

use super::Tx;
use crate::{
    row::Cells,
    statement::{json, sql},
};
use async_trait::async_trait;
use desk::{
    account::{Email, Role},
    ids::{OrganisationId, SuzConnectionId, UserId},
    server::ports::{
        storage::StoreError,
        suz::{Act, Device, Knower, SuzConnection, SuzConnections, Told},
    },
    suz::{CheckReport, DeviceState},
    time::Timestamp,
};
use sqlx::any::AnyRow;

fn connection(row: &AnyRow) -> Result<SuzConnection, StoreError> {
    let cells = Cells::new(row, "suz_connections", "id");
    let accepted_at: Option<Timestamp> = cells.get("accepted_at")?;
    let profile_at: Option<Timestamp> = cells.get("profile_at")?;
    let checked_at: Option<Timestamp> = cells.get("checked_at")?;
    Ok(SuzConnection {
        id: cells.parsed("id")?,
        legal_entity: cells.parsed("legal_entity_id")?,
        contour: cells.parsed("contour")?,
        oms_id: cells.parsed_opt("oms_id")?,
        oms_id_told: cells.get("oms_id_told")?,
        edo_id: cells.get("edo_id")?,
        way: cells.parsed("way")?,
        certificate: cells.json_opt("certificate")?,
        accepted: accepted_at
            .map(|at| Ok::<_, StoreError>((cells.parsed("accepted_by")?, at)))
            .transpose()?,
        told: profile_at
            .map(|at| {
                Ok::<_, StoreError>(Told {
                    profile: cells.json("profile")?,
                    balances: cells.json_opt("balances")?.unwrap_or_default(),
                    at,
                })
            })
            .transpose()?,
        check: checked_at
            .map(|at| Ok::<_, StoreError>((cells.json("report")?, at)))
            .transpose()?,
    })
}

fn device(row: &AnyRow) -> Result<Device, StoreError> {
    let cells = Cells::new(row, "suz_devices", "id");
    Ok(Device {
        id: cells.parsed("id")?,
        connection: cells.parsed("connection_id")?,
        name: cells.get("name")?,
        their_id: cells.parsed("their_id")?,
        state: cells.parsed("state")?,
        listed: cells.get("listed")?,
        added_by: cells.parsed_opt("added_by")?,
        added_at: cells.get("added_at")?,
        retired_at: cells.get("retired_at")?,
    })
}

fn member(row: &AnyRow) -> Result<(UserId, Email, Role), StoreError> {
    let cells = Cells::new(row, "memberships", "user_id");
    Ok((
        cells.parsed("user_id")?,
        cells.parsed("email")?,
        cells.parsed("role")?,
    ))
}

#[async_trait]
impl SuzConnections for Tx {
    async fn suz_connections(
        &mut self,
        organisation: OrganisationId,
    ) -> Result<Vec<SuzConnection>, StoreError> {
        let rows = self
            .all(
                sql("SELECT id, legal_entity_id, contour, oms_id, oms_id_told, edo_id, way, certificate, accepted_by,
                         accepted_at, profile, balances, profile_at, report, checked_at
                     FROM suz_connections WHERE organisation_id = $1 AND retired_at IS NULL ORDER BY created_at, id")
                .bind(organisation),
            )
            .await?;
        rows.iter().map(connection).collect()
    }

    async fn suz_connection(
        &mut self,
        organisation: OrganisationId,
        id: SuzConnectionId,
    ) -> Result<Option<SuzConnection>, StoreError> {
        let row = self
            .one(
                sql("SELECT id, legal_entity_id, contour, oms_id, oms_id_told, edo_id, way, certificate, accepted_by,
                         accepted_at, profile, balances, profile_at, report, checked_at
                     FROM suz_connections WHERE organisation_id = $1 AND id = $2 AND retired_at IS NULL")
                .bind(organisation)
                .bind(id),
            )
            .await?;
        row.as_ref().map(connection).transpose()
    }

    async fn lock_suz(
        &mut self,
        organisation: OrganisationId,
        id: SuzConnectionId,
    ) -> Result<bool, StoreError> {
        let locked = self
            .run(
                sql("UPDATE suz_connections SET way = way
                     WHERE organisation_id = $1 AND id = $2 AND retired_at IS NULL")
                .bind(organisation)
                .bind(id),
            )
            .await?;
        Ok(locked > 0)
    }

    async fn add_suz_connection(
        &mut self,
        organisation: OrganisationId,
        connection: &SuzConnection,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let added = self
            .run(
                sql("INSERT INTO suz_connections (organisation_id, id, legal_entity_id, contour, oms_id_told, way,
                         created_at)
                     VALUES ($1, $2, $3, $4, 0, $5, $6)
                     ON CONFLICT (organisation_id, legal_entity_id, contour) WHERE retired_at IS NULL DO NOTHING")
                .bind(organisation)
                .bind(connection.id)
                .bind(connection.legal_entity)
                .bind(connection.contour.as_str())
                .bind(connection.way.as_str())
                .bind(at),
            )
            .await?;
        if added > 0 {
            self.save_suz_connection(organisation, connection).await?;
        }
        Ok(added > 0)
    }

    async fn save_suz_connection(
        &mut self,
        organisation: OrganisationId,
        connection: &SuzConnection,
    ) -> Result<(), StoreError> {
        let told = connection.told.as_ref();
        let profile = told.map(|told| json(&told.profile)).transpose()?;
        let balances = told.map(|told| json(&told.balances)).transpose()?;
        let certificate = connection.certificate.as_ref().map(json).transpose()?;
        self.run(
            sql("UPDATE suz_connections SET oms_id = $3, oms_id_told = $4, edo_id = $5, way = $6, certificate = $7,
                     accepted_by = $8, accepted_at = $9, profile = $10, balances = $11, profile_at = $12
                 WHERE organisation_id = $1 AND id = $2 AND retired_at IS NULL")
            .bind(organisation)
            .bind(connection.id)
            .bind(connection.oms_id.map(desk::suz::OmsId::to_wire).as_deref())
            .bind(connection.oms_id_told)
            .bind(connection.edo_id.as_deref())
            .bind(connection.way.as_str())
            .bind(certificate.as_deref())
            .bind(connection.accepted.map(|(by, _)| by))
            .bind(connection.accepted.map(|(_, at)| at))
            .bind(profile.as_deref())
            .bind(balances.as_deref())
            .bind(told.map(|told| told.at)),
        )
        .await?;
        Ok(())
    }

    async fn save_suz_check(
        &mut self,
        organisation: OrganisationId,
        id: SuzConnectionId,
        report: &CheckReport,
        began: Timestamp,
    ) -> Result<(), StoreError> {
        self.run(
            sql("UPDATE suz_connections SET report = $3, checked_at = $4
                 WHERE organisation_id = $1 AND id = $2 AND retired_at IS NULL")
            .bind(organisation)
            .bind(id)
            .bind(&json(report)?)
            .bind(began),
        )
        .await?;
        Ok(())
    }

    async fn retire_suz_connection(
        &mut self,
        organisation: OrganisationId,
        id: SuzConnectionId,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let retired = self
            .run(
                sql("UPDATE suz_connections SET retired_at = $3
                     WHERE organisation_id = $1 AND id = $2 AND retired_at IS NULL")
                .bind(organisation)
                .bind(id)
                .bind(at),
            )
            .await?;
        if retired == 0 {
            return Ok(());
        }
        for statement in [
            sql("DELETE FROM suz_tokens WHERE organisation_id = $1 AND connection_id = $2")
                .bind(organisation)
                .bind(id),
            sql("DELETE FROM suz_waiters WHERE organisation_id = $1 AND connection_id = $2")
                .bind(organisation)
                .bind(id),
            sql("UPDATE suz_documents SET state = 'dropped', settled_at = $3
                 WHERE organisation_id = $1 AND connection_id = $2 AND state = 'waiting'")
            .bind(organisation)
            .bind(id)
            .bind(at),
            sql(
                "UPDATE emissions SET state = 'withdrawn', revision = revision + 1
                 WHERE organisation_id = $1 AND connection_id = $2
                     AND state IN ('draft', 'waits_for_signature', 'queued')",
            )
            .bind(organisation)
            .bind(id),
        ] {
            self.run(statement).await?;
        }
        Ok(())
    }

    async fn suz_devices(
        &mut self,
        organisation: OrganisationId,
    ) -> Result<Vec<Device>, StoreError> {
        let rows = self
            .all(
                sql("SELECT d.id, d.connection_id, d.name, d.their_id, d.state, d.listed, d.added_by, d.added_at, d.retired_at
                     FROM suz_devices d
                     JOIN suz_connections c ON c.organisation_id = d.organisation_id AND c.id = d.connection_id
                     WHERE d.organisation_id = $1 AND c.retired_at IS NULL ORDER BY d.added_at, d.id")
                .bind(organisation),
            )
            .await?;
        rows.iter().map(device).collect()
    }

    async fn suz_devices_of(
        &mut self,
        organisation: OrganisationId,
        connection: SuzConnectionId,
    ) -> Result<Vec<Device>, StoreError> {
        let rows = self
            .all(
                sql("SELECT id, connection_id, name, their_id, state, listed, added_by, added_at, retired_at
                     FROM suz_devices WHERE organisation_id = $1 AND connection_id = $2
                     ORDER BY CASE state WHEN 'active' THEN 0 WHEN 'parallel' THEN 1 ELSE 2 END, added_at, id")
                .bind(organisation)
                .bind(connection),
            )
            .await?;
        rows.iter().map(device).collect()
    }

    async fn add_suz_device(
        &mut self,
        organisation: OrganisationId,
        device: &Device,
    ) -> Result<bool, StoreError> {
        let added = self
            .run_unless_taken(
                sql("INSERT INTO suz_devices (organisation_id, id, connection_id, name, their_id, state, listed, added_by,
                         added_at, retired_at)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
                .bind(organisation)
                .bind(device.id)
                .bind(device.connection)
                .bind(&device.name)
                .bind(&device.their_id.to_wire())
                .bind(device.state.as_str())
                .bind(device.listed)
                .bind(device.added_by)
                .bind(device.added_at)
                .bind(device.retired_at),
            )
            .await?;
        Ok(added > 0)
    }

    async fn save_suz_device(
        &mut self,
        organisation: OrganisationId,
        device: &Device,
    ) -> Result<(), StoreError> {
        self.run(
            sql(
                "UPDATE suz_devices SET name = $3, state = $4, listed = $5, retired_at = $6
                 WHERE organisation_id = $1 AND id = $2",
            )
            .bind(organisation)
            .bind(device.id)
            .bind(&device.name)
            .bind(device.state.as_str())
            .bind(device.listed)
            .bind(
                device
                    .retired_at
                    .filter(|_| device.state == DeviceState::Retired),
            ),
        )
        .await?;
        Ok(())
    }

    async fn note_suz_act(
        &mut self,
        organisation: OrganisationId,
        connection: SuzConnectionId,
        act: &Act,
    ) -> Result<(), StoreError> {
        self.run(
            sql("INSERT INTO suz_acts (organisation_id, connection_id, user_id, action, happened_at)
                 SELECT c.organisation_id, c.id, $3, $4, $5 FROM suz_connections c
                 WHERE c.organisation_id = $1 AND c.id = $2")
            .bind(organisation)
            .bind(connection)
            .bind(act.user)
            .bind(act.action.as_str())
            .bind(act.at),
        )
        .await?;
        Ok(())
    }

    async fn suz_acts(
        &mut self,
        organisation: OrganisationId,
        connection: SuzConnectionId,
        limit: u32,
    ) -> Result<Vec<(Act, Email)>, StoreError> {
        let rows = self
            .all(
                sql(
                    "SELECT a.seq, a.user_id, a.action, a.happened_at, u.email FROM suz_acts a
                     JOIN users u ON u.id = a.user_id
                     WHERE a.organisation_id = $1 AND a.connection_id = $2
                     ORDER BY a.happened_at DESC, a.seq DESC LIMIT $3",
                )
                .bind(organisation)
                .bind(connection)
                .bind(limit),
            )
            .await?;
        rows.iter()
            .map(|row| {
                let cells = Cells::new(row, "suz_acts", "seq");
                let act = Act {
                    user: cells.parsed("user_id")?,
                    action: cells.parsed("action")?,
                    at: cells.get("happened_at")?,
                };
                Ok((act, cells.parsed("email")?))
            })
            .collect()
    }

    async fn suz_knowers(
        &mut self,
        organisation: OrganisationId,
        connection: SuzConnectionId,
    ) -> Result<Vec<Knower>, StoreError> {
        let rows = self
            .all(
                sql("SELECT u.id AS user_id, u.email, m.role FROM users u
                     LEFT JOIN memberships m ON m.organisation_id = $1 AND m.user_id = u.id
                     WHERE u.id IN (
                         SELECT a.user_id FROM suz_acts a WHERE a.organisation_id = $1 AND a.connection_id = $2
                         UNION
                         SELECT d.added_by FROM suz_devices d
                         WHERE d.organisation_id = $1 AND d.connection_id = $2 AND d.added_by IS NOT NULL)
                     ORDER BY u.email")
                .bind(organisation)
                .bind(connection),
            )
            .await?;
        rows.iter()
            .map(|row| {
                let cells = Cells::new(row, "users", "user_id");
                Ok(Knower {
                    user: cells.parsed("user_id")?,
                    email: cells.parsed("email")?,
                    role: cells.parsed_opt("role")?,
                })
            })
            .collect()
    }

    async fn members(
        &mut self,
        organisation: OrganisationId,
    ) -> Result<Vec<(UserId, Email, Role)>, StoreError> {
        let rows = self
            .all(
                sql("SELECT m.user_id, u.email, m.role FROM memberships m JOIN users u ON u.id = m.user_id
                     WHERE m.organisation_id = $1 ORDER BY u.email")
                .bind(organisation),
            )
            .await?;
        rows.iter().map(member).collect()
    }
}
