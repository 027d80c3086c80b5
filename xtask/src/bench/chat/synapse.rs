//! Synapse as a peer: from Python's package index into an environment of its own, on SQLite as it comes, with its limits of pace lifted. Speaks just the
//! Matrix that it takes to enter a room, say something and hear it.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::room::{Room, Seat};
use crate::bench::load::{self, Line};
use crate::http;
use crate::keep::{Kept, Terms};
use crate::postgres::free_port;
use crate::sh;
use crate::trouble::{OrSay, Outcome, Trouble};

/// The version that is measured.
const VERSION: &str = "1.163.2";
/// How long it may take to start.
const PATIENCE: Duration = Duration::from_mins(1);
/// How long a request for what is new waits, in milliseconds.
const POLL: u32 = 2_000;

/// A running server.
pub struct Synapse {
    _kept: Kept,
    port: u16,
}

/// Somebody with an account.
#[derive(Clone, Debug)]
struct Account {
    token: String,
}

impl Synapse {
    /// Starts a server with nothing in it, its data in a folder beneath `place`.
    pub fn start(place: &Path) -> Outcome<Self> {
        let (python, port) = (installed()?, free_port()?);
        let (folder, log) = (place.join("synapse"), place.join("synapse.log"));
        fs::create_dir_all(&folder).or_say("cannot make a folder for Synapse")?;
        let settings = folder.join("homeserver.yaml");
        let python = python.to_string_lossy();
        let mut generate =
            sh::command(&python, ["-m", "synapse.app.homeserver", "--server-name", "localhost"]);
        generate
            .args(["--generate-config", "--report-stats=no", "--config-path"])
            .arg(&settings)
            .current_dir(&folder);
        sh::output(&mut generate)?;
        let made = fs::read_to_string(&settings).or_say("cannot read Synapse's settings")?;
        // A key that stands there twice counts as it stands last.
        fs::write(&settings, made + &settings_for(port)).or_say("cannot write Synapse's settings")?;
        let mut command = sh::command(&python, ["-m", "synapse.app.homeserver", "-c"]);
        command.arg(&settings).current_dir(&folder);
        println!("$ {}", sh::spell(&command));
        let kept = Kept::start(&command, &Terms { signal: "TERM", folder: Some(&folder), log: &log })?;
        let server = Self { _kept: kept, port };
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            if http::get(port, "/health", "").is_ok_and(|answer| answer.status == 200) {
                return Ok(server);
            }
            std::thread::sleep(Duration::from_millis(200));
        }
        Err(Trouble::new(format!("Synapse was not ready within a minute; see {}", log.display())))
    }

    /// Messages a second, each of so many members speaking in a room of their own.
    pub fn rate(&self, members: usize, warm_up: Duration, time: Duration) -> Outcome<load::Seen> {
        let mut rooms = Vec::with_capacity(members);
        for number in 0..members {
            let account = self.register(&format!("speaker-{number}"))?;
            let room = self.create_room(&account)?;
            rooms.push((account, room));
        }
        let say = |client: usize, n: u64, buffer: &mut Vec<u8>| {
            if let Some((account, room)) = rooms.get(client) {
                request(buffer, self.port, account, &said(room, client, n, "bread and cheese"));
            }
        };
        load::run(self.port, members, warm_up, time, say)?.all_good()
    }

    fn register(&self, name: &str) -> Outcome<Account> {
        let body = format!(
            "{{\"username\":\"{name}\",\"password\":\"a-long-password\",\"auth\":{{\"type\":\"m.login.dummy\"}}}}"
        );
        let nobody = Account { token: String::new() };
        let answer = self.ask(&nobody, &Asked { method: "POST", path: "register".into(), body })?;
        Ok(Account { token: text(&answer, "access_token")? })
    }

    fn create_room(&self, account: &Account) -> Outcome<String> {
        let body = r#"{"preset":"public_chat"}"#.to_owned();
        let answer = self.ask(account, &Asked { method: "POST", path: "createRoom".into(), body })?;
        Ok(text(&answer, "room_id")?.replace('!', "%21").replace(':', "%3A"))
    }

    fn ask(&self, account: &Account, asked: &Asked) -> Outcome<Value> {
        let mut line = Line::open(self.port).or_say("cannot reach Synapse")?;
        answered(&mut line, self.port, account, asked).or_say("Synapse did not answer")
    }
}

/// A request in few words.
struct Asked {
    method: &'static str,
    path: String,
    body: String,
}

fn said(room: &str, client: usize, n: u64, text: &str) -> Asked {
    let path = format!("rooms/{room}/send/m.room.message/{client}-{n}");
    Asked { method: "PUT", path, body: format!("{{\"msgtype\":\"m.text\",\"body\":\"{text}\"}}") }
}

fn request(buffer: &mut Vec<u8>, port: u16, account: &Account, Asked { method, path, body }: &Asked) {
    let mut text = format!("{method} /_matrix/client/v3/{path} HTTP/1.1\r\nHost: localhost:{port}\r\n");
    // Writing into memory cannot fail.
    if !account.token.is_empty() {
        let _ = write!(text, "Authorization: Bearer {}\r\n", account.token);
    }
    let _ = write!(text, "Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    let _ = buffer.write_all(text.as_bytes());
}

fn answered(line: &mut Line, port: u16, account: &Account, asked: &Asked) -> io::Result<Value> {
    line.request.clear();
    request(&mut line.request, port, account, asked);
    let body = line.ask()?.map_err(io::Error::other)?;
    serde_json::from_slice(&body).map_err(io::Error::other)
}

fn text(answer: &Value, field: &str) -> Outcome<String> {
    answer
        .get(field)
        .and_then(Value::as_str)
        .map(str::to_owned)
        .or_say(format!("Synapse gave no {field}: {answer}"))
}

/// One room, for many.
pub struct Hall<'a> {
    server: &'a Synapse,
    room: String,
}

impl<'a> Hall<'a> {
    /// Opens it.
    pub fn open(server: &'a Synapse) -> Outcome<Self> {
        let owner = server.register("owner")?;
        Ok(Self { server, room: server.create_room(&owner)? })
    }
}

impl Room for Hall<'_> {
    const BEFORE: &'static str = "\"body\":\"";

    fn enter(&self, member: usize) -> Outcome<Seat> {
        let (port, room) = (self.server.port, self.room.clone());
        let account = self.server.register(&format!("member-{member}"))?;
        self.server
            .ask(&account, &Asked { method: "POST", path: format!("join/{room}"), body: "{}".into() })?;
        let open = || Line::open(port).or_say("cannot reach Synapse");
        let (mut ears, mut mouth, listener) = (open()?, open()?, account.clone());
        let mut since = None::<String>;
        let mut hear = move |into: &mut Vec<u8>| {
            let place =
                since.as_ref().map_or_else(String::new, |since| format!("&since={since}&timeout={POLL}"));
            let asked = Asked { method: "GET", path: format!("sync?{FILTER}{place}"), body: String::new() };
            let answer = answered(&mut ears, port, &listener, &asked)?;
            since = answer.get("next_batch").and_then(Value::as_str).map(str::to_owned);
            let news = answer.get("rooms").map(Value::to_string).unwrap_or_default();
            into.extend(news.as_bytes());
            Ok(news.len())
        };
        hear(&mut Vec::new()).or_say("Synapse does not say what is new")?;
        let mut n = 0;
        let say = move |text: &str| {
            n += 1;
            answered(&mut mouth, port, &account, &said(&room, member, n, text)).map(drop)
        };
        Ok(Seat { hear: Box::new(hear), say: Box::new(say) })
    }
}

/// Nothing but messages: `{"presence":{"types":[]},"room":{"timeline":{"limit":100,"types":["m.room.message"]},"state":{"types":[]}}}`.
const FILTER: &str = "filter=%7B%22presence%22%3A%7B%22types%22%3A%5B%5D%7D%2C%22room%22%3A%7B%22timeline%22%3A%7B%22limit%22%3A100%2C%22types%22%3A%5B%22m.room.message%22%5D%7D%2C%22state%22%3A%7B%22types%22%3A%5B%5D%7D%7D%7D";

fn settings_for(port: u16) -> String {
    let mut more = format!(
        "
listeners:
  - {{port: {port}, type: http, tls: false, bind_addresses: [127.0.0.1], resources: [{{names: [client]}}]}}
trusted_key_servers: []
suppress_key_server_warning: true
federation_domain_whitelist: []
enable_registration: true
enable_registration_without_verification: true
presence: {{enabled: false}}
bcrypt_rounds: 4
"
    );
    for what in ["message", "registration"] {
        // Writing into memory cannot fail.
        let _ = writeln!(more, "rc_{what}: {NO_LIMIT}");
    }
    for (what, kinds) in [
        ("login", ["address", "account"]),
        ("joins", ["local", "remote"]),
        ("invites", ["per_room", "per_user"]),
    ] {
        let _ = writeln!(more, "rc_{what}: {{{}: {NO_LIMIT}, {}: {NO_LIMIT}}}", kinds[0], kinds[1]);
    }
    let _ = writeln!(more, "rc_joins_per_room: {NO_LIMIT}\nrc_room_creation: {NO_LIMIT}");
    more
}

const NO_LIMIT: &str = "{per_second: 100000, burst_count: 100000}";

/// The Python that has Synapse, installed when missing.
fn installed() -> Outcome<PathBuf> {
    let place = sh::target().join("peers/synapse");
    let python = place.join("bin/python");
    let there = sh::output(&mut sh::command(
        &python.to_string_lossy(),
        ["-c", "from importlib import metadata; print(metadata.version('matrix-synapse'))"],
    ));
    if there.is_ok_and(|version| version.trim() == VERSION) {
        return Ok(python);
    }
    println!("Installing Synapse {VERSION} into {}.", place.display());
    sh::output(sh::command("python3", ["-m", "venv"]).arg(&place))?;
    let wanted = format!("matrix-synapse=={VERSION}");
    sh::output(&mut sh::command(&python.to_string_lossy(), ["-m", "pip", "install", "--quiet", &wanted]))?;
    Ok(python)
}
