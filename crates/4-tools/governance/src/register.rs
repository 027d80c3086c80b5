//! The register of decisions: what was decided, how, with how many voices, what was done by it, and its place in the log. For the
//! members of the group that decided; also as a table and for programs.

use crate::rows::{self, ProposalRow};
use crate::talk::rows as talk;
use crate::views::Counts;
use axum::Json;
use axum::extract::Query;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use planet_corridor::act::{Act, View};
use planet_corridor::event::Entry;
use planet_corridor::look::Look;
use planet_corridor::receipt;
use planet_corridor::refusal::Fault;
use planet_kit::prelude::*;
use planet_kit::web::sheet::{cell, sheet};
use planet_kit::web::{Answer, Signed, Sorry, in_query};
use planet_ontology::ids::{EventId, GroupId, MemberId, ProposalId};
use planet_ontology::units::Moment;
use planet_store::{Error, Tx, sql};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many decisions a page of the register has.
const PAGE: i64 = 30;
/// How many an export has at most.
const ALL: i64 = 100_000;

/// Look into the register.
#[derive(Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// Words of the decision, its reason or its outcome.
    #[serde(default)]
    pub q: Option<String>,
    /// `done`, `not_performed`, `failed` or `withdrawn`; all if it is left out.
    #[serde(default)]
    pub state: Option<String>,
    /// Only what ended before this.
    #[serde(default)]
    pub before: Option<i64>,
    /// All of it, for taking along.
    #[serde(default)]
    pub all: bool,
}

/// A decision as it stands in the register.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Entered {
    /// Its number in its group, from one.
    pub number: i64,
    /// The proposal.
    pub id: ProposalId,
    /// Whose decision it was.
    pub group: GroupId,
    /// Its text.
    pub title: String,
    /// How it was decided, in a sentence.
    pub procedure: String,
    /// How many could vote and how they did; between options only how many could.
    pub counts: Counts,
    /// `done`, `not_performed`, `failed` or `withdrawn`.
    pub state: String,
    /// What came of it.
    pub outcome: String,
    /// The act that it was about; empty where it performed nothing.
    pub act: String,
    /// When it ended.
    pub ended: Moment,
    /// How it is to be understood, if somebody said so.
    pub statement: Option<String>,
    /// When it is looked at again.
    pub review: Option<Moment>,
    /// Whether that time has come.
    pub review_due: bool,
    /// Where it stands in the log.
    pub proof: Option<Proof>,
}

/// Where a decision stands in the log, for whoever keeps checkpoints.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Proof {
    /// The event by which it ended.
    pub event: EventId,
    /// The event's commitment, in hex.
    pub commitment: String,
    /// Its position, once it is sealed.
    pub position: Option<i64>,
}

impl View for Register {
    const NAME: &'static str = "governance.register";
    const ABOUT: &'static str =
        "What your groups have decided, with what was done by it and its place in the log.";
    type Output = Vec<Entered>;

    fn read(&self, look: &mut Look) -> Result<Vec<Entered>, Fault> {
        let me = look.member()?;
        let limit = if self.all { ALL } else { PAGE };
        let found = ended(look.tx, me, self, limit)?;
        found
            .into_iter()
            .map(|(number, ended, id)| entered(look, number, ended, id))
            .filter_map(Result::transpose)
            .collect()
    }
}

/// What has ended in the groups of a member, the newest first: its number, when it ended, and its id.
fn ended(
    tx: &mut Tx,
    me: MemberId,
    wanted: &Register,
    limit: i64,
) -> Result<Vec<(i64, Moment, ProposalId)>, Error> {
    let words = wanted.q.as_deref().unwrap_or_default().trim().to_lowercase();
    let words = words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    tx.rows(
        sql!(
            "SELECT number, ended, id FROM (
               SELECT p.id, p.ended, p.state, p.title, p.reason, p.outcome,
                      row_number() OVER (PARTITION BY p.group_id ORDER BY p.ended, p.id) AS number
                 FROM proposals p JOIN memberships m ON m.group_id = p.group_id AND m.agent_id = ?1
                WHERE p.ended IS NOT NULL AND p.state NOT IN ('open', 'passed')) AS closed
              WHERE ended < ?2 AND (?3 = '' OR state = ?3)
                AND (lower(title) LIKE ?4 ESCAPE '\\' OR lower(reason) LIKE ?4 ESCAPE '\\' OR lower(outcome) LIKE ?4 ESCAPE '\\')
              ORDER BY ended DESC, id DESC LIMIT ?5"
        ),
        &[
            &me,
            &Moment(wanted.before.unwrap_or(i64::MAX)),
            &wanted.state.as_deref().unwrap_or_default(),
            &format!("%{words}%"),
            &limit,
        ],
    )
}

fn entered(look: &mut Look, number: i64, ended: Moment, id: ProposalId) -> Result<Option<Entered>, Fault> {
    let Some(row) = rows::find(look.tx, id)? else { return Ok(None) };
    let counts = rows::tally(look.tx, &row)?.into();
    let statement = talk::statement(look.tx, id)?;
    let review = statement.as_ref().and_then(|it| it.review);
    let proof = proof(look.tx, &row, ended)?;
    Ok(Some(Entered {
        number,
        id,
        group: row.group,
        procedure: row.procedure()?.about,
        title: row.title,
        counts,
        state: row.state,
        outcome: row.outcome,
        act: row.act,
        ended,
        review_due: review.is_some_and(|review| review <= look.now),
        statement: statement.map(|it| it.text),
        review,
        proof,
    }))
}

/// The event by which a proposal ended: the vote that settled it, or the clock.
fn proof(tx: &mut Tx, row: &ProposalRow, ended: Moment) -> Result<Option<Proof>, Error> {
    let ends = [
        crate::acts::Vote::NAME,
        crate::acts::Close::NAME,
        crate::acts::Withdraw::NAME,
        crate::acts::Propose::NAME,
    ];
    let fits = |entry: &Entry| entry.act.split('@').next().is_some_and(|act| ends.contains(&act));
    let found = receipt::find(tx, &row.id.to_string(), ended, fits)?;
    Ok(found.map(|(event, _)| Proof {
        event: event.id,
        commitment: planet_ontology::hex::encode(&event.commitment),
        position: event.position,
    }))
}

/// `GET /decisions/register`.
pub async fn page(visit: Signed, Query(wanted): Query<Register>) -> Answer {
    let found = visit.view(wanted.clone()).await?;
    visit.page(show(&visit.ui, &wanted, &found))
}

fn show(ui: &Ui, wanted: &Register, found: &[Entered]) -> Markup {
    let states = ["done", "not_performed", "failed", "withdrawn"].iter().fold(
        select("state", ui.t("governance-register-state")).option("", ui.t("governance-register-any")),
        |it, state| it.option(*state, ui.t(&format!("governance-state-{state}"))),
    );
    let searching = wanted.q.as_deref().is_some_and(|q| !q.is_empty())
        || wanted.state.as_deref().is_some_and(|it| !it.is_empty());
    let query = format!(
        "q={}&state={}",
        in_query(wanted.q.as_deref().unwrap_or_default()),
        in_query(wanted.state.as_deref().unwrap_or_default())
    );
    let older = (i64::try_from(found.len()) == Ok(PAGE))
        .then(|| found.last())
        .flatten()
        .map(|last| format!("/decisions/register?{query}&before={}", last.ended.0));
    Page::new(ui, ui.t("governance-register")).section("decisions").back("/decisions", ui.t("governance-title"))
        .lead(ui.t("governance-register-lead"))
        .show(html! {
            (card(form(ui, "/decisions/register", html! {
                (field("q", ui.t("governance-register-words")).value(wanted.q.clone().unwrap_or_default()))
                (states.selected(wanted.state.clone().unwrap_or_default()))
                div.form-end { (button(ui.t("governance-register-search")).primary()) }
            }).get().render()))
            @if found.is_empty() {
                @if searching { (empty(ui, "search", ui.t("governance-register-nothing"), ui.t("governance-register-nothing-text"))) }
                @else { (empty(ui, "vote", ui.t("governance-register-empty"), ui.t("governance-register-empty-text"))) }
            } @else {
                (list(found.iter().map(|it| entry_row(ui, it))))
                (pager(ui, None, older.as_deref()))
                div.cluster {
                    (link_button(format!("/decisions/register.csv?{query}"), ui.t("governance-register-csv")).quiet().icon(ui, "download"))
                    (link_button(format!("/decisions/register.json?{query}"), ui.t("governance-register-json")).quiet().icon(ui, "download"))
                }
            }
        })
}

fn entry_row(ui: &Ui, it: &Entered) -> impl Render + use<> {
    let tone = match it.state.as_str() {
        "done" => Tone::Good,
        "not_performed" => Tone::Warn,
        _ => Tone::Bad,
    };
    row(format!("{}. {}", it.number, it.title.trim_end_matches('.')))
        .href(format!("/decisions/{}", it.id))
        .note(html! {
            (date(ui, it.ended))
            @if !it.outcome.is_empty() { " \u{b7} " (it.outcome) }
            @if let Some(review) = it.review { " \u{b7} " (ui.t("governance-review")) " " (day(ui, review)) }
        })
        .end(html! {
            @if it.review_due { (badge_tone(Tone::Warn, &ui.t("governance-review-due"))) }
            (badge_tone(tone, &ui.t(&format!("governance-state-{}", it.state))))
        })
}

/// `GET /decisions/register.json`.
pub async fn json(visit: Signed, Query(wanted): Query<Register>) -> Result<Response, Sorry> {
    let found = visit.view(Register { all: true, ..wanted }).await?;
    Ok(Json(found).into_response())
}

/// `GET /decisions/register.csv` (RFC 4180).
pub async fn csv(visit: Signed, Query(wanted): Query<Register>) -> Result<Response, Sorry> {
    let found = visit.view(Register { all: true, ..wanted }).await?;
    let head = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"decisions.csv\""),
    ];
    Ok((head, table(&found)).into_response())
}

fn table(found: &[Entered]) -> String {
    let headings = [
        "number",
        "ended",
        "decision",
        "state",
        "outcome",
        "electorate",
        "yes",
        "no",
        "abstain",
        "objections",
        "procedure",
        "act",
        "review",
        "event",
        "commitment",
        "position",
    ];
    let row = |it: &Entered| {
        let proof = it.proof.as_ref();
        [
            it.number.to_string(),
            it.ended.rfc3339(),
            cell(&it.title),
            it.state.clone(),
            cell(&it.outcome),
            it.counts.electorate.to_string(),
            it.counts.yes.to_string(),
            it.counts.no.to_string(),
            it.counts.abstain.to_string(),
            it.counts.objections.to_string(),
            cell(&it.procedure),
            it.act.clone(),
            it.review.map(Moment::rfc3339).unwrap_or_default(),
            proof.map(|it| it.event.to_string()).unwrap_or_default(),
            proof.map(|it| it.commitment.clone()).unwrap_or_default(),
            proof.and_then(|it| it.position).map(|it| it.to_string()).unwrap_or_default(),
        ]
    };
    sheet(headings, found.iter().map(row))
}
