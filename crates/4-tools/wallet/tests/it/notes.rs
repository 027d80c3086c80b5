//! Notes and receipts: for those who keep the wallet, and for nobody else.

use crate::club::{ADA, BAKERY, BEN, CLEO, call, club, migrations, pay, refused};
use planet_corridor::corridor::Corridor;
use planet_corridor::files::{Files, hash_of};
use planet_corridor::refusal::Fault;
use planet_ontology::hex;
use planet_ontology::ids::{AttachmentId, MemberId, TransferId};
use planet_store::{Store, both_engines, sql};
use planet_wallet::acts::annotate::{Annotate, Attach, Detach, MAX_SIZE};
use planet_wallet::views::{Statement, Transfer, TransferView, open_attachment};

fn note(transfer: TransferId, category: &str, note: &str) -> Annotate {
    Annotate { transfer, wallet: None, category: category.into(), note: note.into() }
}

async fn seen(
    corridor: &Corridor,
    by: MemberId,
    id: TransferId,
    of: Option<&str>,
) -> Result<TransferView, Fault> {
    let viewer = corridor.viewer(by).await.unwrap();
    corridor.view(&viewer, Transfer { id, of: of.map(str::to_owned) }, crate::club::NOW).await
}

fn photo(n: u8) -> Vec<u8> {
    [b"\xff\xd8\xff\xe0".as_slice(), &[n; 900]].concat()
}

fn attach(transfer: TransferId, bytes: &[u8], kind: &str) -> Attach {
    Attach {
        transfer,
        wallet: None,
        name: "till.jpg".into(),
        kind: kind.into(),
        size: u32::try_from(bytes.len()).unwrap(),
        hash: hex::encode(&hash_of(bytes)),
    }
}

async fn put(corridor: &Corridor, by: MemberId, act: Attach, bytes: &[u8]) -> Result<AttachmentId, Fault> {
    let done = corridor.act_with(call(by), act, Files::new([bytes.to_vec()])).await?;
    Ok(done.output.unwrap())
}

async fn opened(corridor: &Corridor, by: MemberId, id: AttachmentId) -> Result<Vec<u8>, Fault> {
    let viewer = corridor.viewer(by).await.unwrap();
    let (_, bytes) = corridor.look(&viewer, crate::club::NOW, move |look| open_attachment(look, id)).await?;
    Ok(bytes)
}

both_engines! { migrations();

    async fn each_side_has_notes_of_its_own(store: Store) {
        let corridor = club(&store).await;
        let bread = pay(&corridor, call(ADA), BEN, 250, "bread").await;
        corridor.act(call(ADA), note(bread, " food  and drink ", "for the party")).await.unwrap();
        let mine = seen(&corridor, ADA, bread, None).await.unwrap();
        assert_eq!((mine.category.as_str(), mine.note.as_str(), mine.keeps), ("food and drink", "for the party", true));
        let bens = seen(&corridor, BEN, bread, None).await.unwrap();
        assert_eq!((bens.category.as_str(), bens.note.as_str()), ("", ""));
        assert_eq!(refused(seen(&corridor, CLEO, bread, None).await), "transfer_unknown");
        assert_eq!(refused(corridor.act(call(CLEO), note(bread, "spy", "")).await), "transfer_unknown");
        corridor.act(call(ADA), note(bread, "", "")).await.unwrap();
        assert_eq!(seen(&corridor, ADA, bread, None).await.unwrap().category, "");
        assert_eq!(store.read(|tx| tx.one::<(i64,)>(sql!("SELECT count(*) FROM transfer_notes"), &[])).await.unwrap(), (0,));
    }

    async fn what_was_noted_before_is_suggested(store: Store) {
        let corridor = club(&store).await;
        let first = pay(&corridor, call(ADA), BEN, 250, "bread").await;
        corridor.act(call(ADA), note(first, "food", "")).await.unwrap();
        let second = pay(&corridor, call(ADA), BEN, 100, "rolls").await;
        let view = seen(&corridor, ADA, second, None).await.unwrap();
        assert_eq!((view.suggested.as_deref(), view.categories.as_slice()), (Some("food"), ["food".to_owned()].as_slice()));
        assert_eq!(refused(corridor.act(call(ADA), note(second, &"x".repeat(41), "")).await), "category_too_long");
        assert_eq!(refused(corridor.act(call(ADA), note(second, "", &"x".repeat(501))).await), "note_too_long");
    }

    async fn the_keepers_of_a_group_share_its_notes_and_its_members_do_not_see_them(store: Store) {
        let corridor = club(&store).await;
        let rent = pay(&corridor, call(BEN), BAKERY, 900, "stall").await;
        let act = Annotate { wallet: Some(BAKERY.into()), ..note(rent, "rent", "March") };
        corridor.act(call(ADA), act).await.unwrap();
        let treasurers = seen(&corridor, CLEO, rent, Some("bakery")).await.unwrap();
        assert_eq!((treasurers.category.as_str(), treasurers.keeps), ("rent", true));
        let members = seen(&corridor, BEN, rent, Some("bakery")).await.unwrap();
        assert_eq!((members.category.as_str(), members.keeps), ("", false));
        let viewer = corridor.viewer(BEN).await.unwrap();
        let search = Statement { of: Some("bakery".into()), category: Some("rent".into()), ..Statement::default() };
        assert!(corridor.view(&viewer, search, crate::club::NOW).await.unwrap().movements.is_empty(), "no search tells it");
    }

    async fn a_receipt_is_kept_beside_the_log_and_shown_to_its_keepers_only(store: Store) {
        let corridor = club(&store).await;
        let bread = pay(&corridor, call(ADA), BEN, 250, "bread").await;
        let bytes = photo(1);
        let id = put(&corridor, ADA, attach(bread, &bytes, "image/jpeg"), &bytes).await.unwrap();
        assert_eq!(opened(&corridor, ADA, id).await.unwrap(), bytes);
        assert_eq!(refused(opened(&corridor, BEN, id).await), "file_unknown");
        assert_eq!(seen(&corridor, BEN, bread, None).await.unwrap().attachments.len(), 0);
        let (longest,) = store.read(|tx| tx.one::<(i64,)>(sql!("SELECT max(length(body)) FROM events"), &[])).await.unwrap();
        assert!(longest < 2_000, "the log has its name and hash: {longest}");
        assert_eq!(refused(corridor.act(call(BEN), Detach { attachment: id }).await), "file_unknown");
        corridor.act(call(ADA), Detach { attachment: id }).await.unwrap();
        assert_eq!(refused(opened(&corridor, ADA, id).await), "file_unknown");
    }

    async fn what_is_no_receipt_is_refused(store: Store) {
        let corridor = club(&store).await;
        let bread = pay(&corridor, call(ADA), BEN, 250, "bread").await;
        let bytes = photo(1);
        let good = attach(bread, &bytes, "image/jpeg");
        let refused_as = async |act: Attach, bytes: &[u8]| refused(put(&corridor, ADA, act, bytes).await);
        assert_eq!(refused_as(good.clone(), b"").await, "file_missing", "an act alone attaches nothing");
        assert_eq!(refused_as(Attach { hash: "00".repeat(32), ..good.clone() }, &bytes).await, "file_missing");
        assert_eq!(refused_as(Attach { hash: "z".into(), ..good.clone() }, &bytes).await, "file_unknown");
        assert_eq!(refused_as(Attach { size: 1, ..good.clone() }, &bytes).await, "file_size");
        assert_eq!(refused_as(Attach { kind: "application/pdf".into(), ..good.clone() }, &bytes).await, "file_kind");
        let page = b"<html><script>alert(1)</script>".to_vec();
        assert_eq!(refused_as(attach(bread, &page, "image/jpeg"), &page).await, "file_kind");
        let huge = [photo(1), vec![0; MAX_SIZE]].concat();
        assert_eq!(refused_as(attach(bread, &huge, "image/jpeg"), &huge).await, "file_size");
        for n in 1..=5 {
            let bytes = photo(n);
            put(&corridor, ADA, attach(bread, &bytes, "image/jpeg"), &bytes).await.unwrap();
            if n == 1 {
                assert_eq!(refused_as(good.clone(), &bytes).await, "file_there");
            }
        }
        let sixth = photo(6);
        assert_eq!(refused_as(attach(bread, &sixth, "image/jpeg"), &sixth).await, "too_many_files");
    }
}
