//! Stories of standing payments, on both engines: days, ends of months, refusals, pauses, and whoever is gone by then.

use crate::town::*;
use jiff::Timestamp;
use planet_corridor::agents;
use planet_corridor::corridor::Corridor;
use planet_ontology::calendar::Every;
use planet_ontology::ids::StandingId;
use planet_ontology::roles::{Role, Standing};
use planet_ontology::units::{Amount, Moment};
use planet_store::{Store, both_engines};
use planet_wallet::acts::limits::SetLimits;
use planet_wallet::acts::standing::{EndSchedule, PauseSchedule, ResumeSchedule, Schedule};
use planet_wallet::rows::standing::{self, StandingRow};

fn day(text: &str) -> Moment {
    let at: Timestamp = format!("{text}T06:00:00Z").parse().unwrap();
    Moment(at.as_microsecond())
}

fn rent(every: Every, first: &str, last: Option<&str>) -> Schedule {
    Schedule {
        to: BEN.into(),
        amount: Amount(3_000),
        memo: "rent".into(),
        every,
        first: first.into(),
        last: last.map(str::to_owned),
        from: None,
        currency: None,
    }
}

async fn row(corridor: &Corridor, id: StandingId) -> StandingRow {
    corridor.store().read(move |tx| standing::find(tx, id)).await.unwrap().unwrap()
}

/// What Ben has after the house did what was due on each of these days.
async fn paid_on(corridor: &Corridor, days: &[&str]) -> Vec<i64> {
    let mut balances = Vec::new();
    for text in days {
        corridor.perform_due(day(text)).await.unwrap();
        balances.push(has(corridor, BEN, None).await);
    }
    balances
}

both_engines! { migrations();

    async fn rent_is_paid_at_the_end_of_each_month_until_its_last_day(store: Store) {
        let corridor = town(&store).await;
        let id = done(&corridor, by(ADA), rent(Every::Month, "2026-12-31", Some("2027-02-28"))).await;
        let balances = paid_on(&corridor, &["2026-12-30", "2026-12-31", "2027-01-30", "2027-01-31", "2027-02-27", "2027-02-28", "2027-03-31"]).await;
        assert_eq!(balances, [0, 3_000, 3_000, 6_000, 6_000, 9_000, 9_000]);
        let row = row(&corridor, id).await;
        assert_eq!((row.state.as_str(), row.number), ("ended", 3));
        assert_eq!(store.read(move |tx| standing::count_paid(tx, id)).await.unwrap(), 3);
        the_books_are_in_order(&corridor).await;
    }

    async fn a_refused_payment_is_tried_for_three_more_days_and_then_the_whole_is_paused(store: Store) {
        let corridor = town(&store).await;
        let id = done(&corridor, by(ADA), rent(Every::Month, "2026-12-01", None)).await;
        let none = SetLimits { owner: ADA.into(), currency: None, min: Amount(0), max: Amount(20_000), soft: None };
        done(&corridor, by(ADA), none).await;
        assert_eq!(paid_on(&corridor, &["2026-12-01", "2026-12-02"]).await, [0, 0]);
        let first = row(&corridor, id).await;
        assert_eq!((first.state.as_str(), first.refusals), ("active", 2));
        assert!(first.why.unwrap().starts_with("You have 0.00"));
        // On the third day there is enough: it is paid, and the next one is due a month after the first.
        done(&corridor, at(CLEO, day("2026-12-02")), pay(ADA, 3_000)).await;
        assert_eq!(paid_on(&corridor, &["2026-12-03", "2026-12-31", "2027-01-01"]).await, [3_000, 3_000, 3_000]);
        assert_eq!(paid_on(&corridor, &["2027-01-02", "2027-01-03", "2027-01-04", "2027-01-05"]).await, [3_000; 4]);
        let row_then = row(&corridor, id).await;
        assert_eq!((row_then.state.as_str(), row_then.refusals, row_then.number), ("paused", 4, 1));
        assert_eq!(store.read(|tx| standing::count_troubled(tx, ADA.into())).await.unwrap(), 1);
        // What was missed is not made up for.
        done(&corridor, at(DAN, day("2027-01-06")), pay(ADA, 9_000)).await;
        done(&corridor, at(ADA, day("2027-01-06")), ResumeSchedule { standing: id }).await;
        assert_eq!(paid_on(&corridor, &["2027-01-31", "2027-02-01", "2027-03-01"]).await, [3_000, 6_000, 9_000]);
        the_books_are_in_order(&corridor).await;
    }

    async fn it_can_be_paused_and_ended_by_whoever_pays_and_nobody_else(store: Store) {
        let corridor = town(&store).await;
        let id = done(&corridor, by(ADA), rent(Every::Week, "2026-12-01", None)).await;
        for who in [BEN, CLEO] {
            assert_eq!(refused(&corridor, by(who), EndSchedule { standing: id }).await.0, "standing_unknown");
            assert_eq!(refused(&corridor, by(who), PauseSchedule { standing: id }).await.0, "standing_unknown");
        }
        done(&corridor, by(ADA), PauseSchedule { standing: id }).await;
        assert_eq!(paid_on(&corridor, &["2026-12-01", "2026-12-08"]).await, [0, 0]);
        done(&corridor, at(ADA, day("2026-12-09")), ResumeSchedule { standing: id }).await;
        // Resumed twice is paid once.
        done(&corridor, at(ADA, day("2026-12-09")), ResumeSchedule { standing: id }).await;
        assert_eq!(paid_on(&corridor, &["2026-12-14", "2026-12-15", "2026-12-15"]).await, [0, 3_000, 3_000]);
        done(&corridor, at(ADA, day("2026-12-16")), EndSchedule { standing: id }).await;
        assert_eq!(paid_on(&corridor, &["2026-12-22"]).await, [3_000]);
        assert_eq!(refused(&corridor, by(ADA), ResumeSchedule { standing: id }).await.0, "standing_ended");
    }

    async fn whoever_has_left_pays_nothing_more(store: Store) {
        let corridor = town(&store).await;
        let leaving = done(&corridor, by(CLEO), rent(Every::Week, "2026-12-01", None)).await;
        let to_leaver = done(&corridor, by(ADA), Schedule { to: DAN.into(), ..rent(Every::Week, "2026-12-01", None) }).await;
        store
            .write(|tx| {
                agents::set_standing(tx, CLEO.into(), Standing::Left)?;
                agents::set_standing(tx, DAN.into(), Standing::Left)
            })
            .await
            .unwrap();
        assert_eq!(paid_on(&corridor, &["2026-12-01", "2026-12-02", "2026-12-03", "2026-12-04", "2026-12-05"]).await, [0; 5]);
        assert_eq!(row(&corridor, leaving).await.state, "ended");
        assert_eq!(row(&corridor, to_leaver).await.state, "paused");
    }

    async fn a_groups_standing_payment_is_paid_by_its_keeper(store: Store) {
        let corridor = town(&store).await;
        done(&corridor, by(CLEO), pay(BAKERY, 6_000)).await;
        let act = Schedule { from: Some(BAKERY.into()), ..rent(Every::Week, "2026-12-01", None) };
        let id = done(&corridor, by(ADA), act).await;
        assert_eq!(paid_on(&corridor, &["2026-12-01"]).await, [3_000]);
        store.write(|tx| agents::set_role(tx, BEN.into(), BAKERY, Role::Treasurer, NOW)).await.unwrap();
        done(&corridor, at(BEN, day("2026-12-02")), PauseSchedule { standing: id }).await;
        done(&corridor, at(BEN, day("2026-12-02")), ResumeSchedule { standing: id }).await;
        assert_eq!(row(&corridor, id).await.actor, serde_json::json!({ "member": BEN }));
        assert_eq!(paid_on(&corridor, &["2026-12-08"]).await, [6_000]);
    }

    async fn days_that_make_no_sense_are_refused(store: Store) {
        let corridor = town(&store).await;
        let today = "2026-11-23";
        assert_eq!(planet_ontology::calendar::day_of(NOW).to_string(), today);
        for (first, last, code) in [
            ("31.12.2026", None, "day_unclear"),
            ("2026-02-30", None, "day_unclear"),
            ("", None, "day_unclear"),
            ("2026-11-21", None, "first_day_over"),
            ("2032-01-01", None, "first_day_far"),
            ("2026-12-31", Some("2026-12-30"), "last_day_first"),
            ("2026-12-31", Some("soon"), "day_unclear"),
        ] {
            assert_eq!(refused(&corridor, by(ADA), rent(Every::Week, first, last)).await.0, code, "{first}");
        }
        for (act, code) in [
            (Schedule { amount: Amount(0), ..rent(Every::Week, today, None) }, "amount_not_positive"),
            (Schedule { amount: Amount(30_001), ..rent(Every::Week, today, None) }, "never_affordable"),
            (Schedule { to: ADA.into(), ..rent(Every::Week, today, None) }, "to_oneself"),
        ] {
            assert_eq!(refused(&corridor, by(ADA), act).await.0, code);
        }
        for _ in 0..50 {
            done(&corridor, by(ADA), rent(Every::Year, "2027-01-01", None)).await;
        }
        assert_eq!(refused(&corridor, by(ADA), rent(Every::Year, "2027-01-01", None)).await.0, "too_many_standing");
    }
}
