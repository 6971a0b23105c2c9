//! The names that the linter's settings and suppressions use: rules, groups, parameters.

use crate::check::registry::all_specs;
use crate::diag::catalog::control::{CANNOT_BE_LOWERED, SUPPRESSION_WITHOUT_REASON, UNKNOWN_RULE};
use crate::diag::catalog::manifest::MISSING_KEY;
use crate::diag::{ABOUT_GROUPS, CodeSpec, Diagnostic, Sink, group_of, is_group};
use crate::manifest::course::{Level, Lint};
use crate::source::{Span, Spanned};
use crate::syntax::yaml::{Entries, closest, one_of};

/// Reports what the settings name that there is not, and what they try to lower that cannot be.
pub fn check_settings(lint: &Lint, sink: &Sink) {
    let specs = all_specs();
    let check = Names { specs: &specs, sink };
    check.levels(&lint.levels);
    check.settings(&lint.settings);
    for entry in &lint.overrides {
        if entry.paths.0.is_empty() {
            let message = "an override needs the key `paths`";
            let finding = Diagnostic::new(&MISSING_KEY, entry.span, message);
            sink.push(finding.help("add `paths:` with the paths or patterns for which it holds"));
        }
        check.levels(&entry.levels);
        check.settings(&entry.settings);
    }
    for entry in &lint.allow {
        check.allowed(&entry.code);
        if entry.reason.value.trim().is_empty() {
            let message = format!("nothing says why `{}` is accepted", entry.code.value);
            let finding = Diagnostic::new(&SUPPRESSION_WITHOUT_REASON, entry.reason.span, message);
            sink.push(finding.help("write the reason after `reason:`"));
        }
    }
}

/// The code that a suppression names.
///
/// # Errors
/// The finding, if there is no such code or if it cannot be suppressed.
pub fn check_code(
    specs: &[&'static CodeSpec],
    name: &str,
    at: Span,
    nothing_blocks: bool,
) -> Result<&'static CodeSpec, Box<Diagnostic>> {
    let Some(spec) = specs.iter().find(|spec| spec.code == name) else {
        return Err(Box::new(unknown(specs, name, at, false)));
    };
    if spec.is_blocking() && !nothing_blocks {
        let message = format!("`{name}` cannot be suppressed: nothing can be built while it stands");
        let finding = Diagnostic::new(&CANNOT_BE_LOWERED, at, message);
        return Err(Box::new(finding.help("remove it here, and repair what the finding names")));
    }
    Ok(spec)
}

struct Names<'a> {
    specs: &'a [&'static CodeSpec],
    sink: &'a Sink,
}

impl Names<'_> {
    fn levels(&self, levels: &Entries<Level>) {
        for (name, level) in levels.iter() {
            if is_group(&name.value) {
                if name.value == "source" && *level != Level::Error {
                    let message =
                        "errors of the group `source` stay errors: nothing can be built while they stand";
                    let finding = Diagnostic::new(&CANNOT_BE_LOWERED, name.span, message);
                    self.sink
                        .push(finding.help("name the codes that you mean, such as `source/unused-file`"));
                }
                continue;
            }
            match self.specs.iter().find(|spec| spec.code == name.value) {
                None => self.sink.push(unknown(self.specs, &name.value, name.span, true)),
                Some(spec) if spec.is_blocking() && *level != Level::Error => {
                    let message =
                        format!("`{}` stays an error: nothing can be built while it stands", spec.code);
                    let finding = Diagnostic::new(&CANNOT_BE_LOWERED, name.span, message);
                    self.sink.push(finding.help("remove this line, and repair what the finding names"));
                }
                Some(_) => {}
            }
        }
    }

    fn settings(&self, settings: &Entries<Entries<f64>>) {
        for (name, numbers) in settings.iter() {
            match self.specs.iter().find(|spec| spec.code == name.value) {
                None => self.sink.push(unknown(self.specs, &name.value, name.span, false)),
                Some(spec) => numbers.iter().for_each(|(param, _)| self.param(spec, param)),
            }
        }
    }

    fn param(&self, spec: &CodeSpec, param: &Spanned<String>) {
        let names: Vec<&str> = spec.params.iter().map(|param| param.name).collect();
        if names.contains(&param.value.as_str()) {
            return;
        }
        let message = format!("`{}` has no parameter `{}`", spec.code, param.value);
        let help = match closest(&param.value, names.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if names.is_empty() => "it has none: remove the entry".to_owned(),
            None => format!("its parameters are {}", one_of(&names)),
        };
        self.sink.push(Diagnostic::new(&UNKNOWN_RULE, param.span, message).help(help));
    }

    fn allowed(&self, code: &Spanned<String>) {
        if let Err(finding) = check_code(self.specs, &code.value, code.span, false) {
            self.sink.push(*finding);
        }
    }
}

fn unknown(specs: &[&'static CodeSpec], name: &str, at: Span, groups: bool) -> Diagnostic {
    if is_group(name) {
        let first = specs.iter().find(|spec| group_of(spec.code) == name).map_or("…", |spec| spec.code);
        let message = format!("`{name}` is a group; here a single rule is meant");
        let help = format!("name a rule of it, such as `{first}`; `scenarist explain {name}` lists them");
        return Diagnostic::new(&UNKNOWN_RULE, at, message).help(help);
    }
    let message = format!("there is no rule `{name}`");
    let help = match closest_name(name, groups) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`scenarist explain` lists all rules".to_owned(),
    };
    Diagnostic::new(&UNKNOWN_RULE, at, message).help(help)
}

/// The code, or with `groups` the code or group, that was most likely meant.
#[must_use]
pub fn closest_name(name: &str, groups: bool) -> Option<&'static str> {
    let codes = || all_specs().into_iter().map(|spec| spec.code);
    if let Some(near) =
        closest(name, ABOUT_GROUPS.iter().map(|(group, _)| *group).filter(|_| groups && !name.contains('/')))
    {
        return Some(near);
    }
    // People remember the name of a rule sooner than its group.
    closest(name, codes()).or_else(|| {
        let tail = |code: &'static str| code.split_once('/').map_or(code, |(_, tail)| tail);
        let near = closest(name.rsplit('/').next().unwrap_or(name), codes().map(tail))?;
        codes().find(|code| tail(code) == near)
    })
}

/// Whether a name is a code or a group.
#[must_use]
pub fn is_code_or_group(name: &str) -> bool {
    is_group(name) || all_specs().iter().any(|spec| spec.code == name)
}
