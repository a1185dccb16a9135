//! `metka suz …`, the program's own commands, from an order to its labels.

use crate::{
    harness::{World, both},
    suz::{DEVICE, OMS_ID},
};
use desk::{
    journal::Action,
    suz::{
        Contour, SigningWay,
        paste::PastedIds,
        view::{ConnectAnswer, ConnectSuz},
    },
};
use sandbox::{
    Clock, Effect, Fault,
    crpt::emission::{EmissionRulesChange, OrderTurn},
};
use serde_json::Value;
use std::process::Stdio;
use tokio::process::Command;

const EMAIL: &str = "anna@example.com";
const GTIN: &str = "04606038003172";
const ID: &str = "0192f0c1-2345-7000-8000-0123456789ab";

/// What a command said and how it ended.
struct Said {
    code: i32,
    out: String,
    err: String,
}

impl Said {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|_| panic!("{}{}", self.out, self.err))
    }
}

async fn metka(world: &World, words: &str) -> Said {
    let settings = &world.settings;
    let mut command = Command::new(env!("CARGO_BIN_EXE_metka"));
    command
        .args(["suz"])
        .args(words.split(' '))
        .env("METKA_AS", EMAIL)
        .env("METKA_DATA_DIR", &settings.data_dir)
        .env("METKA_SANDBOX", "on")
        .env(
            "METKA_SANDBOX_ADDR",
            world.sandbox_url.trim_start_matches("http://"),
        )
        .env("METKA_LOG", "error")
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .env("LANG", "C.UTF-8")
        .stdin(Stdio::null())
        .kill_on_drop(true);
    if let Some(url) = &settings.database_url {
        command.env("METKA_DATABASE_URL", url);
    }
    let output = command.output().await.unwrap();
    Said {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

both! {
    clock: Clock::live();

    async fn codes_are_ordered_received_closed_and_printed_by_commands(world: World) {
        let rules = EmissionRulesChange::at_once();
        world.sandbox.change_emission_rules(rules).unwrap();
        let company = world.company(EMAIL).await;
        world.connected(&company, SigningWay::DemoKey, OMS_ID, DEVICE).await;

        let check = metka(&world, "check").await;
        assert_eq!(check.code, 0, "{}{}", check.out, check.err);
        assert!(check.out.contains("passed\tping\t"), "{}", check.out);

        let order = format!("order --id {ID} --group lp --line {GTIN}:10");
        let made = metka(&world, &order).await;
        assert_eq!(made.code, 0, "{}{}", made.out, made.err);
        assert!(made.out.starts_with(&format!("{ID}\tready\t")), "{}", made.out);
        assert_eq!(metka(&world, &order).await.code, 0, "given again, it is the same order");
        assert_eq!(world.sandbox.emission_orders().len(), 1);

        let fetch = format!("fetch {ID}");
        let fetched = metka(&world, &fetch).await;
        let whole = (0, format!("{GTIN}\twhole\t10\t10\t\n"));
        assert_eq!((fetched.code, fetched.out), whole, "{}", fetched.err);
        let close = format!("close {ID} --json");
        let asked = |world: &World| world.sandbox.received().iter().filter(|it| it.path.ends_with("order/close")).count();
        for again in ["first", "given again"] {
            let closed = metka(&world, &close).await;
            assert_eq!(closed.code, 0, "{again}: {}{}", closed.out, closed.err);
            assert_eq!(closed.json()["card"]["state"], "closed");
            assert_eq!(asked(&world), 1, "{again}");
        }
        let fetched = metka(&world, &fetch).await;
        assert_eq!((fetched.code, fetched.out), whole, "given again: {}", fetched.err);

        let status = metka(&world, "status --json").await.json();
        assert_eq!(status["orders"][0]["received"], 10);
    }

    async fn labels_are_printed_once_and_again_only_when_that_is_said(world: World) {
        let rules = EmissionRulesChange::at_once();
        world.sandbox.change_emission_rules(rules).unwrap();
        let company = world.company(EMAIL).await;
        world.connected(&company, SigningWay::DemoKey, OMS_ID, DEVICE).await;
        let order = format!("order --id {ID} --group lp --line {GTIN}:10");
        assert_eq!(metka(&world, &order).await.code, 0);
        assert_eq!(metka(&world, &format!("fetch {ID}")).await.code, 0);
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).display().to_string();
        let files = || std::fs::read_dir(folder.path()).unwrap().count();

        // What cannot be right takes no code: a number that lost digits, sheets for a label printer.
        for words in [
            format!("labels --gtin 4606038003 --count 3 --out {}", path("a")),
            format!("labels --gtin {GTIN} --count 3 --format zpl --medium sheet_24 --out {}", path("a")),
        ] {
            let said = metka(&world, &words).await;
            assert_eq!((said.code, files()), (1, 0), "{words}: {}{}", said.out, said.err);
        }
        let free = world.desk().printable(&company.actor, GTIN.parse().unwrap()).await.unwrap();
        assert_eq!(free, 10);

        let bare = GTIN.trim_start_matches('0');
        let labels = format!("labels --gtin {bare} --count 3 --out {}", path("a"));
        let printed = metka(&world, &labels).await;
        assert_eq!(printed.code, 0, "{}{}", printed.out, printed.err);
        assert!(std::fs::read(path("a")).unwrap().starts_with(b"%PDF-"));
        assert_eq!(metka(&world, &labels).await.code, 1, "what lies there is not overwritten");
        assert_eq!(files(), 1);
        let (run, _) = printed.out.split_once('\t').unwrap();
        let runs = metka(&world, "labels --runs").await;
        assert_eq!((runs.code, runs.out), (0, printed.out.clone()), "the second command took no codes");

        let again = format!("labels --reprint {run} --from 2 --to 3 --out {}", path("b"));
        let unsaid = metka(&world, &again).await;
        assert_eq!((unsaid.code, files()), (1, 1), "{}{}", unsaid.out, unsaid.err);
        assert!(unsaid.out.contains("--yes-again"), "{}", unsaid.out);
        let said = metka(&world, &format!("{again} --yes-again --json")).await;
        assert_eq!(said.code, 0, "{}{}", said.out, said.err);
        assert_eq!(said.json()["file"], serde_json::json!([2, 3]));
        assert!(std::fs::read(path("b")).unwrap().starts_with(b"%PDF-"));
        let journal = world.desk().journal(&company.actor).await.unwrap();
        let kept = journal.iter().filter(|entry| entry.action == Action::CodesPrintedAgain).count();
        assert_eq!(kept, 1);
    }

    async fn an_order_that_came_to_nothing_is_not_waited_for(world: World) {
        let slow = EmissionRulesChange { ready_ms: Some(3_600_000), ..EmissionRulesChange::at_once() };
        world.sandbox.change_emission_rules(slow).unwrap();
        let company = world.company(EMAIL).await;
        world.connected(&company, SigningWay::DemoKey, OMS_ID, DEVICE).await;
        let order = format!("order --id {ID} --group lp --line {GTIN}:10 --wait 1");
        assert_eq!(metka(&world, &order).await.code, 3);
        let theirs = world.sandbox.emission_orders()[0].order_id.clone();
        let words = "GTIN 04606038003172 не найден";
        let declined = OrderTurn { decline: Some(words.into()), ..OrderTurn::default() };
        world.sandbox.turn_emission_order(&theirs, declined).unwrap();
        for _ in 0..2 {
            let close = metka(&world, &format!("close {ID} --wait 60")).await;
            assert_eq!(close.code, 1, "{}{}", close.out, close.err);
            assert!(close.out.contains("\tdeclined\t") && close.out.contains(words), "{}", close.out);
        }
        let fetch = metka(&world, &format!("fetch {ID} --wait 60")).await;
        assert_eq!(fetch.code, 1, "{}{}", fetch.out, fetch.err);
        assert!(fetch.out.contains(words), "{}", fetch.out);
    }

    async fn a_check_goes_on_to_a_test_order_when_it_is_asked_for(world: World) {
        let rules = EmissionRulesChange::at_once();
        world.sandbox.change_emission_rules(rules).unwrap();
        let company = world.company(EMAIL).await;
        world.connected(&company, SigningWay::DemoKey, OMS_ID, DEVICE).await;
        let check = format!("check --order --group lp --line {GTIN}:");
        let many = metka(&world, &format!("{check}11")).await;
        assert_eq!(many.code, 1, "{}{}", many.out, many.err);
        assert!(world.sandbox.emission_orders().is_empty());
        for again in ["first", "given again"] {
            let few = metka(&world, &format!("{check}3 --id {ID}")).await;
            assert_eq!(few.code, 0, "{again}: {}{}", few.out, few.err);
            assert!(few.out.contains("passed\ttest_order\t3"), "{}", few.out);
            assert_eq!(world.sandbox.emission_orders().len(), 1);
        }
    }

    async fn a_test_order_in_production_is_confirmed_first(world: World) {
        let company = world.company(EMAIL).await;
        let form = ConnectSuz {
            legal_entity: company.entity.id,
            contour: Contour::Production,
            ids: PastedIds { oms_id: OMS_ID.into(), connection: DEVICE.into(), edo_id: String::new() },
            device_name: "Метка".into(),
            way: SigningWay::Browser,
        };
        let connected = world.desk().connect_suz(&company.actor, form).await.unwrap();
        assert!(matches!(connected, ConnectAnswer::Connected(_)), "{connected:?}");
        let check = format!("check --order --group lp --line {GTIN}:3");
        let said = metka(&world, &check).await;
        assert_eq!(said.code, 1, "{}{}", said.out, said.err);
        assert!(said.out.contains("--yes-pay"), "{}", said.out);
        let typed = metka(&world, &format!("{check} --json")).await.json();
        assert_eq!(typed["may_cost"]["codes"], 3);
        assert!(world.desk().emissions(&company.actor, None).await.unwrap().orders.is_empty());
    }

    async fn codes_are_annulled_by_their_number_alone(world: World) {
        let rules = EmissionRulesChange::at_once();
        world.sandbox.change_emission_rules(rules).unwrap();
        // They are there, and nobody gets them.
        let trouble = Fault::new(Effect::Error { status: 500 });
        world.sandbox.add_fault(trouble.exact_path("/suz-host/api/v3/codes").times(1_000));
        let company = world.company(EMAIL).await;
        world.connected(&company, SigningWay::DemoKey, OMS_ID, DEVICE).await;
        let order = format!("order --id {ID} --group lp --line {GTIN}:10");
        assert_eq!(metka(&world, &order).await.code, 0);
        for (annul, code) in [("", 1), (" --annul 9", 1), (" --annul 10", 0)] {
            let close = metka(&world, &format!("close {ID}{annul}")).await;
            assert_eq!(close.code, code, "{annul}: {}{}", close.out, close.err);
            assert_eq!(close.out.contains("--annul 10"), code == 1, "{}", close.out);
        }
        let order = &world.sandbox.emission_orders()[0];
        assert!(order.buffers[0].closing.is_some());
    }

    async fn what_cannot_be_right_is_told_and_nothing_is_made(world: World) {
        let company = world.company(EMAIL).await;
        world.connected(&company, SigningWay::DemoKey, OMS_ID, DEVICE).await;
        for (words, code) in [
            // A wrong check digit, no GTIN, no number, a group that is none.
            ("order --group lp --line 04606038003173:10", 1),
            ("order --group lp --line boots:10", 1),
            ("order --group lp --line 04606038003172:many", 1),
            ("order --group boots --line 04606038003172:10", 1),
            ("order --group lp --line 04606038003172", 1),
            ("order --group lp", 2),
            ("status 1234", 2),
            ("status 0192f0c1-2345-7000-8000-000000000000", 1),
            ("status --email nobody@example.com", 1),
            ("check --line 04606038003172:3", 2),
            ("check --order", 2),
            ("labels --out labels.pdf", 2),
            ("labels --gtin 04606038003172 --count 1", 2),
        ] {
            let said = metka(&world, words).await;
            assert_eq!(said.code, code, "{words}: {}{}", said.out, said.err);
            assert!(!said.out.is_empty() || !said.err.is_empty(), "{words}");
        }
        let wrong = "order --group lp --line 04606038003173:0";
        let said = metka(&world, wrong).await;
        let lines: Vec<_> = said.out.lines().collect();
        assert_eq!(lines.len(), 2, "{}", said.out);
        assert!(lines[0].starts_with("Товар 1: Контрольная цифра не сходится"), "{}", said.out);
        let said = metka(&world, &format!("{wrong} --lang en")).await;
        assert!(said.out.starts_with("Goods 1: The check digit is wrong"), "{}", said.out);
        let said = metka(&world, &format!("{wrong} --json")).await.json();
        assert_eq!(said["faults"][0]["place"], serde_json::json!({ "gtin": 0 }));
        assert!(world.sandbox.emission_orders().is_empty());
        let list = world.desk().emissions(&company.actor, None).await.unwrap();
        assert_eq!(list.orders, []);
    }
}
