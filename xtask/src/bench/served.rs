//! A furnished club, served by the release build as members would have it: how quickly it pays, shows and starts. It furnishes
//! nothing itself; the node's example `furnish` does.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::load;
use crate::http;
use crate::node::{Home, Node};
use crate::postgres::free_port;
use crate::sh;
use crate::tools;
use crate::trouble::{OrSay, Outcome, Trouble};

const WARM_UP: Duration = Duration::from_secs(2);

/// A club on disk, and members of it who are signed in.
pub struct Club {
    /// Where it lives.
    pub home: Home,
    members: Vec<Member>,
    groups: Vec<Group>,
    /// The vote that is open, if one was furnished.
    pub vote: Option<String>,
}

/// A group of a furnished club.
pub struct Group {
    /// Its handle.
    pub handle: String,
    /// Its id, which is also that of its first channel.
    pub id: String,
}

struct Member {
    id: String,
    session: String,
}

/// Waits until the node has sealed all that was furnished: a trial asks about what the log holds.
pub fn sealed(node: &Node) -> Outcome<()> {
    let mut before = Vec::new();
    loop {
        std::thread::sleep(Duration::from_secs(3));
        let now = http::get(node.port, "/about/checkpoint", "")?;
        if now.status == 200 && now.body == before {
            return Ok(());
        }
        before = now.body;
    }
}

impl Club {
    /// Furnishes a club with this many members and posts, in a new folder and perhaps in a database.
    pub fn furnish(folder: &Path, database: Option<String>, members: usize, posts: usize) -> Outcome<Self> {
        Self::furnish_with(folder, database, members, &["--posts", &posts.to_string()])
    }

    /// The same with whatever else the example `furnish` can lay out.
    pub fn furnish_with(
        folder: &Path,
        database: Option<String>,
        members: usize,
        more: &[&str],
    ) -> Outcome<Self> {
        if folder.exists() {
            fs::remove_dir_all(folder).or_say("cannot empty the folder of the measured club")?;
        }
        let home = Home {
            program: sh::target().join("release/planet"),
            data: folder.to_path_buf(),
            database,
            port: free_port()?,
        };
        let furnish = sh::target().join("release/examples/furnish");
        let mut command = sh::command(&furnish.to_string_lossy(), home.options());
        command.args(["--members", &members.to_string()]).args(more);
        println!("$ {}", sh::spell(&command));
        let said = sh::output(&mut command)?;
        let members: Vec<Member> = said.lines().filter_map(member_in).collect();
        if members.is_empty() {
            return Err(Trouble::new(format!("the example `furnish` signed nobody in:\n{said}")));
        }
        let vote = said.lines().find_map(|line| line.strip_prefix("vote ")).map(str::to_owned);
        Ok(Self { home, members, groups: said.lines().filter_map(group_in).collect(), vote })
    }

    /// The group of this handle.
    pub fn group(&self, handle: &str) -> Outcome<&Group> {
        let found = self.groups.iter().find(|group| group.handle == handle);
        found.or_say(format!("the measured club has no group `{handle}`"))
    }

    /// With what one of the members is signed in, counted round and round.
    pub fn session(&self, number: usize) -> &str {
        let nth = number % self.members.len().max(1);
        self.members.get(nth).map_or("", |member| member.session.as_str())
    }

    /// Payments per second through the whole corridor, everybody paying everybody else in turn.
    pub fn payments(&self, node: &Node, clients: usize, time: Duration) -> Outcome<load::Seen> {
        let port = node.port;
        load::run(port, clients, WARM_UP, time, |client, n, buffer| self.pay(port, client, n, buffer))?
            .all_good()
    }

    fn pay(&self, port: u16, client: usize, n: u64, buffer: &mut Vec<u8>) {
        let count = self.members.len();
        let step = usize::try_from(n).unwrap_or(0) % count.saturating_sub(1).max(1);
        let (Some(from), Some(to)) =
            (self.members.get(client % count), self.members.get((client + 1 + step) % count))
        else {
            return;
        };
        let body = format!("{{\"to\":\"{}\",\"amount\":1,\"memo\":\"bread and cheese\"}}", to.id);
        act(buffer, (port, &from.session), "wallet/pay", &body, (client, n));
    }

    /// How long a page takes that one member after the other asks for, one at a time.
    pub fn page(&self, node: &Node, path: &str, time: Duration) -> Outcome<load::Seen> {
        self.page_for(node, path, self.members.len(), time)
    }

    /// The same for so many of the members only.
    pub fn page_for(&self, node: &Node, path: &str, members: usize, time: Duration) -> Outcome<load::Seen> {
        let port = node.port;
        load::run(port, 1, WARM_UP, time, |_, n, buffer| {
            let count = u64::try_from(members).unwrap_or(1);
            let Some(member) = usize::try_from(n % count).ok().and_then(|at| self.members.get(at)) else {
                return;
            };
            // Writing into memory cannot fail.
            let _ = write!(
                buffer,
                "GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nAccept: text/html\r\nCookie: planet={}\r\n\r\n",
                member.session
            );
        })?
        .all_good()
    }

    /// Tries a change of the rules out as a member does on the page, and looks at its page until it says what came out.
    pub fn rehearse(&self, node: &Node) -> Outcome<Rehearsed> {
        let member = self.members.first().or_say("nobody is signed in")?;
        let cookie = format!("Cookie: planet={}\r\nAccept: text/html\r\n", member.session);
        let policy = format!(
            "@id(\"bench\")\n@title(\"Not now.\")\n@why(\"It is measured.\")\nforbid (principal == Member::\"{}\", \
             action == Action::\"wallet.pay\", resource is Account) when {{ context.now > 1 }};",
            member.id
        );
        let form = format!(
            "_key=0192f0c1-6e8a-7c3e-9b1d-3f2a5c7d9e11&written_for=1&name=bench.cedar&text={}",
            encoded(&policy)
        );
        let begun = Instant::now();
        let mut answer = http::post_with(node.port, "/constitution/change/policies", &form, &cookie)?;
        let mut told = 0;
        while let Some(path) = answer.header("location").map(str::to_owned).filter(|_| answer.status == 303) {
            loop {
                answer = http::get(node.port, &path, &cookie)?;
                if answer.header("refresh").is_none() {
                    break;
                }
                told += 1;
                std::thread::sleep(Duration::from_millis(500));
            }
        }
        let took = begun.elapsed();
        let asked = asked_in(&String::from_utf8_lossy(&answer.body))
            .or_say(format!("no report came, but {}", answer.status))?;
        Ok(Rehearsed { took, asked, told })
    }

    /// What a member's browser receives when it opens a page for the first time, fonts and scripts included.
    pub fn weight(&self, node: &Node, path: &str) -> Outcome<Weight> {
        let member = self.members.first().or_say("nobody is signed in")?;
        let folder = tools::npm_folder(&sh::root().join("xtask/browser"), "browser")?;
        let mut weigh = sh::command("node", ["weigh.mjs", &node.base(), &member.session, path]);
        weigh.env("PLANET_CHROMIUM", tools::chromium()?).current_dir(folder);
        let said = sh::output(&mut weigh)?;
        weight_in(&said).or_say(format!("the browser gave no figures:\n{said}"))
    }
}

/// Writes the request that does an act by JSON, in the name of a session. Who asks and how often they did before makes its key.
pub fn act(
    buffer: &mut Vec<u8>,
    (port, session): (u16, &str),
    name: &str,
    body: &str,
    (client, n): (usize, u64),
) {
    // The key of the attempt is a UUIDv7, as forms and programs of the house make them.
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let millis = format!("{:012x}", since.as_millis());
    let (early, late) = millis.split_at(8);
    // Writing into memory cannot fail.
    let _ = write!(
        buffer,
        "POST /api/v1/{name} HTTP/1.1\r\nHost: localhost:{port}\r\nOrigin: http://localhost:{port}\r\n\
         Cookie: planet={session}\r\nContent-Type: application/json\r\nIdempotency-Key: {early}-{late}-7000-8{client:03x}-{n:012x}\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
}

/// A change of the rules that was tried out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rehearsed {
    /// From the form to the report.
    pub took: Duration,
    /// Attempts that were asked about again.
    pub asked: usize,
    /// How often its page said how far it was.
    pub told: usize,
}

/// The number before `things that somebody did`, which may be set with commas.
fn asked_in(page: &str) -> Option<usize> {
    let (before, _) = page.split_once(" things that somebody did")?;
    let number = before.rsplit(['>', ' ', '\n']).next()?;
    number.chars().filter(char::is_ascii_digit).collect::<String>().parse().ok()
}

/// A value of a form.
fn encoded(text: &str) -> String {
    let byte = |byte: u8| {
        if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") }
    };
    text.bytes().map(byte).collect()
}

/// What a first visit to a page costs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weight {
    /// Of the page and all that it asks for, as it came over the wire.
    pub kilobytes: f64,
    /// The page's own included.
    pub requests: f64,
}

/// The figures in `43210 bytes in 9 requests`.
fn weight_in(said: &str) -> Option<Weight> {
    let words: Vec<&str> = said.split_whitespace().collect();
    let [bytes, "bytes", "in", requests, "requests"] = words.as_slice() else { return None };
    Some(Weight { kilobytes: bytes.parse::<f64>().ok()? / 1000.0, requests: requests.parse().ok()? })
}

/// A line `MEMBER SESSION` of what `furnish` prints.
fn member_in(line: &str) -> Option<Member> {
    let (id, session) = line.strip_prefix("member ")?.split_once(' ')?;
    Some(Member { id: id.to_owned(), session: session.to_owned() })
}

/// A line `group HANDLE ID` of it.
fn group_in(line: &str) -> Option<Group> {
    let (handle, id) = line.strip_prefix("group ")?.split_once(' ')?;
    Some(Group { handle: handle.to_owned(), id: id.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_pays_everybody_else_and_nobody_themselves() {
        let members = (0..4).map(|n| Member { id: format!("id{n}"), session: format!("s{n}") }).collect();
        let home = Home { program: "planet".into(), data: "data".into(), database: None, port: 7700 };
        let club = Club { home, members, groups: Vec::new(), vote: None };
        let paid: Vec<String> = (0..4)
            .map(|n| {
                let mut buffer = Vec::new();
                club.pay(7700, 1, n, &mut buffer);
                let text = String::from_utf8(buffer).unwrap();
                let body = text.split_once("\r\n\r\n").unwrap().1.to_owned();
                assert!(
                    text.contains("planet=s1\r\n")
                        && text.contains(&format!("Content-Length: {}\r\n", body.len()))
                );
                body.split('"').nth(3).unwrap().to_owned()
            })
            .collect();
        assert_eq!(paid, ["id2", "id3", "id0", "id2"]);
    }

    #[test]
    fn what_a_rehearsal_asked_is_read_and_a_form_is_encoded() {
        let page = "<p>\u{2068}1,000,001\u{2069} things that somebody did or tried in the last 365 days</p>";
        assert_eq!(asked_in(page), Some(1_000_001));
        assert_eq!(asked_in("<p>nothing</p>"), None);
        assert_eq!(encoded("a b&\u{fc}"), "a%20b%26%C3%BC");
    }

    #[test]
    fn the_browsers_figures_are_read() {
        assert_eq!(
            weight_in("43210 bytes in 9 requests\n"),
            Some(Weight { kilobytes: 43.21, requests: 9.0 })
        );
        assert_eq!(weight_in("net::ERR_CONNECTION_REFUSED"), None);
    }
}
