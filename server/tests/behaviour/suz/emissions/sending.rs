//! From the form to the station.

use super::{clothes, emission};
use crate::{harness::both, suz::as_role};
use desk::{
    account::{Permission, Role},
    problem::Problem,
    server::suz::FormAsk,
    suz::{
        DocumentPurpose, SigningWay,
        emission::{
            EmissionState, NextStep,
            view::{OrderAnswer, OrderCodes, OrderObstacle},
        },
        new_emission::{EmissionDraft, FaultPlace},
    },
};
use sandbox::faults::{Effect, Stage};

both! {
    async fn a_form_becomes_one_signed_order(world: World) {
        let who = world.quick_customer().await;
        let page = world.order_ten(&who).await;
        assert_eq!(page.card.state, EmissionState::Created, "{:?}", page.trouble);
        let theirs = world.theirs();
        assert_eq!(theirs.len(), 1);
        assert_eq!(page.order.unwrap().as_str(), theirs[0].order_id);
        assert_eq!(theirs[0].production_order_id.as_deref(), Some(emission(1).to_string().as_str()));
        let again = world.ask_codes(&who, 1, clothes("10")).await;
        assert_eq!(again, OrderAnswer::Made(emission(1)), "the form came twice");
        world.run_jobs().await;
        assert_eq!(world.theirs().len(), 1);
        assert_eq!(world.calls("order").len(), 1);

        world.after(2).await;
        let page = world.emission_page(&who, 1).await;
        assert_eq!((page.card.state, page.card.received), (EmissionState::Ready, 10));
        world.after(30).await;
        assert_eq!(world.emission_page(&who, 1).await.card.next, NextStep::Close);
        assert_eq!((page.card.ordered, page.lines[0].quantity), (10, 10));
        assert_eq!(page.lines[0].expires, None, "every code is here, so none can be annulled there");
    }

    async fn an_order_waits_for_a_person_and_sends_the_bytes_that_were_signed(world: World) {
        let who = world.customer(SigningWay::Browser).await;
        let page = world.order_ten(&who).await;
        assert_eq!((page.card.state, page.card.next), (EmissionState::WaitsForSignature, NextStep::Sign));
        assert!(world.calls("order").is_empty());
        let queue = world.desk().signing_queue(&who.company.actor, None).await.unwrap();
        assert_eq!(queue.documents[0].purpose, DocumentPurpose::Order);
        // The body first; then the login that it turns out to need.
        assert_eq!(world.sign_all(&who.company).await, [None]);
        assert_eq!(world.state(&who).await, EmissionState::Queued);
        assert_eq!(world.sign_all(&who.company).await, [None]);
        assert_eq!(world.state(&who).await, EmissionState::Created);
        assert_eq!(world.theirs().len(), 1);
    }

    async fn an_order_that_nobody_signs_is_taken_back(world: World) {
        let who = world.customer(SigningWay::Browser).await;
        world.order_ten(&who).await;
        world.desk().withdraw_emission(&who.company.actor, emission(1)).await.unwrap();
        assert_eq!(world.state(&who).await, EmissionState::Withdrawn);
        let queue = world.desk().signing_queue(&who.company.actor, None).await.unwrap();
        assert!(queue.documents.is_empty());
        let twice = world.desk().withdraw_emission(&who.company.actor, emission(1)).await;
        assert_eq!(twice, Err(Problem::OrderChanged));
        // Or by taking its document out of the queue.
        world.ask_codes(&who, 2, clothes("1")).await;
        let queue = world.desk().signing_queue(&who.company.actor, None).await.unwrap();
        world.desk().drop_document(&who.company.actor, queue.documents[0].id).await.unwrap();
        assert_eq!(world.emission_page(&who, 2).await.card.state, EmissionState::Withdrawn);
    }

    async fn a_form_that_cannot_be_right_makes_no_order(world: World) {
        let who = world.quick_customer().await;
        let OrderAnswer::Faults(faults) = world.ask_codes(&who, 1, clothes("0")).await else {
            panic!("no faults");
        };
        assert!(faults.iter().any(|fault| fault.place == FaultPlace::Quantity(0)), "{faults:?}");
        let nothing = EmissionDraft { group: "nothing".into(), ..clothes("1") };
        let OrderAnswer::Faults(faults) = world.ask_codes(&who, 1, nothing).await else {
            panic!("no faults");
        };
        assert_eq!(faults[0].place, FaultPlace::Group);
        let list = world.desk().emissions(&who.company.actor, None).await.unwrap();
        assert!(list.orders.is_empty());
    }

    async fn what_stands_against_an_order_is_shown_and_can_be_overruled(world: World) {
        let who = world.quick_customer().await;
        world.checked(&who.company, who.link).await;
        let desk = world.desk();
        let order = |n, draft| OrderCodes { id: emission(n), connection: who.link, draft, anyway: false };
        let answer = desk.order_codes(&who.company.actor, order(1, clothes("3000"))).await.unwrap();
        let OrderAnswer::Obstacles(obstacles) = answer else {
            panic!("{answer:?}");
        };
        assert_eq!(obstacles, [OrderObstacle::NoMoney { kopecks: 100_000, wanted: 150_000 }]);
        let shoes = EmissionDraft { group: "shoes".into(), ..clothes("1") };
        let answer = desk.order_codes(&who.company.actor, order(1, shoes.clone())).await.unwrap();
        assert_eq!(answer, OrderAnswer::Obstacles(vec![OrderObstacle::GroupClosed]));
        assert_eq!(world.ask_codes(&who, 1, shoes).await, OrderAnswer::Made(emission(1)));
        let answer = desk.order_codes(&who.company.actor, order(2, clothes("10"))).await.unwrap();
        assert_eq!(answer, OrderAnswer::Made(emission(2)));
    }

    async fn what_comes_to_stand_against_a_signed_order_holds_it_until_it_is_gone(world: World) {
        let who = world.quick_customer().await;
        let order = OrderCodes { id: emission(1), connection: who.link, draft: clothes("10"), anyway: false };
        let made = world.desk().order_codes(&who.company.actor, order).await.unwrap();
        assert_eq!(made, OrderAnswer::Made(emission(1)));
        world.count(&who, 100, 3).await;
        world.run_jobs().await;
        let page = world.emission_page(&who, 1).await;
        assert_eq!(page.card.state, EmissionState::Queued);
        assert_eq!(page.held, [OrderObstacle::TooManyActive { found: 100, most: 100 }]);
        assert!(page.may_withdraw && world.calls("order").is_empty());
        world.after(121).await;
        let page = world.emission_page(&who, 1).await;
        assert_eq!((page.card.state, page.held.len()), (EmissionState::Created, 0), "the station counts fewer now");
        assert_eq!(world.theirs().len(), 1);
    }

    async fn a_held_order_is_sent_when_a_person_says_so(world: World) {
        let who = world.quick_customer().await;
        let order = OrderCodes { id: emission(1), connection: who.link, draft: clothes("10"), anyway: false };
        world.desk().order_codes(&who.company.actor, order).await.unwrap();
        world.count(&who, 0, 100).await;
        world.run_jobs().await;
        let page = world.emission_page(&who, 1).await;
        assert_eq!(page.held, [OrderObstacle::TooManyQueued { found: 100, most: 100 }]);
        let viewer = as_role(&who.company.actor, Role::Viewer);
        let forbidden = Problem::Forbidden { permission: Permission::OrderCodes };
        assert_eq!(world.desk().send_emission_anyway(&viewer, emission(1)).await, Err(forbidden));
        assert_eq!(world.desk().send_emission_anyway(&who.company.actor, emission(1)).await, Ok(()));
        world.run_jobs().await;
        assert_eq!(world.theirs().len(), 1);
        assert_eq!(world.state(&who).await, EmissionState::Created);
        let again = world.desk().send_emission_anyway(&who.company.actor, emission(1)).await;
        assert_eq!(again, Err(Problem::OrderChanged));
    }

    async fn orders_that_wait_for_signatures_count_before_the_next(world: World) {
        let who = world.customer(SigningWay::Browser).await;
        let order = |n| OrderCodes { id: emission(n), connection: who.link, draft: clothes("1"), anyway: false };
        for n in 1..=100 {
            let made = world.desk().order_codes(&who.company.actor, order(n)).await.unwrap();
            assert_eq!(made, OrderAnswer::Made(emission(n)));
        }
        let answer = world.desk().order_codes(&who.company.actor, order(101)).await.unwrap();
        let full = OrderObstacle::TooManyQueued { found: 100, most: 100 };
        assert_eq!(answer, OrderAnswer::Obstacles(vec![full]));
        let form = world.desk().order_form(&who.company.actor, FormAsk::default()).await.unwrap();
        let limits = form.limits.unwrap();
        assert_eq!((limits.active, limits.queued, limits.waiting), (0, 0, 100));
    }

    async fn an_order_counts_until_it_is_closed_though_its_codes_are_fetched(world: World) {
        let who = world.quick_customer().await;
        world.order_ten(&who).await;
        world.after(5).await;
        world.after(120).await;
        assert_eq!(world.emission_page(&who, 1).await.card.next, NextStep::Close);
        let order = OrderCodes { id: emission(2), connection: who.link, draft: clothes("1"), anyway: false };
        world.desk().order_codes(&who.company.actor, order).await.unwrap();
        let told = world.counted(&who).await.unwrap();
        assert_eq!((told.active, told.queued), (1, 0));
        let list = world.desk().emissions(&who.company.actor, None).await.unwrap();
        assert_eq!((list.limits[0].active, list.limits[0].waiting), (1, 1));
    }

    async fn the_form_tells_the_money_of_the_chosen_group(world: World) {
        let who = world.quick_customer().await;
        let ask = |group| FormAsk { connection: Some(who.link), group: Some(group), ..FormAsk::default() };
        let actor = &who.company.actor;
        assert_eq!(world.desk().order_form(actor, ask("lp")).await.unwrap().balance, None, "nobody asked yet");
        world.checked(&who.company, who.link).await;
        let form = world.desk().order_form(actor, ask("lp")).await.unwrap();
        assert_eq!(form.balance.map(|balance| balance.kopecks), Some(100_000));
        assert_eq!(world.desk().order_form(actor, ask("shoes")).await.unwrap().balance, None);
    }

    async fn a_no_of_theirs_is_the_end_with_their_words(world: World) {
        let who = world.quick_customer().await;
        world.strike("order", Stage::Before, Effect::Error { status: 400 });
        let page = world.order_ten(&who).await;
        assert_eq!((page.card.state, page.card.next), (EmissionState::Refused, NextStep::Mend));
        assert_eq!(page.trouble.unwrap().words.unwrap().http, 400);
        world.after(600).await;
        assert_eq!(world.calls("order").len(), 1);
        assert!(world.theirs().is_empty());
    }

    async fn they_ask_to_wait_and_it_is_sent_later(world: World) {
        let who = world.quick_customer().await;
        world.strike("order", Stage::Before, Effect::RateLimit);
        let page = world.order_ten(&who).await;
        assert_eq!(page.card.state, EmissionState::Queued);
        world.after(120).await;
        assert_eq!(world.theirs().len(), 1);
    }

    async fn only_who_may_order_orders(world: World) {
        let who = world.quick_customer().await;
        for role in [Role::Packer, Role::Viewer] {
            let actor = as_role(&who.company.actor, role);
            let order = OrderCodes { id: emission(1), connection: who.link, draft: clothes("1"), anyway: true };
            let forbidden = Problem::Forbidden { permission: Permission::OrderCodes };
            assert_eq!(world.desk().order_codes(&actor, order).await, Err(forbidden.clone()));
            assert_eq!(world.desk().close_emission(&actor, emission(1), None).await, Err(forbidden.clone()));
            assert_eq!(world.desk().stuck_orders(&actor, who.link).await, Err(forbidden.clone()));
            assert_eq!(world.desk().withdraw_emission(&actor, emission(1)).await, Err(forbidden));
            assert!(!world.desk().emissions(&actor, None).await.unwrap().may_order);
        }
        let (stranger, _) = world.person("eve@example.com").await;
        world.order_ten(&who).await;
        assert_eq!(world.desk().emission(&stranger, emission(1)).await, Err(Problem::NotFound));
    }
}
