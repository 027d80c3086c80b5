//! Reads an export of Slack: `users.json`, `channels.json` and `groups.json`, and for each channel a folder with a file of messages for each
//! day. A message that cannot be read is noted and passed over.

use crate::build::{At, Build};
use crate::files::{self, Archive, Opened};
use crate::mattermost::{card, file_line};
use crate::slack_markup::to_markdown;
use crate::{Export, HistoryError, Message, Source};
use planet_ontology::units::Moment;
use serde::Deserialize;
use serde_json::Value;
use std::collections::HashMap;
use std::path::Path;

#[derive(Deserialize)]
struct User {
    id: String,
    name: Option<String>,
    real_name: Option<String>,
    profile: Option<Profile>,
}

#[derive(Default, Deserialize)]
struct Profile {
    real_name: Option<String>,
    display_name: Option<String>,
}

#[derive(Deserialize)]
struct ChannelEntry {
    id: String,
    name: String,
}

#[derive(Deserialize)]
struct Entry {
    subtype: Option<String>,
    user: Option<String>,
    bot_id: Option<String>,
    username: Option<String>,
    text: Option<String>,
    ts: String,
    thread_ts: Option<String>,
    edited: Option<Edited>,
    pinned_to: Option<Vec<String>>,
    reactions: Option<Vec<Reaction>>,
    files: Option<Vec<Value>>,
    attachments: Option<Vec<Value>>,
}

#[derive(Deserialize)]
struct Edited {
    ts: Option<String>,
}

#[derive(Deserialize)]
struct Reaction {
    name: String,
    users: Option<Vec<String>>,
}

/// Reads a zip.
pub(crate) fn read(path: &Path, now: Moment) -> Result<Export, HistoryError> {
    let Opened::Zip(mut archive) = files::open(path)? else {
        return Err(HistoryError::NotAnExport("an export of Slack is a zip".into()));
    };
    let mut build = Build::new(Source::Slack, now);
    let mut folders = HashMap::new();
    for (file, closed) in [("channels.json", false), ("groups.json", true)] {
        for (line, entry) in entries(&mut archive, &mut build, file)? {
            match serde_json::from_value::<ChannelEntry>(entry) {
                Ok(it) => {
                    let channel = build.channel(it.id, &it.name, &it.name, closed);
                    folders.insert(it.name, channel);
                }
                Err(error) => build.report.broken(file, line, error.to_string()),
            }
        }
    }
    if folders.is_empty() {
        return Err(HistoryError::NotAnExport("it has no list of channels (channels.json)".into()));
    }
    for (line, entry) in entries(&mut archive, &mut build, "users.json")? {
        match serde_json::from_value::<User>(entry) {
            Ok(user) => person(&mut build, &user)?,
            Err(error) => build.report.broken("users.json", line, error.to_string()),
        }
    }
    let mut days: Vec<String> = archive.names.iter().filter(|name| is_day(name)).cloned().collect();
    days.sort_unstable();
    for day in days {
        let folder = day.split('/').next().unwrap_or_default();
        let channel = folders.get(folder).copied();
        for (line, entry) in entries(&mut archive, &mut build, &day)? {
            let Some(channel) = channel else {
                build.report.direct += 1;
                continue;
            };
            match serde_json::from_value::<Entry>(entry) {
                Ok(entry) => message(&mut build, channel, At { file: &day, line }, entry)?,
                Err(error) => build.report.broken(&day, line, error.to_string()),
            }
        }
    }
    Ok(build.finish())
}

/// A file of messages: `channel/2026-11-27.json`.
fn is_day(name: &str) -> bool {
    name.split_once('/').is_some_and(|(folder, file)| {
        !folder.is_empty() && !file.contains('/') && files::is_kind(file, "json")
    })
}

/// The entries of a list, with their numbers; none where there is no such file.
fn entries(archive: &mut Archive, build: &mut Build, file: &str) -> Result<Vec<(u64, Value)>, HistoryError> {
    if !archive.names.iter().any(|name| name == file) {
        return Ok(Vec::new());
    }
    let bytes = archive.read(file)?;
    match serde_json::from_slice::<Vec<Value>>(&bytes) {
        Ok(found) => Ok((1..).zip(found).collect()),
        Err(error) => {
            build.report.broken(file, u64::try_from(error.line()).unwrap_or(0), error.to_string());
            Ok(Vec::new())
        }
    }
}

fn person(build: &mut Build, user: &User) -> Result<(), HistoryError> {
    let nothing = Profile::default();
    let profile = user.profile.as_ref().unwrap_or(&nothing);
    let names = [&profile.real_name, &user.real_name, &profile.display_name, &user.name];
    let name = names.into_iter().flatten().find(|name| !name.trim().is_empty());
    let handle = user.name.as_ref().filter(|name| !name.trim().is_empty()).unwrap_or(&user.id);
    build.person(&user.id, handle, name.map_or("", String::as_str))
}

/// Which entries are something that somebody said.
fn is_said(subtype: Option<&str>) -> bool {
    matches!(
        subtype,
        None | Some(
            "bot_message"
                | "me_message"
                | "thread_broadcast"
                | "file_share"
                | "file_comment"
                | "tombstone"
                | "reminder_add"
        )
    )
}

fn message(build: &mut Build, channel: usize, at: At, entry: Entry) -> Result<(), HistoryError> {
    if !is_said(entry.subtype.as_deref()) {
        build.report.left("notices of the program, such as who came and went");
        return Ok(());
    }
    let Some(sent) = moment(&entry.ts) else {
        build.report.broken(at.file, at.line, "its time (ts) is no time");
        return Ok(());
    };
    let gone = entry.subtype.as_deref() == Some("tombstone");
    let author = author(build, &entry)?;
    let text = if gone { String::new() } else { text(build, &entry) };
    let message = Message {
        mark: entry.ts.clone(),
        author,
        sent,
        edited: entry.edited.and_then(|edited| moment(edited.ts.as_deref()?)).filter(|_| !gone),
        gone,
        pinned: entry.pinned_to.is_some_and(|list| !list.is_empty()) && !gone,
        answers: entry.thread_ts.filter(|thread| *thread != entry.ts),
        text,
    };
    if build.message(channel, at, message)? {
        for reaction in entry.reactions.into_iter().flatten().filter(|_| !gone) {
            for who in reaction.users.into_iter().flatten() {
                build.sign(channel, &entry.ts, &reaction.name, &who);
            }
        }
    }
    Ok(())
}

/// Who said it: a person, or a program by its name.
fn author(build: &mut Build, entry: &Entry) -> Result<String, HistoryError> {
    if let Some(user) = entry.user.as_ref().filter(|user| !user.is_empty()) {
        return Ok(user.clone());
    }
    let Some(bot) = entry.bot_id.as_ref().or(entry.username.as_ref()) else { return Ok(String::new()) };
    let key = format!("program:{bot}");
    let name = entry.username.as_ref().filter(|name| !name.trim().is_empty()).unwrap_or(bot);
    build.person(&key, &key, name)?;
    Ok(key)
}

fn text(build: &mut Build, entry: &Entry) -> String {
    let said = to_markdown(entry.text.as_deref().unwrap_or_default(), |id| build.handle(id));
    let mut lines = vec![said];
    if lines.iter().all(|line| line.trim().is_empty()) {
        let cards = entry.attachments.iter().flatten().flat_map(card);
        lines.extend(cards.map(|line| to_markdown(&line, |id| build.handle(id))));
    }
    for file in entry.files.iter().flatten() {
        let named =
            |field: &str| file.get(field).and_then(Value::as_str).filter(|name| !name.trim().is_empty());
        build.report.files += 1;
        lines.push(file_line(named("name").or_else(|| named("title")).unwrap_or_default()));
    }
    lines.retain(|line| !line.trim().is_empty());
    lines.join("\n\n")
}

/// A time as Slack writes it: seconds, a point, and six digits.
fn moment(ts: &str) -> Option<Moment> {
    let (seconds, parts) = ts.split_once('.').unwrap_or((ts, ""));
    let seconds: i64 = seconds.parse().ok()?;
    if parts.len() > 6
        || !parts.bytes().all(|byte| byte.is_ascii_digit())
        || !(0..=9_999_999_999).contains(&seconds)
    {
        return None;
    }
    let micros: i64 = format!("{parts:0<6}").parse().ok()?;
    Some(Moment(seconds * Moment::SECOND + micros))
}
