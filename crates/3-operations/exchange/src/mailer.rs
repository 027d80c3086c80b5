//! The mailer: takes mails out of the outbox and hands them to a mail server. Without a server there is no mailer, and mails
//! wait in the outbox.

use crate::error::ExchangeError;
use crate::outbox::{self, ORIGIN, PATIENCE, TRIES, Waiting};
use lettre::message::Mailbox;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use planet_ontology::units::Moment;
use planet_store::{Error, Store};
use std::time::Duration;

/// How many mails one round takes.
const ROUND: i64 = 20;
/// How long the server may take for one mail.
const TIMEOUT: Duration = Duration::from_secs(20);
/// How often the outbox is looked into.
const PAUSE: Duration = Duration::from_secs(5);

/// Sends mails through one server in the name of one sender.
pub struct Mailer {
    server: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    origin: String,
}

impl Mailer {
    /// A mailer for a server like `smtps://user:password@mail.example.org` or `smtp://localhost:25`; `from` is the sender, and
    /// `origin` the club's web address, which links in mails begin with. Needs a tokio runtime, for its connections.
    pub fn new(server: &str, from: &str, origin: &str) -> Result<Self, ExchangeError> {
        let wrong = || ExchangeError::MailServerWrong(without_password(server));
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(server).map_err(|_| wrong())?;
        let from = from.parse().map_err(|_| ExchangeError::SenderWrong(from.to_owned()))?;
        Ok(Self { server: transport.timeout(Some(TIMEOUT)).build(), from, origin: origin.to_owned() })
    }

    /// Tries the mails whose turn it is. Answers how many were sent.
    pub async fn deliver(&self, store: &Store, now: Moment) -> Result<usize, ExchangeError> {
        let mut delivered = 0;
        for mail in store.read(move |tx| outbox::due(tx, now, ROUND)).await? {
            // Claimed before it is sent, for two nodes on one database; so a crash in between delays it, and no mail goes out twice.
            let next_try = now.plus_seconds(60_i64.saturating_mul(1 << mail.tries.clamp(0, 10)));
            let (id, tries, created) = (mail.id, mail.tries, mail.created);
            let claimed = mail.clone();
            if !store.write(move |tx| outbox::claim(tx, &claimed, next_try)).await? {
                continue;
            }
            match self.send(&mail).await {
                Ok(()) => {
                    delivered += 1;
                    store.write(move |tx| outbox::sent(tx, id, now)).await?;
                }
                Err(problem) => {
                    tracing::warn!(%id, problem, "a mail could not be sent");
                    let last = tries + 1 >= TRIES || created.plus_seconds(PATIENCE) <= now;
                    store
                        .write(move |tx| {
                            if last {
                                outbox::give_up(tx, id, &problem, now)
                            } else {
                                outbox::not_sent(tx, id, &problem)
                            }
                        })
                        .await?;
                }
            }
        }
        Ok(delivered)
    }

    /// Sends whatever comes, until the task is dropped.
    pub async fn run(&self, store: Store, clock: impl Fn() -> Moment + Send + Sync) {
        loop {
            match self.deliver(&store, clock()).await {
                Ok(_) => {}
                Err(ExchangeError::Store(Error::Closed)) => return,
                Err(error) => {
                    tracing::error!(%error, "the outbox could not be worked through and will be tried again");
                }
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    async fn send(&self, mail: &Waiting) -> Result<(), String> {
        let to: Address = mail.to.parse().map_err(|_| "The address is not one.".to_owned())?;
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(&mail.subject)
            .body(mail.body.replace(ORIGIN, &self.origin))
            .map_err(|error| error.to_string())?;
        self.server.send(message).await.map(drop).map_err(|error| error.to_string())
    }
}

/// A server's address without what nobody may read in a log.
fn without_password(server: &str) -> String {
    match (server.split_once("://"), server.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, host))) => format!("{scheme}://…@{host}"),
        _ => server.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_server_or_sender_that_is_none_is_named_without_the_password() {
        let refused = |server, from| Mailer::new(server, from, "https://club.example").err().unwrap();
        let error = refused("mail://ada:secret@mail.example", "club@club.example");
        assert_eq!(error.code(), "mail_server_wrong");
        assert!(error.to_string().contains("mail://…@mail.example") && !error.to_string().contains("secret"));
        assert_eq!(refused("smtp://localhost:25", "nobody").code(), "sender_wrong");
        assert!(
            Mailer::new("smtp://localhost:25", "Our Club <club@club.example>", "https://club.example")
                .is_ok()
        );
    }
}
