//! References for bank transfers: eight characters that nobody confuses on a phone, the last of which checks the others.

/// 31 signs, a prime, without those that look alike: no 0, 1, I, L, O.
const SIGNS: &[u8; 31] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";
/// How many signs a reference has, the check included.
pub const LENGTH: usize = 8;
/// The longest text of a bank line in which references are looked for.
const LOOKED_AT: usize = 600;

/// A reference drawn from random bytes.
pub fn draw(random: &[u8]) -> String {
    let values: Vec<u32> = random.iter().take(LENGTH - 1).map(|byte| u32::from(*byte) % 31).collect();
    values.iter().copied().chain([check(&values)]).map(sign).collect()
}

/// As it is shown: `7KQ4 M2XB`.
pub fn shown(reference: &str) -> String {
    match reference.split_at_checked(LENGTH / 2) {
        Some((head, tail)) => format!("{head} {tail}"),
        None => reference.to_owned(),
    }
}

/// All references that a text could hold, however it was spaced, written or run together with other words.
pub fn found_in(text: &str) -> Vec<String> {
    let signs: Vec<char> = text
        .chars()
        .take(LOOKED_AT)
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let mut found: Vec<String> = signs
        .windows(LENGTH)
        .map(|window| window.iter().collect())
        .filter(|it: &String| is_one(it))
        .collect();
    found.dedup();
    found
}

/// Whether the last sign agrees with the others.
pub fn is_one(text: &str) -> bool {
    let values: Option<Vec<u32>> = text.bytes().map(value).collect();
    values.is_some_and(|values| {
        values.split_last().is_some_and(|(last, rest)| rest.len() == LENGTH - 1 && check(rest) == *last)
    })
}

/// A weighted sum modulo a prime: it differs when one sign is wrong, and when two neighbours change places.
fn check(values: &[u32]) -> u32 {
    values.iter().zip(1..).fold(0, |sum, (value, weight)| (sum + value * weight) % 31)
}

fn value(byte: u8) -> Option<u32> {
    SIGNS.iter().position(|sign| *sign == byte).and_then(|at| u32::try_from(at).ok())
}

fn sign(value: u32) -> char {
    usize::try_from(value).ok().and_then(|at| SIGNS.get(at)).map_or('2', |byte| char::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_reference_is_found_however_the_bank_prints_it() {
        let reference = draw(&[7, 200, 13, 99, 41, 250, 3]);
        let (head, tail) = reference.split_at(4);
        for text in [
            reference.clone(),
            format!("ref {head} {tail} thank you"),
            format!("SVWZ+{}-{}", head.to_lowercase(), tail),
            format!("FASTER PAYMENT {reference}BEN YILMAZ"),
        ] {
            assert!(found_in(&text).contains(&reference), "{text}");
        }
        assert_eq!(shown(&reference), format!("{head} {tail}"));
        assert!(found_in("rent for november").is_empty());
        assert!(found_in("").is_empty());
    }

    proptest! {
        #[test]
        fn one_wrong_sign_or_two_neighbours_exchanged_are_noticed(random in prop::array::uniform7(any::<u8>()), at in 0_usize..8, other in 0_usize..31) {
            let reference = draw(&random);
            prop_assert!(is_one(&reference));
            let mut wrong: Vec<char> = reference.chars().collect();
            wrong[at] = char::from(SIGNS[other]);
            let wrong: String = wrong.into_iter().collect();
            prop_assert_eq!(is_one(&wrong), wrong == reference);
            let mut swapped: Vec<char> = reference.chars().collect();
            swapped.swap(at.min(6), at.min(6) + 1);
            let swapped: String = swapped.into_iter().collect();
            prop_assert!(at.min(6) == 6 || is_one(&swapped) == (swapped == reference));
        }
    }
}
