//! How lists of posts are put together: as a few ranges of an index, newest first, merged. Nothing is counted, and no
//! list reads more than it shows, however many posts there are.
//!
//! - *Near me* is one range of `posts_nearby` for each place in the viewer's reach: six, and a few more where streets
//!   were merged.
//! - *Following* is one range of `posts_by_author` for each author, but only for those whose newest post is among the
//!   newest: one seek for each followed author finds them, and a page of twenty posts has twenty authors at the most. At
//!   most [`MAX_FOLLOWS`](crate::acts::MAX_FOLLOWS) can be followed, so there is no second way for those who follow more.
//!
//! The filters (audience, and for *following* the reach) are columns of the same index.

use crate::error::places;
use crate::rows::{self, Item, WORLD};
use planet_corridor::look::Viewer;
use planet_corridor::refusal::Fault;
use planet_ontology::ids::{AgentId, PlaceId, PostId};
use planet_ontology::relevance::Relevance;
use planet_store::{Error, Ids, Tx, sql};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

/// How many posts a page has.
pub const PAGE: usize = 20;

/// A page of posts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Posts {
    /// The posts, newest first.
    pub items: Vec<Item>,
    /// If there are older ones: ask for those before this one.
    pub before: Option<PostId>,
}

/// The latest posts for a member's home page.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Latest {
    /// By those whom the member follows.
    pub following: Vec<Item>,
    /// By neighbours.
    pub near: Vec<Item>,
    /// Whether the member said where home is; without it nothing is near.
    pub at_home: bool,
}

/// The latest posts for a member's home page: so many of each kind.
pub fn latest(tx: &mut Tx, viewer: &Viewer, count: usize) -> Result<Latest, Fault> {
    let lens = Lens::new(tx, viewer, None, count)?;
    let following = following(tx, &lens)?.items;
    let near = near(tx, &lens, None, None)?.items;
    Ok(Latest { following, near, at_home: !lens.reach.is_empty() })
}

/// Through which a viewer looks at posts.
pub struct Lens {
    me: Option<AgentId>,
    audiences: Ids,
    reach: Vec<PlaceId>,
    before: PostId,
    count: usize,
}

impl Lens {
    /// The lens of a viewer, for so many posts before one of them.
    pub fn new(tx: &mut Tx, viewer: &Viewer, before: Option<PostId>, count: usize) -> Result<Self, Fault> {
        let me = viewer.actor.agent();
        let reach = match me {
            Some(agent) => planet_places::reach(tx, agent).map_err(places)?,
            None => Vec::new(),
        };
        let audiences = viewer.audience_ids();
        Ok(Self { me, audiences, reach, before: before.unwrap_or(PostId(Uuid::max())), count })
    }

    /// What is relevant to the viewer: the places in reach, and the world.
    fn relevant(&self) -> Ids {
        self.reach.iter().copied().chain([WORLD]).collect()
    }

    /// How many ids a range gives: one more than is shown, to know whether there are older ones.
    fn limit(&self) -> i64 {
        i64::try_from(self.count).unwrap_or(i64::MAX).saturating_add(1)
    }

    /// The posts of the merged ranges.
    fn page(&self, tx: &mut Tx, mut ids: Vec<PostId>) -> Result<Posts, Fault> {
        ids.sort_unstable_by(|one, other| other.cmp(one));
        ids.dedup();
        let more = ids.len() > self.count;
        ids.truncate(self.count);
        let before = ids.last().copied().filter(|_| more);
        let items = if ids.is_empty() { Vec::new() } else { rows::items(tx, &ids.into_iter().collect())? };
        Ok(Posts { items, before })
    }
}

/// Posts by those whom the viewer follows and by the viewer, as far as they reach the viewer.
pub fn following(tx: &mut Tx, lens: &Lens) -> Result<Posts, Fault> {
    let Some(me) = lens.me else { return lens.page(tx, Vec::new()) };
    let relevant = lens.relevant();
    let mut authors = newest_of_each(tx, me, lens, &relevant)?;
    authors.sort_unstable_by_key(|(_, newest)| std::cmp::Reverse(*newest));
    authors.truncate(lens.count.saturating_add(1));
    // If that many authors have something, then so many posts are at least as new as the newest of the last of them.
    let full = authors.len() > lens.count;
    let since = authors.last().filter(|_| full).map_or(PostId(Uuid::nil()), |(_, newest)| *newest);
    let mut ids = Vec::new();
    for author in authors.into_iter().map(|(author, _)| author).chain([me]) {
        ids.extend(by_one(tx, author, since, lens, &relevant)?);
    }
    lens.page(tx, ids)
}

/// The followed authors who have something for the viewer, with the newest of it.
fn newest_of_each(
    tx: &mut Tx,
    me: AgentId,
    lens: &Lens,
    relevant: &Ids,
) -> Result<Vec<(AgentId, PostId)>, Error> {
    let rows = tx.rows::<(AgentId, Option<PostId>)>(
        sql!(
            "SELECT f.followed_id,
                    (SELECT p.id FROM posts p
                      WHERE p.author_id = f.followed_id AND p.id < ?2
                        AND p.place_id IN (SELECT id FROM ids(?3)) AND p.audience_id IN (SELECT id FROM ids(?4))
                      ORDER BY p.id DESC LIMIT 1)
               FROM follows f WHERE f.follower_id = ?1"
        ),
        &[&me, &lens.before, relevant, &lens.audiences],
    )?;
    Ok(rows.into_iter().filter_map(|(author, newest)| Some((author, newest?))).collect())
}

/// The range of one author, down to a post.
fn by_one(
    tx: &mut Tx,
    author: AgentId,
    since: PostId,
    lens: &Lens,
    relevant: &Ids,
) -> Result<Vec<PostId>, Error> {
    ids(tx.rows(
        sql!(
            "SELECT p.id FROM posts p
              WHERE p.author_id = ?1 AND p.id < ?2 AND p.id >= ?3
                AND p.place_id IN (SELECT id FROM ids(?4)) AND p.audience_id IN (SELECT id FROM ids(?5))
              ORDER BY p.id DESC LIMIT ?6"
        ),
        &[&author, &lens.before, &since, relevant, &lens.audiences, &lens.limit()],
    ))
}

/// Posts of anybody who shares a place with the viewer, as far down as the post reaches. At one level only, or under one
/// tag only, where these are given.
pub fn near(tx: &mut Tx, lens: &Lens, level: Option<Relevance>, tag: Option<&str>) -> Result<Posts, Fault> {
    let mut reach = lens.reach.clone();
    if let Some(level) = level {
        reach.clear();
        for place in &lens.reach {
            let found = planet_places::find(tx, *place).map_err(places)?;
            reach.extend(found.filter(|found| found.kind == level).map(|_| *place));
        }
    }
    let mut ids = Vec::new();
    if let Some(tag) = tag {
        ids = nearby_under(tx, tag, &reach.into_iter().collect(), lens)?;
    } else {
        for place in reach {
            ids.extend(nearby(tx, place, lens)?);
        }
    }
    lens.page(tx, ids)
}

/// The range of one place.
fn nearby(tx: &mut Tx, place: PlaceId, lens: &Lens) -> Result<Vec<PostId>, Error> {
    ids(tx.rows(
        sql!(
            "SELECT p.id FROM posts p
              WHERE p.place_id = ?1 AND p.to_neighbours = TRUE AND p.id < ?2
                AND p.audience_id IN (SELECT id FROM ids(?3))
              ORDER BY p.id DESC LIMIT ?4"
        ),
        &[&place, &lens.before, &lens.audiences, &lens.limit()],
    ))
}

/// The range of one tag, in some places.
fn nearby_under(tx: &mut Tx, tag: &str, places: &Ids, lens: &Lens) -> Result<Vec<PostId>, Error> {
    ids(tx.rows(
        sql!(
            "SELECT t.post_id FROM post_tags t
              WHERE t.tag = ?1 AND t.to_neighbours = TRUE AND t.post_id < ?2
                AND t.place_id IN (SELECT id FROM ids(?3)) AND t.audience_id IN (SELECT id FROM ids(?4))
              ORDER BY t.post_id DESC LIMIT ?5"
        ),
        &[&tag, &lens.before, places, &lens.audiences, &lens.limit()],
    ))
}

/// All that somebody wrote and the viewer may see, however far it reaches: who looks somebody up wants to see it.
pub fn by_author(tx: &mut Tx, lens: &Lens, author: AgentId) -> Result<Posts, Fault> {
    let found = ids(tx.rows(
        sql!(
            "SELECT p.id FROM posts p
              WHERE p.author_id = ?1 AND p.id < ?2 AND p.audience_id IN (SELECT id FROM ids(?3))
              ORDER BY p.id DESC LIMIT ?4"
        ),
        &[&author, &lens.before, &lens.audiences, &lens.limit()],
    ))?;
    lens.page(tx, found)
}

/// All that is tagged so and the viewer may see, however far it reaches.
pub fn by_tag(tx: &mut Tx, lens: &Lens, tag: &str) -> Result<Posts, Fault> {
    let found = ids(tx.rows(
        sql!(
            "SELECT t.post_id FROM post_tags t
              WHERE t.tag = ?1 AND t.post_id < ?2 AND t.audience_id IN (SELECT id FROM ids(?3))
              ORDER BY t.post_id DESC LIMIT ?4"
        ),
        &[&tag, &lens.before, &lens.audiences, &lens.limit()],
    ))?;
    lens.page(tx, found)
}

fn ids(rows: Result<Vec<(PostId,)>, Error>) -> Result<Vec<PostId>, Error> {
    Ok(rows?.into_iter().map(|(id,)| id).collect())
}
