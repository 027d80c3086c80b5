//! Who may see what: every kind of thing that this room shows, by every kind of viewer.

use crate::club::*;
use planet_corridor::act::View;
use planet_corridor::corridor::Corridor;
use planet_corridor::look::Viewer;
use planet_corridor::refusal::Fault;
use planet_dues::acts::relief::{AskRelief, Relief};
use planet_dues::acts::shares::BuyShares;
use planet_dues::views::desk::Desk;
use planet_dues::views::mine::Mine;
use planet_dues::views::register::{EntryPage, Register};
use planet_dues::views::terms::TermsPage;
use planet_dues::views::waiting::{Kind, Waiting};
use planet_kit::testing::{at, by, club_under};
use planet_ontology::ids::MemberId;
use planet_ontology::roles::Role;
use planet_ontology::units::Amount;
use planet_policy::procedure::Procedure;
use planet_policy::question::{Decision, Engine, Question};
use planet_store::{Store, both_engines};

/// Rules in small: the register is for those who keep the books. The policies themselves are tried out in the policy room.
#[derive(Clone, Copy)]
pub struct Keepers;

impl Engine for Keepers {
    fn decide(&self, question: &Question) -> Decision {
        let keeper = matches!(question.role, Role::Treasurer | Role::Steward);
        let allowed = keeper || question.act != "dues.take_register";
        Decision { allowed, policies: Vec::new(), reason: "Keepers keep.".into(), errors: Vec::new() }
    }

    fn procedure(&self, _: &str) -> &Procedure {
        Procedure::at_once()
    }

    fn version(&self) -> i64 {
        0
    }
}

async fn sees<V: View>(corridor: &Corridor, who: Option<MemberId>, view: V) -> Option<V::Output> {
    let viewer = match who {
        Some(who) => corridor.viewer(who).await.unwrap(),
        None => Viewer::guest(),
    };
    match corridor.view(&viewer, view, later(NOW, 15)).await {
        Ok(view) => Some(view),
        Err(Fault::Refused(_)) => None,
        Err(fault) => panic!("{fault}"),
    }
}

both_engines! { migrations();

    async fn what_somebody_owes_owns_and_asks_is_for_them_and_those_who_keep_the_books(store: Store) {
        let corridor = club_under(&store, &PEOPLE, registry(), Keepers).await;
        furnish(&store).await;
        decide(&corridor, terms(), NOW).await;
        corridor.act(by(BEN), BuyShares { number: 2, price: Amount(5_000) }).await.unwrap();
        let waive = AskRelief { kind: Relief::Waive, percent: None, until: None, words: "It is a hard month.".into() };
        corridor.act(at(BEN, later(NOW, 14)), waive).await.unwrap();
        corridor.perform_due(later(NOW, 14)).await.unwrap();
        // Viewer: terms; own lines; the desk with Ben's words; Ben's entry; entries of the register, and with shares.
        for (who, terms, own, desk, entry, shown, with_shares) in [
            (None, true, None, None, false, None, 0),
            (Some(CAT), true, Some(1), None, false, Some(4), 1),
            (Some(BEN), true, Some(1), None, true, Some(4), 1),
            (Some(TOM), true, Some(1), Some(true), true, Some(4), 4),
            (Some(ADA), true, Some(1), Some(true), true, Some(4), 4),
        ] {
            let seen = sees(&corridor, who, TermsPage {}).await;
            assert_eq!(seen.is_some_and(|it| it.in_force.is_some()), terms, "{who:?}: terms");
            let mine = sees(&corridor, who, Mine {}).await;
            assert_eq!(mine.map(|it| it.lines.len()), own, "{who:?}: their own");
            let words = sees(&corridor, who, Desk::default()).await;
            let words = words.map(|it| it.reliefs.iter().any(|it| it.it.words == "It is a hard month."));
            assert_eq!(words, desk, "{who:?}: the desk");
            let bens = sees(&corridor, who, EntryPage { handle: "ben".into() }).await;
            assert_eq!(bens.is_some(), entry, "{who:?}: Ben's entry");
            let register = sees(&corridor, who, Register::default()).await;
            assert_eq!(register.as_ref().map(|it| it.lines.len()), shown, "{who:?}: the register");
            let counted = register.map_or(0, |it| it.lines.iter().filter(|it| it.shares.is_some()).count());
            assert_eq!(counted, with_shares, "{who:?}: shares");
            let past = sees(&corridor, who, Register { past: true, ..Register::default() }).await;
            assert_eq!(past.is_some(), desk.is_some(), "{who:?}: past members");
            let copy = sees(&corridor, who, Register { whole: true, ..Register::default() }).await;
            assert_eq!(copy.is_some(), desk.is_some(), "{who:?}: a copy");
        }
        let waits = |who| sees(&corridor, Some(who), Waiting {});
        let kinds = |tasks: Option<Vec<planet_dues::views::waiting::Task>>| -> Vec<(Kind, i64)> {
            tasks.unwrap().into_iter().map(|it| (it.kind, it.count)).collect()
        };
        assert_eq!(kinds(waits(BEN).await), [(Kind::Dues, 1)]);
        assert_eq!(kinds(waits(CAT).await), [(Kind::Dues, 1), (Kind::Shares, 1)]);
        assert_eq!(kinds(waits(TOM).await), [(Kind::Dues, 1), (Kind::Shares, 1), (Kind::Reliefs, 1)]);
    }
}
