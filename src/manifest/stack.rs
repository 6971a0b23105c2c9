//! `devcontainers/<stack>/stack.yml`.

use crate::source::Spanned;
use crate::syntax::yaml::{Entries, Id, Node, RelPath, Scalar, Text, choice, record};

record! {
    /// A stack: services, packages and templates that scenarios share.
    pub struct Stack as "a stack" {
        /// Its title.
        title: Spanned<String>,
        /// One line about it.
        summary: Option<Text>,
        /// A stack to start from; its files stand in where this one has none.
        extends: Option<Id>,
        /// Template delimiters: `block`, `variable`, `comment`, each a pair that no target uses.
        delimiters: Option<Delimiters>,
        /// Container images, each pinned once: name and reference.
        images: Entries<String>,
        /// Programs that a terminal in the app's container has.
        tools: Vec<Spanned<String>>,
        /// Services in the order in which they are listed.
        services: Vec<StackService>,
        /// npm packages: name and version range.
        packages: Entries<String>,
        /// npm packages that only development needs.
        dev_packages: Entries<String>,
        /// npm scripts: name and command.
        scripts: Entries<String>,
        /// How a learner reaches a place: `psql` and its command line.
        commands: Entries<String>,
        /// Parameters of the templates with their defaults.
        parameters: Entries<Scalar>,
        /// Files that it makes in a scenario's folder.
        files: Vec<StackFile>,
        /// The template of devcontainer.json; needed here or in the stack that this one extends.
        devcontainer: Option<RelPath>,
        /// Rows that every stuck table ends with.
        stuck: Vec<StuckRow>,
        /// Values for the templates that have no other place.
        values: Option<Node>,
    }
}

record! {
    /// The marks that separate template code from text.
    pub struct Delimiters as "the delimiters" {
        /// Around statements.
        block: Vec<String>,
        /// Around values.
        variable: Vec<String>,
        /// Around remarks.
        comment: Vec<String>,
    }
}

record! {
    /// A service of a stack.
    pub struct StackService as "a service of the stack" {
        /// Its id, also its name in the compose file.
        id: Id,
        /// Its title, for people.
        title: String,
        /// The port on which it can be reached.
        port: u32,
        /// What it is, in one sentence.
        about: Text,
        /// How to open it from a Codespace, in one sentence.
        open: Option<Text>,
        /// Whether it is there only when a scenario asks for it.
        optional: bool,
        /// Whether only other containers reach it, so that its port is not forwarded.
        internal: bool,
        /// Whether the app's processes wait until it is healthy.
        backing: bool,
    }
}

choice! {
    /// A file that is put together from the scenario rather than from a template.
    pub enum Made {
        /// package.json, from packages and scripts.
        Package = "package",
        /// package-lock.json: the scenario's, else the stack's.
        Lockfile = "lockfile",
        /// The Grafana dashboard, from the panels.
        Dashboard = "dashboard",
    }
}

record! {
    /// A file that the stack makes: from a template, or put together.
    pub struct StackFile as "a file of the stack" {
        /// Where it goes in the learner's folder.
        path: RelPath,
        /// The template it is made from; copied as it is when it does not end in `.j2`.
        from: Option<RelPath>,
        /// What it is made of when it has no template.
        make: Option<Made>,
        /// Whether it can be run as a program.
        executable: bool,
        /// What it is for, in one remark.
        about: Option<Text>,
        /// The service that must be there for it to be made.
        when: Option<String>,
    }
}

record! {
    /// A row of the stuck table.
    pub struct StuckRow as "a row of the stuck table" {
        /// What learners see.
        problem: Text,
        /// What to do.
        solution: Text,
    }
}
