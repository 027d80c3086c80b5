//! Membership that is owned: what joining and staying costs, by decision of the members; what each owes and has paid; member
//! shares; and the register of members. One member has one vote, whatever the shares. Who joins and leaves is the front door's affair.
//!
//! Acts: `set_terms`; pay, choose; `ask_relief`, `withdraw_relief`, `answer_relief`, waive; `buy_shares`, `ask_repayment`,
//! `keep_shares`, repay; `take_register`; and those of the house: tend, welcome, farewell. Pages: `/membership`.

pub mod acts;
pub mod error;
mod letters;
pub mod pages;
pub mod rows;
pub mod terms;
pub mod views;

use planet_corridor::registry::Registry;
use planet_kit::web::Tool;
use planet_store::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] =
    &[Migration { name: "dues-0001", sql: include_str!("../migrations/dues-0001.sql") }];

/// The tool, for the node.
pub const TOOL: Tool = Tool {
    name: "dues",
    migrations: MIGRATIONS,
    register,
    pages: pages::routes,
    rooms: &[],
    texts: ("en", include_str!("../texts/en.ftl")),
};

/// Adds the acts and views of this room.
pub fn register(registry: Registry) -> Registry {
    registry
        .act::<acts::terms::SetTerms>()
        .act::<acts::pay::PayDues>()
        .act::<acts::pay::Choose>()
        .act::<acts::relief::AskRelief>()
        .act::<acts::relief::WithdrawRelief>()
        .act::<acts::relief::AnswerRelief>()
        .act::<acts::relief::Waive>()
        .act::<acts::shares::BuyShares>()
        .act::<acts::shares::AskRepayment>()
        .act::<acts::shares::KeepShares>()
        .act::<acts::repay::Repay>()
        .act::<acts::register::TakeRegister>()
        .act::<acts::tend::Tend>()
        .act::<acts::coming::Welcome>()
        .act::<acts::coming::Farewell>()
        .view::<views::terms::TermsPage>()
        .view::<views::mine::Mine>()
        .view::<views::register::Register>()
        .view::<views::register::EntryPage>()
        .view::<views::desk::Desk>()
        .view::<views::waiting::Waiting>()
}
