//! For benchmarks: writes posts past the corridor, by the hundred thousand. They leave no events, so never in a real club.

use crate::checks::Draft;
use crate::rows::{self, NewPost};
use planet_ontology::ids::{AgentId, AudienceId, PlaceId, PostId};
use planet_ontology::relevance::Relevance;
use planet_ontology::units::Moment;
use planet_store::{Error, Tx};

/// A post to be written.
#[derive(Clone, Debug)]
pub struct SeedPost {
    /// A `UUIDv7` of the moment when it was written.
    pub id: PostId,
    /// Who wrote it.
    pub author: AgentId,
    /// Who may see it.
    pub audience: AudienceId,
    /// How far it reaches.
    pub relevance: Relevance,
    /// The author's place at that level; none for the world.
    pub place: Option<PlaceId>,
    /// When it was written.
    pub created: Moment,
    /// What it is about.
    pub title: String,
    /// What it says.
    pub text: String,
    /// Its tags, with a space between: lower case, each once.
    pub tags: String,
}

/// Writes posts for neighbours to see, as many as fit into one transaction; some thousands at a time are good.
pub fn seed_many(tx: &mut Tx, posts: Vec<SeedPost>) -> Result<(), Error> {
    let posts: Vec<NewPost> = posts
        .into_iter()
        .map(|post| NewPost {
            id: post.id,
            author: post.author,
            audience: post.audience,
            relevance: post.relevance,
            place: post.place,
            to_neighbours: true,
            created: post.created,
            draft: Draft { title: post.title, text: post.text, tags: post.tags },
        })
        .collect();
    rows::create_many(tx, &posts)
}

/// Lets everybody in a list of pairs follow the other.
pub fn seed_follows(tx: &mut Tx, pairs: &[(AgentId, AgentId)], now: Moment) -> Result<(), Error> {
    pairs.iter().try_for_each(|(follower, followed)| rows::follow(tx, *follower, *followed, now))
}

#[cfg(test)]
mod tests {
    use super::*;
    use planet_corridor::agents::{self, NewAgent};
    use planet_corridor::look::Viewer;
    use planet_ontology::ids::{GroupId, MemberId};
    use planet_ontology::roles::{Mode, Role};
    use planet_places::{Country, Division, PlaceError, Town, add, ensure_town, set_home};
    use planet_store::{Engine, testing};
    use std::time::Instant;
    use uuid::Uuid;

    const NOW: Moment = Moment(1_795_400_000_000_000);

    fn member(n: u64) -> MemberId {
        MemberId(Uuid::from_u64_pair(0x7000, n))
    }

    fn scale(name: &str, small: u64) -> u64 {
        std::env::var(name).ok().and_then(|it| it.parse().ok()).unwrap_or(small)
    }

    #[test]
    fn scale_test() {
        let (members, posts, followed) = (scale("M", 100), scale("P", 10_000), scale("F", 30));
        let engine = if std::env::var("PG").is_ok() { Engine::Postgres } else { Engine::Sqlite };
        let migrations = [planet_corridor::MIGRATIONS, planet_places::MIGRATIONS, crate::MIGRATIONS].concat();
        testing::run(engine, &migrations, async |store| {
            store.write(move |tx| {
                let id = |n: u128| PlaceId(Uuid::from_u128(n));
                let town = |n: u128| Town { id: id(100 + n), name: format!("Town {n}"), district: Some(Division { id: id(2 + n / 5), name: format!("D{}", n / 5) }), region: None, country: Country { id: id(1), code: "GB".into(), name: "GB".into() } };
                agents::create_group(tx, GroupId::CLUB, &NewAgent { handle: "club", name: "Club", now: NOW }, Mode::Chat, false)?;
                for n in 0..members {
                    let handle = format!("m{n}");
                    agents::create_member(tx, member(n), &NewAgent { handle: &handle, name: &handle, now: NOW }, Role::Member, None)?;
                    let here = ensure_town(tx, &town(u128::from(n) % 20))?;
                    let street = add(tx, here, Relevance::Street, &format!("Street {}", n % 97), NOW, PlaceId(Uuid::new_v5(&Uuid::NAMESPACE_OID, format!("{here}{}", n % 97).as_bytes())))?;
                    set_home(tx, member(n).into(), street.id, Relevance::Town, NOW)?;
                }
                for n in 0..50.min(members) {
                    let pairs: Vec<_> = (1..=followed).map(|f| (AgentId::from(member(n)), AgentId::from(member((n + f * 7) % members)))).collect();
                    seed_follows(tx, &pairs, NOW)?;
                }
                Ok::<_, PlaceError>(())
            }).await.unwrap();
            println!("members");
            for chunk in 0..posts.div_ceil(5_000) {
                store.write(move |tx| {
                    let mut many = Vec::new();
                    for n in chunk * 5_000..((chunk + 1) * 5_000).min(posts) {
                        let author = AgentId::from(member((n * 7919) % members));
                        let home = planet_places::home(tx, author)?.map(|it| it.place);
                        let level = Relevance::ALL[usize::try_from(n * 31 % 6).unwrap()];
                        let reached = planet_places::resolve(tx, home, level)?;
                        let at = Moment(NOW.0 - i64::try_from(posts - n).unwrap() * 1_000_000);
                        let tail: [u8; 10] = Uuid::new_v5(&Uuid::NAMESPACE_OID, &n.to_be_bytes()).as_bytes()[..10].try_into().unwrap();
                        let id = uuid::Builder::from_unix_timestamp_millis(u64::try_from(at.0 / 1000).unwrap(), &tail).into_uuid();
                        many.push(SeedPost { id: PostId(id), author, audience: AudienceId::CLUB, relevance: reached.used, place: reached.place, created: at, title: format!("Post {n}"), text: "Bread and butter, and what to do about the hedge. ".repeat(8), tags: format!("bread tag{}", n % 1000) });
                    }
                    seed_many(tx, many)?;
                    Ok::<_, PlaceError>(())
                }).await.unwrap();
            }
            println!("posts");
            for round in 0..2 {
                let mut times = Vec::new();
                for n in 0..50.min(members) {
                    let took = store.snapshot(move |tx| {
                        let viewer = Viewer::member(tx, member(n))?;
                        let began = Instant::now();
                        let latest = crate::latest(tx, &viewer, 10)?;
                        assert_eq!((latest.following.len(), latest.near.len()), (10, 10));
                        let first = began.elapsed();
                        let lens = crate::lists::Lens::new(tx, &viewer, None, 20)?;
                        let began = Instant::now();
                        crate::lists::near(tx, &lens, None, None)?;
                        let near = began.elapsed();
                        let began = Instant::now();
                        crate::lists::following(tx, &lens)?;
                        let following = began.elapsed();
                        let began = Instant::now();
                        crate::lists::near(tx, &lens, None, Some("tag7"))?;
                        let tagged = began.elapsed();
                        Ok::<_, planet_corridor::refusal::Fault>((first, near, following, tagged))
                    }).await.unwrap();
                    times.push(took);
                }
                for at in 0..4 {
                    let mut all: Vec<_> = times.iter().map(|t| [t.0, t.1, t.2, t.3][at]).collect();
                    all.sort();
                    println!("round {round} {at}: p50 {:?} max {:?}", all[all.len() / 2], all[all.len() - 1]);
                }
            }
        });
    }
}
