//! What learners must not read too early, as runs of words that can be found again quickly.

use std::collections::HashMap;
use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};
use std::mem;
use std::ops::Range;

use crate::check::Checked;
use crate::check::rules::pedagogy::fix_code::fix_code;
use crate::check::rules::pedagogy::reading::{ExercisePage, Kind, Question};
use crate::check::rules::pedagogy::text::{Code, Place, each_place, is_content, plain_text, words};
use crate::source::Span;
use crate::syntax::code::Comments;
use crate::syntax::document::{Block, BlockKind, Directive};

/// How many words of a run must carry meaning.
const MEANING: usize = 4;

/// A text that is kept apart.
pub struct Secret {
    pub what: &'static str,
    /// Where it is written.
    pub span: Span,
    /// The section of its question; hints there are judged as hints.
    pub section: Option<usize>,
    /// The event at which it may be read; before, it is a leak.
    pub until: usize,
    /// The event of its question, and of the options around it: what it may quote.
    pub own: Vec<usize>,
}

/// The secrets of a page, by the hashes of their runs of words.
pub struct Secrets {
    pub all: Vec<Secret>,
    by_run: ByHash<Vec<usize>>,
    run: usize,
}

/// A run of words found somewhere.
pub struct Hit {
    pub range: Range<usize>,
    pub secret: usize,
}

/// Keys that are hashes already.
#[derive(Default)]
pub struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash_on(self.0, bytes, AS_WRITTEN);
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

type ByHash<T> = HashMap<u64, T, BuildHasherDefault<AsIs>>;
pub type Hashes = HashSet<u64, BuildHasherDefault<AsIs>>;

/// Bits that are set in eight bytes before they are hashed: none, or those that make capital letters
/// small. Digits and apostrophes, the other characters of a word, have them.
const AS_WRITTEN: u64 = 0;
const SMALL: u64 = u64::from_le_bytes([0x20; 8]);

/// A hash of more bytes, eight at a time.
fn hash_on(hash: u64, bytes: &[u8], set: u64) -> u64 {
    let mix = |hash: u64, number: u64| {
        let mixed = (hash ^ number).wrapping_mul(WEIGHT);
        mixed ^ (mixed >> 32)
    };
    let (eights, rest) = bytes.as_chunks();
    let hash = eights.iter().fold(hash, |hash, eight| mix(hash, u64::from_le_bytes(*eight) | set));
    // Of the last ones, it counts how many they are, too.
    let byte = |byte: &u8| u64::from(*byte) | set & 0xFF;
    mix(hash, rest.iter().fold(rest.len() as u64, |number, next| number << 8 | byte(next)))
}

/// A hash of a word whose upper and lower bits both tell words apart.
pub fn hash_of(word: &str) -> u64 {
    hash_on(START, word.as_bytes(), AS_WRITTEN).wrapping_mul(WEIGHT)
}

/// [`hash_of`] the word at a place of a text.
fn hash_at(text: &str, place: &Place) -> u64 {
    if place.has_other {
        return hash_of(&place.word(text).text);
    }
    hash_on(START, &text.as_bytes()[place.range.clone()], SMALL).wrapping_mul(WEIGHT)
}

/// What a hash of nothing is.
const START: u64 = 0xCBF2_9CE4_8422_2325;

/// By what the words of a run count more the earlier they stand in it.
const WEIGHT: u64 = 0x9E37_79B9_7F4A_7C15;

/// Visits the runs of `len` words of a text with their hashes. What a run has in common with the one
/// before is not counted again.
fn each_run(text: &str, len: usize, mut visit: impl FnMut(u64, Range<usize>)) {
    let leaving = (1..len).fold(1_u64, |weight, _| weight.wrapping_mul(WEIGHT));
    let mut mixed = 0_u64;
    // The last words, each with its hash and where it begins. The next one takes the place of the oldest.
    let mut last = vec![(0_u64, 0); len];
    let (mut oldest, mut is_full) = (0, false);
    each_place(text, |place| {
        let hash = hash_at(text, &place);
        let (gone, _) = mem::replace(&mut last[oldest], (hash, place.range.start));
        mixed = mixed.wrapping_sub(gone.wrapping_mul(leaving)).wrapping_mul(WEIGHT).wrapping_add(hash);
        oldest += 1;
        if oldest == len {
            (oldest, is_full) = (0, true);
        }
        if is_full {
            visit(mixed, last[oldest].1..place.range.end);
        }
    });
}

/// Which words of a text carry meaning.
fn meanings(text: &str) -> Vec<bool> {
    words(text).iter().map(|word| is_content(&word.text)).collect()
}

/// Whether a run of words says enough to be kept apart.
fn is_telling(meanings: &[bool]) -> bool {
    meanings.iter().filter(|means| **means).count() >= MEANING.min(meanings.len())
}

/// The runs of a text that is compared with the secrets of many pages: where each comes first.
pub struct Indexed {
    starts: ByHash<usize>,
}

/// What is looked for in texts: runs of so many words that secrets consist of.
pub struct Wanted {
    runs: Hashes,
    run: usize,
}

impl Wanted {
    /// `run` is how many words in a row count.
    pub fn of<'s>(secrets: impl Iterator<Item = &'s Secrets>, run: usize) -> Self {
        Self { runs: secrets.flat_map(|secrets| secrets.by_run.keys().copied()).collect(), run }
    }
}

impl Indexed {
    pub fn new(text: &str, wanted: &Wanted) -> Self {
        let mut starts = ByHash::default();
        each_run(text, wanted.run, |hash, range| {
            if wanted.runs.contains(&hash) {
                starts.entry(hash).or_insert(range.start);
            }
        });
        Self { starts }
    }
}

impl Secrets {
    /// The answers, rubrics and solutions of an exercise. `run` is how many words in a row count.
    pub fn of(checked: &Checked<'_>, page: &ExercisePage<'_>, run: usize) -> Self {
        let mut secrets = Self { all: Vec::new(), by_run: ByHash::default(), run };
        for question in page.questions() {
            secrets.add_question(checked, page, &question);
        }
        // What stands in the code as it is found is no secret, whatever becomes of it.
        let known = secrets.hashes_of(&found_code(checked, page));
        for fix in 0..page.written.fixes.len() {
            if let Some((_, below)) = page.fix(fix) {
                secrets.add_solution(checked, page, fix, below[0], &known);
            }
        }
        secrets
    }

    fn add_question(&mut self, checked: &Checked<'_>, page: &ExercisePage<'_>, question: &Question<'_>) {
        let event = &page.events[question.at];
        let section = event.section;
        let until = page.events.iter().rposition(|event| event.section <= section).map_or(0, |last| last + 1);
        let own: Vec<usize> = [Some(question.at), event.part.options].into_iter().flatten().collect();
        let quoted = self.hashes_of(&asked(checked, page, &own));
        for (name, what) in [("answer", "answer"), ("rubric", "rubric")] {
            let Some(part) = question.part(name).filter(|part| part.attributes.get("show").is_none()) else {
                continue;
            };
            let secret = Secret { what, span: part.opener, section: Some(section), until, own: own.clone() };
            self.add(secret, &texts_of(checked, part), &quoted);
        }
    }

    fn add_solution(
        &mut self,
        checked: &Checked<'_>,
        page: &ExercisePage<'_>,
        fix: usize,
        until: usize,
        known: &Hashes,
    ) {
        let folder = page.written.source.join("solution").join(&page.written.fixes[fix].id);
        let Some((file, _)) = checked.files.below(&folder).next() else { return };
        let code = fix_code(checked, page.written, fix);
        for piece in code.statements.iter().chain(&code.added) {
            let secret = Secret {
                what: "solution",
                span: Span::file_start(file),
                section: None,
                until,
                own: Vec::new(),
            };
            self.add(secret, std::slice::from_ref(piece), known);
        }
    }

    fn add(&mut self, secret: Secret, texts: &[String], quoted: &Hashes) {
        let at = self.all.len();
        self.all.push(secret);
        for text in texts {
            let meanings = meanings(text);
            let mut runs = meanings.windows(self.run);
            each_run(text, self.run, |hash, _| {
                let is_kept = runs.next().is_some_and(is_telling) && !quoted.contains(&hash);
                if !is_kept {
                    return;
                }
                let known = self.by_run.entry(hash).or_default();
                if known.last() != Some(&at) {
                    known.push(at);
                }
            });
        }
    }

    fn hashes_of(&self, texts: &[String]) -> Hashes {
        let mut found = Hashes::default();
        texts.iter().for_each(|text| {
            each_run(text, self.run, |hash, _| {
                found.insert(hash);
            });
        });
        found
    }

    /// Everything that a page shows, as hashes: an answer may be made of it.
    pub fn shown(&self, texts: &[String]) -> Hashes {
        self.hashes_of(texts)
    }

    /// The secret of which the first run in a text is, and where that begins.
    pub fn first_in(
        &self,
        text: &Indexed,
        is_leak: impl Fn(&Secret, u64) -> bool,
    ) -> Option<(&Secret, usize)> {
        let leaks = self.by_run.iter().filter_map(|(hash, owners)| {
            let start = *text.starts.get(hash)?;
            let owner = owners.iter().copied().find(|at| is_leak(&self.all[*at], *hash))?;
            Some((start, owner))
        });
        leaks.min().map(|(start, owner)| (&self.all[owner], start))
    }

    /// The first run of a text that belongs to a secret, as far as it goes.
    pub fn find(&self, text: &str, mut is_leak: impl FnMut(&Secret, u64) -> bool) -> Option<Hit> {
        if self.by_run.is_empty() {
            return None;
        }
        let (mut hit, mut is_over): (Option<Hit>, bool) = (None, false);
        each_run(text, self.run, |hash, range| {
            if is_over {
                return;
            }
            let owners = self.by_run.get(&hash).map_or(&[][..], Vec::as_slice);
            match &mut hit {
                Some(hit) if owners.contains(&hit.secret) && range.start <= hit.range.end => {
                    hit.range.end = range.end;
                }
                // What has too little meaning may stand in a secret, too.
                Some(_) => is_over = is_telling(&meanings(&text[range])),
                None => {
                    let leaked = owners.iter().copied().find(|at| is_leak(&self.all[*at], hash));
                    hit = leaked.map(|secret| Hit { range, secret });
                }
            }
        });
        hit
    }
}

/// The code of the learner's own files before any fix.
fn found_code(checked: &Checked<'_>, page: &ExercisePage<'_>) -> Vec<String> {
    let Some(broken) = page.written.stages.first() else { return Vec::new() };
    let own = broken.files.iter().filter(|(_, file)| !file.rendered);
    own.map(|(_, file)| {
        let mut code = String::new();
        let mut from = 0;
        for comment in Comments::in_file(checked.files, file.origin.file).ranges() {
            code.push_str(&file.annotated[from..comment.start]);
            code.push('\n');
            from = comment.end;
        }
        code + &file.annotated[from..]
    })
    .collect()
}

/// What a question asks, with the options around it.
fn asked(checked: &Checked<'_>, page: &ExercisePage<'_>, own: &[usize]) -> Vec<String> {
    let parts = page.events.iter().filter(|event| {
        let is_part = event.part.question.is_some_and(|at| own.contains(&at))
            || event.part.options.is_some_and(|at| own.contains(&at));
        is_part && !event.part.hidden && matches!(event.kind, Kind::Prose | Kind::Fence { .. })
    });
    parts.map(|event| plain_text(checked.files, event.block, Code::Kept)).collect()
}

/// The texts of an answer or rubric. Code is no secret: it stands in the files.
pub fn texts_of(checked: &Checked<'_>, directive: &Directive) -> Vec<String> {
    fn collect<'a>(blocks: &'a [Block], found: &mut Vec<&'a Block>) {
        for block in blocks {
            match &block.kind {
                BlockKind::Directive(inner) => collect(&inner.children, found),
                BlockKind::Prose { .. } | BlockKind::List(_) | BlockKind::Table(_) => found.push(block),
                _ => {}
            }
        }
    }
    let mut blocks = Vec::new();
    collect(&directive.children, &mut blocks);
    blocks.into_iter().map(|block| plain_text(checked.files, block, Code::Kept)).collect()
}

#[cfg(test)]
mod tests {
    use super::{each_place, hash_at, hash_of};

    #[test]
    fn a_word_in_a_text_has_the_hash_of_what_it_says() {
        let text = "Don't RE-USE Café ÜBER 42 Straße extraordinarily LONG-WINDED Abcdefgh it’s";
        let mut count = 0;
        each_place(text, |place| {
            assert_eq!(hash_at(text, &place), hash_of(&place.word(text).text), "{:?}", place.word(text));
            count += 1;
        });
        assert_eq!(count, 12);
    }
}
