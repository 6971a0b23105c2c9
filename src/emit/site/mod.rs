//! The course site: pages from the model through a theme's templates. Owns addresses, the data
//! that templates get (`page`), and the way into the output tree; what a page looks like is the
//! theme's, and what a node looks like is `print::html`'s.

mod card;
mod cards;
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
mod rules;
mod scenario;
mod sitemap;
mod source_link;
mod structured;
mod subject;
mod theme;
mod track;
mod tutorial;
mod twin;

pub use cards::Cards;
pub use emit::{emit_site, emit_site_with};
pub use head::{CardImage, SharedCard};
pub use page::{
    Body, Card, ConceptGroup, ConceptLink, ConceptPage, ConceptsPage, Crumb, Faq, GroupView, HomePage, Link,
    NavigationItem, OpenQuestion, RedirectPage, ScenarioPage, SiteInfo, SitePage, TierView, TitledText,
    TrackPage, TrackView, TutorialEntry, TutorialLink, TutorialPageView, TutorialView, TutorialsPage,
};
pub use rules::{RuleGroup, RuleParameter, RuleView, RulesPage};
