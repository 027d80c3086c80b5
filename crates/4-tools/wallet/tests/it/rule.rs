//! The rule of a group's wallet: who pays alone, up to how much a day, and what becomes of the rest. Here proposals are only
//! opened; that they are decided and carried out is told by the house's own tests.

use super::story::{ADA, BEN, NOW, call, club, migrations, pay, refused};
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::agents::{self, NewAgent};
use planet_corridor::corridor::Corridor;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::registry::Registry;
use planet_corridor::task::{Call, Done};
use planet_ontology::entities::Group;
use planet_ontology::ids::{GroupId, MemberId, ProposalId};
use planet_ontology::roles::{Mode, Role};
use planet_ontology::units::{Amount, Moment};
use planet_policy::procedure::Procedure;
use planet_policy::question::{Decision, Engine, Question};
use planet_policy::testing::AllowAll;
use planet_purse::Step;
use planet_store::{Store, Tx, both_engines};
use planet_wallet::acts::limits::SetLimits;
use planet_wallet::acts::open::Open;
use planet_wallet::acts::pay::Pay;
use planet_wallet::acts::request::{ApproveRequest, Request};
use planet_wallet::acts::rule::SetRule;
use planet_wallet::views::{Wallet, WalletRule};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::sync::Arc;
use uuid::Uuid;

pub(crate) const BAKERY: GroupId = GroupId(Uuid::from_u128(0xbac));
const CAM: MemberId = MemberId(Uuid::from_u128(0xca0));
pub(crate) const DAY: i64 = 24 * 3600;

/// Stands in for the tool that opens proposals: it only says by which procedure the act would be decided, and whose it is.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Open_ {
    act: String,
    args: Value,
    group: GroupId,
}

impl Act for Open_ {
    const NAME: &'static str = "test.propose";
    const ABOUT: &'static str = "Open a proposal.";
    type Touches = Group;
    type Output = Value;

    fn resource(&self, _: &mut Tx, _: &Actor, _: Moment) -> Result<Resource, Fault> {
        Ok(Resource::of(self.group, self.group, &Group { mode: "chat".into(), open: false, club: false }))
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<Value, Fault> {
        let referral = cx.referral(tx, &self.act, &self.args)?;
        assert_eq!(referral.group, self.group);
        let number = match referral.procedure.name.as_str() {
            "two" => 2,
            "all" => 3,
            other => panic!("decided by {other}"),
        };
        assert!(!referral.title.is_empty());
        Ok(json!({ "proposal": ProposalId(Uuid::from_u128(number)) }))
    }
}

/// Permits everything; has two procedures, and one that looks like signing and is done at once.
pub(crate) struct Rules([Procedure; 2]);

impl Rules {
    pub(crate) fn new() -> Self {
        let read = |name: &str, value: Value| Procedure {
            name: name.into(),
            ..serde_json::from_value(value).unwrap()
        };
        let two = json!({ "about": "Two sign.", "open_for": "7d", "yes_at_least": 2,
                          "electorate": { "roles": ["treasurer", "steward"] } });
        let all = json!({ "about": "All vote.", "open_for": "7d", "yes_share": { "share": "1/2", "strict": true } });
        Self([read("all", all), read("two", two)])
    }
}

impl Engine for Rules {
    fn decide(&self, question: &Question) -> Decision {
        AllowAll.decide(question)
    }
    fn procedure(&self, _: &str) -> &Procedure {
        Procedure::at_once()
    }
    fn procedure_called(&self, name: &str) -> Option<&Procedure> {
        let at_once = Procedure::at_once();
        self.0.iter().chain([at_once]).find(|procedure| procedure.name == name)
    }
    fn procedures(&self) -> Vec<&Procedure> {
        self.0.iter().collect()
    }
    fn version(&self) -> i64 {
        0
    }
}

/// The bakery, whose wallet Ada and Cam keep, may go down to −10 000.00. Everything costs little, so that only the rule
/// speaks.
pub(crate) async fn bakery(store: &Store) -> Corridor {
    let corridor = club(store).await;
    store
        .write(|tx| {
            let new = |handle, name| NewAgent { handle, name, now: NOW };
            agents::create_member(tx, CAM, &new("cam", "Cam"), Role::Member, None)?;
            agents::create_group(tx, BAKERY, &new("bakery", "Bakery"), Mode::Trading, true)?;
            agents::set_role(tx, ADA.into(), BAKERY, Role::Treasurer, NOW)?;
            agents::set_role(tx, CAM.into(), BAKERY, Role::Steward, NOW)
        })
        .await
        .unwrap();
    corridor.act(call(Actor::House), Open { owner: BAKERY.into() }).await.unwrap();
    for owner in [BAKERY.into(), BEN.into()] {
        let wide =
            SetLimits { owner, currency: None, min: Amount(-1_000_000), max: Amount(1_000_000), soft: None };
        corridor.act(call(Actor::Member(ADA)), wide).await.unwrap();
    }
    let registry = planet_wallet::register(Registry::default()).act::<Open_>().opener(<Open_ as Act>::NAME);
    Corridor::open(store.clone(), registry, Box::new(|_, _| Ok(Arc::new(Rules::new())))).await.unwrap()
}

pub(crate) fn step(up_to: Option<i64>, procedure: &str) -> Step {
    Step { up_to: up_to.map(Amount), procedure: procedure.into() }
}

pub(crate) fn usual() -> Vec<Step> {
    vec![step(Some(1_000), "at once"), step(Some(5_000), "two"), step(None, "all")]
}

pub(crate) async fn set(corridor: &Corridor, steps: Vec<Step>) -> Result<(), Fault> {
    let act = SetRule { group: BAKERY, currency: None, steps };
    corridor.act(call(Actor::Member(ADA)), act).await.map(|_| ())
}

pub(crate) fn at(member: MemberId, seconds: i64) -> Call {
    Call { now: NOW.plus_seconds(seconds), ..call(Actor::Member(member)) }
}

pub(crate) fn spend(amount: i64) -> Pay {
    Pay { from: Some(BAKERY.into()), ..pay(BEN, amount) }
}

/// Who decided: 1 for the keeper alone, 2 for two, 3 for all.
pub(crate) fn decided<T: std::fmt::Debug>(done: &Done<T>) -> u128 {
    match (&done.output, done.proposal) {
        (Some(_), None) => 1,
        (None, Some(proposal)) => proposal.0.as_u128(),
        other => panic!("neither done nor proposed: {other:?}"),
    }
}

pub(crate) async fn spends(corridor: &Corridor, call: Call, amount: i64) -> u128 {
    decided(&corridor.act(call, spend(amount)).await.unwrap())
}

pub(crate) async fn left(corridor: &Corridor, member: MemberId) -> Option<i64> {
    let viewer = corridor.viewer(member).await.unwrap();
    let rule = WalletRule { of: "bakery".into(), currency: None };
    corridor.view(&viewer, rule, NOW).await.unwrap().left.map(|amount| amount.0)
}

both_engines! { migrations();

    async fn without_a_rule_the_keepers_pay_alone(store: Store) {
        let corridor = bakery(&store).await;
        assert_eq!(spends(&corridor, at(ADA, 0), 500_000).await, 1);
        assert_eq!(left(&corridor, ADA).await, None);
    }

    async fn the_amount_says_who_decides(store: Store) {
        let corridor = bakery(&store).await;
        set(&corridor, usual()).await.unwrap();
        for (amount, who) in [(1_001, 2), (5_000, 2), (5_001, 3), (600, 1), (400, 1)] {
            assert_eq!(spends(&corridor, at(ADA, 0), amount).await, who, "{amount}");
        }
        assert_eq!(decided(&corridor.act(at(ADA, 0), pay(BEN, 5_100)).await.unwrap()), 1, "her own wallet is hers");
    }

    async fn many_small_payments_are_one_large_one(store: Store) {
        let corridor = bakery(&store).await;
        set(&corridor, usual()).await.unwrap();
        for (who, seconds, amount, expected) in [
            (ADA, 0, 700, 1),
            (ADA, 60, 301, 2),
            (ADA, 60, 300, 1),
            (ADA, 120, 1, 2),
            (ADA, 120, 4_001, 3),
            (CAM, 120, 1_000, 1),
            (ADA, DAY - 1, 1, 2),
            (ADA, DAY, 700, 1),
            (ADA, DAY + 59, 1, 2),
            (ADA, DAY + 60, 300, 1),
        ] {
            assert_eq!(spends(&corridor, at(who, seconds), amount).await, expected, "{amount} after {seconds} s");
        }
    }

    async fn a_bill_to_the_group_is_paid_by_the_same_rule(store: Store) {
        let corridor = bakery(&store).await;
        set(&corridor, usual()).await.unwrap();
        for (amount, expected) in [(800, 1), (300, 2), (200, 1), (6_000, 3)] {
            let ask = Request { from: BAKERY.into(), amount: Amount(amount), memo: "flour".into(), to: None, currency: None };
            let request = corridor.act(at(BEN, 0), ask).await.unwrap().output.unwrap();
            let done = corridor.act(at(ADA, 0), ApproveRequest { request }).await.unwrap();
            assert_eq!(decided(&done), expected, "{amount}");
        }
        assert_eq!(spends(&corridor, at(ADA, 0), 1).await, 2);
    }

    async fn rules_that_make_no_sense_are_refused_by_name(store: Store) {
        let corridor = bakery(&store).await;
        for (steps, code) in [
            (vec![step(Some(5), "at once")], "rule_ends"),
            (vec![step(Some(5), "at once"), step(Some(5), "two"), step(None, "all")], "rule_not_rising"),
            (vec![step(Some(5), "two"), step(None, "at once")], "rule_alone_too_late"),
            (vec![step(Some(5), "all"), step(None, "two")], "rule_easier"),
            (vec![step(Some(5), "at once"), step(None, "the moon")], "rule_procedure_unknown"),
            (vec![step(Some(i64::MAX), "at once"), step(None, "all")], "rule_too_large"),
            ((0..8).map(|n| step((n < 7).then_some(n + 1), "all")).collect(), "rule_too_long"),
        ] {
            assert_eq!(refused(set(&corridor, steps).await).0, code);
        }
        let member = SetRule { group: GroupId(ADA.0), currency: None, steps: usual() };
        assert_eq!(refused(corridor.act(call(Actor::Member(ADA)), member).await).0, "payer_unknown");
        assert_eq!(spends(&corridor, at(ADA, 0), 9_000).await, 1, "nothing was set");
    }

    async fn a_rule_can_be_changed_and_taken_away(store: Store) {
        let corridor = bakery(&store).await;
        set(&corridor, vec![step(None, "two")]).await.unwrap();
        assert_eq!(spends(&corridor, at(ADA, 0), 1).await, 2);
        set(&corridor, usual()).await.unwrap();
        assert_eq!((spends(&corridor, at(ADA, 0), 900).await, left(&corridor, ADA).await), (1, Some(100)));
        assert_eq!((left(&corridor, CAM).await, spends(&corridor, at(CAM, 0), 1_000).await), (Some(1_000), 1));
        for nothing in [Vec::new(), vec![step(None, "at once")]] {
            set(&corridor, nothing).await.unwrap();
            assert_eq!(spends(&corridor, at(ADA, 0), 9_000).await, 1);
            set(&corridor, usual()).await.unwrap();
            assert_eq!(spends(&corridor, at(ADA, 0), 101).await, 2, "the day before is not forgotten");
        }
    }

    async fn a_rule_whose_procedure_is_gone_pays_nothing_but_can_be_changed(store: Store) {
        let corridor = bakery(&store).await;
        set(&corridor, usual()).await.unwrap();
        let registry = planet_wallet::register(Registry::default()).act::<Open_>().opener(<Open_ as Act>::NAME);
        let changed = Corridor::open(store.clone(), registry, Box::new(|_, _| Ok(Arc::new(AllowAll)))).await.unwrap();
        assert_eq!(refused(changed.act(at(ADA, 0), spend(2_000)).await).0, "procedure_gone");
        assert_eq!(spends(&changed, at(ADA, 0), 1_000).await, 1, "what needs nobody else goes on");
        let viewer = changed.viewer(ADA).await.unwrap();
        changed.view(&viewer, Wallet { of: Some("bakery".into()) }, NOW).await.unwrap();
        set(&changed, Vec::new()).await.unwrap();
        assert_eq!(spends(&changed, at(ADA, 0), 2_000).await, 1);
    }

    async fn only_those_in_the_group_see_its_rule(store: Store) {
        let corridor = bakery(&store).await;
        set(&corridor, usual()).await.unwrap();
        let query = || WalletRule { of: "bakery".into(), currency: None };
        for (member, sees) in [(ADA, true), (CAM, true), (BEN, false)] {
            let viewer = corridor.viewer(member).await.unwrap();
            assert_eq!(corridor.view(&viewer, query(), NOW).await.is_ok(), sees, "{member}");
        }
        let viewer = corridor.viewer(ADA).await.unwrap();
        let own = WalletRule { of: "ada".into(), currency: None };
        assert_eq!(refused(corridor.view(&viewer, own, NOW).await).0, "payer_unknown");
    }
}
