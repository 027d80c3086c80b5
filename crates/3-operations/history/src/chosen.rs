//! Choosing some channels of an export: what is counted and who is needed then is only what these hold.

use crate::{Channel, Export, mentions};
use std::collections::HashSet;

impl Export {
    /// Keeps the channels of these names or titles, and the people who are needed for them. What is said of broken lines and of what is
    /// left out stays that of the whole export.
    ///
    /// # Errors
    /// With a name that no channel has.
    pub fn keep_only(&mut self, names: &[String]) -> Result<(), String> {
        let is = |channel: &Channel, name: &str| channel.name == name || channel.title == name;
        if let Some(unknown) =
            names.iter().find(|name| !self.channels.iter().any(|channel| is(channel, name)))
        {
            return Err(unknown.clone());
        }
        self.channels.retain(|channel| names.iter().any(|name| is(channel, name)));
        let (mut keys, mut handles) = (HashSet::new(), HashSet::new());
        let mut counts = [0_u64; 4];
        for channel in &self.channels {
            let roots: HashSet<&str> =
                channel.messages.iter().filter_map(|it| it.answers.as_deref()).collect();
            let answers = channel.messages.iter().filter(|it| it.answers.is_some()).count();
            let signs: usize = channel.signs.iter().map(|it| it.by.len()).sum();
            let here = [channel.messages.len() - answers, answers, roots.len(), signs];
            for (count, more) in counts.iter_mut().zip(here) {
                *count += u64::try_from(more).unwrap_or(u64::MAX);
            }
            keys.extend(channel.messages.iter().map(|it| it.author.as_str()));
            keys.extend(channel.signs.iter().flat_map(|it| &it.by).map(String::as_str));
            let mentioned = channel.messages.iter().flat_map(|it| mentions::names(&it.text));
            handles.extend(mentioned.map(|name| name.to_lowercase()));
        }
        let needed = |key: &str, handle: &str| keys.contains(key) || handles.contains(&handle.to_lowercase());
        self.people.retain(|person| needed(&person.key, &person.handle));
        let report = &mut self.report;
        [report.messages, report.answers, report.threads, report.signs] = counts;
        Ok(())
    }
}
