//! ejabberd as a peer: Debian's package, unpacked and not installed, with rooms (MUC) that keep nothing, and members who come in
//! without an account. Speaks just the XMPP that it takes to enter a room, say something and hear it.

use std::fs;
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::room::{Room, Seat, ask, connect, hear};
use crate::bench::load;
use crate::keep::{Kept, Terms};
use crate::postgres::free_port;
use crate::sh;
use crate::trouble::{OrSay, Outcome, Trouble};

/// How long it may take to start.
const PATIENCE: Duration = Duration::from_mins(1);
const HELLO: &str = "<stream:stream to='localhost' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>";

/// A running server.
pub struct Ejabberd {
    kept: Kept,
    port: u16,
}

impl Ejabberd {
    /// Starts a server with nothing in it, its data in a folder beneath `place`.
    pub fn start(place: &Path) -> Outcome<Self> {
        let (package, port) = (unpacked()?, free_port()?);
        let folder = place.join("ejabberd");
        let (settings, log) = (folder.join("ejabberd.yml"), place.join("ejabberd.log"));
        fs::create_dir_all(&folder).or_say("cannot make a folder for ejabberd")?;
        fs::write(&settings, settings_for(port)).or_say("cannot write ejabberd's settings")?;
        let (erlang, libraries) = (package.join("usr/lib/erlang"), libraries(&package)?);
        let programs = folder_like(&erlang, "erts-")?.join("bin");
        let mut command =
            sh::command(&programs.join("erlexec").to_string_lossy(), ["-noinput", "+K", "true"]);
        command
            .args(["+P", "250000", "-mnesia", "dir"])
            .arg(format!("\"{}\"", folder.join("spool").display()));
        command.args(["-s", "ejabberd"]).env("ROOTDIR", &erlang).env("BINDIR", &programs).env("EMU", "beam");
        command.env("PROGNAME", "erl").env("HOME", &folder).env("CONTENT_PATH", &folder);
        command.env("LD_LIBRARY_PATH", &libraries).env("ERL_LIBS", &libraries);
        command.env("EJABBERD_CONFIG_PATH", &settings).env("EJABBERD_LOG_PATH", folder.join("log"));
        println!("$ {}", sh::spell(&command));
        let kept = Kept::start(&command, &Terms { signal: "TERM", folder: Some(&folder), log: &log })?;
        let server = Self { kept, port };
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            if greet(port).is_ok() {
                return Ok(server);
            }
            std::thread::sleep(Duration::from_millis(200));
        }
        Err(Trouble::new(format!("ejabberd was not ready within a minute; see {}", log.display())))
    }

    /// Messages a second, each of so many members speaking in a room of their own and waiting until they hear it.
    pub fn rate(&self, members: usize, warm_up: Duration, time: Duration) -> Outcome<load::Seen> {
        let enter = |member| enter(self.port, &format!("room-{member}"), member);
        let say = |stream: &mut TcpStream, member: usize, n: u64| {
            let mut heard = [0; 4096];
            stream
                .write_all(stanza(&format!("room-{member}"), &format!("bread and cheese {n}")).as_bytes())?;
            let mut tail = Vec::with_capacity(1024);
            while !tail.ends_with(b"</message>") {
                let count = stream.read(&mut heard)?;
                if count == 0 {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
                tail.extend(heard.iter().take(count));
            }
            Ok(if tail.ends_with(b"</body></message>") {
                Ok(tail)
            } else {
                Err(String::from_utf8_lossy(&tail).into_owned())
            })
        };
        load::exchanges(members, warm_up, time, enter, say)?.all_good()
    }

    /// The memory that it occupies, in megabytes.
    pub fn megabytes(&self) -> Outcome<f64> {
        self.kept.megabytes("beam.smp")
    }
}

/// One room, for many.
pub struct Hall<'a>(pub &'a Ejabberd);

impl Room for Hall<'_> {
    const BEFORE: &'static str = "<body>";

    fn enter(&self, member: usize) -> Outcome<Seat> {
        let stream = enter(self.0.port, "hall", member).or_say("a member could not enter ejabberd's room")?;
        let mut mouth = stream.try_clone().or_say("cannot share a connection")?;
        let heard = hear(stream).or_say("cannot listen to ejabberd")?;
        Ok(Seat { hear: heard, say: Box::new(move |text| mouth.write_all(stanza("hall", text).as_bytes())) })
    }
}

fn stanza(room: &str, text: &str) -> String {
    format!("<message to='{room}@conference.localhost' type='groupchat'><body>{text}</body></message>")
}

/// Signs in without an account and enters a room.
fn enter(port: u16, room: &str, member: usize) -> io::Result<TcpStream> {
    let mut stream = greet(port)?;
    let anonymous = "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='ANONYMOUS'/>";
    ask(&mut stream, anonymous.as_bytes(), &["<success"])?;
    ask(&mut stream, HELLO.as_bytes(), &["</stream:features>"])?;
    let bind = "<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>";
    ask(&mut stream, bind.as_bytes(), &["</iq>"])?;
    let presence = format!(
        "<presence to='{room}@conference.localhost/m{member}'><x xmlns='http://jabber.org/protocol/muc'/></presence>"
    );
    // The subject of the room comes last.
    let answer = ask(&mut stream, presence.as_bytes(), &["<subject/></message>", "type='error'"])?;
    if answer.contains("type='error'") { Err(io::Error::other(answer)) } else { Ok(stream) }
}

fn greet(port: u16) -> io::Result<TcpStream> {
    let mut stream = connect(port)?;
    ask(&mut stream, HELLO.as_bytes(), &["</stream:features>"])?;
    Ok(stream)
}

/// No archive, no history, no presence of others, no limits: nothing but messages.
fn settings_for(port: u16) -> String {
    format!(
        "hosts: [localhost]
loglevel: error
auth_method: [anonymous]
anonymous_protocol: sasl_anon
allow_multiple_connections: true
listen:
  - {{port: {port}, ip: 127.0.0.1, module: ejabberd_c2s, backlog: 4096, starttls: false, access: all, shaper: none}}
modules:
  mod_muc:
    access: all
    access_create: all
    max_users: 5000
    history_size: 0
    default_room_options: {{max_users: 5000, presence_broadcast: [], logging: false, mam: false}}
"
    )
}

/// The folder into which the package and all that it needs are unpacked.
fn unpacked() -> Outcome<PathBuf> {
    let place = sh::target().join("peers/ejabberd");
    if place.join("unpacked").exists() {
        return Ok(place);
    }
    let packages = sh::target().join("peers/ejabberd-packages");
    fs::create_dir_all(packages.join("partial")).or_say("cannot make a folder for packages")?;
    let archives = format!("Dir::Cache::Archives={}", packages.display());
    let words = [
        "--quiet",
        "--yes",
        "--download-only",
        "--no-install-recommends",
        "-o",
        &archives,
        "install",
        "ejabberd",
    ];
    sh::output(&mut sh::command("apt-get", words))?;
    for entry in fs::read_dir(&packages).or_say("cannot read the folder of packages")? {
        let file = entry.or_say("cannot read the folder of packages")?.path();
        if file.extension().is_some_and(|end| end == "deb") {
            sh::output(sh::command("dpkg-deb", ["--extract"]).arg(&file).arg(&place))?;
        }
    }
    libraries(&place)?;
    fs::write(place.join("unpacked"), "").or_say("cannot note what was unpacked")?;
    Ok(place)
}

/// Where Debian puts libraries of this kind of machine.
fn libraries(package: &Path) -> Outcome<PathBuf> {
    let all = package.join("usr/lib");
    let folders = fs::read_dir(&all).into_iter().flatten().flatten().map(|entry| entry.path());
    let fits = |folder: &PathBuf| folder_like(folder, "ejabberd-").is_ok();
    folders
        .into_iter()
        .find(fits)
        .or_say("Debian's package of ejabberd is not as it was: look where its libraries are")
}

fn folder_like(folder: &Path, beginning: &str) -> Outcome<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let found = entries
        .map(|entry| entry.path())
        .find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(beginning)));
    found.or_say(format!("{} has nothing that begins with {beginning}", folder.display()))
}
