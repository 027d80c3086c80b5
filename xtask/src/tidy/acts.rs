//! Whether policies and code speak of the same acts. It does not read what a policy permits.

use std::collections::{BTreeMap, BTreeSet};

use super::Remark;
use super::rust::{Parts, Text};
use super::tree::Page;

/// Where a name stands in code.
struct Named {
    path: String,
    line: usize,
}

/// Every act in a policy or a procedure exists in code, and every act in code is mentioned in a policy.
pub fn names(pages: &[Page]) -> Vec<Remark> {
    let code = acts_in_code(pages);
    let mut permitted = BTreeSet::new();
    let mut remarks = Vec::new();
    for page in pages.iter().filter(|page| !page.is_for_tests()) {
        let named = match page.path.rsplit_once('.') {
            Some((_, "cedar")) => actions(&page.text),
            Some((_, "toml")) => procedures(&page.text),
            _ => continue,
        };
        for (line, name) in named {
            if !code.contains_key(&name) {
                let advice = format!("no act is called `{name}`: mend the name, or take it out");
                remarks.push(Remark::fail(&page.path, line, advice));
            }
            if page.is(".cedar") {
                permitted.insert(name);
            }
        }
    }
    let silent = code.iter().filter(|(name, _)| !permitted.contains(*name));
    remarks.extend(silent.map(|(name, Named { path, line })| {
        let advice = format!("no policy mentions `{name}`, so nobody may ever do it: permit it in the kits");
        Remark::fail(path, *line, advice)
    }));
    remarks
}

/// The actions that a policy file names, outside of its comments.
fn actions(cedar: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (i, line) in cedar.lines().enumerate() {
        let line = line.split("//").next().unwrap_or_default();
        let names = line.split("Action::\"").skip(1).filter_map(|rest| rest.split('"').next());
        found.extend(names.map(|name| (i + 1, name.to_owned())));
    }
    found
}

/// The acts for which a kit names a procedure.
fn procedures(kit: &str) -> Vec<(usize, String)> {
    let table: toml::Table = kit.parse().unwrap_or_default();
    let acts =
        table.get("procedures").and_then(|procedures| procedures.get("acts")).and_then(toml::Value::as_table);
    let line_of = |name: &str| kit.lines().position(|line| line.contains(name)).map_or(0, |i| i + 1);
    acts.into_iter().flatten().map(|(name, _)| (line_of(name), name.clone())).collect()
}

/// The names that acts give themselves, by `const NAME` or through a macro that writes the `impl`, tests left out.
fn acts_in_code(pages: &[Page]) -> BTreeMap<String, Named> {
    let mut names = BTreeMap::new();
    for page in
        pages.iter().filter(|page| page.is(".rs") && page.path.starts_with("crates/") && !page.is_for_tests())
    {
        let parts = Parts::of(page.text.split("#[cfg(test)]").next().unwrap_or_default());
        let has_macro = parts.code().contains("Act for $");
        for text in parts.texts.iter().filter(|text| names_an_act(&parts, text, has_macro)) {
            names.insert(text.content.clone(), Named { path: page.path.clone(), line: text.line });
        }
    }
    names
}

/// Whether the text is the `NAME` of an `impl Act` (not of a view), or is given to a macro and looks like a name.
fn names_an_act(parts: &Parts, text: &Text, has_macro: bool) -> bool {
    if !parts.stands_before(text, 40).ends_with("constNAME:&'staticstr=") {
        return has_macro && looks_like_an_act(&text.content);
    }
    let before: String = parts.code.iter().take(text.at).collect();
    let head = before.rsplit("\nimpl").next().and_then(|body| body.split('{').next());
    head.is_some_and(|head| head.contains("Act for"))
}

/// Tool and verb: `wallet.pay`.
fn looks_like_an_act(text: &str) -> bool {
    let word = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    text.split_once('.').is_some_and(|(tool, verb)| word(tool) && word(verb))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: &str = "\nimpl Act for Pay {\n const NAME: &'static str = \"wallet.pay\";\n}\n\
        \nimpl View for Statement {\n const NAME: &'static str = \"wallet.statement\";\n}\n";

    #[test]
    fn an_act_without_a_policy_and_a_policy_without_an_act_are_found() {
        let code = Page::new("crates/4-tools/wallet/src/acts.rs", CODE);
        let policy = |text: &str| Page::new("crates/2-policy/kits/a.cedar", text);
        let kit = |act: &str| {
            Page::new("crates/2-policy/kits/kit.toml", format!("[procedures.acts]\n\"{act}\" = \"consent\""))
        };
        let right = policy("permit (principal, action in [Action::\"wallet.pay\"], resource);");
        assert!(names(&[code.clone(), right, kit("wallet.pay")]).is_empty());
        let wrong = policy(
            "// Action::\"old.one\"\npermit (principal, action == Action::\"wallet.give\", resource);",
        );
        let said: Vec<String> =
            names(&[code, wrong, kit("wallet.take")]).iter().map(ToString::to_string).collect();
        assert_eq!(said.len(), 3, "{said:?}");
        assert!(said[0].starts_with("crates/2-policy/kits/a.cedar:2: no act is called `wallet.give`"));
        assert!(said[1].starts_with("crates/2-policy/kits/kit.toml:2: no act is called `wallet.take`"));
        assert!(
            said[2].starts_with("crates/4-tools/wallet/src/acts.rs:3: no policy mentions `wallet.pay`"),
            "{said:?}"
        );
    }

    #[test]
    fn an_act_that_a_macro_makes_is_known() {
        let code = "macro_rules! ends { ($act:ident, $name:literal) => {\nimpl Act for $act { const NAME: &'static str = $name; } } }\n\
            ends! { Cancel, \"wallet.cancel\" }";
        let known = acts_in_code(&[Page::new("crates/4-tools/wallet/src/acts.rs", code)]);
        assert_eq!(known.keys().collect::<Vec<_>>(), ["wallet.cancel"]);
    }
}
