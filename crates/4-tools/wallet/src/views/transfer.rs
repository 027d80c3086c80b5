//! One transfer, seen from the wallet of one of its sides, with what the keepers of that wallet noted and attached.

use super::{Balance, Money, Party, balance, holder, parties};
use crate::error::WalletError;
use crate::rows::notes::{self, AttachmentRow};
use crate::rows::payments::refunded;
use planet_corridor::act::View;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ledger::{Account, Booking, TransferKind, find_account, find_transfer};
use planet_ontology::ids::{AgentId, AttachmentId, TransferId};
use planet_ontology::units::{Amount, Moment};
use planet_purse::acts_for;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A transfer.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Transfer {
    /// Its id.
    pub id: TransferId,
    /// The group's handle, to look at it from that side; the viewer's own if it is left out.
    #[serde(default)]
    pub of: Option<String>,
}

/// What is to be seen of a transfer.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TransferView {
    /// Its id.
    pub id: TransferId,
    /// When it was booked.
    pub at: Moment,
    /// Why.
    #[schemars(with = "String")]
    pub kind: TransferKind,
    /// What for.
    pub memo: String,
    /// How much, more than zero.
    pub amount: Amount,
    /// Its currency.
    pub money: Money,
    /// The payment that it gives back, wholly or in part, if it does.
    pub gives_back: Option<TransferId>,
    /// How much of it was given back so far.
    pub given_back: Amount,
    /// Who paid.
    pub payer: Party,
    /// Who was paid.
    pub payee: Party,
    /// From whose side it is seen.
    pub wallet: Party,
    /// Whether that is the viewer's own wallet.
    pub own: bool,
    /// That side's account, as it stands now.
    pub account: Balance,
    /// That side's balance right after the transfer.
    pub balance_after: Amount,
    /// Whether the viewer keeps the wallet: what follows is empty for everybody else.
    pub keeps: bool,
    /// What it counts as.
    pub category: String,
    /// What the keepers want to remember.
    pub note: String,
    /// What a transfer with the same other side counted as last.
    pub suggested: Option<String>,
    /// Categories that the wallet has used, by name.
    pub categories: Vec<String>,
    /// Files that are attached.
    pub attachments: Vec<Attachment>,
}

/// A file.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Attachment {
    /// Its id.
    pub id: AttachmentId,
    /// Its name.
    pub name: String,
    /// Its media type.
    pub kind: String,
    /// How many bytes it has.
    pub size: i64,
    /// When it was attached.
    pub added: Moment,
}

impl From<AttachmentRow> for Attachment {
    fn from(row: AttachmentRow) -> Self {
        Self { id: row.id, name: row.name, kind: row.kind, size: row.size, added: row.added }
    }
}

impl View for Transfer {
    const NAME: &'static str = "wallet.transfer";
    const ABOUT: &'static str = "One payment, with your notes and receipts.";
    type Output = TransferView;

    fn read(&self, look: &mut Look) -> Result<TransferView, Fault> {
        let seen = see(look, self.id, self.of.as_deref())?;
        let wallet = seen.wallet.id;
        let keeps = acts_for(look.tx, look.member()?.into(), wallet)?;
        let mut view = TransferView {
            id: seen.booking.id,
            at: seen.booking.at,
            kind: seen.booking.kind,
            amount: seen.booking.amount,
            balance_after: if seen.payer.id == wallet {
                seen.booking.debit_balance
            } else {
                seen.booking.credit_balance
            },
            memo: seen.booking.memo,
            money: seen.account.money.clone(),
            gives_back: seen
                .booking
                .reference
                .filter(|_| seen.booking.kind == TransferKind::Refund)
                .map(TransferId),
            given_back: refunded(look.tx, self.id)?,
            own: look.member()?.0 == wallet.0,
            keeps,
            category: String::new(),
            note: String::new(),
            suggested: None,
            categories: Vec::new(),
            attachments: Vec::new(),
            payer: seen.payer,
            payee: seen.payee,
            wallet: seen.wallet,
            account: seen.account,
        };
        if keeps {
            let other = if view.payer.id == wallet { view.payee.id } else { view.payer.id };
            let note = notes::find_notes(look.tx, wallet, [self.id].into_iter())?.remove(&self.id);
            let note = note.unwrap_or_default();
            (view.category, view.note) = (note.category, note.note);
            view.suggested = notes::suggested(look.tx, wallet, other)?;
            view.categories = notes::categories(look.tx, wallet)?;
            let rows = notes::attachments(look.tx, wallet, self.id)?;
            view.attachments = rows.into_iter().map(Attachment::from).collect();
        }
        Ok(view)
    }
}

/// A transfer that the viewer may see.
pub(super) struct Seen {
    pub booking: Booking,
    pub payer: Party,
    pub payee: Party,
    /// From whose side it is seen.
    pub wallet: Party,
    /// That side's account.
    pub account: Balance,
}

/// The transfer from a side that the viewer may look from: the one that is named, one's own, or that of a group of one's own.
pub(super) fn see(look: &mut Look, id: TransferId, of: Option<&str>) -> Result<Seen, Fault> {
    let unknown = WalletError::TransferUnknown;
    let booking = find_transfer(look.tx, id)?.ok_or(unknown)?;
    let mut account = |id| Ok::<Account, Fault>(find_account(look.tx, id)?.ok_or(unknown)?);
    let (debit, credit) = (account(booking.debit)?, account(booking.credit)?);
    let me: AgentId = look.member()?.into();
    let belongs = |owner: AgentId| look.viewer.audiences.iter().any(|audience| audience.0 == owner.0);
    let wallet = match of.filter(|handle| !handle.is_empty()) {
        Some(handle) => holder(look, Some(handle))?.0.id,
        None if debit.owner == me || credit.owner == me => me,
        None => [debit.owner, credit.owner].into_iter().find(|owner| belongs(*owner)).ok_or(unknown)?,
    };
    let side = [debit, credit].into_iter().find(|account| account.owner == wallet).ok_or(unknown)?;
    let mut names = parties(look.tx, vec![debit.owner, credit.owner])?;
    let account = balance(look.tx, &side)?;
    let mine = names.get(&wallet).cloned().ok_or(unknown)?;
    let mut name = |owner: AgentId| names.remove(&owner).ok_or(unknown);
    Ok(Seen { booking, payer: name(debit.owner)?, payee: name(credit.owner)?, wallet: mine, account })
}

/// A file with its bytes, for those who keep the wallet that it is in.
pub fn open_attachment(look: &mut Look, id: AttachmentId) -> Result<(Attachment, Vec<u8>), Fault> {
    let row = notes::find_attachment(look.tx, id)?.ok_or(WalletError::FileUnknown)?;
    let me = look.member()?.into();
    if !acts_for(look.tx, me, row.wallet)? {
        return Err(WalletError::FileUnknown.into());
    }
    let bytes = notes::attachment_bytes(look.tx, id)?;
    Ok((row.into(), bytes))
}
