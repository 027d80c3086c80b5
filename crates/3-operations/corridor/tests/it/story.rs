//! What the corridor promises: one outcome per key, no trace of a refusal, a log that tells when it was touched.

use crate::wall::{
    Cut, Grab, Knock, NOW, Pin, PinMany, Reach, Snatch, TakeDown, Wall, call, corridor, migrations,
};
use ed25519_dalek::SigningKey;
use planet_corridor::actor::Actor;
use planet_corridor::corridor::Corridor;
use planet_corridor::refusal::{Fault, RefusalKind};
use planet_corridor::sealer::{LogKey, latest_checkpoint};
use planet_corridor::task::Call;
use planet_corridor::testing;
use planet_corridor::verify::{Verified, verify};
use planet_store::both_engines;
use planet_store::{Error, Store, sql};
use serde_json::json;

fn key() -> LogKey {
    LogKey { origin: "club.example".into(), key: SigningKey::from_bytes(&[3; 32]) }
}

fn pin(text: &str) -> Pin {
    Pin { text: text.into() }
}

async fn notes(corridor: &Corridor) -> Vec<String> {
    let viewer = corridor.viewer(crate::wall::ADA).await.unwrap();
    corridor.view(&viewer, Wall {}, NOW).await.unwrap()
}

async fn verified(corridor: &Corridor, kept: Option<String>) -> Verified {
    let public = key().key.verifying_key();
    corridor.store().read(move |tx| verify(tx, &public, kept.as_deref(), |_| {})).await.unwrap()
}

/// The kind and the code of a refusal.
fn refused(result: Result<impl std::fmt::Debug, Fault>) -> (RefusalKind, String) {
    let refusal = testing::refused(result);
    (refusal.kind, refusal.code)
}

both_engines! { migrations();

    async fn a_repeated_act_has_one_outcome(store: Store) {
        let corridor = corridor(&store).await;
        let first = corridor.act(call(1), pin("hello")).await.unwrap();
        let again = corridor.act(call(1), pin("hello")).await.unwrap();
        assert_eq!(first, again);
        assert_eq!(notes(&corridor).await, ["hello"]);
        let (_, code) = refused(corridor.act(call(1), pin("other")).await);
        assert_eq!(code, "key_reused");
        assert_eq!(notes(&corridor).await, ["hello"]);
    }

    async fn what_one_act_makes_is_ordered_as_it_was_made(store: Store) {
        let corridor = corridor(&store).await;
        let cut = corridor.act(call(1), Cut { number: 300 }).await.unwrap().output.unwrap();
        assert!(cut.is_sorted() && cut.len() == 300, "{cut:?}");
        assert!(cut.iter().all(|id| id.get_version_num() == 7), "{cut:?}");
    }

    async fn whatever_moves_value_says_so_and_whatever_spends_asks_the_wallet(store: Store) {
        let corridor = corridor(&store).await;
        let grabbed = corridor.act(call(1), Grab {}).await.unwrap_err();
        assert!(grabbed.to_string().contains("wall.grab moves value and does not say so"), "{grabbed}");
        assert_eq!(refused(corridor.act(call(2), Snatch {}).await), (RefusalKind::NotAllowed, "wallet_not_asked".into()));
        assert_eq!(notes(&corridor).await, Vec::<String>::new(), "nothing of it was done");
    }

    async fn a_refusal_leaves_no_trace_but_its_outcome(store: Store) {
        let corridor = corridor(&store).await;
        for _ in 0..2 {
            assert_eq!(refused(corridor.act(call(1), pin("")).await), (RefusalKind::Conflict, "empty_note".into()));
        }
        assert_eq!(notes(&corridor).await, Vec::<String>::new());
        corridor.settle(&key(), NOW).await.unwrap();
        assert_eq!(verified(&corridor, None).await.events, 1);
    }

    async fn strangers_and_unknown_fields_are_refused(store: Store) {
        let corridor = corridor(&store).await;
        let guest = Call { actor: Actor::Guest, ..call(1) };
        assert_eq!(refused(corridor.act(guest, pin("hi")).await).1, "not_signed_in");
        let odd = corridor.act_named(call(2), "wall.pin", json!({ "text": "x", "colour": "red" })).await;
        assert_eq!(refused(odd), (RefusalKind::Input, "malformed".into()));
        assert_eq!(refused(corridor.act_named(call(3), "wall.burn", json!({})).await).1, "no_such_act");
        assert_eq!(notes(&corridor).await, Vec::<String>::new());
    }

    async fn a_batch_answers_each_of_its_acts(store: Store) {
        let corridor = corridor(&store).await;
        let tasks: Vec<_> = (0..40_u128)
            .map(|n| {
                let corridor = corridor.clone();
                let text = if n % 4 == 0 { String::new() } else { format!("note {n:02}") };
                tokio::spawn(async move { corridor.act(call(n), PinMany { text }).await.is_ok() })
            })
            .collect();
        let mut done = 0;
        for task in tasks {
            done += usize::from(task.await.unwrap());
        }
        assert_eq!((done, notes(&corridor).await.len()), (30, 30));
        corridor.settle(&key(), NOW).await.unwrap();
        let report = verified(&corridor, None).await;
        assert_eq!((report.entries, report.problems), (40, vec![]));
    }

    async fn the_log_names_the_event_that_was_altered(store: Store) {
        let corridor = corridor(&store).await;
        for n in 0..5 {
            corridor.act(call(n), pin(&format!("note {n}"))).await.unwrap();
        }
        corridor.settle(&key(), NOW).await.unwrap();
        let kept = store.read(latest_checkpoint).await.unwrap();
        let whole = verified(&corridor, kept.clone()).await;
        assert_eq!((whole.events, whole.checkpoints, whole.problems), (5, 1, vec![]));
        let (victim,) = store
            .write(|tx| {
                tx.exec(sql!("UPDATE events SET body = replace(body, 'note', 'vote') WHERE position = 3"), &[])?;
                tx.one::<(uuid::Uuid,)>(sql!("SELECT id FROM events WHERE position = 3"), &[])
            })
            .await
            .unwrap();
        let problems = verified(&corridor, kept).await.problems;
        assert!(problems.iter().any(|problem| problem.contains(&victim.to_string())), "{problems:?}");
    }

    async fn checkpoints_that_were_taken_away_are_missed(store: Store) {
        let corridor = corridor(&store).await;
        for n in 0..3 {
            corridor.act(call(n), pin(&format!("note {n}"))).await.unwrap();
            corridor.settle(&key(), NOW).await.unwrap();
        }
        assert_eq!(verified(&corridor, None).await.problems, Vec::<String>::new());
        store.write(|tx| tx.exec(sql!("DELETE FROM checkpoints WHERE size > 1"), &[])).await.unwrap();
        let problems = verified(&corridor, None).await.problems;
        assert!(problems.iter().any(|problem| problem.contains("cover only 1")), "{problems:?}");
    }

    async fn events_that_were_cut_off_are_missed_with_their_checkpoints(store: Store) {
        let corridor = corridor(&store).await;
        for n in 0..3 {
            corridor.act(call(n), pin(&format!("note {n}"))).await.unwrap();
            corridor.settle(&key(), NOW).await.unwrap();
        }
        store
            .write(|tx| {
                tx.exec(sql!("DELETE FROM words"), &[])?;
                tx.exec(sql!("DELETE FROM events WHERE position = 2"), &[])?;
                tx.exec(sql!("DELETE FROM checkpoints WHERE size = 3"), &[])
            })
            .await
            .unwrap();
        assert_eq!(
            verified(&corridor, None).await.problems,
            ["The head of the log does not fit its 2 sealed events."]
        );
    }

    async fn a_character_that_databases_reject_spoils_nobody_elses_act(store: Store) {
        let corridor = corridor(&store).await;
        let texts = ["fine".to_owned(), "bad\0".to_owned(), "fine too".to_owned()];
        let tasks = texts.map(|text| {
            let (corridor, key) = (corridor.clone(), call(text.len().try_into().unwrap()));
            tokio::spawn(async move { corridor.act(key, PinMany { text }).await.map(|_| ()) })
        });
        let mut answers = Vec::new();
        for task in tasks {
            answers.push(task.await.unwrap());
        }
        assert_eq!(refused(answers.remove(1)), (RefusalKind::Input, "unprintable".into()));
        assert!(answers.iter().all(Result::is_ok), "{answers:?}");
        let named = corridor.act_named(call(9), "wall.pin", json!({ "text": "\0" })).await;
        assert_eq!(refused(named).1, "unprintable");
    }

    async fn what_is_taken_down_leaves_the_log_but_for_its_commitment(store: Store) {
        let corridor = corridor(&store).await;
        let secret = corridor.act(call(1), pin("a secret")).await.unwrap().output.unwrap();
        corridor.act(call(2), pin("a poem")).await.unwrap();
        corridor.settle(&key(), NOW).await.unwrap();
        let kept = store.read(latest_checkpoint).await.unwrap();
        let said = async || {
            let rows = store.read(|tx| tx.rows::<(String,)>(sql!("SELECT body FROM events UNION ALL SELECT answer FROM outcomes"), &[]));
            rows.await.unwrap().into_iter().map(|(text,)| text).collect::<String>()
        };
        assert!(said().await.contains("a secret"));
        assert_eq!(corridor.act(call(3), TakeDown { note: secret }).await.unwrap().output, Some(1));
        assert_eq!(corridor.act(call(4), TakeDown { note: secret }).await.unwrap().output, Some(0));
        let left = said().await;
        assert!(!left.contains("a secret") && left.contains("a poem"), "{left}");
        corridor.settle(&key(), NOW).await.unwrap();
        let report = verified(&corridor, kept).await;
        assert_eq!((report.events, report.entries, report.erased, report.problems), (4, 3, 1, vec![]));
        // Whoever sends the first attempt again, or guesses at it, gets no words and pins nothing.
        assert_eq!(refused(corridor.act(call(1), pin("a secret")).await).1, "erased");
        assert_eq!(refused(corridor.act(call(1), pin("another guess")).await).1, "erased");
        assert_eq!(notes(&corridor).await, ["a poem"]);
    }

    async fn of_a_batch_only_the_entry_in_question_is_erased(store: Store) {
        let corridor = corridor(&store).await;
        let tasks: Vec<_> = (0..8_u128)
            .map(|n| {
                let corridor = corridor.clone();
                tokio::spawn(async move { corridor.act(call(n), PinMany { text: format!("note {n}") }).await.unwrap() })
            })
            .collect();
        let mut pinned = Vec::new();
        for task in tasks {
            pinned.push(task.await.unwrap().output.unwrap());
        }
        corridor.settle(&key(), NOW).await.unwrap();
        for note in &pinned[..4] {
            corridor.act(call(100 + note.as_u128()), TakeDown { note: *note }).await.unwrap();
        }
        corridor.settle(&key(), NOW).await.unwrap();
        let report = verified(&corridor, None).await;
        assert_eq!((report.entries, report.erased, report.problems), (8, 4, vec![]));
        let rows = store.read(|tx| tx.rows::<(String,)>(sql!("SELECT body FROM events"), &[])).await.unwrap();
        let left: String = rows.into_iter().map(|(body,)| body).collect();
        assert!(!left.contains("note 0") && !left.contains("note 3") && left.contains("note 4") && left.contains("note 7"), "{left}");
    }

    async fn strangers_who_knock_again_and_again_do_not_grow_the_log(store: Store) {
        let corridor = corridor(&store).await;
        for n in 0..3 {
            let knock = Call { actor: Actor::Guest, ..call(n) };
            assert_eq!(refused(corridor.act(knock, Knock {}).await).1, "nobody_home");
        }
        let rows = store
            .read(|tx| {
                tx.one::<(i64, i64, i64)>(
                    sql!(
                        "SELECT (SELECT count(*) FROM events), (SELECT count(*) FROM outcomes),
                                (SELECT n FROM counts WHERE act = 'wall.knock refused')"
                    ),
                    &[],
                )
            })
            .await
            .unwrap();
        assert_eq!(rows, (0, 0, 3));
    }

    async fn an_act_of_the_house_is_not_reached_through_another(store: Store) {
        let corridor = corridor(&store).await;
        assert_eq!(refused(corridor.act(call(1), Reach {}).await), (RefusalKind::NotFound, "no_such_act".into()));
        corridor.act(Call { actor: Actor::House, ..call(2) }, Reach {}).await.unwrap();
    }

    async fn a_rewritten_past_differs_from_the_checkpoint_that_was_kept(store: Store) {
        let corridor = corridor(&store).await;
        corridor.act(call(1), pin("one")).await.unwrap();
        corridor.settle(&key(), NOW).await.unwrap();
        let kept = store.read(latest_checkpoint).await.unwrap();
        store
            .write(|tx| {
                for clean in [
                    sql!("DELETE FROM words"), sql!("DELETE FROM events"), sql!("DELETE FROM checkpoints"),
                    sql!("DELETE FROM log_head"),
                ] {
                    tx.exec(clean, &[])?;
                }
                Ok::<_, Error>(())
            })
            .await
            .unwrap();
        corridor.act(call(2), pin("two")).await.unwrap();
        corridor.settle(&key(), NOW).await.unwrap();
        assert_eq!(verified(&corridor, None).await.problems, Vec::<String>::new());
        assert_eq!(verified(&corridor, kept).await.problems.len(), 1);
    }
}
