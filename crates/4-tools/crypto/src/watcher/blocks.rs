//! Following blocks: one further, or back to where the chain went another way. What a block means is for the acts to say.

use super::{WatchError, Watcher};
use crate::acts::{Followed, News};
use crate::chains::{FINAL, Place};
use crate::rows::blocks::BlockRow;
use planet_exchange::chain::{Block, ChainSource, Tip, Watched};
use planet_ontology::units::Moment;

/// How many blocks one round follows.
const ROUND: usize = 100;

impl Watcher {
    /// Follows the chain from where the trail ends; where the chain went another way, back to where they part. Answers whether
    /// anything concerned members, and the end of the chain.
    pub(super) async fn go_on(
        &self,
        source: &dyn ChainSource,
        place: &Place,
        trail: Vec<BlockRow>,
        now: Moment,
    ) -> Result<(bool, Tip), WatchError> {
        let tip = source.tip().await?;
        let Some(last) = trail.first() else {
            // The first block counts as well: it may be the one that pays.
            let watched = self.watched(place).await?;
            if let Some(block) = source.block(tip.height, &watched).await? {
                let mut quiet = Vec::new();
                self.take(place, block, &watched, &mut quiet, now).await?;
                self.flush(place, &mut quiet, now).await?;
            }
            return Ok((true, tip));
        };
        if (last.height, &last.hash) == (tip.height, &tip.hash) {
            return Ok((false, tip));
        }
        let mut next = self.next(source, place, last, &tip).await?;
        let (mut height, mut moved) = (last.height, false);
        if next.is_none() {
            height = parting(source, &trail, &tip).await?;
            if height < last.height {
                if last.height - height > FINAL {
                    tracing::warn!(
                        chain = place.chain,
                        back_to = height,
                        "a chain took back what counted as final"
                    );
                }
                self.tell(place, News::Undone { above: height }, now).await?;
                moved = true;
            }
        }
        let mut quiet: Vec<Block> = Vec::new();
        for height in (height + 1..=tip.height).take(ROUND) {
            let watched = self.watched(place).await?;
            let block = match next.take() {
                Some(block) => Some(block),
                None => source.block(height, &watched).await?,
            };
            let Some(block) = block else { break };
            moved |= self.take(place, block, &watched, &mut quiet, now).await?;
        }
        self.flush(place, &mut quiet, now).await?;
        Ok((moved, tip))
    }

    /// Tells a block that concerns members, after those before it that concern nobody; otherwise keeps it with those.
    async fn take(
        &self,
        place: &Place,
        block: Block,
        watched: &Watched,
        quiet: &mut Vec<Block>,
        now: Moment,
    ) -> Result<bool, WatchError> {
        if block.transactions.is_empty() {
            quiet.push(block);
            return Ok(false);
        }
        self.flush(place, quiet, now).await?;
        self.tell(place, News::Block(trimmed(block, watched)), now).await?;
        Ok(true)
    }

    /// The block after the end of the trail, if the chain went on from there.
    async fn next(
        &self,
        source: &dyn ChainSource,
        place: &Place,
        last: &BlockRow,
        tip: &Tip,
    ) -> Result<Option<Block>, WatchError> {
        if tip.height <= last.height {
            return Ok(None);
        }
        let watched = self.watched(place).await?;
        let next = source.block(last.height + 1, &watched).await?;
        Ok(next.filter(|block| block.parent == last.hash))
    }

    async fn flush(&self, place: &Place, quiet: &mut Vec<Block>, now: Moment) -> Result<(), WatchError> {
        if quiet.is_empty() {
            return Ok(());
        }
        self.act(Followed { place: place.clone(), blocks: std::mem::take(quiet) }, now).await
    }
}

/// The height up to which trail and chain agree; one below the trail if they share nothing.
async fn parting(source: &dyn ChainSource, trail: &[BlockRow], tip: &Tip) -> Result<i64, WatchError> {
    let nothing = Watched::default();
    for known in trail.iter().filter(|known| known.height <= tip.height) {
        let there = source.block(known.height, &nothing).await?;
        if there.is_some_and(|block| block.hash == known.hash) {
            return Ok(known.height);
        }
    }
    Ok(trail.last().map_or(-1, |oldest| oldest.height - 1))
}

/// A block without the payments that concern nobody here: of a transaction with thousands of outputs, the log keeps ours. One
/// foreign output stays, to say where a payment went.
fn trimmed(mut block: Block, watched: &Watched) -> Block {
    for it in &mut block.transactions {
        let mut foreign = 0;
        it.pays.retain(|pay| {
            let ours = watched.addresses.contains(&pay.to) || watched.addresses.contains(&pay.from);
            foreign += i32::from(!ours && !pay.to.is_empty());
            ours || foreign == 1
        });
    }
    block
}
