//! Random histories of a repository: sources change, scenarios move, people edit and remove files, runs
//! are killed. Whatever happens, nobody's work is lost without a word, and a finished run leaves what
//! was built.

#![allow(clippy::disallowed_methods, reason = "tests make files")]

mod publish_support;

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};
use publish_support::{Kill, Repository, Snapshot, home};
use rayon::prelude::*;
use scenarist::emit::tree::OutputFile;
use scenarist::publish::{Built, MANIFEST, Obstacle, Plan, Recovered, Word, Words, publish, recover};

/// Numbers that look random and are the same in each run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(sides.max(1)).expect("few sides")).expect("small")
    }

    fn one_in(&mut self, sides: usize) -> bool {
        self.roll(sides) == 0
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        all.get(self.roll(all.len()))
    }
}

const FOLDERS: [&str; 4] = ["s1", "s2", "s3", "s4"];
const IDS: [&str; 3] = ["a", "b", "c"];
const IN_FOLDER: [&str; 3] = ["README.md", "SCENARIO.md", "src/server.js"];
/// The last three cannot all be there at once.
const TOP: [&str; 5] = ["README.md", "z", "x", "x/y", "x/y/z"];
/// Never built: nobody but their authors touches them.
const FOREIGN: [&str; 4] = ["mine", "s1/notes", "s2/src/notes", "s3/deep/notes"];

/// A repository with what a person knows of it.
struct World {
    seed: u64,
    dice: Dice,
    repository: Repository,
    /// Id → folder.
    homes: BTreeMap<&'static str, &'static str>,
    /// Path → version of what is built there. For files of scenarios, the path begins with the id.
    sources: BTreeMap<String, usize>,
    /// Edits that were taken into the sources.
    taken: BTreeMap<Utf8PathBuf, Vec<u8>>,
    /// Work of people: what must be at a path (`None`: nothing) unless somebody says a word.
    protected: BTreeMap<Utf8PathBuf, Option<Vec<u8>>>,
    foreign: BTreeMap<Utf8PathBuf, Vec<u8>>,
    hands: usize,
    counts: Counts,
}

/// That the histories are as manifold as they should be.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    published: usize,
    blocked: usize,
    killed: usize,
    finished_later: usize,
    words: usize,
    edits: usize,
    pointers: usize,
}

impl Counts {
    fn and(self, other: Self) -> Self {
        Self {
            published: self.published + other.published,
            blocked: self.blocked + other.blocked,
            killed: self.killed + other.killed,
            finished_later: self.finished_later + other.finished_later,
            words: self.words + other.words,
            edits: self.edits + other.edits,
            pointers: self.pointers + other.pointers,
        }
    }
}

impl World {
    fn new(seed: u64) -> Self {
        let mut world = Self {
            seed,
            dice: Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1),
            repository: Repository::new(),
            homes: BTreeMap::from([("a", "s1"), ("b", "s2")]),
            sources: BTreeMap::new(),
            taken: BTreeMap::new(),
            protected: BTreeMap::new(),
            foreign: BTreeMap::new(),
            hands: 0,
            counts: Counts::default(),
        };
        for id in IDS {
            for name in IN_FOLDER {
                world.sources.insert(format!("{id}:{name}"), 1);
            }
        }
        world.sources.insert("README.md".to_owned(), 1);
        world
    }

    /// What is built now, by path.
    fn outputs(&self) -> BTreeMap<Utf8PathBuf, Vec<u8>> {
        let mut outputs = BTreeMap::new();
        for (source, version) in &self.sources {
            let path = match source.split_once(':') {
                None => Utf8PathBuf::from(source),
                Some((id, name)) => match self.homes.get(id) {
                    Some(folder) => Utf8Path::new(folder).join(name),
                    None => continue,
                },
            };
            outputs.insert(path, format!("built {version}\n").into_bytes());
        }
        for (id, folder) in &self.homes {
            outputs.insert(format!(".devcontainer/{folder}/d.json").into(), id.as_bytes().to_vec());
        }
        for (path, bytes) in &self.taken {
            if let Some(output) = outputs.get_mut(path) {
                output.clone_from(bytes);
            }
        }
        outputs
    }

    fn built(&self) -> Built {
        let file = |bytes: Vec<u8>| OutputFile { content: bytes.into(), executable: false, origin: None };
        let files = self.outputs().into_iter().map(|(path, bytes)| (path, file(bytes)));
        Built::new(files, self.homes.iter().map(|(id, folder)| home(id, folder))).expect("plain paths")
    }

    fn change_sources(&mut self) {
        match self.dice.roll(6) {
            0 | 1 => {
                let all: Vec<String> = self.sources.keys().cloned().collect();
                let source = self.dice.pick(&all).expect("there are sources").clone();
                let version = 1 + self.dice.roll(4);
                self.sources.insert(source, version);
                self.taken.clear();
            }
            2 => {
                let id = IDS[self.dice.roll(IDS.len())];
                let name = IN_FOLDER[self.dice.roll(IN_FOLDER.len())];
                let source = format!("{id}:{name}");
                if self.sources.remove(&source).is_none() {
                    self.sources.insert(source, 1);
                }
            }
            3 => {
                let top = TOP[self.dice.roll(TOP.len())];
                let is_there = self.sources.remove(top).is_some();
                if top.starts_with('x') {
                    self.sources.retain(|source, _| !source.starts_with('x'));
                }
                if !is_there {
                    self.sources.insert(top.to_owned(), 1);
                }
            }
            _ => self.move_scenario(),
        }
    }

    fn move_scenario(&mut self) {
        let id = IDS[self.dice.roll(IDS.len())];
        let folder = FOLDERS[self.dice.roll(FOLDERS.len())];
        if self.dice.one_in(5) {
            self.homes.remove(id);
            return;
        }
        // Whoever is there moves to where this one was, or goes.
        let other = self.homes.iter().find(|(_, taken)| **taken == folder).map(|(id, _)| *id);
        let before = self.homes.insert(id, folder);
        if let Some(other) = other.filter(|other| *other != id) {
            match before {
                Some(before) => drop(self.homes.insert(other, before)),
                None => drop(self.homes.remove(other)),
            }
        }
    }

    /// Every path that is built, published, or could be.
    fn places(&self) -> Vec<Utf8PathBuf> {
        let mut places: BTreeSet<Utf8PathBuf> = self.outputs().into_keys().collect();
        places.extend(manifest(&self.repository).into_keys());
        places.extend(TOP.map(Utf8PathBuf::from));
        places.extend(FOLDERS.iter().map(|folder| Utf8Path::new(folder).join("README.md")));
        places.into_iter().collect()
    }

    fn edit_by_hand(&mut self) {
        let places = self.places();
        let path = self.dice.pick(&places).expect("there are places").clone();
        if !self.can_be_file(&path) {
            return;
        }
        self.counts.edits += 1;
        if self.dice.one_in(5) {
            // What is built, or was: such an edit may be taken for ours.
            let version = 1 + self.dice.roll(4);
            self.repository.put(&path, format!("built {version}\n"));
            self.protected.remove(&path);
        } else {
            let text = self.new_work();
            self.repository.put(&path, &text);
            self.protected.insert(path, Some(text));
        }
    }

    fn new_work(&mut self) -> Vec<u8> {
        self.hands += 1;
        format!("by hand {}\n", self.hands).into_bytes()
    }

    fn can_be_file(&self, path: &Utf8Path) -> bool {
        let is_file = |folder: &Utf8Path| self.repository.root.join(folder).is_file();
        !self.repository.root.join(path).is_dir() && !path.ancestors().skip(1).any(is_file)
    }

    fn remove_by_hand(&mut self) {
        let mut files: Vec<Utf8PathBuf> = self.repository.files().into_keys().collect();
        files.retain(|path| path != MANIFEST && !self.foreign.contains_key(path));
        let Some(path) = self.dice.pick(&files).cloned() else { return };
        self.repository.remove(&path);
        // While a run is unfinished, it may be one that is just being made.
        let is_ours = manifest(&self.repository).contains_key(&path) && !self.repository.is_unfinished();
        if is_ours {
            self.protected.insert(path, None);
        } else {
            self.protected.remove(&path);
        }
    }

    fn leave_foreign_file(&mut self) {
        let path = Utf8Path::new(FOREIGN[self.dice.roll(FOREIGN.len())]);
        if self.can_be_file(path) {
            let text = self.new_work();
            self.repository.put(path, &text);
            self.foreign.insert(path.to_owned(), text);
        }
    }

    fn check_work(&self, after: &str) {
        for (path, work) in &self.protected {
            let found = self.repository.content(path);
            assert_eq!(found, *work, "seed {}, after {after}: {path}", self.seed);
        }
        for (path, work) in &self.foreign {
            let found = self.repository.content(path);
            assert_eq!(found.as_ref(), Some(work), "seed {}, after {after}: {path}", self.seed);
        }
    }

    /// Random words about what is open and, now and then, about what was kept.
    fn decide(&mut self, plan: &Plan) -> Words {
        let mut words = Words::default();
        let willing = !self.dice.one_in(4);
        for conflict in &plan.conflicts {
            let path = conflict.path.clone();
            let word = match self.dice.roll(if willing { 3 } else { 5 }) {
                0 => Word::Keep,
                1 => Word::Overwrite,
                2 if conflict.has_edit() && self.outputs().contains_key(&path) => {
                    // Taken into the sources: nothing that could be lost.
                    self.taken.insert(path.clone(), conflict.theirs.clone().expect("an edit"));
                    self.protected.remove(&path);
                    continue;
                }
                2 => Word::Overwrite,
                _ => continue,
            };
            words.say(path, word).expect("one word");
        }
        for kept in &plan.kept {
            if self.dice.one_in(5) {
                words.say(kept.path.clone(), Word::Overwrite).expect("one word");
            }
        }
        words
    }

    fn move_obstacles_away(&mut self, plan: &Plan) {
        for obstacle in &plan.obstacles {
            let path = match obstacle {
                Obstacle::NoFolder { path, .. } => path,
                Obstacle::Folder { foreign, .. } => foreign,
            };
            let target = self.repository.root.join(path);
            let removed = if target.is_dir() {
                std::fs::remove_dir_all(&target)
            } else {
                std::fs::remove_file(&target)
            };
            removed.expect("moved away");
            self.protected.retain(|work, _| !work.starts_with(path));
            self.foreign.retain(|work, _| !work.starts_with(path));
        }
    }

    /// One run of the verb, perhaps killed.
    fn publish(&mut self) {
        let root = self.repository.root.clone();
        let kill = if self.dice.one_in(3) {
            Kill::new(&root, self.dice.roll(20), self.dice.one_in(2))
        } else {
            Kill::never(&root)
        };
        let before = |change: &scenarist::publish::Change<'_>| kill.before(change);
        let checkout = self.repository.checkout.clone();
        let claim = checkout.claim().expect("a lock");
        let was_unfinished = self.repository.is_unfinished();
        let recovered = recover(&claim, &before);
        self.check_work("a recovery");
        let Ok(recovered) = recovered else {
            assert!(kill.has_struck(), "seed {}: {recovered:?}", self.seed);
            self.counts.killed += 1;
            return;
        };
        assert_eq!(matches!(recovered, Recovered::Finished { .. }), was_unfinished, "seed {}", self.seed);
        self.counts.finished_later += usize::from(was_unfinished);
        let first = self.repository.plan(&self.built(), &Words::default()).expect("a plan");
        if self.dice.one_in(2) {
            self.move_obstacles_away(&first);
        }
        let first = self.repository.plan(&self.built(), &Words::default()).expect("a plan");
        let words = self.decide(&first);
        let built = self.built();
        let plan = self.repository.plan(&built, &words).expect("a plan");
        if plan.is_blocked() {
            self.counts.blocked += 1;
            return;
        }
        self.counts.words += words.with(Word::Keep).count() + words.with(Word::Overwrite).count();
        let record = manifest(&self.repository);
        for path in plan.create.iter().filter(|path| self.protected.get(*path) == Some(&None)) {
            let is_asked = words.about(path) == Some(Word::Overwrite) || !record.contains_key(path);
            assert!(is_asked, "seed {}: {path} was removed by hand and comes back", self.seed);
        }
        let old = self.repository.files();
        let result = publish(&claim, &plan, &before);
        if let Err(error) = &result {
            assert!(kill.has_struck(), "seed {}: {error}", self.seed);
            self.counts.killed += 1;
        }
        let began = result.is_ok() || self.repository.is_unfinished() || self.repository.files() != old;
        if began {
            self.forget_what_was_decided(&plan, &words);
        }
        self.check_work("a publish");
        if result.is_ok() {
            self.check_published(&plan);
        }
    }

    /// What is no longer anybody's work but ours.
    fn forget_what_was_decided(&mut self, plan: &Plan, words: &Words) {
        let outputs = self.outputs();
        for path in words.with(Word::Overwrite).chain(plan.adopted.iter().map(Utf8PathBuf::as_path)) {
            self.protected.remove(path);
        }
        // That a file is gone which nobody builds any more needs no protection.
        let pointers = |path: &Utf8Path| path.file_name() == Some("README.md");
        self.protected.retain(|path, work| work.is_some() || outputs.contains_key(path) || pointers(path));
        let created: BTreeSet<&Utf8PathBuf> = plan.create.iter().collect();
        self.protected.retain(|path, work| work.is_some() || !created.contains(path));
    }

    fn check_published(&mut self, plan: &Plan) {
        let seed = self.seed;
        self.counts.published += 1;
        let record = manifest(&self.repository);
        let files: Snapshot = self.repository.files();
        let outputs = self.outputs();
        for (path, bytes) in &outputs {
            let entry = record.get(path).unwrap_or_else(|| panic!("seed {seed}: {path} is not on record"));
            let found = files.get(path).map(|(found, _)| found);
            assert!(entry.kept || found == Some(bytes), "seed {seed}: {path}");
        }
        for (path, entry) in record.iter().filter(|(_, entry)| !entry.kept) {
            let found =
                files.get(path).unwrap_or_else(|| panic!("seed {seed}: {path} is on record and not there"));
            assert_eq!(blake3::hash(&found.0).to_hex().as_str(), entry.hash, "seed {seed}: {path}");
            if !outputs.contains_key(path) {
                self.counts.pointers += 1;
                let text = String::from_utf8_lossy(&found.0);
                let leads =
                    self.homes.values().any(|folder| text.contains(&format!("(../{folder}/README.md)")));
                assert!(
                    text.starts_with("# This scenario has moved") && leads,
                    "seed {seed}: {path}: {text}"
                );
            }
        }
        let known = |path: &Utf8PathBuf| {
            record.contains_key(path) || path == MANIFEST || self.foreign.contains_key(path)
        };
        for path in files.keys().filter(|path| !known(path)) {
            // Left by people, or an edit that looks like ours.
            let is_theirs = self.protected.contains_key(path) || !path.as_str().contains(".scenarist-tmp-");
            assert!(is_theirs, "seed {seed}: {path} is nobody's");
        }
        assert!(!self.repository.is_unfinished(), "seed {seed}");
        let again = self.repository.plan(&self.built(), &Words::default()).expect("a plan");
        assert!(again.is_up_to_date(), "seed {seed}: after {plan:#?}\n{again:#?}");
    }
}

/// A line of the record.
#[derive(serde::Deserialize)]
struct Entry {
    #[serde(rename = "blake3")]
    hash: String,
    #[serde(default)]
    kept: bool,
}

fn manifest(repository: &Repository) -> BTreeMap<Utf8PathBuf, Entry> {
    #[derive(serde::Deserialize)]
    struct Record {
        files: BTreeMap<Utf8PathBuf, Entry>,
    }
    let text = repository.content(MANIFEST);
    text.map(|text| serde_json::from_slice::<Record>(&text).expect("a record").files).unwrap_or_default()
}

fn live(seed: u64) -> Counts {
    let mut world = World::new(seed);
    for _ in 0..15 {
        let what = match world.dice.roll(8) {
            0 | 1 => {
                world.change_sources();
                "a change of sources"
            }
            2 | 3 => {
                world.edit_by_hand();
                "an edit"
            }
            4 => {
                world.remove_by_hand();
                "a removal"
            }
            5 => {
                world.leave_foreign_file();
                "a foreign file"
            }
            _ => {
                world.publish();
                "a publish"
            }
        };
        world.check_work(what);
    }
    world.publish();
    world.counts
}

#[test]
fn in_a_thousand_histories_nobodys_work_is_lost() {
    let counts = (1..=1000_u64).into_par_iter().map(live).reduce(Counts::default, Counts::and);
    let Counts { published, blocked, killed, finished_later, words, edits, pointers } = counts;
    assert!(published > 1000 && edits > 2000 && words > 500 && pointers > 200, "{counts:?}");
    assert!(blocked > 200 && killed > 200 && finished_later > 50, "{counts:?}");
}
