//! How often somebody at one address may knock at doors that cost something: signing in, recovery codes, applications,
//! invitations, founding. Kept in memory only, and for a few minutes. Who is let in is decided elsewhere.

use super::desk::Desk;
use super::sorry::Sorry;
use super::visit::Caller;
use axum::extract::{ConnectInfo, FromRef, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use planet_corridor::actor::Actor;
use planet_corridor::refusal::Refusal;
use planet_ontology::units::Moment;
use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::{Mutex, PoisonError};

/// One knock is forgiven after this long.
const FORGIVEN: i64 = Moment::SECOND;
/// How many knocks may come at once: some forty people who join from one hall, or one who mistypes for a while.
const AT_ONCE: i64 = 120;
/// How many addresses are remembered at the most.
const MOST: usize = 20_000;
/// After how many seconds whoever knocked too often may come back; then a minute's worth of knocks is forgiven.
pub const COME_BACK: u64 = 60;

/// Who knocked, and until when what they knocked is forgiven.
#[derive(Default)]
pub struct Knocks(Mutex<HashMap<IpAddr, i64>>);

impl Knocks {
    /// Counts a knock; refuses it when there were too many. (The generic cell rate algorithm: one number for each address.)
    pub fn knock(&self, from: IpAddr, now: Moment) -> Result<(), Refusal> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            known.retain(|_, until| *until > now.0);
            if known.len() >= MOST {
                known.clear();
            }
        }
        let until = known.entry(household(from)).or_insert(now.0);
        let next = (*until).max(now.0).saturating_add(FORGIVEN);
        if next.saturating_sub(now.0) > AT_ONCE * FORGIVEN {
            let sentence = "That was a lot in a short time. Please wait a minute, then try again.";
            return Err(Refusal::conflict("too_often", sentence));
        }
        *until = next;
        Ok(())
    }
}

/// Those who share a connection: one address of version 4, or the 64 bits that a household has of version 6.
fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
        four @ IpAddr::V4(_) => four,
    }
}

/// Where a request comes from. What a header says of it is believed only when it was sent from this very machine, by the proxy in
/// front of the club; then the last address counts, which the proxy wrote itself.
fn address(headers: &HeaderMap, peer: Option<IpAddr>) -> IpAddr {
    let peer = peer.unwrap_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED));
    if !peer.to_canonical().is_loopback() {
        return peer;
    }
    let told = headers.get_all("x-forwarded-for").iter().next_back().and_then(|value| value.to_str().ok());
    told.and_then(|list| list.rsplit(',').next()?.trim().parse().ok()).unwrap_or(peer)
}

fn knock(desk: &Desk, parts: &Parts) -> Result<(), Sorry> {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|it| it.0.ip());
    Ok(desk.knocks().knock(address(&parts.headers, peer), desk.now())?)
}

/// A handler that takes this is a door at which one has to knock.
pub struct Knock;

impl<S: Send + Sync> FromRequestParts<S> for Knock
where
    Desk: FromRef<S>,
{
    type Rejection = Sorry;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Sorry> {
        knock(&Desk::from_ref(state), parts).map(|()| Self)
    }
}

/// A caller. Guests among them have to knock.
pub struct Known(pub Caller);

impl<S: Send + Sync> FromRequestParts<S> for Known
where
    Desk: FromRef<S>,
{
    type Rejection = Sorry;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Sorry> {
        let caller = Caller::from_request_parts(parts, state).await?;
        if caller.actor == Actor::Guest {
            knock(&caller.desk, parts)?;
        }
        Ok(Self(caller))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Moment {
        Moment(1_795_400_000_000_000).plus_seconds(seconds)
    }

    #[test]
    fn whoever_knocks_too_often_is_let_in_again_later_and_bothers_nobody_else() {
        let (knocks, one, other) =
            (Knocks::default(), IpAddr::from([192, 0, 2, 1]), IpAddr::from([192, 0, 2, 2]));
        for _ in 0..AT_ONCE {
            knocks.knock(one, at(0)).unwrap();
        }
        let refusal = knocks.knock(one, at(0)).unwrap_err();
        assert_eq!((refusal.code.as_str(), refusal.sentence.len() > 20), ("too_often", true));
        knocks.knock(other, at(0)).unwrap();
        for _ in 0..60 {
            knocks.knock(one, at(60)).unwrap();
        }
        assert!(knocks.knock(one, at(60)).is_err());
        for _ in 0..AT_ONCE {
            knocks.knock(one, at(10_000)).unwrap();
        }
    }

    #[test]
    fn a_flood_of_addresses_fills_no_memory() {
        let knocks = Knocks::default();
        for n in 0..50_000_u32 {
            knocks.knock(IpAddr::from(n.to_be_bytes()), at(0)).unwrap();
        }
        assert!(knocks.0.lock().unwrap().len() <= MOST);
    }

    #[test]
    fn a_forwarded_address_is_believed_from_this_machine_only() {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "203.0.113.9, 198.51.100.7".parse().unwrap());
        let (proxy, stranger) = (IpAddr::from([127, 0, 0, 1]), IpAddr::from([192, 0, 2, 1]));
        assert_eq!(address(&headers, Some(proxy)), IpAddr::from([198, 51, 100, 7]), "what the proxy wrote");
        assert_eq!(address(&headers, Some(stranger)), stranger);
        assert_eq!(address(&HeaderMap::new(), Some(proxy)), proxy);
        headers.insert("x-forwarded-for", "nonsense".parse().unwrap());
        assert_eq!(address(&headers, Some(proxy)), proxy);
    }

    #[test]
    fn a_household_has_many_addresses_of_version_six() {
        let six = |text: &str| household(text.parse().unwrap());
        assert_eq!(six("2001:db8:1:2:3:4:5:6"), six("2001:db8:1:2:ffff::1"));
        assert_ne!(six("2001:db8:1:2::1"), six("2001:db8:1:3::1"));
        assert_eq!(six("::ffff:192.0.2.1"), six("192.0.2.1"));
    }
}
