//! What `rehearsal[].expect` declares, read: `success: ">= 99%"`, `p50@report: "<= 0.5 of broken"`,
//! `cause: "too many clients"`, `busiest: postgres`. Whether its names exist is for `load/`, whether
//! it holds for `rehearse/`.

use std::fmt;

use thiserror::Error;

use crate::syntax::yaml::closest;

/// An expectation.
#[derive(Clone, Debug, PartialEq)]
pub enum Expectation {
    /// A measure lies on one side of a limit.
    Bound(Bound),
    /// The message of most errors.
    Cause(String),
    /// The service that uses the most CPU, by its id.
    Busiest(String),
}

/// A measure, a sign and a limit.
#[derive(Clone, Debug, PartialEq)]
pub struct Bound {
    pub measure: Measure,
    /// A request of the load test, by its id; all of them if not given.
    pub request: Option<String>,
    pub sign: Sign,
    /// A percentage; with `of`, a factor.
    pub limit: f64,
    /// The stage whose figure the limit is a multiple of.
    pub of: Option<String>,
}

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// Percentage of requests that were answered with a 2xx status.
    Success,
    /// Such answers per second.
    Rps,
    /// Median latency of all answers.
    P50,
    /// 99th percentile of the latency of all answers.
    P99,
    /// Median latency of answers with a 2xx status.
    SuccessP50,
    /// 99th percentile of the latency of those answers.
    SuccessP99,
}

/// How a figure and its limit compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    AtMost,
    AtLeast,
    Below,
    Above,
}

/// Why an expectation cannot be read.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ExpectationFault {
    #[error("`{0}` is not a measure")]
    UnknownMeasure(String),
    #[error("`{0}` is about the whole load test, not about one request")]
    NotByRequest(String),
    #[error("`{0}@` names no request")]
    NoRequest(String),
    #[error("`{0}` says nothing")]
    Empty(String),
    #[error("`{value}` does not say what `{measure}` must be")]
    NotABound { measure: String, value: String },
    #[error("a share lies between 0 and 100 %, not at `{0}`")]
    NotAShare(String),
    #[error("`{0}` is no factor to multiply a figure by")]
    NotAFactor(String),
    #[error("`{measure}: {value}` holds on one machine and not on another")]
    Absolute { measure: String, value: String },
}

const MEASURES: [Measure; 6] =
    [Measure::Success, Measure::Rps, Measure::P50, Measure::P99, Measure::SuccessP50, Measure::SuccessP99];
const CAUSE: &str = "cause";
const BUSIEST: &str = "busiest";

// Those that begin with another one come first.
const SIGNS: [(&str, Sign); 4] =
    [("<=", Sign::AtMost), (">=", Sign::AtLeast), ("<", Sign::Below), (">", Sign::Above)];

/// Reads one entry of `expect`: its key, and its value as text.
///
/// # Errors
/// [`ExpectationFault`], which says what is wrong; [`ExpectationFault::help`] says what to write.
pub fn parse_expectation(key: &str, value: &str) -> Result<Expectation, ExpectationFault> {
    let value = value.trim();
    let (name, request) = match key.trim().split_once('@') {
        Some((name, request)) => (name.trim(), Some(request.trim())),
        None => (key.trim(), None),
    };
    if name == CAUSE || name == BUSIEST {
        if request.is_some() {
            return Err(ExpectationFault::NotByRequest(name.to_owned()));
        }
        if value.is_empty() {
            return Err(ExpectationFault::Empty(name.to_owned()));
        }
        let value = value.to_owned();
        return Ok(if name == CAUSE { Expectation::Cause(value) } else { Expectation::Busiest(value) });
    }
    let measure = MEASURES
        .into_iter()
        .find(|measure| measure.word() == name)
        .ok_or_else(|| ExpectationFault::UnknownMeasure(name.to_owned()))?;
    if request == Some("") {
        return Err(ExpectationFault::NoRequest(name.to_owned()));
    }
    let (sign, limit, of) = parse_bound(measure, value)?;
    Ok(Expectation::Bound(Bound { measure, request: request.map(str::to_owned), sign, limit, of }))
}

/// `<= 0.6 of shared-pool` or `>= 99%`.
fn parse_bound(measure: Measure, value: &str) -> Result<(Sign, f64, Option<String>), ExpectationFault> {
    let not_a_bound =
        || ExpectationFault::NotABound { measure: measure.word().to_owned(), value: value.to_owned() };
    let (sign, rest) = SIGNS
        .iter()
        .find_map(|(text, sign)| Some((*sign, value.strip_prefix(text)?.trim())))
        .ok_or_else(not_a_bound)?;
    let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
    let (number, unit) = rest.split_at(digits);
    let number: f64 = number.parse().map_err(|_| not_a_bound())?;
    let mut words = unit.split_whitespace();
    let (percent, word) = match words.next() {
        Some("%") => (true, words.next()),
        other => (false, other),
    };
    match (word, words.next(), words.next()) {
        (Some("of"), Some(stage), None) => {
            let limit = if percent { number / 100.0 } else { number };
            if limit <= 0.0 {
                return Err(ExpectationFault::NotAFactor(rest.to_owned()));
            }
            Ok((sign, limit, Some(stage.to_owned())))
        }
        (None, ..) if measure == Measure::Success => {
            if number > 100.0 {
                return Err(ExpectationFault::NotAShare(rest.to_owned()));
            }
            Ok((sign, number, None))
        }
        (None, ..) | (Some("ms" | "s" | "/s"), None, None) if measure != Measure::Success => {
            Err(ExpectationFault::Absolute { measure: measure.word().to_owned(), value: value.to_owned() })
        }
        _ => Err(not_a_bound()),
    }
}

impl Measure {
    /// As it is written.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Rps => "rps",
            Self::P50 => "p50",
            Self::P99 => "p99",
            Self::SuccessP50 => "success-p50",
            Self::SuccessP99 => "success-p99",
        }
    }

    /// Whether it is a latency, in milliseconds.
    #[must_use]
    pub fn is_latency(self) -> bool {
        !matches!(self, Self::Success | Self::Rps)
    }
}

impl Sign {
    /// As it is written.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::AtMost => "<=",
            Self::AtLeast => ">=",
            Self::Below => "<",
            Self::Above => ">",
        }
    }

    /// Whether the limit is the largest value allowed, not the smallest.
    #[must_use]
    pub fn is_upper(self) -> bool {
        matches!(self, Self::AtMost | Self::Below)
    }

    /// Whether a value may be the limit itself.
    #[must_use]
    pub fn allows_limit(self) -> bool {
        matches!(self, Self::AtMost | Self::AtLeast)
    }
}

impl Bound {
    /// The measure as it is written: `p99`, or `p99@report`.
    #[must_use]
    pub fn subject(&self) -> String {
        match &self.request {
            Some(request) => format!("{}@{request}", self.measure.word()),
            None => self.measure.word().to_owned(),
        }
    }
}

impl fmt::Display for Expectation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cause(message) => write!(f, "cause `{message}`"),
            Self::Busiest(service) => write!(f, "busiest service `{service}`"),
            Self::Bound(bound) => {
                write!(f, "{} {} {}", bound.subject(), bound.sign.word(), bound.limit)?;
                match &bound.of {
                    Some(stage) => write!(f, " of {stage}"),
                    None => f.write_str(" %"),
                }
            }
        }
    }
}

impl ExpectationFault {
    /// What to write instead.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::UnknownMeasure(name) => {
                let words = || MEASURES.iter().map(|measure| measure.word()).chain([CAUSE, BUSIEST]);
                match closest(name, words()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("there are {}", words().collect::<Vec<_>>().join(", ")),
                }
            }
            Self::NotByRequest(name) => format!("write `{name}` alone"),
            Self::NoRequest(name) => {
                format!("write the id of a request after the `@`, or `{name}` for all requests")
            }
            Self::Empty(name) if name == CAUSE => {
                "write the error message that most failures give, or a part of it".to_owned()
            }
            Self::Empty(_) => "write the id of the service that uses the most CPU".to_owned(),
            Self::NotABound { measure, .. } if measure == Measure::Success.word() => {
                "write a sign and a percentage, such as `\">= 99%\"`".to_owned()
            }
            Self::NotABound { .. } => {
                "write a sign, a factor and a stage, such as `\"<= 0.5 of broken\"`".to_owned()
            }
            Self::NotAShare(_) => "write a percentage up to 100, or a factor and a stage".to_owned(),
            Self::NotAFactor(_) => "write a number above 0, such as `\"<= 0.5 of broken\"`".to_owned(),
            Self::Absolute { measure, .. } => {
                let ratio = if measure == Measure::Rps.word() { ">= 1.5" } else { "<= 0.5" };
                format!("compare it with another stage: give a ratio, such as `\"{ratio} of broken\"`")
            }
        }
    }

    /// Whether the fault lies in the key, not in the value.
    #[must_use]
    pub fn is_about_key(&self) -> bool {
        matches!(self, Self::UnknownMeasure(_) | Self::NotByRequest(_) | Self::NoRequest(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bound(
        measure: Measure,
        request: Option<&str>,
        sign: Sign,
        limit: f64,
        of: Option<&str>,
    ) -> Result<Expectation, ExpectationFault> {
        let (request, of) = (request.map(str::to_owned), of.map(str::to_owned));
        Ok(Expectation::Bound(Bound { measure, request, sign, limit, of }))
    }

    #[test]
    fn a_share_may_be_absolute() {
        for text in [">= 99%", ">=99", ">= 99 %", "  >= 99.0%  "] {
            let expected = bound(Measure::Success, None, Sign::AtLeast, 99.0, None);
            assert_eq!(parse_expectation("success", text), expected, "{text}");
        }
        let expected = bound(Measure::Success, Some("feed"), Sign::Below, 35.5, None);
        assert_eq!(parse_expectation("success@feed", "< 35.5%"), expected);
    }

    #[test]
    fn a_ratio_names_its_stage() {
        let expected = bound(Measure::P50, None, Sign::AtMost, 0.6, Some("shared-pool"));
        assert_eq!(parse_expectation("p50", "<= 0.6 of shared-pool"), expected);
        assert_eq!(parse_expectation("p50", "<= 60% of shared-pool"), expected);
        let expected = bound(Measure::P99, Some("report"), Sign::AtMost, 0.5, Some("broken"));
        assert_eq!(parse_expectation("p99@report", "<= 0.5 of broken"), expected);
        let expected = bound(Measure::Rps, None, Sign::Above, 1.5, Some("broken"));
        assert_eq!(parse_expectation("rps", ">1.5 of broken"), expected);
    }

    #[test]
    fn cause_and_busiest_take_words() {
        let cause = Expectation::Cause("sorry, too many clients already".to_owned());
        assert_eq!(parse_expectation("cause", " sorry, too many clients already"), Ok(cause));
        assert_eq!(parse_expectation("busiest", "postgres"), Ok(Expectation::Busiest("postgres".to_owned())));
    }

    #[test]
    fn milliseconds_and_rates_are_refused_with_a_ratio_to_write() {
        for (key, text) in
            [("p50", "<= 300"), ("p99@feed", "<= 300ms"), ("p50", "< 0.3 s"), ("rps", ">= 200")]
        {
            let fault = parse_expectation(key, text).expect_err(text);
            assert!(matches!(fault, ExpectationFault::Absolute { .. }), "{text}: {fault}");
            assert!(fault.help().contains("of broken"), "{}", fault.help());
        }
    }

    #[test]
    fn faults_say_what_is_wrong() {
        let said = |key, text| {
            let fault = parse_expectation(key, text).expect_err(text);
            format!("{fault}; {}", fault.help())
        };
        assert_eq!(said("succes", ">= 99%"), "`succes` is not a measure; did you mean `success`?");
        assert_eq!(
            said("cause@feed", "x"),
            "`cause` is about the whole load test, not about one request; write `cause` alone"
        );
        assert!(said("p50@", "<= 0.5 of broken").starts_with("`p50@` names no request"));
        assert!(said("cause", "  ").starts_with("`cause` says nothing"));
        assert!(said("success", "99%").contains("write a sign and a percentage"));
        assert!(said("success", ">= 101%").contains("between 0 and 100"));
        assert!(said("p50", "<= 0 of broken").contains("no factor"));
        for text in
            ["<= half of broken", "<= 0.5 of", "<= 0.5 broken", "<= 0.5 of a b", "<= 1.2.3 of a", "<=", ""]
        {
            assert!(said("p50", text).contains("does not say what `p50` must be"), "{text}");
        }
    }

    #[test]
    fn it_prints_as_it_reads() {
        for (key, text) in [("success", ">= 99 %"), ("p99@report", "<= 0.5 of broken"), ("rps", "> 2 of a")] {
            let read = parse_expectation(key, text).expect(text);
            assert_eq!(read.to_string(), format!("{key} {text}"));
        }
    }
}
