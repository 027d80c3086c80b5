//! A group with two treasurers spends by its rule: real rules, real proposals, on both engines.

use super::street::{ADA, BEN, NOW, Street, browser, by, text};
use crate::house;
use axum::http::StatusCode;
use planet_corridor::actor::Actor;
use planet_corridor::agents::{self, NewAgent};
use planet_corridor::refusal::Fault;
use planet_corridor::task::Call;
use planet_governance::acts::Vote;
use planet_governance::views::{Decision, Decisions, Detail};
use planet_groups::acts::SetRole;
use planet_ontology::ids::{AgentId, GroupId, MemberId, ProposalId};
use planet_ontology::roles::{Mode, Role};
use planet_ontology::units::Amount;
use planet_purse::Step;
use planet_store::{Store, both_engines};
use planet_wallet::acts::limits::{SetLimits, SoftLimits};
use planet_wallet::acts::open::Open;
use planet_wallet::acts::pay::Pay;
use planet_wallet::acts::request::{ApproveRequest, Request};
use planet_wallet::acts::rule::SetRule;
use planet_wallet::views::{Limits, Wallet};
use serde_json::json;
use uuid::Uuid;

pub const BAKERY: GroupId = GroupId(Uuid::from_u128(0xbac));
pub const CAM: MemberId = MemberId(Uuid::from_u128(0xca0));
pub const DAN: MemberId = MemberId(Uuid::from_u128(0xda0));
pub const EVE: MemberId = MemberId(Uuid::from_u128(0xe5e));

/// The street's bakery: Ada looks after it, Ben and Cam are its treasurers, Dan belongs to it. Eve sells it flour.
pub async fn bakery(store: &Store) -> Street {
    let street = Street::new(store).await;
    store
        .write(|tx| {
            let new = |handle, name| NewAgent { handle, name, now: NOW };
            for (member, handle, name) in [(CAM, "cam", "Cam"), (DAN, "dan", "Dan"), (EVE, "eve", "Eve")] {
                agents::create_member(tx, member, &new(handle, name), Role::Member, None)?;
            }
            agents::create_group(tx, BAKERY, &new("bakery", "Bakery"), Mode::Trading, true)?;
            for (member, role) in
                [(ADA, Role::Steward), (BEN, Role::Treasurer), (CAM, Role::Treasurer), (DAN, Role::Member)]
            {
                agents::set_role(tx, member.into(), BAKERY, role, NOW)?;
            }
            Ok::<_, planet_store::Error>(())
        })
        .await
        .unwrap();
    for owner in [CAM.into(), DAN.into(), EVE.into(), AgentId::from(BAKERY)] {
        street.corridor.act(by(Actor::House), Open { owner }).await.unwrap();
    }
    let club = Actor::Group { id: GroupId::CLUB, mandate: ProposalId(Uuid::nil()) };
    for owner in [EVE.into(), AgentId::from(BAKERY)] {
        let limits =
            SetLimits { owner, currency: None, min: Amount(-500_000), max: Amount(500_000), soft: None };
        street.corridor.act(by(club), limits).await.unwrap();
    }
    street
}

fn member(id: MemberId) -> Call {
    Call { now: NOW.plus_seconds(60), ..by(Actor::Member(id)) }
}

fn spend(amount: i64) -> Pay {
    let (to, from) = (EVE.into(), Some(BAKERY.into()));
    Pay { to, amount: Amount(amount), memo: "flour".into(), from, currency: None }
}

pub fn rule(alone: i64, two: i64) -> SetRule {
    let step =
        |up_to: Option<i64>, procedure: &str| Step { up_to: up_to.map(Amount), procedure: procedure.into() };
    let steps =
        vec![step(Some(alone), "at once"), step(Some(two), "two signatures"), step(None, "group majority")];
    SetRule { group: BAKERY, currency: None, steps }
}

impl Street {
    async fn vote(&self, who: MemberId, proposal: ProposalId) -> Result<(), Fault> {
        let act = Vote { proposal, choice: "yes".into(), reason: String::new() };
        self.corridor.act(member(who), act).await.map(|_| ())
    }

    async fn detail(&self, who: MemberId, id: ProposalId) -> Detail {
        let viewer = self.corridor.viewer(who).await.unwrap();
        self.corridor.view(&viewer, Decision { id }, NOW).await.unwrap()
    }

    async fn state(&self, id: ProposalId) -> String {
        self.detail(ADA, id).await.line.state
    }

    async fn earned(&self) -> i64 {
        let viewer = self.corridor.viewer(EVE).await.unwrap();
        self.corridor.view(&viewer, Wallet::default(), NOW).await.unwrap().balances[0].balance.0
    }

    /// Somebody spends from the bakery's wallet; answers the proposal, if it came to one.
    async fn spend(&self, who: MemberId, amount: i64) -> Option<ProposalId> {
        self.corridor.act(member(who), spend(amount)).await.unwrap().proposal
    }

    /// The members set the usual rule.
    async fn agree(&self, rule: SetRule) -> ProposalId {
        let proposal = self.corridor.act(member(DAN), rule).await.unwrap().proposal.unwrap();
        for who in [ADA, BEN, DAN] {
            self.vote(who, proposal).await.unwrap();
        }
        assert_eq!(self.state(proposal).await, "done");
        proposal
    }
}

pub fn code(result: Result<impl std::fmt::Debug, Fault>) -> String {
    match result {
        Err(Fault::Refused(refusal)) => refusal.code,
        other => panic!("not refused: {other:?}"),
    }
}

fn names(detail: &Detail) -> (Vec<&str>, Vec<&str>) {
    let signed = detail.ballots.iter().filter(|ballot| ballot.counts).map(|ballot| ballot.name.as_str());
    (signed.collect(), detail.outstanding.iter().map(|voter| voter.name.as_str()).collect())
}

both_engines! { house::migrations();

    async fn treasurers_pay_alone_then_two_sign_then_all_decide(store: Store) {
        let street = bakery(&store).await;
        assert_eq!(street.spend(BEN, 30_000).await, None, "without a rule whoever keeps the wallet pays");
        let decided = street.agree(rule(10_000, 50_000)).await;
        assert_eq!(
            street.detail(DAN, decided).await.line.title,
            "Let the wallet of Bakery pay by this rule. Up to 100.00 Acorns: at once; up to 500.00 Acorns: two signatures; \
             above that: group majority."
        );

        assert_eq!((street.spend(BEN, 10_000).await, street.earned().await), (None, 40_000));
        let two = street.spend(BEN, 40_000).await.unwrap();
        let seen = street.detail(CAM, two).await;
        assert_eq!(seen.line.title, "Pay 400.00 Acorns to Eve from the wallet of Bakery: flour");
        assert_eq!(names(&seen), (vec!["Ben"], vec!["Ada", "Cam"]));
        for (who, waits) in [(ADA, true), (BEN, false), (CAM, true), (DAN, false)] {
            let viewer = street.corridor.viewer(who).await.unwrap();
            let lines = street.corridor.view(&viewer, Decisions::default(), NOW).await.unwrap();
            assert_eq!(lines.iter().any(|line| line.to_vote), waits, "{who}");
        }
        assert_eq!(street.earned().await, 40_000);
        assert_eq!(code(street.vote(DAN, two).await), "not_permitted");
        street.vote(CAM, two).await.unwrap();
        assert_eq!((street.state(two).await.as_str(), street.earned().await), ("done", 80_000));

        let all = street.spend(CAM, 90_000).await.unwrap();
        for (who, state) in [(CAM, "open"), (DAN, "open"), (ADA, "done")] {
            street.vote(who, all).await.unwrap();
            assert_eq!(street.state(all).await, state);
        }
        assert_eq!(street.earned().await, 170_000);
        let audit = store.read(planet_ledger::audit).await.unwrap();
        assert_eq!(audit.problems, Vec::<String>::new());
    }

    async fn nobody_dodges_the_rule_in_small_steps_or_by_a_bill(store: Store) {
        let street = bakery(&store).await;
        street.agree(rule(10_000, 50_000)).await;
        assert_eq!((street.spend(BEN, 6_000).await, street.spend(BEN, 4_000).await), (None, None));
        assert!(street.spend(BEN, 1).await.is_some());
        let ask = Request { from: BAKERY.into(), amount: Amount(4_000), memo: "flour".into(), to: None, currency: None };
        let bill = street.corridor.act(member(EVE), ask).await.unwrap().output.unwrap();
        let two = street.corridor.act(member(BEN), ApproveRequest { request: bill }).await.unwrap().proposal.unwrap();
        assert_eq!(street.earned().await, 10_000);
        assert_eq!(street.spend(CAM, 10_000).await, None, "Cam has a day of his own");
        street.vote(CAM, two).await.unwrap();
        assert_eq!((street.state(two).await.as_str(), street.earned().await), ("done", 24_000));
        assert!(street.spend(BEN, 10_000).await.is_some(), "what two signed does not count, what he paid alone does");
    }

    async fn a_treasurer_who_is_removed_between_two_signatures_has_signed_nothing(store: Store) {
        let street = bakery(&store).await;
        street.agree(rule(10_000, 50_000)).await;
        let two = street.spend(BEN, 40_000).await.unwrap();
        let remove = SetRole { group: BAKERY, member: BEN, role: "member".into(), until: None };
        street.corridor.act(member(ADA), remove).await.unwrap();
        street.vote(CAM, two).await.unwrap();
        assert_eq!((street.state(two).await.as_str(), street.earned().await), ("open", 0));
        assert_eq!(names(&street.detail(CAM, two).await), (vec!["Cam"], vec!["Ada"]));
        assert_eq!(code(street.vote(BEN, two).await), "not_permitted");
        street.vote(ADA, two).await.unwrap();
        assert_eq!((street.state(two).await.as_str(), street.earned().await), ("done", 40_000));
    }

    async fn a_rule_that_changes_leaves_open_proposals_as_they_were(store: Store) {
        let street = bakery(&store).await;
        street.agree(rule(10_000, 50_000)).await;
        let two = street.spend(BEN, 40_000).await.unwrap();
        street.agree(rule(1_000, 2_000)).await;
        assert_eq!(street.detail(ADA, two).await.procedure, "two signatures");
        let all = street.spend(BEN, 40_000).await.unwrap();
        assert_eq!(street.detail(ADA, all).await.procedure, "group majority");
        street.vote(CAM, two).await.unwrap();
        street.vote(CAM, all).await.unwrap();
        assert_eq!((street.state(two).await.as_str(), street.state(all).await.as_str()), ("done", "open"));
    }

    async fn nonsense_is_refused_before_anybody_votes_on_it(store: Store) {
        let street = bakery(&store).await;
        street.agree(rule(10_000, 50_000)).await;
        let nobody = Pay { to: AgentId(Uuid::from_u128(9)), ..spend(40_000) };
        assert_eq!(code(street.corridor.act(member(BEN), nobody).await), "payee_unknown");
        let itself = Pay { to: BAKERY.into(), ..spend(40_000) };
        assert_eq!(code(street.corridor.act(member(BEN), itself).await), "to_oneself");
        assert_eq!(code(street.corridor.act(member(DAN), spend(1)).await), "not_permitted");
        assert_eq!(code(street.corridor.act(member(EVE), rule(1, 2)).await), "not_permitted");
        assert_eq!(code(street.corridor.act(member(DAN), rule(5, 5)).await), "rule_not_rising");
        let wrong = SetLimits { owner: EVE.into(), currency: None, min: Amount(5), max: Amount(0), soft: None };
        assert_eq!(code(street.corridor.act(member(ADA), wrong).await), "limits_wrong");
    }

    async fn what_will_happen_is_said_before_it_is_sent(store: Store) {
        let street = bakery(&store).await;
        street.agree(rule(10_000, 50_000)).await;
        let send = |form: String| browser("POST", "/wallet/pay", Some("http://localhost:7700"), &form);
        let form = |amount: &str, more: &str| format!(
            "of=bakery&to=Eve&to_id={EVE}&amount={amount}&memo=flour&_key={}{more}", Uuid::new_v4());
        let response = street.send(send(form("400", ""))).await;
        assert_eq!(response.status(), StatusCode::OK);
        let page = text(response).await;
        assert!(page.contains("This needs a second signature") && page.contains("400.00"), "{page}");
        assert_eq!(street.send(send(form("900", ""))).await.status(), StatusCode::OK);
        assert_eq!(street.earned().await, 0);
        let response = street.send(send(form("400", "&understood=yes"))).await;
        let place = response.headers()["location"].to_str().unwrap().to_owned();
        assert!(place.starts_with("/decisions/"), "{place}");
        let page = text(street.send(browser("GET", &place, None, "")).await).await;
        for words in ["Pay 400.00 Acorns to Eve from the wallet of Bakery", "Who has signed", "Who may still sign"] {
            assert!(page.contains(words), "{words}: {page}");
        }
        assert_eq!(street.send(send(form("60", ""))).await.status(), StatusCode::SEE_OTHER);
        let page = text(street.send(browser("GET", "/wallet?of=bakery", None, "")).await).await;
        for words in ["each up to 100.00 a day", "Up to 500.00: two signatures", "You can still pay 40.00 alone today"] {
            assert!(page.contains(words), "{words}: {page}");
        }
    }

    async fn limits_are_seen_by_all_and_set_by_those_who_decide(store: Store) {
        let street = bakery(&store).await;
        let soft = SoftLimits { min: Some(Amount(-5_000)), max: None };
        let set = |soft| SetLimits { owner: BEN.into(), currency: None, min: Amount(-9_000), max: Amount(20_000), soft };
        let outside = SoftLimits { min: Some(Amount(-9_001)), max: None };
        assert_eq!(code(street.corridor.act(member(ADA), set(Some(outside))).await), "soft_limits_wrong");
        assert_eq!(code(street.corridor.act(member(DAN), set(Some(soft))).await), "not_permitted");
        let club = Actor::Group { id: GroupId::CLUB, mandate: ProposalId(Uuid::nil()) };
        street.corridor.act(by(club), set(Some(soft))).await.unwrap();
        street.corridor.act(by(club), set(None)).await.unwrap();
        let viewer = street.corridor.viewer(EVE).await.unwrap();
        let of = |handle: &str| Limits { of: Some(handle.into()), currency: None };
        let seen = street.corridor.view(&viewer, of("ben"), NOW).await.unwrap();
        assert_eq!((seen.min.0, seen.soft_min, seen.may_set), (-9_000, Some(Amount(-5_000)), false));
        let pay = |amount| Pay { from: None, to: EVE.into(), ..spend(amount) };
        for (amount, warned) in [(5_000, false), (1, true)] {
            let paid = street.corridor.act(member(BEN), pay(amount)).await.unwrap().output.unwrap();
            assert_eq!(paid.soft_limit_passed, warned, "{amount}");
        }
        let viewer = street.corridor.viewer(BEN).await.unwrap();
        assert!(street.corridor.view(&viewer, Wallet::default(), NOW).await.unwrap().balances[0].warned);
        assert_eq!(code(street.corridor.act(member(BEN), pay(4_000)).await), "over_lower_limit");
        // Eve has gathered more than the mark at which she is warned; that is hers to know, and not Dan's, who pays her.
        let soft = Some(SoftLimits { min: None, max: Some(Amount(1_000)) });
        let high = SetLimits { owner: EVE.into(), currency: None, min: Amount(-9_000), max: Amount(20_000), soft };
        street.corridor.act(by(club), high).await.unwrap();
        let paid = street.corridor.act(member(DAN), pay(1)).await.unwrap().output.unwrap();
        assert!(!paid.soft_limit_passed);
        let viewer = street.corridor.viewer(EVE).await.unwrap();
        assert!(street.corridor.view(&viewer, Wallet::default(), NOW).await.unwrap().balances[0].warned);
        for (path, words) in [
            ("/wallet/limits?of=ben", "Limits of Ben"),
            ("/wallet/limits", "Your limits"),
            ("/wallet/about-balance", "Offer something"),
            ("/wallet/rule?of=bakery", "Who decides everything above?"),
        ] {
            let page = text(street.send(browser("GET", path, None, "")).await).await;
            assert!(page.contains(words), "{path}: {page}");
        }
    }

    async fn nobody_goes_around_the_rule_by_buying_vouchers(store: Store) {
        let street = bakery(&store).await;
        street.agree(rule(10_000, 50_000)).await;
        let acorns = store.read(planet_ledger::list_currencies).await.unwrap()[0].id;
        let terms = json!({
            "holders": "club", "issuers": ["steward"], "price": { "currency": acorns, "give": 100, "get": 100 }, "cap": 100_000,
            "max": 0, "backing": "Cake.",
        });
        let design = json!({ "group": GroupId::CLUB, "code": "CAKES", "name": "Cakes", "symbol": "C", "kind": "voucher", "decimals": 2, "terms": terms });
        let made = street.corridor.act_named(member(ADA), "currencies.design", design).await.unwrap().output.unwrap();
        let buy = |amount: i64| json!({ "currency": made["currency"], "amount": amount, "version": 1, "from": BAKERY });
        let keeper = street.corridor.act_named(member(BEN), "currencies.buy", buy(40_000)).await;
        let two = keeper.unwrap().proposal.unwrap();
        assert_eq!(
            street.detail(CAM, two).await.line.title,
            "Buy 400.00 Cakes for 400.00 Acorns from the wallet of Bakery."
        );
        let alone = street.corridor.act_named(member(BEN), "currencies.buy", buy(6_000)).await.unwrap();
        assert_eq!(alone.proposal, None);
        let more = street.corridor.act_named(member(BEN), "currencies.buy", buy(6_000)).await.unwrap();
        assert!(more.proposal.is_some(), "what was bought counts as what was spent alone");
    }
}
