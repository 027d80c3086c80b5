//! The club's vocabulary: one word per idea, with a definition that a member can read at /about/words.

/// A word and what it means here.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// The word, as it is used in code, pages and documents.
    pub word: &'static str,
    /// What it means, in a sentence or two.
    pub meaning: &'static str,
}

/// All words, in alphabetical order.
pub const WORDS: &[Word] = &[
    Word {
        word: "account",
        meaning: "What a member or a group holds of one currency. Every account starts at zero.",
    },
    Word {
        word: "act",
        meaning: "Anything that changes something: a payment, a post, a new member. Every act goes the same way: the rules are asked, it is done or refused, and it is written down.",
    },
    Word { word: "agent", meaning: "Whoever can act and own: a member or a group." },
    Word {
        word: "assumption",
        meaning: "A statement about people or the world that the club builds its rules on. Any member may add one.",
    },
    Word {
        word: "audience",
        meaning: "Who may see something: everybody, the club, a group, a circle, or only you.",
    },
    Word {
        word: "checkpoint",
        meaning: "A signed statement of how long the club's record is and what it adds up to. Keep one, and nobody can rewrite the past without you noticing.",
    },
    Word {
        word: "circle",
        meaning: "People you chose, such as family or friends, to whom you show more of yourself.",
    },
    Word {
        word: "claim",
        meaning: "Something you say about yourself, such as a skill, that others can review.",
    },
    Word { word: "club", meaning: "All members together. It belongs to them, one member one vote." },
    Word {
        word: "currency",
        meaning: "A kind of money: the club's own mutual credit, hours, vouchers, or money of a state.",
    },
    Word {
        word: "dues",
        meaning: "What each member pays the club again and again, as the members have decided. Whoever cannot pay asks for help without giving reasons.",
    },
    Word {
        word: "event",
        meaning: "What the club's record says about one act: who, what, when, and under which rules.",
    },
    Word {
        word: "group",
        meaning: "Members who do something together, with a profile and a wallet of their own. The club is the first group.",
    },
    Word {
        word: "invitation",
        meaning: "A link or a printed code by which a member brings somebody into the club.",
    },
    Word {
        word: "licence",
        meaning: "Leave you give to somebody to see or use a detail of yours, on your terms, until you take it back.",
    },
    Word {
        word: "limit",
        meaning: "How far an account may go below zero and how much it may gather. Limits are set by the members.",
    },
    Word {
        word: "local relevance",
        meaning: "How far a post matters: street, neighbourhood, town, district, country or world.",
    },
    Word { word: "member", meaning: "A person who belongs to the club." },
    Word { word: "mode", meaning: "What a group is for: chat, working or trading." },
    Word {
        word: "mutual credit",
        meaning: "Money that members make by trading. One account goes down by what the other goes up, so all accounts together are always zero. No interest.",
    },
    Word {
        word: "passkey",
        meaning: "A key on your phone or computer that signs you in with a fingerprint, a face or a PIN instead of a password.",
    },
    Word {
        word: "place",
        meaning: "A street, neighbourhood, town, district or country. You choose one as home; nobody measures where you are.",
    },
    Word {
        word: "procedure",
        meaning: "How something is decided: at once, by consent, by majority, with two signatures.",
    },
    Word {
        word: "proposal",
        meaning: "A question put to members, which carries what will be done if it passes.",
    },
    Word {
        word: "reputation",
        meaning: "What others can know of your conduct, by a formula that the members define together.",
    },
    Word { word: "request", meaning: "A bill: you ask somebody to pay, and they approve or decline." },
    Word { word: "review", meaning: "What another member says about a claim of yours." },
    Word { word: "role", meaning: "What you do for a group: member, treasurer, steward." },
    Word {
        word: "share",
        meaning: "A member's part of the club's own money. It gives no more votes than anybody has, and is repaid at what it cost.",
    },
    Word { word: "wallet", meaning: "All accounts of a member or a group in one place." },
];

#[cfg(test)]
mod tests {
    use super::WORDS;

    #[test]
    fn words_are_in_order_and_defined_once() {
        assert!(WORDS.windows(2).all(|pair| pair[0].word < pair[1].word));
    }
}
