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
    use planet_corridor::look::Viewer;
    use planet_corridor::refusal::Fault;
    use planet_kit::testing::{ADA, BEN, NOW, THREE, found};
    use planet_store::{Engine, testing};
    use uuid::Uuid;

    fn post(n: u64) -> SeedPost {
        SeedPost {
            id: PostId(Uuid::from_u64_pair(n, 0)),
            author: ADA.into(),
            audience: AudienceId::CLUB,
            relevance: Relevance::World,
            place: None,
            created: NOW,
            title: format!("{n}"),
            text: "Bread and butter".into(),
            tags: "bread butter".into(),
        }
    }

    #[test]
    fn what_was_seeded_is_found_by_those_who_follow() {
        let migrations = [planet_corridor::MIGRATIONS, planet_places::MIGRATIONS, crate::MIGRATIONS].concat();
        for engine in [Engine::Sqlite, Engine::Postgres] {
            testing::run(engine, &migrations, async |store| {
                let seed = |tx: &mut Tx| {
                    found(tx, &THREE)?;
                    seed_follows(tx, &[(BEN.into(), ADA.into())], NOW)?;
                    seed_many(tx, (1..=100).map(post).collect())
                };
                store.write(seed).await.unwrap();
                let read = |tx: &mut Tx| {
                    let viewer = Viewer::member(tx, BEN)?;
                    crate::latest(tx, &viewer, 3)
                };
                let latest = store.snapshot::<_, Fault>(read).await.unwrap();
                let titles: Vec<&str> = latest.following.iter().map(|item| item.title.as_str()).collect();
                assert_eq!((titles, latest.near.len(), latest.at_home), (vec!["100", "99", "98"], 0, false));
            });
        }
    }
}
