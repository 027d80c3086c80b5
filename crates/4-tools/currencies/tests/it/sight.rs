//! Who may know of which currency: every kind of currency by every kind of viewer.

use crate::cast::*;
use planet_corridor::agents::{self, NewAgent};
use planet_corridor::look::Viewer;
use planet_currencies::acts::design::Design;
use planet_currencies::acts::hold::Ask;
use planet_currencies::acts::issue::Issue;
use planet_currencies::acts::trade::Buy;
use planet_currencies::terms::{Holders, Terms};
use planet_currencies::views::{Currencies, CurrencyPage, Health, Rates};
use planet_ledger::open_account;
use planet_ontology::ids::{AccountId, GroupId};
use planet_ontology::roles::{Mode, Role};
use planet_ontology::units::Amount;
use planet_store::{Store, both_engines};
use uuid::Uuid;

both_engines! { migrations();

    async fn each_sees_what_is_meant_for_them(store: Store) {
        let corridor = club(&store).await;
        for (code, holders) in [("FORALL", Holders::Club), ("FORUS", Holders::Group), ("FORSOME", Holders::Asked)] {
            let wanted = Design { code: code.into(), ..deli_dollars(Terms { holders, ..deli_terms() }) };
            let currency = design(&corridor, wanted).await;
            if holders == Holders::Asked {
                corridor.act(by(ADA), Ask { currency, to: BEN.into() }).await.unwrap();
            }
        }
        // Ada and Cleo are in the group, Ben was asked, Dora is only in the club.
        for (who, sees) in [
            (ADA, ["FORALL", "FORUS", "FORSOME"].as_slice()),
            (CLEO, &["FORALL", "FORUS", "FORSOME"]),
            (BEN, &["FORALL", "FORSOME"]),
            (DORA, &["FORALL"]),
        ] {
            let viewer = corridor.viewer(who).await.unwrap();
            let list = corridor.view(&viewer, Currencies::default(), NOW).await.unwrap();
            let mut codes: Vec<_> = list.lines.iter().map(|line| line.money.code.as_str()).collect();
            codes.sort_unstable();
            let mut expected = sees.to_vec();
            expected.sort_unstable();
            assert_eq!(codes, expected, "{who}");
            for code in ["FORALL", "FORUS", "FORSOME"] {
                let page = corridor.view(&viewer, CurrencyPage { code: code.into(), version: None }, NOW).await;
                let health = corridor.view(&viewer, Health { code: code.into() }, NOW).await;
                assert_eq!((page.is_ok(), health.is_ok()), (sees.contains(&code), sees.contains(&code)), "{who} {code}");
            }
        }
        let guest = Viewer::guest();
        corridor.view(&guest, Currencies::default(), NOW).await.unwrap_err();
        corridor.view(&guest, Rates::default(), NOW).await.unwrap_err();
        corridor.view(&guest, CurrencyPage { code: "FORALL".into(), version: None }, NOW).await.unwrap_err();
    }

    async fn whoever_may_not_know_of_it_cannot_act_on_it(store: Store) {
        let corridor = club(&store).await;
        let wanted = deli_dollars(Terms { holders: Holders::Group, ..deli_terms() });
        let currency = design(&corridor, wanted).await;
        let issue = Issue { currency, to: DORA.into(), amount: Amount(1), reason: "Hm.".into() };
        assert_eq!(refused(corridor.act(by(DORA), issue).await).code, "currency_unknown");
        let ask = Ask { currency, to: DORA.into() };
        assert_eq!(refused(corridor.act(by(DORA), ask).await).code, "currency_unknown");
    }

    async fn whoever_keeps_a_wallet_sees_what_is_in_it_and_buys_for_it(store: Store) {
        let corridor = club(&store).await;
        let choir = GroupId(Uuid::from_u128(0xc401));
        store.write(move |tx| {
            agents::create_group(tx, choir, &NewAgent { handle: "choir", name: "Choir", now: NOW }, Mode::Trading, false)?;
            agents::set_role(tx, BEN.into(), choir, Role::Treasurer, NOW)?;
            agents::set_role(tx, CLEO.into(), choir, Role::Member, NOW)?;
            open_account(tx, choir.into(), ACORNS, AccountId(choir.0), NOW).unwrap();
            Ok::<_, planet_store::Error>(())
        }).await.unwrap();
        let dollars = design(&corridor, deli_dollars(deli_terms())).await;
        let bought = Buy { currency: dollars, amount: Amount(2_000), version: 1, from: Some(choir.into()) };
        corridor.act(by(BEN), bought).await.unwrap();
        for (who, wallets) in [(BEN, vec![("Choir", 2_000)]), (CLEO, vec![]), (ADA, vec![])] {
            let viewer = corridor.viewer(who).await.unwrap();
            let page = corridor.view(&viewer, CurrencyPage { code: "DELI".into(), version: None }, NOW).await.unwrap();
            let kept: Vec<_> = page.kept.iter().map(|it| (it.group.name.as_str(), it.balance.0)).collect();
            assert_eq!(kept, wallets, "{who}");
        }
        let inner = Terms { holders: Holders::Group, ..deli_terms() };
        design(&corridor, Design { code: "INNER".into(), ..deli_dollars(inner) }).await;
        store.write(move |tx| agents::set_role(tx, BEN.into(), DELI, Role::Member, NOW)).await.unwrap();
        let viewer = corridor.viewer(BEN).await.unwrap();
        let page = corridor.view(&viewer, CurrencyPage { code: "INNER".into(), version: None }, NOW).await.unwrap();
        assert!(page.kept.is_empty(), "the choir is not in the Deli");
    }
}
