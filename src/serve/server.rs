//! The server itself: one thread answers, one watches and compiles.

use std::net::{SocketAddr, TcpListener, ToSocketAddrs};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use camino::Utf8PathBuf;

use super::error::ServeError;
use super::live::LiveCourse;
use super::request::answer;
use super::state::Shared;
use super::watch::SourceWatcher;
use crate::build::{Compiled, Unfinished};
use crate::write::load_cards;

/// How long a thread waits before it looks whether the server has been stopped.
const TURN: Duration = Duration::from_millis(200);

/// The port of somebody who asks for none.
pub const DEFAULT_PORT: u16 = 4000;

/// How many ports are tried before somebody has to choose one.
const TRIES: u16 = 100;

/// What to serve, and where.
#[derive(Clone, Debug)]
pub struct Settings {
    pub root: Utf8PathBuf,
    pub host: String,
    /// 0 takes any free port. Without one it is [`DEFAULT_PORT`], or the next that is free.
    pub port: Option<u16>,
    /// Whether the review build is shown instead of the course site.
    pub review: bool,
}

/// Something that the author should hear of.
#[derive(Debug)]
pub enum Event<'a> {
    /// The course was compiled, for the first time or again.
    Compiled {
        compiled: &'a Compiled,
        /// What changed; empty for the first time.
        changed: &'a [Utf8PathBuf],
        took: Duration,
    },
    /// Changes are not noticed; the reason.
    NotWatching(String),
}

/// Hears of events, from any thread.
pub type Listener = Box<dyn Fn(Event<'_>) + Send + Sync>;

/// A server that runs until it is stopped or dropped.
pub struct Server {
    address: SocketAddr,
    stop: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

impl Server {
    /// Compiles the course and starts to serve it.
    ///
    /// # Errors
    /// [`ServeError`] when the address cannot be listened on.
    pub fn start(settings: &Settings, listener: Listener) -> Result<Self, ServeError> {
        let socket = listen(&settings.host, settings.port)?;
        let address = socket.local_addr().map_err(|error| refused(([0, 0, 0, 0], 0).into(), &error))?;
        let http = tiny_http::Server::from_listener(socket, None)
            .map_err(|error| ServeError::Listen { address, message: error.to_string() })?;
        // Watching starts before the first compilation, so that no change falls between the two.
        let watcher = SourceWatcher::new(&settings.root);
        // Pictures that cannot be read are drawn again.
        let cards = load_cards(&settings.root).unwrap_or_default();
        let mut course = LiveCourse::new(settings.clone(), cards);
        let (pages, notice) = course.update(&[], &listener);
        let shared = Arc::new(Shared::new(&settings.root, pages, notice));
        let stop = Arc::new(AtomicBool::new(false));
        let mut threads = vec![spawn_answering(http, Arc::clone(&shared), Arc::clone(&stop))];
        match watcher {
            Ok(watcher) => {
                threads.push(spawn_rebuilding(watcher, course, shared, Arc::clone(&stop), listener));
            }
            Err(error) => listener(Event::NotWatching(error.to_string())),
        }
        Ok(Self { address, stop, threads })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Waits until it is stopped, which only another thread can do.
    pub fn wait(mut self) {
        for thread in self.threads.drain(..) {
            // A thread that panicked has said so already.
            let _ = thread.join();
        }
    }

    /// Stops it and waits until its threads have ended.
    pub fn stop(self) {
        self.stop.store(true, Ordering::Relaxed);
        self.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

/// Listens on the port that was asked for, or else on the first free one.
fn listen(host: &str, port: Option<u16>) -> Result<TcpListener, ServeError> {
    let bad_host = |source| ServeError::BadHost { host: host.to_owned(), source };
    let address = (host, port.unwrap_or(DEFAULT_PORT))
        .to_socket_addrs()
        .map_err(bad_host)?
        .next()
        .ok_or_else(|| bad_host(std::io::ErrorKind::NotFound.into()))?;
    match TcpListener::bind(address) {
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
            let free = next_free(address);
            match free {
                Some(socket) if port.is_none() => Ok(socket),
                _ => Err(ServeError::PortInUse { address, free: free.and_then(port_of) }),
            }
        }
        bound => bound.map_err(|error| refused(address, &error)),
    }
}

/// Listens on the next port that is free.
fn next_free(address: SocketAddr) -> Option<TcpListener> {
    let first = address.port().checked_add(1)?;
    (first..=first.saturating_add(TRIES)).find_map(|port| TcpListener::bind((address.ip(), port)).ok())
}

fn port_of(socket: TcpListener) -> Option<u16> {
    socket.local_addr().ok().map(|address| address.port())
}

fn refused(address: SocketAddr, error: &std::io::Error) -> ServeError {
    ServeError::Listen { address, message: error.to_string() }
}

fn spawn_answering(http: tiny_http::Server, shared: Arc<Shared>, stop: Arc<AtomicBool>) -> JoinHandle<()> {
    std::thread::spawn(move || {
        while !stop.load(Ordering::Relaxed) {
            match http.recv_timeout(TURN) {
                Ok(Some(request)) => answer(request, &shared),
                Ok(None) => {}
                // The listening socket is gone: nothing will ever arrive again.
                Err(_) => break,
            }
        }
    })
}

fn spawn_rebuilding(
    mut watcher: SourceWatcher,
    mut course: LiveCourse,
    shared: Arc<Shared>,
    stop: Arc<AtomicBool>,
    listener: Listener,
) -> JoinHandle<()> {
    std::thread::spawn(move || {
        let news = watcher.news();
        while !stop.load(Ordering::Relaxed) {
            if let Some(changed) = watcher.next_change(TURN) {
                let (pages, notice) = course.update(&changed, &listener);
                shared.replace(pages, notice);
            }
            // The lists of a large course take so long that the next edit would wait for them.
            let left = loop {
                match course.finish(&|| !news.is_there()) {
                    Ok(finished) => shared.complete(&finished),
                    Err(unfinished) => break unfinished,
                }
            };
            if left == Unfinished::Impossible {
                let (pages, notice) = course.update(&[], &listener);
                shared.replace(pages, notice);
            }
        }
    })
}
