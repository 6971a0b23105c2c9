//! Which values a label of a metric can take, as far as the code says.

use std::collections::BTreeSet;

use super::code::ServiceCode;
use crate::syntax::script::{Value, ValueKind};

/// The values that a label can take.
#[derive(Clone, Debug, Default)]
pub struct LabelValues {
    pub known: BTreeSet<String>,
    /// The pattern of the route is one of them.
    pub routes: bool,
    /// The address as requested is: any address that some route answers.
    pub addresses: bool,
    /// Anything may be: the code computes it.
    pub open: bool,
}

const METHODS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/// How many names may stand for names.
const MAX_STEPS: u32 = 6;

impl LabelValues {
    /// Adds what an expression can be.
    pub fn add(&mut self, code: &ServiceCode<'_>, value: &Value) {
        self.add_value(code, value, 0);
    }

    /// Takes over what another place of the code can write.
    pub fn join(&mut self, other: &Self) {
        self.known.extend(other.known.iter().cloned());
        self.routes |= other.routes;
        self.addresses |= other.addresses;
        self.open |= other.open;
    }

    fn add_value(&mut self, code: &ServiceCode<'_>, value: &Value, steps: u32) {
        if steps > MAX_STEPS {
            self.open = true;
            return;
        }
        match &value.kind {
            ValueKind::Text(text) => {
                self.known.insert(text.clone());
            }
            ValueKind::Number(number) => {
                self.known.insert(number.to_string());
            }
            ValueKind::OneOf(values) => {
                values.iter().for_each(|value| self.add_value(code, value, steps + 1))
            }
            ValueKind::Path(path) => self.add_path(code, path, steps),
            ValueKind::Joined(parts) => self.add_joined(parts),
            ValueKind::Call { callee, arguments } => self.add_call(code, callee, arguments, steps),
            ValueKind::List(_)
            | ValueKind::Object(_)
            | ValueKind::New { .. }
            | ValueKind::Function
            | ValueKind::Other => self.open = true,
        }
    }

    fn add_path(&mut self, code: &ServiceCode<'_>, path: &str, steps: u32) {
        let last = path.rsplit('.').next().unwrap_or("");
        let of_request = path.contains("req.") || path.contains("request.");
        if path.ends_with("route.path") {
            self.routes = true;
        } else if of_request && last == "method" {
            self.known.extend(METHODS.map(str::to_owned));
        } else if of_request && ["path", "url", "originalUrl"].contains(&last) {
            self.addresses = true;
        } else if (of_request && last == "route") || path == "undefined" {
            // `req.route && req.route.path`: what comes out is the second.
        } else {
            let values: Vec<&Value> =
                code.files.iter().filter_map(|file| file.script.variables.get(path)).flatten().collect();
            if values.is_empty() {
                self.open = true;
            }
            values.iter().for_each(|value| self.add_value(code, value, steps + 1));
        }
    }

    /// `req.baseUrl + req.route.path`.
    fn add_joined(&mut self, parts: &[Value]) {
        let ends_in_route = |part: &Value| match &part.kind {
            ValueKind::Path(path) => path.ends_with("route.path"),
            _ => false,
        };
        let is_prefix = |part: &Value| part.as_path().is_some_and(|path| path.ends_with("baseUrl"));
        if parts.iter().all(|part| ends_in_route(part) || is_prefix(part)) {
            self.routes = true;
        } else {
            self.open = true;
        }
    }

    fn add_call(&mut self, code: &ServiceCode<'_>, callee: &str, arguments: &[Value], steps: u32) {
        if let Some(object) = callee.strip_suffix(".toString") {
            return self.add_path(code, object, steps + 1);
        }
        if callee == "String"
            && let Some(first) = arguments.first()
        {
            return self.add_value(code, first, steps + 1);
        }
        let own = code.files.iter().flat_map(|file| &file.script.functions);
        let returns: Vec<&Value> = own
            .filter(|function| function.name.as_deref() == Some(callee))
            .flat_map(|function| &function.returns)
            .collect();
        if returns.is_empty() {
            self.open = true;
        }
        returns.iter().for_each(|value| self.add_value(code, value, steps + 1));
    }
}
