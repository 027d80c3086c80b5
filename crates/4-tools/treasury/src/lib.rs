//! The treasury: money of the world as claims on somebody named. A group holds it in its own bank account; here is who that
//! is and on what terms, what comes in and goes out, and how it agrees with the bank. Whoever operates the software holds
//! nobody's money.
//!
//! Acts: open, `change_terms`, close; `ask_pay_in`, `confirm_pay_in`, `confirm_cash`, `withdraw_pay_in`, accept; `tell_account`,
//! `ask_pay_out`, `send_pay_out`, `refuse_pay_out`, `withdraw_pay_out`; `take_statement`, `match_pay_in`, `match_pay_out`, `match_all`,
//! `credit_line`, `set_aside`, `put_back`, `confirm_balance`; `ask_card_back`, `send_card_back`, and those of the house about cards. Pages: `/treasury`.

pub mod acts;
pub mod bank;
pub mod cards;
pub mod error;
pub mod money;
pub mod pages;
pub mod rows;
pub mod views;

use planet_corridor::registry::Registry;
use planet_kit::web::Tool;
use planet_store::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] = &[
    Migration { name: "treasury-0001", sql: include_str!("../migrations/treasury-0001.sql") },
    Migration { name: "treasury-0002", sql: include_str!("../migrations/treasury-0002.sql") },
];

/// The tool, for the node.
pub const TOOL: Tool = Tool {
    name: "treasury",
    migrations: MIGRATIONS,
    register,
    pages: pages::routes,
    texts: ("en", include_str!("../texts/en.ftl")),
    rooms: &[],
};

/// Adds the acts and views of this room.
pub fn register(registry: Registry) -> Registry {
    registry
        .act::<acts::open::Open>()
        .act::<acts::open::ChangeTerms>()
        .act::<acts::open::Close>()
        .act::<acts::pay_in::AskPayIn>()
        .act::<acts::pay_in::ConfirmPayIn>()
        .act::<acts::pay_in::WithdrawPayIn>()
        .act::<acts::pay_in::Accept>()
        .act::<acts::cash::ConfirmCash>()
        .act::<acts::pay_out::TellAccount>()
        .act::<acts::pay_out::ForgetAccount>()
        .act::<acts::pay_out::AskPayOut>()
        .act::<acts::pay_out::SendPayOut>()
        .act::<acts::pay_out::RefusePayOut>()
        .act::<acts::pay_out::WithdrawPayOut>()
        .act::<acts::statement::TakeStatement>()
        .act::<acts::statement::ConfirmBalance>()
        .act::<acts::lines::MatchPayIn>()
        .act::<acts::lines::MatchPayOut>()
        .act::<acts::lines::MatchAll>()
        .act::<acts::lines::CreditLine>()
        .act::<acts::lines::SetAside>()
        .act::<acts::lines::PutBack>()
        .act::<acts::cards::CardLook>()
        .act::<acts::cards::CardPrepared>()
        .act::<acts::cards::CardTold>()
        .act::<acts::cards::CardHint>()
        .act::<acts::cards::AskCardBack>()
        .act::<acts::cards::SendCardBack>()
        .act::<acts::cards::RefundLook>()
        .act::<acts::cards::RefundTold>()
        .view::<views::holding::Holdings>()
        .view::<views::holding::HoldingPage>()
        .view::<views::passages::PayInPage>()
        .view::<views::passages::PayOutPage>()
        .view::<views::card::CardPage>()
        .view::<views::desk::Desk>()
        .view::<views::waiting::Waiting>()
}
