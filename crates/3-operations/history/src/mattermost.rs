//! Reads a bulk export of Mattermost (docs.mattermost.com, "Bulk loading data"): one object in each line, `{"type": "post", "post": {…}}`.
//! A line that cannot be read is noted and passed over, an unknown type is counted.

use crate::build::{At, Build};
use crate::files::{self, Next, Opened};
use crate::{Export, HistoryError, Message, Source};
use planet_ontology::hex;
use planet_ontology::units::Moment;
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::io::BufRead;
use std::path::Path;

/// The version of the format.
const VERSION: i64 = 1;
/// How many thousandths of a second a moment counts.
const MILLI: i64 = 1_000;

#[derive(Deserialize)]
struct Line {
    r#type: String,
    version: Option<i64>,
    channel: Option<ChannelLine>,
    user: Option<User>,
    bot: Option<Bot>,
    post: Option<Post>,
}

#[derive(Deserialize)]
struct ChannelLine {
    team: String,
    name: String,
    display_name: Option<String>,
    r#type: Option<String>,
}

#[derive(Deserialize)]
struct User {
    username: String,
    nickname: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
}

#[derive(Deserialize)]
struct Bot {
    username: String,
    display_name: Option<String>,
}

/// A post or an answer; answers have no team, no channel and no answers.
#[derive(Deserialize)]
struct Post {
    team: Option<String>,
    channel: Option<String>,
    user: Option<String>,
    r#type: Option<String>,
    message: Option<String>,
    props: Option<Value>,
    create_at: i64,
    edit_at: Option<i64>,
    delete_at: Option<i64>,
    is_pinned: Option<bool>,
    replies: Option<Vec<Post>>,
    reactions: Option<Vec<Reaction>>,
    attachments: Option<Vec<Attachment>>,
}

#[derive(Deserialize)]
struct Reaction {
    user: String,
    emoji_name: String,
}

#[derive(Deserialize)]
struct Attachment {
    path: Option<String>,
}

/// Reads a zip with one file of lines, or the lines alone.
pub(crate) fn read(path: &Path, now: Moment) -> Result<Export, HistoryError> {
    match files::open(path)? {
        Opened::Lines(mut lines) => read_lines(&mut lines, "", now),
        Opened::Zip(mut archive) => {
            let top = |name: &&String| files::is_kind(name, "jsonl") && !name.contains('/');
            let name = archive.names.iter().find(top).cloned();
            let name = name.ok_or_else(|| {
                HistoryError::NotAnExport("there is no file of lines (.jsonl) in it".into())
            })?;
            read_lines(&mut archive.reader(&name)?, &name, now)
        }
    }
}

/// What is read so far.
struct Reading<'a> {
    build: Build,
    channels: HashMap<(String, String), usize>,
    file: &'a str,
}

fn read_lines(lines: &mut impl BufRead, file: &str, now: Moment) -> Result<Export, HistoryError> {
    let mut reading = Reading { build: Build::new(Source::Mattermost, now), channels: HashMap::new(), file };
    let (mut buffer, mut line, mut begun) = (Vec::new(), 0, false);
    loop {
        line += 1;
        match files::next_line(lines, &mut buffer)? {
            Next::End => break,
            Next::TooLong => reading.build.report.broken(file, line, "it is longer than 16 megabytes"),
            Next::Line if buffer.iter().all(u8::is_ascii_whitespace) => {}
            Next::Line => match serde_json::from_slice::<Line>(&buffer) {
                Ok(found) if !begun && found.r#type != "version" => {
                    return Err(HistoryError::NotAnExport(
                        "the first line does not say which version it has".into(),
                    ));
                }
                Ok(found) => {
                    begun = true;
                    reading.line(line, found)?;
                }
                Err(_) if !begun => {
                    return Err(HistoryError::NotAnExport(
                        "the first line is not a line of a bulk export".into(),
                    ));
                }
                Err(error) => reading.build.report.broken(file, line, reason(&error)),
            },
        }
    }
    if begun { Ok(reading.build.finish()) } else { Err(HistoryError::NotAnExport("it is empty".into())) }
}

/// What is wrong with a line, without its place in the line as a file: that is always line 1.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.replace(" at line 1 column", " at sign")
}

impl Reading<'_> {
    fn line(&mut self, line: u64, found: Line) -> Result<(), HistoryError> {
        let missing = |what: &str| format!("it says that it is a {what}, and has none");
        match found.r#type.as_str() {
            "version" => match found.version {
                Some(VERSION) => {}
                other => return Err(HistoryError::Version(other.unwrap_or(0))),
            },
            "channel" => match found.channel {
                Some(channel) => self.channel(channel),
                None => self.build.report.broken(self.file, line, missing("channel")),
            },
            "user" => match found.user {
                Some(user) => self.user(&user)?,
                None => self.build.report.broken(self.file, line, missing("user")),
            },
            "bot" => {
                if let Some(bot) = found.bot {
                    let name = bot.display_name.unwrap_or_default();
                    self.build.person(&bot.username, &bot.username, &name)?;
                }
            }
            "post" => match found.post {
                Some(post) => self.post(line, post)?,
                None => self.build.report.broken(self.file, line, missing("post")),
            },
            "direct_post" => self.build.report.direct += 1,
            "scheme" | "role" | "emoji" | "team" | "direct_channel" => {}
            other => {
                let other: String =
                    other.chars().filter(|c| c.is_alphanumeric() || *c == '_').take(40).collect();
                self.build.report.left(format!("lines of the unknown type \u{201c}{other}\u{201d}"));
            }
        }
        Ok(())
    }

    fn channel(&mut self, channel: ChannelLine) {
        let title = channel.display_name.filter(|title| !title.trim().is_empty());
        let title = title.unwrap_or_else(|| channel.name.clone());
        let closed = channel.r#type.as_deref() != Some("O");
        let key = format!("{}/{}", channel.team, channel.name);
        let named = if channel.name.is_empty() { &title } else { &channel.name };
        if !self.channels.contains_key(&(channel.team.clone(), channel.name.clone())) {
            let at = self.build.channel(key, named, &title, closed);
            self.channels.insert((channel.team, channel.name), at);
        }
    }

    fn user(&mut self, user: &User) -> Result<(), HistoryError> {
        let full = [user.first_name.as_deref(), user.last_name.as_deref()];
        let full = full.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let name = if full.trim().is_empty() { user.nickname.clone().unwrap_or_default() } else { full };
        self.build.person(&user.username, &user.username, &name)
    }

    fn post(&mut self, line: u64, mut post: Post) -> Result<(), HistoryError> {
        let place = (post.team.take().unwrap_or_default(), post.channel.take().unwrap_or_default());
        let Some(&channel) = self.channels.get(&place) else {
            let name: String = place.1.chars().take(80).collect();
            self.build.report.broken(
                self.file,
                line,
                format!("no line before it tells of its channel \u{201c}{name}\u{201d}"),
            );
            return Ok(());
        };
        let answers = post.replies.take().unwrap_or_default();
        let Some(root) = self.one(channel, line, post, None)? else {
            // Without what they answer, the answers stand for themselves.
            for answer in answers {
                self.one(channel, line, answer, None)?;
            }
            return Ok(());
        };
        for answer in answers {
            self.one(channel, line, answer, Some(&root))?;
        }
        Ok(())
    }

    /// One message with its signs. Answers its mark, if it is brought along.
    fn one(
        &mut self,
        channel: usize,
        line: u64,
        post: Post,
        root: Option<&str>,
    ) -> Result<Option<String>, HistoryError> {
        if post.r#type.as_deref().is_some_and(|kind| kind.starts_with("system_")) {
            self.build.report.left("notices of the program, such as who came and went");
            return Ok(None);
        }
        let gone = post.delete_at.is_some_and(|at| at > 0);
        let mark = mark(root, &post);
        let text = if gone { String::new() } else { self.text(&post) };
        let edited = post.edit_at.filter(|at| *at > post.create_at).map(millis);
        let message = Message {
            mark: mark.clone(),
            author: post.user.unwrap_or_default(),
            sent: millis(post.create_at),
            edited: edited.filter(|_| !gone),
            gone,
            pinned: post.is_pinned == Some(true) && !gone,
            answers: root.map(str::to_owned),
            text,
        };
        if !self.build.message(channel, At { file: self.file, line }, message)? {
            return Ok(None);
        }
        for reaction in post.reactions.into_iter().flatten().filter(|_| !gone) {
            self.build.sign(channel, &mark, &reaction.emoji_name, &reaction.user);
        }
        Ok(Some(mark))
    }

    /// What is said, with the cards of programs and the names of files.
    fn text(&mut self, post: &Post) -> String {
        let mut lines = vec![post.message.clone().unwrap_or_default()];
        let cards = post.props.as_ref().and_then(|props| props.get("attachments")).and_then(Value::as_array);
        lines.extend(cards.into_iter().flatten().flat_map(card));
        for file in post.attachments.iter().flatten() {
            self.build.report.files += 1;
            lines.push(file_line(file.path.as_deref().unwrap_or_default()));
        }
        lines.retain(|line| !line.trim().is_empty());
        lines.join("\n\n")
    }
}

/// What a program's card says.
pub(crate) fn card(card: &Value) -> Vec<String> {
    let said = |name: &str| {
        card.get(name).and_then(Value::as_str).filter(|text| !text.trim().is_empty()).map(str::to_owned)
    };
    let lines: Vec<String> = ["pretext", "title", "text"].into_iter().filter_map(said).collect();
    if lines.is_empty() { said("fallback").into_iter().collect() } else { lines }
}

/// A line that names a file. The file itself does not come along.
pub(crate) fn file_line(path: &str) -> String {
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = name
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '`' | '[' | ']' | '<' | '>'))
        .take(100)
        .collect();
    format!("\u{1f4ce} `{}`", if name.trim().is_empty() { "file" } else { name.trim() })
}

/// What makes a post itself, as in Mattermost's own importer: channel, message, time and what programs put beside it. For an answer,
/// what it answers too.
fn mark(root: Option<&str>, post: &Post) -> String {
    let mut hash = Sha256::new();
    hash.update(root.unwrap_or_default());
    hash.update([0]);
    hash.update(post.create_at.to_be_bytes());
    hash.update(post.message.as_deref().unwrap_or_default());
    if let Some(props) = post.props.as_ref().filter(|props| !props.is_null()) {
        hash.update([0]);
        hash.update(props.to_string());
    }
    let hash: [u8; 32] = hash.finalize().into();
    hex::encode(hash.get(..16).unwrap_or(&hash))
}

fn millis(at: i64) -> Moment {
    Moment(at.saturating_mul(MILLI))
}
