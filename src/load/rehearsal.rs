//! Whether what `rehearsal` declares can be judged: each expectation can be read, and the stages,
//! load tests, requests and services that it names exist.

use std::collections::BTreeSet;

use crate::diag::catalog::manifest::{BAD_VALUE, UNKNOWN_KEY};
use crate::diag::catalog::reference::UNRESOLVED_REFERENCE;
use crate::diag::{Diagnostic, Sink};
use crate::environment::APP;
use crate::manifest::environment::Environment;
use crate::manifest::expectation::{Bound, Expectation, ExpectationFault, parse_expectation};
use crate::manifest::measure::{LoadTest, Rehearsal};
use crate::model::{Course, Stage, Written};
use crate::source::{Span, Spanned};
use crate::syntax::yaml::{Decode, Scalar, closest};

/// Checks the rehearsals of every written scenario; stages and services are known by then.
pub fn check_rehearsals(course: &Course, sink: &Sink) {
    for written in course.scenarios.iter().filter_map(|scenario| scenario.written.as_ref()) {
        check_rehearsal(written, sink);
    }
}

/// The same of one scenario.
pub fn check_rehearsal(written: &Written, sink: &Sink) {
    for entry in &written.manifest.rehearsal {
        check_entry(written, entry, sink);
    }
}

fn check_entry(written: &Written, entry: &Rehearsal, sink: &Sink) {
    let stage = written.stages.iter().find(|stage| stage.id == entry.stage.value);
    if stage.is_none() {
        unknown("stage", &entry.stage.value, entry.stage.span, stage_ids(written), sink);
    }
    let test = match &entry.test {
        None => written.loadtests.first(),
        Some(id) => {
            let found = written.loadtests.iter().find(|test| test.id.text == id.text);
            if found.is_none() {
                let ids = written.loadtests.iter().map(|test| test.id.as_str());
                unknown("load test", &id.text, id.span, ids, sink);
            }
            found
        }
    };
    if written.loadtests.is_empty() && entry.test.is_none() {
        let message = "there is no load test to see this in";
        let finding = Diagnostic::new(&UNRESOLVED_REFERENCE, entry.stage.span, message);
        sink.push(finding.help("declare one under `loadtests`, or remove the entry"));
    }
    for (key, value) in entry.expect.iter() {
        match parse_expectation(&key.value, &value.text) {
            Err(fault) => report(&fault, key, value, sink),
            Ok(Expectation::Bound(bound)) => check_bound(written, entry, test, &bound, (key, value), sink),
            Ok(Expectation::Busiest(service)) => check_service(written, entry, stage, &service, value, sink),
            Ok(Expectation::Cause(_)) => {}
        }
    }
}

fn report(fault: &ExpectationFault, key: &Spanned<String>, value: &Scalar, sink: &Sink) {
    let (spec, span) = match fault {
        ExpectationFault::UnknownMeasure(_) => (&UNKNOWN_KEY, key.span),
        _ if fault.is_about_key() => (&BAD_VALUE, key.span),
        _ => (&BAD_VALUE, value.span),
    };
    sink.push(Diagnostic::new(spec, span, fault.to_string()).help(fault.help()));
}

fn check_bound(
    written: &Written,
    entry: &Rehearsal,
    test: Option<&LoadTest>,
    bound: &Bound,
    (key, value): (&Spanned<String>, &Scalar),
    sink: &Sink,
) {
    if let (Some(request), Some(test)) = (&bound.request, test)
        && !test.requests.iter().any(|known| known.id.text == *request)
    {
        unknown("request", request, key.span, test.requests.iter().map(|known| known.id.as_str()), sink);
    }
    let Some(base) = &bound.of else { return };
    if !written.stages.iter().any(|stage| stage.id == *base) {
        unknown("stage", base, value.span, stage_ids(written), sink);
    } else if *base == entry.stage.value && entry.control.is_none() {
        let message = format!("`{base}` is compared with itself");
        let finding = Diagnostic::new(&BAD_VALUE, value.span, message);
        sink.push(finding.help("name the stage that it should differ from, such as `broken`"));
    }
}

fn check_service(
    written: &Written,
    entry: &Rehearsal,
    stage: Option<&Stage>,
    service: &str,
    value: &Scalar,
    sink: &Sink,
) {
    let Some(stage) = stage else { return };
    let Some(declared) = &stage.declared else { return };
    let patched = entry.environment.as_ref().map(|patch| declared.merged(patch));
    // Its faults are reported where the stage is made, and where the control is planned.
    let Some(environment) = Environment::decode(patched.as_ref().unwrap_or(declared), &Sink::default())
    else {
        return;
    };
    let mut ids: BTreeSet<String> = written.services.iter().map(|service| service.id.clone()).collect();
    ids.extend(environment.services.iter().map(|service| service.id.text.clone()));
    ids.extend((2..=environment.app.copies).map(|copy| format!("{APP}{copy}")));
    if !ids.contains(service) {
        unknown("service", service, value.span, ids.iter().map(String::as_str), sink);
    }
}

fn stage_ids(written: &Written) -> impl Iterator<Item = &str> {
    written.stages.iter().map(|stage| stage.id.as_str())
}

fn unknown<'a>(kind: &str, id: &str, span: Span, known: impl Iterator<Item = &'a str>, sink: &Sink) {
    let known: Vec<&str> = known.collect();
    let help = match closest(id, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => format!("there is no {kind}; remove the name"),
        None => format!("there are {}", known.join(", ")),
    };
    let message = format!("there is no {kind} `{id}`");
    sink.push(Diagnostic::new(&UNRESOLVED_REFERENCE, span, message).help(help));
}
