//! A PostgreSQL server of our own, in a temporary folder and gone with the task. It is not for production and knows no table.

use std::fs::{self, DirBuilder};
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, chown};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::keep::{Kept, Terms};
use crate::sh;
use crate::tools;
use crate::trouble::{OrSay, Outcome, Trouble};

/// Whether what is committed survives a loss of power.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// As in production: for measuring.
    Durable,
    /// Nothing waits for the disk: for tests.
    Forgetful,
}

/// A running server; dropping it stops it and removes its data.
pub struct Server {
    /// Held so that it ends with us.
    _kept: Kept,
    folder: PathBuf,
    bin: PathBuf,
    port: u16,
}

impl Server {
    /// Starts a server on a free loopback port and a Unix socket, its data in a new folder beneath `place`.
    pub fn start(durability: Durability, place: &Path) -> Outcome<Self> {
        let bin = tools::postgres()?;
        let owner = Owner::find()?;
        let port = free_port()?;
        let folder = place.join(format!("planet-postgres-{}-{port}", std::process::id()));
        DirBuilder::new()
            .mode(0o700)
            .recursive(true)
            .create(&folder)
            .or_say("cannot make a folder for PostgreSQL")?;
        owner.give(&folder)?;
        let data = folder.join("data");
        let mut initdb = owner.command(&bin.join("initdb"));
        initdb
            .args(["--auth=trust", "--username=planet", "--encoding=UTF8", "--locale=C", "--no-sync", "-D"])
            .arg(&data);
        sh::output(&mut initdb)?;

        let mut postgres = owner.command(&bin.join("postgres"));
        postgres.arg("-D").arg(&data).arg("-k").arg(&folder).args([
            "-h",
            "127.0.0.1",
            "-p",
            &port.to_string(),
        ]);
        postgres.args(["-c", "max_connections=300", "-c", "shared_buffers=1GB", "-c", "max_wal_size=4GB"]);
        if durability == Durability::Forgetful {
            postgres.args(["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]);
        }
        let log = folder.join("log");
        let kept = Kept::start(&postgres, &Terms { signal: "INT", folder: Some(&folder), log: &log })?;
        let server = Self { _kept: kept, folder, bin, port };
        server.wait_until_ready(&data)?;
        Ok(server)
    }

    fn wait_until_ready(&self, data: &Path) -> Outcome<()> {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(30) {
            let status = fs::read_to_string(data.join("postmaster.pid")).unwrap_or_default();
            if status.lines().last().is_some_and(|line| line.trim() == "ready") {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        Err(Trouble::new(format!("PostgreSQL did not start within 30 seconds. It said:\n{log}")))
    }

    /// The address of one of its databases over loopback.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://planet@127.0.0.1:{}/{database}", self.port)
    }

    /// The address of one of its databases over the Unix socket, which is the quicker way.
    pub fn socket_url(&self, database: &str) -> String {
        let folder = self.folder.to_string_lossy().replace('/', "%2F");
        format!("postgres://planet@{folder}:{}/{database}", self.port)
    }

    /// One of PostgreSQL's own programs, pointed at this server.
    pub fn client(&self, program: &str) -> Command {
        let mut command = Command::new(self.bin.join(program));
        command.env("PGHOST", &self.folder).env("PGPORT", self.port.to_string()).env("PGUSER", "planet");
        command.current_dir(sh::root());
        command
    }

    /// Makes an empty database.
    pub fn create_database(&self, name: &str) -> Outcome<()> {
        sh::output(self.client("createdb").arg(name)).map(drop)
    }
}

/// Under whom the server runs: PostgreSQL refuses to run as root, so root lends it another name.
struct Owner(Option<(u32, u32)>);

impl Owner {
    fn find() -> Outcome<Self> {
        let me = fs::metadata("/proc/self").or_say("cannot tell who runs this task")?;
        if me.uid() != 0 {
            return Ok(Self(None));
        }
        let users = fs::read_to_string("/etc/passwd").or_say("cannot read the list of users")?;
        ["postgres", "nobody"]
            .iter()
            .find_map(|name| user_in(&users, name))
            .map(|user| Self(Some(user)))
            .or_say("PostgreSQL refuses to run as root, and there is no user `postgres`: run the tests as an ordinary user")
    }

    fn give(&self, folder: &Path) -> Outcome<()> {
        self.0.as_ref().map_or(Ok(()), |(user, group)| {
            chown(folder, Some(*user), Some(*group)).or_say("cannot hand the folder to PostgreSQL's user")
        })
    }

    fn command(&self, program: &Path) -> Command {
        let mut command = match &self.0 {
            None => Command::new(program),
            Some((user, group)) => {
                let mut lent = Command::new("setpriv");
                lent.args([
                    format!("--reuid={user}"),
                    format!("--regid={group}"),
                    "--clear-groups".to_owned(),
                ]);
                lent.arg(program);
                lent
            }
        };
        command.current_dir("/");
        command
    }
}

/// The numbers of a user and its group in a passwd file.
fn user_in(passwd: &str, name: &str) -> Option<(u32, u32)> {
    let line = passwd.lines().find(|line| line.split(':').next() == Some(name))?;
    let mut fields = line.split(':').skip(2);
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}

/// A loopback port that nobody listens on at this moment.
pub fn free_port() -> Outcome<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).or_say("no free loopback port")?;
    Ok(listener.local_addr().or_say("no free loopback port")?.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_owner_is_read_from_the_list_of_users() {
        let passwd =
            "root:x:0:0:root:/:/bin/sh\npostgres:x:107:113:PostgreSQL:/var/lib/postgresql:/bin/bash\n";
        assert_eq!(user_in(passwd, "postgres"), Some((107, 113)));
        assert_eq!(user_in(passwd, "post"), None);
    }

    #[test]
    fn a_server_answers_while_it_is_held_and_leaves_nothing_behind() {
        let server = Server::start(Durability::Forgetful, &std::env::temp_dir()).unwrap();
        server.create_database("club").unwrap();
        let answer = sh::output(server.client("psql").args(["-d", "club", "-Atc", "show fsync"])).unwrap();
        assert_eq!(answer.trim(), "off");
        let folder = server.folder.clone();
        assert!(folder.exists());
        drop(server);
        assert!(!folder.exists());
    }
}
