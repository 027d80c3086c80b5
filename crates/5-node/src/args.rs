//! The command line, as fixed in the handbook. No command means serve.

use clap::{Args as ClapArgs, Parser, Subcommand};
use std::net::SocketAddr;
use std::path::PathBuf;

/// The home of a co-operative club: identity, wallet, feed, groups and decisions in one program.
#[derive(Parser)]
#[command(name = "planet", version, args_conflicts_with_subcommands = true)]
pub struct Args {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub serve: Serve,
}

#[derive(Subcommand)]
pub enum Command {
    /// Open the club's doors: serve pages and the API.
    Serve(Box<Serve>),
    /// Look around a furnished town, on this machine only, signed in as anybody.
    Demo(Demo),
    /// Check the whole record: every event, checkpoint, signature and balance. Or one receipt.
    Verify(Verify),
    /// Count a vote again, twice, from its published ballots. Needs no club.
    Recount(Recount),
    /// Say which version this is.
    Version,
    /// Sign the command line in at a club.
    Login(ClubArgs),
    /// Pay a member or a group.
    Pay(Pay),
    /// Write a post.
    Post(Post),
    /// Bring along what a group said in Mattermost or Slack before. Shows a preview first.
    Import(Import),
}

/// Which club.
#[derive(ClapArgs)]
pub struct ClubArgs {
    /// The club's address.
    #[arg(long, env = "PLANET_CLUB", default_value = "http://localhost:7700", value_name = "URL")]
    pub club: String,
}

/// A payment.
#[derive(ClapArgs)]
pub struct Pay {
    /// Whom: a handle, such as @rosa.
    pub to: String,
    /// How much, such as 12.50.
    pub amount: String,
    /// What for.
    #[arg(long, default_value = "")]
    pub memo: String,
}

/// A post.
#[derive(ClapArgs)]
pub struct Post {
    /// Its title.
    #[arg(long)]
    pub title: String,
    /// A tag; repeat it for more.
    #[arg(long, required = true)]
    pub tag: Vec<String>,
    /// How far it matters: street, neighbourhood, town, district, country or world.
    #[arg(long, default_value = "town")]
    pub relevance: String,
    /// Its text in Markdown; standard input if it is left out.
    #[arg(long)]
    pub text: Option<String>,
}

/// Which program wrote an export.
#[derive(Clone, Copy, clap::ValueEnum)]
pub enum ImportSource {
    /// A bulk export: a zip, or the lines alone.
    Mattermost,
    /// An export of a workspace: a zip.
    Slack,
}

impl From<ImportSource> for planet_history::Source {
    fn from(source: ImportSource) -> Self {
        match source {
            ImportSource::Mattermost => Self::Mattermost,
            ImportSource::Slack => Self::Slack,
        }
    }
}

/// A history to bring along.
#[derive(ClapArgs)]
pub struct Import {
    /// The program that wrote the export.
    pub source: ImportSource,
    /// The export.
    pub file: PathBuf,
    /// The group that it is brought into, by its handle.
    #[arg(long, value_name = "HANDLE")]
    pub group: String,
    /// Bring it in. Done again, it goes on where it stopped, and brings nothing in twice.
    #[arg(long)]
    pub apply: bool,
    /// Only show what would come; so it is unless --apply is given.
    #[arg(long, conflicts_with = "apply")]
    pub preview: bool,
    /// Who is who: a handle of there, and a handle in the group. Repeat it for more.
    #[arg(long = "match", value_name = "THEIRS=OURS")]
    pub matches: Vec<String>,
    /// Whoever has the same handle here and there is the same.
    #[arg(long)]
    pub same_handles: bool,
    /// Only this channel; repeat it for more.
    #[arg(long, value_name = "CHANNEL")]
    pub only: Vec<String>,
}

/// How to serve.
#[derive(ClapArgs, Clone)]
pub struct Serve {
    /// Where to listen.
    #[arg(long, env = "PLANET_LISTEN", default_value = "127.0.0.1:7700", value_name = "ADDR")]
    pub listen: SocketAddr,
    /// The address that people reach the club at. Passkeys and links are bound to it, so it is set once.
    #[arg(long, env = "PLANET_ORIGIN", default_value = "http://localhost:7700", value_name = "URL")]
    pub origin: String,
    #[command(flatten)]
    pub place: Place,
    /// A mail server, such as `smtps://user:password@mail.example`. Without one, mails wait and letters can be printed.
    #[arg(long, env = "PLANET_MAIL", value_name = "URL", hide_env_values = true)]
    pub mail: Option<String>,
    #[command(flatten)]
    pub cards: CardArgs,
    /// The sender of the club's mails.
    #[arg(long, env = "PLANET_MAIL_FROM", value_name = "ADDRESS")]
    pub mail_from: Option<String>,
    /// A Bitcoin node to watch members' coins through, such as `http://user:password@localhost:8332` (Bitcoin Core, bcoin) or
    /// `esplora+https://host/api`. Without one, the club watches no Bitcoin.
    #[arg(long, env = "PLANET_BITCOIN", value_name = "URL", hide_env_values = true)]
    pub bitcoin: Option<String>,
    /// A node of Ethereum or its like, such as `http://localhost:8545`. Without one, the club watches no such chain.
    #[arg(long, env = "PLANET_EVM", value_name = "URL", hide_env_values = true)]
    pub evm: Option<String>,
    /// For trials on this machine only: stewards can move the club's clock forward, to see what happens when a delay ends.
    #[arg(long)]
    pub movable_clock: bool,
}

/// The card processor, if the club takes cards. Keys belong into the environment.
#[derive(ClapArgs, Clone)]
pub struct CardArgs {
    /// The address of a card processor that speaks `PaymentIntents`, such as `https://api.stripe.com`. Without one, cards are
    /// not offered.
    #[arg(long = "cards", env = "PLANET_CARDS", value_name = "URL", requires_all = ["key", "publishable", "webhook_secret"])]
    pub url: Option<String>,
    /// The processor's secret key.
    #[arg(long = "cards-key", env = "PLANET_CARDS_KEY", value_name = "KEY", hide_env_values = true)]
    pub key: Option<String>,
    /// The processor's publishable key, for members' browsers.
    #[arg(long = "cards-publishable-key", env = "PLANET_CARDS_PUBLISHABLE_KEY", value_name = "KEY")]
    pub publishable: Option<String>,
    /// The secret under which the processor signs what it sends to `/rails/cards/webhook`.
    #[arg(
        long = "cards-webhook-secret",
        env = "PLANET_CARDS_WEBHOOK_SECRET",
        value_name = "SECRET",
        hide_env_values = true
    )]
    pub webhook_secret: Option<String>,
    /// The processor's script, which only the page for paying by card loads.
    #[arg(
        long = "cards-script",
        env = "PLANET_CARDS_SCRIPT",
        value_name = "URL",
        default_value = "https://js.stripe.com/v3/"
    )]
    pub script: String,
}

/// Where the club's data is.
#[derive(ClapArgs, Clone)]
pub struct Place {
    /// The folder for the club's data and key.
    #[arg(long, env = "PLANET_DATA", default_value = "planet-data", value_name = "DIR")]
    pub data: PathBuf,
    /// A PostgreSQL database, such as `postgres://user@host/club`, in place of the one in the data folder.
    #[arg(long, env = "PLANET_DATABASE", value_name = "URL", hide_env_values = true)]
    pub database: Option<String>,
}

/// Which town to furnish.
#[derive(ClapArgs)]
pub struct Demo {
    /// Where to listen; this machine's own addresses only.
    #[arg(long, env = "PLANET_LISTEN", default_value = "127.0.0.1:7700", value_name = "ADDR")]
    pub listen: SocketAddr,
    /// The same seed gives the same people and the same year.
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub seed: u64,
    /// How many members the town has, from 3 to 500.
    #[arg(long, default_value_t = 40, value_name = "N", value_parser = clap::value_parser!(u16).range(3..=500))]
    pub members: u16,
}

/// What to verify.
#[derive(ClapArgs)]
pub struct Verify {
    #[command(flatten)]
    pub place: Place,
    /// A checkpoint that was kept elsewhere, to compare with.
    #[arg(long, value_name = "FILE")]
    pub checkpoint: Option<PathBuf>,
    /// Check only this receipt for a payment. Needs no club: neither its data nor a network.
    #[arg(long, value_name = "FILE", conflicts_with = "checkpoint")]
    pub receipt: Option<PathBuf>,
    /// The club's public key, as /about/key shows it, for a receipt; the one in the receipt if it is left out.
    #[arg(long, value_name = "KEY", requires = "receipt")]
    pub key: Option<String>,
}

/// What to count again.
#[derive(ClapArgs)]
pub struct Recount {
    /// The ballots as the page of the decision offers them.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}
