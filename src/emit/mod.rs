//! From the model to trees of files: the monorepo, the site, course.json.

pub mod asset;
pub mod content;
pub mod course_json;
pub mod monorepo;
pub mod outline;
pub mod print;
pub mod rehearsed;
pub mod review;
pub mod site;
pub mod tree;
