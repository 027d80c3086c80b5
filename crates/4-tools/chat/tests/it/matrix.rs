//! Who sees what: each kind of group × each kind of viewer × each thing that this room shows. The expectations are said anew here.

use crate::story::{FIRST, OPEN, SEALED, club, say};
use planet_chat::views::{Inbox, Room, Search};
use planet_corridor::look::Viewer;
use planet_kit::testing::{ADA, BEN, CAT, NOW};
use planet_ontology::ids::ChannelId;
use planet_store::{Store, both_engines};

both_engines! { crate::story::migrations();
    async fn each_viewer_sees_what_the_group_shows_them_and_nothing_else(store: Store) {
        let corridor = club(&store).await;
        say(&corridor, ADA, FIRST, "needle").await.unwrap();
        say(&corridor, ADA, ChannelId(OPEN.0), "needle").await.unwrap();
        say(&corridor, ADA, ChannelId(SEALED.0), "needle").await.unwrap_err();
        let viewers = [
            ("guest", Viewer::guest()),
            ("elsewhere", corridor.viewer(CAT).await.unwrap()),
            ("member", corridor.viewer(BEN).await.unwrap()),
        ];
        // Which viewers may open the room, and which of them see the words there.
        for (group, opens, words) in [
            ("choir", ["member"].as_slice(), ["member"].as_slice()),
            ("market", &["guest", "elsewhere", "member"], &["guest", "elsewhere", "member"]),
            ("board", &["member"], &[]),
            ("nowhere", &[], &[]),
        ] {
            for (who, viewer) in &viewers {
                let room = corridor.view(viewer, Room { group: group.into(), ..Room::default() }, NOW).await;
                assert_eq!(room.is_ok(), opens.contains(who), "{who} opens {group}");
                let seen = room.is_ok_and(|room| room.messages.iter().any(|message| message.text == "needle"));
                assert_eq!(seen, words.contains(who), "{who} reads {group}");
                let search = Search { group: group.into(), q: "needle".into() };
                let found = corridor.view(viewer, search, NOW).await.is_ok_and(|found| !found.is_empty());
                assert_eq!(found, words.contains(who), "{who} finds in {group}");
            }
        }
        let inboxes = [(CAT, 0), (BEN, 2)];
        for (who, lines) in inboxes {
            let viewer = corridor.viewer(who).await.unwrap();
            assert_eq!(corridor.view(&viewer, Inbox {}, NOW).await.unwrap().len(), lines);
        }
    }
}
