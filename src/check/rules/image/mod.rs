//! The image of the app and of the learner's terminal.

rules! {
    tool_not_in_image;
    blind to pages:
    end_of_life_image,
    missing_dockerignore,
    missing_lockfile,
    node_version_mismatch,
}

mod tools;
