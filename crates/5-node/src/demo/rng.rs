//! Where the chances of the town come from: `SplitMix64`, so that a seed tells the whole year. Not for secrets.

/// A stream of numbers that looks random and is the same for the same seed.
#[derive(Clone, Debug)]
pub struct Rng(u64);

impl Rng {
    /// The stream of a seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A stream of its own, so that drawing more from one does not change what others draw.
    pub fn fork(&mut self) -> Self {
        Self(self.next())
    }

    /// The next 64 bits (Steele, Lea and Flood: Fast Splittable Pseudorandom Number Generators, 2014).
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// As many bytes as are wanted.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        for chunk in bytes.chunks_mut(8) {
            chunk.iter_mut().zip(self.next().to_le_bytes()).for_each(|(byte, fresh)| *byte = fresh);
        }
        bytes
    }

    /// A number below `end`; zero if there is none.
    pub fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end.max(1)).unwrap_or(1);
        usize::try_from(self.next() % end).unwrap_or(0)
    }

    /// A number from `least` to `most`, both included.
    pub fn between(&mut self, least: i64, most: i64) -> i64 {
        let width = u64::try_from(most - least).unwrap_or(0).saturating_add(1);
        least + i64::try_from(self.next() % width).unwrap_or(0)
    }

    /// Whether something happens that happens so many times of a hundred.
    pub fn chance(&mut self, of_hundred: i64) -> bool {
        self.between(0, 99) < of_hundred
    }

    /// One of several; the default if there are none.
    pub fn pick<T: Copy + Default>(&mut self, from: &[T]) -> T {
        self.pick_or(from, T::default())
    }

    /// One of several, or another if there are none.
    pub fn pick_or<T: Copy>(&mut self, from: &[T], otherwise: T) -> T {
        from.get(self.below(from.len())).copied().unwrap_or(otherwise)
    }

    /// Some of several, each once, in any order.
    pub fn some<T: Copy>(&mut self, from: &[T], count: usize) -> Vec<T> {
        let mut left = from.to_vec();
        let count = count.min(left.len());
        (0..count).map(|_| left.swap_remove(self.below(left.len()))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_is_that_of_splitmix64() {
        let mut rng = Rng::new(1_234_567);
        let first = [rng.next(), rng.next(), rng.next()];
        assert_eq!(first, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn whoever_is_drawn_is_drawn_once() {
        let mut drawn = Rng::new(3).some(&[1, 2, 3, 4, 5], 9);
        drawn.sort_unstable();
        assert_eq!(drawn, [1, 2, 3, 4, 5]);
    }
}
