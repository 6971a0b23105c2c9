//! The course site: pages from the model through a theme's templates. Owns addresses, the data
//! that templates get (`page`), and the way into the output tree; what a page looks like is the
//! theme's, and what a node looks like is `print::html`'s.

mod card;
mod cards;
mod catalogue;
mod concept;
mod emit;
mod frame;
mod head;
mod home;
mod lineage;
mod page;
mod preview;
mod redirect;
mod rehearsal;
mod review;
mod rules;
mod scenario;
mod script;
mod search;
mod sitemap;
mod source_link;
mod structured;
mod subject;
mod theme;
mod track;
mod tutorial;
mod twin;
mod work;

pub use cards::Cards;
pub use catalogue::{CatalogueChoice, CatalogueEntry, CataloguePage, CatalogueTrack};
pub use emit::{emit_site, emit_site_with};
pub use head::{CardImage, SharedCard};
pub use source_link::edit_root;
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
