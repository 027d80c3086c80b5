//! `cargo xtask prove private`: three people on five browsers write to each other in private, one is taken out, and then every byte that the
//! node keeps is searched for what they said. What a restricted channel says is found by the same search, so that the search could fail.
//! The browsers' part is xtask/browser/prove-private.mjs.

use std::fs;
use std::path::Path;

use super::{Figure, heard};
use crate::node::Home;
use crate::postgres::{Durability, Server, free_port};
use crate::trouble::{OrSay, Outcome, Trouble};
use crate::{sh, tools};

/// Begins everything that is said in private, and nothing else.
const CANARY: &str = "canaryQ7zK";
/// Begins what is said in a channel that the node may read.
const CONTROL: &str = "controlW4xP";

/// Tells the story on both engines, or on the one that is named.
pub(super) fn prove(words: &[&str]) -> Outcome<Figure> {
    let engines: &[&str] = if words.is_empty() { &["sqlite", "postgres"] } else { words };
    if let Some(unknown) = engines.iter().find(|engine| !["sqlite", "postgres"].contains(engine)) {
        return Err(Trouble::new(format!("there is no engine called `{unknown}`")));
    }
    sh::run(&mut sh::cargo(&["build", "--package", "planet"]))?;
    let mut sum = Figure { right: 0, total: 0, disputed: 0 };
    for engine in engines {
        let figure = on(engine)?;
        sum.right += figure.right;
        sum.total += figure.total;
    }
    Ok(sum)
}

fn on(engine: &str) -> Outcome<Figure> {
    let folder = tools::npm_folder(&sh::root().join("xtask/browser"), "browser")?;
    let place = sh::target().join("prove-private").join(engine);
    if place.exists() {
        fs::remove_dir_all(&place).or_say("cannot empty the last proof's folder")?;
    }
    let pictures = place.join("screenshots");
    fs::create_dir_all(&pictures).or_say("cannot make the proof's folder")?;
    let server = (engine == "postgres")
        .then(|| Server::start(Durability::Forgetful, &std::env::temp_dir()))
        .transpose()?;
    if let Some(server) = &server {
        server.create_database("private")?;
    }
    let home = Home {
        program: sh::target().join("debug/planet"),
        data: place.join("data"),
        database: server.as_ref().map(|server| server.url("private")),
        port: free_port()?,
    };
    let node = home.serve()?;
    // With its packages, to try a browser's keys outside of one.
    let web = tools::npm_folder(&sh::root().join("web"), "web-tests")?;
    let mut story =
        sh::command("node", ["prove-private.mjs", &node.base(), &node.founding_link()?, CANARY, CONTROL]);
    story.arg(&pictures).arg(&web).env("PLANET_CHROMIUM", tools::chromium()?).current_dir(folder);
    let mut figure = heard(&mut story)?;
    // Before the node ends, too: what stands in the write-ahead log then is not in the database yet.
    search(&place, server.as_ref(), &mut figure)?;
    drop(node);
    search(&place, server.as_ref(), &mut figure)?;
    home.verify(None)?;
    Ok(figure)
}

/// Looks for both words in all that is kept, in every form in which bytes are commonly written.
fn search(place: &Path, server: Option<&Server>, figure: &mut Figure) -> Outcome<()> {
    if let Some(server) = server {
        let dump = place.join("dump.sql");
        sh::output(server.client("pg_dump").arg("--file").arg(&dump).arg("private"))?;
    }
    let mut bytes = 0;
    let [mut said, mut control] = [Vec::new(), Vec::new()];
    for file in files(place)? {
        let read = fs::read(&file).or_say(format!("cannot read {}", file.display()))?;
        bytes += read.len();
        for (word, found) in [(CANARY, &mut said), (CONTROL, &mut control)] {
            found.extend(forms(word).iter().filter(|form| holds(&read, form)).map(|_| file.clone()));
        }
    }
    figure.total += 2;
    figure.right += u64::from(said.is_empty()) + u64::from(!control.is_empty());
    println!(
        "{bytes} bytes searched: what was said in private is in {said:?}, what a channel says is in {control:?}"
    );
    Ok(())
}

/// All files that the node wrote; pictures are the browsers'.
fn files(place: &Path) -> Outcome<Vec<std::path::PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(place).or_say(format!("cannot list {}", place.display()))? {
        let path = entry.or_say("cannot list a folder")?.path();
        if path.is_dir() && !path.ends_with("screenshots") {
            found.extend(files(&path)?);
        } else if path.is_file() {
            found.push(path);
        }
    }
    Ok(found)
}

fn holds(bytes: &[u8], form: &[u8]) -> bool {
    bytes.windows(form.len()).any(|window| window == form)
}

/// A word as it is, in UTF-16, in hexadecimal, and in base64 wherever it may begin.
fn forms(word: &str) -> Vec<Vec<u8>> {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or_default();
    let hex: String = word.bytes().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect();
    let wide: Vec<u8> = word.bytes().flat_map(|byte| [byte, 0]).collect();
    let mut forms = vec![word.as_bytes().to_vec(), hex.to_uppercase().into_bytes(), hex.into_bytes(), wide];
    let from = |skipped| word.as_bytes().get(skipped..).unwrap_or_default();
    forms.extend((0..3).map(|skipped| base64(from(skipped)).into_bytes()));
    forms
}

/// The part of the base64 of some bytes that does not depend on what follows them.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let letter = |bits: usize| LETTERS.get(bits & 63).copied().map_or('=', char::from);
    let three = |three: &[u8]| {
        let bits = three.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte));
        [letter(bits >> 18), letter(bits >> 12), letter(bits >> 6), letter(bits)]
    };
    bytes.chunks_exact(3).flat_map(three).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_in_whichever_form_it_is_written() {
        for text in
            ["..canaryQ7zK..", "63616e617279513" /* cut short */, "Y2FuYXJ5UTd6Sw==", "xxY2FuYXJ5UTd6S"]
        {
            let found = forms(CANARY).iter().any(|form| holds(text.as_bytes(), form));
            assert_eq!(found, !text.starts_with('6'), "{text}");
        }
        assert!(forms(CANARY).iter().any(|form| holds(b"63616e61727951377a4b", form)));
    }
}
