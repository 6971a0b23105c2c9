//! Answering one request.

use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use tiny_http::{Method, Request, StatusCode};

use super::inject::{EVENTS_PATH, SCRIPT, SCRIPT_PATH, inject};
use super::page::{Found, find_page};
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
    match address.split('?').next().unwrap_or("") {
        EVENTS_PATH => {
            let shared = Arc::clone(shared);
            std::thread::spawn(move || stream_news(request, &shared));
        }
        SCRIPT_PATH => send(request, response(200, "text/javascript; charset=utf-8", SCRIPT.into())),
        _ => send(request, page(&shared.latest(), &address)),
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

fn page(snapshot: &Snapshot, address: &str) -> Answer {
    const HTML: &str = "text/html; charset=utf-8";
    let Some(tree) = &snapshot.tree else {
        return response(503, HTML, inject(snapshot.notice.page().as_bytes(), snapshot.version, false));
    };
    match find_page(tree, address) {
        Found::File { bytes, content_type: HTML } => {
            response(200, HTML, inject(bytes, snapshot.version, false))
        }
        Found::File { bytes, content_type } => response(200, content_type, bytes.to_vec()),
        Found::Moved(to) => Answer {
            location: Some(to.chars().filter(char::is_ascii_graphic).collect()),
            ..plain(308, "the address of a folder ends with a slash")
        },
        Found::Missing(Some(page)) => response(404, HTML, inject(page, snapshot.version, true)),
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
    let mut snapshot = shared.latest();
    let mut text = format!("{head}{}", news(&snapshot));
    while out.write_all(text.as_bytes()).and_then(|()| out.flush()).is_ok() {
        text = match shared.wait_for_news(snapshot.version, HEARTBEAT) {
            Some(newer) => {
                snapshot = newer;
                news(&snapshot)
            }
            None => ": still here\n\n".to_owned(),
        };
    }
}

fn news(snapshot: &Snapshot) -> String {
    format!("data: {}\n\n", snapshot.notice.to_json(snapshot.version))
}
