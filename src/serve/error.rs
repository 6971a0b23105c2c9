//! Why a server cannot start.

use std::net::SocketAddr;

use thiserror::Error;

/// A fault of the environment.
#[derive(Debug, Error)]
pub enum ServeError {
    /// The name does not resolve to an address of this machine.
    #[error("`{host}` is not an address to listen on: {source}")]
    BadHost { host: String, source: std::io::Error },
    #[error("port {} is in use on {}\nhelp: `--port 0` takes any free one", .address.port(), .address.ip())]
    PortInUse { address: SocketAddr },
    #[error("cannot listen on {address}: {message}")]
    Listen { address: SocketAddr, message: String },
}
