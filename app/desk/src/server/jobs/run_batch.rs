//! Driving a batch step by step. Where it stands is in the store alone, so whoever takes the job over goes on.

use super::{Decision, Desk};
use crate::{
    ids::BatchId,
    problem::Problem,
    server::{bulk::Step, ports::storage::Job},
};

/// Steps of one run; then other jobs get their turn.
const MOST_STEPS: u32 = 40;
/// How long to wait while enough orders are on their way, in milliseconds.
const FULL_MILLIS: i64 = 500;

pub(super) async fn run(desk: &Desk, job: &Job) -> Result<Decision, Problem> {
    let id: BatchId = job.subject.parse().map_err(|_| Problem::NotFound)?;
    for _ in 0..MOST_STEPS {
        let Some((batch, _)) = desk.read().await?.batch(job.organisation, id).await? else {
            return Ok(Decision::Done);
        };
        match desk.step_batch(job.organisation, &batch).await? {
            Step::More => {}
            Step::Full => return Ok(later(desk, FULL_MILLIS)),
            Step::Over => return Ok(Decision::Done),
        }
    }
    Ok(later(desk, 0))
}

fn later(desk: &Desk, millis: i64) -> Decision {
    Decision::Later {
        at: desk.now().plus_millis(millis),
        note: String::new(),
    }
}
