//! What templates get: one [`SitePage`] for each page, under the name `page`, beside `words` (the
//! theme's words in the course's language). This is the contract with themes: fields are added,
//! never renamed. Fields whose documentation says HTML are printed and may be marked safe;
//! everything else is plain text.
//!
//! Addresses (`href`, `root`) are relative to the page, so that a site works below any path.

use serde::Serialize;

use super::catalogue::CataloguePage;
use super::concept_page::{ConceptPage, ConceptsPage};
use super::head::SharedCard;
use super::review::{PageReview, ReviewFindingsPage, ReviewPage};
use super::rules::RulesPage;
use super::scenario_page::ScenarioPage;
use super::subject::Subject;
use super::tutorial_page::{TutorialLink, TutorialPageView, TutorialView, TutorialsPage};

/// A page.
#[derive(Clone, Debug, Serialize)]
pub struct SitePage {
    /// What the page is about; templates have it as `kind` and `body`.
    #[serde(skip)]
    pub(super) subject: Subject,
    /// The template's name without `.html`: `home`, `track`, `scenario`, ….
    pub kind: &'static str,
    /// The page's title, without the course's.
    pub title: String,
    /// For the tab and search engines: with the course's title where both fit.
    pub head_title: String,
    pub description: String,
    /// The course's language, a BCP 47 tag.
    pub language: String,
    /// The page's address below the site: empty for the home page, else it ends with `/`.
    pub path: String,
    /// Leads to the site's root; empty on the home page.
    pub root: String,
    /// The page's address on the web; only when the course says where it is published.
    pub canonical: Option<String>,
    /// Whether search engines are to list it.
    pub indexed: bool,
    /// For networks that show a link as a card.
    pub card: SharedCard,
    /// What the page is in terms of schema.org, as JSON that can stand in a `script` element; only
    /// when the course says where it is published. May be marked safe.
    pub structured: Option<String>,
    /// The page as Markdown, relative to the page; not every page has one.
    pub markdown: Option<String>,
    /// Where its source can be edited on GitHub; only when the course says where that lies.
    pub edit: Option<String>,
    pub site: SiteInfo,
    /// The page of all rules, if the site has one.
    pub rules: Option<String>,
    /// The folder of the theme's static files, seen from the page; ends with `/`.
    pub theme: String,
    /// From home to this page; the last one is this page. Empty on the home page.
    pub breadcrumbs: Vec<Crumb>,
    pub navigation: Vec<NavigationItem>,
    /// What a review build says about the page; `None` on the course site.
    pub review: Option<PageReview>,
    pub body: Body,
}

/// The course as every page names it.
#[derive(Clone, Debug, Serialize)]
pub struct SiteInfo {
    /// Tells the course from others in the same browser: `owner/name` of its repository.
    pub id: String,
    pub title: String,
    pub tagline: String,
    /// The home page.
    pub home: String,
    /// The repository on GitHub.
    pub repository: String,
}

/// A step of the way to a page.
#[derive(Clone, Debug, Serialize)]
pub struct Crumb {
    pub label: String,
    /// Empty on the page itself.
    pub href: String,
}

/// An entry of the navigation.
#[derive(Clone, Debug, Serialize)]
pub struct NavigationItem {
    pub label: String,
    pub href: String,
    /// The value of `aria-current`: `page`, `true` (a page below it), or empty.
    pub current: &'static str,
}

/// What a page is about.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Body {
    Home(Box<HomePage>),
    Track(Box<TrackPage>),
    Catalogue(CataloguePage),
    Scenario(Box<ScenarioPage>),
    Concepts(Box<ConceptsPage>),
    Concept(Box<ConceptPage>),
    Tutorials(TutorialsPage),
    Tutorial(Box<TutorialView>),
    TutorialPage(Box<TutorialPageView>),
    Redirect(RedirectPage),
    Rules(Box<RulesPage>),
    Review(Box<ReviewPage>),
    ReviewFindings(Box<ReviewFindingsPage>),
    Work {},
    NotFound {},
    /// Of a page whose body is made when it is printed, and of one that is printed.
    Unmade {},
}

/// A link with a label in plain text.
#[derive(Clone, Debug, Serialize)]
pub struct Link {
    pub label: String,
    pub href: String,
}

/// A title and a text, both HTML.
#[derive(Clone, Debug, Serialize)]
pub struct TitledText {
    pub title: String,
    pub text: String,
}

/// A question and its answer, both HTML.
#[derive(Clone, Debug, Serialize)]
pub struct Faq {
    pub question: String,
    pub answer: String,
}

/// The home page.
#[derive(Clone, Debug, Serialize)]
pub struct HomePage {
    /// HTML, inline.
    pub tagline: String,
    /// HTML, blocks.
    pub about: String,
    /// The first scenario that can be worked on.
    pub start: Option<Card>,
    /// The catalogue; empty if there is nothing to list in one.
    pub catalogue: String,
    pub tracks: Vec<TrackView>,
    pub tiers: Vec<TierView>,
    pub how: Vec<TitledText>,
    /// How to open a scenario by hand, step by step; HTML, inline.
    pub opening: Vec<String>,
    pub faq: Vec<Faq>,
    pub tutorials: Vec<TutorialLink>,
}

/// A tier.
#[derive(Clone, Debug, Serialize)]
pub struct TierView {
    pub id: String,
    pub name: String,
    /// Decoration; empty if the course has none.
    pub emoji: String,
    /// `high`, `medium`, `low`, `none`: how much it helps. Themes colour tiers by it.
    pub scaffolding: &'static str,
    /// HTML, inline.
    pub summary: String,
}

/// A track with its groups, on the home page and on its own.
#[derive(Clone, Debug, Serialize)]
pub struct TrackView {
    pub id: String,
    pub number: u32,
    pub title: String,
    pub href: String,
    /// "Scenario".
    pub noun: String,
    /// HTML, inline.
    pub summary: String,
    /// HTML, inline.
    pub audience: String,
    /// HTML, inline.
    pub before: String,
    /// HTML, inline.
    pub change: String,
    pub groups: Vec<GroupView>,
    /// Entries that count; those of bonus groups don't.
    pub count: usize,
    /// Entries that can be worked on, those of bonus groups among them.
    pub ready: usize,
    /// Entries that are being written.
    pub drafts: usize,
    pub planned: usize,
    /// Whether it is a climb: few groups, each with a tier. Else it is a collection of groups that
    /// may be long.
    pub climbs: bool,
}

/// A group of a track.
#[derive(Clone, Debug, Serialize)]
pub struct GroupView {
    pub id: String,
    /// Its anchor on the track's page.
    pub anchor: String,
    pub name: String,
    pub tier: Option<TierView>,
    /// HTML, inline.
    pub goal: String,
    /// HTML, inline.
    pub why: String,
    /// HTML, inline.
    pub guidance: String,
    pub bonus: bool,
    /// Entries that can be worked on.
    pub ready: usize,
    /// Entries that are being written.
    pub drafts: usize,
    pub planned: usize,
    pub scenarios: Vec<Card>,
}

/// The page of a track.
#[derive(Clone, Debug, Serialize)]
pub struct TrackPage {
    pub track: TrackView,
}

/// A scenario in a list.
#[derive(Clone, Debug, Serialize)]
pub struct Card {
    pub id: String,
    pub href: String,
    /// "Scenario 4", "OpenQuestion", or the track's noun.
    pub label: String,
    /// Its number; `None` where it is not counted.
    pub number: Option<u32>,
    pub title: String,
    /// `planned`, `draft`, `ready`.
    pub status: &'static str,
    /// `exercise`, `challenge`, `failure`, `case-study`.
    pub kind: &'static str,
    /// "45–60 minutes"; empty if not said.
    pub minutes: String,
    /// HTML, inline: the app.
    pub about: String,
    /// HTML, inline.
    pub summary: String,
    /// HTML, inline: why it stands here.
    pub why: String,
    /// Concepts that it introduces.
    pub introduces: Vec<ConceptLink>,
    pub tier: Option<TierView>,
    /// Opens a Codespace with its devcontainer; only when it can be worked on.
    pub codespaces: Option<String>,
    /// Whether a rehearsal of it, with these files, passed and was recorded.
    pub rehearsed: bool,
}

/// A concept in a list.
#[derive(Clone, Debug, Serialize)]
pub struct ConceptLink {
    pub id: String,
    pub name: String,
    pub href: String,
    /// Plain text, for a hover or a list.
    pub summary: String,
}

/// The page at an address that moved.
#[derive(Clone, Debug, Serialize)]
pub struct RedirectPage {
    pub target: Link,
}
