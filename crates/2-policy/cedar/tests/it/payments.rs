//! What the starter kits permit about payments that are more than one transfer.

use crate::asking::{active, ask, engine, group, guest, house, member, thing};
use planet_ontology::entities::{Account, Hold};
use planet_ontology::roles::Role;
use planet_policy::Engine;

#[test]
fn what_a_wallet_can_do_is_for_those_who_keep_it() {
    let engine = engine("consumer-co-op");
    let account = |own, group| thing(&Account { own, group, amount: 1_000 });
    for act in [
        "wallet.pay_many",
        "wallet.hold",
        "wallet.refund",
        "wallet.split",
        "wallet.exchange",
        "wallet.schedule",
        "wallet.end_schedule",
    ] {
        for (who, whose, role, may) in [
            (active(), account(true, false), Role::None, true),
            (active(), account(false, false), Role::Steward, false),
            (active(), account(false, true), Role::Treasurer, true),
            (active(), account(false, true), Role::Steward, true),
            (active(), account(false, true), Role::Member, false),
            (member("suspended", false), account(true, false), Role::Member, false),
            (group(true), account(true, true), Role::Steward, true),
            (guest(), account(false, false), Role::None, false),
        ] {
            let question = ask(act, who, whose, role);
            assert_eq!(engine.decide(&question).allowed, may, "{question:?}");
        }
    }
}

#[test]
fn what_is_put_aside_is_taken_by_one_side_and_given_back_by_either() {
    let engine = engine("neighbourhood");
    for (payer, payee, takes, gives_back) in
        [(true, false, false, true), (false, true, true, true), (false, false, false, false)]
    {
        let held = || thing(&Hold { payer, payee });
        for who in [active(), group(true)] {
            assert_eq!(engine.decide(&ask("wallet.settle", who.clone(), held(), Role::None)).allowed, takes);
            assert_eq!(engine.decide(&ask("wallet.release", who, held(), Role::None)).allowed, gives_back);
        }
    }
}

#[test]
fn what_is_due_is_done_by_the_house_alone() {
    let engine = engine("worker-co-op");
    let account = || thing(&Account { own: false, group: true, amount: 0 });
    for act in ["wallet.expire_holds", "wallet.pay_due"] {
        assert!(engine.decide(&ask(act, house(), account(), Role::None)).allowed, "{act}");
        assert!(!engine.decide(&ask(act, active(), account(), Role::Steward)).allowed, "{act}");
    }
}
