//! Home: what waits, the balances, what is near, the latest posts. Composed from the tools' views at one point in time.

use axum::Router;
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use planet_corridor::act::View;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_currencies::views::{Told, WaitingHere};
use planet_dues::views::waiting::{Kind as DuesKind, Task as DuesTask, Waiting as DuesWaiting};
use planet_feed::{Latest, latest, post_list};
use planet_governance::talk::due::{Due, Waits};
use planet_governance::views::{Decisions, Line};
use planet_groups::views::{AtDoor, AtDoors};
use planet_kit::prelude::*;
use planet_kit::web::address::{as_part, in_query};
use planet_kit::web::{Answer, Desk, Signed, Visit};
use planet_membership::views::{Step, Welcome};
use planet_treasury::views::waiting::{Kind, Task, Waiting as Keeping};
use planet_wallet::views::{Balance, Bill, Requests, StandingView, Wallet, stopped};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many posts of each kind home shows.
const POSTS: usize = 5;

/// The routes.
pub fn routes() -> Router<Desk> {
    Router::new().route("/", get(home)).route("/waiting", get(waiting)).route("/search", get(search))
}

/// Everything on one's first page.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Home {}

/// What home shows.
#[derive(Serialize, JsonSchema)]
pub struct HomeView {
    /// What is still to be done to be safe and at home here.
    pub steps: Vec<Step>,
    /// What waits for the viewer.
    pub waiting: Waiting,
    /// The viewer's accounts.
    pub balances: Vec<Balance>,
    /// The latest posts.
    pub latest: Latest,
}

/// What waits for somebody.
#[derive(Serialize, JsonSchema)]
pub struct Waiting {
    /// Bills to answer.
    pub bills: Vec<Bill>,
    /// Standing payments that were paused because they were refused.
    pub stopped: Vec<StandingView>,
    /// Proposals to vote on.
    pub decisions: Vec<Line>,
    /// What of past decisions is due: to be done, or to be looked at again.
    pub due: Vec<Waits>,
    /// What of the viewer's money ends soon.
    pub told: Vec<Told>,
    /// What there is to do for money that the viewer keeps.
    pub kept: Vec<Task>,
    /// Groups that invite the viewer, and people who ask to come into one that the viewer looks after.
    pub groups: Vec<AtDoor>,
    /// What of dues and shares waits.
    pub dues: Vec<DuesTask>,
}

impl Waiting {
    fn read(look: &mut Look) -> Result<Self, Fault> {
        let mut bills = Requests::default().read(look)?;
        bills.retain(|bill| bill.may_answer);
        let mut decisions = Decisions::default().read(look)?;
        decisions.retain(|line| line.to_vote && look.now < line.closes);
        let due = Due {}.read(look)?;
        let told = WaitingHere::default().read(look)?;
        let kept = Keeping {}.read(look)?;
        let groups = AtDoors {}.read(look)?;
        let dues = DuesWaiting {}.read(look)?;
        Ok(Self { bills, stopped: stopped(look)?, decisions, due, told, kept, groups, dues })
    }

    fn is_empty(&self) -> bool {
        self.bills.is_empty()
            && self.stopped.is_empty()
            && self.decisions.is_empty()
            && self.due.is_empty()
            && self.told.is_empty()
            && self.kept.is_empty()
            && self.groups.is_empty()
            && self.dues.is_empty()
    }
}

impl View for Home {
    const NAME: &'static str = "home.home";
    const ABOUT: &'static str = "Your first page: what waits, your balances, what is near, the latest posts.";
    type Output = HomeView;

    fn read(&self, look: &mut Look) -> Result<HomeView, Fault> {
        let mut steps = Welcome {}.read(look)?.steps;
        steps.retain(|step| !step.done);
        Ok(HomeView {
            steps,
            waiting: Waiting::read(look)?,
            balances: Wallet::default().read(look)?.balances,
            latest: latest(look.tx, look.viewer, POSTS)?,
        })
    }
}

async fn home(visit: Visit) -> Answer {
    if visit.me.is_some() {
        let view = visit.view(Home {}).await?;
        return visit.page(show_home(&visit.ui, &view));
    }
    if visit.ui.club.name.is_empty() {
        return visit.page(show_unfounded(&visit.ui));
    }
    visit.page(show_door(&visit.ui))
}

/// Before the founding there is nothing but a hint where the link is.
fn show_unfounded(ui: &Ui) -> Markup {
    bare(
        ui,
        "PLANET",
        html! {
            h1 { (ui.t("node-unfounded")) }
            p.lead { (ui.t("node-unfounded-text")) }
        },
    )
}

/// What a visitor sees.
fn show_door(ui: &Ui) -> Markup {
    bare(
        ui,
        &ui.club.name,
        html! {
            h1 { (ui.club.name) }
            p.lead { (ui.t("node-door")) }
            div.stack {
                (link_button("/sign-in", ui.t("sign-in")).primary().wide())
                (link_button("/apply", ui.t("node-apply")).wide())
                (link_button("/about", ui.t("about")).quiet().wide())
            }
        },
    )
}

fn show_home(ui: &Ui, view: &HomeView) -> Markup {
    let name = ui.viewer.as_ref().map(|me| me.name.clone()).unwrap_or_default();
    let aside = html! { @for it in &view.balances { (balance_card(ui, it)) } };
    Page::new(ui, ui.t_with("node-hello", &[("name", name.into())])).section("home").aside(aside).aside_first().show(html! {
        @if !view.waiting.is_empty() { (section(&ui.t("node-waiting"), html! {}, waiting_list(ui, &view.waiting))) }
        @if !view.steps.is_empty() {
            (section(&ui.t("node-steps"), html! {}, list(view.steps.iter().map(|step| {
                row(ui.t(&format!("node-step-{}", step.key))).href(&step.href).note(ui.t(&format!("node-step-about-{}", step.key)))
            }))))
        }
        (section(&ui.t("node-near"), html! { a href="/near" { (ui.t("node-all")) } }, html! {
            @if view.latest.near.is_empty() { (nothing_near(ui, view.latest.at_home)) } @else { (post_list(ui, &view.latest.near)) }
        }))
        (section(&ui.t("node-following"), html! { a href="/feed" { (ui.t("node-all")) } }, html! {
            @if view.latest.following.is_empty() {
                (empty(ui, "users", ui.t("node-nobody-followed"), ui.t("node-nobody-followed-text")).action(link_button("/people", ui.t("nav-people"))))
            } @else { (post_list(ui, &view.latest.following)) }
        }))
    })
}

fn nothing_near(ui: &Ui, at_home: bool) -> Markup {
    if at_home {
        empty(ui, "map-pin", ui.t("node-nothing-near"), ui.t("node-nothing-near-text"))
            .action(link_button("/posts/new", ui.t("new-post")))
            .render()
    } else {
        empty(ui, "map-pin", ui.t("node-no-home"), ui.t("node-no-home-text"))
            .action(link_button("/settings/home", ui.t("node-set-home")))
            .render()
    }
}

fn balance_card(ui: &Ui, it: &Balance) -> Markup {
    let unit = Unit { symbol: it.money.symbol.clone(), decimals: it.money.decimals };
    card(html! {
        p.note { (it.money.name) }
        (balance(it.balance, &unit))
        @if it.balance.0 < 0 { p.note { a href="/wallet/about-balance" { (ui.t("wallet-what-negative")) } } }
        div.cluster {
            (link_button("/wallet/pay", ui.t("wallet-pay")).icon(ui, "send"))
            (link_button("/wallet", ui.t("wallet-title")).quiet())
        }
    })
}

fn waiting_list(ui: &Ui, waiting: &Waiting) -> Markup {
    let bills = waiting.bills.iter().map(|bill| {
        let unit = Unit { symbol: bill.money.symbol.clone(), decimals: bill.money.decimals };
        row(ui.t_with("wallet-bill-from", &[("name", bill.payee.name.as_str().into())]))
            .href(format!("/wallet/requests/{}", bill.id))
            .lead(icon(ui, "receipt-text"))
            .note(bill.memo.as_str())
            .end(money(bill.amount, &unit))
    });
    let decisions = waiting.decisions.iter().map(|line| {
        row(line.title.trim_end_matches('.'))
            .href(format!("/decisions/{}", line.id))
            .lead(icon(ui, "vote"))
            .note(html! {
                (ui.t("governance-closes")) " " (date(ui, line.closes))
            })
    });
    let due = waiting.due.iter().map(|it| {
        row(ui.t_with(&format!("node-due-{}", it.kind), &[("what", it.text.trim_end_matches('.').into())]))
            .href(format!("/decisions/{}", it.proposal))
            .lead(icon(ui, "vote"))
            .note(day(ui, it.due))
    });
    let told = waiting.told.iter().map(|it| planet_currencies::pages::told_row(ui, it));
    let stopped = waiting.stopped.iter().map(|it| {
        row(ui.t_with("node-standing-stopped", &[("name", it.payee.name.as_str().into())]))
            .href("/wallet/standing")
            .lead(icon(ui, "repeat"))
            .note(it.why.as_deref().unwrap_or_default())
    });
    list(
        bills
            .chain(stopped)
            .chain(decisions)
            .chain(due)
            .chain(told)
            .chain(waiting.kept.iter().map(|task| kept_row(ui, task)))
            .chain(waiting.groups.iter().map(|it| planet_groups::pages::waiting_row(ui, it)))
            .chain(waiting.dues.iter().map(|task| dues_row(ui, *task))),
    )
}

/// Something to do for money that is kept for others.
fn kept_row(ui: &Ui, task: &Task) -> Row {
    let desk = format!("/treasury/{}/desk", task.held.code);
    let count = [("count", task.count.into())];
    let (title, href, sign) = match task.kind {
        Kind::Ins => (ui.t_with("node-waits-ins", &count), desk, "inbox"),
        Kind::Outs => (ui.t_with("node-waits-outs", &count), desk, "upload"),
        Kind::Lines => (ui.t_with("node-waits-lines", &count), desk, "receipt-text"),
        Kind::Cash(id) => {
            let name = [("name", task.name.as_str().into())];
            (ui.t_with("node-waits-cash", &name), format!("/treasury/pay-ins/{id}"), "hand-coins")
        }
    };
    row(title)
        .href(href)
        .lead(icon(ui, sign))
        .note(format!("{} \u{b7} {}", task.held.name, task.held.holder_name))
}

/// What of dues and shares waits.
fn dues_row(ui: &Ui, task: DuesTask) -> Row {
    let (key, href, sign) = match task.kind {
        DuesKind::Dues => ("node-waits-dues", "/membership/dues", "receipt-text"),
        DuesKind::Shares => ("node-waits-shares", "/membership/shares", "ticket"),
        DuesKind::Reliefs => ("node-waits-reliefs", "/membership/desk", "heart"),
        DuesKind::Repayments => ("node-waits-repayments", "/membership/desk", "hand-coins"),
    };
    row(ui.t_with(key, &[("count", task.count.into())])).href(href).lead(icon(ui, sign))
}

async fn waiting(visit: Signed) -> Answer {
    let waiting = visit.desk.corridor().look(&visit.viewer, visit.now, Waiting::read).await?;
    let ui = &visit.ui;
    visit.page(Page::new(ui, ui.t("node-waiting")).section("home").show(html! {
        @if waiting.is_empty() {
            (empty(ui, "circle-check", ui.t("node-nothing-waits"), ui.t("node-nothing-waits-text")))
        } @else { (waiting_list(ui, &waiting)) }
    }))
}

/// What somebody looks for.
#[derive(Deserialize)]
struct Wanted {
    #[serde(default)]
    q: String,
}

/// One box for people and tags: `#tag` leads to the tag, everything else to people.
async fn search(_visit: Signed, Query(wanted): Query<Wanted>) -> Answer {
    let wanted = wanted.q.trim();
    let path = match wanted.strip_prefix('#') {
        Some(tag) => format!("/tags/{}", as_part(tag)),
        None => format!("/people?q={}", in_query(wanted)),
    };
    Ok(Redirect::to(&path).into_response())
}
