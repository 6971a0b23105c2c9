//! The course site: pages from the model through a theme's templates. Owns addresses, the data
//! that templates get (`page`), and the way into the output tree; what a page looks like is the
//! theme's, and what a node looks like is `print::html`'s.

mod card;
mod concept;
mod emit;
mod frame;
mod home;
mod page;
mod preview;
mod redirect;
mod rehearsal;
mod rules;
mod scenario;
mod script;
mod theme;
mod track;
mod tutorial;
mod work;

pub use emit::emit_site;
pub use page::{
    Body, Card, ConceptGroup, ConceptLink, ConceptPage, ConceptsPage, Crumb, Faq, GroupView, HomePage, Link,
    NavigationItem, OpenQuestion, RedirectPage, ScenarioPage, SiteInfo, SitePage, TierView, TitledText,
    TrackPage, TrackView, TutorialEntry, TutorialLink, TutorialPageView, TutorialView, TutorialsPage,
};
pub use rules::{RuleGroup, RuleParameter, RuleView, RulesPage};
