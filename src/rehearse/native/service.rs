//! Each kind of service as a process: what its image does by itself, done by the program of this
//! machine.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;

use super::programs::Programs;
use super::sandbox::{APP_FOLDER, inside};
use crate::rehearse::fault::Fault;
use crate::rehearse::stack::{Kind, Service};

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

    /// How it is started; `None` for one that is left out.
    #[must_use]
    pub fn launch(&self, programs: &Programs) -> Option<Launch> {
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
                    "listen_addresses=*",
                    "-c",
                    "unix_socket_directories=",
                ]),
                true,
            ),
            Kind::Redis => (
                words(&[
                    &programs.path("redis-server"),
                    "--bind",
                    "0.0.0.0",
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
            (Kind::Nginx, true) => all.extend(words(&["-g", "daemon off; pid /tmp/nginx.pid;"])),
            (Kind::Prometheus, true) => all.extend([
                "--config.file=/etc/prometheus/prometheus.yml".to_owned(),
                format!("--storage.tsdb.path={data}"),
                "--web.listen-address=0.0.0.0:9090".to_owned(),
            ]),
            _ => all.extend(arguments),
        }
        let folder = if self.kind == Kind::Code { APP_FOLDER } else { "/tmp" };
        Some(Launch { words: all, environment: self.environment.clone(), folder: folder.to_owned(), is_user })
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
