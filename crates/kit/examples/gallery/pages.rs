//! Sample pages: what a member sees of a small club on an ordinary Monday.

use planet_kit::prelude::*;
use planet_ontology::units::{Amount, Moment};
use uuid::Uuid;

/// The club's credit.
pub fn hours() -> Unit {
    Unit { symbol: "hours".into(), decimals: 2 }
}

pub fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn past(ui: &Ui, minutes: i64) -> Markup {
    ago(ui, Moment(ui.now.0 - minutes * 60 * Moment::SECOND))
}

fn actions(ui: &Ui, answers: u32) -> Markup {
    html! {
        (link_button("#", format!("{answers} answers")).icon(ui, "message-circle").small())
        (act_button(ui, "#", button("Thank").icon(ui, "heart").small()))
    }
}

fn posts(ui: &Ui) -> Markup {
    html! {
        div.feed {
            (entry(ui, id(11), "Bruno Marek", "#").title("Bread oven is hot on Thursday", "#").when(past(ui, 12))
                .level("Elm Street", "milestone")
                .body(markdown("I fire up the **big oven** at four. Bring your dough until six, there is room for about *twenty loaves*. Thanks @ada for the wood."))
                .tags(["bread", "oven"]).actions(actions(ui, 3)))
            (entry(ui, id(12), "Cléo Ndiaye", "#").title("Who can look at our boiler?", "#").when(past(ui, 190))
                .level("Northbridge", "building-2")
                .body(markdown("It hums, then it stops. I can offer:\n\n- two hours of garden work\n- or translation, French and Wolof"))
                .tags(["help", "heating"]).actions(actions(ui, 1)))
            (entry(ui, id(23), "Repair Café", "#").group().title("Next repair afternoon: 5 December", "#").when(past(ui, 3000))
                .level("The Marshes", "trees")
                .body(markdown("Lamps, bicycles, zips and toasters. Coffee is on the house, parts at cost."))
                .tags(["repair"]).actions(actions(ui, 12)))
        }
    }
}

pub fn home(ui: &Ui) -> Markup {
    let aside = html! {
        (card(html! {
            div { p.note { "Your balance" } (balance(Amount(4250), &hours())) }
            (meter(4250, -10_000, 20_000, "42.50 hours, between −100 and 200"))
            div.cluster { (link_button("#", "Pay").primary().small().icon(ui, "send")) (link_button("#", "Request").small()) }
        }))
        (section("Waits for you", html! {}, list([
            row("Bruno asks for 3.00 hours").href("#").note("Wood for the oven").lead(mark(id(11), Scale::Middle)),
            row("Shall we rent the hall?").href("#").note("Decide by Friday").lead(icon(ui, "vote")),
        ])))
    };
    Page::new(ui, "Good morning, Ada").section("home").aside(aside).aside_first().show(html! {
        (tabs("Posts", &[("#", "Following", true), ("#", "Near me", false)]))
        (posts(ui))
        (pager(ui, None, Some("#")))
    })
}

pub fn wallet(ui: &Ui) -> Markup {
    let pay = html! {
        (link_button("#", "Pay").primary().icon(ui, "send"))
        (link_button("#", "Request").icon(ui, "receipt-text"))
    };
    let line = |n: u128, who: &str, what: &str, minutes: i64, amount: i64| {
        row(who)
            .href("#")
            .lead(mark(id(n), Scale::Middle))
            .note(html! { (what) " · " (past(ui, minutes)) })
            .end(money_signed(Amount(amount), &hours()))
    };
    Page::new(ui, "Wallet").section("wallet").actions(pay).show(html! {
        (card(html! {
            p.note { "You have" }
            (balance(Amount(-1250), &hours()))
            (meter(-1250, -10_000, 20_000, "12.50 hours below zero, between −100 and 200")
                .ends(money(Amount(-10_000), &hours()), money(Amount(20_000), &hours())))
            p.note { "Below zero means that others did more for you so far. That is fine: it is how credit begins." }
        }))
        (section("Latest", html! { a href="#" { "Whole statement" } }, list([
            line(11, "Bruno Marek", "Oven wood", 14, -1250),
            line(12, "Cléo Ndiaye", "French lessons, two evenings", 1500, 400),
            line(23, "Repair Café", "Lamp", 4000, -150),
            line(14, "Dmitri Halvorsen-Achterberg", "Moving the piano", 9000, 104_000),
        ])))
        (card(bars("By week", &[
            Bar { label: "This week".into(), value: 1250, shown: "12.50".into() },
            Bar { label: "Last week".into(), value: 3100, shown: "31.00".into() },
            Bar { label: "Before".into(), value: 700, shown: "7.00".into() },
        ])))
    })
}

pub fn pay(ui: &Ui) -> Markup {
    let mut filled = Filled::default();
    filled.set("to", "Bruno Marek");
    filled.set("amount", "1200");
    filled.wrong("amount", "You can pay 87.50 hours at the most. Your limit is 100 hours below zero.");
    Page::new(ui, "Pay").section("wallet").back("#", "Wallet").show(html! {
        (form(ui, "#", html! {
            (suggest(field("to", "To whom?").hint("A name or a @handle.").required().filled(&filled), "/people/suggest", "to_id", ""))
            (field("amount", "How much?").money(&hours()).required().filled(&filled))
            (field("reason", "What for?").limit(140).optional(ui).filled(&filled))
            div.form-end { (button("Pay").primary()) (link_button("#", "Cancel").quiet()) }
        }).filled(&filled))
    })
}

pub fn profile(ui: &Ui) -> Markup {
    let note = html! { "@bruno · Elm Street, Northbridge · member since 14 March" };
    let actions = html! {
        (link_button("#", "Pay").primary().icon(ui, "send"))
        (act_button(ui, "#", button("Follow")))
        (menu(ui, "profile-menu", "More", html! { a href="#" { "Invite to a group" } a href="#" { "Report" } }))
    };
    Page::new(ui, "Bruno Marek").section("people").own_heading().show(html! {
        (profile_head(id(11), "Bruno Marek", note).actions(actions))
        (tabs("Profile", &[("#", "About", true), ("#", "Posts", false), ("#", "Groups", false)]))
        (section("About", html! {}, card(html! {
            (markdown("Baker, retired. I like old ovens, new neighbours and the *six o’clock train*."))
            (facts([
                ("Can do", html! { (tags(&["baking", "masonry", "accordion"])) }),
                ("Speaks", html! { "Czech, English" }),
                ("Phone", html! { "+44 20 7946 0018 " (badge("circle: Oven")) }),
            ]))
        })))
        (section("Groups", html! { a href="#" { "All" } }, list([
            row("Repair Café").href("#").note("Working group · 14 members").lead(html! { span.avatar-group { (mark(id(23), Scale::Middle)) } }).end(badge("Treasurer")),
            row("Oven").href("#").note("Chat · 9 members").lead(html! { span.avatar-group { (mark(id(24), Scale::Middle)) } }),
        ])))
    })
}

pub fn post(ui: &Ui) -> Markup {
    Page::new(ui, "Bread oven is hot on Thursday").section("home").back("#", "Home").own_heading().show(html! {
        (entry(ui, id(11), "Bruno Marek", "#").title("Bread oven is hot on Thursday", "#").when(past(ui, 12))
            .level("Elm Street", "milestone").whole().tags(["bread", "oven"]).actions(actions(ui, 3))
            .body(article("I fire up the **big oven** at four.\n\n## What to bring\n\n1. Your dough, risen once\n2. A tin with your name\n3. Patience\n\n> The oven decides, not the clock.\n\nMore at https://oven.example/how or ask @cleo.")))
        (section("3 answers", html! {}, list([
            entry(ui, id(12), "Cléo Ndiaye", "#").when(past(ui, 5)).body(markdown("Two loaves, please! I come at **five**.")),
            entry(ui, id(4), "Ada Okafor", "#").when(past(ui, 3)).body(markdown("The wood is in the shed.\n\nThe key hangs behind the door.")),
        ])))
        (form(ui, "#", html! {
            (field("text", "Your answer").area(3).limit(2000))
            div.form-end { (button("Answer").primary()) }
        }))
    })
}

pub fn new_post(ui: &Ui) -> Markup {
    Page::new(ui, "New post").back("#", "Home").show(html! {
        (form(ui, "#", html! {
            (field("title", "Title").required().limit(120))
            (field("text", "What do you want to say?").hint("You can use **bold**, lists and links.").area(6).required().limit(10_000))
            (field("tags", "Tags").hint("One to five words, such as bread, garden.").required())
            (choices("relevance", "How far does it matter?").hint("It is shown first to people who live there.").grid()
                .option("street", "Elm Street", "Shows which street you live in").icon(ui, "milestone")
                .option("neighbourhood", "The Marshes", "Your neighbourhood").icon(ui, "trees")
                .option("town", "Northbridge", "Your town").icon(ui, "building-2")
                .option("district", "Marshland", "Your district").icon(ui, "map")
                .option("country", "United Kingdom", "Your country").icon(ui, "flag")
                .option("world", "The world", "Everybody").icon(ui, "globe").selected("town"))
            (check("copy", "Send me a copy").hint("By mail, once it is published."))
            div.form-end { (button("Publish").primary()) (link_button("#", "Cancel").quiet()) }
        }).draft("post-new"))
    })
}

pub fn people(ui: &Ui) -> Markup {
    let names = [
        "Ada Okafor",
        "Bruno Marek",
        "Cléo Ndiaye",
        "Dmitri Halvorsen",
        "Esra Yıldız",
        "Farid Rahmani",
        "Grażyna Łaska",
        "Hiro Tanaka",
        "Ines Duarte",
        "Jonah Weiss",
        "Kalinda Ray",
        "Lars Lund",
    ];
    let rows = names.iter().zip(10_u128..).map(|(name, n)| {
        row(*name).href("#").note("Elm Street · bread, garden").lead(mark(id(n), Scale::Middle))
    });
    let invite = html! { (link_button("#", "Invite").primary().icon(ui, "user-plus")) };
    Page::new(ui, "People").section("people").lead("Everybody who belongs to Elm Street Co-op: 212 members.").actions(invite).show(html! {
        (form(ui, "#", html! { (field("q", "Find somebody").search().hint("A name, a skill or a place.")) }).get())
        div.cluster { (chip("#", "Everybody", true)) (chip("#", "My street", false)) (chip("#", "I follow", false)) }
        (list(rows))
        (pager(ui, Some("#"), Some("#")))
    })
}

pub fn nothing_yet(ui: &Ui) -> Markup {
    Page::new(ui, "Groups").section("groups").show(html! {
        (empty(ui, "sprout", "No groups yet", "A group is members who do something together: it has its own page, its own wallet and its own rules. Most clubs begin with one for each regular meeting.")
            .action(link_button("#", "Start a group").primary().icon(ui, "plus")))
        (notice(ui, Tone::Info, "", html! { p { "You can also join groups of clubs that yours is friends with." } }))
    })
}

pub fn founding(ui: &Ui) -> Markup {
    bare(
        ui,
        "Found your club",
        html! {
            (steps(ui, &["Your club", "Rules", "Money", "You"], 0))
            div.stack { h1 { "Found your club" } p.lead { "A club belongs to its members, one member one vote. You are the first of them." } }
            (form(ui, "#", html! {
                (field("name", "What is your club called?").required().limit(80).focus())
                (field("purpose", "What is it for?").hint("A sentence or two. You can change it later, together.").area(3))
                (suggest(field("place", "Where is it at home?").hint("A town. Nobody’s position is ever measured."), "/places/search", "place_id", ""))
                div.form-end { (button("Go on").primary().wide()) }
            }))
        },
    )
}

pub fn founding_rules(ui: &Ui) -> Markup {
    bare(
        ui,
        "How will you decide?",
        html! {
            (steps(ui, &["Your club", "Rules", "Money", "You"], 1))
            div.stack { h1 { "How will you decide?" } p.lead { "Choose what is closest. Every rule can be read now and changed later by vote." } }
            (form(ui, "#", html! {
                (choices("kit", "A set of rules to begin with")
                    .option("worker", "Worker co-op", "People who work together. Treasurer and one more sign; members decide by majority.").icon(ui, "wrench")
                    .option("consumer", "Consumer co-op", "People who buy together. A board of stewards, yearly vote.").icon(ui, "hand-coins")
                    .option("neighbours", "Neighbourhood association", "People who live near each other. Anyone may propose; silence is consent.").icon(ui, "trees")
                    .option("consent", "Consent circle", "Nothing is done while somebody has a grave objection.").icon(ui, "message-circle")
                    .option("federation", "Federation", "Clubs of clubs; delegates vote.").icon(ui, "share-2").selected("neighbours"))
                (more(ui, "Read the rules in full", html! { p.note { "…" } }))
                div.form-end { (button("Go on").primary()) (link_button("#", "Back").quiet()) }
            }))
        },
    )
}

pub fn invitation(ui: &Ui) -> Markup {
    bare(
        ui,
        "Welcome",
        html! {
            div.stack { (avatar(id(11), "Bruno Marek").note("invites you")) h1 { "Join Elm Street Co-op" } p.lead { "We bake, mend and look after each other’s cats. It takes a minute: your name, your place, a passkey." } }
            (form(ui, "#", html! {
                (field("name", "Your name").hint("As your neighbours know you.").required().with("autocomplete", "name"))
                (field("handle", "A short name").before("@").short().required())
                (check("terms", "I have read our three promises").required())
                div.form-end { (button("Create my passkey and join").primary().icon(ui, "key-round").wide()) }
            }).island("passkey-join", "/join/begin"))
            (qr("https://club.example/i/6QJ4T9", "The same invitation as a QR code"))
        },
    )
}

pub fn sign_in(ui: &Ui) -> Markup {
    bare(
        ui,
        "Sign in",
        html! {
            div.stack { h1 { "Welcome back" } p.lead { "Your passkey is on this device or on your phone. There is no password to remember." } }
            (form(ui, "#", html! { (button("Sign in with your passkey").primary().icon(ui, "key-round").wide()) }).island("passkey-sign-in", "/sign-in/begin"))
            (more(ui, "Lost your passkey?", html! { p { "Come back in with a recovery code." } (link_button("#", "Use a recovery code")) }))
        },
    )
}

/// A page that anybody may see, with what tools sometimes put on pages by themselves: plain lists of definitions and details.
pub fn public(ui: &Ui) -> Markup {
    Page::new(ui, "Our words").back("#", "About this club").lead("One word per idea, everywhere.").show(html! {
        dl {
            dt { "act" } dd { "Anything that changes something: a payment, a post, a new member." }
            dt { "agent" } dd { "Whoever can act and own: a member or a group." }
        }
        details open { summary { "Pay somebody" } p.note { "Any member may pay from their own wallet." } pre tabindex="0" { "permit(principal is Member, action == Action::\"wallet.pay\", resource)" } }
        details { summary { "Invite somebody" } p.note { "Any member may." } }
    })
}
