//! Browsers are set up, named and taken out of use by their owner, and nobody else's key makes one.

use crate::browsers::*;
use planet_private::acts::devices::{AddDevice, OfferPackages, RenameDevice, RevokeDevice, TakePackages};
use planet_private::views::Conversation;
use planet_private::views::devices::{Devices, Person};
use planet_store::{Store, both_engines};

both_engines! { migrations();

    async fn a_browser_is_set_up_named_and_taken_out_of_use(store: Store) {
        let corridor = club(&store).await;
        let phone = set_up(&corridor, ADA, 1, 2).await;
        corridor.act(by(ADA), RenameDevice { device: phone, name: "  My  phone ".into() }).await.unwrap();
        let ada = corridor.viewer(ADA).await.unwrap();
        let view = corridor.view(&ada, Devices {}, NOW).await.unwrap();
        let [only] = view.devices.as_slice() else { panic!("{view:?}") };
        assert_eq!((only.name.as_str(), only.packages, only.revoked), ("My phone", 2, None));
        assert_eq!(view.did.unwrap(), did(ADA));
        corridor.act(by(ADA), RevokeDevice { device: phone }).await.unwrap();
        let view = corridor.view(&ada, Devices {}, NOW).await.unwrap();
        assert_eq!((view.devices[0].packages, view.devices[0].revoked), (0, Some(NOW)));
        let ben = corridor.viewer(BEN).await.unwrap();
        assert!(!corridor.view(&ben, Person { handle: "ada".into() }, NOW).await.unwrap().reachable);
        assert_eq!(code(corridor.act(by(ADA), RenameDevice { device: phone, name: "x".into() }).await), "device_unknown");
    }

    async fn a_browser_that_the_members_own_key_did_not_sign_is_refused(store: Store) {
        let corridor = club(&store).await;
        let id = device(ADA, 1);
        for (why, credential) in [
            ("signed by Ben", credential(&did(ADA), id, &key(BEN))),
            ("says that it is Ben's", credential(&did(BEN), id, &key(BEN))),
            ("for another device", credential(&did(ADA), device(ADA, 2), &key(ADA))),
            ("written another way", format!(" {}", credential(&did(ADA), id, &key(ADA)))),
            ("nothing", String::new()),
        ] {
            let act = AddDevice { device: id, name: "Phone".into(), credential };
            assert_eq!(code(corridor.act(by(ADA), act).await), "credential_wrong", "{why}");
        }
        corridor.act(by(ADA), adding(ADA, 1)).await.unwrap();
        assert_eq!(code(corridor.act(by(ADA), adding(ADA, 1)).await), "device_taken");
    }

    async fn nobody_touches_the_browsers_of_others(store: Store) {
        let corridor = club(&store).await;
        let phone = set_up(&corridor, ADA, 1, 1).await;
        assert_eq!(code(corridor.act(by(BEN), RevokeDevice { device: phone }).await), "device_unknown");
        let offer = OfferPackages { device: phone, packages: vec![package(1)], last_resort: None, expires: NOW.plus_seconds(60) };
        assert_eq!(code(corridor.act(by(BEN), offer).await), "device_unknown");
    }

    async fn ten_browsers_are_enough(store: Store) {
        let corridor = club(&store).await;
        for number in 0..10 {
            corridor.act(by(ADA), adding(ADA, number)).await.unwrap();
        }
        assert_eq!(code(corridor.act(by(ADA), adding(ADA, 10)).await), "too_many_devices");
        corridor.act(by(ADA), RevokeDevice { device: device(ADA, 0) }).await.unwrap();
        corridor.act(by(ADA), adding(ADA, 10)).await.unwrap();
    }

    async fn packages_are_handed_out_once_and_then_the_last_resort_again_and_again(store: Store) {
        let corridor = club(&store).await;
        set_up(&corridor, ADA, 1, 0).await;
        let phone = set_up(&corridor, BEN, 1, 2).await;
        let talk = start(&corridor, ADA, &[BEN]).await;
        let mut taken = Vec::new();
        for _ in 0..4 {
            let take = TakePackages { conversation: talk, devices: vec![phone, phone] };
            let given = corridor.act(by(ADA), take).await.unwrap().output.unwrap();
            assert_eq!(given.len(), 1);
            taken.push(given[0].package.clone().unwrap());
        }
        assert_ne!(taken[0], taken[1]);
        assert_ne!(taken[1], taken[2]);
        assert_eq!(taken[2], taken[3], "the last resort");
        let eve = TakePackages { conversation: talk, devices: vec![phone] };
        assert_eq!(code(corridor.act(by(EVE), eve).await), "conversation_unknown");
    }

    async fn a_browser_that_left_nothing_cannot_be_taken_in(store: Store) {
        let corridor = club(&store).await;
        set_up(&corridor, ADA, 1, 0).await;
        corridor.act(by(BEN), adding(BEN, 1)).await.unwrap();
        let talk = start(&corridor, ADA, &[BEN]).await;
        let take = |device| TakePackages { conversation: talk, devices: vec![device] };
        assert_eq!(code(corridor.act(by(ADA), take(device(BEN, 1))).await), "no_key_packages");
        assert_eq!(code(corridor.act(by(ADA), take(device(CAT, 1))).await), "device_unknown");
        let ada = corridor.viewer(ADA).await.unwrap();
        let view = corridor.view(&ada, Conversation { id: talk }, NOW).await.unwrap();
        assert_eq!(view.devices.len(), 2);
    }

    async fn what_is_no_key_package_or_lasts_too_long_is_refused(store: Store) {
        let corridor = club(&store).await;
        let phone = set_up(&corridor, ADA, 1, 0).await;
        let offer = |packages: Vec<String>, days: i64| OfferPackages {
            device: phone, packages, last_resort: None, expires: NOW.plus_seconds(days * 86_400),
        };
        for (wrong, expected) in [
            (offer(vec!["xxxx".into()], 1), "package_wrong"),
            (offer(vec!["not base64!".into()], 1), "package_wrong"),
            (offer(vec![package(1)], 0), "package_wrong"),
            (offer(vec![package(1)], 90), "package_wrong"),
            (offer(vec![package(1); 101], 1), "too_many_packages"),
        ] {
            assert_eq!(code(corridor.act(by(ADA), wrong).await), expected);
        }
    }
}
