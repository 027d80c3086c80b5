//! The guarded client, for whoever asks an address that the operator named: it follows nothing, waits for nobody for long and reads
//! no more than it has to. What is asked, and what an answer means, is not known here.

use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, StatusCode};
use std::time::Duration;

/// No connection takes longer.
const CONNECT: Duration = Duration::from_secs(5);

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unanswered {
    /// Nobody is there, or nobody answers in time.
    Unreachable,
    /// The answer is longer than anything that makes sense.
    TooLarge,
}

/// A client for which no answer takes longer than this. None if TLS cannot be had.
pub(crate) fn client(timeout: Duration) -> Option<Client> {
    // Fails only if a provider is installed already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = Client::builder().timeout(timeout).connect_timeout(CONNECT.min(timeout));
    client.redirect(Policy::none()).no_proxy().build().ok()
}

/// Asks, and reads an answer of so many bytes at the most.
pub(crate) async fn ask(
    request: RequestBuilder,
    largest: usize,
) -> Result<(StatusCode, Vec<u8>), Unanswered> {
    let mut response = request.send().await.map_err(|_| Unanswered::Unreachable)?;
    let status = response.status();
    let mut body = Vec::new();
    while let Some(part) = response.chunk().await.map_err(|_| Unanswered::Unreachable)? {
        if body.len().saturating_add(part.len()) > largest {
            return Err(Unanswered::TooLarge);
        }
        body.extend_from_slice(&part);
    }
    Ok((status, body))
}
