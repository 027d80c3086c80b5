//! Every component once, by itself.

use crate::pages::{hours, id};
use planet_kit::prelude::*;
use planet_ontology::units::Amount;

pub fn pieces(ui: &Ui) -> Markup {
    Page::new(ui, "All the pieces").lead("What pages are made of.").wide().show(html! {
        (section("Buttons", html! {}, html! {
            div.cluster {
                (button("Primary").primary()) (button("Plain")) (button("Quiet").quiet()) (button("Danger").danger())
                (button("Off").primary().off(true)) (button("With icon").icon(ui, "send")) (button("Small").small())
                (button("Small primary").primary().small()) (chip("#", "Chip", false)) (chip("#", "Current", true))
            }
        }))
        (section("Badges", html! {}, html! {
            div.cluster {
                (badge("Member")) (badge_tone(Tone::Good, "Paid")) (badge_tone(Tone::Warn, "Due")) (badge_tone(Tone::Bad, "Declined"))
                (badge_tone(Tone::Info, "New"))
            }
            (tags(&["bread", "oven"]))
        }))
        (section("Notices", html! {}, html! {
            (notice(ui, Tone::Info, "Your founder’s powers end on 1 March", html! { p { "After that the members decide everything together." } }))
            (notice(ui, Tone::Good, "", html! { p { "Saved." } }))
            (notice(ui, Tone::Warn, "Write down your recovery codes", html! { p { "Without them a lost phone is a lost key. " a href="#" { "Do it now" } } }))
            (notice(ui, Tone::Bad, "This did not work", html! { p { "The payment is above your limit." } }))
        }))
        (section("Marks", html! {}, html! { div.cluster { @for n in 0..36_u128 { (mark(id(n * 7919 + 3), Scale::Middle)) } } }))
        (section("Quilt", html! {}, html! { div.profile-cover { (quilt(id(77), 14, 2)) } }))
        (section("Money", html! {}, html! {
            div.cluster {
                (money(Amount(-123_450), &hours())) (money_signed(Amount(2500), &hours()))
                (money(Amount(990), &Unit { symbol: "€".into(), decimals: 2 })) (balance(Amount(1_234_550), &Unit { symbol: "€".into(), decimals: 2 }))
            }
        }))
        (section("Table", html! {}, table("Payments", &[Column::text("Date"), Column::text("With"), Column::text("For"), Column::number("Amount")], [
            vec![html! { "21 November" }, html! { "Bruno Marek" }, html! { "Oven wood" }, money(Amount(-1250), &hours())],
            vec![html! { "14 November" }, html! { "Cléo Ndiaye" }, html! { "French lessons" }, money(Amount(400), &hours())],
        ])))
        (section("Charts", html! {}, html! { div.grid {
            (card(sparkline(&[3, 5, 4, 8, 9, 7, 12, 14, 11, 16], "Payments a week, rising from 3 to 16")))
            (card(bars("Members", &[
                Bar { label: "Elm Street".into(), value: 80, shown: "80".into() },
                Bar { label: "Mill Lane".into(), value: 31, shown: "31".into() },
            ])))
        } }))
        (section("Taste", html! {}, html! {
            (accents(ui, "accent", "Your club’s colour", planet_kit::ui::Accent::Leaf))
            (theme_switch(ui))
            p { (with_icon(ui, "users", "The club can see this")) }
        }))
        (section("More", html! {}, html! {
            (more(ui, "What is mutual credit?", html! { p { "Money that members make by trading. One account goes down by what the other goes up." } }))
            (copy(ui, "https://club.example/i/6QJ4T9"))
            div.cluster { (dialog_button("ask", "Open a dialog")) }
            (dialog(ui, "ask", "Leave the group?", html! { p { "You can come back at any time." } div.form-end { (button("Leave").danger()) } }))
            (facts([("From", html! { "Ada Okafor" }), ("To", html! { "Bruno Marek" }), ("When", html! { "today, 14:05" })]))
            (qr("https://club.example/i/6QJ4T9", "An invitation"))
        }))
    })
}
