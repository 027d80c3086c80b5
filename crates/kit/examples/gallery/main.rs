//! Writes every component and some sample pages as HTML files, to look at: `cargo run -p planet-kit --example gallery -- DIR`.
//! Not a part of the product; put the built `app.css` and `icons.svg` into `DIR/assets` and serve it.

mod pages;
mod pieces;

use planet_kit::prelude::*;
use planet_kit::texts::{KIT, Texts};
use planet_kit::ui::{Accent, Assets, Club, Me, Theme, Toast};
use planet_ontology::units::Moment;
use uuid::Uuid;

/// Who looks, and in which light and language direction.
struct Look {
    name: &'static str,
    theme: Theme,
    accent: Accent,
}

fn ui(texts: &Texts, look: &Look, signed_in: bool, founded: bool) -> Ui {
    let name = if founded { "Elm Street Co-op" } else { "" };
    let club = Club { name: name.into(), accent: look.accent, trial: !founded };
    let assets = Assets::new([("figtree.woff2".into(), "/assets/figtree-latin-wght-normal.woff2".into())]);
    let now = Moment(1_795_439_100 * Moment::SECOND);
    let mut ui = Ui::new(texts.lang("en"), assets, club, now, Uuid::from_u128(9));
    ui.theme = look.theme;
    ui.viewer = signed_in.then(|| Me {
        id: Uuid::from_u128(4),
        name: "Ada Okafor".into(),
        handle: "ada".into(),
        waiting: 2,
    });
    ui
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let texts = Texts::new(&[KIT])?;
    let folder = std::env::args().nth(1).unwrap_or_else(|| "gallery".to_owned());
    for look in [
        Look { name: "light", theme: Theme::Light, accent: Accent::Leaf },
        Look { name: "dark", theme: Theme::Dark, accent: Accent::Leaf },
        Look { name: "clay", theme: Theme::Light, accent: Accent::Clay },
        Look { name: "iris", theme: Theme::Dark, accent: Accent::Iris },
    ] {
        let member = || ui(&texts, &look, true, true);
        let mut told = member();
        told.toasts = vec![Toast { tone: Tone::Good, text: "You paid Bruno Marek 12.50 hours.".into() }];
        let all: Vec<(&str, Markup)> = vec![
            ("home", pages::home(&member())),
            ("wallet", pages::wallet(&told)),
            ("pay", pages::pay(&member())),
            ("profile", pages::profile(&member())),
            ("post", pages::post(&member())),
            ("new-post", pages::new_post(&member())),
            ("people", pages::people(&member())),
            ("empty", pages::nothing_yet(&member())),
            ("founding", pages::founding(&ui(&texts, &look, false, false))),
            ("founding-rules", pages::founding_rules(&ui(&texts, &look, false, false))),
            ("invitation", pages::invitation(&ui(&texts, &look, false, true))),
            ("public", pages::public(&ui(&texts, &look, false, true))),
            ("sign-in", pages::sign_in(&ui(&texts, &look, false, true))),
            (
                "problem",
                planet_kit::problem::page(
                    &member(),
                    planet_kit::problem::Problem::Forbidden,
                    None,
                    Some("7f3a"),
                ),
            ),
            (
                "offline",
                planet_kit::problem::page(&member(), planet_kit::problem::Problem::Offline, None, None),
            ),
            ("pieces", pieces::pieces(&member())),
        ];
        std::fs::create_dir_all(format!("{folder}/{}", look.name))?;
        for (name, page) in all {
            std::fs::write(format!("{folder}/{}/{name}.html", look.name), page.into_string())?;
        }
    }
    Ok(())
}
