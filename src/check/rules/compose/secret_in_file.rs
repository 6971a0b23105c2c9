//! `compose/secret-in-file`.

use std::ops::Range;

use crate::check::Checked;
use crate::diag::{CodeSpec, Example, Severity, Sink};

pub static SPEC: CodeSpec = CodeSpec {
    code: "compose/secret-in-file",
    severity: Severity::Warning,
    what: "A file of the exercise holds something that looks like a real key, token or password.",
    why: "The course is public: whoever reads it can use the key, and searching programs find it within minutes.",
    fix: "Revoke it at the service that gave it out, then replace it by a made-up value such as `postgres`.",
    source: "rules.md",
    params: &[],
    bad: &[
        compose_example![
            app!(),
            postgres!(),
            grafana!(),
            prometheus!(),
            "  mailer:\n    image: redis:7.4.3\n    environment:\n      MAIL_API_KEY: «q7Zt2Lw9VxB4nRk8Yc3Hm6Pd»\n",
        ],
        compose_example![
            app!(),
            postgres!(),
            grafana!(),
            prometheus!(),
            "  mailer:\n    image: redis:7.4.3\n    environment:\n      MAIL_API_KEY: «9f86d081884c7d659a2feaa0c55ad015»\n",
        ],
        compose_example![
            app!(),
            postgres!(),
            grafana!(),
            prometheus!(),
            "  mailer:\n    image: redis:7.4.3\n    environment:\n      AWS_SECRET_ACCESS_KEY: «vQ3xTf9/LmZ2cRk8+YpW7nHs4BdJ6uGa1EoKt5Xi»\n",
        ],
        Example::file(&[(
            "content/scenarios/first/app/db/mail.js",
            "const key = '«ghp_Zx8Kq2Wm4Tn6Rb1Vc9Ys3Dd5Ff7Gg0Hh2Jj4»';\nmodule.exports = { key };\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/app/db/key.pem",
            "«-----BEGIN RSA PRIVATE KEY-----»\nMIIEowIBAAKCAQEA7\n-----END RSA PRIVATE KEY-----\n",
        )]),
    ],
    good: &[
        compose_example![
            app!(),
            postgres!(),
            grafana!(),
            prometheus!(),
            "  mailer:\n    image: redis:7.4.3\n    environment:\n      MAIL_API_KEY: not-a-real-key-for-development-only-2026\n      JWT_SECRET: change-me\n      GF_SECURITY_ADMIN_PASSWORD: admin\n      TOKEN_BUCKET_SIZE: \"100\"\n      SESSION_SECRET: ${SESSION_SECRET}\n      TOKEN_FILE: /run/secrets/Token2026Of/Mail4You/Version7/a\n      COOKIE_SECRET: 0123456789abcdef0123456789abcdef\n      API_TOKEN: local-development-token-2026-07-31\n      BUILD: q7Zt2Lw9VxB4nRk8Yc3Hm6Pd\n",
        ],
        Example::file(&[(
            "content/scenarios/first/app/db/mail.js",
            "const key = 'ghp_your_token_here';\nconst example = 'AKIAIOSFODNN7EXAMPLE';\nmodule.exports = { key, example };\n",
        )]),
    ],
};

/// Keys that a service gives out: how they begin, how long the rest is at least, and whose they are.
const KNOWN: [(&str, usize, &str); 16] = [
    ("AKIA", 16, "an access key of AWS"),
    ("ASIA", 16, "an access key of AWS"),
    ("ghp_", 36, "a token of GitHub"),
    ("gho_", 36, "a token of GitHub"),
    ("ghs_", 36, "a token of GitHub"),
    ("github_pat_", 40, "a token of GitHub"),
    ("glpat-", 20, "a token of GitLab"),
    ("npm_", 36, "a token of npm"),
    ("sk_live_", 20, "a key of Stripe"),
    ("rk_live_", 20, "a key of Stripe"),
    ("sk-ant-", 30, "a key of Anthropic"),
    ("sk-proj-", 30, "a key of OpenAI"),
    ("xoxb-", 20, "a token of Slack"),
    ("xoxp-", 20, "a token of Slack"),
    ("AIza", 35, "a key of Google"),
    ("SG.", 40, "a key of SendGrid"),
];

/// Words in the name of something secret.
const SECRET_WORDS: [&str; 9] =
    ["secret", "credential", "access_key", "token", "password", "passwd", "apikey", "api_key", "private_key"];

/// Files whose long random texts are checksums.
const CHECKSUMS: [&str; 3] = ["package-lock.json", "yarn.lock", "pnpm-lock.yaml"];

/// Looks through every text file of every exercise, and through its solutions.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for exercise in checked.exercises {
        let files = exercise.each_file().map(|(_, file)| file).chain(exercise.devcontainer.as_ref());
        for file in files.filter(|file| !CHECKSUMS.contains(&file.name())) {
            for (at, what) in secrets(file.text) {
                let span = crate::check::authored_span(checked, exercise, file, at.clone());
                let message = format!("this looks like {what}");
                let finding = file.finding_at(&SPEC, span, at, message);
                sink.push(finding.help("revoke it where it came from, then write a made-up value here"));
            }
        }
    }
}

fn secrets(text: &str) -> Vec<(Range<usize>, &'static str)> {
    let mut found = Vec::new();
    for (at, mark) in text.match_indices("-----BEGIN ") {
        let line = text[at..].lines().next().unwrap_or(mark);
        if let Some(end) = line.find("PRIVATE KEY-----") {
            found.push((at..at + end + "PRIVATE KEY-----".len(), "a private key"));
        }
    }
    for token in tokens(text) {
        let word = &text[token.clone()];
        let mut at = token.start;
        let mut known = None;
        for part in word.split('/') {
            known = known.or_else(|| Some((at..at + part.len(), known_key(part)?)));
            at += part.len() + 1;
        }
        if let Some((at, what)) = known {
            found.push((at, what));
        } else if word.len() >= 20 && is_mixed(word) && is_named_secret(text, token.start) {
            found.push((token, "a real secret"));
        }
    }
    found
}

/// Whose key it is, by how it begins.
fn known_key(word: &str) -> Option<&'static str> {
    let of_kind = |(start, len, _): &&(&str, usize, &'static str)| {
        word.strip_prefix(start).is_some_and(|rest| rest.len() >= *len && is_random(rest))
    };
    KNOWN.iter().find(of_kind).map(|(_, _, what)| *what)
}

/// Runs of the characters that keys are made of.
fn tokens(text: &str) -> Vec<Range<usize>> {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'+' | b'/');
    let mut found = Vec::new();
    let mut start = None;
    for (at, byte) in text.bytes().chain(std::iter::once(b' ')).enumerate() {
        match (is_part(byte), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                if at - from >= 20 {
                    found.push(from..at);
                }
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// Examples from manuals say that they are ones, and made-up keys are words.
fn is_random(rest: &str) -> bool {
    let lower = rest.to_lowercase();
    let made_up = ["example", "your", "xxxx", "0000", "1234", "here", "fake", "dummy", "test"];
    rest.bytes().any(|byte| byte.is_ascii_digit()) && !made_up.iter().any(|word| lower.contains(word))
}

/// Letters and digits mixed, in few and long parts: no words with hyphens, and no path. Where all
/// letters are of one case, as in hexadecimal numbers, it takes more of them.
fn is_mixed(word: &str) -> bool {
    let count = |test: fn(&u8) -> bool| word.as_bytes().iter().filter(|byte| test(byte)).count();
    let (digits, large, small) =
        (count(u8::is_ascii_digit), count(u8::is_ascii_uppercase), count(u8::is_ascii_lowercase));
    let longest = word.split(['-', '_', '.']).map(str::len).max().unwrap_or(0);
    let all_cases = digits >= 3 && large >= 3 && small >= 3 && longest >= 16;
    let one_case = digits >= 6 && large + small >= 6 && longest >= 24 && !word.contains('/');
    (all_cases || one_case) && !word.starts_with('/') && is_random(word)
}

/// Whether the name on the same line before the value says that it is secret.
fn is_named_secret(text: &str, at: usize) -> bool {
    let line = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let before = text[line..at].to_lowercase();
    let name = before.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
    let name = name.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-').next().unwrap_or("");
    let name = name.replace('-', "_");
    SECRET_WORDS.iter().any(|word| name.contains(word))
}
