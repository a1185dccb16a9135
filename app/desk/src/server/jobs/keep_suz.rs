//! Keeping tokens of a link: where a key is on the server the next one is fetched ahead of the end; where a person signs
//! the person is asked an hour ahead, and told when it is over.

use super::{
    super::{
        Desk,
        ports::{
            storage::Job,
            suz::{Door, KeptToken},
        },
        suz::{doors::Shut, link::Link},
    },
    Decision, back_off,
};
use crate::{
    ids::SuzConnectionId,
    problem::Problem,
    suz::{SigningWay, token::NOTICE_MILLIS},
    time::Timestamp,
};

/// How long before its end a token is replaced where nobody has to be asked, in milliseconds.
const AHEAD_MILLIS: i64 = 30 * 60 * 1000;

/// When a token is to be looked at next.
pub(in crate::server) fn next(way: SigningWay, token: &KeptToken, now: Timestamp) -> Timestamp {
    let ahead = match way {
        SigningWay::Browser => NOTICE_MILLIS,
        SigningWay::Server | SigningWay::DemoKey => AHEAD_MILLIS,
    };
    let notice = token.ends_at.plus_millis(-ahead);
    if now < notice { notice } else { token.ends_at }
}

/// Looks at the tokens of a link. Doors that nobody uses any more are left alone.
pub(super) async fn run(desk: &Desk, job: &Job) -> Result<Decision, Problem> {
    let id: SuzConnectionId = job.subject.parse().map_err(|_| Problem::NotFound)?;
    let link = {
        let mut tx = desk.read().await?;
        Link::read(&mut *tx, job.organisation, id).await?
    };
    let Some(link) = link else {
        return Ok(Decision::Done);
    };
    let mut looks = Vec::new();
    let mut trouble = None;
    for door in std::iter::once(link.true_api()).chain(link.suz()) {
        match keep(desk, &link, door).await {
            Ok(Some(at)) => looks.push(at),
            Ok(None) | Err(Shut::NoLogin { stopped: true, .. }) => {}
            Err(Shut::Problem(problem)) => return Err(problem),
            Err(shut) => trouble = Some(shut),
        }
    }
    desk.suz_changed(&link);
    match (trouble, looks.into_iter().min()) {
        (Some(_), _) => Ok(Decision::Again {
            at: desk.now().plus_seconds(back_off(job.attempts)),
            note: "вход в СУЗ не удался".into(),
        }),
        (None, Some(at)) => Ok(Decision::DoneUntil(at)),
        (None, None) => Ok(Decision::Done),
    }
}

/// Looks at one token; when to look again.
async fn keep(desk: &Desk, link: &Link, door: Door) -> Result<Option<Timestamp>, Shut> {
    let now = desk.now();
    let read = |row: Option<super::super::ports::suz::TokenRow>| row.and_then(|row| row.token);
    let Some(token) = read(
        desk.read()
            .await?
            .suz_token(link.organisation, door)
            .await?,
    ) else {
        return Ok(None);
    };
    let way = link.connection.way;
    let left = token.ends_at.millis_since(now);
    match way {
        SigningWay::Browser if left <= NOTICE_MILLIS => {
            desk.want_signature(link, door, None).await?;
            Ok((left > 0).then_some(token.ends_at))
        }
        SigningWay::Server | SigningWay::DemoKey if left <= AHEAD_MILLIS => {
            desk.refresh(link, door, AHEAD_MILLIS).await?;
            let row = desk
                .read()
                .await?
                .suz_token(link.organisation, door)
                .await?;
            Ok(read(row).map(|token| next(way, &token, desk.now())))
        }
        _ => Ok(Some(next(way, &token, now))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_800_000_000_000);

    #[test]
    fn a_person_is_asked_an_hour_ahead_and_told_at_the_end() {
        let token = KeptToken {
            value: "t".into(),
            fingerprint: "f".into(),
            obtained_at: NOW,
            ends_at: NOW.plus_seconds(36_000),
            worked: false,
        };
        let at = |way, seconds| next(way, &token, NOW.plus_seconds(seconds));
        assert_eq!(at(SigningWay::Browser, 0), NOW.plus_seconds(32_400));
        assert_eq!(at(SigningWay::Browser, 32_400), token.ends_at);
        assert_eq!(at(SigningWay::Server, 0), NOW.plus_seconds(34_200));
    }
}
