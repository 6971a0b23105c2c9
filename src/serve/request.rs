//! Answering one request.

use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use camino::Utf8Path;
use tiny_http::{Method, Request, StatusCode};

use super::inject::{EVENTS_PATH, Served, find_script, inject};
use super::notice::Links;
use super::page::{Found, find_page, fingerprint, has_rules};
use super::state::{Shared, Snapshot};

/// How often a silent stream is written to, so that a browser that left is noticed.
const HEARTBEAT: Duration = Duration::from_secs(10);

/// What is sent back.
struct Answer {
    status: StatusCode,
    content_type: &'static str,
    /// Where the browser is sent to.
    location: Option<String>,
    body: Vec<u8>,
}

/// Answers a request. A stream of news gets a thread of its own and goes on after this returns.
pub fn answer(request: Request, shared: &Arc<Shared>) {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return send(request, plain(405, "only GET and HEAD are understood here"));
    }
    let address = request.url().to_owned();
    let path = address.split('?').next().unwrap_or("");
    if path == EVENTS_PATH {
        let shared = Arc::clone(shared);
        std::thread::spawn(move || stream_news(request, &shared));
    } else if let Some(script) = find_script(path) {
        send(request, response(200, "text/javascript; charset=utf-8", script.into()));
    } else {
        // Sending takes as long as the browser likes, and pages that somebody holds are copied by an edit.
        let answer = page(&shared.latest(), shared.root(), &address);
        send(request, answer);
    }
}

/// Each answer ends its connection: the server has a thread for each that is open, and when a browser
/// opens several at once it may leave one waiting until another ends (tiny_http 0.12, `TaskPool`). A
/// browser that went away while it was answered is no fault.
fn send(request: Request, answer: Answer) {
    let has_body = *request.method() != Method::Head;
    let Answer { status, content_type, location, body } = answer;
    let location = location.map(|to| format!("Location: {to}\r\n")).unwrap_or_default();
    let head = format!(
        "HTTP/1.1 {} {}\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n{location}\
         Cache-Control: no-store\r\nConnection: close\r\n\r\n",
        status.0,
        status.default_reason_phrase(),
        body.len()
    );
    let mut out = request.into_writer();
    let _ = out
        .write_all(head.as_bytes())
        .and_then(|()| if has_body { out.write_all(&body) } else { Ok(()) })
        .and_then(|()| out.flush());
}

fn page(snapshot: &Snapshot, root: &Utf8Path, address: &str) -> Answer {
    const HTML: &str = "text/html; charset=utf-8";
    let served = |status, bytes: &[u8], assets| {
        let served = Served { version: snapshot.version, status, assets };
        response(status, HTML, inject(bytes, &served))
    };
    let Some(tree) = &snapshot.tree else {
        let page = snapshot.notice.page(Links { root, rules: false });
        return served(503, page.as_bytes(), String::new());
    };
    match find_page(tree, address) {
        Found::File { bytes, content_type: HTML } => served(200, &bytes, fingerprint(tree, address, &bytes)),
        Found::File { bytes, content_type } => response(200, content_type, bytes.into_owned()),
        Found::Moved(to) => Answer {
            location: Some(to.chars().filter(char::is_ascii_graphic).collect()),
            ..plain(308, "the address of a folder ends with a slash")
        },
        Found::Missing(Some(page)) => served(404, &page, fingerprint(tree, "/", &page)),
        Found::Missing(None) => plain(404, "there is no such page"),
    }
}

fn plain(status: u16, text: &str) -> Answer {
    response(status, "text/plain; charset=utf-8", format!("{text}\n").into_bytes())
}

fn response(status: u16, content_type: &'static str, body: Vec<u8>) -> Answer {
    Answer { status: StatusCode(status), content_type, location: None, body }
}

/// Server-sent events: the state now, then each new one. Ends when the browser is gone.
fn stream_news(request: Request, shared: &Shared) {
    let mut out = request.into_writer();
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\
                Connection: close\r\n\r\nretry: 500\n\n";
    // No state is held while nothing happens: an edit copies pages that somebody holds.
    let told = |state: Snapshot| (state.version, news(&state, shared.root()));
    let (mut version, first) = told(shared.latest());
    let mut text = format!("{head}{first}");
    while out.write_all(text.as_bytes()).and_then(|()| out.flush()).is_ok() {
        text = match shared.wait_for_news(version, HEARTBEAT).map(told) {
            Some((newer, news)) => {
                version = newer;
                news
            }
            None => ": still here\n\n".to_owned(),
        };
    }
}

fn news(snapshot: &Snapshot, root: &Utf8Path) -> String {
    let links = Links { root, rules: snapshot.tree.as_ref().is_some_and(|tree| has_rules(tree)) };
    format!("data: {}\n\n", snapshot.notice.to_json(snapshot.version, snapshot.stale, links))
}
