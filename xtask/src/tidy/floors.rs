//! Who may use whom: the floors of the house, the rooms with an engine, and the ledger's tables. It reads names, not behaviour.

use serde_json::Value;

use super::Remark;
use super::rust::Parts;
use super::tree::Page;
use crate::sh;
use crate::trouble::{OrSay, Outcome};

/// The floors, ground floor first: a room may use its own floor and those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Floor {
    Ontology,
    Policy,
    Operations,
    Kit,
    Tools,
    Node,
    /// Tests, measurements and proofs: outside of the house, may look into every room.
    Yard,
}

/// A crate of the workspace and what it uses directly.
#[derive(Debug)]
pub struct Package {
    name: String,
    /// Its manifest, below the repository.
    manifest: String,
    uses: Vec<Use>,
}

/// A crate that another one names among its dependencies.
#[derive(Debug)]
struct Use {
    name: String,
    /// Only for its tests and examples.
    for_tests: bool,
}

/// The crates of the workspace, as cargo sees them.
pub fn packages() -> Outcome<Vec<Package>> {
    let said = sh::output(&mut sh::cargo(&["metadata", "--format-version", "1", "--no-deps", "--offline"]))?;
    let metadata: Value = serde_json::from_str(&said).or_say("cannot read what `cargo metadata` says")?;
    let root = format!("{}/", metadata.get("workspace_root").and_then(Value::as_str).unwrap_or_default());
    let packages =
        metadata.get("packages").and_then(Value::as_array).or_say("`cargo metadata` names no packages")?;
    let text =
        |value: &Value, key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let read_use = |used: &Value| Use { name: text(used, "name"), for_tests: text(used, "kind") == "dev" };
    let read = |package: &Value| Package {
        name: text(package, "name"),
        manifest: text(package, "manifest_path").replacen(&root, "", 1),
        uses: package
            .get("dependencies")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .map(read_use)
            .collect(),
    };
    Ok(packages.iter().map(read).collect())
}

/// The floor on which a manifest lies.
fn floor(manifest: &str) -> Option<Floor> {
    let inside = manifest.strip_prefix("crates/");
    match inside.map_or("yard", |path| path.split('/').next().unwrap_or_default()) {
        "1-ontology" => Some(Floor::Ontology),
        "2-policy" => Some(Floor::Policy),
        "3-operations" => Some(Floor::Operations),
        "kit" => Some(Floor::Kit),
        "4-tools" => Some(Floor::Tools),
        "5-node" => Some(Floor::Node),
        "yard" => Some(Floor::Yard),
        _ => None,
    }
}

/// A crate uses its own floor and those below; a tool never another tool.
pub fn arrows(packages: &[Package]) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for package in packages {
        let Some(here) = floor(&package.manifest) else {
            remarks.push(Remark::fail(
                &package.manifest,
                0,
                "lies on no floor: put it beneath one of the numbered folders",
            ));
            continue;
        };
        for used in
            package.uses.iter().filter_map(|used| packages.iter().find(|other| other.name == used.name))
        {
            let there = floor(&used.manifest);
            if there.is_some_and(|there| there > here) {
                remarks.push(Remark::fail(&package.manifest, 0, format!("uses {}, which lies on a floor above: move what it needs down, or let the upper one register itself", used.name)));
            } else if here == Floor::Tools && there == Some(Floor::Tools) {
                remarks.push(Remark::fail(&package.manifest, 0, format!("a tool uses the tool {}: let them meet through the ontology, an act by name, or an event", used.name)));
            }
        }
    }
    remarks
}

/// A crate that only some rooms may use.
struct Engine {
    name: &'static str,
    /// Who links it.
    room: &'static str,
    /// Who may have it in tests and examples besides.
    for_tests: &'static [&'static str],
    advice: &'static str,
}

const DATABASE: &str = "only planet-store names a database engine; go through its `Tx`";
const ENGINES: [Engine; 5] = [
    Engine {
        name: "cedar-policy",
        room: "planet-cedar",
        for_tests: &[],
        advice: "only planet-cedar knows the policy engine; ask through planet-policy's trait",
    },
    Engine {
        name: "planet-cedar",
        room: "planet",
        for_tests: &[],
        advice: "only the node links the policy engine, so that nobody else pays its build",
    },
    // The ledger's example measures itself against a bare loop.
    Engine { name: "rusqlite", room: "planet-store", for_tests: &["planet-ledger"], advice: DATABASE },
    Engine { name: "postgres", room: "planet-store", for_tests: &[], advice: DATABASE },
    Engine { name: "tokio-postgres", room: "planet-store", for_tests: &[], advice: DATABASE },
];

/// Engines are used in the rooms that are made for them.
pub fn engines(packages: &[Package]) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for package in packages {
        let name = package.name.as_str();
        for used in &package.uses {
            let Some(engine) = ENGINES.iter().find(|engine| engine.name == used.name) else { continue };
            if name != engine.room && !(used.for_tests && engine.for_tests.contains(&name)) {
                let advice = format!("uses {}: {}", engine.name, engine.advice);
                remarks.push(Remark::fail(&package.manifest, 0, advice));
            }
        }
    }
    remarks
}

const LEDGER: &str = "crates/3-operations/ledger/";
const LEDGER_TABLES: [&str; 2] = ["transfers", "accounts"];

/// No statement outside the ledger changes the ledger's tables.
pub fn ledger_alone(pages: &[Page]) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let elsewhere = |page: &&Page| {
        page.is(".rs")
            && page.path.starts_with("crates/")
            && !page.path.starts_with(LEDGER)
            && !page.is_for_tests()
    };
    for page in pages.iter().filter(elsewhere) {
        for text in Parts::of(&page.text).texts {
            if let Some(table) =
                changed_table(&text.content).filter(|table| LEDGER_TABLES.contains(&table.as_str()))
            {
                remarks.push(Remark::fail(
                    &page.path,
                    text.line,
                    format!("changes `{table}`: only planet-ledger moves value; submit a transfer to it"),
                ));
            }
        }
    }
    remarks
}

/// The table that a statement changes, when it does.
fn changed_table(statement: &str) -> Option<String> {
    let lower = statement.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect();
    words.windows(3).find_map(|three| match three {
        ["insert" | "delete", "into" | "from", table] | ["update", table, "set"] => Some((*table).to_owned()),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, folder: &str, uses: &[&str]) -> Package {
        Package {
            name: name.into(),
            manifest: format!("{folder}/Cargo.toml"),
            uses: uses.iter().map(|name| Use { name: (*name).to_owned(), for_tests: false }).collect(),
        }
    }

    fn house(feed_uses: &[&str]) -> Vec<Package> {
        vec![
            package("planet-store", "crates/3-operations/store", &["rusqlite"]),
            package("planet-kit", "crates/kit", &["planet-store"]),
            package("planet-wallet", "crates/4-tools/wallet", &["planet-kit"]),
            package("planet-feed", "crates/4-tools/feed", feed_uses),
            package("planet", "crates/5-node", &["planet-feed", "planet-wallet", "planet-cedar"]),
            package("xtask", "xtask", &["planet"]),
        ]
    }

    #[test]
    fn a_house_whose_arrows_run_downwards_is_in_order() {
        let house = house(&["planet-store", "planet-kit"]);
        assert_eq!((arrows(&house), engines(&house)), (vec![], vec![]));
    }

    #[test]
    fn an_upward_arrow_and_a_tool_in_a_tool_are_found() {
        let upward = arrows(&house(&["planet"]));
        assert!(upward[0].to_string().contains("uses planet, which lies on a floor above"), "{upward:?}");
        let sideways = arrows(&house(&["planet-wallet"]));
        assert!(
            sideways[0]
                .to_string()
                .starts_with("crates/4-tools/feed/Cargo.toml:1: a tool uses the tool planet-wallet")
        );
    }

    #[test]
    fn an_engine_outside_its_room_is_found() {
        assert_eq!(engines(&house(&["rusqlite", "planet-cedar"])).len(), 2);
    }

    #[test]
    fn the_ledger_may_measure_itself_against_an_engine_but_not_ship_it() {
        let mut ledger = package("planet-ledger", "crates/3-operations/ledger", &["rusqlite"]);
        assert_eq!(engines(std::slice::from_ref(&ledger)).len(), 1);
        ledger.uses[0].for_tests = true;
        assert!(engines(&[ledger]).is_empty());
    }

    #[test]
    fn a_statement_that_moves_value_elsewhere_is_found() {
        let source = "sql!(\"UPDATE  accounts\n SET balance = 0\"); sql!(\"SELECT * FROM transfers\"); let s = \"insert into transfers (id)\";";
        let pages = [
            Page::new("crates/4-tools/wallet/src/rows.rs", source),
            Page::new("crates/3-operations/ledger/src/rows.rs", source),
        ];
        let found = ledger_alone(&pages);
        assert_eq!(
            found.iter().map(|r| (r.path.as_str(), r.line)).collect::<Vec<_>>(),
            [("crates/4-tools/wallet/src/rows.rs", 1), ("crates/4-tools/wallet/src/rows.rs", 2)]
        );
    }
}
