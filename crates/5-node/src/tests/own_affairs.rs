//! What the club decides about itself, under real rules, on both engines: its register of assumptions, and its members. The club is then
//! both who acts and what is acted on.

use crate::house;
use crate::tests::first_week::{club, decide};
use planet_corridor::agents;
use planet_governance::assumptions::AddAssumption;
use planet_governance::assumptions::acts::{MergeAssumption, RetireAssumption};
use planet_groups::acts::SetMode;
use planet_kit::testing::{ADA, BEN, CAT, NOW, by};
use planet_membership::acts::Suspend;
use planet_ontology::ids::GroupId;
use planet_store::{Store, both_engines};

both_engines! { house::migrations();

    async fn the_members_merge_and_retire_what_the_club_assumes(store: Store) {
        let corridor = club(&store, "neighbourhood").await;
        let mut said = Vec::new();
        for statement in ["People help each other.", "People like to help.", "Everybody has a car."] {
            let add = AddAssumption { section: "people".into(), statement: statement.into() };
            said.push((corridor.act(by(ADA), add).await.unwrap().output.unwrap(), statement.to_owned()));
        }
        let [(kept, into), (assumption, statement), (gone, old)] = said.try_into().unwrap();
        let merge = MergeAssumption { assumption, statement, heir: kept, into };
        assert_eq!(decide(&corridor, BEN, merge, &[ADA, BEN, CAT]).await, "done");
        let retire = RetireAssumption { assumption: gone, statement: old };
        assert_eq!(decide(&corridor, CAT, retire, &[ADA, BEN, CAT]).await, "done");
    }

    async fn in_whatever_mode_the_club_is_it_acts_on_itself(store: Store) {
        let corridor = club(&store, "consent-circle").await;
        let mode = SetMode { group: GroupId::CLUB, mode: "working".into() };
        decide(&corridor, ADA, mode, &[]).await;
        corridor.perform_due(NOW.plus_seconds(5 * 86_400)).await.unwrap();
        let mode = store.read(|tx| agents::group(tx, GroupId::CLUB)).await.unwrap().unwrap().mode;
        assert_eq!(mode.as_deref(), Some("working"));
        let until = NOW.plus_seconds(90 * 86_400);
        let suspend = Suspend { member: CAT, name: "Cat".into(), until, reason: "A break.".into() };
        decide(&corridor, ADA, suspend, &[]).await;
        corridor.perform_due(NOW.plus_seconds(30 * 86_400)).await.unwrap();
        let cat = store.read(|tx| agents::find(tx, CAT.into())).await.unwrap().unwrap();
        assert_eq!(cat.standing, "suspended");
    }
}
