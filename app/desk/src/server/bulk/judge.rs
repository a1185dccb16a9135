//! Judging the rows of one order: the same decision for the preview, which binds nothing, and for sending.

use crate::{
    account::Actor,
    bulk::{Outlook, RowKind, RowVerdict},
    identifiers::Mark,
    ids::{LineId, OrderId, SlotId},
    orders::{
        LineView, MarkView, OrderPage, Part, closed,
        placing::{Board, Target, Verdict, Wish},
        readiness::{Hindrance, hindrances},
        shipped,
    },
    problem::Problem,
    server::{
        Desk,
        placing::record_of,
        ports::{
            batches::BatchRow,
            storage::{MarkRecord, Order, Transaction},
        },
    },
    submission::{Carrier, SubmissionState},
};

/// The rows of an order, judged.
pub(super) struct Judged {
    /// What became of each row.
    pub(super) verdicts: Vec<(u32, RowKind, RowVerdict)>,
    /// What will become of the order.
    pub(super) outlook: Outlook,
    /// The order as the store has it.
    pub(super) order: Order,
    /// The order's page with the codes in their slots as if they were bound.
    pub(super) page: OrderPage,
    /// What is to be bound.
    pub(super) placements: Vec<Placement>,
}

/// A code that goes into a slot.
pub(super) struct Placement {
    pub(super) slot: SlotId,
    pub(super) verdict: Verdict,
    pub(super) mark: MarkRecord,
    pub(super) raw: String,
}

impl Desk {
    /// Judges the rows of one order, in their order, and writes nothing.
    pub(super) async fn judge(
        &self,
        tx: &mut dyn Transaction,
        actor: &Actor,
        id: OrderId,
        rows: &[BatchRow],
    ) -> Result<Judged, Problem> {
        let organisation = actor.organisation;
        let order = tx.order(organisation, id).await?.ok_or(Problem::NotFound)?;
        let mut page = self.order_page(tx, actor, id).await?;
        let texts: Vec<&str> = rows.iter().map(|row| row.code.as_str()).collect();
        let mut board = self.board(tx, actor, &order, &texts).await?;
        let mut verdicts = Vec::with_capacity(rows.len());
        let mut placements = Vec::new();
        let mut troubled = 0;
        for row in rows {
            let (verdict, mark) = self
                .judge_row(tx, actor, &order, &mut board, &page, row)
                .await?;
            let harmless = matches!(&verdict, RowVerdict::Repeated { line } if rows.iter().any(|other| other.line == *line));
            if !verdict.is_good() && !harmless {
                troubled += 1;
            }
            let repaired = mark
                .as_ref()
                .is_some_and(|(mark, _)| mark.text() != row.code);
            let kind = match verdict.is_good() {
                true if repaired => RowKind::Repaired,
                true => RowKind::Good,
                false => RowKind::Trouble,
            };
            if let Some((mark, Verdict::Placed { line, slot })) = mark {
                fill(&mut page, line, slot, &mark);
                placements.push(Placement {
                    slot,
                    verdict: Verdict::Placed { line, slot },
                    mark: record_of(&mark),
                    raw: row.code.clone(),
                });
            }
            verdicts.push((row.number, kind, verdict));
        }
        page.changed_since |= !placements.is_empty();
        let outlook = outlook(&page, troubled);
        Ok(Judged {
            verdicts,
            outlook,
            order,
            page,
            placements,
        })
    }

    /// One row: its verdict, and its code with where the board put it.
    async fn judge_row(
        &self,
        tx: &mut dyn Transaction,
        actor: &Actor,
        order: &Order,
        board: &mut Board,
        page: &OrderPage,
        row: &BatchRow,
    ) -> Result<(RowVerdict, Option<(Mark, Verdict)>), Problem> {
        if row.code.trim().is_empty() {
            return Ok((RowVerdict::NoCode, None));
        }
        if let Some(line) = row.repeats {
            return Ok((RowVerdict::Repeated { line }, None));
        }
        let mut trial = board.clone();
        let promised = promised(row)
            .map(|wish| trial.place(&row.code, &wish))
            .filter(|placed| matches!(placed.verdict, Verdict::Placed { .. }));
        let placed = promised.unwrap_or_else(|| trial.place(&row.code, &Wish::default()));
        let Some(mark) = placed.mark else {
            return Ok((told(&placed.verdict, page), None));
        };
        if !matches!(placed.verdict, Verdict::AlreadyHere { .. })
            && let Some(binding) = tx.binding_of(actor.organisation, &mark.key()).await?
            && binding.order != order.id
        {
            let elsewhere = RowVerdict::BoundElsewhere {
                order: binding.number.to_string(),
                product: binding.product,
            };
            return Ok((elsewhere, None));
        }
        *board = trial;
        let verdict = told(&placed.verdict, page);
        Ok((verdict, Some((mark, placed.verdict))))
    }
}

/// Into which line the preview put a row's code, and a person pressed «send» to that. What was learned of products
/// since then, from the first orders of the same batch for one, does not unsay it.
fn promised(row: &BatchRow) -> Option<Wish> {
    match row.verdict {
        Some(RowVerdict::Fits {
            line: Some(line), ..
        }) => Some(Wish {
            target: Target::Line(line),
            anyway: true,
            reading: None,
        }),
        _ => None,
    }
}

/// A verdict of the board in the words of a batch, which has no lines to point at.
fn told(verdict: &Verdict, page: &OrderPage) -> RowVerdict {
    let product = |line: &LineId| name(page, *line);
    match verdict {
        Verdict::Placed { line, .. } => RowVerdict::Fits {
            product: product(line),
            line: Some(*line),
        },
        Verdict::AlreadyHere { line, .. } => RowVerdict::AlreadyThere {
            product: product(line),
        },
        Verdict::Unreadable => RowVerdict::Unreadable,
        Verdict::WhichCode => RowVerdict::WhichCode,
        Verdict::BoundElsewhere { order, product } => RowVerdict::BoundElsewhere {
            order: order.clone(),
            product: product.clone(),
        },
        Verdict::OtherProduct { product, .. } => RowVerdict::OtherProduct {
            product: product.clone(),
        },
        Verdict::WhichLine { lines } => RowVerdict::WhichLine {
            products: lines.iter().map(product).collect(),
        },
        Verdict::NoRoom { line } => RowVerdict::NoRoom {
            product: product(line),
        },
        Verdict::NotWanted => RowVerdict::NotWanted,
    }
}

fn name(page: &OrderPage, id: LineId) -> String {
    let line = page.lines.iter().find(|line| line.id == id);
    line.map(|line| line.name.clone()).unwrap_or_default()
}

/// Lays a code into its slot on the page.
fn fill(page: &mut OrderPage, line: LineId, slot: SlotId, mark: &Mark) {
    let line = page.lines.iter_mut().find(|known| known.id == line);
    let slot = line.and_then(|line| line.slots.iter_mut().find(|known| known.id == slot));
    if let Some(slot) = slot {
        slot.mark = Some(match mark {
            Mark::Cis(code) => MarkView::Cis(code.as_str().to_owned()),
            Mark::Uin(uin) => MarkView::Uin(uin.as_str().to_owned()),
        });
    }
}

/// What will become of an order as its page would be.
///
/// A file is no place for decisions about one order, so what a person may decide at the order itself (to leave a
/// line out, to take units out, to send in spite of a code too many) stops the order here.
fn outlook(page: &OrderPage, troubled: u32) -> Outlook {
    let found = hindrances(page);
    let has = |wanted: fn(&Hindrance) -> bool| found.iter().any(wanted);
    if page.carrier.is_none() {
        return Outlook::Model;
    }
    if closed(&page.status) {
        return Outlook::Closed;
    }
    if page.carrier == Some(Carrier::Boxes) && shipped(&page.status, page.substatus.as_deref()) {
        return Outlook::Shipped;
    }
    if has(|it| matches!(it, Hindrance::InFlight)) {
        return Outlook::BeingSent;
    }
    if page.lines.iter().all(|line| line.slots.is_empty()) {
        return Outlook::NotMarked;
    }
    if troubled > 0 {
        return Outlook::Troubled { rows: troubled };
    }
    if let Some(short) = lacking(page, &found) {
        return short;
    }
    if has(|it| matches!(it, Hindrance::Removes { .. })) {
        return Outlook::Removes;
    }
    let taken = page
        .submission
        .as_ref()
        .is_some_and(|submission| submission.state == SubmissionState::Accepted);
    if taken && !page.changed_since {
        return Outlook::SentBefore;
    }
    if has(Hindrance::blocks) {
        return Outlook::Layout;
    }
    Outlook::Goes
}

/// What an order lacks, when it lacks anything.
fn lacking(page: &OrderPage, found: &[Hindrance]) -> Option<Outlook> {
    let short = |line: &&LineView| {
        found.iter().any(|hindrance| match hindrance {
            Hindrance::Nothing => true,
            Hindrance::Incomplete { line: of, .. }
            | Hindrance::Lacks { line: of, .. }
            | Hindrance::LeftOut { line: of, .. } => *of == line.id,
            _ => false,
        })
    };
    let mut units = 0;
    let mut others = false;
    for line in page.lines.iter().filter(short) {
        for slot in &line.slots {
            let lacks = slot.lacks(&line.required);
            if lacks
                .iter()
                .any(|part| matches!(part, Part::Cis | Part::Uin))
            {
                units += 1;
            } else {
                others |= !lacks.is_empty();
            }
        }
    }
    if units > 0 {
        Some(Outlook::Lacks { units })
    } else {
        others.then_some(Outlook::LacksOthers)
    }
}
