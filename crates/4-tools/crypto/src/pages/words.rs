//! The words: with them the coins can be spent from any other wallet, so the page says first what that means.

use planet_kit::prelude::*;
use planet_kit::web::{Answer, Signed};

/// `GET /wallet/crypto/words`
pub async fn page(visit: Signed) -> Answer {
    let ui = &visit.ui;
    let page = Page::new(ui, ui.t("crypto-words"))
        .section("wallet")
        .back("/wallet/crypto", ui.t("crypto-title"))
        .lead(ui.t("crypto-words-lead"));
    visit.page(page.show(html! {
        (notice(ui, Tone::Warn, &ui.t("crypto-words-warn"), html! { p { (ui.t("crypto-words-warn-text")) } }))
        div data-island="crypto-words" { noscript { p.notice.tone-warn { (ui.t("crypto-needs-script")) } } }
        (more(ui, &ui.t("crypto-words-paths"), html! {
            p { (ui.t("crypto-words-paths-text")) }
            (facts([
                ("Bitcoin", html! { code { "m/84'/0'/0'" } }),
                ("Ether", html! { code { "m/44'/60'/0'/0/0" } }),
            ]))
        }))
    }))
}
