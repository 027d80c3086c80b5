//! Why something could not be sent, for whoever runs the node.

use planet_store::{Error, MaybeRetry};

/// What went wrong on the way out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExchangeError {
    /// Not the address of a mail server.
    #[error(
        "“{0}” is not a mail server. Write smtps://user:password@mail.example.org, or smtp://localhost:25."
    )]
    MailServerWrong(String),
    /// Not an address for mail.
    #[error("“{0}” is not an address for mail. Write club@example.org, or Our Club <club@example.org>.")]
    SenderWrong(String),
    /// Not the address of a chain's node. It is not repeated, since it may hold a password.
    #[error(
        "That is not the address of a chain's node. Write http://user:password@localhost:8332, or esplora+https://host/api."
    )]
    ChainAddressWrong,
    /// Not the address of a card processor.
    #[error(
        "That is not the address of a card processor. Write https://api.example.com; without TLS only on this machine."
    )]
    CardAddressWrong,
    /// Keys that cannot be right. They are not repeated.
    #[error(
        "The card processor's secret key begins with sk_ or rk_, and its webhook secret has eight characters or more."
    )]
    CardKeysWrong,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] Error),
}

impl ExchangeError {
    /// A stable word for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::MailServerWrong(_) => "mail_server_wrong",
            Self::SenderWrong(_) => "sender_wrong",
            Self::ChainAddressWrong => "chain_address_wrong",
            Self::CardAddressWrong => "card_address_wrong",
            Self::CardKeysWrong => "card_keys_wrong",
            Self::Store(_) => "store",
        }
    }
}

impl MaybeRetry for ExchangeError {
    fn store_error(&self) -> Option<&Error> {
        match self {
            Self::Store(error) => Some(error),
            _ => None,
        }
    }
}
