//! The story of a mail, on both engines: queued, sent once, forgotten; or tried again, and given up in the end.
#![expect(clippy::unwrap_used, reason = "a test that panics has failed")]

mod chains;
mod server;

use planet_exchange::outbox::{self, TRIES};
use planet_exchange::{MIGRATIONS, Mailer, NewMail};
use planet_ontology::units::Moment;
use planet_store::{Engine, Store, both_engines, sql, testing};
use server::Server;
use uuid::Uuid;

const NOW: Moment = Moment(1_795_400_000_000_000);

async fn queue(store: &Store, n: u128, to: &'static str) {
    let body = "Come in: {origin}/join/abc\n\nSee you, Käthe";
    let mail = move |tx: &mut planet_store::Tx| {
        outbox::queue(tx, &NewMail { id: Uuid::from_u128(n), to, subject: "You are invited", body }, NOW)
    };
    store.write(mail).await.unwrap();
}

fn mailer(port: u16) -> Mailer {
    let server = format!("smtp://127.0.0.1:{port}");
    Mailer::new(&server, "Our Club <club@club.example>", "https://club.example").unwrap()
}

async fn row(store: &Store, n: u128) -> (bool, bool, i64, String) {
    store
        .read(move |tx| {
            tx.one(
                sql!("SELECT sent IS NOT NULL, failed IS NOT NULL, tries, body FROM mails WHERE id = ?1"),
                &[&Uuid::from_u128(n)],
            )
        })
        .await
        .unwrap()
}

both_engines! { MIGRATIONS;
    async fn a_mail_is_sent_once_and_its_text_is_forgotten(store: Store) {
        let server = Server::start().await;
        queue(&store, 1, "ada@example.org").await;
        assert_eq!(store.read(outbox::count_waiting).await.unwrap(), 1);
        assert_eq!(mailer(server.port).deliver(&store, NOW).await.unwrap(), 1);
        assert_eq!(mailer(server.port).deliver(&store, NOW.plus_seconds(3_600)).await.unwrap(), 0);
        assert_eq!(row(&store, 1).await, (true, false, 1, String::new()));
        let received = server.received();
        assert_eq!(received.len(), 1);
        assert!(received[0].contains("To: ada@example.org"), "{}", received[0]);
        assert!(received[0].contains("https://club.example/join/abc"), "{}", received[0]);
    }

    async fn a_mail_that_cannot_be_sent_is_tried_again_and_given_up_in_the_end(store: Store) {
        queue(&store, 2, "bob@example.org").await;
        let nobody = mailer(1);
        let mut now = NOW;
        for tries in 1..TRIES {
            assert_eq!(nobody.deliver(&store, now).await.unwrap(), 0);
            assert_eq!(nobody.deliver(&store, now).await.unwrap(), 0, "not before its turn");
            let (sent, failed, tried, body) = row(&store, 2).await;
            assert_eq!((sent, failed, tried, body.is_empty()), (false, false, tries, false));
            now = now.plus_seconds(86_400);
        }
        nobody.deliver(&store, now).await.unwrap();
        assert_eq!(row(&store, 2).await, (false, true, TRIES, String::new()));
        assert_eq!(store.read(outbox::count_waiting).await.unwrap(), 0);
    }

    async fn a_wrong_address_does_not_hold_up_the_others(store: Store) {
        let server = Server::start().await;
        queue(&store, 1, "not an address").await;
        queue(&store, 2, "bob@example.org").await;
        assert_eq!(mailer(server.port).deliver(&store, NOW).await.unwrap(), 1);
        assert!(row(&store, 2).await.0);
        assert!(!row(&store, 1).await.0);
        let claimed = store.read(|tx| outbox::due(tx, NOW, 10)).await.unwrap();
        assert_eq!(claimed, [], "both were claimed");
        let (problem,) = store
            .read(|tx| tx.one::<(String,)>(sql!("SELECT problem FROM mails WHERE sent IS NULL"), &[]))
            .await
            .unwrap();
        assert_eq!(problem, "The address is not one.");
    }
}

#[test]
fn every_statement_of_this_room_prepares_on_both_engines() {
    let statements = testing::statements_in(concat!(env!("CARGO_MANIFEST_DIR"), "/src").as_ref());
    assert!(statements.len() >= 7, "{}", statements.len());
    for engine in [Engine::Sqlite, Engine::Postgres] {
        testing::run(engine, MIGRATIONS, async |store| {
            let wrong = testing::prepare_all(&store, &statements).await;
            assert!(wrong.is_empty(), "{engine:?}: {wrong:?}");
        });
    }
}
