//! `metka suz …`, the program's own commands, from an order to its labels.

use crate::{
    harness::{World, both},
    suz::{DEVICE, OMS_ID},
};
use desk::suz::SigningWay;
use sandbox::{Clock, crpt::emission::EmissionRulesChange};
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

        let fetched = metka(&world, &format!("fetch {ID}")).await;
        assert_eq!((fetched.code, fetched.out.as_str()), (0, &*format!("{GTIN}\twhole\t10\t10\n")), "{}", fetched.err);
        let closed = metka(&world, &format!("close {ID} --json")).await;
        assert_eq!(closed.code, 0, "{}{}", closed.out, closed.err);
        assert_eq!(closed.json()["card"]["state"], "closed");

        let out = world.settings.data_dir.join("labels.pdf");
        let labels = format!("labels --gtin {GTIN} --count 3 --out {}", out.display());
        let printed = metka(&world, &labels).await;
        assert_eq!(printed.code, 0, "{}{}", printed.out, printed.err);
        assert!(std::fs::read(&out).unwrap().starts_with(b"%PDF-"));
        assert_eq!(metka(&world, &labels).await.code, 1, "what lies there is not overwritten");

        let status = metka(&world, "status --json").await.json();
        assert_eq!(status["orders"][0]["received"], 10);
    }

    async fn codes_are_annulled_by_their_number_alone(world: World) {
        let slow = EmissionRulesChange {
            fill_ms: Some(99_000_000),
            ..EmissionRulesChange::at_once()
        };
        world.sandbox.change_emission_rules(slow).unwrap();
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
        ] {
            let said = metka(&world, words).await;
            assert_eq!(said.code, code, "{words}: {}{}", said.out, said.err);
            assert!(!said.out.is_empty() || !said.err.is_empty(), "{words}");
        }
        assert!(world.sandbox.emission_orders().is_empty());
        let list = world.desk().emissions(&company.actor, None).await.unwrap();
        assert_eq!(list.orders, []);
    }
}
