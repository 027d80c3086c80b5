//! Cuts a channel into pieces that fit into a request each. What is put together again is the same channel.

use crate::{Channel, Part, Signs};

/// About how many bytes of JSON a piece has.
const SIZE: usize = 120 * 1024;
/// The most people in one entry of signs.
const MOST_PEOPLE: usize = 500;
/// The most messages of a piece.
const MOST_MESSAGES: usize = 500;
/// The most entries of signs of a piece.
const MOST_SIGNS: usize = 500;

/// The pieces of a channel: messages first, then the signs on them.
pub fn parts(channel: &Channel) -> Vec<Part> {
    let mut parts = Vec::new();
    let (mut part, mut size) = (Part::default(), 0);
    for message in &channel.messages {
        // In JSON a sign may take six bytes; what is written in code or control signs would.
        let adds = 200 + message.mark.len() + message.author.len() + escaped(&message.text);
        if size > 0 && size + adds > SIZE || part.messages.len() >= MOST_MESSAGES {
            parts.push(std::mem::take(&mut part));
            size = 0;
        }
        size += adds;
        part.messages.push(message.clone());
    }
    for signs in &channel.signs {
        for by in signs.by.chunks(MOST_PEOPLE) {
            let adds = 60 + signs.mark.len() + by.iter().map(|key| key.len() + 3).sum::<usize>();
            if size > 0 && size + adds > SIZE || part.signs.len() >= MOST_SIGNS {
                parts.push(std::mem::take(&mut part));
                size = 0;
            }
            size += adds;
            part.signs.push(Signs { mark: signs.mark.clone(), sign: signs.sign.clone(), by: by.to_vec() });
        }
    }
    if size > 0 {
        parts.push(part);
    }
    parts
}

/// How long a text is in JSON, at the most.
fn escaped(text: &str) -> usize {
    text.chars()
        .map(|c| {
            if c.is_control() {
                6
            } else if matches!(c, '"' | '\\') {
                2
            } else {
                c.len_utf8()
            }
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{EARLIEST, Message};

    #[test]
    fn a_long_channel_goes_in_pieces_that_fit_and_nothing_is_lost() {
        let message = |n: u32| Message {
            mark: n.to_string(),
            author: "ada".into(),
            sent: EARLIEST,
            edited: None,
            gone: false,
            pinned: false,
            answers: None,
            text: if n == 3 { "\u{7}".repeat(40_000) } else { "word ".repeat(100) },
        };
        let by: Vec<String> = (0..100_000).map(|n| format!("person-{n}")).collect();
        let channel = Channel {
            key: "k".into(),
            name: "n".into(),
            title: "t".into(),
            closed: false,
            messages: (0..2_000).map(message).collect(),
            signs: vec![Signs { mark: "1".into(), sign: "👍".into(), by: by.clone() }],
        };
        let parts = parts(&channel);
        assert!(parts.iter().all(|part| serde_json::to_string(part).unwrap().len() < 250 * 1024));
        assert_eq!(parts.iter().flat_map(|part| part.messages.clone()).collect::<Vec<_>>(), channel.messages);
        assert_eq!(
            parts.iter().flat_map(|part| &part.signs).flat_map(|signs| signs.by.clone()).collect::<Vec<_>>(),
            by
        );
    }
}
