//! The stock of codes: the list, one code with its history, and its pages for a file.

pub mod news;

use super::{
    Desk,
    ports::{
        codes::{CodeQuery, KeptCode, PastEvent, Sending},
        stock::{BlockSource, StockCode, StockSearch},
        storage::{JournalEntry, Transaction},
    },
    when::{midnight, when},
};
use crate::{
    account::{Actor, Permission},
    codes::{
        CodeList, CodePage, CodeRow, CodeState, Cursor, EventKind, Filter, OrderName, Origin,
        PAGE_SIZE, Step, StepView, StockSource,
    },
    ids::OrganisationId,
    journal::Action,
    problem::Problem,
    submission::SubmissionState,
    time::Timestamp,
};
use cis::{GS, Gtin, MarkingCode};

/// Codes of a file read at once: enough that reading is no more than a moment, few enough to be no weight.
const EXPORTED_AT_ONCE: u32 = 1000;

impl Desk {
    /// A page of the stock.
    pub async fn codes(&self, actor: &Actor, filter: &Filter) -> Result<CodeList, Problem> {
        let mut tx = self.read().await?;
        let after = filter.after.as_ref();
        let (rows, next) = self
            .codes_behind(&mut *tx, actor.organisation, filter, after, PAGE_SIZE)
            .await?;
        let any = !rows.is_empty()
            || tx.has_codes(actor.organisation).await?
            || !tx.piles(actor.organisation).await?.is_empty();
        Ok(CodeList {
            rows,
            next,
            any,
            may_export: actor.role.may(Permission::ExportCodes),
        })
    }

    /// Begins taking what a filter shows away as a file, which the journal keeps.
    pub async fn begin_export(&self, actor: &Actor, filter: &Filter) -> Result<(), Problem> {
        if !actor.role.may(Permission::ExportCodes) {
            return Err(Problem::Forbidden {
                permission: Permission::ExportCodes,
            });
        }
        let shown = |(name, value): (&'static str, String)| format!("{name}={value}");
        let told = Filter {
            search: without_tail(&filter.search),
            after: None,
            ..filter.clone()
        };
        let parameters: Vec<String> = told.parameters().into_iter().map(shown).collect();
        let mut tx = self.write().await?;
        let entry = JournalEntry {
            at: self.now(),
            user: Some(actor.user),
            action: Action::CodesExported,
            subject: String::new(),
            detail: parameters.join(" "),
        };
        tx.write_journal(actor.organisation, &entry).await?;
        Ok(tx.commit().await?)
    }

    /// The next codes of a file, with where the ones after them begin.
    pub async fn export_codes(
        &self,
        actor: &Actor,
        filter: &Filter,
        after: Option<&Cursor>,
    ) -> Result<(Vec<CodeRow>, Option<Cursor>), Problem> {
        let mut tx = self.read().await?;
        self.codes_behind(
            &mut *tx,
            actor.organisation,
            filter,
            after,
            EXPORTED_AT_ONCE,
        )
        .await
    }

    async fn codes_behind(
        &self,
        tx: &mut dyn Transaction,
        organisation: OrganisationId,
        filter: &Filter,
        after: Option<&Cursor>,
        most: u32,
    ) -> Result<(Vec<CodeRow>, Option<Cursor>), Problem> {
        let query = CodeQuery {
            filter,
            from: filter.from.and_then(|day| midnight(day, 0)),
            until: filter.to.and_then(|day| midnight(day, 1)),
            after,
            // One more tells whether there is another page.
            limit: most.saturating_add(1),
        };
        let now = self.now();
        // Codes that nobody scanned yet lie in the stock: each list is read as far as the page may need it.
        let search = StockSearch {
            filter,
            from: query.from,
            until: query.until,
            after,
            limit: query.limit,
        };
        let mut kept = tx.codes(organisation, &query).await?;
        let stocked = tx.search_stock(organisation, &search).await?;
        let mut products: Vec<(Gtin, Option<String>)> = Vec::new();
        for code in stocked {
            let product =
                if let Some((_, product)) = products.iter().find(|(gtin, _)| *gtin == code.gtin) {
                    product.clone()
                } else {
                    let product = product_of(tx, organisation, code.gtin).await?;
                    products.push((code.gtin, product.clone()));
                    product
                };
            kept.push(of_stock(code, product));
        }
        kept.sort_by(|one, other| (other.came_at, &other.key).cmp(&(one.came_at, &one.key)));
        let shown = usize::try_from(most).unwrap_or(usize::MAX);
        let more = kept.len() > shown;
        kept.truncate(shown);
        let next = kept.last().filter(|_| more).map(|last| Cursor {
            at: last.came_at,
            key: last.key.clone(),
        });
        Ok((kept.into_iter().map(|code| row(code, now)).collect(), next))
    }

    /// One code with its history.
    pub async fn code(&self, actor: &Actor, key: &str) -> Result<CodePage, Problem> {
        let organisation = actor.organisation;
        let now = self.now();
        let mut tx = self.read().await?;
        let stocked = tx.stock_code(organisation, key).await?;
        let source = match &stocked {
            Some(code) => Some(stock_source(&mut *tx, organisation, code, now).await?),
            None => None,
        };
        let scanned = tx.code(organisation, key).await?;
        let known = scanned.is_some();
        let kept = match (scanned, stocked.clone()) {
            (Some(kept), _) => kept,
            (None, Some(code)) => {
                let product = product_of(&mut *tx, organisation, code.gtin).await?;
                of_stock(code, product)
            }
            (None, None) => return Err(Problem::NotFound),
        };
        let events = tx.code_history(organisation, key).await?;
        let mut moments = vec![Moment {
            at: kept.came_at,
            step: Step::Came(kept.origin),
            who: kept.came_by.clone().map(String::from),
            order: kept.came_for,
        }];
        // Into the stock it came before anybody scanned it, or by another way afterwards.
        moments.extend(stocked.filter(|_| known).map(|code| Moment {
            at: code.came_at,
            step: Step::Came(Some(origin_of(&code))),
            who: None,
            order: None,
        }));
        moments.extend(events.iter().map(told));
        for stay in stays(&events) {
            let sendings = tx.sendings(organisation, stay.order.id).await?;
            moments.extend(
                sendings
                    .iter()
                    .filter(|sending| stay.had(sending))
                    .flat_map(|sending| sent(sending, stay.order)),
            );
        }
        // What happened at one moment stays in the order in which it was found: came, moved, sent, answered.
        moments.sort_by_key(|moment| moment.at);
        let view = |moment: Moment| StepView {
            at: when(moment.at, now, true),
            step: moment.step,
            who: moment.who,
            order: moment.order,
        };
        Ok(CodePage {
            code: row(kept, now),
            steps: moments.into_iter().map(view).collect(),
            source,
        })
    }
}

async fn product_of(
    tx: &mut dyn Transaction,
    organisation: OrganisationId,
    gtin: Gtin,
) -> Result<Option<String>, Problem> {
    let known = tx.product_of_gtin(organisation, gtin.as_str()).await?;
    Ok(known.map(|(_, product)| product.name))
}

const fn origin_of(code: &StockCode) -> Origin {
    if code.emission.is_some() {
        Origin::Emitted
    } else {
        Origin::Imported
    }
}

/// A code of the stock that nobody scanned yet, as the list of codes has it.
fn of_stock(code: StockCode, product: Option<String>) -> KeptCode {
    KeptCode {
        origin: Some(origin_of(&code)),
        key: code.key,
        text: code.text,
        gtin: Some(code.gtin.to_string()),
        product,
        state: CodeState::Free,
        order: None,
        came_by: None,
        came_for: None,
        came_at: code.came_at,
    }
}

/// Where a code of the stock comes from.
async fn stock_source(
    tx: &mut dyn Transaction,
    organisation: OrganisationId,
    code: &StockCode,
    now: Timestamp,
) -> Result<StockSource, Problem> {
    let block = tx.stock_block(organisation, code.block).await?;
    let file = block.as_ref().and_then(|block| match &block.source {
        BlockSource::File(name) => Some(name.clone()),
        BlockSource::Emission(_) => None,
    });
    let station = block.and_then(|block| block.station);
    Ok(StockSource {
        emission: code.emission,
        file,
        block: station.map_or_else(|| code.block.to_string(), |block| block.as_str().to_owned()),
        expires: code.expires.map(|at| when(at, now, true)),
    })
}

/// A line of the history before it is dressed for a page.
struct Moment {
    at: Timestamp,
    step: Step,
    who: Option<String>,
    order: Option<OrderName>,
}

fn row(code: KeptCode, now: Timestamp) -> CodeRow {
    CodeRow {
        key: code.key,
        text: code.text,
        gtin: code.gtin,
        product: code.product,
        state: code.state,
        order: code.order,
        origin: code.origin,
        came: when(code.came_at, now, true),
    }
}

fn told(event: &PastEvent) -> Moment {
    Moment {
        at: event.at,
        step: Step::Event(event.kind, event.words.clone()),
        who: event.who.clone().map(String::from),
        order: event.order,
    }
}

/// The time that a code lay in one order.
struct Stay<'e> {
    order: OrderName,
    from: &'e PastEvent,
    to: Option<&'e PastEvent>,
}

impl Stay<'_> {
    /// Whether a submission of the order was made while the code lay there. The slots' revision tells it exactly;
    /// entries that were taken over from the journal have only their time.
    fn had(&self, sending: &Sending) -> bool {
        let is_after = |event: &PastEvent| match event.slots_revision {
            Some(revision) => sending.slots_revision >= revision,
            None => sending.stored_at >= event.at,
        };
        is_after(self.from) && !self.to.is_some_and(is_after)
    }
}

/// Every time that the code lay in an order.
fn stays(events: &[PastEvent]) -> Vec<Stay<'_>> {
    let mut stays: Vec<Stay<'_>> = Vec::new();
    for event in events {
        match (event.kind, event.order) {
            (EventKind::Bound, Some(order)) => stays.push(Stay {
                order,
                from: event,
                to: None,
            }),
            (kind, _) if kind.frees() => {
                if let Some(last) = stays.last_mut() {
                    last.to = last.to.or(Some(event));
                }
            }
            _ => {}
        }
    }
    stays
}

/// What a submission did: it left, and what came of it. One of which nothing ever left, did nothing.
fn sent(sending: &Sending, order: OrderName) -> Vec<Moment> {
    let number = sending.number;
    let Some(left) = sending.sent_at else {
        return Vec::new();
    };
    let mut moments = vec![Moment {
        at: left,
        step: Step::Sent(number),
        who: sending.who.clone().map(String::from),
        order: Some(order),
    }];
    let end = match sending.state {
        SubmissionState::Accepted => Some(Step::Accepted(number)),
        SubmissionState::Refused => Some(Step::Refused(number, sending.refusal.clone())),
        SubmissionState::Conflict => Some(Step::Conflict(number)),
        _ => None,
    };
    moments.extend(end.zip(sending.settled_at).map(|(step, at)| Moment {
        at,
        step,
        who: None,
        order: Some(order),
    }));
    moments
}

/// A searched text as the journal may keep it: no whole code may be there, however it is spelled.
fn without_tail(text: &str) -> String {
    match text.parse::<MarkingCode>() {
        Ok(code) => code.ki().as_str().to_owned(),
        Err(_) => text.split(GS).next().unwrap_or_default().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{MarketOrderId, OrderId};

    fn name(n: i64) -> OrderName {
        OrderName {
            id: OrderId::from_parts(1, [u8::try_from(n).unwrap(); 10]),
            number: MarketOrderId(n),
        }
    }

    fn event(kind: EventKind, order: i64, at: i64, revision: Option<i64>) -> PastEvent {
        PastEvent {
            at: Timestamp(at),
            kind,
            who: None,
            order: Some(name(order)),
            slots_revision: revision,
            words: None,
        }
    }

    fn sending(number: u32, stored_at: i64, revision: i64) -> Sending {
        Sending {
            number,
            state: SubmissionState::Accepted,
            slots_revision: revision,
            who: None,
            stored_at: Timestamp(stored_at),
            sent_at: Some(Timestamp(stored_at)),
            settled_at: Some(Timestamp(stored_at)),
            refusal: None,
        }
    }

    #[test]
    fn a_code_was_in_what_was_sent_while_it_lay_there_whatever_the_clock_says() {
        // All at one moment, as a clock set back can make it: the revisions still tell.
        let events = [
            event(EventKind::Bound, 1, 5, Some(2)),
            event(EventKind::Unbound, 1, 5, Some(4)),
            event(EventKind::Bound, 2, 5, Some(1)),
        ];
        let stays = stays(&events);
        assert_eq!(stays.len(), 2);
        let had: Vec<bool> = [1, 2, 3, 4, 5]
            .iter()
            .map(|revision| stays[0].had(&sending(1, 5, *revision)))
            .collect();
        assert_eq!(had, [false, true, true, false, false]);
        assert!(stays[1].had(&sending(1, 5, 1)));
    }

    #[test]
    fn entries_without_a_revision_are_told_by_their_time() {
        let events = [
            event(EventKind::Bound, 1, 10, None),
            event(EventKind::Freed, 1, 20, None),
        ];
        let stays = stays(&events);
        let had = |at| stays[0].had(&sending(1, at, 0));
        assert_eq!(
            [had(9), had(10), had(19), had(20)],
            [false, true, true, false]
        );
    }

    #[test]
    fn what_never_left_is_not_told_as_sent() {
        let mut taken_back = sending(1, 5, 1);
        taken_back.sent_at = None;
        assert!(sent(&taken_back, name(1)).is_empty());
        let steps: Vec<Step> = sent(&sending(2, 5, 1), name(1))
            .into_iter()
            .map(|moment| moment.step)
            .collect();
        assert_eq!(steps, [Step::Sent(2), Step::Accepted(2)]);
    }

    #[test]
    fn no_whole_code_reaches_the_journal() {
        assert_eq!(without_tail("ab\u{1d}93Zjqw"), "ab");
        for whole in ["\u{1d}", "\\u001d", "<GS>"] {
            let code = format!("0104670033010053215tm!Kq2bV0001{whole}93Zjqw");
            assert_eq!(without_tail(&code), "0104670033010053215tm!Kq2bV0001");
        }
    }
}
