//! Names of services and paths of containers in texts that a program of this machine reads: there is
//! no other network and no other root folder, so they are replaced.

use std::collections::BTreeMap;

/// What belongs to a word, so that `application` is no `app`.
fn is_of_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || "._-".contains(c)
}

/// A text in which paths that begin with one of these folders begin with the other one.
/// `/app/x` does, `http://host/app` and `./app` do not.
#[must_use]
pub fn with_paths(text: &str, folders: &[(String, String)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('/') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let begins = !out.chars().next_back().is_some_and(|c| is_of_word(c) || "/:~$}".contains(c));
        let found = folders.iter().find(|(from, _)| {
            rest.strip_prefix(from.as_str()).is_some_and(|after| !after.starts_with(is_of_word))
        });
        if let Some((from, to)) = found.filter(|_| begins) {
            out.push_str(to);
            rest = &rest[from.len()..];
        } else {
            out.push('/');
            rest = &rest[1..];
        }
    }
    out + rest
}

/// A text in which names stand for their addresses no more: `http://app/x`,
/// `postgres://user:word@postgres:5432/x`, `app:3000` and what follows the `-h` of a database's
/// program. A name elsewhere may be anything, and stays.
#[must_use]
pub fn with_addresses(text: &str, addresses: &BTreeMap<String, String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let word = text[at..].len() - text[at..].trim_start_matches(is_of_word).len();
        let end =
            if word > 0 { at + word } else { at + text[at..].find(is_of_word).unwrap_or(text.len() - at) };
        let part = &text[at..end];
        match addresses.get(part) {
            Some(address) if is_host(text, at, end) => out.push_str(address),
            _ => out.push_str(part),
        }
        at = end;
    }
    out
}

/// The value of a variable: as any text, and a name alone if the variable says that it is a host.
#[must_use]
pub fn variable(name: &str, value: &str, addresses: &BTreeMap<String, String>) -> String {
    match addresses.get(value) {
        Some(address) if name.ends_with("HOST") => address.clone(),
        _ => with_addresses(value, addresses),
    }
}

/// Programs whose `-h` names a host.
const HOST_PROGRAMS: [&str; 5] = ["psql", "pg_isready", "pgbench", "pg_dump", "redis-cli"];

fn is_host(text: &str, begin: usize, end: usize) -> bool {
    let (before, after) = (&text[..begin], &text[end..]);
    let ends_authority = |c: char| "/?# \t\n\"'`".contains(c);
    if before.ends_with("://") {
        // A user's name, if a host is still to come.
        let authority = after.split(ends_authority).next().unwrap_or(after);
        return !authority.contains('@');
    }
    if before.ends_with('@') {
        let url = before.rsplit(|c: char| c.is_whitespace() || "\"'`=".contains(c)).next().unwrap_or(before);
        return url.contains("://");
    }
    if before.ends_with([',']) || !before.ends_with(['/', ':', '$', '{', '}']) {
        let digits =
            after.strip_prefix(':').map(|port| port.trim_start_matches(|c: char| c.is_ascii_digit()));
        let is_port =
            digits.is_some_and(|rest| rest.len() + 1 < after.len() && !rest.starts_with(is_of_word));
        if is_port && !digits.is_some_and(|rest| rest.starts_with(['@', ':'])) {
            return true;
        }
    }
    let option = before.trim_end_matches([' ', '"', '\'', '=']);
    let is_option = option.len() < before.len() && (option.ends_with(" -h") || option.ends_with(" --host"));
    is_option && HOST_PROGRAMS.iter().any(|program| before.contains(program))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses() -> BTreeMap<String, String> {
        [("app", "127.77.0.2"), ("postgres", "127.77.0.3"), ("localhost", "127.77.0.2")]
            .map(|(name, address)| (name.to_owned(), address.to_owned()))
            .into()
    }

    #[test]
    fn hosts_become_addresses_and_nothing_else_does() {
        let addresses = addresses();
        for (text, expected) in [
            (
                "postgres://postgres:postgres@postgres:5432/postgres",
                "postgres://postgres:postgres@127.77.0.3:5432/postgres",
            ),
            ("postgres://postgres:1234@postgres/app", "postgres://postgres:1234@127.77.0.3/app"),
            (
                "curl -s http://app:3000/app?x=http://localhost",
                "curl -s http://127.77.0.2:3000/app?x=http://127.77.0.2",
            ),
            ("app:3000,postgres:5432", "127.77.0.2:3000,127.77.0.3:5432"),
            ("curl localhost:3000/feed", "curl 127.77.0.2:3000/feed"),
            ("psql -h postgres -U postgres app", "psql -h 127.77.0.3 -U postgres app"),
            (
                "cat logs/app.log; du -h app; echo app: 3 my-app:3000 app:v1",
                "cat logs/app.log; du -h app; echo app: 3 my-app:3000 app:v1",
            ),
            ("npm run app", "npm run app"),
            ("größe app:3000", "größe 127.77.0.2:3000"),
        ] {
            assert_eq!(with_addresses(text, &addresses), expected);
        }
        assert_eq!(variable("PGHOST", "postgres", &addresses), "127.77.0.3");
        assert_eq!(variable("POSTGRES_PASSWORD", "postgres", &addresses), "postgres");
    }

    #[test]
    fn paths_of_a_container_become_paths_of_this_machine() {
        let folders =
            [("/app".to_owned(), "/tmp/x/app".to_owned()), ("/tmp".to_owned(), "/tmp/x/tmp".to_owned())];
        for (text, expected) in [
            ("cd /app && node scripts/a.js", "cd /tmp/x/app && node scripts/a.js"),
            ("cat \"/app/logs/app.log\" >/tmp/a", "cat \"/tmp/x/app/logs/app.log\" >/tmp/x/tmp/a"),
            (
                "curl http://host/app ./app src/app /apps /app.js",
                "curl http://host/app ./app src/app /apps /app.js",
            ),
            ("--path=/app", "--path=/tmp/x/app"),
            ("/", "/"),
        ] {
            assert_eq!(with_paths(text, &folders), expected);
        }
    }
}
