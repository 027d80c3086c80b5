//! Builds the browser's part (`web/`) with npm and its bundler and lists the result for `assets.rs`. It never writes
//! outside `OUT_DIR` and never falls back to an older or half-made bundle.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
    process::{Command, exit},
};

/// Oldest Node.js that is known to work.
const NODE: u32 = 20;
/// Single files and folders that the bundle is made from.
const FILES: [&str; 6] =
    ["build.mjs", "icon.mjs", "icons.json", "package-lock.json", "package.json", "tsconfig.json"];
const FOLDERS: [&str; 2] = ["src", "styles"];

/// What a person has to know when the build stops; each line is shown by cargo.
type Sorry = String;

fn main() {
    if let Err(sorry) = build() {
        for line in sorry.lines() {
            println!("cargo::error={line}");
        }
        exit(1);
    }
}

fn build() -> Result<(), Sorry> {
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo gave no OUT_DIR")?);
    let home = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").ok_or("cargo gave no CARGO_MANIFEST_DIR")?);
    let root = home.ancestors().nth(2).ok_or("this crate does not lie two folders below the workspace")?;
    let web = root.join("web");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=WEB_DIST");
    for name in FILES.iter().chain(&FOLDERS) {
        println!("cargo::rerun-if-changed={}", web.join(name).display());
    }
    let wanted = stamp(&web)?;
    let dist = match env::var_os("WEB_DIST") {
        Some(folder) => prebuilt(&root.join(folder), &wanted)?,
        None => bundle(&web, &out, &wanted)?,
    };
    list(&dist, &out.join("assets.rs"))
}

/// A bundle that a packager made beforehand, from exactly these sources.
fn prebuilt(dist: &Path, wanted: &str) -> Result<PathBuf, Sorry> {
    let found = fs::read_to_string(dist.join("stamp")).map_err(|error| {
        format!("WEB_DIST names {}, which holds no finished web front end ({error}).", dist.display())
    })?;
    if found != wanted {
        return Err(format!(
            "The web front end in {} was made from other sources than these (its stamp is {found}, not {wanted}).\n\
             Make it anew with `node build.mjs FOLDER` in web/, or unset WEB_DIST.",
            dist.display()
        ));
    }
    dist.canonicalize().map_err(sorry(dist))
}

/// The bundle in `OUT_DIR`, made anew unless its stamp says that it was made from these sources.
fn bundle(web: &Path, out: &Path, wanted: &str) -> Result<PathBuf, Sorry> {
    let (work, dist) = (out.join("web"), out.join("dist"));
    if fs::read_to_string(dist.join("stamp")).is_ok_and(|found| found == wanted) {
        return Ok(dist);
    }
    check_node()?;
    copy_sources(web, &work)?;
    install(&work)?;
    run(
        Command::new("node").arg("build.mjs").arg(&dist).current_dir(&work),
        "The web front end could not be bundled. The bundler said:",
    )?;
    match fs::read_to_string(dist.join("stamp")) {
        Ok(found) if found == wanted => Ok(dist),
        _ => Err("The bundler left no stamp of these sources: build.rs and web/build.mjs disagree about what they are.".into()),
    }
}

fn check_node() -> Result<(), Sorry> {
    let help = format!(
        "Node.js {NODE} or newer, with npm, is needed to build the web front end. On Debian: apt-get install nodejs npm\n\
         Then run the same command again. (Or set WEB_DIST to a folder with a front end built from these sources.)"
    );
    let answer = Command::new("node")
        .arg("--version")
        .output()
        .map_err(|_| format!("Node.js was not found.\n{help}"))?;
    let version = String::from_utf8_lossy(&answer.stdout).trim().to_owned();
    let major = version.trim_start_matches('v').split('.').next().and_then(|part| part.parse::<u32>().ok());
    match major {
        Some(major) if major >= NODE => {}
        _ => return Err(format!("The Node.js found here is too old ({version}).\n{help}")),
    }
    Command::new(NPM)
        .arg("--version")
        .output()
        .map(drop)
        .map_err(|_| format!("npm was not found beside Node.js.\n{help}"))
}

const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// The sources as they are now; what was installed earlier stays.
fn copy_sources(web: &Path, work: &Path) -> Result<(), Sorry> {
    fs::create_dir_all(work).map_err(sorry(work))?;
    for folder in FOLDERS {
        let target = work.join(folder);
        if target.exists() {
            fs::remove_dir_all(&target).map_err(sorry(&target))?;
        }
    }
    for name in names(web)? {
        let target = work.join(&name);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent).map_err(sorry(parent))?;
        }
        fs::copy(web.join(&name), &target).map_err(sorry(&target))?;
    }
    Ok(())
}

/// `npm ci`, only when the lock file is not the one that was installed last.
fn install(work: &Path) -> Result<(), Sorry> {
    let (lock, installed) = (work.join("package-lock.json"), work.join("node_modules/.installed"));
    let wanted = fs::read(&lock).map_err(sorry(&lock))?;
    if fs::read(&installed).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    run(
        Command::new(NPM)
            .args([
                "ci",
                "--ignore-scripts",
                "--omit=dev",
                "--prefer-offline",
                "--no-audit",
                "--no-fund",
                "--loglevel=error",
            ])
            .current_dir(work),
        "npm could not install what the web front end is built from. Is there a network, or a filled npm cache? npm said:",
    )?;
    fs::write(&installed, wanted).map_err(sorry(&installed))
}

/// Runs a command; when it fails, says why with the first lines it wrote: npm's help text follows them.
fn run(command: &mut Command, failed: &str) -> Result<(), Sorry> {
    let output = command.output().map_err(|error| format!("{failed}\n{error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let lines: Vec<_> = said.lines().filter(|line| !line.trim().is_empty()).take(16).collect();
    Err(format!("{failed}\n{}", lines.join("\n")))
}

/// FNV-1a over names and contents of all sources, the same as in web/build.mjs: it tells stale, not forged.
fn stamp(web: &Path) -> Result<String, Sorry> {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut eat = |bytes: &[u8]| {
        for byte in bytes {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    for name in names(web)? {
        let path = web.join(&name);
        eat(name.as_bytes());
        eat(&[0]);
        eat(&fs::read(&path).map_err(sorry(&path))?);
        eat(&[0]);
    }
    Ok(format!("{hash:016x}"))
}

/// All sources as paths below `web/`, with `/` on every system, sorted.
fn names(web: &Path) -> Result<Vec<String>, Sorry> {
    let mut found: Vec<String> = FILES.map(str::to_owned).into();
    for folder in FOLDERS {
        walk(web, folder, &mut found).map_err(sorry(&web.join(folder)))?;
    }
    found.sort();
    Ok(found)
}

fn walk(web: &Path, below: &str, found: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(web.join(below))? {
        let entry = entry?;
        let name = format!("{below}/{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            walk(web, &name, found)?;
        } else {
            found.push(name);
        }
    }
    Ok(())
}

/// Writes the Rust table of the bundle from its `files.tsv`.
fn list(dist: &Path, target: &Path) -> Result<(), Sorry> {
    let source = dist.join("files.tsv");
    let mut rows = Vec::new();
    for line in fs::read_to_string(&source).map_err(sorry(&source))?.lines() {
        let [logical, name, content_type, hash] = line.split('\t').collect::<Vec<_>>()[..] else {
            return Err(format!("{} has a line that is not four columns: {line}", source.display()));
        };
        let bytes = |suffix: &str| {
            let path = dist.join(format!("{name}{suffix}"));
            path.exists().then(|| format!("include_bytes!({:?})", path.display().to_string()))
        };
        let plain = bytes("").ok_or_else(|| format!("{name} is missing in {}", dist.display()))?;
        let twin = |suffix| bytes(suffix).map_or("None".to_owned(), |bytes| format!("Some({bytes})"));
        rows.push(format!(
            "    File {{ logical: {logical:?}, name: {name:?}, path: \"/assets/{name}\", content_type: {content_type:?}, hash: {hash:?}, plain: {plain}, gzip: {}, brotli: {} }},\n",
            twin(".gz"),
            twin(".br"),
        ));
    }
    fs::write(target, format!("static FILES: &[File] = &[\n{}];\n", rows.concat())).map_err(sorry(target))
}

fn sorry(path: &Path) -> impl Fn(io::Error) -> Sorry {
    move |error| format!("{}: {error}", path.display())
}
