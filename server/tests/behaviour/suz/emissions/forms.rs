//! The form of an order: what it begins with, and how a page without scripts gets it back.

use super::{Customer, GTIN, clothes, emission};
use crate::{
    harness::{PASSWORD, World, both},
    http::{Answer, call, cookie, get, served},
    suz::as_role,
};
use desk::{
    account::Role,
    ids::EmissionId,
    problem::Problem,
    server::suz::FormAsk,
    suz::{
        emission::{
            EmissionState,
            view::{OrderAnswer, OrderCodes, OrderForm},
        },
        new_emission::{DraftLine, EmissionDraft, FaultPlace},
    },
};
use http::{Request, header};
use sandbox::faults::{Effect, Stage};

const SERIALS: &str = "QIQ8BQCXmSJ1\nQIQ8BQCX<&\"2";

/// Two serial numbers of one's own, as somebody pasted them.
fn own_serials() -> EmissionDraft {
    let mut draft = clothes("2");
    draft.lines[0].serials = Some(SERIALS.into());
    draft
}

impl World {
    async fn form(&self, who: &Customer, ask: FormAsk<'_>) -> OrderForm {
        self.desk()
            .order_form(&who.company.actor, ask)
            .await
            .unwrap()
    }

    async fn kept(&self, who: &Customer, n: u64) -> OrderForm {
        let ask = FormAsk {
            kept: Some(emission(n)),
            ..FormAsk::default()
        };
        self.form(who, ask).await
    }

    async fn repeated(&self, who: &Customer, n: u64) -> EmissionDraft {
        let ask = FormAsk {
            repeat: Some(emission(n)),
            ..FormAsk::default()
        };
        self.form(who, ask).await.draft
    }

    async fn keep(&self, who: &Customer, n: u64, draft: EmissionDraft) -> OrderAnswer {
        let order = OrderCodes {
            id: emission(n),
            connection: who.link,
            draft,
            anyway: false,
        };
        let actor = &who.company.actor;
        let answer = self.desk().order_codes(actor, order.clone()).await.unwrap();
        self.desk()
            .keep_form(actor, order, answer.clone())
            .await
            .unwrap();
        answer
    }
}

/// Posts a form as a browser without scripts does.
async fn send(url: &str, token: &str, fields: &[(String, String)]) -> Answer {
    let encode = |text: &str| {
        text.bytes()
            .map(|byte| match byte {
                b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'_' => char::from(byte).to_string(),
                _ => format!("%{byte:02X}"),
            })
            .collect::<String>()
    };
    let body: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
        .collect();
    let request = Request::post(format!("{url}/api/suz/orders/make"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT, "text/html,application/xhtml+xml,*/*;q=0.8")
        .header(header::COOKIE, cookie(token))
        .header(header::REFERER, format!("{url}/suz/orders/new"))
        .body(body.join("&").into_bytes().into())
        .unwrap();
    call(request).await
}

/// The tag with this id.
fn tag<'a>(page: &'a str, id: &str) -> &'a str {
    let at = page
        .find(&format!("id=\"{id}\""))
        .unwrap_or_else(|| panic!("{id} is not on {page}"));
    let (before, from) = page.split_at(at);
    let begin = before.rfind('<').unwrap();
    let end = at + from.find('>').unwrap();
    page.get(begin..=end).unwrap()
}

both! {
    async fn a_page_without_scripts_gets_its_form_back_with_what_is_wrong(world: World) {
        let who = world.quick_customer().await;
        let token = world.desk().sign_in("anna@example.com", PASSWORD, "test").await.unwrap().token;
        let url = served(&world).await;
        let (id, link) = (emission(1).to_string(), who.link.to_string());
        let wrong = format!("{}8", GTIN.split_at(13).0);
        let fields = |gtin: &str| {
            let mut fields: Vec<(String, String)> = vec![
                ("form[id]".into(), id.clone()),
                ("form[connection]".into(), link.clone()),
                ("form[group]".into(), "lp".into()),
                ("form[release]".into(), "PRODUCTION".into()),
                ("form[anyway]".into(), "true".into()),
                ("form[fields][contactPerson]".into(), "Иванов \"П\" <А>".into()),
                ("form[lines][0][gtin]".into(), "04670033010053".into()),
                // One more than there are serial numbers.
                ("form[lines][0][quantity]".into(), "3".into()),
                ("form[lines][0][cis_type]".into(), "SET".into()),
                ("form[lines][0][serials]".into(), SERIALS.replace('\n', "\r\n")),
                ("form[lines][1][gtin]".into(), gtin.to_owned()),
                ("form[lines][1][quantity]".into(), "5".into()),
                ("form[lines][1][cis_type]".into(), "UNIT".into()),
            ];
            // A page without scripts has all the rows.
            for row in 2..10 {
                for field in ["gtin", "quantity", "serials"] {
                    fields.push((format!("form[lines][{row}][{field}]"), String::new()));
                }
            }
            fields
        };
        let post = async |gtin: &str| {
            let fields = fields(gtin);
            let answer = send(&url, &token, &fields).await;
            assert_eq!(answer.status, 302, "{}", answer.text);
            answer.headers[header::LOCATION].to_str().unwrap().to_owned()
        };
        let address = post(&wrong).await;
        assert_eq!(address, format!("/suz/orders/new?kept={id}#wrong"));

        let page = get(&url, address.split('#').next().unwrap(), &token).await.text;
        let field = |name: &str| tag(&page, &format!("form[lines]{name}")).to_owned();
        assert!(field("[0][gtin]").contains("value=\"04670033010053\""), "{}", field("[0][gtin]"));
        assert!(field("[0][quantity]").contains("value=\"3\""));
        assert!(page.contains("QIQ8BQCXmSJ1\nQIQ8BQCX&lt;&amp;\"2</textarea>") || page.contains("QIQ8BQCXmSJ1\r\nQIQ8BQCX&lt;&amp;\"2</textarea>"));
        let contact = tag(&page, "form[fields][contactPerson]");
        assert!(contact.contains("Иванов &quot;П&quot; &lt;А&gt;") || contact.contains("Иванов &quot;П&quot; <А>"), "{contact}");
        assert!(page.contains("value=\"SET\" selected"));
        assert!(field("[1][gtin]").contains(&format!("value=\"{wrong}\"")));
        assert!(field("[1][gtin]").contains("aria-invalid=\"true\"") && !field("[0][gtin]").contains("aria-invalid"));
        let (described, serials) = ("aria-describedby=\"form[lines][0][serials]-wrong ", field("[0][serials]"));
        assert!(serials.contains(described) && serials.contains("aria-invalid=\"true\""), "{serials}");
        assert!(tag(&page, "form[lines][0][serials]-wrong").starts_with("<div"));
        assert!(tag(&page, "wrong").contains("tabindex=\"-1\"") && page.contains("href=\"#form[lines][1][gtin]\""));
        assert!(page.contains("Товар 2: Контрольная цифра не сходится"));

        // Only that is mended, the rest is sent as the page has it.
        let mut rest = fields(GTIN);
        rest.retain(|(name, _)| name != "form[lines][0][serials]");
        let made = send(&url, &token, &rest).await;
        assert_eq!(made.headers[header::LOCATION].to_str().unwrap(), format!("/suz/orders/{id}"));
        assert_eq!(world.kept(&who, 1).await.answer, None, "what is done is not kept");
    }

    async fn a_kept_form_is_its_persons_for_a_day_and_goes_with_its_order(world: World) {
        let who = world.quick_customer().await;
        let mut draft = clothes("0");
        draft.lines.extend([DraftLine::default(), clothes("1").lines.remove(0), DraftLine::default()]);
        let OrderAnswer::Faults(faults) = world.keep(&who, 1, draft.clone()).await else {
            panic!("no faults");
        };
        assert!(faults.iter().any(|one| one.place == FaultPlace::Gtin(2)), "twice the same");
        draft.lines.truncate(3);
        let form = world.kept(&who, 1).await;
        assert_eq!((form.id, form.connection, form.draft), (emission(1), Some(who.link), draft));
        assert_eq!(form.answer, Some(OrderAnswer::Faults(faults)));
        assert_eq!(form.form.map(|form| form.alias), Some("lp".into()));

        let shoes = EmissionDraft { group: "shoes".into(), ..clothes("1") };
        world.checked(&who.company, who.link).await;
        let OrderAnswer::Obstacles(obstacles) = world.keep(&who, 2, shoes).await else {
            panic!("nothing stands against it");
        };
        assert_eq!(world.kept(&who, 2).await.answer, Some(OrderAnswer::Obstacles(obstacles)));
        let made = world.ask_codes(&who, 1, clothes("1")).await;
        assert_eq!(made, OrderAnswer::Made(emission(1)));
        let anew = world.kept(&who, 1).await;
        assert_eq!((anew.answer, anew.draft), (None, EmissionDraft::default()));
        assert_ne!(anew.id, emission(1));

        world.sandbox.advance(24 * 60 * 60 * 1000 + 1).unwrap();
        assert_eq!(world.kept(&who, 2).await.answer, None, "a day is over");
        let (stranger, _) = world.person("eve@example.com").await;
        let order = || OrderCodes { id: emission(3), connection: who.link, draft: clothes("1"), anyway: false };
        let refused = world.desk().keep_form(&stranger, order(), OrderAnswer::Faults(Vec::new())).await;
        assert_eq!(refused, Err(Problem::NotFound), "a connection of another organisation");
        let viewer = as_role(&who.company.actor, Role::Viewer);
        assert!(world.desk().keep_form(&viewer, order(), OrderAnswer::Faults(Vec::new())).await.is_err());
    }

    async fn own_serial_numbers_come_again_only_where_no_code_was_made(world: World) {
        let who = world.quick_customer().await;
        world.strike("order", Stage::Before, Effect::Error { status: 400 });
        world.ask_codes(&who, 1, own_serials()).await;
        world.run_jobs().await;
        assert_eq!(world.state(&who).await, EmissionState::Refused);
        assert_eq!(world.repeated(&who, 1).await.lines[0].serials.as_deref(), Some(SERIALS));

        let other: EmissionId = emission(2);
        let mut draft = own_serials();
        draft.lines[0].serials = Some("QIQ8BQCXmSJ1\nQIQ8BQCXmSJ2".into());
        assert_eq!(world.ask_codes(&who, 2, draft).await, OrderAnswer::Made(other));
        world.run_jobs().await;
        world.after(2).await;
        assert_eq!(world.emission_page(&who, 2).await.card.state, EmissionState::Ready);
        let again = world.repeated(&who, 2).await;
        assert_eq!((again.lines[0].serials.as_deref(), again.lines[0].gtin.as_str()), (None, GTIN));
    }
}
