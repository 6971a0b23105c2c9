//! Each kind of service as a process: what its image does by itself, done by the program of this
//! machine.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;

use super::ground::{APP_FOLDER, inside};
use super::programs::Programs;
use crate::rehearse::fault::Fault;
use crate::rehearse::stack::{Kind, Service};

/// Where an image has its configuration of nginx.
pub const NGINX_FILE: &str = "/etc/nginx/nginx.conf";

/// Says where Prometheus listens.
const LISTEN_FLAG: &str = "--web.listen-address";

/// How a service is started.
#[derive(Clone, Debug, PartialEq)]
pub struct Launch {
    pub words: Vec<String>,
    pub environment: BTreeMap<String, String>,
    pub folder: String,
    /// Whether it must not find itself to be root.
    pub is_user: bool,
}

impl Service {
    /// The programs that it takes.
    #[must_use]
    pub fn programs(&self) -> &'static [&'static str] {
        match self.kind {
            Kind::Code => &["node", "npm"],
            Kind::Postgres => &["initdb", "postgres", "psql"],
            Kind::Redis => &["redis-server"],
            Kind::Nginx => &["nginx"],
            Kind::Prometheus => &["prometheus"],
            Kind::Grafana | Kind::Other => &[],
        }
    }

    /// Whether a program of this machine can do what its image does.
    ///
    /// # Errors
    /// [`Fault::Machine`] if none can.
    pub fn need_stand_in(&self) -> Result<(), Fault> {
        if self.kind != Kind::Other {
            return Ok(());
        }
        let (name, image) = (&self.name, &self.image);
        let what = format!(
            "the service `{name}` runs the image `{image}`, which no program of this machine stands in for"
        );
        Err(Fault::machine(what, "rehearse with `--driver compose`"))
    }

    /// Where its data lie, inside.
    #[must_use]
    pub fn data(&self) -> Utf8PathBuf {
        inside("data").join(&self.name)
    }

    /// A variable of its container, or what the image takes without it.
    #[must_use]
    pub fn variable<'s>(&'s self, name: &str, default: &'s str) -> &'s str {
        self.environment.get(name).map_or(default, String::as_str)
    }

    /// How it is started; `None` for one that is left out. `own` is the only address at which it may
    /// listen; without it, its network is its own.
    #[must_use]
    pub fn launch(&self, programs: &Programs, own: Option<&str>) -> Option<Launch> {
        let arguments = self.arguments();
        let data = self.data();
        let words = |fixed: &[&str]| -> Vec<String> { fixed.iter().map(|word| (*word).to_owned()).collect() };
        let (mut all, is_user) = match self.kind {
            Kind::Grafana | Kind::Other => return None,
            Kind::Code => (words(&["sh", "-c", "sleep infinity"]), false),
            Kind::Postgres => (
                words(&[
                    &programs.path("postgres"),
                    "-D",
                    data.as_str(),
                    "-c",
                    &format!("listen_addresses={}", own.unwrap_or("*")),
                    "-c",
                    "unix_socket_directories=",
                ]),
                true,
            ),
            Kind::Redis => (
                words(&[
                    &programs.path("redis-server"),
                    "--bind",
                    own.unwrap_or("0.0.0.0"),
                    "--protected-mode",
                    "no",
                    "--dir",
                    data.as_str(),
                ]),
                true,
            ),
            Kind::Nginx => (words(&[&programs.path("nginx")]), true),
            Kind::Prometheus => (words(&[&programs.path("prometheus")]), false),
        };
        match (self.kind, arguments.is_empty()) {
            (Kind::Code, false) => all = arguments,
            (Kind::Nginx, is_bare) if own.is_some() => {
                // Where the process number goes is said in the configuration.
                all.extend(words(&["-c", NGINX_FILE, "-e", "stderr"]));
                all.extend(if is_bare { words(&["-g", "daemon off;"]) } else { arguments });
            }
            (Kind::Nginx, true) => all.extend(words(&["-g", "daemon off; pid /tmp/nginx.pid;"])),
            (Kind::Prometheus, true) => all.extend([
                "--config.file=/etc/prometheus/prometheus.yml".to_owned(),
                format!("--storage.tsdb.path={data}"),
                format!("--web.listen-address={}:9090", own.unwrap_or("0.0.0.0")),
            ]),
            (Kind::Prometheus, false) if own.is_some() => {
                let others = arguments.iter().filter(|word| !word.starts_with(LISTEN_FLAG));
                all.extend(others.cloned());
                all.extend(own.zip(self.port()).map(|(own, port)| format!("{LISTEN_FLAG}={own}:{port}")));
            }
            _ => all.extend(arguments),
        }
        let folder = if self.kind == Kind::Code { APP_FOLDER } else { "/tmp" };
        Some(Launch { words: all, environment: self.environment.clone(), folder: folder.to_owned(), is_user })
    }

    /// The port on which it listens, as far as its command and its variables say; nginx says it in its
    /// configuration.
    #[must_use]
    pub fn port(&self) -> Option<u16> {
        let after = |flag: &str| -> Option<u16> {
            let at = self.command.iter().position(|word| word.starts_with(flag))?;
            let word = self.command.get(at)?.strip_prefix(flag)?.trim_start_matches('=');
            let value = if word.is_empty() { self.command.get(at + 1)? } else { word };
            value.rsplit(':').next()?.parse().ok()
        };
        match self.kind {
            Kind::Code => self.environment.get("PORT")?.parse().ok(),
            Kind::Postgres => after("port=").or(Some(5432)),
            Kind::Redis => after("--port").or(Some(6379)),
            Kind::Prometheus => after(LISTEN_FLAG).or(Some(9090)),
            Kind::Nginx | Kind::Grafana | Kind::Other => None,
        }
    }

    /// The command of the compose file as the image's program gets it: official images take a command
    /// with or without the program's own name.
    fn arguments(&self) -> Vec<String> {
        let own = match self.kind {
            Kind::Postgres => "postgres",
            Kind::Redis => "redis-server",
            Kind::Nginx => "nginx",
            Kind::Code | Kind::Prometheus | Kind::Grafana | Kind::Other => return self.command.clone(),
        };
        match self.command.split_first() {
            Some((first, rest)) if first == own => rest.to_vec(),
            _ => self.command.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rehearse::stack::{read_compose, read_stack};

    #[test]
    fn an_unknown_image_is_refused() {
        let file = "services: {queue: {image: 'rabbitmq:4'}, cache: {image: 'redis:8'}}";
        let services = read_stack(file, &read_compose(file).expect("a compose file"));
        let refused = services[0].need_stand_in().expect_err("nothing stands in for it").to_string();
        assert!(refused.contains("`rabbitmq:4`") && refused.contains("--driver compose"), "{refused}");
        assert!(services[1].need_stand_in().is_ok());
    }
}
