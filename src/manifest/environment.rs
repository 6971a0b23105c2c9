//! What a scenario runs in: the block `environment` of scenario.yml, and a fix's patch on it.

use crate::source::Spanned;
use crate::syntax::yaml::{Entries, Id, Node, OneOrMany, RelPath, Scalar, Text, record};

record! {
    /// The environment: which stack, and what differs from it.
    pub struct Environment as "the environment" {
        /// The stack: a folder of `devcontainers/`.
        stack: Id,
        /// The learner's app.
        app: App,
        /// Services beside those of the stack.
        services: Vec<Service>,
        /// npm packages beside those of the stack: name and version range.
        packages: Entries<String>,
        /// npm packages that only development needs.
        dev_packages: Entries<String>,
        /// npm scripts beside those of the stack: name and command.
        scripts: Entries<String>,
        /// Environment variables of the app.
        env: Entries<Scalar>,
        /// Files of `app/` that stand in for the stack's.
        replaces: Vec<RelPath>,
        /// When the seeded database is ready: a table, and how many rows it must hold.
        ready: Option<Ready>,
        /// Whether the learner reaches a Docker engine from the terminal.
        docker: bool,
        /// Settings that go into devcontainer.json as they are.
        devcontainer: Option<Node>,
        /// Values for the stack's parameters.
        parameters: Entries<Scalar>,
    }
}

record! {
    /// The learner's app.
    pub struct App as "the app" {
        /// Its title, for people.
        title: Text,
        /// The port that it listens on.
        port: Spanned<u32>,
        /// Its database.
        database: Option<Spanned<String>>,
        /// How many CPU cores it may use; fractions are allowed.
        cpus: Option<f64>,
        /// How many copies run: `app`, `app2`, ….
        copies: u32 = 1,
    }
}

record! {
    /// A service: one of the stack's optional ones, or another process of the app's code.
    pub struct Service as "a service" {
        /// Its id, also its name in the compose file.
        id: Id,
        /// `app` for a process of the app's code, else a service that the stack offers.
        from: Option<Spanned<String>>,
        /// Its title, for people.
        title: Option<Text>,
        /// What it runs.
        command: Option<String>,
        /// The port that it listens on.
        port: Option<Spanned<u32>>,
        /// Whether Prometheus reads its metrics.
        scrape: bool,
        /// Environment variables.
        env: Entries<Scalar>,
        /// How many CPU cores it may use.
        cpus: Option<f64>,
        /// Files mounted into it: path in the learner's folder, and path inside.
        mounts: Entries<String>,
        /// Services that must be up first.
        needs: OneOrMany<Id>,
    }
}

record! {
    /// When the database is ready.
    pub struct Ready as "the condition `ready`" {
        /// A table that the seed fills.
        table: Spanned<String>,
        /// How many rows it holds at least.
        rows: Spanned<u32>,
    }
}
