//! The main job: codes of a DBS order reach the Market.

use crate::harness::both;
use desk::{
    connection::{KeyReach, SyncState},
    journal::Action,
    orders::{
        MarkView, OrderFilter, Tab, WorkState,
        placing::{Target, Verdict},
    },
    submission::SubmissionState,
};
use sandbox::market::order::{InstanceType, NewItem};

const SAMPLE: &str = "01030410947874432155Qbag!\u{1d}93Zjqw";

both! {
    async fn a_key_is_checked_and_its_orders_are_read(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (_, page) = world.order(&seller, vec![NewItem::marked("Тапочки", 2), NewItem::plain("Ложка", 1)]).await;
        assert_eq!(page.work, WorkState::NeedsCodes);
        assert_eq!(page.lines.iter().map(|line| line.slots.len()).collect::<Vec<_>>(), [2, 0]);
        let connections = world.desk().connections(&seller.actor).await.unwrap();
        let connection = &connections.connections[0];
        assert_eq!(connection.report.as_ref().unwrap().reach(), KeyReach::Sends);
        assert!(matches!(connection.sync, SyncState::Done(_)), "{:?}", connection.sync);
        assert_eq!(connection.shops[0].orders, 1);
        assert!(seller.key().ends_with(&connection.key_ending));
        let list = world.desk().orders(&seller.actor, &OrderFilter::default()).await.unwrap();
        assert_eq!(list.counts[0], (Tab::Needs, 1));
        assert_eq!((list.rows[0].wanted, list.rows[0].filled, list.rows[0].units), (2, 0, 3));
    }

    async fn codes_fall_into_slots_are_sent_once_and_are_held_by_the_market(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (theirs, page) = world.order(&seller, vec![NewItem::marked("Тапочки", 2)]).await;
        let page = world.fill(&seller, &theirs, page.id).await;
        assert_eq!(page.work, WorkState::Ready);
        let page = world.send(&seller, &page).await;
        assert_eq!(page.work, WorkState::Sending);
        world.run_jobs().await;
        let page = world.page(&seller, page.id).await;
        assert_eq!(page.work, WorkState::Accepted, "{:?}", page.submission);
        let stored = &page.lines[0].stored;
        assert_eq!(stored.len(), 2);
        for (slot, held) in page.lines[0].slots.iter().zip(stored) {
            let Some(MarkView::Cis(code)) = &slot.mark else { panic!("an empty slot") };
            assert_eq!(held.cis_full.as_deref(), Some(code.as_str()));
            assert_eq!(held.cis.as_deref(), code.split('\u{1d}').next());
        }
        assert_eq!(world.received_bodies(&theirs).len(), 1);
        let actions: Vec<Action> =
            world.desk().journal(&seller.actor).await.unwrap().iter().map(|entry| entry.action).collect();
        for action in [Action::SubmissionStored, Action::SubmissionSent, Action::SubmissionAccepted] {
            assert!(actions.contains(&action), "{action:?} is not in {actions:?}");
        }
    }

    async fn the_separator_has_one_backslash_on_the_wire_and_quotes_are_escaped(world: World) {
        let seller = world.seller("anna@example.com").await;
        let codes = [
            SAMPLE.to_owned(),
            "0103041094787443215Qba\"!!\u{1d}93Zjqw".to_owned(),
            "0103041094787443215Qba!!\\\u{1d}93Zjqw".to_owned(),
        ];
        let (theirs, page) = world.order(&seller, vec![NewItem::marked("Молоко", 3)]).await;
        let pasted = codes.join("\n").replace('\u{1d}', "<GS>");
        let (page, outcomes) =
            world.desk().place_codes(&seller.actor, page.id, &pasted, Target::Auto, false).await.unwrap();
        assert!(outcomes.iter().all(|(_, v)| matches!(v, Verdict::Placed { .. })), "{outcomes:?}");
        world.send(&seller, &page).await;
        world.run_jobs().await;
        let bodies = world.received_bodies(&theirs);
        let body = std::str::from_utf8(&bodies[0]).unwrap();
        assert!(body.contains(r#""01030410947874432155Qbag!\u001d93Zjqw""#), "{body}");
        assert!(body.contains(r#""0103041094787443215Qba\"!!\u001d93Zjqw""#), "{body}");
        assert!(body.contains(r#""0103041094787443215Qba!!\\\u001d93Zjqw""#), "{body}");
        assert!(!body.contains(r"!\\u001d93"), "{body}");
    }

    async fn sending_again_replaces(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (theirs, page) = world.order(&seller, vec![NewItem::marked("Тапочки", 1)]).await;
        let page = world.fill(&seller, &theirs, page.id).await;
        world.send(&seller, &page).await;
        world.run_jobs().await;
        let page = world.page(&seller, page.id).await;
        let page = world.desk().clear_slot(&seller.actor, page.id, page.lines[0].slots[0].id).await.unwrap();
        assert_eq!(page.work, WorkState::NeedsCodes);
        let gtin = page.lines[0].gtins.first().expect("the accepted GTIN was learned").clone();
        let other = format!("01{gtin}215NewSerial123\u{1d}93Zjqw");
        let (page, _) =
            world.desk().place_codes(&seller.actor, page.id, &other, Target::Auto, false).await.unwrap();
        assert_eq!(page.work, WorkState::Ready, "{:?}", page.unplaced);
        world.send(&seller, &page).await;
        world.run_jobs().await;
        let page = world.page(&seller, page.id).await;
        assert_eq!(page.submission.as_ref().map(|s| (s.number, s.state)), Some((2, SubmissionState::Accepted)));
        assert_eq!(page.lines[0].stored[0].cis_full.as_deref(), Some(other.as_str()));
    }

    async fn a_unit_carries_its_whole_set(world: World) {
        let seller = world.seller("anna@example.com").await;
        let imported = NewItem::asking("Чайник", 1, &[InstanceType::Cis, InstanceType::Rnpt, InstanceType::Gtd]);
        let (theirs, page) = world.order(&seller, vec![imported]).await;
        let page = world.fill(&seller, &theirs, page.id).await;
        let slot = page.lines[0].slots[0].id;
        let set = |country: &'static str| {
            let (desk, actor) = (world.desk(), seller.actor.clone());
            async move {
                desk.set_extras(&actor, page.id, slot, "10702020/060520/0013422/001", "10702020/060520/0013422", country)
                    .await
            }
        };
        assert!(set("").await.unwrap().work == WorkState::NeedsCodes, "a GTD without its country is not whole");
        let ready = set("cn").await.unwrap();
        assert_eq!(ready.work, WorkState::Ready);
        world.send(&seller, &ready).await;
        world.run_jobs().await;
        let held = world.page(&seller, page.id).await.lines[0].stored[0].clone();
        assert_eq!(held.rnpt.as_deref(), Some("10702020/060520/0013422/001"));
        assert_eq!((held.gtd.as_deref(), held.country.as_deref()), (Some("10702020/060520/0013422"), Some("CN")));
    }

    async fn jewellery_takes_a_uin(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (theirs, page) = world.order(&seller, vec![NewItem::asking("Кольцо", 2, &[InstanceType::Uin])]).await;
        let page = world.fill(&seller, &theirs, page.id).await;
        assert!(matches!(page.lines[0].slots[0].mark, Some(MarkView::Uin(_))));
        world.send(&seller, &page).await;
        world.run_jobs().await;
        assert_eq!(world.page(&seller, page.id).await.work, WorkState::Accepted);
    }

    async fn countries_are_offered(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (_, page) = world.order(&seller, vec![NewItem::marked("Тапочки", 1)]).await;
        let countries = world.desk().countries(&seller.actor, page.id).await.unwrap();
        assert!(countries.iter().any(|(code, _)| code == "RU"), "{countries:?}");
    }
}
