//! Work that stands still before a shut door, and goes on when it opens.

use super::{
    super::{
        Desk,
        jobs::{Decision, JobKind, back_off},
        ports::{
            call::CallError,
            storage::{Job, Transaction},
            suz::Door,
        },
    },
    devices::shut_means,
    doors::{Shut, living},
    link::Link,
};
use crate::{live::Change, problem::Problem, suz::cause::SuzCall, time::Timestamp};

impl Desk {
    /// Queues the jobs that stood still until a token of this link lives.
    pub(super) async fn release_waiters(
        &self,
        tx: &mut dyn Transaction,
        link: &Link,
        now: Timestamp,
    ) -> Result<(), Problem> {
        for (kind, subject) in tx.take_suz_waiters(link.organisation, link.id()).await? {
            let Some(kind) = JobKind::of(&kind) else {
                tracing::warn!(kind, "a job of an unknown kind waited for a token");
                continue;
            };
            self.enqueue(tx, link.organisation, kind, &subject, now)
                .await?;
        }
        Ok(())
    }

    /// Makes a job stand still until a token of the link lives; if one came meanwhile, it goes on at once.
    pub(in crate::server) async fn park_until_login(
        &self,
        job: &Job,
        link: &Link,
        door: Door,
        note: &str,
    ) -> Result<Decision, Problem> {
        let now = self.now();
        let mut tx = self.write().await?;
        tx.lock_suz_token(link.organisation, link.id(), door)
            .await?;
        let row = tx.suz_token(link.organisation, door).await?;
        if row.as_ref().is_some_and(|row| living(row, now).is_some()) {
            return Ok(Decision::Again {
                at: now,
                note: note.to_owned(),
            });
        }
        tx.add_suz_waiter(link.organisation, link.id(), &job.kind, &job.subject)
            .await?;
        tx.commit().await?;
        Ok(Decision::Park {
            note: note.to_owned(),
        })
    }

    /// What a job does before a shut door: it stands still until somebody signs or mends something, or comes back later.
    pub(in crate::server) async fn hold(
        &self,
        job: &Job,
        link: &Link,
        door: Door,
        shut: Shut,
        call: SuzCall,
    ) -> Result<Decision, Problem> {
        let note = match shut {
            Shut::Problem(problem) => return Err(problem),
            Shut::WaitsForSignature => "ждёт подписи",
            Shut::NotAccepted => "ждёт согласия на первый вход",
            Shut::NoLogin { stopped: true, .. } => {
                "вход в СУЗ остановлен: нужна проверка подключения"
            }
            Shut::Busy | Shut::NoLogin { .. } | Shut::Failed { .. } => {
                let at = match &shut {
                    Shut::Failed {
                        error: CallError::Limited { until },
                        ..
                    } => *until,
                    _ => self.now().plus_seconds(back_off(job.attempts)),
                };
                let why = shut_means(shut, call)?;
                return Ok(Decision::Again {
                    at,
                    note: why.map_or_else(String::new, |why| why.cause.as_str().to_owned()),
                });
            }
        };
        self.park_until_login(job, link, door, note).await
    }

    /// Tells open pages that a link changed.
    pub(in crate::server) fn suz_changed(&self, link: &Link) {
        self.wake_runner();
        self.tell(
            link.organisation,
            Change::Suz {
                connection: link.id(),
            },
        );
    }
}
