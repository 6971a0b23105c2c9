//! Which metric objects the code really fills.

use crate::check::telemetry::{CodeFile, MetricInCode, ServiceCode};
use crate::syntax::script::{MetricClass, MetricUse, Role, ValueKind};

/// Labels that tell requests apart.
const REQUEST_LABELS: [&str; 8] =
    ["route", "path", "endpoint", "handler", "status", "status_code", "statusCode", "method"];

/// Methods of a metric object; any other is one of something that holds it, such as a list.
const METHODS: [&str; 11] = [
    "inc",
    "dec",
    "set",
    "observe",
    "startTimer",
    "setToCurrentTime",
    "labels",
    "reset",
    "remove",
    "get",
    "zero",
];

/// Calls that name a metric without filling it.
const REGISTERS: [&str; 4] = ["registerMetric", "log", "removeSingleMetric", "reset"];

/// Whether a metric counts or times requests.
pub fn is_of_requests(found: &MetricInCode<'_>) -> bool {
    let labels = found.metric.labels.as_deref().unwrap_or_default();
    matches!(found.metric.class, MetricClass::Counter | MetricClass::Histogram | MetricClass::Summary)
        && labels.iter().any(|(label, _)| REQUEST_LABELS.contains(&label.as_str()))
}

/// The metrics that nothing fills, as far as the code can be followed.
pub fn unfilled<'s>(code: &ServiceCode<'s>) -> Vec<MetricInCode<'s>> {
    let uses = code.metric_uses();
    let is_filled = |found: &MetricInCode<'s>| {
        found.metric.collects
            || found.metric.name.is_none()
            || uses.iter().any(|(file, call)| found.names.contains(&call.object) && is_live(code, file, call))
            || is_handed_on(code, found)
            || is_looked_up(code, found)
    };
    code.metrics().into_iter().filter(|found| !is_filled(found)).collect()
}

/// When at least two metrics of requests are made and none is filled, the middleware is missing:
/// one fault, not one for each of them.
pub fn is_unmeasured(code: &ServiceCode<'_>, unfilled: &[MetricInCode<'_>]) -> bool {
    let all = code.metrics().iter().filter(|found| is_of_requests(found)).count();
    let none = unfilled.iter().filter(|found| is_of_requests(found)).count();
    none >= 2 && none == all
}

/// Whether a call can happen: it stands in no function that nobody calls, and a timer that is
/// started is ended.
fn is_live(code: &ServiceCode<'_>, file: &CodeFile<'_>, call: &MetricUse) -> bool {
    let dead = file.script.around(call.function).any(|function| {
        function.passed.is_none() && function.name.as_ref().is_some_and(|name| !code.is_referenced(name))
    });
    if dead {
        return false;
    }
    if call.method != "startTimer" {
        return true;
    }
    let holder =
        file.script.variables.iter().find(|(_, values)| values.iter().any(|value| value.at == call.at));
    holder.is_none_or(|(name, _)| file.script.references.contains_key(name))
}

/// Whether an object goes somewhere that cannot be followed.
fn is_handed_on(code: &ServiceCode<'_>, found: &MetricInCode<'_>) -> bool {
    code.files.iter().any(|file| {
        let by_name = found.names.iter().filter_map(|name| file.script.references.get(name)).flatten();
        let by_path = |path: &str| {
            path.contains('.') && path.rsplit('.').next().is_some_and(|last| found.names.contains(last))
        };
        let in_arguments = file.script.calls.iter().filter(|call| !REGISTERS.contains(&call.method()));
        by_name.into_iter().any(|reference| match &reference.role {
            Role::Method(method) => !METHODS.contains(&method.as_str()),
            Role::Exported => false,
            Role::Argument(callee) => !REGISTERS.iter().any(|method| callee.ends_with(method)),
            Role::Called => true,
            Role::Other => !is_plain_mention(file, found, &reference.at),
        }) || in_arguments
            .flat_map(|call| &call.arguments)
            .any(|argument| argument.as_path().is_some_and(by_path))
            || file.script.variables.values().flatten().any(|value| value.as_path().is_some_and(by_path))
    })
}

/// A use that is no more than the name in an object that is handed out of the file.
fn is_plain_mention(file: &CodeFile<'_>, found: &MetricInCode<'_>, at: &std::ops::Range<usize>) -> bool {
    let exported = file.script.exports.iter().any(|export| found.names.contains(&export.local));
    let text = file.file.text.get(..at.start).unwrap_or("").trim_end();
    exported && (text.ends_with('{') || text.ends_with(','))
}

/// `register.getSingleMetric('name')`.
fn is_looked_up(code: &ServiceCode<'_>, found: &MetricInCode<'_>) -> bool {
    let Some((name, _)) = &found.metric.name else { return true };
    let calls = code.files.iter().flat_map(|file| &file.script.calls);
    let mut look_ups = calls.filter(|call| call.method() == "getSingleMetric");
    look_ups.any(|call| {
        call.arguments.first().is_none_or(|first| match &first.kind {
            ValueKind::Text(text) => text == name,
            _ => true,
        })
    })
}
