//! The self-check: what is written down at once, calls by a job that stands still where a person must sign and goes on
//! afterwards, each step kept as soon as it is made.

use super::{
    super::{
        Desk,
        jobs::{Decision, JobKind},
        ports::{storage::Job, suz::Door},
    },
    devices::shut_means,
    doors::Shut,
    fault,
    link::Link,
};
use crate::{
    account::Actor,
    ids::SuzConnectionId,
    live::Change,
    problem::Problem,
    suz::{
        Cause, CheckLevel, CheckReport, CheckStep, GroupState, SigningWay, StepOutcome, SuzProfile,
        Why,
        cause::SuzCall,
        check::{Form, SkipReason, check_form},
        view::SuzConnectionView,
    },
    time::Timestamp,
};

impl Desk {
    /// Begins a check of a link: what is written down is looked at now, calls are made by a job.
    pub async fn check_suz(
        &self,
        actor: &Actor,
        id: SuzConnectionId,
        level: CheckLevel,
    ) -> Result<SuzConnectionView, Problem> {
        let link = self.managed(actor, id).await?;
        self.begin_check(actor, &link, level, self.now()).await?;
        self.suz_connection(actor, id).await
    }

    /// Looks at what is written down, and has calls made by a job.
    pub(super) async fn begin_check(
        &self,
        actor: &Actor,
        link: &Link,
        level: CheckLevel,
        now: Timestamp,
    ) -> Result<(), Problem> {
        let id = link.id();
        let report = self.form_report(link, level).await?;
        let mut tx = self.write().await?;
        tx.save_suz_check(actor.organisation, id, &report, now)
            .await?;
        if level > CheckLevel::Form {
            tx.let_suz_login(actor.organisation, id, None).await?;
            self.enqueue(
                &mut *tx,
                actor.organisation,
                JobKind::CheckSuz,
                &id.to_string(),
                now,
            )
            .await?;
        }
        tx.commit().await?;
        self.suz_changed(link);
        Ok(())
    }

    async fn form_report(&self, link: &Link, level: CheckLevel) -> Result<CheckReport, Problem> {
        let known = self.known_besides(link, true).await?;
        let here = self.certificate_here(link).await;
        let by_person = link.connection.way == SigningWay::Browser;
        let form = Form {
            contour: link.connection.contour,
            inn: link.entity.inn.as_ref(),
            oms_id: link.connection.oms_id,
            connection: link.active().map(|device| device.their_id),
            way: link.connection.way,
            way_there: by_person || here.is_some(),
            certificate: here.as_ref().or(link.connection.certificate.as_ref()),
            known: &known,
            now: self.now(),
        };
        Ok(check_form(&form, level))
    }
}

/// A check under way.
struct Check<'a> {
    desk: &'a Desk,
    link: Link,
    report: CheckReport,
    began: Timestamp,
    /// Doors that wait for a signature.
    waiting: Vec<Door>,
}

/// Makes the calls of a check that somebody began.
pub(in crate::server) async fn run(desk: &Desk, job: &Job) -> Result<Decision, Problem> {
    let id: SuzConnectionId = job.subject.parse().map_err(|_| Problem::NotFound)?;
    let link = {
        let mut tx = desk.read().await?;
        Link::read(&mut *tx, job.organisation, id).await?
    };
    let Some(link) = link else {
        return Ok(Decision::Done);
    };
    let Some((report, began)) = link.connection.check.clone() else {
        return Ok(Decision::Done);
    };
    let mut check = Check {
        desk,
        link,
        report,
        began,
        waiting: Vec::new(),
    };
    check.run().await?;
    match check.waiting.first() {
        Some(door) => {
            desk.park_until_login(job, &check.link, *door, "проверка ждёт подписи")
                .await
        }
        None => Ok(Decision::Done),
    }
}

/// Tells open pages that a check ended or stands still: they show which, and its last step was told while it ran.
pub(in crate::server) fn ended(desk: &Desk, job: &Job) {
    if matches!(JobKind::of(&job.kind), Some(JobKind::CheckSuz))
        && let Ok(connection) = job.subject.parse()
    {
        desk.tell(job.organisation, Change::Suz { connection });
    }
}

impl Check<'_> {
    async fn run(&mut self) -> Result<(), Problem> {
        self.answers().await?;
        let profile = self.profile().await?;
        let login = self.client_login().await?;
        self.ping(login).await?;
        self.groups(profile.as_ref()).await?;
        self.balance(profile.is_some()).await?;
        self.listed(login).await?;
        if self.report.level == CheckLevel::Order {
            self.test_order().await?;
        }
        Ok(())
    }

    /// The test order: it goes out when everything before it has passed, and tells by itself what becomes of it.
    async fn test_order(&mut self) -> Result<(), Problem> {
        let test = {
            let mut tx = self.desk.read().await?;
            tx.test_emission(self.link.organisation, self.link.id(), self.began)
                .await?
                .filter(|order| order.made_at == self.began)
        };
        let outcome = match test {
            Some(order) => {
                self.desk
                    .release_test(&self.link, &self.report, order.id)
                    .await?
            }
            None => StepOutcome::Skipped {
                why: SkipReason::NoTestOrder,
            },
        };
        self.set(CheckStep::TestOrder, outcome).await
    }

    async fn set(&mut self, step: CheckStep, outcome: StepOutcome) -> Result<(), Problem> {
        self.report.set(step, outcome);
        let mut tx = self.desk.write().await?;
        tx.save_suz_check(
            self.link.organisation,
            self.link.id(),
            &self.report,
            self.began,
        )
        .await?;
        tx.commit().await?;
        self.desk.suz_changed(&self.link);
        Ok(())
    }

    /// A step that cannot be made, because one before it did not pass: that one failed, or waits.
    async fn hang(&mut self, step: CheckStep, on: CheckStep) -> Result<(), Problem> {
        let waits = self
            .report
            .steps
            .iter()
            .any(|one| one.step == on && one.outcome == StepOutcome::WaitsForSignature);
        let outcome = if waits {
            StepOutcome::NotYet
        } else {
            StepOutcome::Skipped {
                why: SkipReason::EarlierFailed,
            }
        };
        self.set(step, outcome).await
    }

    /// What a shut door makes of a step. Where a signature was handed in and refused the step says why, and the check
    /// waits for a better one all the same.
    async fn outcome(
        &mut self,
        shut: Shut,
        call: SuzCall,
        door: Door,
    ) -> Result<StepOutcome, Problem> {
        let mut means = shut_means(shut, call)?;
        if means.is_none() {
            self.waiting.push(door);
            let mut tx = self.desk.read().await?;
            let row = tx.suz_token(self.link.organisation, door).await?;
            means = row.and_then(|row| row.failure);
        }
        Ok(
            means.map_or(StepOutcome::WaitsForSignature, |why| StepOutcome::Failed {
                why,
            }),
        )
    }

    async fn answers(&mut self) -> Result<(), Problem> {
        let contour = self.link.connection.contour;
        let outcome = match self.desk.outside.suz.api.challenge(contour).await {
            Ok(_) => StepOutcome::passed(),
            Err(error) => StepOutcome::Failed {
                why: fault::why(&self.link, SuzCall::AuthKey, error, self.desk.now()),
            },
        };
        self.set(CheckStep::TrueApiAnswers, outcome).await
    }

    /// Login to True API and the company's profile.
    async fn profile(&mut self) -> Result<Option<SuzProfile>, Problem> {
        let door = self.link.true_api();
        if !self.report.passed(CheckStep::TrueApiAnswers) {
            self.hang(CheckStep::TrueApiLogin, CheckStep::TrueApiAnswers)
                .await?;
            self.hang(CheckStep::Profile, CheckStep::TrueApiAnswers)
                .await?;
            return Ok(None);
        }
        if let Err(shut) = self.desk.open(&self.link, door).await {
            let outcome = self.outcome(shut, SuzCall::TrueApiSignIn, door).await?;
            self.set(CheckStep::TrueApiLogin, outcome).await?;
            self.hang(CheckStep::Profile, CheckStep::TrueApiLogin)
                .await?;
            return Ok(None);
        }
        self.set(CheckStep::TrueApiLogin, StepOutcome::passed())
            .await?;
        let typed = self.link.connection.oms_id;
        let (outcome, facts) = match self.desk.read_profile(&self.link).await {
            Err(shut) => (self.outcome(shut, SuzCall::Profile, door).await?, None),
            Ok(told) => {
                self.link.connection.oms_id = Some(typed.unwrap_or(told.oms_id));
                let outcome = match Cause::of_profile(typed, told.oms_id, &told.facts) {
                    Some(cause) => StepOutcome::Failed {
                        why: Why::of(cause),
                    },
                    None => StepOutcome::Passed {
                        found: Some(told.oms_id.masked().to_string()),
                    },
                };
                (outcome, Some(told.facts))
            }
        };
        self.set(CheckStep::Profile, outcome).await?;
        Ok(facts)
    }

    async fn client_login(&mut self) -> Result<Option<Door>, Problem> {
        let Some(door) = self.link.suz() else {
            self.hang(CheckStep::ClientLogin, CheckStep::ConnectionId)
                .await?;
            return Ok(None);
        };
        if !self.report.passed(CheckStep::TrueApiAnswers) {
            self.hang(CheckStep::ClientLogin, CheckStep::TrueApiAnswers)
                .await?;
            return Ok(None);
        }
        let opened = self.desk.open(&self.link, door).await;
        let (outcome, login) = match opened {
            Ok(_) => (StepOutcome::passed(), Some(door)),
            Err(shut) => (self.outcome(shut, SuzCall::ClientSignIn, door).await?, None),
        };
        self.set(CheckStep::ClientLogin, outcome).await?;
        Ok(login)
    }

    async fn ping(&mut self, login: Option<Door>) -> Result<(), Problem> {
        let Some(door) = login else {
            return self.hang(CheckStep::Ping, CheckStep::ClientLogin).await;
        };
        if self.link.connection.oms_id.is_none() {
            return self.hang(CheckStep::Ping, CheckStep::TrueApiLogin).await;
        }
        let outcome = match self.desk.ping(&self.link, door).await {
            Ok(found) => StepOutcome::Passed { found },
            Err(shut) => self.outcome(shut, SuzCall::Ping, door).await?,
        };
        self.set(CheckStep::Ping, outcome).await
    }

    async fn groups(&mut self, profile: Option<&SuzProfile>) -> Result<(), Problem> {
        let Some(profile) = profile else {
            return self.hang(CheckStep::Groups, CheckStep::TrueApiLogin).await;
        };
        let outcome = match Cause::of_groups(profile) {
            Some(cause) => StepOutcome::Failed {
                why: Why::of(cause),
            },
            None => StepOutcome::Passed {
                found: Some(open_groups(profile)),
            },
        };
        self.set(CheckStep::Groups, outcome).await
    }

    async fn balance(&mut self, profile: bool) -> Result<(), Problem> {
        if !profile {
            return self.hang(CheckStep::Balance, CheckStep::TrueApiLogin).await;
        }
        let door = self.link.true_api();
        let outcome = match self.desk.read_balance(&self.link).await {
            Ok(balances) => StepOutcome::Passed {
                found: Some(balances.len().to_string()),
            },
            Err(shut) => self.outcome(shut, SuzCall::Balance, door).await?,
        };
        self.set(CheckStep::Balance, outcome).await
    }

    async fn listed(&mut self, login: Option<Door>) -> Result<(), Problem> {
        let contour = self.link.connection.contour;
        if self.desk.outside.suz.registration_key(contour).is_none() {
            let why = SkipReason::NoRegistrationKey;
            return self
                .set(CheckStep::DeviceListed, StepOutcome::Skipped { why })
                .await;
        }
        let (Some(door), Some(ours)) = (login, self.link.active().map(|one| one.their_id)) else {
            return self
                .hang(CheckStep::DeviceListed, CheckStep::ClientLogin)
                .await;
        };
        let outcome = match self.desk.listed_devices(&self.link).await? {
            Err(shut) => self.outcome(shut, SuzCall::Devices, door).await?,
            Ok(listed) if listed.iter().any(|one| one.connection == ours) => StepOutcome::passed(),
            Ok(_) => StepOutcome::Failed {
                why: Why::of(Cause::OldDevice),
            },
        };
        self.set(CheckStep::DeviceListed, outcome).await
    }
}

fn open_groups(profile: &SuzProfile) -> String {
    let open: Vec<&str> = profile
        .groups
        .iter()
        .filter(|group| group.state == GroupState::Open)
        .map(|group| group.alias.as_str())
        .collect();
    open.join(", ")
}
