//! Starting, refusing to start, verifying.

use planet_ontology::units::Moment;
use planet_store::{Error, Options, Store, Target, sql};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

const NOW: Moment = Moment(1_795_400_000_000_000);

/// A data folder of one test, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("planet-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn planet(data: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_planet"));
    command.args(args).arg("--data").arg(data).env("RUST_LOG", "error");
    command
}

/// A node that runs, told to stop at the end.
struct Running(Child);

impl Running {
    fn start(data: &Path) -> Self {
        let mut child =
            planet(data, &["serve", "--listen", "127.0.0.1:0"]).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = lines.next().unwrap().unwrap();
        assert!(first.starts_with("The club is at"), "{first}");
        std::thread::spawn(move || lines.for_each(drop));
        Self(child)
    }

    /// Stops it politely and waits until it has.
    fn stop(mut self) {
        Command::new("kill").arg(self.0.id().to_string()).status().unwrap();
        assert!(self.0.wait().unwrap().success());
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Runs a command that is expected to end by itself, whatever it says.
fn run(data: &Path, args: &[&str]) -> (i32, String) {
    let Output { status, stdout, stderr } = planet(data, args).output().unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
    (status.code().unwrap_or(-1), said)
}

fn change(data: &Path, change: impl FnMut(&mut planet_store::Tx) -> Result<(), Error> + Send + 'static) {
    let target = Target::Sqlite(data.join("planet.db"));
    Store::open_blocking(&target, &Options::default()).unwrap().write_blocking(change).unwrap();
}

#[test]
fn a_second_node_on_one_data_folder_refuses_and_says_why() {
    let folder = Folder::new("second");
    let first = Running::start(&folder.0);
    let (code, said) = run(&folder.0, &["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(code, 4, "{said}");
    assert!(said.contains("Another node"), "{said}");
    let (code, said) = run(&folder.0, &["verify"]);
    assert_eq!(code, 0, "verify works beside a running node: {said}");
    first.stop();
}

#[test]
fn data_of_a_newer_version_is_left_alone() {
    let folder = Folder::new("newer");
    Running::start(&folder.0).stop();
    change(&folder.0, |tx| {
        tx.exec(sql!("UPDATE migrations SET name = 'future-0001' WHERE name = 'node-0001'"), &[])?;
        Ok(())
    });
    let (code, said) = run(&folder.0, &["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(code, 5, "{said}");
    assert!(said.contains("newer version") && said.contains("future-0001"), "{said}");
    let target = Target::Sqlite(folder.0.join("planet.db"));
    let names = Store::open_blocking(&target, &Options::default()).unwrap().read_blocking(|tx| {
        tx.rows::<(String,)>(
            sql!("SELECT name FROM migrations WHERE name IN ('future-0001', 'node-0001')"),
            &[],
        )
    });
    assert_eq!(names.unwrap(), [("future-0001".to_owned(),)], "nothing was changed");
}

#[test]
fn a_founded_club_stays_at_its_origin() {
    let folder = Folder::new("origin");
    Running::start(&folder.0).stop();
    change(&folder.0, |tx| {
        let bundle = planet_cedar::kits::open("consumer-co-op").unwrap();
        planet_corridor::rules::adopt(tx, &bundle, NOW).unwrap();
        Ok(())
    });
    let (code, said) =
        run(&folder.0, &["serve", "--listen", "127.0.0.1:0", "--origin", "https://other.example"]);
    assert_eq!(code, 5, "{said}");
    assert!(said.contains("http://localhost:7700"), "{said}");
    let (code, said) =
        run(&folder.0, &["serve", "--listen", "127.0.0.1:0", "--origin", "http://nowhere.example"]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("not an origin"), "{said}");
}

#[test]
fn a_founded_club_keeps_its_key() {
    let folder = Folder::new("key");
    Running::start(&folder.0).stop();
    change(&folder.0, |tx| {
        let bundle = planet_cedar::kits::open("consumer-co-op").unwrap();
        planet_corridor::rules::adopt(tx, &bundle, NOW).unwrap();
        Ok(())
    });
    std::fs::remove_file(folder.0.join("node.key")).unwrap();
    let (code, said) = run(&folder.0, &["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(code, 5, "{said}");
    assert!(said.contains("not this club's key"), "{said}");
}

#[test]
fn verify_names_the_event_that_does_not_fit_and_exits_with_3() {
    let folder = Folder::new("verify");
    Running::start(&folder.0).stop();
    let (code, said) = run(&folder.0, &["verify"]);
    assert_eq!(code, 0, "{said}");
    let id = planet_ontology::ids::EventId(uuid::Uuid::from_u128(0xbad));
    change(&folder.0, move |tx| {
        tx.exec(
            sql!(
                "INSERT INTO events (id, at, act, body, salt, commitment, position)
                 VALUES (?1, ?2, 'wallet.pay@1', '{}', ?3, ?3, NULL)"
            ),
            &[&id, &NOW, &[7_u8; 32]],
        )?;
        Ok(())
    });
    let (code, said) = run(&folder.0, &["verify"]);
    assert_eq!(code, 3, "{said}");
    assert!(said.contains(&id.to_string()), "{said}");
    let kept = folder.0.join("kept");
    std::fs::write(&kept, "not a checkpoint").unwrap();
    let (code, said) = run(&folder.0, &["verify", "--checkpoint", kept.to_str().unwrap()]);
    assert_eq!(code, 3, "{said}");
    assert!(said.contains("checkpoint you gave"), "{said}");
}

#[test]
fn the_version_is_told() {
    let output = Command::new(env!("CARGO_BIN_EXE_planet")).arg("version").output().unwrap();
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("planet 0."));
}
