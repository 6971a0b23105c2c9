//! The course site: pages from the model through a theme's templates. Owns addresses, the data
//! that templates get (`page`), and the way into the output tree; what a page looks like is the
//! theme's, and what a node looks like is `print::html`'s.

mod card;
mod catalogue;
mod concept;
mod emit;
mod frame;
mod home;
mod page;
mod preview;
mod redirect;
mod rehearsal;
mod review;
mod rules;
mod scenario;
mod script;
mod search;
mod theme;
mod track;
mod tutorial;
mod work;

pub use catalogue::{CatalogueChoice, CatalogueEntry, CataloguePage, CatalogueTrack};
pub use emit::emit_site;
pub use page::{
    Body, Card, ConceptGroup, ConceptLink, ConceptPage, ConceptsPage, Crumb, Faq, GroupView, HomePage, Link,
    NavigationItem, OpenQuestion, RedirectPage, ScenarioPage, SiteInfo, SitePage, TierView, TitledText,
    TrackPage, TrackView, TutorialEntry, TutorialLink, TutorialPageView, TutorialView, TutorialsPage,
};
pub use review::{
    ConceptCoverage, CoverageCell, CoverageRow, FileFindings, KindMinutes, MetScenario, MinutesView,
    PageReview, QuestionKind, ReadabilityView, ReviewFindingsPage, ReviewPage, ScenarioReview, TierReview,
    emit_review,
};
pub use rules::{RuleGroup, RuleParameter, RuleView, RulesPage};
