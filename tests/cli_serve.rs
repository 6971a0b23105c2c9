//! `scenarist serve` over a real socket: pages, reloading, and living on when content breaks.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests make files and say what they skip"
)]

mod cli_support;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Duration;

use cli_support::{course, edit, program};

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running server; ended with its value.
struct Serving {
    child: Child,
    address: String,
    /// Keeps the server's output open: a closed pipe would be another test.
    _output: BufReader<std::process::ChildStdout>,
}

impl Serving {
    fn start(root: &Path) -> Self {
        let mut child = program(root, &["serve", "--port", "0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let mut output = BufReader::new(child.stdout.take().expect("its output is a pipe"));
        let mut line = String::new();
        while !line.contains("http://") {
            line.clear();
            assert!(output.read_line(&mut line).expect("readable output") > 0, "it ended before it served");
        }
        let address =
            line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).expect("an address");
        Self { address: address.to_owned(), child, _output: output }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).expect("the server listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout can be set");
        stream
    }

    /// Status line, headers and body of an answer.
    fn get(&self, path: &str) -> String {
        let mut stream = self.connect();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn news(&self) -> News {
        let mut stream = self.connect();
        write!(stream, "GET /.scenarist/events HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        News(BufReader::new(stream))
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A browser's stream of news.
struct News(BufReader<TcpStream>);

impl News {
    fn next(&mut self) -> serde_json::Value {
        loop {
            let mut line = String::new();
            assert!(self.0.read_line(&mut line).expect("the stream goes on") > 0, "the stream ended");
            if let Some(data) = line.strip_prefix("data: ") {
                return serde_json::from_str(data).expect("news are JSON");
            }
        }
    }
}

#[test]
fn pages_are_served_with_what_reloads_them() {
    let (_guard, root) = course();
    let server = Serving::start(&root);
    let home = server.get("/");
    assert!(home.starts_with("HTTP/1.1 200"), "{home}");
    assert!(home.contains("text/html") && home.contains("/.scenarist/live.js"), "{home}");
    let folder = server.get("/concepts");
    assert!(folder.starts_with("HTTP/1.1 308") && folder.contains("Location: /concepts/"), "{folder}");
    let missing = server.get("/no/such/page/");
    assert!(missing.starts_with("HTTP/1.1 404") && missing.contains("<base href=\"/\">"), "{missing}");
    assert!(server.get("/.scenarist/live.js").contains("EventSource"));
    assert!(server.get("/../monorepo/README.md").starts_with("HTTP/1.1 404"));
    assert!(!root.join("dist").exists(), "serving writes nothing");
}

#[test]
fn a_change_reaches_the_page() {
    let (_guard, root) = course();
    let server = Serving::start(&root);
    let mut news = server.news();
    let first = news.next();
    edit(&root, "content/course.yml", "title: My course", "title: Another name");
    let second = news.next();
    assert!(second["version"].as_u64() > first["version"].as_u64(), "{first} {second}");
    assert!(server.get("/").contains("Another name"));
}

#[test]
fn a_fault_is_shown_and_the_last_pages_stay() {
    let (_guard, root) = course();
    let server = Serving::start(&root);
    let mut news = server.news();
    assert_eq!(news.next()["errors"], 0);
    edit(&root, "content/course.yml", "tagline:", "taglien:");
    let broken = news.next();
    assert_eq!(broken["items"][0]["code"], "source/unknown-key", "{broken}");
    assert!(server.get("/").starts_with("HTTP/1.1 200"));
    edit(&root, "content/course.yml", "taglien:", "tagline:");
    assert_eq!(news.next()["errors"], 0);
}

#[test]
fn a_course_that_never_compiled_has_its_findings_for_a_page() {
    let (_guard, root) = course();
    edit(&root, "content/course.yml", "tagline:", "taglien:");
    let server = Serving::start(&root);
    let page = server.get("/");
    assert!(page.starts_with("HTTP/1.1 503") && page.contains("taglien"), "{page}");
    let mut news = server.news();
    news.next();
    edit(&root, "content/course.yml", "taglien:", "tagline:");
    assert_eq!(news.next()["errors"], 0);
    assert!(server.get("/").starts_with("HTTP/1.1 200"));
}

#[test]
fn a_port_that_is_taken_is_named() {
    let (_guard, root) = course();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let refused = cli_support::run(&root, &["serve", "--port", &port]).expect(3);
    assert!(refused.err.contains(&format!("port {port} is in use")), "{}", refused.err);
}
