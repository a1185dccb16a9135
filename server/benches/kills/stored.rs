//! What is stored, against what was meant and against what the marketplace took.

use crate::{
    recorded::taken,
    stage::{End, Expected, Stage},
};
use sandbox::market::ids::OrderId;
use std::collections::BTreeMap;

/// Rows of a query by the number of their order, each as one text.
type ByOrder = BTreeMap<i64, Vec<String>>;

/// What is stored of orders, table by table.
struct Stored {
    works: ByOrder,
    submissions: BTreeMap<i64, Vec<(i64, String, String)>>,
    slots: ByOrder,
    intake: ByOrder,
    verifications: ByOrder,
    shipments: ByOrder,
    batch: ByOrder,
    journal: BTreeMap<(String, String), i64>,
    codes: BTreeMap<String, i64>,
    bindings: BTreeMap<String, i64>,
}

/// The faults of what is stored.
pub(crate) async fn compare(
    stage: &Stage,
    figures: &mut BTreeMap<&'static str, u64>,
) -> Vec<String> {
    let stored = read(stage).await;
    let taken = taken(&stage.sandbox);
    let mut faults = of_batch(stage).await;
    for order in &stage.expected {
        let bodies = taken.get(&order.number).map_or(&[][..], Vec::as_slice);
        let found = of_order(&stored, order, bodies);
        faults.extend(
            found
                .into_iter()
                .map(|fault| format!("order {}, stored: {fault}", order.number)),
        );
    }
    let going = stage.expected.iter().filter(|order| order.end != End::Left);
    let meant: usize = going.map(|order| order.codes.len()).sum();
    if stored.codes.len() != meant {
        faults.push(format!(
            "{} codes are stored instead of {meant}",
            stored.codes.len()
        ));
    }
    let unknown = stored
        .journal
        .iter()
        .filter(|((_, action), _)| action == "submission_unknown");
    let unknown: i64 = unknown.map(|(_, number)| number).sum();
    figures.insert("calls cut off and found out", unknown.unsigned_abs());
    faults
}

async fn read(stage: &Stage) -> Stored {
    let by_order = async |query| {
        let mut by_order = ByOrder::new();
        for (number, text) in stage.database.rows::<(i64, String)>(query).await {
            by_order.entry(number).or_default().push(text);
        }
        by_order
    };
    let mut submissions: BTreeMap<i64, Vec<(i64, String, String)>> = BTreeMap::new();
    let query = "SELECT o.number, s.number, s.state, s.body FROM submissions s
        JOIN orders o ON o.organisation_id = s.organisation_id AND o.id = s.order_id ORDER BY s.number";
    for (order, number, state, body) in stage
        .database
        .rows::<(i64, i64, String, String)>(query)
        .await
    {
        submissions
            .entry(order)
            .or_default()
            .push((number, state, body));
    }
    let journal = "SELECT subject, action, COUNT(*) FROM journal GROUP BY subject, action";
    let journal = stage.database.rows::<(String, String, i64)>(journal).await;
    let codes = "SELECT mark_text, COUNT(*) FROM codes GROUP BY mark_text";
    let bindings = "SELECT c.mark_text, COUNT(*) FROM codes c
        JOIN code_events e ON e.organisation_id = c.organisation_id AND e.mark_key = c.mark_key
        WHERE e.kind = 'bound' GROUP BY c.mark_text";
    Stored {
        works: by_order("SELECT number, work FROM orders").await,
        submissions,
        slots: by_order(
            "SELECT o.number, CAST(l.item_id AS TEXT) || ' ' || s.mark_text FROM slots s
             JOIN lines l ON l.organisation_id = s.organisation_id AND l.order_id = s.order_id AND l.id = s.line_id
             JOIN orders o ON o.organisation_id = s.organisation_id AND o.id = s.order_id
             WHERE s.mark_text IS NOT NULL ORDER BY s.number",
        )
        .await,
        intake: by_order(
            "SELECT o.number, i.raw FROM intake i
             JOIN orders o ON o.organisation_id = i.organisation_id AND o.id = i.order_id ORDER BY i.raw",
        )
        .await,
        verifications: by_order(
            "SELECT o.number, COALESCE(v.light, 'none') || CASE WHEN v.next_at IS NULL THEN '' ELSE ', asked again' END
             FROM verifications v
             JOIN orders o ON o.organisation_id = v.organisation_id AND o.id = v.order_id",
        )
        .await,
        shipments: by_order(
            "SELECT o.number, s.state FROM shipments s
             JOIN orders o ON o.organisation_id = s.organisation_id AND o.id = s.order_id",
        )
        .await,
        batch: by_order("SELECT number, fate FROM batch_orders").await,
        journal: journal
            .into_iter()
            .map(|(subject, action, entries)| ((subject, action), entries))
            .collect(),
        codes: stage.database.rows(codes).await.into_iter().collect(),
        bindings: stage.database.rows(bindings).await.into_iter().collect(),
    }
}

fn of_order(stored: &Stored, expected: &Expected, taken: &[Vec<u8>]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut same = |what: &str, is: &[String], shall: &[String]| {
        if is != shall {
            faults.push(format!("{what}: {is:?} instead of {shall:?}"));
        }
    };
    let OrderId(number) = expected.number;
    let of = |table: &ByOrder| table.get(&number).cloned().unwrap_or_default();
    let goes = expected.end != End::Left;
    let one = |word: &str, there: bool| {
        if there {
            vec![word.to_owned()]
        } else {
            Vec::new()
        }
    };
    let codes: &[String] = if goes { &expected.codes } else { &[] };
    let work = match expected.end {
        End::Accepted => "accepted",
        End::Shipped => "shipped",
        End::Rework => "rework",
        End::Left => "needs_codes",
    };
    same("work", &of(&stored.works), &one(work, true));
    same(
        "in the batch",
        &of(&stored.batch),
        &one(if goes { "sent" } else { "stays" }, true),
    );
    let light = if expected.end == End::Rework {
        "rejected"
    } else {
        "passed"
    };
    let boxes = matches!(expected.end, End::Shipped | End::Rework);
    same(
        "verification",
        &of(&stored.verifications),
        &one(light, boxes),
    );
    let shipped = expected.end == End::Shipped;
    same("shipment", &of(&stored.shipments), &one("done", shipped));
    let slots: Vec<String> = codes
        .iter()
        .map(|code| format!("{} {code}", expected.item))
        .collect();
    same("slots", &of(&stored.slots), &slots);
    // As JSON: a text that came may hold what no database takes.
    let came: Vec<String> = codes
        .iter()
        .map(|code| serde_json::to_string(code).unwrap())
        .collect();
    same("intake", &of(&stored.intake), &came);
    // Each submission as stored: its body is that which the marketplace took, byte for byte.
    let submissions = stored
        .submissions
        .get(&number)
        .map_or(&[][..], Vec::as_slice);
    let submissions: Vec<String> = submissions
        .iter()
        .map(|(number, state, body)| format!("№ {number}, {state}: {body}"))
        .collect();
    let bodies: Vec<String> = taken
        .iter()
        .map(|body| format!("№ 1, accepted: {}", String::from_utf8_lossy(body)))
        .collect();
    same("submissions beside what was taken", &submissions, &bodies);
    for code in codes {
        let times = |table: &BTreeMap<String, i64>| {
            one(
                &table.get(code).copied().unwrap_or_default().to_string(),
                true,
            )
        };
        same(
            "times the code is kept",
            &times(&stored.codes),
            &one("1", true),
        );
        same(
            "times it was bound",
            &times(&stored.bindings),
            &one("1", true),
        );
    }
    faults.extend(of_journal(&stored.journal, expected));
    faults
}

/// How often the journal tells of each step of an order: never twice.
fn of_journal(journal: &BTreeMap<(String, String), i64>, expected: &Expected) -> Vec<String> {
    let OrderId(number) = expected.number;
    let goes = expected.end != End::Left;
    let shipped = expected.end == End::Shipped;
    let bound = expected.codes.iter().filter(|_| goes).count();
    let mut faults = Vec::new();
    for (action, times) in [
        ("code_bound", bound),
        ("submission_stored", goes.into()),
        ("submission_accepted", goes.into()),
        ("codes_verified", shipped.into()),
        ("code_rejected", (expected.end == End::Rework).into()),
        ("shipping_asked", shipped.into()),
        ("shipped", shipped.into()),
        ("submission_refused", 0),
        ("submission_conflict", 0),
        ("shipping_refused", 0),
    ] {
        let entry = (number.to_string(), action.to_owned());
        let entries = journal.get(&entry).copied().unwrap_or_default();
        if entries.unsigned_abs() != times as u64 {
            faults.push(format!("{action}: {entries} instead of {times}"));
        }
    }
    faults
}

/// The batch itself: nothing of the file is lost, and every row has its verdict.
async fn of_batch(stage: &Stage) -> Vec<String> {
    let mut faults = Vec::new();
    let mut same = |what: &str, is: String, shall: String| {
        if is != shall {
            faults.push(format!("{what}: {is} instead of {shall}"));
        }
    };
    let batches: Vec<(String, i64)> = stage
        .database
        .rows("SELECT state, row_count FROM batches")
        .await;
    let good = stage.file.lines().count() as u64 - 1 - stage.hopeless;
    let rows = good + stage.hopeless;
    same(
        "batches",
        format!("{batches:?}"),
        format!("{:?}", [("done", rows)]),
    );
    let mut kinds: Vec<(String, i64)> = stage
        .database
        .rows("SELECT kind, COUNT(*) FROM batch_rows WHERE verdict IS NOT NULL GROUP BY kind")
        .await;
    kinds.sort();
    let meant = [("good", good), ("trouble", stage.hopeless)];
    same("rows", format!("{kinds:?}"), format!("{meant:?}"));
    let orders: Vec<(String, i64)> = stage
        .database
        .rows("SELECT fate, COUNT(*) FROM batch_orders GROUP BY fate ORDER BY fate")
        .await;
    let goes = stage.expected.len() as u64 - stage.ending(End::Left);
    let meant = [("sent", goes), ("stays", stage.hopeless)];
    same("orders", format!("{orders:?}"), format!("{meant:?}"));
    let lost: Vec<(i64, String)> = stage
        .database
        .rows(
            "SELECT b.number, b.fate FROM batch_orders b LEFT JOIN submissions s
                 ON s.organisation_id = b.organisation_id AND s.id = b.submission_id AND s.order_id = b.order_id
             WHERE b.fate = 'sent' AND s.id IS NULL",
        )
        .await;
    same(
        "orders whose submission is another's",
        format!("{lost:?}"),
        "[]".to_owned(),
    );
    if let Some(batch) = stage
        .desk
        .batches(&stage.actor)
        .await
        .unwrap()
        .batches
        .first()
    {
        let failed = stage
            .desk
            .failed_rows(&stage.actor, batch.id)
            .await
            .unwrap();
        same(
            "rows to download",
            failed.rows.len().to_string(),
            stage.hopeless.to_string(),
        );
    }
    faults
}
