//! What an Express app answers: its routes, what is mounted where, and the port it listens on.

use std::ops::Range;

use super::facts::{Call, Script};
use super::value::{Value, ValueKind};

/// A route: `app.get('/feed', …)`.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// `get`, `post`, …, `all`.
    pub method: String,
    /// What it is added to: `app`, `router`.
    pub object: String,
    /// The pattern; `None` if it is computed.
    pub path: Option<String>,
    pub path_at: Range<usize>,
    /// The whole call.
    pub at: Range<usize>,
    pub handlers: Vec<Value>,
}

/// `app.use(…)`.
#[derive(Clone, Debug, PartialEq)]
pub struct Mount {
    pub object: String,
    /// The prefix, if there is one that is constant.
    pub path: Option<String>,
    pub at: Range<usize>,
    /// Functions, routers, calls that make them.
    pub mounted: Vec<Value>,
}

/// `app.listen(port)`.
#[derive(Clone, Debug, PartialEq)]
pub struct Listen {
    pub port: Value,
    pub at: Range<usize>,
}

const METHODS: [&str; 8] = ["get", "post", "put", "patch", "delete", "head", "options", "all"];

impl Script {
    /// The routes in the order of the text.
    #[must_use]
    pub fn routes(&self) -> Vec<Route> {
        self.calls.iter().filter(|call| !call.is_new).flat_map(|call| self.routes_of(call)).collect()
    }

    fn routes_of(&self, call: &Call) -> Vec<Route> {
        let (method, is_chain) = (call.method(), call.method() == "route" && !call.object().is_empty());
        if call.object().is_empty() || !(METHODS.contains(&method) || is_chain) {
            return Vec::new();
        }
        let Some((first, handlers)) = call.arguments.split_first() else { return Vec::new() };
        // `res.get('Content-Type')` and `map.get(key)` add nothing.
        if handlers.is_empty() && !is_chain {
            return Vec::new();
        }
        let paths = self.paths_of(first);
        let is_path = |path: &Option<String>| path.as_ref().is_none_or(|path| path.starts_with(['/', '*']));
        let handled = || handlers.iter().any(|handler| !matches!(handler.kind, ValueKind::Object(_)));
        if !paths.iter().all(|(path, _)| is_path(path)) || (!is_chain && !handled()) {
            return Vec::new();
        }
        let route = |(path, path_at): (Option<String>, Range<usize>)| Route {
            method: if is_chain { "all".to_owned() } else { method.to_owned() },
            object: call.object().to_owned(),
            path,
            path_at,
            at: call.at.clone(),
            handlers: handlers.to_vec(),
        };
        paths.into_iter().map(route).collect()
    }

    fn paths_of(&self, first: &Value) -> Vec<(Option<String>, Range<usize>)> {
        match &self.resolved(first).kind {
            ValueKind::List(items) => items
                .iter()
                .map(|item| (self.resolved(item).as_text().map(str::to_owned), item.at.clone()))
                .collect(),
            ValueKind::Text(text) => vec![(Some(text.clone()), first.at.clone())],
            _ => vec![(None, first.at.clone())],
        }
    }

    /// What is put before or between the routes, in the order of the text.
    #[must_use]
    pub fn mounts(&self) -> Vec<Mount> {
        let uses = self
            .calls
            .iter()
            .filter(|call| !call.is_new && call.method() == "use" && !call.object().is_empty());
        let mount = |call: &Call| {
            let path = call.arguments.first().and_then(|first| self.resolved(first).as_text());
            let skip = usize::from(path.is_some());
            Mount {
                object: call.object().to_owned(),
                path: path.map(str::to_owned),
                at: call.at.clone(),
                mounted: call.arguments[skip.min(call.arguments.len())..].to_vec(),
            }
        };
        uses.map(mount).collect()
    }

    /// Where it listens.
    #[must_use]
    pub fn listens(&self) -> Vec<Listen> {
        let calls = self.calls.iter().filter(|call| !call.is_new && call.method() == "listen");
        let listen = |call: &Call| {
            let port = call.arguments.first()?.clone();
            Some(Listen { port, at: call.at.clone() })
        };
        calls.filter_map(listen).collect()
    }

    /// A port as a number: what is written, what its name stands for, or the last resort of
    /// `process.env.PORT || 3000`. The second value says whether a variable of the environment
    /// comes first.
    #[must_use]
    pub fn port_of(&self, value: &Value) -> (Option<u32>, bool) {
        let alternatives = self.alternatives(value);
        let number = alternatives.iter().rev().find_map(|value| match &value.kind {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked")]
            ValueKind::Number(number) if (1.0..=65535.0).contains(number) && number.fract() == 0.0 => {
                Some(*number as u32)
            }
            ValueKind::Text(text) => text.parse().ok(),
            _ => None,
        });
        (number, alternatives.iter().any(|value| value.as_path() == Some("process.env.PORT")))
    }
}
