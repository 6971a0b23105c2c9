//! `link/insecure-link`.

use memchr::memmem::Finder;

use super::written::for_each_link;
use crate::check::Checked;
use crate::check::prose::comments_of_code;
use crate::diag::{Applicability, CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::source::Span;

pub static SPEC: CodeSpec = CodeSpec {
    code: "link/insecure-link",
    severity: Severity::Warning,
    what: "A link uses `http://` to a host on the network.",
    why: "Anybody on the way can read and change what comes back, browsers warn of it, and the site is served over https itself.",
    fix: "Write `https://`; hosts worth linking to have it.",
    source: "rules.md",
    bad: &[
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "Open a terminal. Read [their manual](«http://www.postgresql.org/docs/»).\n",
        )]),
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "Open a terminal. Read «[their manual][pg]».\n\n[pg]: HTTP://www.postgresql.org/docs/\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/app/db/notes.sql",
            "-- From «http://www.postgresql.org/docs/sql.html», shortened.\nSELECT 1;\n",
        )]),
    ],
    params: &[],
    good: &[
        // This machine, services of the environment, names made for examples, and code.
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "Open a terminal. See [the app](http://localhost:3000), [its metrics](http://app:3000/metrics), [a machine nearby](http://192.168.0.7/), [an example](http://api.example.com/x), [a secure one](https://www.postgresql.org) and `http://www.postgresql.org`.\n\n```bash\ncurl http://www.postgresql.org\n```\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/app/db/notes.sql",
            "-- The namespace is http://www.w3.org/2000/svg, the app is http://127.0.0.1:3000.\nSELECT 'http://www.postgresql.org';\n",
        )]),
    ],
};

/// Looks at links of pages and manifests, and at addresses in comments of the learner's code.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for_each_link(checked, |link| {
        if let Some(host) = insecure_host(&link.destination.value) {
            let span = link.destination.span;
            report(span, host, checked.files.slice(span).starts_with("http://"), sink);
        }
    });
    let own = checked.sources().into_iter();
    let code = own.filter(|(_, entry)| {
        let mut parts = entry.path.components().map(|part| part.as_str()).skip(3);
        entry.path.starts_with("content/scenarios")
            && matches!(parts.next(), Some("app" | "solution"))
            && !matches!(entry.path.extension(), Some("svg" | "json"))
    });
    let scheme = Finder::new("http://");
    for (file, _) in code {
        if !checked.files.text(file).is_ok_and(|text| scheme.find(text.as_bytes()).is_some()) {
            continue;
        }
        for comment in comments_of_code(checked.files, file) {
            let text = checked.files.slice(comment.span);
            for (at, _) in text.match_indices("http://") {
                let rest = &text[at..];
                let end =
                    rest.find(|c: char| c.is_whitespace() || "\"'`<>,;)]".contains(c)).unwrap_or(rest.len());
                let address = rest[..end].trim_end_matches(['.', ':', '!', '?']);
                if let Some(host) = insecure_host(address) {
                    report(comment.span.sub(at, at + address.len()), host, true, sink);
                }
            }
        }
    }
}

fn report(span: Span, host: &str, is_exact: bool, sink: &Sink) {
    let finding = Diagnostic::new(&SPEC, span, format!("the link to `{host}` is not encrypted"));
    let finding = finding.help("write `https://`");
    let scheme = span.sub(0, "http".len());
    sink.push(if is_exact {
        finding.replace(Applicability::Unsafe, "write `https`", scheme, "https")
    } else {
        finding
    });
}

/// The host of an address that should be encrypted.
fn insecure_host(address: &str) -> Option<&str> {
    const SCHEME: &str = "http://";
    let start = address.get(..SCHEME.len()).filter(|start| start.eq_ignore_ascii_case(SCHEME))?;
    let rest = &address[start.len()..];
    let authority = rest.split(['/', '?', '#']).next().unwrap_or("");
    let host = authority.rsplit('@').next().unwrap_or("");
    let host = if host.starts_with('[') { host } else { host.split(':').next().unwrap_or("") };
    let lower = host.trim_end_matches('.').to_ascii_lowercase();
    (!is_local(&lower) && !is_example(&lower) && !is_namespace(&lower, rest)).then_some(host)
}

/// This machine, a service in the same network, a private address.
fn is_local(host: &str) -> bool {
    // Without a dot it is no host of the internet; a placeholder is none either.
    if !host.contains('.') || host.contains(['<', '{', '$']) || host.starts_with('[') {
        return true;
    }
    let suffixes = [".localhost", ".local", ".internal", ".lan", ".home.arpa"];
    let private = || {
        let parts: Option<Vec<u8>> = host.split('.').map(|part| part.parse().ok()).collect();
        parts.is_some_and(|parts| {
            matches!(
                parts.as_slice(),
                [0 | 10 | 127, ..] | [192, 168, ..] | [172, 16..=31, ..] | [169, 254, ..]
            )
        })
    };
    suffixes.iter().any(|suffix| host.ends_with(suffix)) || private()
}

/// Names that are set aside for examples.
fn is_example(host: &str) -> bool {
    let names = ["example.com", "example.org", "example.net"];
    let is_of = |name: &str| host == name || host.strip_suffix(name).is_some_and(|rest| rest.ends_with('.'));
    names.into_iter().any(is_of)
        || [".example", ".test", ".invalid"].iter().any(|suffix| host.ends_with(suffix))
}

/// Names of XML vocabularies look like addresses and are never opened.
fn is_namespace(host: &str, rest: &str) -> bool {
    let paths = ["/1999/", "/2000/", "/2001/", "/XML/", "/ns/"];
    (host == "www.w3.org" && paths.iter().any(|path| rest[host.len().min(rest.len())..].starts_with(path)))
        || host.starts_with("schemas.")
        || host == "purl.org"
        || host.ends_with("sodipodi.sourceforge.net")
        || (host == "www.inkscape.org" && rest.contains("/namespaces/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hosts_of_the_internet_count() {
        for address in [
            "http://a.org",
            "HTTP://www.a.org:80/x?y",
            "http://u:p@a.org/",
            "http://8.8.8.8/",
            "http://a.org.",
        ] {
            assert!(insecure_host(address).is_some(), "{address}");
        }
        for address in [
            "https://a.org",
            "http://localhost",
            "http://app:3000/",
            "http://127.0.0.1:1/",
            "http://[::1]:3000/",
            "http://172.20.1.1",
            "http://x.example.com",
            "http://example.org/",
            "http://www.w3.org/2000/svg",
            "http://schemas.xmlsoap.org/x",
            "http://",
            "http://${HOST}.a.org",
            "a",
            "ü",
        ] {
            assert!(insecure_host(address).is_none(), "{address}");
        }
    }
}
