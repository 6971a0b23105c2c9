//! Why a server cannot start.

use std::net::SocketAddr;

use thiserror::Error;

/// A fault of the environment.
#[derive(Debug, Error)]
pub enum ServeError {
    /// The name does not resolve to an address of this machine.
    #[error("`{host}` is not an address to listen on: {source}")]
    BadHost { host: String, source: std::io::Error },
    /// `free` is the next one that is not.
    #[error("port {} is in use on {}\nhelp: {}", .address.port(), .address.ip(), advice(*.free))]
    PortInUse { address: SocketAddr, free: Option<u16> },
    #[error("cannot listen on {address}: {message}")]
    Listen { address: SocketAddr, message: String },
}

fn advice(free: Option<u16>) -> String {
    match free {
        Some(port) => format!("`--port {port}` is free; without `--port` the next free one is taken"),
        None => "`--port 0` takes any free one".to_owned(),
    }
}
