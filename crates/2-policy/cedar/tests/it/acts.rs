//! The acts that the starter kits speak about, as the tools will register them. When a tool renames an act, it is
//! renamed here and in the kit's file of that tool, and nowhere else in this crate.

use planet_ontology::acts::{ActDescription, Authority, Trace};

/// Acts by the type of thing they touch.
const ACTS: [(&str, &[&str]); 12] = [
    (
        "Group",
        &[
            "membership.found",
            "membership.apply",
            "membership.admit",
            "membership.decline_application",
            "membership.leave",
            "membership.export",
            "membership.suspend",
            "membership.end_suspension",
            "membership.reinstate",
            "groups.create",
            "groups.change",
            "groups.join",
            "groups.leave",
            "groups.add_member",
            "groups.set_role",
            "groups.remove_member",
            "governance.propose",
            "governance.appeal",
            "treasury.open",
            "treasury.change_terms",
            "treasury.close",
            "treasury.take_statement",
            "treasury.match_all",
            "treasury.credit_line",
            "treasury.set_aside",
            "treasury.put_back",
            "treasury.confirm_balance",
        ],
    ),
    (
        "Invitation",
        &[
            "membership.invite",
            "membership.invite_many",
            "membership.withdraw_invitation",
            "membership.accept",
        ],
    ),
    (
        "Profile",
        &[
            "membership.set_home",
            "membership.rename",
            "membership.add_passkey",
            "membership.remove_passkey",
            "membership.save_recovery",
            "membership.confirm_words",
            "membership.make_device_link",
            "membership.sign_out",
            "membership.sign_out_everywhere",
            "membership.remove_key",
            "membership.approve_device",
            "membership.sign_in",
            "membership.recover",
            "treasury.tell_account",
            "treasury.forget_account",
            "profiles.set_detail",
            "profiles.remove_detail",
            "profiles.make_circle",
            "profiles.change_circle",
            "profiles.end_circle",
            "feed.follow",
            "feed.unfollow",
        ],
    ),
    ("Post", &["feed.post", "feed.edit", "feed.remove", "feed.comment"]),
    (
        "Account",
        &[
            "wallet.create_credit",
            "wallet.open",
            "wallet.pay",
            "wallet.request",
            "wallet.set_limits",
            "wallet.pay_many",
            "wallet.hold",
            "wallet.expire_holds",
            "wallet.refund",
            "wallet.set_home",
            "wallet.set_rule",
            "treasury.ask_pay_in",
            "treasury.ask_pay_out",
            "treasury.accept",
            "wallet.split",
            "wallet.exchange",
            "wallet.schedule",
            "wallet.pause_schedule",
            "wallet.resume_schedule",
            "wallet.end_schedule",
            "wallet.pay_due",
        ],
    ),
    ("Hold", &["wallet.settle", "wallet.release"]),
    ("PaymentRequest", &["wallet.approve_request", "wallet.decline_request", "wallet.cancel_request"]),
    (
        "PayIn",
        &[
            "treasury.confirm_pay_in",
            "treasury.match_pay_in",
            "treasury.confirm_cash",
            "treasury.withdraw_pay_in",
        ],
    ),
    (
        "PayOut",
        &[
            "treasury.send_pay_out",
            "treasury.refuse_pay_out",
            "treasury.match_pay_out",
            "treasury.withdraw_pay_out",
        ],
    ),
    ("Proposal", &["governance.vote", "governance.withdraw", "governance.close"]),
    ("Assumption", &["governance.add_assumption"]),
    ("Place", &["places.add"]),
];

/// All of them.
pub fn all() -> Vec<ActDescription> {
    ACTS.iter().flat_map(|(resource, names)| names.iter().map(|name| act(name, resource))).collect()
}

/// One act.
pub fn act(name: &'static str, resource: &'static str) -> ActDescription {
    ActDescription {
        name,
        version: 1,
        about: "Something that members do.",
        resource,
        trace: Trace::Recorded,
        authority: Authority::Session,
    }
}
