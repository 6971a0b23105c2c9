//! Pictures of the dashboard's panels, drawn from what a rehearsal measured, so that an author sees
//! what the learner will see in Grafana. One for each panel, load test and stage, on a scale of its
//! own, as Grafana has it; and an overview of all stages side by side, in which the panels of a row
//! share their scale, because that is what makes stages comparable.

mod axis;
mod canvas;
mod card;
mod chart;
mod letters;
mod overview;
mod pictures;
mod stat;
mod unit;
mod view;

pub use pictures::{Picture, gallery, to_png};
