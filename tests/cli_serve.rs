//! `scenarist serve` over a real socket: pages, reloading, and living on when content breaks.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests make files and say what they skip"
)]

mod cli_support;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use cli_support::{course, edit, program, read};

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running server; ended with its value.
struct Serving {
    child: Child,
    address: String,
    /// The line that says where it is.
    line: String,
    /// Keeps the server's output open: a closed pipe would be another test.
    _output: BufReader<std::process::ChildStdout>,
}

impl Serving {
    fn start(root: &Path) -> Self {
        Self::start_with(program(root, &["serve", "--port", "0"]))
    }

    fn start_with(mut command: Command) -> Self {
        let mut child =
            command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program starts");
        let mut output = BufReader::new(child.stdout.take().expect("its output is a pipe"));
        let mut line = String::new();
        while !line.contains("http://") {
            line.clear();
            assert!(output.read_line(&mut line).expect("readable output") > 0, "it ended before it served");
        }
        let address =
            line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).expect("an address");
        Self { address: address.to_owned(), line, child, _output: output }
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

/// Another title, then one that no preview picture can show, so that everything has to be compiled.
#[test]
fn another_title_is_listed_whether_or_not_a_picture_can_show_it() {
    let (_guard, root) = course();
    edit(&root, "content/course.yml", "repository:", "site: https://example.org/\nrepository:");
    let server = Serving::start(&root);
    let mut news = server.news();
    let manifest = "content/scenarios/everything-at-once/scenario.yml";
    for title in ["A quick answer", "数数数"] {
        let text = read(&root, manifest);
        let line = text.lines().find(|line| line.starts_with("title: ")).expect("a title");
        edit(&root, manifest, line, &format!("title: {title}"));
        while !server.get("/catalogue/").contains(title) {
            news.next();
        }
    }
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
fn a_port_that_was_asked_for_and_is_taken_is_named() {
    let (_guard, root) = course();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let refused = cli_support::run(&root, &["serve", "--port", &port.to_string()]).expect(3);
    assert!(refused.err.contains(&format!("port {port} is in use")), "{}", refused.err);
    assert!(refused.err.contains("help: `--port "), "{}", refused.err);
}

#[test]
fn who_asks_for_no_port_gets_the_next_free_one() {
    let (_guard, root) = course();
    // If somebody else has it, it is taken all the same.
    let _taken = std::net::TcpListener::bind("127.0.0.1:4000");
    let server = Serving::start_with(program(&root, &["serve"]));
    assert!(server.line.starts_with("port 4000 is taken; serving http://127.0.0.1:40"), "{}", server.line);
    assert!(server.get("/").starts_with("HTTP/1.1 200"));
}

#[test]
fn another_server_on_the_port_has_newer_news() {
    let (_guard, root) = course();
    let server = Serving::start(&root);
    let first = server.news().next();
    let port = server.address.rsplit(':').next().unwrap().to_owned();
    drop(server);
    let server = Serving::start_with(program(&root, &["serve", "--port", &port]));
    let second = server.news().next();
    assert!(second["version"].as_u64() > first["version"].as_u64(), "{first} {second}");
}

#[test]
fn whatever_breaks_is_reported_and_mended() {
    let (_guard, root) = course();
    let server = Serving::start(&root);
    let mut news = server.news();
    news.next();
    let manifest = root.join("content/course.yml");
    let good = fs::read_to_string(&manifest).unwrap();
    for broken in ["", "title: [", "\u{0}\u{1}", &good[..good.len() / 2]] {
        fs::write(&manifest, broken).unwrap();
        let told = news.next();
        assert!(told["errors"].as_u64() > Some(0) && told["stale"] == true, "{broken:?}: {told}");
        assert!(server.get("/").starts_with("HTTP/1.1 200"));
        fs::write(&manifest, &good).unwrap();
        assert_eq!(news.next()["errors"], 0, "{broken:?}");
    }
    fs::remove_file(&manifest).unwrap();
    assert!(news.next()["errors"].as_u64() > Some(0));
    fs::write(&manifest, &good).unwrap();
    let mended = news.next();
    assert_eq!((&mended["errors"], &mended["stale"]), (&0.into(), &false.into()));
}

/// Its news come in one message per change, whatever steps an editor takes.
#[test]
fn an_editor_that_moves_files_about_shows_no_fault_between() {
    let (_guard, root) = course();
    let server = Serving::start(&root);
    let mut news = server.news();
    news.next();
    let manifest = root.join("content/course.yml");
    let good = fs::read_to_string(&manifest).unwrap();
    for name in ["One", "Two", "Three"] {
        let backup = root.join("content/course.yml~");
        fs::rename(&manifest, &backup).unwrap();
        std::thread::sleep(Duration::from_millis(15));
        fs::write(&manifest, good.replace("My course", name)).unwrap();
        fs::remove_file(&backup).unwrap();
        let told = news.next();
        assert_eq!(told["errors"], 0, "{told}");
        assert!(server.get("/").contains(name), "{name}");
    }
}

#[cfg(unix)]
#[test]
fn a_browser_is_opened_for_who_asks() {
    use std::os::unix::fs::PermissionsExt;
    let (guard, root) = course();
    let (browser, opened) = (guard.path().join("browser"), guard.path().join("opened"));
    fs::write(
        &browser,
        format!("#!/bin/sh\necho \"$1\" > '{0}.part'; mv '{0}.part' '{0}'\n", opened.display()),
    )
    .unwrap();
    fs::set_permissions(&browser, fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = program(&root, &["serve", "--port", "0", "--open"]);
    command.env("BROWSER", &browser);
    let server = Serving::start_with(command);
    let started = std::time::Instant::now();
    while !opened.exists() && started.elapsed() < PATIENCE {
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(fs::read_to_string(&opened).unwrap().trim(), format!("http://{}/", server.address));
}

#[test]
fn a_browser_that_is_not_there_keeps_nobody_from_serving() {
    let (_guard, root) = course();
    let mut command = program(&root, &["serve", "--port", "0", "--open"]);
    command.env("BROWSER", root.join("no-browser"));
    let server = Serving::start_with(command);
    assert!(server.get("/").starts_with("HTTP/1.1 200"));
}
