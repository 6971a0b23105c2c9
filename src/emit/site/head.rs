//! What a page's head says to networks that show links as cards. Part of the contract with themes.

use serde::Serialize;

use super::page::SitePage;
use super::subject::Subject;
use crate::model::Course;

/// What networks and messengers show for a link to a page (Open Graph).
#[derive(Clone, Debug, Default, Serialize)]
pub struct SharedCard {
    /// `website` or `article`.
    pub kind: &'static str,
    /// The course's language and region, `en_US`; empty where the region is not known.
    pub locale: String,
    /// Day of first publication, if the page has one.
    pub published: Option<String>,
    /// Day of the last change that readers notice.
    pub updated: Option<String>,
    /// The picture, if it has one.
    pub image: Option<CardImage>,
}

/// A drawn picture for a page.
#[derive(Clone, Debug, Serialize)]
pub struct CardImage {
    /// Its address on the web.
    pub address: String,
    pub width: u32,
    pub height: u32,
    /// What it shows, in plain text.
    pub alt: String,
}

/// The size of the pictures.
pub(super) const IMAGE: (u32, u32) = (1200, 630);

/// What is said of a page; its picture comes later.
pub(super) fn shared_card(course: &Course, page: &SitePage) -> SharedCard {
    let subject = page.subject;
    let scenario = match subject {
        Subject::Scenario(index) => Some(&course.scenarios[index]),
        _ => None,
    };
    let is_article = matches!(subject, Subject::Scenario(_) | Subject::TutorialPage(..));
    SharedCard {
        kind: if is_article { "article" } else { "website" },
        locale: locale(&course.language),
        published: scenario.and_then(|scenario| scenario.published.clone()),
        updated: scenario.and_then(|scenario| scenario.updated.clone()),
        image: None,
    }
}

/// Languages with the region that they are mostly written for.
const REGIONS: [(&str, &str); 14] = [
    ("cs", "CZ"),
    ("da", "DK"),
    ("de", "DE"),
    ("en", "US"),
    ("es", "ES"),
    ("fr", "FR"),
    ("it", "IT"),
    ("ja", "JP"),
    ("ko", "KR"),
    ("nl", "NL"),
    ("pl", "PL"),
    ("pt", "PT"),
    ("sv", "SE"),
    ("zh", "CN"),
];

/// `de_AT` of `de-AT`, `en_US` of `en`.
fn locale(language: &str) -> String {
    let mut parts = language.split('-');
    let short = parts.next().unwrap_or_default().to_ascii_lowercase();
    let named = parts.find(|part| part.len() == 2 && part.chars().all(|c| c.is_ascii_alphabetic()));
    let usual = REGIONS.iter().find(|(language, _)| *language == short).map(|(_, region)| *region);
    named.or(usual).map(|region| format!("{short}_{}", region.to_ascii_uppercase())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::locale;

    #[test]
    fn a_language_with_its_region_is_a_locale() {
        for (language, wanted) in
            [("en", "en_US"), ("en-GB", "en_GB"), ("de-at", "de_AT"), ("zh-Hant-TW", "zh_TW"), ("eo", "")]
        {
            assert_eq!(locale(language), wanted, "{language}");
        }
    }
}
