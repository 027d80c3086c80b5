//! What the card processor sends by itself: believed only with its signature, over the raw bytes, and only for five minutes.
//! Even then it is a hint: whoever gets one asks the processor how things stand.

use planet_ontology::units::Moment;
use ring::hmac;
use serde_json::Value;

/// How old or how far ahead a signature may be, in seconds.
const TOLERANCE: i64 = 300;
/// How many signatures of one message are looked at.
const MOST_SIGNATURES: usize = 8;

/// Why a message is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// No signature, or none that can be read.
    #[error("This message bears no signature.")]
    Missing,
    /// A signature by somebody else, or of something else.
    #[error("The signature of this message is wrong.")]
    Wrong,
    /// A message that was kept, or a clock that is wrong.
    #[error("This message was signed at another time.")]
    OutOfTime,
    /// Signed, and no event.
    #[error("This message makes no sense.")]
    Unclear,
}

/// An event, as far as we read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The processor's id of it: `evt_…`.
    pub id: String,
    /// What it is about, if that is a `PaymentIntent`: `pi_…`.
    pub intent: Option<String>,
}

/// Believes a message if its header `t=<seconds>,v1=<hex>` holds the HMAC-SHA256 of `<t>.<body>` under the secret, and is of now.
pub fn verify(secret: &str, header: &str, body: &[u8], now: Moment) -> Result<Event, SignatureError> {
    let (mut time, mut signatures) = ("", Vec::new());
    for part in header.split(',') {
        match part.trim().split_once('=') {
            Some(("t", value)) => time = value,
            Some(("v1", value)) if signatures.len() < MOST_SIGNATURES => signatures.push(value),
            _ => {}
        }
    }
    let seconds: i64 = time.parse().map_err(|_| SignatureError::Missing)?;
    if signatures.is_empty() {
        return Err(SignatureError::Missing);
    }
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let signed = [time.as_bytes(), b".", body].concat();
    // `hmac::verify` compares in constant time.
    let genuine =
        signatures.iter().filter_map(|it| decoded(it)).any(|it| hmac::verify(&key, &signed, &it).is_ok());
    if !genuine {
        return Err(SignatureError::Wrong);
    }
    if now.seconds().saturating_sub(seconds).saturating_abs() > TOLERANCE {
        return Err(SignatureError::OutOfTime);
    }
    let event: Value = serde_json::from_slice(body).map_err(|_| SignatureError::Unclear)?;
    let id = event.get("id").and_then(Value::as_str).filter(|id| id.starts_with("evt_") && id.len() <= 100);
    let about = event.pointer("/data/object/id").and_then(Value::as_str);
    let intent = about.filter(|id| id.starts_with("pi_") && id.len() <= 100).map(str::to_owned);
    Ok(Event { id: id.ok_or(SignatureError::Unclear)?.to_owned(), intent })
}

/// Bytes from hex of the length of a signature.
fn decoded(hex: &str) -> Option<Vec<u8>> {
    if hex.len() != 64 || !hex.is_ascii() {
        return None;
    }
    (0..32).map(|at| u8::from_str_radix(hex.get(2 * at..2 * at + 2)?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment(1_795_400_000 * Moment::SECOND);
    const BODY: &[u8] =
        br#"{"id":"evt_1","type":"payment_intent.succeeded","data":{"object":{"id":"pi_1"}}}"#;

    fn signed(secret: &str, time: i64, body: &[u8]) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
        let tag = hmac::sign(&key, &[format!("{time}.").as_bytes(), body].concat());
        let hex: Vec<String> = tag.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        format!("t={time},v1={}", hex.concat())
    }

    #[test]
    fn only_what_the_processor_signed_just_now_is_believed() {
        let now = NOW.seconds();
        let header = signed("whsec_1", now, BODY);
        assert_eq!(
            verify("whsec_1", &header, BODY, NOW),
            Ok(Event { id: "evt_1".into(), intent: Some("pi_1".into()) })
        );
        let rolled = format!("{header},v1={}", "0".repeat(64));
        assert!(verify("whsec_1", &rolled, BODY, NOW).is_ok(), "secrets are rolled with both signatures");
        let mut altered = BODY.to_vec();
        altered[8] = b'2';
        for (secret, header, body, expected) in [
            ("whsec_2", header.clone(), BODY, SignatureError::Wrong),
            ("whsec_1", header.clone(), altered.as_slice(), SignatureError::Wrong),
            (
                "whsec_1",
                header.replace(&format!("t={now}"), &format!("t={}", now + 1)),
                BODY,
                SignatureError::Wrong,
            ),
            ("whsec_1", signed("whsec_1", now - 301, BODY), BODY, SignatureError::OutOfTime),
            ("whsec_1", signed("whsec_1", now + 301, BODY), BODY, SignatureError::OutOfTime),
            ("whsec_1", signed("whsec_1", i64::MIN, BODY), BODY, SignatureError::OutOfTime),
            ("whsec_1", format!("t={now}"), BODY, SignatureError::Missing),
            ("whsec_1", format!("t={now},v1=abc"), BODY, SignatureError::Wrong),
            ("whsec_1", String::new(), BODY, SignatureError::Missing),
            ("whsec_1", signed("whsec_1", now, b"[]"), b"[]".as_slice(), SignatureError::Unclear),
        ] {
            assert_eq!(verify(secret, &header, body, NOW), Err(expected), "{header}");
        }
    }
}
