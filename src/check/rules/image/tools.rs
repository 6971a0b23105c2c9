//! Which programs an image has: facts about base images, packages and features, and what they come
//! to for one exercise.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

use crate::check::{Checked, Exercise, ExerciseFile, is_dockerfile};
use crate::diag::Sink;
use crate::environment::load_stack;
use crate::source::Spanned;
use crate::syntax::dockerfile::parse_dockerfile;

/// What a shell has by itself.
const BUILTINS: &str = ". : [ [[ alias bg break cd command continue declare dirs disown echo enable eval exec exit \
    export false fg getopts hash help history jobs kill let local popd printf pushd pwd read readonly return set \
    shift source test time times trap true type typeset ulimit umask unalias unset wait";

/// What every Debian image has, the slim ones as well.
const DEBIAN: &str = "apt apt-cache apt-get apt-key arch awk b2sum base32 base64 basename bash cat chgrp chmod chown \
    chroot cksum clear cmp comm cp csplit cut dash date dd deb-systemd-helper debconf df diff diff3 dir dircolors \
    dirname dpkg du egrep env expand expr factor false fgrep find findmnt flock fmt fold getconf getent getopt grep \
    groups gunzip gzip head hostid hostname iconv id infocmp install ionice join link ln locale logger login logname ls \
    lsblk lscpu mawk md5sum mkdir mkfifo mknod mktemp more mount mv namei nice nl nohup nproc numfmt od paste \
    pathchk perl pr printenv printf ptx readlink realpath rename.ul renice reset rev rgrep rm rmdir run-parts sdiff sed seq \
    setsid sh sha1sum sha224sum sha256sum sha384sum sha512sum shred shuf sleep sort split stat stdbuf stty su sum sync tac tail tar taskset \
    tee tempfile test timeout toe touch tput tr true truncate tset tsort tty umount uname unexpand uniq unlink unshare users vdir \
    wall wc which who whoami xargs yes zcat zgrep zless zmore";

/// What Alpine's one program for everything stands in for.
const ALPINE: &str = "apk arch ash awk base64 basename bc bunzip2 bzip2 cal cat chgrp chmod chown clear cmp comm cp \
    crontab cut date dc dd df diff dirname dmesg dos2unix du egrep env expand expr factor fgrep find flock fold free \
    fuser getent grep groups gunzip gzip head hexdump hostname id ifconfig install ip kill killall less ln logger ls \
    lsof md5sum mkdir mkfifo mktemp more mv nc netstat nice nl nohup nproc nslookup od paste pgrep ping pkill printenv printf ps pwd \
    readlink realpath renice reset rev rm rmdir sed seq setsid sh sha1sum sha256sum sha512sum shuf sleep sort split stat \
    strings stty su sum sync tac tail tar tee telnet test timeout top touch tr traceroute tree true truncate tty uname uniq unzip \
    uptime vi watch wc wget which who whoami xargs xxd yes zcat";

/// What Node's images add.
const NODE: &str = "node nodejs npm npx corepack yarn yarnpkg";

/// What the images without `slim` add.
const FULL: &str = "bzr curl wget git hg svn gcc g++ cc c++ make cpp ld ar autoconf automake bzip2 file patch pkg-config \
    python3 unzip xz ssh scp ssh-keygen gpg ps top pgrep pkill free uptime vmstat watch w sq";

/// Packages of Debian and Alpine, and the programs that they bring.
const PACKAGES: &[(&str, &str)] = &[
    (
        "postgresql-client",
        "psql pg_dump pg_dumpall pg_restore pg_isready pgbench createdb dropdb vacuumdb reindexdb",
    ),
    ("procps", "ps top pgrep pkill free uptime vmstat watch w sysctl pidof pmap"),
    ("curl", "curl"),
    ("wget", "wget"),
    ("git", "git"),
    ("jq", "jq"),
    ("yq", "yq"),
    ("apache2-utils", "ab htpasswd"),
    ("wrk", "wrk"),
    ("hey", "hey"),
    ("siege", "siege"),
    ("redis-tools", "redis-cli redis-benchmark"),
    ("redis", "redis-cli redis-benchmark redis-server"),
    ("default-mysql-client", "mysql mysqldump"),
    ("mariadb-client", "mysql mariadb mysqldump"),
    ("vim", "vim vi"),
    ("vim-tiny", "vi"),
    ("nano", "nano"),
    ("less", "less"),
    ("man-db", "man"),
    ("iputils-ping", "ping"),
    ("dnsutils", "dig nslookup host"),
    ("bind9-dnsutils", "dig nslookup host"),
    ("bind-tools", "dig nslookup host"),
    ("iproute2", "ip ss"),
    ("net-tools", "netstat ifconfig route"),
    ("netcat-openbsd", "nc"),
    ("netcat-traditional", "nc"),
    ("telnet", "telnet"),
    ("traceroute", "traceroute"),
    ("tcpdump", "tcpdump"),
    ("lsof", "lsof"),
    ("strace", "strace"),
    ("htop", "htop"),
    ("sysstat", "iostat mpstat sar pidstat"),
    ("tree", "tree"),
    ("unzip", "unzip"),
    ("zip", "zip"),
    ("xz-utils", "xz"),
    ("bc", "bc"),
    ("file", "file"),
    ("bsdmainutils", "column hexdump cal"),
    ("bsdextrautils", "column hexdump look"),
    ("util-linux", "column hexdump"),
    ("xxd", "xxd"),
    ("patch", "patch"),
    ("make", "make"),
    ("gcc", "gcc"),
    ("g++", "g++"),
    ("build-essential", "make gcc g++ cc"),
    ("python3", "python3"),
    ("python3-pip", "pip pip3"),
    ("python-is-python3", "python"),
    ("openssh-client", "ssh scp ssh-keygen"),
    ("openssl", "openssl"),
    ("rsync", "rsync"),
    ("sudo", "sudo"),
    ("tmux", "tmux"),
    ("screen", "screen"),
    ("gettext-base", "envsubst"),
    ("parallel", "parallel"),
    ("httpie", "http https"),
    ("ca-certificates", "update-ca-certificates"),
    ("sqlite3", "sqlite3"),
    ("docker.io", "docker"),
    ("docker-ce-cli", "docker"),
    ("bash", "bash"),
    ("coreutils", "timeout"),
    ("k6", "k6"),
    ("vegeta", "vegeta"),
    ("kubectl", "kubectl"),
    ("gh", "gh"),
    ("nodejs", "node npm npx"),
    ("ripgrep", "rg"),
    ("gnuplot", "gnuplot"),
    ("inotify-tools", "inotifywait"),
];

/// Features of a devcontainer, and the programs that they bring.
const FEATURES: &[(&str, &str)] = &[
    ("docker-outside-of-docker", "docker docker-compose"),
    ("docker-in-docker", "docker docker-compose"),
    ("docker-from-docker", "docker docker-compose"),
    ("github-cli", "gh"),
    ("git", "git"),
    ("python", "python python3 pip pip3"),
    ("node", "node npm npx nvm"),
    ("kubectl-helm-minikube", "kubectl helm minikube"),
    (
        "common-utils",
        "bash curl wget jq git ps less nano ssh sudo unzip zip vim tree lsof htop netstat man zsh",
    ),
    ("go", "go"),
];

/// The programs of an exercise's image.
pub struct Tools {
    found: BTreeSet<String>,
    /// Programs that npm puts before the others in its own scripts.
    of_packages: BTreeSet<String>,
    /// What stack.yml promises and no Dockerfile installs: the entry, and the package that has it.
    pub broken_promises: Vec<(Spanned<String>, &'static str)>,
}

impl Tools {
    /// `None` where the base image is not one of those that are known.
    pub fn of(checked: &Checked<'_>, exercise: &Exercise<'_>) -> Option<Self> {
        let mut found = words(BUILTINS);
        let mut is_known = false;
        for (_, file) in exercise.each_file().filter(|(_, file)| is_dockerfile(file)) {
            let dockerfile = parse_dockerfile(file.text);
            for image in dockerfile.images(file.text) {
                let base = base_programs(&image.text)?;
                is_known = true;
                found.extend(base);
            }
            for package in dockerfile.packages(file.text) {
                found.extend(programs_of(&package.text));
            }
            found.extend(copied_programs(&dockerfile, file.text));
        }
        let features = exercise.devcontainer.iter().filter_map(|file| file.json()?.get("features"));
        for (key, _) in features.flat_map(|node| node.entries()) {
            let name = key.text.rsplit('/').next().unwrap_or("").split(':').next().unwrap_or("");
            let known = FEATURES.iter().filter(|(feature, _)| *feature == name);
            known.for_each(|(_, programs)| found.extend(words(programs)));
        }
        if exercise.stages.iter().any(|stage| stage.stage.environment.as_ref().is_some_and(|it| it.docker)) {
            found.insert("docker".to_owned());
        }
        // The editor brings its own command.
        found.insert("code".to_owned());
        let broken_promises = promise(checked, exercise, &mut found);
        is_known.then(|| Self { found, of_packages: package_programs(exercise), broken_promises })
    }

    /// Whether a terminal has a program. What a broken promise says has a finding of its own.
    pub fn has(&self, name: &str) -> bool {
        self.found.contains(name)
    }

    /// Whether a script of package.json has it.
    pub fn has_in_scripts(&self, name: &str) -> bool {
        self.has(name) || self.of_packages.contains(name)
    }
}

fn words(text: &str) -> BTreeSet<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

fn base_programs(image: &str) -> Option<BTreeSet<String>> {
    let name = image.rsplit('/').next()?;
    let (name, tag) = name.split_once(':').unwrap_or((name, ""));
    let alpine = tag.contains("alpine");
    let (base, extra) = match name {
        "node" if alpine => (ALPINE, NODE),
        "node" => (DEBIAN, NODE),
        "alpine" => (ALPINE, ""),
        "debian" | "ubuntu" => (DEBIAN, ""),
        "buildpack-deps" => (DEBIAN, FULL),
        _ => return None,
    };
    let mut found = words(base);
    found.extend(words(extra));
    if name == "node" && !alpine && !tag.contains("slim") {
        found.extend(words(FULL));
    }
    Some(found)
}

/// `postgresql-client-16` brings what `postgresql-client` does.
fn programs_of(package: &str) -> BTreeSet<String> {
    let plain = package.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').trim_end_matches('-');
    let known = PACKAGES.iter().find(|(name, _)| *name == package || *name == plain);
    let mut found = known.map(|(_, programs)| words(programs)).unwrap_or_default();
    found.insert(package.rsplit('/').next().unwrap_or(package).to_owned());
    found
}

/// `COPY --from=… x /usr/local/bin/x`.
fn copied_programs(dockerfile: &crate::syntax::dockerfile::Dockerfile, text: &str) -> Vec<String> {
    let copies = dockerfile.instructions.iter().filter(|it| it.keyword == "COPY" || it.keyword == "ADD");
    copies
        .flat_map(|copy| text[copy.arguments.clone()].split_whitespace())
        .filter_map(|word| Some(word.rsplit_once("bin/")?.1.to_owned()).filter(|name| !name.is_empty()))
        .collect()
}

/// The package that has a program, by its most usual name.
pub fn package_of(program: &str) -> Option<&'static str> {
    PACKAGES
        .iter()
        .find(|(_, programs)| programs.split(' ').any(|name| name == program))
        .map(|(name, _)| *name)
}

/// Adds what stack.yml promises. Programs of a package that is known must be installed.
fn promise(
    checked: &Checked<'_>,
    exercise: &Exercise<'_>,
    found: &mut BTreeSet<String>,
) -> Vec<(Spanned<String>, &'static str)> {
    let environment = exercise.broken().stage.environment.as_ref();
    let stack = environment.and_then(|it| load_stack(checked.files, &it.stack, &Sink::default()));
    let mut broken = Vec::new();
    for tool in stack.iter().flat_map(|stack| &stack.manifest.tools) {
        if let Some(package) = package_of(&tool.value).filter(|_| !found.contains(&tool.value)) {
            broken.push((tool.clone(), package));
        }
        found.insert(tool.value.clone());
    }
    broken
}

/// What packages put into `node_modules/.bin`, as the lockfile says.
fn package_programs(exercise: &Exercise<'_>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let is_of_npm = |file: &ExerciseFile<'_>| ["package.json", "package-lock.json"].contains(&file.name());
    for (_, file) in exercise.each_file().filter(|(_, file)| is_of_npm(file)) {
        // A lockfile is long, and hardly anything of it is asked for.
        let Ok(npm) = serde_json::from_str::<NpmFile>(file.text) else { continue };
        let packages = npm.dependencies.into_keys().chain(npm.dev_dependencies.into_keys());
        found.extend(packages.filter_map(|package| Some(package.rsplit('/').next()?.to_owned())));
        let programs = npm.packages.into_values().filter_map(|package| package.bin.as_object().cloned());
        found.extend(programs.flatten().map(|(name, _)| name));
    }
    found
}

/// What names packages and programs in package.json and in a lockfile.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct NpmFile {
    dependencies: BTreeMap<String, IgnoredAny>,
    dev_dependencies: BTreeMap<String, IgnoredAny>,
    packages: BTreeMap<String, NpmPackage>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct NpmPackage {
    bin: Value,
}
