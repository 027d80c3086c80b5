//! Furnishes a club for `cargo xtask bench`: members who are signed in, their wallets, posts all over a country, groups that talk.
//! It is no demonstration: names and words are numbers, and members have wallets and homes but no keys.

#![expect(dead_code, reason = "of the node's own files only what opens the house is used")]

#[path = "../../src/args.rs"]
mod args;
mod chat;
#[path = "../../src/errors.rs"]
mod errors;
#[path = "../../src/home.rs"]
mod home;
#[path = "../../src/house.rs"]
mod house;
#[path = "../../src/settings.rs"]
mod settings;
mod vote;

use clap::Parser;
use planet_corridor::act::Act;
use planet_corridor::actor::Actor;
use planet_corridor::agents::{self, NewAgent};
use planet_corridor::corridor::Corridor;
use planet_corridor::refusal::Fault;
use planet_corridor::task::Call;
use planet_identity::encoding::b64u;
use planet_identity::managed::{self, Secrets};
use planet_identity::rows::{Token, sessions};
use planet_identity::webvh::Location;
use planet_identity::webvh::location::Kind;
use planet_membership::acts::Found;
use planet_membership::arrival::{self, Arrival};
use planet_membership::rows::clubs;
use planet_ontology::ids::{ActKey, AgentId, AudienceId, MemberId, PlaceId, PostId, SessionId};
use planet_ontology::relevance::Relevance;
use planet_ontology::roles::Role;
use planet_ontology::units::Moment;
use planet_places::{Ancestors, gazetteer};
use planet_store::{Bind, Options, Tx, sql};
use serde_json::json;
use std::collections::HashMap;
use std::error::Error;
use std::sync::Arc;
use uuid::{Builder, Uuid};

const ORIGIN: &str = "http://localhost:7700";
/// Members and posts that are written in one transaction.
const CHUNK: u64 = 1_000;
/// Towns over which the members are spread.
const TOWNS: u64 = 40;
/// Whom everybody follows.
const FOLLOWED: u64 = 30;
/// Years over which the posts are spread.
const YEARS: i64 = 3;

/// How large a club, and where.
#[derive(Parser)]
struct Order {
    #[command(flatten)]
    place: args::Place,
    #[arg(long, default_value_t = 64)]
    members: u64,
    #[arg(long, default_value_t = 0)]
    posts: u64,
    /// Groups of one member each.
    #[arg(long, default_value_t = 0)]
    rooms: u64,
    /// Groups of so many members each; may be given more than once.
    #[arg(long = "hall")]
    halls: Vec<u64>,
    /// Messages in each of those.
    #[arg(long, default_value_t = 0)]
    messages: u64,
    /// How many have voted on a proposal that is open.
    #[arg(long, default_value_t = 0)]
    votes: usize,
    /// How many payments the log has.
    #[arg(long, default_value_t = 0)]
    acts: u64,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let order = Order::parse();
    std::fs::create_dir_all(&order.place.data)?;
    let options = Options { durable: false, ..Options::default() };
    let corridor = house::open(&order.place, options).await?;
    let towns = settle_towns(&corridor).await?;
    found(&corridor, towns.first().copied().ok_or("the gazetteer has no towns")?).await?;
    let mut members = Vec::new();
    for begin in (0..order.members).step_by(usize::try_from(CHUNK)?) {
        let chunk = newcomers(begin, order.members.min(begin + CHUNK), &towns);
        members.extend(chunk.iter().map(|(member, _)| *member));
        write(&corridor, chunk, join).await?;
    }
    for member in &members {
        corridor.act_named(by_the_house(), "wallet.open", json!({ "owner": member })).await?;
    }
    if order.posts > 0 {
        follow_each_other(&corridor, &members).await?;
        write_posts(&corridor, order.posts, &members).await?;
    }
    chat::furnish(&corridor, &order, &members).await?;
    if order.votes > 0 {
        vote::open(&corridor, &members, order.votes, house::clock()).await?;
    }
    if order.acts > 0 {
        vote::pay(&corridor, &members, order.acts, house::clock).await?;
    }
    for (number, member) in members.iter().enumerate() {
        println!("member {member} {}", token(u64::try_from(number)?).reveal());
    }
    Ok(())
}

/// Numbers that look random and are the same in every run.
fn dice(seed: u64) -> u64 {
    let mut z = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// An id that is ordered by its time, as real ones are.
fn id_at(at: Moment, number: u64) -> Uuid {
    let mut random = [0; 10];
    random.iter_mut().zip(dice(number).to_be_bytes()).for_each(|(to, from)| *to = from);
    Builder::from_unix_timestamp_millis(u64::try_from(at.0 / 1_000).unwrap_or(0), &random).into_uuid()
}

fn token(number: u64) -> Token {
    let mut entropy = [7; 32];
    entropy.iter_mut().zip(number.to_be_bytes()).for_each(|(to, from)| *to = from);
    Token::new(entropy)
}

fn by_the_house() -> Call {
    Call { actor: Actor::House, key: ActKey(Uuid::now_v7()), now: house::clock() }
}

/// Writes one chunk in one transaction.
async fn write<T: Clone + Send + 'static>(
    corridor: &Corridor,
    chunk: Vec<T>,
    each: fn(&mut Tx, &T) -> Result<(), Fault>,
) -> Result<(), Fault> {
    corridor.store().write(move |tx| chunk.iter().try_for_each(|one| each(tx, one))).await
}

async fn settle_towns(corridor: &Corridor) -> Result<Vec<PlaceId>, Fault> {
    let towns: Vec<_> = gazetteer::search("s", Some("GB"), usize::try_from(TOWNS).unwrap_or(1));
    corridor
        .store()
        .write(move |tx| {
            towns.iter().map(|town| planet_places::ensure_town(tx, town).map_err(unsettled)).collect()
        })
        .await
}

fn unsettled(error: planet_places::PlaceError) -> Fault {
    Fault::Damaged(error.to_string())
}

async fn found(corridor: &Corridor, place: PlaceId) -> Result<(), Box<dyn Error>> {
    let (now, member, secrets) = (house::clock(), MemberId(Uuid::now_v7()), Secrets::from_entropy(&[5; 64]));
    let made = managed::create(&Location::new(ORIGIN, Kind::Person, "founder")?, &secrets, now)?;
    let arrival = Arrival {
        member,
        origin: ORIGIN.to_owned(),
        path: "founder".to_owned(),
        did_log: made.line,
        passkey: None,
        vault: None,
        sealed: Some(b64u(&secrets.seal(&[1; 32], member.into(), [3; 12])?)),
        ticket: None,
    };
    let ticket = token(u64::MAX);
    let waiting = ticket.clone();
    corridor.store().write(move |tx| arrival::wait(tx, &waiting, &arrival, now)).await?;
    let act = Found {
        club: "The Measured Club".to_owned(),
        purpose: "To be measured.".to_owned(),
        accent: planet_kit::ui::Accent::default().word().to_owned(),
        bundle: serde_json::to_value(planet_cedar::kits::open("neighbourhood")?)?,
        unit: "Hours".to_owned(),
        symbol: "h".to_owned(),
        place,
        name: "Fenna Founder".to_owned(),
        arrival: ticket.reveal(),
    };
    corridor.act_named(by_the_house(), Found::NAME, serde_json::to_value(act)?).await?;
    Ok(())
}

/// Members from one number to another, each with a town.
fn newcomers(begin: u64, end: u64, towns: &[PlaceId]) -> Vec<(MemberId, (u64, PlaceId))> {
    let now = house::clock();
    let numbers = (begin..end).zip(towns.iter().cycle());
    numbers.map(|(number, town)| (MemberId(id_at(now, number)), (number, *town))).collect()
}

fn join(tx: &mut Tx, (member, (number, town)): &(MemberId, (u64, PlaceId))) -> Result<(), Fault> {
    let now = house::clock();
    let (handle, name) = (format!("member-{number}"), format!("Member {number}"));
    agents::create_member(tx, *member, &NewAgent { handle: &handle, name: &name, now }, Role::Member, None)?;
    let nth = clubs::next_number(tx)?;
    clubs::add_joining(tx, *member, nth, None, now)?;
    planet_places::set_home(tx, (*member).into(), *town, Relevance::Town, now).map_err(unsettled)?;
    sessions::open(tx, SessionId(id_at(now, *number)), (*member).into(), &token(*number), "bench", now)
        .map_err(|error| Fault::Damaged(error.to_string()))
}

async fn follow_each_other(corridor: &Corridor, members: &[MemberId]) -> Result<(), Fault> {
    let count = u64::try_from(members.len()).unwrap_or(1);
    let other = |n: u64| usize::try_from(dice(n) % count).ok().and_then(|at| members.get(at)).copied();
    for (chunk, begin) in members.chunks(100).zip((0..).step_by(100)) {
        let pairs: Vec<(MemberId, MemberId)> = (begin..)
            .zip(chunk)
            .flat_map(|(number, member)| {
                (0..FOLLOWED).filter_map(move |n| Some((*member, other(number * FOLLOWED + n)?)))
            })
            .filter(|(member, followed)| member != followed)
            .collect();
        write(corridor, pairs, |tx, (follower, followed)| {
            let sql = sql!("INSERT INTO follows (follower_id, followed_id, since) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING");
            tx.exec(sql, &[follower, followed, &Moment(0)])?;
            Ok(())
        })
        .await?;
    }
    Ok(())
}

/// A post before it is put into words.
struct Written {
    id: PostId,
    author: AgentId,
    at: Moment,
    place: Uuid,
    relevance: &'static str,
    number: u64,
}

/// Where each member lives, with all that their town lies in.
async fn homes(corridor: &Corridor, members: Vec<MemberId>) -> Result<Vec<(AgentId, Arc<Ancestors>)>, Fault> {
    let read = move |tx: &mut Tx| {
        let mut towns: HashMap<PlaceId, Arc<Ancestors>> = HashMap::new();
        let mut homes = Vec::new();
        for member in &members {
            let agent = AgentId::from(*member);
            let Some(home) = planet_places::home(tx, agent).map_err(unsettled)? else { continue };
            let town = match towns.get(&home.place) {
                Some(town) => Arc::clone(town),
                None => Arc::new(planet_places::ancestors(tx, home.place).map_err(unsettled)?),
            };
            towns.insert(home.place, Arc::clone(&town));
            homes.push((agent, town));
        }
        Ok::<_, Fault>(homes)
    };
    corridor.store().snapshot(read).await
}

async fn write_posts(corridor: &Corridor, posts: u64, members: &[MemberId]) -> Result<(), Box<dyn Error>> {
    let (now, homes) = (house::clock(), homes(corridor, members.to_vec()).await?);
    let apart = YEARS * 365 * Moment::DAY / i64::try_from(posts)?;
    let mix = [
        Relevance::Town,
        Relevance::Town,
        Relevance::Town,
        Relevance::District,
        Relevance::Country,
        Relevance::World,
    ];
    let written = |number: u64| -> Option<Written> {
        let die = dice(number ^ 0x0070_6f73_7473);
        let nth = usize::try_from(die % u64::try_from(homes.len()).ok()?).ok()?;
        let (author, town) = homes.get(nth)?;
        let at = Moment(now.0 - apart * i64::try_from(posts - number).ok()?);
        let reached = town.resolve(*mix.get(usize::try_from((die >> 32) % 6).ok()?)?);
        let place = reached.place.map_or(Uuid::nil(), |place| place.0);
        let (id, relevance) = (PostId(id_at(at, number)), reached.used.word());
        Some(Written { id, author: *author, at, place, relevance, number })
    };
    for begin in (0..posts).step_by(usize::try_from(CHUNK)?) {
        let chunk: Vec<Written> = (begin..posts.min(begin + CHUNK)).filter_map(written).collect();
        corridor.store().write(move |tx| post_all(tx, &chunk)).await?;
    }
    Ok(())
}

fn post_all(tx: &mut Tx, chunk: &[Written]) -> Result<(), Fault> {
    let words =
        "Bread, tools, lifts and time are here to be shared, and somebody always needs a hand. ".repeat(4);
    let titles: Vec<String> = chunk.iter().map(|post| format!("Who has a ladder? {}", post.number)).collect();
    let tags: Vec<String> = chunk.iter().map(|post| format!("topic{}", post.number % 200)).collect();
    let excerpt: String = words.chars().take(160).collect();
    let rows: Vec<Vec<&dyn Bind>> = chunk
        .iter()
        .zip(titles.iter().zip(&tags))
        .map(|(post, (title, tag))| {
            let row: Vec<&dyn Bind> = vec![
                &post.id,
                &post.author,
                &AudienceId::CLUB,
                &post.place,
                &post.relevance,
                &true,
                &post.at,
                title,
                tag,
                &excerpt,
                &words,
            ];
            row
        })
        .collect();
    let posts = sql!(
        "INSERT INTO posts (id, author_id, audience_id, place_id, relevance, to_neighbours, created, title, tags, excerpt, text)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
    );
    tx.exec_many(posts, &rows)?;
    let rows: Vec<Vec<&dyn Bind>> = chunk
        .iter()
        .zip(&tags)
        .map(|(post, tag)| {
            let row: Vec<&dyn Bind> = vec![&post.id, tag, &AudienceId::CLUB, &post.place, &true];
            row
        })
        .collect();
    let tagged = sql!(
        "INSERT INTO post_tags (post_id, tag, audience_id, place_id, to_neighbours) VALUES (?1, ?2, ?3, ?4, ?5)"
    );
    tx.exec_many(tagged, &rows)?;
    Ok(())
}
