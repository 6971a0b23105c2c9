//! Configuration files of nginx and Prometheus for a machine without namespaces: copies in which the
//! names of services lead to their addresses, and nothing listens elsewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use camino::Utf8Path;
use serde_json::{Value as Json, json};

use super::loopback::COMPOSE_HELP;
use crate::diag::Sink;
use crate::rehearse::fault::Fault;
use crate::source::Files;
use crate::syntax::yaml::parse_yaml;

/// What a configuration is made to fit.
#[derive(Debug)]
pub struct Surroundings<'s> {
    /// The address of the service.
    pub own: &'s str,
    pub addresses: &'s BTreeMap<String, String>,
    /// The folder in which it may write.
    pub data: &'s Utf8Path,
}

/// A configuration of nginx, and the ports on which it listens. Directives that say who runs it and
/// where it writes are the machine's: they are left out or replaced.
///
/// # Errors
/// [`Fault::Machine`] for directives that cannot work here.
pub fn nginx(text: &str, around: &Surroundings<'_>) -> Result<(String, Vec<u16>), Fault> {
    let statements = statements(text);
    let upstreams: BTreeSet<&str> = statements
        .iter()
        .filter_map(|statement| match statement.words.as_slice() {
            ["upstream", name] => Some(*name),
            _ => None,
        })
        .collect();
    let mut out = format!("pid {}/nginx.pid;\n", around.data);
    let mut ports = Vec::new();
    let mut at = 0;
    let logs = statements.iter().any(|statement| statement.words.first() == Some(&"access_log"));
    for statement in &statements {
        out.push_str(&text[at..statement.range.start]);
        out.push_str(&directive(statement, &text[statement.range.clone()], around, &upstreams, &mut ports)?);
        at = statement.range.end;
        if statement.words == ["http"] {
            // What the package has set for these belongs to root.
            for name in TEMPORARY {
                out.push_str(&format!("\n    {name} {}/{name};", around.data));
            }
            if !logs {
                out.push_str(&format!("\n    access_log {}/access.log;", around.data));
            }
        }
    }
    out.push_str(&text[at..]);
    if ports.is_empty() {
        return Err(Fault::machine("`nginx.conf` has no `listen` with a port", "add one: `listen 8080;`"));
    }
    Ok((out, ports))
}

/// Folders for what passes through.
const TEMPORARY: [&str; 5] =
    ["client_body_temp_path", "proxy_temp_path", "fastcgi_temp_path", "uwsgi_temp_path", "scgi_temp_path"];

fn directive(
    statement: &Statement<'_>,
    text: &str,
    around: &Surroundings<'_>,
    upstreams: &BTreeSet<&str>,
    ports: &mut Vec<u16>,
) -> Result<String, Fault> {
    let Some((name, rest)) = statement.words.split_first() else { return Ok(text.to_owned()) };
    let line = |words: &[&str], first: String| {
        let rest: String = words.iter().map(|word| format!(" {word}")).collect();
        format!("{name} {first}{rest};")
    };
    Ok(match (*name, rest) {
        ("user" | "pid" | "daemon", _) => String::new(),
        (name, _) if TEMPORARY.contains(&name) => String::new(),
        ("server", [host, options @ ..]) => line(options, addressed(host, around)),
        ("proxy_pass" | "grpc_pass", [url]) => match url.split_once("://") {
            Some((scheme, target)) if !upstreams.contains(host_of(target)) => {
                line(&[], format!("{scheme}://{}", addressed(target, around)))
            }
            _ => text.to_owned(),
        },
        ("listen", [address, ..]) if address.starts_with('[') => String::new(),
        ("listen", [address, ..]) if address.starts_with("unix:") => text.to_owned(),
        ("listen", [address, options @ ..]) => {
            let port = address.rsplit(':').next().unwrap_or(address).parse().unwrap_or(80);
            if !ports.contains(&port) {
                ports.push(port);
            }
            line(options, format!("{}:{port}", around.own))
        }
        ("access_log", [target, options @ ..]) if *target != "off" => {
            line(options, format!("{}/access.log", around.data))
        }
        ("error_log", [_, options @ ..]) => line(options, "stderr".to_owned()),
        ("include", [path]) if !path.starts_with('/') => line(&[], format!("/etc/nginx/{path}")),
        ("resolver", _) => {
            let what = "`nginx.conf` asks a name server (`resolver`), and there is none without namespaces";
            return Err(Fault::machine(what, COMPOSE_HELP));
        }
        _ => text.to_owned(),
    })
}

fn host_of(target: &str) -> &str {
    target.split([':', '/', '?']).next().unwrap_or(target)
}

fn addressed(target: &str, around: &Surroundings<'_>) -> String {
    let host = host_of(target);
    let own = matches!(host, "localhost" | "127.0.0.1").then_some(around.own);
    match own.or_else(|| around.addresses.get(host).map(String::as_str)) {
        Some(address) => format!("{address}{}", &target[host.len()..]),
        None => target.to_owned(),
    }
}

/// A directive of nginx up to its `;`, or up to the `{` of its block.
#[derive(Debug)]
struct Statement<'t> {
    range: Range<usize>,
    words: Vec<&'t str>,
}

fn statements(text: &str) -> Vec<Statement<'_>> {
    let mut found = Vec::new();
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut word: Option<usize> = None;
    let mut quote = None;
    let mut is_comment = false;
    for (at, c) in text.char_indices() {
        if is_comment {
            is_comment = c != '\n';
            continue;
        }
        if let Some(open) = quote {
            if c == open {
                quote = None;
            }
            continue;
        }
        let ends_word = c.is_whitespace() || ";{}".contains(c);
        // `${name}` is no block.
        let is_variable = "{}".contains(c) && word.is_some_and(|begin| text[begin..at].contains('$'));
        if !ends_word || is_variable {
            match c {
                '#' if word.is_none() => is_comment = true,
                _ => {
                    word.get_or_insert(at);
                    quote = Some(c).filter(|c| "\"'".contains(*c));
                }
            }
            continue;
        }
        words.extend(word.take().map(|begin| begin..at));
        if !c.is_whitespace() {
            if let Some(first) = words.first() {
                let range = first.start..at + 1;
                found
                    .push(Statement { range, words: words.iter().map(|word| &text[word.clone()]).collect() });
            }
            words.clear();
        }
    }
    found
}

/// A configuration of Prometheus. What is asked for numbers keeps its name as `instance`, and is
/// reached at its address.
///
/// # Errors
/// [`Fault::Machine`] for settings that cannot work here, [`Fault::Scenario`] for a file that is none.
pub fn prometheus(text: &str, around: &Surroundings<'_>) -> Result<String, Fault> {
    let mut files = Files::default();
    let file = files.add_text("prometheus.yml", text);
    let unusable = || Fault::scenario("`prometheus.yml` has no `scrape_configs`", "");
    let mut root = parse_yaml(&files, file, &Sink::default()).ok_or_else(unusable)?.to_json();
    for key in ["alerting", "remote_read", "remote_write", "rule_files"] {
        if root.get(key).is_some() {
            let what = format!("`prometheus.yml` has `{key}`, which is not carried over without namespaces");
            return Err(Fault::machine(what, COMPOSE_HELP));
        }
    }
    let jobs = root.get_mut("scrape_configs").and_then(Json::as_array_mut).ok_or_else(unusable)?;
    for job in jobs {
        let own = job.get("relabel_configs").and_then(Json::as_array).cloned().unwrap_or_default();
        let mut rules = vec![json!({"source_labels": ["__address__"], "target_label": "instance"})];
        let localhost = [("localhost", around.own), ("127.0.0.1", around.own)];
        let others = around.addresses.iter().map(|(name, address)| (name.as_str(), address.as_str()));
        rules.extend(others.chain(localhost).map(|(name, address)| {
            json!({
                "source_labels": ["__address__"],
                "regex": format!("{}(:\\d+)?", name.replace('.', "\\.")),
                "target_label": "__address__",
                "replacement": format!("{address}$1"),
            })
        }));
        rules.extend(own);
        job["relabel_configs"] = Json::Array(rules);
    }
    Ok(root.to_string())
}

/// Writes a file of the rehearsal's own folder.
///
/// # Errors
/// Those of the disk.
#[expect(clippy::disallowed_methods, reason = "files of a temporary folder, not the project's")]
pub fn write_file(path: &Utf8Path, text: &str) -> std::io::Result<()> {
    std::fs::write(path, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses() -> BTreeMap<String, String> {
        [("app", "127.77.0.2"), ("app2", "127.77.0.3"), ("web", "127.77.0.4")]
            .map(|(name, address)| (name.to_owned(), address.to_owned()))
            .into()
    }

    fn made<T>(make: impl FnOnce(&Surroundings<'_>) -> Result<T, Fault>) -> Result<T, Fault> {
        let addresses = addresses();
        make(&Surroundings { own: "127.77.0.4", addresses: &addresses, data: Utf8Path::new("/d") })
    }

    #[test]
    fn nginx_reaches_addresses_and_listens_at_its_own() {
        let text = "user nginx; # server app;\nhttp {\n  include mime.types;\n  upstream app {\n    server app:3000 weight=2;\n    \
                    server app2;\n  }\n  error_log /var/log/nginx/e.log warn;\n  server {\n    listen 8080 default_server;\n    \
                    listen [::]:8080;\n    server_name app;\n    location / { proxy_pass http://app; }\n    \
                    location /two { proxy_pass http://app2:3000/x; add_header a \"${host};\"; }\n  }\n}\n";
        let (made, ports) = made(|around| nginx(text, around)).expect("a configuration");
        assert_eq!(ports, [8080]);
        let mut expected = text
            .replace("user nginx;", "")
            .replace("include mime", "include /etc/nginx/mime")
            .replace("server app:3000", "server 127.77.0.2:3000")
            .replace("server app2;", "server 127.77.0.3;")
            .replace("/var/log/nginx/e.log", "stderr")
            .replace("listen 8080", "listen 127.77.0.4:8080")
            .replace("listen [::]:8080;", "")
            .replace("http://app2", "http://127.77.0.3");
        let folders: String = TEMPORARY.iter().map(|name| format!("\n    {name} /d/{name};")).collect();
        expected = expected.replace("http {", &format!("http {{{folders}\n    access_log /d/access.log;"));
        assert_eq!(made, format!("pid /d/nginx.pid;\n{expected}"));
    }

    #[test]
    fn what_nginx_cannot_do_here_is_refused() {
        for (text, part) in [
            ("http { resolver 127.0.0.11; server { listen 80; } }", "`resolver`"),
            ("http { server { } }", "no `listen`"),
        ] {
            let fault = made(|around| nginx(text, around)).expect_err("refused");
            assert!(fault.to_string().contains(part), "{fault}");
        }
    }

    #[test]
    fn prometheus_keeps_the_names_of_what_it_asks() {
        let text = "global: {scrape_interval: 5s}\nscrape_configs:\n  - job_name: app\n    static_configs:\n      \
                    - targets: [app:3000]\n    relabel_configs: [{target_label: x, replacement: y}]\n";
        let made = made(|around| prometheus(text, around)).expect("a configuration");
        let json: Json = serde_json::from_str(&made).expect("JSON");
        let job = &json["scrape_configs"][0];
        assert_eq!(json["global"]["scrape_interval"], "5s");
        assert_eq!(job["static_configs"][0]["targets"][0], "app:3000");
        let rules = job["relabel_configs"].as_array().expect("rules");
        assert_eq!(rules[0]["target_label"], "instance");
        assert_eq!(
            (&rules[1]["regex"], &rules[1]["replacement"]),
            (&json!("app(:\\d+)?"), &json!("127.77.0.2$1"))
        );
        assert_eq!(rules.last().expect("the file's own")["target_label"], "x");
    }

    #[test]
    fn what_prometheus_cannot_do_here_is_refused() {
        let fault = made(|around| prometheus("scrape_configs: []\nremote_write: []\n", around));
        assert!(fault.expect_err("refused").to_string().contains("`remote_write`"));
        assert!(made(|around| prometheus("global: {}\n", around)).is_err());
    }
}
