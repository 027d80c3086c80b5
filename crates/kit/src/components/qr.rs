//! QR codes as SVG, made on the server. Always dark on light, since scanners want that in dark mode too.

use maud::{Markup, html};
use qrcode::{Color, EcLevel, QrCode};

/// A QR code of a text, such as an invitation link. `title` says in words where it leads. Nothing when the text is too long
/// for a code (about 2 300 bytes).
pub fn qr(text: &str, title: &str) -> Markup {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::M) else { return Markup::default() };
    let width = code.width();
    let side = width + 4;
    html! {
        svg.qr viewBox={ "0 0 " (side) " " (side) } role="img" aria-label=(title) shape-rendering="crispEdges" {
            path.qr-paper d={ "M0 0h" (side) "v" (side) "H0z" } {}
            path.qr-ink d=(path(&code.to_colors(), width)) {}
        }
    }
}

/// Dark runs of each line as one path: a tenth of the size of one element a module.
fn path(colors: &[Color], width: usize) -> String {
    let mut path = String::new();
    for (y, line) in colors.chunks(width.max(1)).enumerate() {
        let mut x = 0;
        for run in line.chunk_by(|a, b| a == b) {
            if run.first() == Some(&Color::Dark) {
                let (x, y, length) = (x + 2, y + 2, run.len());
                path.extend([format!("M{x} {y}h{length}v1h-{length}z")]);
            }
            x += run.len();
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_begins_with_its_corner_and_too_long_a_text_has_none() {
        let html = qr("https://club.example/i/abc", "Invitation").into_string();
        assert!(html.contains("d=\"M2 2h7v1h-7z"), "{html}");
        assert_eq!(qr(&"x".repeat(5000), "Too long").into_string(), "");
    }
}
