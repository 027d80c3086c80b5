//! A private PostgreSQL server for tests and measurements. It stops when this process ends, however it ends.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use crate::Error;

/// How a server is to be.
#[derive(Clone, Copy, Debug, Default)]
pub struct Setup {
    /// Whether commits reach the disk. Tests don't need it, measurements do.
    pub fsync: bool,
    /// Also listens on this port of 127.0.0.1; otherwise on a socket in a private folder only.
    pub port: Option<u16>,
}

/// A server that runs as long as this lives.
#[derive(Debug)]
pub struct Server {
    /// Its database: `postgres://…`.
    pub url: String,
    /// Where its socket is, for programs that want it as a host.
    pub folder: PathBuf,
    /// The folder of its programs, such as `pgbench`.
    pub programs: PathBuf,
    /// Holds the pipe: when it closes, the server stops.
    supervisor: Child,
}

/// Makes a database cluster in a folder of its own, serves it, and removes everything once standard input ends. It sorts
/// as English does where it can, so that whoever relies on the order of texts without the store's collation is found out.
const SCRIPT: &str = r#"
umask 077
trap '' INT TERM HUP
folder=$(mktemp -d /tmp/planet-pg-XXXXXX) || exit 1
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
programs=$1; listen=$2; port=$3; fsync=$4
make() { "$programs/initdb" -D data -U planet -A trust -E UTF8 --no-sync --no-locale "$@" > log 2>&1; }
make --locale-provider=icu --icu-locale=en-US || { rm -rf data; make; } || { cat log >&2; exit 1; }
"$programs/postgres" -D data -k "$folder" -p "$port" -c "listen_addresses=$listen" \
    -c "fsync=$fsync" -c "synchronous_commit=$fsync" -c "full_page_writes=$fsync" \
    -c max_connections=300 -c shared_buffers=128MB -c max_wal_size=4GB -c jit=off > log 2>&1 < /dev/null &
server=$!
until [ -S "$folder/.s.PGSQL.$port" ]; do
    kill -0 "$server" 2> /dev/null || { cat log >&2; exit 1; }
    sleep 0.02
done
echo "$folder"
cat > /dev/null
kill -QUIT "$server"
wait "$server"
"#;

/// The server of this process's tests: the one that `PLANET_TEST_POSTGRES` names, or one that is started on first use.
///
/// # Panics
/// When there is no PostgreSQL on this machine: its tests have failed then, and are never skipped.
pub fn shared() -> String {
    static SHARED: OnceLock<Result<Server, Error>> = OnceLock::new();
    if let Ok(url) = std::env::var("PLANET_TEST_POSTGRES")
        && !url.is_empty()
    {
        return url;
    }
    match SHARED.get_or_init(start) {
        Ok(server) => server.url.clone(),
        Err(error) => panic!("{error}"),
    }
}

/// Starts a server for tests: quick, forgetful, and on a private socket only.
pub fn start() -> Result<Server, Error> {
    start_with(Setup::default())
}

/// Starts a server.
pub fn start_with(setup: Setup) -> Result<Server, Error> {
    let programs = programs().ok_or_else(|| {
        Error::Unreachable(
            "PostgreSQL is not installed here (initdb was not found). `cargo xtask test` installs it and runs the tests."
                .to_owned(),
        )
    })?;
    let port = setup.port.unwrap_or(5432);
    let mut command = as_ordinary_user();
    command
        .args(["-c", SCRIPT, "planet-test-server"])
        .arg(&programs)
        .arg(if setup.port.is_some() { "127.0.0.1" } else { "" })
        .arg(port.to_string())
        .arg(if setup.fsync { "on" } else { "off" })
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    // A Ctrl-C in the terminal is for the tests; the server stops when they have.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut supervisor = command.spawn().map_err(|e| Error::Unreachable(e.to_string()))?;
    let mut folder = String::new();
    if let Some(out) = supervisor.stdout.take() {
        drop(BufReader::new(out).read_line(&mut folder));
    }
    if folder.trim().is_empty() {
        let mut said = String::new();
        if let Some(mut err) = supervisor.stderr.take() {
            drop(err.read_to_string(&mut said));
        }
        return Err(Error::Unreachable(format!("PostgreSQL did not start: {}", said.trim())));
    }
    let folder = PathBuf::from(folder.trim());
    let host = setup
        .port
        .map_or_else(|| folder.display().to_string().replace('/', "%2F"), |port| format!("127.0.0.1:{port}"));
    let server = Server { url: format!("postgres://planet@{host}/postgres"), folder, programs, supervisor };
    wait_for(&server)?;
    Ok(server)
}

/// Waits until the server lets somebody in.
fn wait_for(server: &Server) -> Result<(), Error> {
    let (url, start) = (server.url.clone(), Instant::now());
    let attempt = move || {
        loop {
            match postgres::Client::connect(&url, postgres::NoTls) {
                Ok(_) => return Ok(()),
                Err(error) if start.elapsed() > Duration::from_secs(30) => {
                    return Err(Error::Unreachable(format!("PostgreSQL does not answer: {error}")));
                }
                Err(_) => std::thread::sleep(Duration::from_millis(20)),
            }
        }
    };
    // The driver panics inside async tasks, so it gets a thread.
    std::thread::spawn(attempt).join().unwrap_or(Err(Error::Closed))
}

/// The folder with `initdb` and `postgres`: from PATH, or Debian's newest.
fn programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let whole = |folder: &PathBuf| folder.join("initdb").is_file() && folder.join("postgres").is_file();
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut debian: Vec<PathBuf> = versions.map(|version| version.path().join("bin")).filter(whole).collect();
    debian.sort_by_key(|bin| {
        let version = bin.parent().and_then(Path::file_name).and_then(|name| name.to_str());
        version.and_then(|text| text.parse::<u32>().ok())
    });
    debian.pop().or_else(|| std::env::split_paths(&path).find(whole))
}

/// A shell; if we are root, as somebody else, since PostgreSQL refuses to run as root.
fn as_ordinary_user() -> Command {
    let answers = |program: &str, args: &[&str]| {
        Command::new(program)
            .args(args)
            .stderr(Stdio::null())
            .output()
            .ok()
            .filter(|out| out.status.success())
    };
    let root = answers("id", &["-u"]).is_some_and(|out| out.stdout.trim_ascii() == b"0");
    if !root {
        return Command::new("sh");
    }
    let user = if answers("id", &["-u", "postgres"]).is_some() { "postgres" } else { "nobody" };
    let (program, args) = if answers("runuser", &["-u", user, "--", "true"]).is_some() {
        ("runuser", vec!["-u", user, "--", "sh"])
    } else {
        ("setpriv", vec!["--reuid", user, "--regid", user, "--clear-groups", "sh"])
    };
    let mut command = Command::new(program);
    command.args(args);
    command
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.supervisor.stdin.take());
        drop(self.supervisor.wait());
    }
}
