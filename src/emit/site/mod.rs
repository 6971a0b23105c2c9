//! The course site: pages from the model through a theme's templates. Owns addresses, the data
//! that templates get (`page`), and the way into the output tree; what a page looks like is the
//! theme's, and what a node looks like is `print::html`'s.

mod card;
mod concept;
mod concept_page;
mod emit;
mod fill;
mod frame;
mod graph;
mod home;
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
mod theme;
mod track;
mod tutorial;
mod tutorial_page;

pub use concept_page::{ConceptDiagram, ConceptGroup, ConceptPage, ConceptsPage};
pub use emit::emit_site;
pub use graph::{ConceptMap, Family};
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
pub use tutorial_page::{TutorialEntry, TutorialLink, TutorialPageView, TutorialView, TutorialsPage};
