//! `planet import`: reads an export of another chat on this computer, says what would come of it, and brings it into a group when told to.
//! It speaks the same API as every other program.

use super::api::Api;
use crate::args::Import;
use crate::errors::NodeError;
use crate::house;
use planet_corridor::files::hash_of;
use planet_history::{Channel, Export, Part, Person, parts, read};
use planet_ontology::hex;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};
use std::process::ExitCode;

/// How many people are named at once.
const NAMED: usize = 300;
/// How many people of elsewhere are listed.
const LISTED: usize = 50;

/// What the club knows of a group's history, as far as it matters here.
#[derive(Deserialize)]
struct Known {
    group: String,
    open: bool,
    channels: Vec<KnownChannel>,
    members: Vec<Member>,
}

#[derive(Deserialize)]
struct KnownChannel {
    source: String,
    key: String,
    name: String,
    digest: String,
}

#[derive(Deserialize)]
struct Member {
    id: String,
    handle: String,
}

#[derive(Deserialize)]
struct Named {
    key: String,
    id: String,
    member: Option<String>,
}

/// Who is who, by the keys of there: the id and the handle here.
type Matches = BTreeMap<String, (String, String)>;

/// Shows what an export holds, and brings it in with `--apply`.
pub(super) async fn import(api: &Api, args: &Import) -> Result<ExitCode, NodeError> {
    let mut export = read(args.source.into(), &args.file, house::clock()).map_err(said)?;
    if !args.only.is_empty() {
        let unknown = |name| said(format!("There is no channel called {name} in the export."));
        export.keep_only(&args.only).map_err(unknown)?;
    }
    let known = api.get("/api/v1/chat/history", &[("group", args.group.trim_start_matches('@'))]).await?;
    let known: Known = serde_json::from_value(known).map_err(said)?;
    let matches = matched(args, &export, &known)?;
    tell(&export, &known, &matches);
    if !args.apply {
        println!("\nThis was a preview: nothing was written. Bring it in with --apply.");
        return Ok(ExitCode::SUCCESS);
    }
    println!();
    name_people(api, &export, &known, &matches).await?;
    let mut left = 0;
    for channel in &export.channels {
        left += u32::from(!bring(api, &export, &known, channel).await?);
    }
    if left == 0 {
        Ok(ExitCode::SUCCESS)
    } else {
        Err(NodeError::Other(format!("{left} channels were not brought in.")))
    }
}

fn said(error: impl std::fmt::Display) -> NodeError {
    NodeError::Other(error.to_string())
}

/// Who is who: what was said with `--match`, and with `--same-handles` those who are called the same here and there.
fn matched(args: &Import, export: &Export, known: &Known) -> Result<Matches, NodeError> {
    let member = |handle: &str| known.members.iter().find(|member| member.handle == handle);
    let is = |member: &Member| (member.id.clone(), member.handle.clone());
    let mut matches = Matches::new();
    if args.same_handles {
        let same = |person: &Person| Some((person.key.clone(), is(member(&person.handle.to_lowercase())?)));
        matches.extend(export.people.iter().filter_map(same));
    }
    for pair in &args.matches {
        let (theirs, ours) =
            pair.split_once('=').ok_or_else(|| said(format!("Write --match {pair} as THEIRS=OURS.")))?;
        let (theirs, ours) = (theirs.trim_start_matches('@'), ours.trim_start_matches('@').to_lowercase());
        let person = export.people.iter().find(|person| person.handle == theirs || person.key == theirs);
        let person = person.ok_or_else(|| said(format!("There is nobody called {theirs} in the export.")))?;
        let member =
            member(&ours).ok_or_else(|| said(format!("There is nobody called @{ours} in the group.")))?;
        matches.insert(person.key.clone(), is(member));
    }
    Ok(matches)
}

/// Says what an export holds and what would come of it.
fn tell(export: &Export, known: &Known, matches: &Matches) {
    let report = &export.report;
    println!(
        "{}: {} channels, {} messages, {} answers in {} threads, {} signs, {} people; {} files are named, and do not come along.",
        export.source.title(),
        export.channels.len(),
        report.messages,
        report.answers,
        report.threads,
        report.signs,
        export.people.len(),
        report.files
    );
    for channel in &export.channels {
        let what = match state(export, known, channel) {
            State::Refused => {
                "is not brought in: only the invited could read it, and anybody can read this group"
                    .to_owned()
            }
            State::There(name) => format!("is here already, as #{name}"),
            State::More(name) => format!("is here as #{name}; what is new would be added"),
            State::New if channel.closed => {
                "only the invited could read it: everybody in this group will".to_owned()
            }
            State::New => "would come".to_owned(),
        };
        println!("  #{} ({}): {} messages; {what}", channel.name, channel.title, channel.messages.len());
    }
    println!("People:");
    for person in export.people.iter().take(LISTED) {
        match matches.get(&person.key) {
            Some((_, handle)) => println!("  {} (@{}) is @{handle}", person.name, person.handle),
            None => println!(
                "  {} (@{}) stays \u{201c}{} ({})\u{201d}",
                person.name,
                person.handle,
                person.name,
                export.source.title()
            ),
        }
    }
    if export.people.len() > LISTED {
        println!("  and {} more", export.people.len() - LISTED);
    }
    if report.missing > 0 {
        println!("{} of them wrote or gave signs, and are missing in the export's own list.", report.missing);
    }
    if report.direct > 0 {
        println!("{} messages between two or a few stay where they are.", report.direct);
    }
    for (what, count) in &report.left_out {
        println!("Left out: {count} {what}.");
    }
    if report.broken_count > 0 {
        println!("{} lines cannot be read:", report.broken_count);
        for broken in &report.broken {
            let file = if broken.file.is_empty() { String::new() } else { format!("{} ", broken.file) };
            println!("  {file}line {}: {}", broken.line, broken.reason);
        }
    }
}

/// How it stands with a channel.
enum State {
    New,
    There(String),
    More(String),
    Refused,
}

fn state(export: &Export, known: &Known, channel: &Channel) -> State {
    let there = known.channels.iter().find(|it| it.source == export.source.word() && it.key == channel.key);
    match there {
        Some(there) if there.digest == digest(&parts(channel)) => State::There(there.name.clone()),
        Some(there) => State::More(there.name.clone()),
        None if channel.closed && known.open => State::Refused,
        None => State::New,
    }
}

/// What the contents of a channel are known again by.
fn digest(parts: &[Part]) -> String {
    hex::encode(&hash_of(&serde_json::to_vec(parts).unwrap_or_default()))
}

async fn name_people(api: &Api, export: &Export, known: &Known, matches: &Matches) -> Result<(), NodeError> {
    let mut ids: HashMap<String, Named> = HashMap::new();
    for some in export.people.chunks(NAMED) {
        let act = json!({ "group": known.group, "source": export.source, "people": some });
        let answer = api.post("/api/v1/chat/name_people", &act).await?;
        let named: Vec<Named> = output(answer)?;
        ids.extend(named.into_iter().map(|named| (named.key.clone(), named)));
    }
    for (key, (member, handle)) in matches {
        let Some(named) = ids.get(key).filter(|named| named.member.as_deref() != Some(member)) else {
            continue;
        };
        api.post("/api/v1/chat/match_person", &json!({ "person": named.id, "member": member })).await?;
        println!("{key} is @{handle}.");
    }
    Ok(())
}

/// What an act answered.
fn output<T: serde::de::DeserializeOwned>(answer: Value) -> Result<T, NodeError> {
    let Value::Object(mut fields) = answer else {
        return Err(said("The club answered what is not understood."));
    };
    serde_json::from_value(fields.remove("output").unwrap_or_default()).map_err(said)
}

#[derive(Deserialize)]
struct Brought {
    name: String,
    messages: i64,
    known: i64,
}

/// Brings one channel in: all of it or nothing. Answers whether it is here now.
async fn bring(api: &Api, export: &Export, known: &Known, channel: &Channel) -> Result<bool, NodeError> {
    match state(export, known, channel) {
        State::There(name) => {
            println!("#{name}: nothing new.");
            return Ok(true);
        }
        // The preview has said why.
        State::Refused => return Ok(true),
        State::New | State::More(_) => {}
    }
    match send(api, export, known, channel).await {
        Ok(brought) => {
            println!(
                "#{}: {} messages are new, {} were here.",
                brought.name, brought.messages, brought.known
            );
            Ok(true)
        }
        Err(error) => {
            println!("#{} was not brought in: {error}", channel.name);
            Ok(false)
        }
    }
}

async fn send(api: &Api, export: &Export, known: &Known, channel: &Channel) -> Result<Brought, NodeError> {
    let pieces = parts(channel);
    let about = json!({ "group": known.group, "source": export.source, "channel": channel.key });
    let with = |more: Value| {
        let mut act = about.clone();
        if let (Value::Object(act), Value::Object(more)) = (&mut act, more) {
            act.extend(more);
        }
        act
    };
    for (part, content) in pieces.iter().enumerate() {
        api.post("/api/v1/chat/lay_history", &with(json!({ "part": part, "content": content }))).await?;
    }
    let whole = json!({ "name": channel.name, "closed": channel.closed, "parts": pieces.len(), "digest": digest(&pieces) });
    output(api.post("/api/v1/chat/bring_in", &with(whole)).await?)
}
