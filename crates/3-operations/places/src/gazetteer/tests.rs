//! What the gazetteer has to know. Facts that anybody can look up; not a test of GeoNames.

use super::*;

fn first(text: &str, country: Option<&str>) -> String {
    search(text, country, 1)
        .first()
        .map(|town| format!("{}, {}", town.name, town.whereabouts()))
        .unwrap_or_default()
}

#[test]
fn towns_are_found_where_they_lie() {
    for (text, country, found) in [
        ("Frome", None, "Frome, Somerset, England, United Kingdom"),
        ("frome", Some("gb"), "Frome, Somerset, England, United Kingdom"),
        ("dublin", None, "Dublin, Dublin City, Leinster, Ireland"),
        ("dublin", Some("US"), "Dublin, Alameda County, California, United States"),
        ("London", None, "London, Greater London, England, United Kingdom"),
        ("london ont", None, "London, Middlesex County, Ontario, Canada"),
        ("Frome, Somerset", None, "Frome, Somerset, England, United Kingdom"),
        ("St Albans", Some("GB"), "St Albans, Hertfordshire, England, United Kingdom"),
        ("saint-etienne", None, "Saint-Étienne, Loire, Auvergne-Rhône-Alpes, France"),
        ("münchen", None, "Munich, Upper Bavaria, Bavaria, Germany"),
        ("Wien", None, "Vienna, Wien Stadt, Vienna, Austria"),
        ("Nürnb", None, "Nuremberg, Regierungsbezirk Mittelfranken, Bavaria, Germany"),
        ("angeles", Some("US"), "Los Angeles, Los Angeles County, California, United States"),
        ("", None, ""),
        ("?!", None, ""),
        ("Frome", Some("XX"), ""),
        ("xyzzyx", None, ""),
    ] {
        assert_eq!(first(text, country), found, "{text} {country:?}");
    }
}

#[test]
fn the_same_name_comes_before_longer_ones_and_larger_towns_before_smaller() {
    let names: Vec<String> = search("york", None, 50).into_iter().map(|town| town.name).collect();
    let exact = names.iter().take_while(|name| *name == "York").count();
    assert!(exact > 1, "{names:?}");
    assert!(!names.iter().skip(exact).any(|name| name == "York"), "{names:?}");
    let new_york = names.iter().position(|name| name == "New York City").expect("found by its second word");
    let yorktown = names.iter().position(|name| name.starts_with("Yorkt")).expect("found by its beginning");
    assert!(yorktown < new_york);
    let londons = search("london", None, 20);
    let countries: Vec<&str> =
        londons.iter().filter(|t| t.name == "London").map(|t| &*t.country.code).collect();
    assert_eq!(countries.get(..2), Some(["GB", "CA"].as_slice()));
}

#[test]
fn a_town_without_a_second_division_lies_in_the_first() {
    let jena = search("Jena", Some("DE"), 1).remove(0);
    assert_eq!(jena.district.as_ref().map(|d| &*d.name), Some("Thuringia"));
    assert_eq!(jena.region, None);
    let weimar = search("Weimar", Some("DE"), 1).remove(0);
    assert_eq!(jena.district, weimar.district, "neighbours agree on their district");
}

#[test]
fn a_division_that_is_the_town_again_is_no_district() {
    let campinas = search("Campinas", Some("BR"), 1).remove(0);
    assert_eq!(campinas.district.map(|d| d.name).as_deref(), Some("São Paulo"));
}

#[test]
fn some_towns_have_no_district_at_all() {
    let singapore = search("Singapore", Some("SG"), 1).remove(0);
    assert_eq!((singapore.district, &*singapore.country.name), (None, "Singapore"));
}

#[test]
fn every_node_gives_a_town_the_same_id() {
    let frome = search("Frome", Some("GB"), 1).remove(0);
    let text = |id: PlaceId| id.to_string();
    assert_eq!(frome.id.0, Uuid::new_v5(&Uuid::NAMESPACE_URL, b"geonames:GB/ENG/M3/Frome"));
    // Written down, since nodes of other versions know them: they must never change.
    assert_eq!(text(frome.id), "5a838de1-9bfd-590b-918e-eaba3943c6ec");
    assert_eq!(frome.district.map(|d| text(d.id)).as_deref(), Some("6df9a220-8b43-5054-aadb-28e38e8094f5"));
    assert_eq!(text(frome.country.id), "57d4f9cb-7c5f-5426-8627-51069854deb0");
}

#[test]
fn a_town_is_found_again_by_its_id() {
    for text in ["Frome", "Dublin", "Jena", "Singapore", "München", "東京"] {
        let chosen = search(text, None, 1).remove(0);
        assert_eq!(town(chosen.id).as_ref(), Some(&chosen), "{text}");
    }
    assert_eq!(town(PlaceId(Uuid::from_u128(7))), None);
}

#[test]
fn no_two_towns_share_an_id_and_every_line_is_used() {
    let index = index();
    let mut ids: Vec<(Uuid, u32)> =
        index.names.iter().map(|n| (town_id(index.entry(*n)).0, n.line)).collect();
    ids.sort_unstable();
    ids.dedup();
    let towns = ids.len();
    ids.dedup_by_key(|(id, _)| *id);
    assert_eq!(ids.len(), towns);
    assert!(towns > 160_000, "{towns}");
    assert!(
        (0..index.names.len()).all(|nth| !index.folded_name(nth).is_empty()),
        "a name that nothing can find"
    );
}

#[test]
fn countries_are_listed_by_name() {
    let countries = countries();
    assert!(countries.len() > 240, "{}", countries.len());
    let place = |name: &str| countries.iter().position(|country| country.name == name);
    assert!(place("Åland Islands") < place("Ireland") && place("Åland Islands").is_some());
    assert!(countries.iter().all(|country| country.code.len() == 2));
    assert!(place("Antigua and Barbuda").is_some() && place("Hong Kong").is_some());
}
