//! Puts together what the readers find: people, channels and messages in their order, with what is wrong noted. Knows no format.

use crate::report::Report;
use crate::{
    Channel, EARLIEST, Export, HistoryError, MAX_MESSAGES, MAX_SIGNS, MAX_TEXT, MAX_WORD, Message, Person,
    Signs, Source, brackets, mentions, shortcodes,
};
use planet_ontology::units::{Moment, longer_than};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// The most people of an export.
const MAX_PEOPLE: usize = 200_000;
/// The longest name of a channel, in characters.
const MAX_CHANNEL: usize = 40;

/// Where something stands.
#[derive(Clone, Copy)]
pub(crate) struct At<'a> {
    pub file: &'a str,
    pub line: u64,
}

/// What is being put together.
pub(crate) struct Build {
    source: Source,
    now: Moment,
    people: BTreeMap<String, Known>,
    channels: Vec<Draft>,
    pub report: Report,
}

struct Known {
    handle: String,
    name: String,
    listed: bool,
    needed: bool,
}

struct Draft {
    channel: Channel,
    marks: HashSet<String>,
    signs: BTreeMap<(String, String), BTreeSet<String>>,
}

impl Build {
    pub fn new(source: Source, now: Moment) -> Self {
        Self { source, now, people: BTreeMap::new(), channels: Vec::new(), report: Report::default() }
    }

    /// Notes somebody whom the export lists.
    pub fn person(&mut self, key: &str, handle: &str, name: &str) -> Result<(), HistoryError> {
        if self.people.len() >= MAX_PEOPLE {
            return Err(HistoryError::TooLarge("200,000 people"));
        }
        let name = words(name);
        let name = if name.is_empty() { words(handle) } else { name };
        let known = Known { handle: words(handle), name, listed: true, needed: false };
        self.people.insert(cut(key), known);
        Ok(())
    }

    /// What somebody is called after an `@`.
    pub fn handle(&self, key: &str) -> String {
        self.people.get(key).map_or_else(|| key.to_owned(), |known| known.handle.clone())
    }

    /// Notes a channel.
    pub fn channel(&mut self, key: String, name: &str, title: &str, closed: bool) -> usize {
        let name = slug(name);
        let channel = Channel {
            key: cut(&key),
            name,
            title: words(title),
            closed,
            messages: Vec::new(),
            signs: Vec::new(),
        };
        self.channels.push(Draft { channel, marks: HashSet::new(), signs: BTreeMap::new() });
        self.channels.len() - 1
    }

    /// Somebody who wrote something is needed, whether the export lists them or not.
    fn need(&mut self, key: &str) {
        let known = self.people.entry(cut(key)).or_insert_with(|| {
            let name = words(key);
            Known { handle: name.clone(), name, listed: false, needed: false }
        });
        known.needed = true;
    }

    /// Adds a message. Answers whether it is there now; otherwise the report says why not.
    pub fn message(&mut self, channel: usize, at: At, mut message: Message) -> Result<bool, HistoryError> {
        let text = message.text.trim_end().trim_start_matches('\n');
        message.text = brackets::shown(&shortcodes::in_text(text));
        let wrong = if message.author.is_empty() {
            Some("it has no author".to_owned())
        } else if message.sent < EARLIEST || message.sent.0 > self.now.0 + Moment::DAY {
            Some("its time cannot be: it lies before 1990 or in the future".to_owned())
        } else if message.text.chars().all(|c| c.is_whitespace() || c.is_control()) && !message.gone {
            self.report.left("messages without words");
            return Ok(false);
        } else if longer_than(&message.text, MAX_TEXT) {
            Some(format!("its text is longer than {MAX_TEXT} characters"))
        } else {
            None
        };
        if let Some(reason) = wrong {
            self.report.broken(at.file, at.line, reason);
            return Ok(false);
        }
        let Some(draft) = self.channels.get_mut(channel) else { return Ok(false) };
        if draft.channel.messages.len() >= MAX_MESSAGES {
            return Err(HistoryError::TooLarge("200,000 messages in one channel"));
        }
        if !draft.marks.insert(message.mark.clone()) {
            self.report.left("messages that stand in the export twice");
            return Ok(false);
        }
        message.author = cut(&message.author);
        let author = message.author.clone();
        draft.channel.messages.push(message);
        self.need(&author);
        Ok(true)
    }

    /// Adds a sign that somebody gave to a message that is there.
    pub fn sign(&mut self, channel: usize, mark: &str, name: &str, who: &str) {
        let Some(sign) = shortcodes::sign(name).filter(|_| !who.is_empty()) else {
            self.report.left("signs that are no emoji");
            return;
        };
        let Some(draft) = self.channels.get_mut(channel) else { return };
        let (key, first) = ((mark.to_owned(), sign), (mark.to_owned(), String::new()));
        if !draft.signs.contains_key(&key) {
            let others = draft.signs.range(first..).take_while(|((of, _), _)| of == mark).count();
            if others >= MAX_SIGNS {
                self.report.left("signs beyond the fiftieth emoji of a message");
                return;
            }
        }
        if draft.signs.entry(key).or_default().insert(cut(who)) {
            self.report.signs += 1;
            self.need(who);
        }
    }

    /// The whole.
    pub fn finish(mut self) -> Export {
        let mut channels = Vec::new();
        for draft in std::mem::take(&mut self.channels) {
            if draft.channel.messages.is_empty() {
                self.report.left("channels in which nobody said anything");
                continue;
            }
            let mut channel = draft.channel;
            self.order(&mut channel);
            let signs = draft.signs.into_iter();
            channel.signs =
                signs.map(|((mark, sign), by)| Signs { mark, sign, by: by.into_iter().collect() }).collect();
            channels.push(channel);
        }
        name_apart(&mut channels);
        self.need_the_named(&channels);
        self.report.missing = count(self.people.values().filter(|known| known.needed && !known.listed));
        let people = self.people.into_iter().filter(|(_, known)| known.needed);
        let people =
            people.map(|(key, known)| Person { key, handle: known.handle, name: known.name }).collect();
        Export { source: self.source, people: apart(people), channels, report: self.report }
    }

    /// Answers stand after what they answer; what answers an answer answers what that did.
    fn order(&mut self, channel: &mut Channel) {
        let roots: HashMap<String, (Option<String>, Moment)> =
            channel.messages.iter().map(|it| (it.mark.clone(), (it.answers.clone(), it.sent))).collect();
        let mut answered = BTreeSet::new();
        let mut timed: Vec<(Moment, Message)> = Vec::with_capacity(channel.messages.len());
        for mut message in std::mem::take(&mut channel.messages) {
            let mut root = message.answers.take();
            if let Some(upper) =
                root.as_ref().and_then(|root| roots.get(root)).and_then(|(upper, _)| upper.clone())
            {
                root = Some(upper);
            }
            let found = root.and_then(|root| roots.get(&root).map(|found| (root, found)));
            let mut time = message.sent;
            match found {
                Some((root, (None, sent))) if root != message.mark => {
                    time = time.max(*sent);
                    answered.insert(root.clone());
                    message.answers = Some(root);
                    self.report.answers += 1;
                }
                _ => self.report.messages += 1,
            }
            timed.push((time, message));
        }
        // Of those of one moment, the one that is answered comes first; otherwise the order of the file counts.
        timed.sort_by_key(|(time, message)| (*time, message.answers.is_some()));
        self.report.threads += count(answered.iter());
        channel.messages = timed.into_iter().map(|(_, message)| message).collect();
    }

    /// Whoever is named in a message can be found as a member here, too.
    fn need_the_named(&mut self, channels: &[Channel]) {
        let keys: HashMap<String, String> =
            self.people.iter().map(|(key, known)| (known.handle.to_lowercase(), key.clone())).collect();
        for message in channels.iter().flat_map(|channel| &channel.messages) {
            for name in mentions::names(&message.text) {
                if let Some(known) = keys.get(&name.to_lowercase()).and_then(|key| self.people.get_mut(key)) {
                    known.needed = true;
                }
            }
        }
    }
}

fn count(items: impl Iterator) -> u64 {
    u64::try_from(items.count()).unwrap_or(u64::MAX)
}

/// A key as it is kept.
fn cut(key: &str) -> String {
    words(key)
}

/// Some words on one line, not too long.
pub(crate) fn words(text: &str) -> String {
    let line = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let mut made = String::new();
    for word in line {
        if made.len() + word.len() + 1 > MAX_WORD {
            if made.is_empty() {
                made = word.chars().take(MAX_WORD / 4).collect();
            }
            break;
        }
        if !made.is_empty() {
            made.push(' ');
        }
        made.push_str(word);
    }
    made
}

/// What a channel may be called here, of what it was called there.
fn slug(name: &str) -> String {
    let fits = |c: char| if c.is_alphanumeric() { c } else { '-' };
    let mut made: String = name.to_lowercase().chars().map(fits).take(MAX_CHANNEL).collect();
    while made.contains("--") {
        made = made.replace("--", "-");
    }
    let made = made.trim_matches('-');
    if made.is_empty() { "channel".to_owned() } else { made.to_owned() }
}

/// No two channels have one name.
fn name_apart(channels: &mut [Channel]) {
    let mut taken = HashSet::new();
    for channel in channels {
        let plain = channel.name.clone();
        let mut n = 1_u32;
        while !taken.insert(channel.name.clone()) {
            n += 1;
            let short: String = plain.chars().take(MAX_CHANNEL - 11).collect();
            channel.name = format!("{short}-{n}");
        }
    }
}

/// No two people are read as one: where names are the same, the handles stand with them, and handles are each somebody's own.
fn apart(mut people: Vec<Person>) -> Vec<Person> {
    let mut handles = HashSet::new();
    for person in &mut people {
        if person.handle.is_empty() || !handles.insert(person.handle.to_lowercase()) {
            person.handle = words(&format!("{}-{}", person.handle, person.key));
            handles.insert(person.handle.to_lowercase());
        }
    }
    let mut names: HashMap<String, u32> = HashMap::new();
    for person in &people {
        *names.entry(person.name.to_lowercase()).or_default() += 1;
    }
    for person in &mut people {
        if names.get(&person.name.to_lowercase()).is_some_and(|n| *n > 1) {
            person.name = format!("{}, {}", person.name, person.handle);
        }
    }
    people
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channels_get_names_that_a_channel_may_have() {
        for (theirs, ours) in [
            ("town-square", "town-square"),
            ("../../etc/passwd", "etc-passwd"),
            ("", "channel"),
            ("Über_uns!", "über-uns"),
            ("\0\n", "channel"),
        ] {
            assert_eq!(slug(theirs), ours, "{theirs}");
        }
        assert_eq!(slug(&"x".repeat(500)).len(), 40);
    }

    #[test]
    fn two_with_one_name_can_be_told_apart() {
        let person = |key: &str, handle: &str, name: &str| Person {
            key: key.into(),
            handle: handle.into(),
            name: name.into(),
        };
        let people =
            apart(vec![person("1", "ada", "Ada"), person("2", "ADA", "ada"), person("3", "ben", "Ben")]);
        let names: Vec<_> = people.iter().map(|it| (it.handle.as_str(), it.name.as_str())).collect();
        assert_eq!(names, [("ada", "Ada, ada"), ("ADA-2", "ada, ADA-2"), ("ben", "Ben")]);
    }
}
