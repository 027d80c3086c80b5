//! Members change their rules: under real rules, with all tools, on both engines.

use crate::house;
use planet_cedar::kits;
use planet_constitution::acts::{
    AdoptPolicies, FileChange, Range, SetParameter, SetProcedure, Setting, TakeUp,
};
use planet_corridor::actor::Actor;
use planet_corridor::corridor::Corridor;
use planet_corridor::refusal::Fault;
use planet_corridor::rules;
use planet_corridor::task::Done;
use planet_governance::acts::{Propose, Vote};
use planet_governance::views::Decision;
use planet_kit::testing::{self, ADA, BEN, CAT, NOW, Somebody, at, by, code, refused};
use planet_ledger::{account_of, currency};
use planet_ontology::ids::{AgentId, MemberId, ProposalId};
use planet_ontology::roles::Role;
use planet_ontology::units::{Amount, Moment};
use planet_policy::{Bundle, PolicyFile};
use planet_store::{Store, both_engines};
use planet_wallet::acts::open::{CreateCredit, Open};
use serde_json::{Value, json};
use uuid::Uuid;

const DAN: MemberId = MemberId(Uuid::from_u128(0xda0));
const EVE: MemberId = MemberId(Uuid::from_u128(0xe0e));
const FIVE: [Somebody; 5] = [
    (ADA, "ada", Role::Steward),
    (BEN, "ben", Role::Member),
    (CAT, "cat", Role::Member),
    (DAN, "dan", Role::Member),
    (EVE, "eve", Role::Member),
];
const HOUR: i64 = 3_600;

fn later(hours: i64) -> Moment {
    NOW.plus_seconds(hours * HOUR)
}

/// A club of five under the rules of a kit, changed by `change`, with wallets.
async fn club_with(store: &Store, kit: &str, change: impl Fn(&mut Bundle)) -> Corridor {
    let mut bundle = kits::open(kit).unwrap();
    change(&mut bundle);
    store
        .write(move |tx| {
            testing::found(tx, &FIVE)?;
            rules::adopt(tx, &bundle, NOW).map(|_| ())
        })
        .await
        .unwrap();
    let corridor = Corridor::open(store.clone(), house::registry(), house::maker()).await.unwrap();
    let (min, max) = (Amount(-50_000), Amount(100_000));
    let credit = CreateCredit { name: "Hours".into(), symbol: "h".into(), decimals: 2, min, max };
    corridor.act(by(Actor::House), credit).await.unwrap();
    for (member, ..) in FIVE {
        corridor.act(by(Actor::House), Open { owner: AgentId::from(member) }).await.unwrap();
    }
    corridor
}

async fn circle(store: &Store) -> Corridor {
    club_with(store, "consent-circle", |_| ()).await
}

fn credit(written_for: i64, min: i64, max: i64) -> SetParameter {
    let range = Range { min: Amount(min), max: Amount(max) };
    SetParameter { written_for, setting: Setting::Credit(range), rehearsal: None }
}

fn founder_days(written_for: i64, days: u32) -> SetParameter {
    SetParameter { written_for, setting: Setting::FounderDays(days), rehearsal: None }
}

fn policies(written_for: i64, name: &str, text: Option<&str>) -> AdoptPolicies {
    let file = FileChange { name: name.into(), text: text.map(str::to_owned) };
    AdoptPolicies { written_for, files: vec![file], settings: Vec::new(), rehearsal: None }
}

fn procedure(name: &str, value: Value, acts: &[&str]) -> SetProcedure {
    let acts = acts.iter().map(|act| (*act).to_owned()).collect();
    SetProcedure {
        written_for: 1,
        name: name.into(),
        procedure: Some(value),
        acts,
        amending: false,
        rehearsal: None,
    }
}

fn opened<T>(result: Result<Done<T>, Fault>) -> ProposalId {
    result.unwrap().proposal.expect("others decide this")
}

/// Everybody says yes, at some time.
async fn all_agree(corridor: &Corridor, proposal: ProposalId, when: Moment) {
    for (member, ..) in FIVE {
        if state(corridor, proposal, when).await.0 == "open" {
            let yes = Vote { proposal, choice: "yes".into(), reason: String::new() };
            corridor.act(at(member, when), yes).await.unwrap();
        }
    }
}

async fn state(corridor: &Corridor, id: ProposalId, when: Moment) -> (String, String) {
    let viewer = corridor.viewer(BEN).await.unwrap();
    let detail = corridor.view(&viewer, Decision { id }, when).await.unwrap();
    (detail.line.state, detail.outcome)
}

async fn limits(store: &Store) -> (i64, i64) {
    let read = store.read(|tx| {
        let credit = currency(tx, None)?;
        Ok::<_, Fault>(account_of(tx, BEN.into(), credit.id)?.map(|account| (account.min.0, account.max.0)))
    });
    read.await.unwrap().unwrap()
}

async fn version(store: &Store) -> i64 {
    store.read(rules::in_force).await.unwrap().unwrap().0
}

both_engines! { house::migrations();

    async fn five_members_amend_the_credit_limit_by_consent(store: Store) {
        let corridor = circle(&store).await;
        let proposal = opened(corridor.act(by(ADA), credit(1, -60_000, 120_000)).await);
        let viewer = corridor.viewer(BEN).await.unwrap();
        let seen = corridor.view(&viewer, Decision { id: proposal }, NOW).await.unwrap();
        assert_eq!(
            seen.line.title,
            "Let accounts in the club\u{2019}s credit go down to \u{2212}600.00 h and up to 1\u{202f}200.00 h, unless they have limits of their own."
        );
        all_agree(&corridor, proposal, NOW).await;
        assert_eq!(state(&corridor, proposal, NOW).await.0, "passed");
        corridor.perform_due(later(23)).await.unwrap();
        assert_eq!((limits(&store).await, version(&store).await), ((-50_000, 100_000), 1));
        corridor.perform_due(later(25)).await.unwrap();
        assert_eq!(state(&corridor, proposal, later(25)).await, ("done".into(), String::new()));
        assert_eq!((limits(&store).await, version(&store).await), ((-60_000, 120_000), 2));
    }

    async fn of_two_amendments_that_pass_on_one_day_the_second_is_not_performed(store: Store) {
        let corridor = circle(&store).await;
        let first = opened(corridor.act(by(ADA), founder_days(1, 60)).await);
        let second = opened(corridor.act(by(BEN), founder_days(1, 30)).await);
        for proposal in [first, second] {
            all_agree(&corridor, proposal, NOW).await;
        }
        corridor.perform_due(later(25)).await.unwrap();
        let both = [state(&corridor, first, later(25)).await, state(&corridor, second, later(25)).await];
        let (done, left): (Vec<_>, Vec<_>) = both.into_iter().partition(|(state, _)| state == "done");
        assert_eq!((done.len(), left.len()), (1, 1));
        assert_eq!(left[0].0, "not_performed");
        assert!(left[0].1.starts_with("The rules have changed since this was written: it was made for version 1"), "{}", left[0].1);
        assert_eq!(version(&store).await, 2);
        assert_eq!(code(corridor.act(by(BEN), founder_days(1, 30)).await), "rules_moved");
        opened(corridor.act(by(BEN), founder_days(2, 20)).await);
    }

    async fn a_policy_that_was_amended_refuses_what_it_allowed(store: Store) {
        let corridor = circle(&store).await;
        let group = |name: &str| planet_groups::acts::Create { name: name.into(), purpose: String::new(), mode: "chat".into(), open: true, visibility: "restricted".into(), place: None };
        corridor.act(by(BEN), group("Choir")).await.unwrap();
        let before = store.read(rules::in_force).await.unwrap().unwrap().1;
        let text = &before.policies.iter().find(|file| file.name == "groups.cedar").unwrap().text;
        let tight = text.replace(
            "permit (principal is Member, action == Action::\"groups.create\", resource);",
            "permit (principal is Member, action == Action::\"groups.create\", resource)\nwhen { context.role == \"steward\" };",
        );
        let proposal = opened(corridor.act(by(CAT), policies(1, "groups.cedar", Some(&tight))).await);
        all_agree(&corridor, proposal, NOW).await;
        corridor.perform_due(later(73)).await.unwrap();
        assert_eq!(state(&corridor, proposal, later(73)).await, ("done".into(), String::new()));
        assert_eq!(code(corridor.act(at(BEN, later(73)), group("Bakery")).await), "not_permitted");
        corridor.act(at(ADA, later(73)), group("Bakery")).await.unwrap();
    }

    async fn what_may_never_be_is_refused_before_anybody_votes(store: Store) {
        let corridor = circle(&store).await;
        let detour = "@id(\"x.quiet\")\n@title(\"Quiet\")\n@why(\"Quiet.\")\nforbid (principal, action in [Action::\"governance.appeal\"], resource) when { context.role == \"member\" };";
        let failing = "@id(\"x.sum\")\n@title(\"Sum\")\n@why(\"Sum.\")\nforbid (principal, action == Action::\"feed.post\", resource) when { resource.nothing == 1 };";
        let cases: Vec<(AdoptPolicies, &str, &str)> = vec![
            (policies(1, "quiet.cedar", Some(detour)), "rules_unusable", "The right of appeal is entrenched"),
            (policies(1, "sum.cedar", Some(failing)), "rules_unusable", "sum.cedar"),
            (policies(1, "sum.cedar", Some("permit (")), "rules_unusable", "sum.cedar, line 1"),
            (policies(1, "long.cedar", Some(&"// long\n".repeat(130_000))), "file_too_large", "200000 bytes"),
            (policies(1, "nothing.cedar", None), "file_unknown", "no such file"),
            (policies(1, "governance.cedar", None), "rules_unusable", "entrenched"),
        ];
        for (act, expected, words) in cases {
            let direct = refused(corridor.act(by(ADA), act.clone()).await);
            let args = serde_json::to_value(&act).unwrap();
            let name = "constitution.adopt_policies".to_owned();
            let carried = Propose { act: name, args, group: None, reason: String::new() };
            let carried = refused(corridor.act(by(ADA), carried).await);
            for refusal in [direct, carried] {
                assert_eq!(refusal.code, expected, "{refusal:?}");
                assert!(refusal.sentence.contains(words), "{refusal:?}");
            }
        }
        assert_eq!(version(&store).await, 1);
    }

    async fn members_cannot_lock_themselves_out(store: Store) {
        let corridor = circle(&store).await;
        let treasurers = json!({ "about": "Treasurers sign.", "open_for": "72h", "electorate": { "roles": ["treasurer"] }, "yes_at_least": 2 });
        let act = procedure("treasurers", treasurers, &["constitution.adopt_policies"]);
        assert_eq!(code(corridor.act(by(ADA), act).await), "locked_out");
        let many = json!({ "about": "Six say yes.", "open_for": "72h", "yes_at_least": 6 });
        assert_eq!(code(corridor.act(by(ADA), procedure("six", many.clone(), &["constitution.set_parameter"])).await), "locked_out");
        // For anything else the club may ask for as many as it likes.
        opened(corridor.act(by(ADA), procedure("six", many, &["membership.suspend"])).await);
        let alone = SetProcedure { written_for: 1, name: "at once".into(), procedure: None, acts: vec!["constitution.set_parameter".into()], amending: false, rehearsal: None };
        let refusal = refused(corridor.act(by(ADA), alone).await);
        assert_eq!(refusal.code, "rules_unusable", "{refusal:?}");
        let open = "@id(\"x.open\")\n@title(\"Open\")\n@why(\"Open.\")\nforbid (principal is House, action == Action::\"governance.close\", resource);";
        assert_eq!(code(corridor.act(by(ADA), policies(1, "open.cedar", Some(open))).await), "locked_out");
    }

    async fn what_touches_the_way_of_changing_takes_the_strictest_procedure(store: Store) {
        let corridor = circle(&store).await;
        let swift = json!({ "about": "Swift.", "open_for": "1h", "yes_at_least": 1, "early": true });
        let proposal = opened(corridor.act(by(ADA), procedure("swift", swift, &["constitution.set_parameter"])).await);
        let viewer = corridor.viewer(BEN).await.unwrap();
        let seen = corridor.view(&viewer, Decision { id: proposal }, NOW).await.unwrap();
        assert!(seen.procedure_about.contains("three quarters"), "{}", seen.procedure_about);
        let own = store.read(rules::in_force).await.unwrap().unwrap().1;
        let own = own.policies.iter().find(|file| file.name == "constitution.cedar").unwrap().text.clone();
        let own = own.replace("when { resource.club && context.role != \"none\" }", "when { resource.club && context.role == \"steward\" }");
        let proposal = opened(corridor.act(by(ADA), policies(1, "constitution.cedar", Some(&own))).await);
        let seen = corridor.view(&viewer, Decision { id: proposal }, NOW).await.unwrap();
        assert!(seen.procedure_about.contains("three quarters"), "{}", seen.procedure_about);
    }

    async fn a_club_of_older_rules_takes_up_what_is_new(store: Store) {
        let corridor = club_with(&store, "neighbourhood", |bundle| {
            bundle.policies.retain(|file| file.name != "constitution.cedar" && file.name != "crypto.cedar");
            bundle.procedures.acts.retain(|act, _| !act.starts_with("constitution."));
            bundle.procedures.named.retain(|name, _| !name.starts_with("change of"));
            bundle.procedures.amending = None;
        }).await;
        let untaken = corridor.engine().untaken();
        assert!(untaken.acts.contains(&"crypto.watch".to_owned()) && untaken.acts.contains(&"constitution.take_up".to_owned()), "{:?}", untaken.acts);
        let procedures = serde_json::to_value(&untaken.procedures).unwrap();
        let act = TakeUp { written_for: 1, policies: untaken.policies, procedures, rehearsal: None };
        let proposal = opened(corridor.act(by(EVE), act).await);
        all_agree(&corridor, proposal, NOW).await;
        corridor.perform_due(later(73)).await.unwrap();
        assert_eq!(state(&corridor, proposal, later(73)).await, ("done".into(), String::new()));
        corridor.reload().await.unwrap();
        assert_eq!(corridor.engine().untaken().acts, Vec::<String>::new());
        let bundle = store.read(rules::in_force).await.unwrap().unwrap().1;
        assert_eq!(bundle.procedures.amending.as_deref(), Some("change of the constitution"));
        assert!(bundle.policies.iter().any(|PolicyFile { name, .. }| name == "taken-up-1.cedar"));
    }

    async fn a_node_that_stops_in_between_goes_on_where_it_was(store: Store) {
        let corridor = circle(&store).await;
        let proposal = opened(corridor.act(by(ADA), credit(1, -60_000, 120_000)).await);
        all_agree(&corridor, proposal, NOW).await;
        drop(corridor);
        let again = Corridor::open(store.clone(), house::registry(), house::maker()).await.unwrap();
        assert_eq!(again.engine().version(), 1);
        again.perform_due(later(25)).await.unwrap();
        assert_eq!((limits(&store).await, version(&store).await), ((-60_000, 120_000), 2));
        // Whoever still has the old rules loaded decides by the new ones.
        opened(again.act(at(ADA, later(25)), founder_days(2, 10)).await);
        assert_eq!(again.engine().version(), 2);
    }
}
