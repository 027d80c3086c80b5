//! A club whose members hold their keys, and what their browsers send: real credentials, and frames around nothing.

use planet_corridor::corridor::Corridor;
use planet_corridor::refusal::Fault;
use planet_corridor::registry::Registry;
use planet_identity::encoding::b64u;
use planet_identity::keys::Key;
use planet_identity::managed::{self, Secrets};
use planet_identity::rows::did_logs;
use planet_identity::webvh::Location;
use planet_identity::webvh::location::Kind;
use planet_identity::webvh::member::first_entry;
use planet_kit::testing::{self, Somebody};
pub use planet_kit::testing::{ADA, BEN, CAT, NOW, by, code};
use planet_ontology::hex;
use planet_ontology::ids::MemberId;
use planet_ontology::roles::Role;
use planet_private::acts::devices::{AddDevice, OfferPackages};
use planet_private::acts::log::{Commit, Placed, Send};
use planet_private::acts::people::Start;
use planet_store::{Migration, Store};
use uuid::Uuid;

/// Belongs to the club and to no conversation.
pub const EVE: MemberId = MemberId(Uuid::from_u128(0xe7e));

/// Everybody.
pub const PEOPLE: [Somebody; 4] = [
    (ADA, "ada", Role::Member),
    (BEN, "ben", Role::Member),
    (CAT, "cat", Role::Member),
    (EVE, "eve", Role::Member),
];

/// A device for each member: the same number, counted on.
pub const fn device(member: MemberId, number: u128) -> Uuid {
    Uuid::from_u128(member.0.as_u128() * 16 + number)
}

pub fn migrations() -> Vec<Migration> {
    [planet_corridor::MIGRATIONS, planet_identity::MIGRATIONS, planet_private::MIGRATIONS].concat()
}

fn secrets(member: MemberId) -> Secrets {
    let mut entropy = [0; 64];
    entropy[..16].copy_from_slice(member.0.as_bytes());
    Secrets::from_entropy(&entropy)
}

fn location(member: MemberId) -> Location {
    Location::new("http://localhost:7700", Kind::Person, &format!("m{:x}", member.0.as_u128())).unwrap()
}

pub fn key(member: MemberId) -> Key {
    secrets(member).device_key(1)
}

pub fn did(member: MemberId) -> String {
    let made = managed::create(&location(member), &secrets(member), NOW).unwrap();
    first_entry(&made.line, &location(member), NOW).unwrap().latest().unwrap().did.as_str().to_owned()
}

/// The club, in which everybody has an identity with keys of their own.
pub async fn club(store: &Store) -> Corridor {
    let corridor = testing::club(store, &PEOPLE, planet_private::register(Registry::default())).await;
    for (member, ..) in PEOPLE {
        let made = managed::create(&location(member), &secrets(member), NOW).unwrap();
        let place = location(member);
        let log = first_entry(&made.line, &place, NOW).unwrap();
        store
            .write(move |tx| did_logs::host(tx, member.into(), &place, &log, &made.line, None, NOW))
            .await
            .unwrap();
    }
    corridor
}

/// The credential of a device, signed by a key that claims to be the member's.
pub fn credential(of: &str, id: Uuid, signer: &Key) -> String {
    let leaf = hex::encode(&[7; 32]);
    let text = format!("planet private device v1\n{of}\n{id}\n{leaf}\n");
    let signature = hex::encode(&signer.sign(text.as_bytes()));
    format!(
        r#"{{"by":"{}","device":"{id}","did":"{of}","key":"{leaf}","signature":"{signature}","v":1}}"#,
        signer.multikey()
    )
}

pub fn adding(member: MemberId, number: u128) -> AddDevice {
    let id = device(member, number);
    AddDevice { device: id, name: "Phone".into(), credential: credential(&did(member), id, &key(member)) }
}

/// A key package, as its outside looks.
pub fn package(number: u8) -> String {
    b64u(&[0, 1, 0, 5, number])
}

/// A member's browser, set up, with so many packages and a last resort.
pub async fn set_up(corridor: &Corridor, member: MemberId, number: u128, packages: u8) -> Uuid {
    let id = device(member, number);
    corridor.act(by(member), adding(member, number)).await.unwrap();
    let (whose, salt) = (member.0.as_bytes()[15], u8::try_from(number).unwrap());
    let offer = OfferPackages {
        device: id,
        packages: (0..packages).map(|it| b64u(&[0, 1, 0, 5, whose, salt, it])).collect(),
        last_resort: Some(b64u(&[0, 1, 0, 5, whose, salt, 255])),
        expires: NOW.plus_seconds(86_400),
    };
    corridor.act(by(member), offer).await.unwrap();
    id
}

/// An MLS private message, as its outside looks.
pub fn framed(conversation: Uuid, epoch: u64, content: u8, within: &[u8]) -> String {
    b64u(
        &[&[0, 1, 0, 2, 16], conversation.as_bytes().as_slice(), &epoch.to_be_bytes(), &[content], within]
            .concat(),
    )
}

pub async fn start(corridor: &Corridor, who: MemberId, people: &[MemberId]) -> Uuid {
    let start = Start { people: people.to_vec() };
    corridor.act(by(who), start).await.unwrap().output.unwrap().conversation
}

pub fn message(conversation: Uuid, device: Uuid, epoch: u64, within: &str) -> Send {
    let body = framed(conversation, epoch, 1, within.as_bytes());
    Send { conversation, device, id: Uuid::new_v4(), body, archive: None }
}

pub async fn send(corridor: &Corridor, who: MemberId, message: Send) -> Result<Placed, Fault> {
    corridor.act(by(who), message).await.map(|done| done.output.unwrap())
}

pub fn commit(conversation: Uuid, device: Uuid, epoch: u64, lets_in: &[Uuid]) -> Commit {
    Commit {
        conversation,
        device,
        id: Uuid::new_v4(),
        body: framed(conversation, epoch, 3, &[1, 2, 3]),
        welcome: (!lets_in.is_empty()).then(|| b64u(&[0, 1, 0, 3, 9])),
        welcomes: lets_in.to_vec(),
    }
}
