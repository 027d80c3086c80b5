//! The Merkle tree of RFC 9162 section 2.1: hashes of leaves and nodes, roots, inclusion and consistency. Pure; knows
//! neither events nor the database.

use sha2::{Digest, Sha256};

/// A SHA-256 hash.
pub type Hash = [u8; 32];

/// The hash of a leaf: SHA-256 over 0x00 and the data.
pub fn leaf_hash(data: &[u8]) -> Hash {
    let mut hash = Sha256::new();
    hash.update([0]);
    hash.update(data);
    hash.finalize().into()
}

/// The hash of a node: SHA-256 over 0x01 and the hashes of its children.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    let mut hash = Sha256::new();
    hash.update([1]);
    hash.update(left);
    hash.update(right);
    hash.finalize().into()
}

/// The root of the empty tree: SHA-256 of nothing.
pub fn empty_root() -> Hash {
    Sha256::digest([]).into()
}

/// The roots of the full subtrees that a tree of some size falls into, largest first: all that is needed to go on
/// adding leaves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    roots: Vec<Hash>,
}

impl Frontier {
    /// Restores a frontier from its size and its bytes; `None` if they do not fit each other.
    pub fn restore(size: u64, bytes: &[u8]) -> Option<Self> {
        let (chunks, rest) = bytes.as_chunks::<32>();
        let expected = usize::try_from(size.count_ones()).ok()?;
        (rest.is_empty() && chunks.len() == expected).then(|| Self { size, roots: chunks.to_vec() })
    }

    /// The bytes to restore it from.
    pub fn bytes(&self) -> Vec<u8> {
        self.roots.concat()
    }

    /// How many leaves the tree has.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Adds a leaf by its hash. Answers the full subtrees that it completes, as (level, place, hash): level 0 is the
    /// leaf itself.
    pub fn push(&mut self, leaf: Hash) -> Vec<(u32, u64, Hash)> {
        let mut hash = leaf;
        let mut completed = vec![(0, self.size, hash)];
        let mut level = 0;
        while (self.size >> level) & 1 == 1 {
            let Some(left) = self.roots.pop() else { break };
            hash = node_hash(&left, &hash);
            level += 1;
            completed.push((level, self.size >> level, hash));
        }
        self.roots.push(hash);
        self.size += 1;
        completed
    }

    /// The root of the tree.
    pub fn root(&self) -> Hash {
        self.roots
            .iter()
            .rev()
            .copied()
            .reduce(|right, left| node_hash(&left, &right))
            .unwrap_or_else(empty_root)
    }
}

/// The root of a list of leaf hashes.
pub fn root(leaves: &[Hash]) -> Hash {
    let mut frontier = Frontier::default();
    for leaf in leaves {
        frontier.push(*leaf);
    }
    frontier.root()
}

/// The inclusion proof of leaf `index` in the tree of `size` leaves (RFC 9162 section 2.1.3.1). `subtree` gives the
/// root of the leaves `start..end`.
pub fn inclusion_path<E>(
    index: u64,
    size: u64,
    mut subtree: impl FnMut(u64, u64) -> Result<Hash, E>,
) -> Result<Vec<Hash>, E> {
    let (mut start, mut end) = (0, size);
    let mut path = Vec::new();
    while end - start > 1 {
        let split = start + largest_power_below(end - start);
        if index < split {
            path.push(subtree(split, end)?);
            end = split;
        } else {
            path.push(subtree(start, split)?);
            start = split;
        }
    }
    path.reverse();
    Ok(path)
}

/// Whether a leaf is in the tree with this root (RFC 9162 section 2.1.3.2).
pub fn verify_inclusion(leaf: Hash, index: u64, size: u64, path: &[Hash], root: &Hash) -> bool {
    if index >= size {
        return false;
    }
    let (mut node, mut last) = (index, size - 1);
    let mut hash = leaf;
    for sibling in path {
        if last == 0 {
            return false;
        }
        if node & 1 == 1 || node == last {
            hash = node_hash(sibling, &hash);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    last == 0 && hash == *root
}

/// The largest power of two that is smaller than `n`; `n` is at least 2.
const fn largest_power_below(n: u64) -> u64 {
    1 << (n - 1).ilog2()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The eight inputs of the test vectors that the Certificate Transparency projects share.
    fn leaves() -> Vec<Hash> {
        let inputs: [&[u8]; 8] = [
            &[],
            &[0x00],
            &[0x10],
            &[0x20, 0x21],
            &[0x30, 0x31],
            &[0x40, 0x41, 0x42, 0x43],
            &[0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
            &[0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f],
        ];
        inputs.into_iter().map(leaf_hash).collect()
    }

    #[test]
    fn roots_are_those_of_certificate_transparency() {
        let leaves = leaves();
        for (size, expected) in [
            (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
            (2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
            (3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
            (5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"),
            (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
        ] {
            assert_eq!(planet_ontology::hex::encode(&root(&leaves[..size])), expected, "{size} leaves");
        }
    }

    proptest! {
        #[test]
        fn every_leaf_proves_its_place_and_no_other(size in 1_u64..200, pick in 0_u64..200, flip in 0_usize..32) {
            let leaves: Vec<Hash> = (0..size).map(|n| leaf_hash(&n.to_be_bytes())).collect();
            let index = pick % size;
            let range = |start: u64, end: u64| -> Result<Hash, ()> {
                Ok(root(&leaves[usize::try_from(start).unwrap()..usize::try_from(end).unwrap()]))
            };
            let path = inclusion_path(index, size, range).unwrap();
            let top = root(&leaves);
            let mut leaf = leaves[usize::try_from(index).unwrap()];
            prop_assert!(verify_inclusion(leaf, index, size, &path, &top));
            if size > 1 {
                prop_assert!(!verify_inclusion(leaf, (index + 1) % size, size, &path, &top));
            }
            leaf[flip] ^= 1;
            prop_assert!(!verify_inclusion(leaf, index, size, &path, &top));
        }

        #[test]
        fn a_frontier_survives_being_written_down(size in 0_u64..300) {
            let mut frontier = Frontier::default();
            for n in 0..size {
                frontier.push(leaf_hash(&n.to_be_bytes()));
            }
            prop_assert_eq!(Frontier::restore(size, &frontier.bytes()), Some(frontier));
        }
    }
}
