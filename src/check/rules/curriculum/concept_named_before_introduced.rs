//! `curriculum/concept-named-before-introduced`.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::declared::{Declarations, builds_on, is_complete, is_known};
use super::sections::{Piece, page_of, pieces_of, units_of};
use super::terms::Terms;
use crate::check::Checked;
use crate::check::phrases::Hit;
use crate::check::prose::{Prose, prose_of_manifest, prose_of_page, prose_within, words_of_picture};
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::model::{Course, Role, Written};
use crate::source::{FileId, Span};
use crate::syntax::code::Comments;
use crate::syntax::document::Link;

pub static SPEC: CodeSpec = CodeSpec {
    code: "curriculum/concept-named-before-introduced",
    severity: Severity::Warning,
    what: "A scenario names a concept that a later scenario introduces.",
    why: "Learners meet a word that nobody has explained yet. They skip it, or look it up and lose the thread.",
    fix: "Say it in plain words, or point to the later scenario with a reference in the same paragraph.",
    source: "platform-vision.md, The Curriculum",
    bad: &[
        Example::files(&[
            ("content/concepts.yml", CONCEPTS),
            ("content/tracks/main.yml", TRACK),
            ("content/scenarios/first/scenario.md", "…\n\nPut a «load balancer» in front, and it is gone.\n"),
        ]),
        // In the plural, wrapped at the end of a line, in a list whose other item has the pointer.
        Example::files(&[
            ("content/concepts.yml", CONCEPTS),
            ("content/tracks/main.yml", TRACK),
            (
                "content/scenarios/first/scenario.md",
                "…\n\n- Later you meet it in [](scenario:second).\n- Big sites use «load\n  balancers» for that.\n",
            ),
        ]),
        // The pointer leads to another scenario.
        Example::files(&[
            ("content/concepts.yml", CONCEPTS),
            (
                "content/tracks/main.yml",
                "title: The track\nfolder: scenario-{number:02}-{id}\ngroups:\n  - id: start\n    name: Start\n    tier: crawling\n    scenarios:\n      - first\n      - {id: zero, title: Zero, summary: It goes on., kind: failure}\n      - {id: second, title: Second, summary: A load balancer is put in front., introduces: [load-balancer]}\n",
            ),
            (
                "content/scenarios/first/scenario.md",
                "…\n\nPut a «load balancer» in front, and go on to [](scenario:zero).\n",
            ),
        ]),
        // In what is said of a planned scenario.
        Example::files(&[
            ("content/concepts.yml", CONCEPTS),
            (
                "content/tracks/main.yml",
                "title: The track\nfolder: scenario-{number:02}-{id}\ngroups:\n  - id: start\n    name: Start\n    tier: crawling\n    scenarios:\n      - first\n      - {id: zero, title: Zero, summary: You set up «nginx»., kind: failure}\n      - {id: second, title: Second, summary: A load balancer is put in front., introduces: [load-balancer]}\n",
            ),
        ]),
        // In a comment of the learner's code.
        Example::files(&[
            ("content/concepts.yml", CONCEPTS),
            ("content/tracks/main.yml", TRACK),
            (
                "content/scenarios/first/app/db/seed.js",
                "//: pg talks to PostgreSQL. `{ Client }` takes the one thing called Client out of the package (destructuring).\nconst { Client } = require('pg');\n\nconst POSTS = 500;\n\n//: A function marked `async` may wait for results with `await`.\nasync function main() {\n  // A «Load-Balancer» would not help here.\n  const client = new Client({ connectionString: process.env.DATABASE_URL });\n  await client.connect();\n  await client.query('CREATE TABLE IF NOT EXISTS posts (id serial PRIMARY KEY, title text NOT NULL)');\n  await client.query(\"INSERT INTO posts (title) SELECT 'Post ' || n FROM generate_series(1, $1) AS n\", [POSTS]);\n  await client.end();\n}\n\nmain();\n",
            ),
        ]),
    ],
    params: &[],
    good: &[
        // A pointer, a recap, code, parts of the term, and a name that contains it.
        Example::files(&[
            ("content/concepts.yml", CONCEPTS),
            ("content/tracks/main.yml", TRACK),
            (
                "content/scenarios/first/scenario.md",
                "…\n\nA load balancer comes in [](scenario:second).\n\nRead about a [load balancer](concept:load-balancer) if you like.\n\nIts config lies in `load balancer.conf`, a balancer takes the load, and the Nginx Works sell it with nginx.conf.\n\n## What you know {.recap}\n\nYou have heard of a load balancer.\n",
            ),
        ]),
        // Behind the scenario that introduces it.
        Example::files(&[
            ("content/concepts.yml", CONCEPTS),
            (
                "content/tracks/main.yml",
                "title: The track\nfolder: scenario-{number:02}-{id}\ngroups:\n  - id: start\n    name: Start\n    tier: crawling\n    scenarios:\n      - {id: second, title: Second, summary: A load balancer is put in front., introduces: [load-balancer]}\n      - first\n",
            ),
            ("content/scenarios/first/scenario.md", "…\n\nPut a load balancer in front, and it is gone.\n"),
        ]),
    ],
};

const CONCEPTS: &str = "concepts:\n  - {id: busy-loop, name: busy loop, summary: A loop that waits.}\n  - {id: load-balancer, name: load balancer, summary: A program in front of servers., terms: [load balancer, nginx]}\n";
const TRACK: &str = "title: The track\nfolder: scenario-{number:02}-{id}\ngroups:\n  - id: start\n    name: Start\n    tier: crawling\n    scenarios:\n      - first\n      - {id: second, title: Second, summary: A load balancer is put in front., introduces: [load-balancer]}\n";

/// Looks at the page, the manifest, the pictures and the code of every written scenario, and at what
/// the track says of planned ones.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    if !is_complete(checked.course) {
        return;
    }
    let terms = Terms::of(checked);
    let declared = Declarations::of(checked);
    let tracks = checked.course.tracks.iter().map(|track| {
        let file = checked.files.find(format!("content/tracks/{}.yml", track.id))?;
        Some(prose_of_manifest(checked, file))
    });
    let tracks: Vec<Arc<[Prose]>> = tracks.map(Option::unwrap_or_default).collect();
    for (index, scenario) in checked.scenarios() {
        let Some((track, _)) = scenario.place else { continue };
        let seen = BTreeSet::new();
        let mut reader = Reader { checked, terms: &terms, declared: &declared, index, seen, sink };
        match &scenario.written {
            Some(written) => {
                reader.page();
                reader.manifest(written);
                reader.pictures(written);
                reader.code(written);
            }
            None => reader.planned(&tracks[track]),
        }
    }
}

struct Reader<'c, 'a> {
    checked: &'c Checked<'a>,
    terms: &'c Terms<'c>,
    declared: &'c Declarations,
    index: usize,
    /// Each concept is reported once in a file.
    seen: BTreeSet<(FileId, usize)>,
    sink: &'c Sink,
}

impl Reader<'_, '_> {
    fn page(&mut self) {
        let Some(page) = page_of(self.checked, self.index) else { return };
        let (pieces, texts) = (pieces_of(page), prose_of_page(self.checked, page));
        for piece in &pieces {
            if piece.role == Some(Role::Recap) || piece.is_planted() {
                continue;
            }
            for prose in prose_within(&texts, piece.block) {
                self.prose(prose, |at| {
                    let units = units_of(piece.block);
                    let next = units.partition_point(|unit| unit.start <= at);
                    let unit = next.checked_sub(1).map_or(piece.block.span, |unit| units[unit]);
                    pointers_of(piece, unit, &pieces)
                });
            }
        }
    }

    fn manifest(&mut self, written: &Written) {
        let Some(file) = self.checked.files.find(written.source.join("scenario.yml")) else { return };
        let bridge = self.declared.value(self.index, "bridge").map(|node| node.span);
        for prose in prose_of_manifest(self.checked, file).iter() {
            if bridge.is_some_and(|bridge| bridge.range().contains(&(prose.span.start as usize))) {
                continue;
            }
            self.prose(prose, |_| prose.links().iter().collect());
        }
    }

    /// What a planned scenario will be about; the reasons for its place may look ahead.
    fn planned(&mut self, texts: &[Prose]) {
        for key in ["summary", "about", "teaches"] {
            let Some(value) = self.declared.value(self.index, key).map(|node| node.span) else { continue };
            let first = texts.partition_point(|prose| prose.span.start < value.start);
            for prose in texts[first..].iter().take_while(|prose| prose.span.end <= value.end) {
                self.prose(prose, |_| prose.links().iter().collect());
            }
        }
    }

    fn pictures(&mut self, written: &Written) {
        for (_, file) in written.assets.iter().filter(|(name, _)| name.ends_with(".svg")) {
            for prose in words_of_picture(self.checked.files, *file) {
                self.prose(&prose, |_| Vec::new());
            }
        }
    }

    fn code(&mut self, written: &Written) {
        for folder in ["app", "solution"] {
            let folder = written.source.join(folder);
            for (file, _) in self.checked.files.below(&folder) {
                let Ok(text) = self.checked.files.text(file) else { continue };
                for range in Comments::in_file(self.checked.files, file).ranges() {
                    for hit in self.terms.find(&text[range.clone()]) {
                        self.report(&hit, Span::new(file, range.start, range.end), Vec::new);
                    }
                }
            }
        }
    }

    /// Looks at a text; `pointers` gives the links that excuse what stands at a place of the file.
    fn prose<'l>(&mut self, prose: &Prose, pointers: impl Fn(u32) -> Vec<&'l Link>) {
        for hit in self.terms.find_in(self.checked, prose) {
            let at = prose.span.sub(hit.range.start, hit.range.end).start;
            self.report(&hit, prose.span, || pointers(at));
        }
    }

    fn report<'l>(&mut self, hit: &Hit, base: Span, pointers: impl FnOnce() -> Vec<&'l Link>) {
        let course = self.checked.course;
        if hit.keys.iter().any(|&concept| !self.is_too_early(concept)) {
            return;
        }
        let Some(&concept) = hit.keys.first() else { return };
        let Some(&later) = course.concepts[concept].introduced_in.first() else { return };
        if self.seen.contains(&(base.file, concept)) {
            return;
        }
        if pointers().iter().any(|link| points_forward(course, link, later, concept)) {
            return;
        }
        self.seen.insert((base.file, concept));
        let span = base.sub(hit.range.start, hit.range.end);
        let words = self.checked.files.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
        let id = &course.scenarios[later].id;
        let message = format!("`{words}` is named here, and `{id}` introduces it later");
        self.sink.push(
            Diagnostic::new(&SPEC, span, message)
                .also(self.declared.introduction(later, concept), "introduced here")
                .help(format!("say it in plain words, or add `[](scenario:{id})` to the paragraph")),
        );
    }

    /// Whether learners of this scenario will meet the concept only later. What the scenario declares
    /// to use too early is reported there.
    fn is_too_early(&self, concept: usize) -> bool {
        let course = self.checked.course;
        let scenario = &course.scenarios[self.index];
        let is_declared = [&scenario.uses, &scenario.deepens].iter().any(|list| list.contains(&concept));
        let introduced = &course.concepts[concept].introduced_in;
        let comes_later = introduced.iter().all(|&other| {
            builds_on(course, other, self.index)
                || course.scenarios[other].place.map(|place| place.0) > scenario.place.map(|place| place.0)
        });
        !introduced.is_empty() && !is_declared && comes_later && !is_known(course, self.index, concept)
    }
}

/// The links that excuse what a unit names: its own, and below a question of `.faq` all of its answer.
fn pointers_of<'p>(piece: &Piece<'p>, unit: Span, pieces: &[Piece<'p>]) -> Vec<&'p Link> {
    if piece.role == Some(Role::Faq) {
        let first = pieces.partition_point(|other| other.subsection < piece.subsection);
        let same = pieces[first..].iter().take_while(|other| other.subsection == piece.subsection);
        return same.flat_map(|other| &other.block.links).collect();
    }
    let links = &piece.block.links;
    let first = links.partition_point(|link| link.span.start < unit.start);
    links[first..].iter().take_while(|link| link.span.start < unit.end).collect()
}

/// Whether a reference leads to the concept, to the scenario that introduces it, or to a part of the
/// course that has it.
fn points_forward(course: &Course, link: &Link, introducing: usize, concept: usize) -> bool {
    let Some((scheme, name)) = link.destination.value.split_once(':') else { return false };
    let index_of = |id: &str| course.scenario_index(id);
    match scheme {
        "concept" => name == course.concepts[concept].id,
        "scenario" if name.contains("..") => {
            let ends =
                name.split_once("..").and_then(|(first, last)| Some(index_of(first)?..=index_of(last)?));
            ends.is_some_and(|range| range.contains(&introducing))
        }
        "scenario" | "question" | "step" | "fix" => {
            index_of(name.split('/').next().unwrap_or(name)) == Some(introducing)
        }
        "tier" => course.tier_of(introducing).is_some_and(|tier| tier.id == name),
        "track" => course.place(introducing).is_some_and(|(track, _)| track.id == name),
        "group" => course.place(introducing).is_some_and(|(_, group)| name.ends_with(&group.id)),
        _ => false,
    }
}
