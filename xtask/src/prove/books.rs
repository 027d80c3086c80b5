//! The books of the demo town in three foreign programs: whether hledger, ledger and beancount take the export of every wallet, and
//! come to the node's balances to the last unit. What a wallet is, it learns from the node's API alone.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::Figure;
use crate::http;
use crate::keep::{Kept, Terms};
use crate::postgres::free_port;
use crate::sh;
use crate::tools;
use crate::trouble::{OrSay, Outcome, Trouble};

/// How many people the town has.
const MEMBERS: &str = "40";

/// What beancount itself makes of a file: errors end it, and each account's inventory is printed.
const BEANCOUNT: &str = "\
import sys
from beancount import loader
from beancount.core import realization
entries, errors, options = loader.load_file(sys.argv[1])
for error in errors:
    print(error.message, file=sys.stderr)
for account in realization.iter_children(realization.realize(entries), leaf_only=True):
    if account.account.startswith('Assets:Wallet:'):
        for position in account.balance:
            print(account.account, position.units.number, sep='\\t')
        if account.balance.is_empty():
            print(account.account, '0', sep='\\t')
sys.exit(1 if errors else 0)
";

/// An account as the node tells it.
struct Account {
    code: String,
    decimals: usize,
    balance: i128,
}

/// Runs the three programs on everybody's books.
pub fn prove(words: &[&str]) -> Outcome<Figure> {
    if !words.is_empty() {
        return Err(Trouble::new("`books-balance` takes no further words"));
    }
    for (package, program) in [("hledger", "hledger"), ("ledger", "ledger"), ("beancount", "bean-check")] {
        tools::debians(package, program)?;
    }
    sh::run(&mut sh::cargo(&["build", "--package", "planet", "--quiet"]))?;
    let folder = fresh(&sh::target().join("books-balance"))?;
    let (_town, port) = furnish(&folder)?;
    let mut figure = Figure { right: 0, total: 0, disputed: 0 };
    let mut groups = BTreeSet::new();
    let members = members(port)?;
    for member in &members {
        let cookie = sign_in(port, member)?;
        check_wallet(port, &cookie, None, &folder, &mut figure)?;
        for handle in own_groups(port, &cookie)? {
            if groups.insert(handle.clone()) {
                check_wallet(port, &cookie, Some(&handle), &folder, &mut figure)?;
            }
        }
    }
    println!("{} members and {} groups, in {}.", members.len(), groups.len(), folder.display());
    Ok(figure)
}

/// Starts `planet demo` and waits until the town is there.
fn furnish(folder: &Path) -> Outcome<(Kept, u16)> {
    let port = free_port()?;
    let program = sh::target().join("debug/planet");
    let listen = format!("127.0.0.1:{port}");
    let command =
        sh::command(&program.to_string_lossy(), ["demo", "--listen", &listen, "--members", MEMBERS]);
    println!("$ {}", sh::spell(&command));
    let log = folder.join("demo.log");
    let (kept, printed) =
        Kept::start_and_listen(&command, &Terms { signal: "TERM", folder: None, log: &log })?;
    for line in BufReader::new(printed).lines().map_while(Result::ok) {
        println!("{line}");
        if line.contains("/demo") {
            // The announcement comes a moment before the doors open.
            for _ in 0..200 {
                if http::get(port, "/healthz", "").is_ok_and(|answer| answer.status == 200) {
                    return Ok((kept, port));
                }
                std::thread::sleep(std::time::Duration::from_millis(50));
            }
        }
    }
    Err(Trouble::new(format!("the town was not furnished; see {}", log.display())))
}

/// The forms with which one signs in as somebody: key and member.
fn members(port: u16) -> Outcome<Vec<String>> {
    let page = text(http::get(port, "/demo", "")?)?;
    let members: Vec<String> = page
        .split("<form")
        .filter_map(|form| Some(format!("_key={}&member={}", hidden(form, "_key")?, hidden(form, "member")?)))
        .collect();
    if members.is_empty() { Err(Trouble::new("nobody is on the list at /demo")) } else { Ok(members) }
}

/// The value of a hidden field.
fn hidden<'a>(form: &'a str, name: &str) -> Option<&'a str> {
    let (_, after) = form.split_once(&format!("name=\"{name}\" value=\""))?;
    after.split('"').next()
}

fn sign_in(port: u16, member: &str) -> Outcome<String> {
    let answer = http::post(port, "/demo/sign-in", member)?;
    let cookies: Vec<&str> = answer
        .headers
        .iter()
        .filter_map(|line| line.split_once(':'))
        .filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"))
        .filter_map(|(_, value)| value.trim().split(';').next())
        .collect();
    if answer.status == 303 && !cookies.is_empty() {
        Ok(format!("Cookie: {}\r\n", cookies.join("; ")))
    } else {
        Err(Trouble::new(format!("signing in was answered with {}", answer.status)))
    }
}

fn text(answer: http::Answer) -> Outcome<String> {
    if answer.status != 200 {
        return Err(Trouble::new(format!("the node answered {}", answer.status)));
    }
    String::from_utf8(answer.body).or_say("the node's answer is not text")
}

fn json(port: u16, path: &str, cookie: &str) -> Outcome<Value> {
    serde_json::from_str(&text(http::get(port, path, cookie)?)?).or_say(format!("{path} is not JSON"))
}

/// Digits after the point in the files. Time, which has 60 in place of a number of decimals, is in whole minutes there.
fn places(decimals: u64) -> usize {
    usize::try_from(decimals).ok().filter(|decimals| *decimals <= 18).unwrap_or(0)
}

/// The handles of the groups that somebody belongs to.
fn own_groups(port: u16, cookie: &str) -> Outcome<Vec<String>> {
    let groups = json(port, "/api/v1/groups/groups", cookie)?;
    let all = groups.get("groups").and_then(Value::as_array).or_say("the node names no groups")?;
    let mine = |group: &&Value| group.get("role").is_some_and(|role| role != "none");
    Ok(all.iter().filter(mine).filter_map(|group| Some(group.get("handle")?.as_str()?.to_owned())).collect())
}

fn accounts(port: u16, cookie: &str, of: Option<&str>) -> Outcome<(String, Vec<Account>)> {
    let query = of.map(|of| format!("?of={of}")).unwrap_or_default();
    let wallet = json(port, &format!("/api/v1/wallet/wallet{query}"), cookie)?;
    let read = |value: &Value| {
        Some(Account {
            code: value.pointer("/money/code")?.as_str()?.to_owned(),
            decimals: places(value.pointer("/money/decimals")?.as_u64()?),
            balance: value.get("balance")?.as_i64()?.into(),
        })
    };
    let handle = wallet.pointer("/owner/handle").and_then(Value::as_str).or_say("a wallet has no owner")?;
    let balances = wallet.get("balances").and_then(Value::as_array).or_say("a wallet has no balances")?;
    let accounts: Option<Vec<Account>> = balances.iter().map(read).collect();
    Ok((handle.to_owned(), accounts.or_say("a balance cannot be read")?))
}

/// Exports a wallet in the three formats and compares what the programs say with what the node says.
fn check_wallet(
    port: u16,
    cookie: &str,
    of: Option<&str>,
    folder: &Path,
    figure: &mut Figure,
) -> Outcome<()> {
    let (handle, accounts) = accounts(port, cookie, of)?;
    let query = of.map(|of| format!("&of={of}")).unwrap_or_default();
    for format in ["hledger", "ledger", "beancount"] {
        let exported = text(http::get(port, &format!("/wallet/export?format={format}{query}"), cookie)?)?;
        let file = folder.join(format!("{handle}.{format}"));
        fs::write(&file, exported).or_say(format!("cannot write {}", file.display()))?;
        let told = balances(format, &file).unwrap_or_else(|trouble| {
            println!("{format}, {handle}: {trouble}");
            Vec::new()
        });
        for account in &accounts {
            figure.total += 1;
            let name = format!("Assets:Wallet:{}", account.code);
            let found = told.iter().find(|(told, _)| *told == name);
            let found = found.map(|(_, amount)| minor(amount, account.decimals));
            if found == Some(Some(account.balance)) {
                figure.right += 1;
            } else {
                println!("{format}, {handle}, {name}: {found:?}, and the node says {}", account.balance);
            }
        }
    }
    Ok(())
}

/// Account and amount, as a program prints them.
fn balances(format: &str, file: &Path) -> Outcome<Vec<(String, String)>> {
    let file = file.to_string_lossy();
    let (program, arguments): (&str, Vec<&str>) = match format {
        "hledger" => (
            "hledger",
            vec!["-f", &file, "balance", "--flat", "--empty", "--no-total", "-O", "csv", "Assets:Wallet"],
        ),
        "ledger" => (
            "ledger",
            vec![
                "-f",
                &file,
                "balance",
                "--flat",
                "--empty",
                "--no-total",
                "--format",
                "%(account)\t%(quantity(display_total))\n",
                "Assets:Wallet",
            ],
        ),
        _ => (&python()?, vec!["-c", BEANCOUNT, &file]),
    };
    let said = sh::output(&mut sh::command(program, arguments)).map_err(|trouble| last_line(&trouble))?;
    let pairs = said.lines().filter_map(|line| match format {
        "hledger" => line.trim_matches('"').split_once("\",\""),
        _ => line.split_once('\t'),
    });
    Ok(pairs.map(|(account, amount)| (account.to_owned(), amount.to_owned())).collect())
}

/// The Python that beancount was installed for: the one that its own program names.
fn python() -> Outcome<String> {
    let program = tools::debians("beancount", "bean-check")?;
    let text = fs::read_to_string(&program).or_say(format!("cannot read {}", program.display()))?;
    let first = text.lines().next().and_then(|line| line.strip_prefix("#!"));
    Ok(first.map_or("python3", str::trim).to_owned())
}

/// What a program said last against a file.
fn last_line(trouble: &Trouble) -> Trouble {
    Trouble::new(trouble.to_string().lines().next_back().unwrap_or_default())
}

/// An amount in minor units; nothing if it is finer than the currency or no number.
fn minor(amount: &str, decimals: usize) -> Option<i128> {
    let number = amount.split_whitespace().next()?;
    let (negative, digits) = number.strip_prefix('-').map_or((false, number), |rest| (true, rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > decimals {
        return None;
    }
    let value: i128 = format!("{whole}{fraction:0<decimals$}").parse().ok()?;
    Some(if negative { -value } else { value })
}

/// An empty folder.
fn fresh(place: &Path) -> Outcome<PathBuf> {
    if place.exists() {
        fs::remove_dir_all(place).or_say(format!("cannot empty {}", place.display()))?;
    }
    fs::create_dir_all(place).or_say(format!("cannot make {}", place.display()))?;
    Ok(place.to_path_buf())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_of_programs_are_read_to_the_last_unit() {
        for (amount, decimals, expected) in [
            ("-140.20 ACORNS", 2, Some(-14020)),
            ("0", 2, Some(0)),
            ("7 \"H2O\"", 0, Some(7)),
            ("7.5", 2, Some(750)),
            ("7.50", 1, Some(75)),
            ("7.55", 1, None),
            ("-9.223372036854775808", 18, Some(-9_223_372_036_854_775_808)),
            ("ACORNS", 2, None),
        ] {
            assert_eq!(minor(amount, decimals), expected, "{amount}");
        }
    }

    #[test]
    fn the_forms_of_the_demo_are_read() {
        let form = r#" class="act" action="/demo/sign-in" method="post"><input type="hidden" name="_key" value="k1"><input type="hidden" name="member" value="m1">"#;
        assert_eq!((hidden(form, "_key"), hidden(form, "member")), (Some("k1"), Some("m1")));
        assert_eq!(hidden(form, "other"), None);
    }
}
