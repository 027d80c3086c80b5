//! What the starter kits permit, and how they differ.

use crate::asking::{active, ask, club, engine, group, guest, house, member, thing};
use planet_cedar::{KitError, kits};
use planet_ontology::entities::{
    Account, Dues, Group, Invitation, PayIn, PayOut, PaymentRequest, Place, Post, Profile, Proposal,
};
use planet_ontology::roles::Role;
use planet_policy::{Bundle, Engine, Question, Subject};

fn allows(engine: &dyn Engine, question: &Question) -> bool {
    let decision = engine.decide(question);
    assert_eq!(decision.errors, Vec::<String>::new(), "{question:?}");
    assert!(decision.reason.ends_with('.'), "{}", decision.reason);
    assert!(!decision.allowed || !decision.policies.is_empty());
    decision.allowed
}

fn mine() -> Subject {
    thing(&Account { own: true, group: false, amount: 1_000 })
}

fn groups() -> Subject {
    thing(&Account { own: false, group: true, amount: 1_000 })
}

#[test]
fn every_kit_is_in_order() {
    for kit in kits::names() {
        let bundle = kits::open(kit).unwrap();
        assert_eq!(bundle.kit, kit);
        let kept = serde_json::to_string(&bundle).unwrap();
        assert_eq!(
            serde_json::from_str::<Bundle>(&kept).unwrap(),
            bundle,
            "a database gives back what it was given"
        );
        engine(kit);
    }
    assert_eq!(kits::list().unwrap().len(), 5);
    assert_eq!(kits::open("monarchy").unwrap_err(), KitError::Unknown("monarchy".into()));
}

#[test]
fn kits_differ_in_how_people_come_in() {
    for (kit, procedure, by_member_at_once, by_steward_at_once, member_invites) in [
        ("worker-co-op", "two thirds", false, false, true),
        ("consumer-co-op", "at once", false, true, true),
        ("neighbourhood", "at once", true, true, true),
        ("consent-circle", "consent", false, false, false),
        ("federation", "majority", false, false, false),
    ] {
        let engine = engine(kit);
        assert!(allows(engine, &ask("membership.apply", guest(), club(), Role::None)), "{kit}");
        let admission = engine.procedure("membership.admit");
        assert_eq!(admission.name, procedure, "{kit}");
        for (role, at_once) in [(Role::Member, by_member_at_once), (Role::Steward, by_steward_at_once)] {
            let allowed = allows(engine, &ask("membership.admit", active(), club(), role));
            assert_eq!(allowed && admission.at_once, at_once, "{kit} {role:?}");
        }
        let by_decision = ask("membership.admit", club(), club(), Role::Steward);
        assert!(allows(engine, &by_decision), "{kit}");
        assert!(!allows(engine, &ask("membership.admit", guest(), club(), Role::None)), "{kit}");
        let invitation = thing(&Invitation { own: true });
        let invite = ask("membership.invite", active(), invitation.clone(), Role::Member);
        assert_eq!(allows(engine, &invite), member_invites, "{kit}");
        assert!(allows(engine, &ask("membership.invite", member("active", true), invitation, Role::Member)));
    }
}

#[test]
fn what_is_mine_is_mine_to_spend_and_a_groups_wallet_is_its_treasurers() {
    let engine = engine("neighbourhood");
    assert!(allows(engine, &ask("wallet.pay", active(), mine(), Role::None)));
    for (role, may) in
        [(Role::None, false), (Role::Member, false), (Role::Treasurer, true), (Role::Steward, true)]
    {
        assert_eq!(allows(engine, &ask("wallet.pay", active(), groups(), role)), may, "{role:?}");
    }
    let somebodys = thing(&Account { own: false, group: false, amount: 1_000 });
    assert!(!allows(engine, &ask("wallet.pay", active(), somebodys, Role::Steward)));
    assert!(allows(engine, &ask("wallet.pay", group(true), mine(), Role::Steward)));
    let bill = thing(&PaymentRequest { payer: true, payee: false });
    assert!(allows(engine, &ask("wallet.approve_request", active(), bill.clone(), Role::None)));
    assert!(!allows(engine, &ask("wallet.cancel_request", active(), bill, Role::None)));
}

#[test]
fn a_group_decides_how_its_wallet_pays() {
    for kit in kits::names() {
        let engine = engine(kit);
        for (role, may) in [(Role::None, false), (Role::Member, true), (Role::Treasurer, true)] {
            assert_eq!(
                allows(engine, &ask("wallet.set_rule", active(), groups(), role)),
                may,
                "{kit} {role:?}"
            );
        }
        let own = thing(&Account { own: true, group: true, amount: 0 });
        assert!(allows(engine, &ask("wallet.set_rule", group(true), own, Role::Steward)), "{kit}");
        assert!(!allows(engine, &ask("wallet.set_rule", group(true), groups(), Role::None)), "{kit}");
        assert!(!allows(engine, &ask("wallet.set_rule", active(), mine(), Role::Steward)), "{kit}");
        assert!(!engine.procedure("wallet.set_rule").at_once, "{kit}");
        let signed = engine.procedure_called("two signatures").unwrap();
        assert!(signed.is_signed() && signed.opener_agrees && !signed.electorate.includes(Role::Member));
        assert!(engine.procedure("wallet.set_rule").is_stricter_than(signed), "{kit}: all above two");
        assert!(engine.procedure_called("at once").unwrap().at_once);
    }
}

#[test]
fn suspended_members_look_after_themselves_and_those_who_left_take_their_data() {
    let engine = engine("worker-co-op");
    let own = || thing(&Profile { own: true });
    for (standing, act, resource, may) in [
        ("suspended", "membership.leave", club(), true),
        ("suspended", "membership.export", club(), true),
        ("suspended", "governance.appeal", club(), true),
        ("suspended", "membership.sign_out_everywhere", own(), true),
        ("suspended", "wallet.pay", mine(), false),
        ("suspended", "governance.propose", club(), false),
        ("left", "membership.export", club(), true),
        ("left", "governance.appeal", club(), false),
        ("left", "wallet.pay", mine(), false),
        ("forgotten", "wallet.pay", mine(), false),
    ] {
        let question = ask(act, member(standing, false), resource, Role::Member);
        assert_eq!(allows(engine, &question), may, "{standing} {act}");
    }
    let refusal = engine.decide(&ask("wallet.pay", member("suspended", true), mine(), Role::Member));
    assert_eq!(refusal.policies, ["standing.suspended"]);
    assert!(refusal.reason.starts_with("You are suspended for the time being."), "{}", refusal.reason);
}

#[test]
fn founders_powers_are_over_when_they_are_over() {
    let engine = engine("federation");
    for (founder, may) in [(true, true), (false, false)] {
        let asked = ask("groups.set_role", member("active", founder), club(), Role::Member);
        assert_eq!(allows(engine, &asked), may);
        let elsewhere = ask("groups.set_role", member("active", founder), group(true), Role::Member);
        assert!(!allows(engine, &elsewhere), "a founder of the club has no say in other groups");
    }
}

#[test]
fn posts_votes_groups_and_places_are_for_those_concerned() {
    let engine = engine("worker-co-op");
    let post = |own, visible| thing(&Post { own, visible });
    let proposal = |electorate, own, open| thing(&Proposal { electorate, own, open });
    let place = |kind: &str| thing(&Place { kind: kind.into() });
    for (act, resource, role, may) in [
        ("feed.edit", post(true, true), Role::None, true),
        ("feed.edit", post(false, true), Role::Steward, false),
        ("feed.remove", post(false, true), Role::Steward, true),
        ("feed.remove", post(false, true), Role::Member, false),
        ("feed.comment", post(false, true), Role::None, true),
        ("feed.comment", post(false, false), Role::Steward, false),
        ("governance.vote", proposal(true, false, true), Role::Member, true),
        ("governance.vote", proposal(false, true, true), Role::Steward, false),
        ("governance.vote", proposal(true, true, false), Role::Steward, false),
        ("governance.withdraw", proposal(true, true, true), Role::Member, true),
        ("governance.withdraw", proposal(true, false, true), Role::Steward, false),
        ("governance.close", proposal(true, true, true), Role::Steward, false),
        ("groups.join", group(true), Role::None, true),
        ("groups.join", group(false), Role::None, false),
        ("groups.join", club(), Role::None, false),
        ("groups.leave", group(false), Role::Member, true),
        ("groups.leave", club(), Role::Member, false),
        ("groups.add_member", group(false), Role::Steward, true),
        ("groups.add_member", group(false), Role::Treasurer, false),
        ("groups.set_role", club(), Role::Steward, true),
        ("groups.set_role", club(), Role::Treasurer, false),
        ("groups.demote", club(), Role::Member, true),
        ("groups.demote", club(), Role::None, false),
        ("groups.demote", group(false), Role::Steward, false),
        ("wallet.create_credit", groups(), Role::Steward, false),
        ("membership.end_suspension", club(), Role::Steward, false),
        ("places.add", place("street"), Role::Member, true),
        ("places.add", place("country"), Role::Steward, false),
    ] {
        let question = ask(act, active(), resource, role);
        assert_eq!(allows(engine, &question), may, "{question:?}");
    }
    assert!(allows(engine, &ask("governance.close", house(), proposal(true, true, true), Role::None)));
    assert!(allows(engine, &ask("groups.set_role", club(), club(), Role::Steward)));
    assert!(!allows(engine, &ask("groups.set_role", group(true), club(), Role::None)));
}

#[test]
fn money_of_the_world_is_confirmed_by_its_holders_treasurers_and_never_ones_own() {
    let engine = engine("neighbourhood");
    let coming = |own, named, how: &str| thing(&PayIn { own, named, how: how.into() });
    let going = |own| thing(&PayOut { own });
    let keeper = [(Role::None, false), (Role::Member, false), (Role::Treasurer, true), (Role::Steward, true)];
    for (role, may) in keeper {
        for act in ["treasury.confirm_pay_in", "treasury.match_pay_in"] {
            assert_eq!(
                allows(engine, &ask(act, active(), coming(false, false, "bank"), role)),
                may,
                "{act} {role:?}"
            );
            assert!(!allows(engine, &ask(act, active(), coming(true, false, "bank"), role)), "one's own");
            assert!(
                !allows(engine, &ask(act, active(), coming(false, true, "cash"), role)),
                "cash is for whom it is given to"
            );
        }
        for act in ["treasury.send_pay_out", "treasury.refuse_pay_out", "treasury.match_pay_out"] {
            assert_eq!(allows(engine, &ask(act, active(), going(false), role)), may, "{act} {role:?}");
        }
        for act in [
            "treasury.take_statement",
            "treasury.match_all",
            "treasury.confirm_balance",
            "treasury.open",
            "treasury.close",
        ] {
            assert_eq!(allows(engine, &ask(act, active(), group(false), role)), may, "{act} {role:?}");
        }
    }
    for (own, named, how, may) in [
        (false, true, "cash", true),
        (true, true, "cash", false),
        (false, false, "cash", false),
        (false, true, "bank", false),
    ] {
        let cash = ask("treasury.confirm_cash", active(), coming(own, named, how), Role::Steward);
        assert_eq!(allows(engine, &cash), may, "{own} {named} {how}");
    }
    for act in ["treasury.open", "treasury.confirm_pay_in", "treasury.ask_pay_in"] {
        let resource = if act == "treasury.ask_pay_in" { mine() } else { club() };
        let resource = if act == "treasury.confirm_pay_in" { coming(false, false, "bank") } else { resource };
        assert!(
            !allows(engine, &ask(act, house(), resource, Role::Steward)),
            "the node holds nobody's money: {act}"
        );
    }
    assert!(allows(engine, &ask("treasury.open", club(), club(), Role::Steward)));
    for kit in kits::names() {
        for act in ["treasury.open", "treasury.change_terms", "treasury.close"] {
            assert!(!crate::asking::engine(kit).procedure(act).at_once, "{kit}: {act} is decided together");
        }
    }
}

#[test]
fn who_stays_a_steward_of_the_club_is_decided_together_in_every_kit() {
    for (kit, procedure) in [
        ("worker-co-op", "two thirds"),
        ("consumer-co-op", "group majority"),
        ("neighbourhood", "majority"),
        ("consent-circle", "consent"),
        ("federation", "two thirds"),
    ] {
        let engine = engine(kit);
        assert_eq!(engine.procedure("groups.demote").name, procedure, "{kit}");
        assert!(allows(engine, &ask("groups.demote", club(), club(), Role::Steward)), "{kit}");
    }
}

#[test]
fn a_refusal_that_no_policy_speaks_about_says_whom_it_is_for_and_how_it_is_decided() {
    let engine = engine("worker-co-op");
    let reason = |question: &Question| engine.decide(question).reason;
    assert_eq!(
        reason(&ask("membership.admit", guest(), club(), Role::None)),
        "Nothing in the club's rules permits you to do this. It is for founders, until their powers end; the club, by a \
         decision of its members; or members of the club. Then it is decided together: Members vote for a week. It \
         passes with two thirds of the votes, if one member in ten and at least five take part."
    );
    assert_eq!(
        reason(&ask("wallet.pay", active(), groups(), Role::Member)),
        "Nothing in the club's rules permits you to do this. It is for members, with their own wallet, or treasurers and \
         stewards, with their group's wallet."
    );
    assert_eq!(
        reason(&ask("places.add", active(), thing(&Place { kind: "town".into() }), Role::Member)),
        "Nothing in the club's rules permits you to do this. It is for members, for streets and neighbourhoods; towns come \
         with the gazetteer."
    );
}

#[test]
fn the_rules_about_an_act_can_be_read() {
    let policies = engine("consent-circle").policies("membership.admit");
    let ids: Vec<&str> = policies.iter().map(|policy| policy.id.as_str()).collect();
    assert_eq!(
        ids,
        ["standing.suspended", "standing.left", "founders.club", "decisions.club", "admission.admit"]
    );
    assert_eq!(policies[4].title, "Newcomers are welcome unless somebody objects");
    assert!(policies[4].permits && policies[4].text.contains("permit ("), "{}", policies[4].text);
    assert_eq!(engine("consent-circle").policies("membership.abolish"), []);
}

#[test]
fn a_group_that_acts_on_itself_is_one_and_the_same() {
    let engine = engine("worker-co-op");
    let changed = Subject::new("club", &Group { mode: "chat".into(), open: true, club: true });
    let contradiction = engine.decide(&ask("groups.change", club(), changed, Role::Steward));
    assert!(!contradiction.allowed, "the same group with two sets of facts");
    assert_eq!(contradiction.errors.len(), 1);
}

#[test]
fn what_is_between_a_member_and_the_club_is_theirs_and_its_keepers() {
    let affair = |own: bool| thing(&Dues { own });
    for kit in kits::names() {
        let engine = engine(kit);
        for act in ["dues.pay", "dues.choose", "dues.ask_relief", "dues.buy_shares", "dues.keep_shares"] {
            assert!(allows(engine, &ask(act, active(), affair(true), Role::Member)), "{kit} {act}");
            assert!(!allows(engine, &ask(act, active(), affair(false), Role::Steward)), "{kit} {act}");
        }
        for act in ["dues.answer_relief", "dues.waive"] {
            for (role, own, may) in [
                (Role::Member, false, false),
                (Role::Treasurer, false, true),
                (Role::Treasurer, true, false),
                (Role::Steward, false, true),
            ] {
                assert_eq!(
                    allows(engine, &ask(act, active(), affair(own), role)),
                    may,
                    "{kit} {act} {role:?} {own}"
                );
            }
        }
        for (role, may) in [(Role::Member, false), (Role::Treasurer, true), (Role::Steward, true)] {
            assert_eq!(
                allows(engine, &ask("dues.take_register", active(), club(), role)),
                may,
                "{kit} {role:?}"
            );
            assert_eq!(allows(engine, &ask("dues.repay", active(), groups(), role)), may, "{kit} {role:?}");
        }
        assert!(allows(engine, &ask("dues.set_terms", active(), club(), Role::Member)), "{kit}");
        assert!(!allows(engine, &ask("dues.set_terms", active(), club(), Role::None)), "{kit}");
        assert!(!engine.procedure("dues.set_terms").at_once, "{kit}: the members decide together");
        for act in ["dues.tend", "dues.welcome", "dues.farewell"] {
            assert!(allows(engine, &ask(act, house(), club(), Role::None)), "{kit} {act}");
            assert!(!allows(engine, &ask(act, active(), club(), Role::Steward)), "{kit} {act}");
        }
    }
}
