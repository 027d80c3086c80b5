//! Computes the contrast of the colours in `web/styles` as WCAG 2.2 defines it (success criteria 1.4.3 and 1.4.11), for every
//! accent, in light and dark. Colours are OKLCH (CSS Color 4, section 9; matrices by Björn Ottosson), clipped to sRGB.

use planet_kit::ui::Accent;

const TOKENS: &str = include_str!("../../../../web/styles/tokens.css");
const COMPONENTS: &str = include_str!("../../../../web/styles/components.css");

/// Text on what it stands on: 4.5 at least.
const TEXT: [(&str, &str); 19] = [
    ("ink", "paper"),
    ("ink", "surface"),
    ("ink", "raised"),
    ("ink", "sunken"),
    ("ink-soft", "paper"),
    ("ink-soft", "surface"),
    ("ink-soft", "raised"),
    ("ink-soft", "sunken"),
    ("accent-ink", "paper"),
    ("accent-ink", "surface"),
    ("accent-ink", "sunken"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("on-soft", "accent-soft"),
    ("accent-ink", "accent-soft"),
    ("bad", "paper"),
    ("bad", "surface"),
    ("bad", "bad-soft"),
    ("good", "surface"),
];

/// Edges and signs without which one cannot use a control: 3 at least.
const EDGES: [(&str, &str); 6] = [
    ("edge", "paper"),
    ("edge", "surface"),
    ("accent", "paper"),
    ("accent", "surface"),
    ("bad", "surface"),
    ("accent", "accent-soft"),
];

/// The value of a declaration, up to its semicolon.
fn value<'a>(css: &'a str, start: &str) -> &'a str {
    let at = css.find(start).unwrap_or_else(|| panic!("no {start} in the styles"));
    css[at + start.len()..].split(';').next().unwrap().trim()
}

/// The light or the dark half of `light-dark(A, B)`.
fn half(value: &str, dark: bool) -> &str {
    let inside = value
        .strip_prefix("light-dark(")
        .and_then(|it| it.strip_suffix(')'))
        .unwrap_or_else(|| panic!("{value}"));
    let middle = inside.find("), ").expect("two colours");
    if dark { &inside[middle + 3..] } else { &inside[..=middle] }
}

/// The relative luminance of `oklch(L C H)`, where H may be a variable with the given value.
fn luminance(colour: &str, hue: f64) -> f64 {
    let parts: Vec<&str> =
        colour.strip_prefix("oklch(").unwrap().trim_end_matches(')').split_whitespace().collect();
    let number = |text: &str| text.parse::<f64>().unwrap_or(hue);
    let (lightness, chroma) = (number(parts[0]), number(parts[1]));
    let angle = number(parts[2].trim_end_matches(')')).to_radians();
    let (green_red, blue_yellow) = (chroma * angle.cos(), chroma * angle.sin());
    let l = (lightness + 0.396_337_777_4 * green_red + 0.215_803_757_3 * blue_yellow).powi(3);
    let m = (lightness - 0.105_561_345_8 * green_red - 0.063_854_172_8 * blue_yellow).powi(3);
    let s = (lightness - 0.089_484_177_5 * green_red - 1.291_485_548_0 * blue_yellow).powi(3);
    let red = 4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s;
    let green = -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s;
    let blue = -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s;
    0.2126 * red.clamp(0.0, 1.0) + 0.7152 * green.clamp(0.0, 1.0) + 0.0722 * blue.clamp(0.0, 1.0)
}

fn contrast(one: f64, other: f64) -> f64 {
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// The hue of each accent, as the styles give it.
fn hues() -> Vec<(&'static str, f64)> {
    let hue = |accent: &Accent| value(TOKENS, &format!("[data-accent=\"{}\"] {{ --accent-h:", accent.word()));
    Accent::ALL.iter().map(|accent| (accent.word(), hue(accent).parse().unwrap())).collect()
}

#[test]
fn the_formula_agrees_with_known_colours() {
    assert!((contrast(luminance("oklch(1 0 0)", 0.0), luminance("oklch(0 0 0)", 0.0)) - 21.0).abs() < 0.01);
    // #767676 on white is the well-known edge of AA: 4.54.
    assert!((contrast(luminance("oklch(0.5656 0 0)", 0.0), 1.0) - 4.54).abs() < 0.02);
}

#[test]
fn every_text_and_edge_can_be_seen_in_every_accent_in_light_and_dark() {
    let mut faint = Vec::new();
    for (accent, hue) in hues() {
        for dark in [false, true] {
            let colour = |name: &str| luminance(half(value(TOKENS, &format!("--{name}: ")), dark), hue);
            let pairs = TEXT.iter().map(|pair| (pair, 4.5)).chain(EDGES.iter().map(|pair| (pair, 3.0)));
            for ((front, back), needed) in pairs {
                let found = contrast(colour(front), colour(back));
                if found < needed {
                    faint.push(format!("{front} on {back}, {accent}, dark {dark}: {found:.2} of {needed}"));
                }
            }
        }
    }
    assert!(faint.is_empty(), "{}", faint.join("\n"));
}

#[test]
fn every_notice_and_badge_can_be_read() {
    let rule = value(COMPONENTS, ".badge[class*=\"tone-\"], .notice { background:");
    let text = value(&COMPONENTS[COMPONENTS.find(rule).unwrap()..], " color:");
    for hue in [245.0, 155.0, 75.0, 25.0] {
        for dark in [false, true] {
            let found = contrast(luminance(half(rule, dark), hue), luminance(half(text, dark), hue));
            assert!(found >= 4.5, "hue {hue}, dark {dark}: {found:.2}");
        }
    }
}
