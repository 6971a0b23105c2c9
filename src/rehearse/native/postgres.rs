//! A fresh cluster, as the image makes it: the user `postgres` with the password of the compose file,
//! one database, and what lies in `/docker-entrypoint-initdb.d`.

use std::collections::BTreeMap;
use std::time::Duration;

use super::driver::Native;
use super::ground::{APP_FOLDER, Inside};
use super::programs::Programs;
use crate::rehearse::driver::Ran;
use crate::rehearse::fault::Fault;
use crate::rehearse::stack::Service;

const INITDB_LIMIT: Duration = Duration::from_secs(120);
const READY_LIMIT: Duration = Duration::from_secs(60);
const INIT_FOLDER: &str = "/docker-entrypoint-initdb.d";

impl Service {
    fn user(&self) -> &str {
        self.variable("POSTGRES_USER", "postgres")
    }

    fn password(&self) -> &str {
        self.variable("POSTGRES_PASSWORD", "postgres")
    }

    fn database(&self) -> &str {
        self.variable("POSTGRES_DB", self.user())
    }

    /// Variables with which psql reaches a database of this service from any other.
    #[must_use]
    pub fn psql_variables(&self, database: &str) -> BTreeMap<String, String> {
        let pairs = [
            ("PGHOST", self.name.as_str()),
            ("PGUSER", self.user()),
            ("PGPASSWORD", self.password()),
            ("PGDATABASE", database),
            ("PGCONNECT_TIMEOUT", "5"),
        ];
        pairs.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }
}

impl Native {
    /// Makes the cluster, before the server starts. Whether it is new: a container that is made anew
    /// keeps the data of the one before.
    pub(super) fn make_cluster(&mut self, service: &Service) -> Result<bool, Fault> {
        // Messages in English: the declared cause of a failure is one of them.
        let script = "[ -e \"$1/PG_VERSION\" ] && exit 9; mkdir -p \"$1\" && printf '%s' \"$PASSWORD\" >\"$1.password\" && \
                      \"$3\" -D \"$1\" --username=\"$2\" --pwfile=\"$1.password\" --auth=scram-sha-256 \
                      --encoding=UTF8 --locale=C --no-sync && rm \"$1.password\" && \
                      printf 'host all all all scram-sha-256\\n' >>\"$1/pg_hba.conf\"";
        let data = service.data();
        let initdb = self.programs.path("initdb");
        let words = ["sh", "-c", script, "sh", data.as_str(), service.user(), initdb.as_str()];
        let environment = BTreeMap::from([("PASSWORD".to_owned(), service.password().to_owned())]);
        let ran = self.inside(
            &Inside {
                service: &service.name,
                environment: &environment,
                folder: "/tmp",
                words: &words.map(str::to_owned),
                is_user: true,
            },
            None,
            INITDB_LIMIT,
        )?;
        match ran.code {
            Some(0) => Ok(true),
            Some(9) => Ok(false),
            _ => Err(Fault::scenario("PostgreSQL could not be set up", ran.said())),
        }
    }

    /// Waits for the server.
    pub(super) fn await_cluster(&mut self, service: &Service) -> Result<(), Fault> {
        let service = service.clone();
        self.until_ready(&service.name, READY_LIMIT, |native| {
            Ok(native.psql(&service, "postgres", "SELECT 1")?.is_ok())
        })
    }

    /// Waits for the server, then makes the database and runs what belongs to its first start.
    pub(super) fn fill_cluster(&mut self, service: &Service) -> Result<(), Fault> {
        self.await_cluster(service)?;
        let database = service.database().to_owned();
        if database != "postgres" {
            let create = format!("CREATE DATABASE \"{}\"", database.replace('"', "\"\""));
            self.psql_or_fault(service, "postgres", &create, "the database could not be made")?;
        }
        let mut first: Vec<(String, String)> = Vec::new();
        for (source, target) in &service.mounts {
            let wanted = target.starts_with(INIT_FOLDER);
            let files = self
                .folder_files(source)
                .into_iter()
                .filter(|path| wanted && path.extension() == Some("sql"));
            first.extend(files.map(|path| (path.to_string(), self.read(&path))));
        }
        first.sort();
        for (path, statements) in first {
            self.psql_or_fault(service, &database, &statements, &format!("`{path}` fails"))?;
        }
        Ok(())
    }

    fn psql(&mut self, service: &Service, database: &str, statements: &str) -> Result<Ran, Fault> {
        let environment = service.psql_variables(database);
        let words = [&self.programs.path("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", "-"];
        let inside = Inside {
            service: &service.name,
            environment: &environment,
            folder: APP_FOLDER,
            words: &words.map(str::to_owned),
            is_user: false,
        };
        self.inside(&inside, Some(statements), INITDB_LIMIT)
    }

    fn psql_or_fault(
        &mut self,
        service: &Service,
        database: &str,
        statements: &str,
        what: &str,
    ) -> Result<(), Fault> {
        let ran = self.psql(service, database, statements)?;
        if ran.is_ok() { Ok(()) } else { Err(Fault::scenario(what, ran.said())) }
    }
}

/// The version of a PostgreSQL program.
#[must_use]
pub fn postgres_version(programs: &Programs) -> Option<String> {
    super::running::version_of(programs.path("postgres").as_str().into(), "--version")
}
