//! The course site: pages from the model through a theme's templates. Owns addresses, the data
//! that templates get (`page`), and the way into the output tree; what a page looks like is the
//! theme's, and what a node looks like is `print::html`'s.

mod again;
mod card;
mod cards;
mod catalogue;
mod concept;
mod concept_page;
mod emit;
mod escape;
mod fill;
mod frame;
mod graph;
mod head;
mod home;
mod lineage;
mod measures;
mod page;
mod panel;
mod picture;
mod preview;
mod redirect;
mod rehearsal;
mod review;
mod rules;
mod scenario;
mod scenario_page;
mod script;
mod search;
mod sitemap;
mod source_link;
mod structured;
mod subject;
mod theme;
mod track;
mod tutorial;
mod tutorial_page;
mod twin;
mod work;

pub use again::{SitePrinter, explained_on, search_texts};
pub use cards::Cards;
pub use catalogue::{CatalogueChoice, CatalogueEntry, CataloguePage, CatalogueTrack};
pub use concept_page::{ConceptDiagram, ConceptGroup, ConceptPage, ConceptsPage};
pub use emit::{IsWanted, emit_site, emit_site_with};
pub use graph::{ConceptMap, Family};
pub use head::{CardImage, SharedCard};
pub use measures::{MetricView, ParameterView};
pub use page::{
    Body, Card, ConceptLink, Crumb, Faq, GroupView, HomePage, Link, NavigationItem, RedirectPage, SiteInfo,
    SitePage, TierView, TitledText, TrackPage, TrackView,
};
pub use panel::PanelView;
pub use rehearsal::{RehearsalView, SeenView, StageView};
pub use review::{
    ConceptCoverage, CoverageCell, CoverageRow, FileFindings, KindMinutes, MetScenario, MinutesView,
    PageReview, QuestionKind, ReadabilityView, ReviewFindingsPage, ReviewPage, ScenarioReview, TierReview,
    emit_review,
};
pub use rules::{RuleGroup, RuleParameter, RuleView, RulesPage};
pub use scenario_page::{LeftOpen, OpenQuestion, ScenarioPage, ServiceView};
pub use source_link::edit_root;
pub use tutorial_page::{TutorialEntry, TutorialLink, TutorialPageView, TutorialView, TutorialsPage};
