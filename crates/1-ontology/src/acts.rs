//! What can be said of an act without performing it: its name, what it touches, what it leaves behind.

/// What an act leaves in the event log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trace {
    /// An event of its own: the rule.
    Recorded,
    /// Only numbers: key strokes, chat messages, visits.
    Counted,
    /// Only a number for the day, and not even the outcome is remembered, so that nothing connects what was done with a moment: secret
    /// ballots. Done twice it has to be the same as done once.
    Forgotten,
}

/// What an act needs before it is even considered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Authority {
    /// Nothing: a visitor may try.
    Nobody,
    /// A signed-in member.
    Session,
    /// Only the node's own code submits it, after checks of its own (a passkey, a job that is due).
    House,
}

/// Whether an act moves value, and on whose word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moves {
    /// Nothing moves: the rule. The corridor refuses what moves value all the same.
    Nothing,
    /// Somebody spends: from their own wallet, or from a group's as far as its rule lets them. What the act touches has to
    /// say who decides.
    Spends,
    /// What was promised before comes about: somebody takes what was put aside for them, money has arrived, terms are kept,
    /// demurrage is due.
    Promised,
}

/// The description of an act, for generators and for the list of acts.
#[derive(Clone, Copy, Debug)]
pub struct ActDescription {
    /// Tool and verb: `wallet.pay`.
    pub name: &'static str,
    /// Version of its shape; decoders are kept for ever.
    pub version: u16,
    /// What it does, in a sentence a member understands.
    pub about: &'static str,
    /// The entity type that it touches.
    pub resource: &'static str,
    /// What it leaves in the log.
    pub trace: Trace,
    /// What it needs.
    pub authority: Authority,
    /// Whether it moves value.
    pub moves: Moves,
}

/// The tool that an act belongs to, by the act's name: `wallet` of `wallet.pay`.
pub fn tool_of(act: &str) -> &str {
    act.split('.').next().unwrap_or(act)
}
