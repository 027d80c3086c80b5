//! Who sees what: every kind of conversation and every kind of viewer in one table, for each of the views.

use crate::browsers::*;
use planet_corridor::agents;
use planet_corridor::corridor::Corridor;
use planet_corridor::look::Viewer;
use planet_kit::testing::new;
use planet_ontology::ids::{GroupId, MemberId};
use planet_ontology::roles::{Mode, Role, Standing, Visibility};
use planet_private::acts::people::{Leave, OpenGroup, RemovePerson};
use planet_private::views::log::Log;
use planet_private::views::{Conversation, Conversations};
use planet_store::{Store, both_engines};
use std::fmt::Write as _;
use uuid::Uuid;

const CHOIR: GroupId = GroupId(Uuid::from_u128(0xc401));
/// Everybody who might look.
const VIEWERS: [(&str, Option<MemberId>); 5] = [
    ("guest", None),
    ("began", Some(ADA)),
    ("takes part", Some(BEN)),
    ("was taken out", Some(CAT)),
    ("stranger", Some(EVE)),
];

/// A row for each viewer; a column for each kind of conversation. Cat was taken out of those of several and of the group, and has left that
/// of two. Eve looks after the club, which opens nothing here.
const TABLE: &str = "
guest         |
began         | two several group
takes part    | several group
was taken out |
stranger      |
";

async fn seen(corridor: &Corridor, who: Option<MemberId>, talks: &[(&str, Uuid)]) -> String {
    let viewer = match who {
        Some(member) => corridor.viewer(member).await.unwrap(),
        None => Viewer::guest(),
    };
    let listed = corridor.view(&viewer, Conversations {}, NOW).await;
    let listed: Vec<Uuid> =
        listed.map(|lines| lines.iter().map(|line| line.id).collect()).unwrap_or_default();
    let mut names = String::new();
    for (name, id) in talks {
        let open = corridor.view(&viewer, Conversation { id: *id }, NOW).await.is_ok();
        let read = corridor.view(&viewer, Log { conversation: *id, after: 0 }, NOW).await.is_ok();
        assert_eq!((open, read), (listed.contains(id), open), "{who:?} {name}: the three views agree");
        if open {
            write!(names, " {name}").unwrap();
        }
    }
    names
}

both_engines! { migrations();

    async fn a_conversation_is_seen_by_its_people_alone(store: Store) {
        let corridor = club(&store).await;
        store
            .write(|tx| {
                agents::set_role(tx, EVE.into(), GroupId::CLUB, Role::Steward, NOW)?;
                agents::create_group_seen_by(tx, CHOIR, &new("choir", "Choir"), (Mode::Chat, false), Visibility::Private)?;
                for member in [ADA, BEN, CAT] {
                    agents::set_role(tx, member.into(), CHOIR, Role::Member, NOW)?;
                }
                Ok::<_, planet_store::Error>(())
            })
            .await
            .unwrap();
        let two = start(&corridor, ADA, &[CAT]).await;
        let several = start(&corridor, ADA, &[BEN, CAT]).await;
        let group = corridor.act(by(ADA), OpenGroup { group: CHOIR }).await.unwrap().output.unwrap().conversation;
        corridor.act(by(CAT), Leave { conversation: two }).await.unwrap();
        corridor.act(by(ADA), RemovePerson { conversation: several, member: CAT }).await.unwrap();
        store.write(|tx| agents::set_role(tx, CAT.into(), CHOIR, Role::None, NOW)).await.unwrap();
        let talks = [("two", two), ("several", several), ("group", group)];
        let mut table = "\n".to_owned();
        for (name, who) in VIEWERS {
            writeln!(table, "{name:<13} |{}", seen(&corridor, who, &talks).await).unwrap();
        }
        assert_eq!(table, TABLE);
        // Who has left the club sees nothing any more; who is suspended reads on.
        store.write(|tx| agents::set_standing(tx, BEN.into(), Standing::Suspended)).await.unwrap();
        assert_eq!(seen(&corridor, Some(BEN), &talks).await, " several group");
        store.write(|tx| agents::set_standing(tx, BEN.into(), Standing::Left)).await.unwrap();
        assert_eq!(seen(&corridor, Some(BEN), &talks).await, "");
    }
}
