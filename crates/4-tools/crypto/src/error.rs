//! What can go wrong with watched coins.

use planet_corridor::refusal::RefusalKind;
use planet_exchange::chain::{AccountError, SignedError};

/// Why something about coins is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CryptoError {
    /// No such chain.
    #[error("Choose bitcoin or evm.")]
    ChainUnknown,
    /// No such network.
    #[error("There is no such network on this chain.")]
    NetworkUnknown,
    /// Not a key.
    #[error(transparent)]
    Key(#[from] AccountError),
    /// Not an address.
    #[error(
        "This is not an address. An address begins with 0x and has 40 more letters and digits; check each of them."
    )]
    AddressWrong,
    /// Two wallets on one chain.
    #[error("You have a wallet on this chain already.")]
    AlreadyWatched,
    /// No wallet.
    #[error("You have no wallet on this chain yet.")]
    NotWatched,
    /// Too many addresses out that nobody paid to.
    #[error(
        "Twenty of your addresses still wait for a first payment. Give out one of those again: another wallet with your words would not find coins further on."
    )]
    TooManyUnused,
    /// No such address.
    #[error("There is no such address in your wallet.")]
    PlaceUnknown,
    /// Not a signed transaction.
    #[error(transparent)]
    Signed(#[from] SignedError),
    /// Signed by somebody else, or for coins of somebody else.
    #[error("This does not spend from your wallet.")]
    NotYours,
    /// Signed for another chain.
    #[error("This was signed for another chain than the one your wallet is on.")]
    OtherNetwork,
    /// A coin that is spent already.
    #[error("One of these coins is spent already. Look at your history, then make the payment anew.")]
    SpentAlready,
    /// A fee that nobody wants to pay.
    #[error("The fee of this payment is far too high. Make it anew.")]
    FeeAbsurd,
    /// The same once more.
    #[error("This payment is on its way already.")]
    OnItsWay,
    /// Too much at once.
    #[error("Several of your payments still wait to be handed to the chain. Please wait a little.")]
    TooManyQueued,
    /// No such token.
    #[error("This token is not in your list.")]
    TokenUnknown,
    /// A token that says nothing sensible of itself.
    #[error("This does not look like a token: it needs a short name and up to 36 decimals.")]
    TokenWrong,
    /// A long list.
    #[error("Your list has 30 tokens. Take one off first.")]
    TooManyTokens,
    /// A chain's answer that comes too late, or twice.
    #[error("The chain has moved on since.")]
    Late,
    /// A chain's answer that makes no sense.
    #[error("The chain's node sent something that makes no sense.")]
    Nonsense,
    /// Nobody to ask.
    #[error("This club's node watches no such chain.")]
    NoSource,
    /// The chain's node does not answer.
    #[error("The chain cannot be reached at the moment. Please try again in a few minutes.")]
    Unreachable,
}

impl CryptoError {
    /// A stable word for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::ChainUnknown => "chain_unknown",
            Self::NetworkUnknown => "network_unknown",
            Self::Key(AccountError::Secret) => "secret_key",
            Self::Key(AccountError::OtherNetwork) => "key_of_other_network",
            Self::Key(AccountError::NotAKey) => "not_a_key",
            Self::AddressWrong => "address_wrong",
            Self::AlreadyWatched => "already_watched",
            Self::NotWatched => "not_watched",
            Self::TooManyUnused => "too_many_unused",
            Self::PlaceUnknown => "place_unknown",
            Self::Signed(SignedError::Unreadable) => "not_a_transaction",
            Self::Signed(SignedError::NotSigned) => "not_signed",
            Self::NotYours => "not_yours",
            Self::OtherNetwork => "other_network",
            Self::SpentAlready => "spent_already",
            Self::FeeAbsurd => "fee_absurd",
            Self::OnItsWay => "on_its_way",
            Self::TooManyQueued => "too_many_queued",
            Self::TokenUnknown => "token_unknown",
            Self::TokenWrong => "token_wrong",
            Self::TooManyTokens => "too_many_tokens",
            Self::Late => "late",
            Self::Nonsense => "chain_nonsense",
            Self::NoSource => "no_source",
            Self::Unreachable => "chain_unreachable",
        }
    }

    /// What kind of answer it is.
    pub const fn kind(&self) -> RefusalKind {
        match self {
            Self::NotWatched | Self::PlaceUnknown | Self::TokenUnknown => RefusalKind::NotFound,
            Self::AlreadyWatched
            | Self::TooManyUnused
            | Self::SpentAlready
            | Self::OnItsWay
            | Self::TooManyQueued
            | Self::TooManyTokens
            | Self::Late
            | Self::NoSource
            | Self::Unreachable => RefusalKind::Conflict,
            _ => RefusalKind::Input,
        }
    }

    /// The form field that is wrong.
    pub const fn field(&self) -> Option<&'static str> {
        match self {
            Self::AddressWrong | Self::TokenWrong => Some("contract"),
            Self::Key(_) => Some("key"),
            _ => None,
        }
    }
}

planet_corridor::refuses!(CryptoError);
