//! Who may see what: every kind of thing that this room shows, by every kind of viewer.

use crate::club::{ADA, BAKERY, BEN, CLEO, NOW, TOM, announce, ask_out, club, migrations, page, pay_in};
use planet_corridor::agents::{self, NewAgent};
use planet_corridor::refusal::Fault;
use planet_ontology::ids::MemberId;
use planet_ontology::roles::Role;
use planet_store::{Store, both_engines};
use planet_treasury::views::desk::Desk;
use planet_treasury::views::passages::{PayInPage, PayOutPage};
use uuid::Uuid;

/// A member who has nothing to do with any of it.
const DAN: MemberId = MemberId(Uuid::from_u128(0xda0));
/// Belongs to the bakery and keeps nothing.
const EVE: MemberId = MemberId(Uuid::from_u128(0xe5e));

/// Whether something is there at all, and whether it shows a bank account.
fn shows<T>(result: Result<T, Fault>, bank: impl Fn(&T) -> bool) -> (bool, bool) {
    match result {
        Ok(view) => (true, bank(&view)),
        Err(Fault::Refused(refusal)) => {
            assert!(refusal.code.ends_with("_unknown"), "{refusal:?}: nobody learns that there is something");
            (false, false)
        }
        Err(fault) => panic!("{fault}"),
    }
}

both_engines! { migrations();

    async fn bank_details_are_for_whom_they_concern(store: Store) {
        let (corridor, euro) = club(&store).await;
        store
            .write(|tx| {
                agents::create_member(tx, DAN, &NewAgent { handle: "dan", name: "Dan", now: NOW }, Role::Member, None)?;
                agents::create_member(tx, EVE, &NewAgent { handle: "eve", name: "Eve", now: NOW }, Role::Member, None)?;
                agents::set_role(tx, EVE.into(), BAKERY, Role::Member, NOW)
            })
            .await
            .unwrap();
        pay_in(&corridor, BEN, euro, 5_000).await;
        let (by_bank, _) = announce(&corridor, BEN, euro, 1_000, "bank").await;
        let (by_cash, _) = announce(&corridor, BEN, euro, 1_000, "cash").await;
        let out = ask_out(&corridor, BEN, euro, 500).await.unwrap();
        // Viewer: the pay-in by bank, by cash, the pay-out, the desk; each (there, with a bank account). And the page of the money,
        // which all members see, with the holder's account or without.
        let (no, plain, whole) = ((false, false), (true, false), (true, true));
        for (who, expected, account) in [
            (BEN, [whole, plain, whole, no], false),
            (TOM, [whole, plain, whole, whole], true),
            (ADA, [whole, plain, whole, whole], true),
            (CLEO, [no, plain, no, no], false),
            (EVE, [no, no, no, no], false),
            (DAN, [no, no, no, no], false),
        ] {
            let viewer = corridor.viewer(who).await.unwrap();
            let seen = [
                shows(corridor.view(&viewer, PayInPage { id: by_bank }, NOW).await, |it| it.bank.is_some()),
                shows(corridor.view(&viewer, PayInPage { id: by_cash }, NOW).await, |it| it.bank.is_some()),
                shows(corridor.view(&viewer, PayOutPage { id: out }, NOW).await, |it| it.bank.is_some()),
                shows(corridor.view(&viewer, Desk { code: "EUR".into() }, NOW).await, |it| it.outs.iter().any(|it| it.bank.is_some())),
            ];
            assert_eq!(seen, expected, "{who}");
            let money = page(&corridor, who).await;
            assert_eq!((money.bank.is_some(), money.account_name.as_str()), (account, "The Bakery"), "{who}");
            assert_eq!(money.books.claimed.0, 5_000, "who holds it and how much is claimed is for everybody");
            assert_eq!(money.mine.outs.len(), usize::from(who == BEN), "{who}");
        }
        let guest = planet_corridor::look::Viewer::guest();
        assert!(corridor.view(&guest, Desk { code: "EUR".into() }, NOW).await.is_err());
        assert!(corridor.view(&guest, PayOutPage { id: out }, NOW).await.is_err());
    }
}
