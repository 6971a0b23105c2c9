//! The set of files a build reads, with their normalised text and line tables.

use std::any::Any;
use std::sync::{Arc, OnceLock};

use camino::{Utf8Path, Utf8PathBuf};
use memchr::memchr;

use super::excerpt::Excerpt;
use super::path_map::PathMap;
use super::span::{FileId, Position, Span};

/// Where a file came from: the author's project or the binary's embedded folders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    Project,
    BuiltIn,
    /// Not part of what is compiled: shown beside a finding, such as a file of another revision.
    Aside,
}

/// What a file holds. Text is normalised: no byte order mark, LF line ends.
#[derive(Clone, Debug)]
pub enum Content {
    Text(Arc<str>),
    /// Bytes that are not UTF-8 text. `first_bad` is the offset of the first offending byte.
    Binary {
        bytes: Arc<[u8]>,
        first_bad: usize,
    },
    /// A text file larger than [`super::MAX_TEXT_BYTES`]; kept as bytes so that it can be copied.
    TooLarge(Arc<[u8]>),
}

/// One file of the tree.
#[derive(Debug)]
pub struct FileEntry {
    pub path: Utf8PathBuf,
    pub content: Content,
    pub origin: Origin,
    pub executable: bool,
    /// The bytes as they are on the disk, where the text differs from them.
    original: Option<Arc<[u8]>>,
    line_starts: OnceLock<Vec<u32>>,
    /// What the text was parsed into. Its type is the parser's business, which this layer does not know.
    parsed: OnceLock<Arc<dyn Any + Send + Sync>>,
}

impl FileEntry {
    fn holds_the_same(&self, other: &Self) -> bool {
        match (&self.content, &other.content) {
            (Content::Text(text), Content::Text(other)) => text == other,
            _ => false,
        }
    }

    fn new(path: Utf8PathBuf, content: Normalised, origin: Origin, executable: bool) -> Self {
        let Normalised { content, original } = content;
        let (line_starts, parsed) = (OnceLock::new(), OnceLock::new());
        Self { path, content, origin, executable, original, line_starts, parsed }
    }
}

/// Why a file cannot be used as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextError {
    /// Not UTF-8; the offset of the first offending byte.
    NotUtf8(usize),
    /// Larger than the limit; its size in bytes.
    TooLarge(usize),
}

/// All files a build knows, by path relative to the project's root (`/` separators).
#[derive(Debug, Default)]
pub struct Files {
    entries: Vec<FileEntry>,
    by_path: PathMap<FileId>,
}

impl Files {
    /// Adds a file, or returns the id of the one that already has this path (the first wins, so
    /// that a project's file stands in for a built-in one).
    pub fn add(
        &mut self,
        path: impl Into<Utf8PathBuf>,
        bytes: &[u8],
        origin: Origin,
        executable: bool,
    ) -> FileId {
        let path = path.into();
        if let Some(&id) = self.by_path.get(&path) {
            return id;
        }
        self.add_normalised(path, Normalised::of(bytes), origin, executable)
    }

    /// The same with bytes that were looked at before.
    pub(super) fn add_normalised(
        &mut self,
        path: Utf8PathBuf,
        content: Normalised,
        origin: Origin,
        executable: bool,
    ) -> FileId {
        let next = FileId(u32::try_from(self.entries.len()).expect("fewer than 2^32 files"));
        let id = *self.by_path.get_or_insert_with(&path, || next);
        if id == next {
            self.entries.push(FileEntry::new(path, content, origin, executable));
        }
        id
    }

    /// Puts another content in the place of a file's: it keeps its id, and what was made of its text is
    /// forgotten.
    pub fn replace(&mut self, id: FileId, bytes: &[u8]) {
        let entry = &mut self.entries[id.0 as usize];
        *entry = FileEntry::new(entry.path.clone(), Normalised::of(bytes), entry.origin, entry.executable);
    }

    /// Takes over what files with the same content were parsed into before. Places in that name files by
    /// their ids, so that only those with the same id count.
    pub fn keep_parsed(&mut self, before: &Self) {
        for (entry, old) in self.entries.iter_mut().zip(&before.entries) {
            let is_same = entry.path == old.path && entry.origin == old.origin && entry.holds_the_same(old);
            if let Some(parsed) = old.parsed.get().filter(|_| is_same) {
                entry.parsed = OnceLock::from(Arc::clone(parsed));
            }
        }
    }

    /// Adds a text file; for tests and for text that is made in memory.
    pub fn add_text(&mut self, path: impl Into<Utf8PathBuf>, text: &str) -> FileId {
        self.add(path, text.as_bytes(), Origin::Project, false)
    }

    /// The file with this path.
    #[must_use]
    pub fn find(&self, path: impl AsRef<Utf8Path>) -> Option<FileId> {
        self.by_path.get(path.as_ref()).copied()
    }

    /// The entry of a file.
    #[must_use]
    pub fn entry(&self, id: FileId) -> &FileEntry {
        &self.entries[id.0 as usize]
    }

    /// The same for an id that may come from [`Span::nowhere`].
    #[must_use]
    pub fn known(&self, id: FileId) -> Option<&FileEntry> {
        self.entries.get(id.0 as usize)
    }

    /// The path of a file, relative to the project's root.
    #[must_use]
    pub fn path(&self, id: FileId) -> &Utf8Path {
        &self.entry(id).path
    }

    /// The text of a file.
    ///
    /// # Errors
    /// [`TextError`] when the file is not UTF-8 or larger than the limit.
    pub fn text(&self, id: FileId) -> Result<&str, TextError> {
        match &self.entry(id).content {
            Content::Text(text) => Ok(text),
            Content::Binary { first_bad, .. } => Err(TextError::NotUtf8(*first_bad)),
            Content::TooLarge(bytes) => Err(TextError::TooLarge(bytes.len())),
        }
    }

    /// The bytes of a file as they go into an output (normalised if text).
    #[must_use]
    pub fn bytes(&self, id: FileId) -> &[u8] {
        match &self.entry(id).content {
            Content::Text(text) => text.as_bytes(),
            Content::Binary { bytes, .. } | Content::TooLarge(bytes) => bytes,
        }
    }

    /// The same without a copy.
    #[must_use]
    pub fn shared_bytes(&self, id: FileId) -> Arc<[u8]> {
        match &self.entry(id).content {
            Content::Text(text) => Arc::clone(text).into(),
            Content::Binary { bytes, .. } | Content::TooLarge(bytes) => Arc::clone(bytes),
        }
    }

    /// The bytes of a file as its author saved them, with byte order mark and carriage returns.
    #[must_use]
    pub fn original(&self, id: FileId) -> &[u8] {
        self.entry(id).original.as_deref().unwrap_or_else(|| self.bytes(id))
    }

    /// What a parser makes of a file, made once: loading, printing and rules share it. A file that
    /// was parsed into another type before is parsed again, and that is not kept.
    pub fn parsed<T: Any + Send + Sync>(&self, id: FileId, parse: impl FnOnce() -> T) -> Arc<T> {
        let slot = &self.entry(id).parsed;
        if let Some(known) = slot.get() {
            return Arc::clone(known).downcast().unwrap_or_else(|_| Arc::new(parse()));
        }
        let made = Arc::new(parse());
        // Two threads that parse one file at once share what the first of them made.
        let known = slot.get_or_init(|| made.clone());
        Arc::clone(known).downcast().unwrap_or(made)
    }

    /// Whether bytes are the text of the file that they are said to come from.
    #[must_use]
    pub fn is_same_text(&self, origin: Option<Span>, bytes: &[u8]) -> bool {
        let found = origin.and_then(|origin| self.known(origin.file));
        found.is_some_and(|entry| matches!(&entry.content, Content::Text(text) if text.as_bytes() == bytes))
    }

    /// The text under a span; empty when the file is not text.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text(span.file).ok().and_then(|text| text.get(span.range())).unwrap_or("")
    }

    /// The same without a copy, for as long as somebody wants it.
    #[must_use]
    pub fn excerpt(&self, span: Span) -> Excerpt {
        match &self.entry(span.file).content {
            Content::Text(text) => Excerpt::of(text, span.range()),
            Content::Binary { .. } | Content::TooLarge(_) => Excerpt::default(),
        }
    }

    /// Ids and paths below a folder, in path order. `folder` itself may be a file's path.
    pub fn below<'a>(&'a self, folder: &'a Utf8Path) -> impl Iterator<Item = (FileId, &'a Utf8Path)> + 'a {
        let itself = self.find(folder).map(|id| (id, self.path(id)));
        itself.into_iter().chain(self.by_path.below(folder).map(|(path, id)| (*id, path)))
    }

    /// All files in path order.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &FileEntry)> {
        self.by_path.iter().map(|(_, id)| (*id, self.entry(*id)))
    }

    /// The names of the folders directly below `folder` that hold at least one file.
    #[must_use]
    pub fn folders_in(&self, folder: &Utf8Path) -> Vec<String> {
        let mut names: Vec<String> = self
            .below(folder)
            .filter_map(|(_, path)| {
                let rest = path.strip_prefix(folder).ok()?;
                let mut parts = rest.components();
                let first = parts.next()?.as_str().to_owned();
                parts.next().map(|_| first)
            })
            .collect();
        names.dedup();
        names
    }

    /// Line and column of a byte offset. Offsets past the end name the end.
    #[must_use]
    pub fn position(&self, file: FileId, offset: u32) -> Position {
        let entry = self.entry(file);
        let Content::Text(text) = &entry.content else { return Position { line: 1, column: 1 } };
        let starts = line_starts(entry, text);
        let offset = (offset as usize).min(text.len());
        let line = starts.partition_point(|&start| start as usize <= offset) - 1;
        let start = starts[line] as usize;
        let before = &text.as_bytes()[start..offset];
        let column = String::from_utf8_lossy(before).chars().count() + 1;
        Position {
            line: u32::try_from(line + 1).unwrap_or(u32::MAX),
            column: u32::try_from(column).unwrap_or(u32::MAX),
        }
    }

    /// The byte offset at which a 1-based line starts; the end of the text past the last line.
    #[must_use]
    pub fn line_start(&self, file: FileId, line: usize) -> usize {
        let entry = self.entry(file);
        let Content::Text(text) = &entry.content else { return 0 };
        line_starts(entry, text).get(line.saturating_sub(1)).map_or(text.len(), |&at| at as usize)
    }
}

fn line_starts<'a>(entry: &'a FileEntry, text: &str) -> &'a [u32] {
    entry.line_starts.get_or_init(|| {
        let newlines = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        std::iter::once(0).chain(newlines.map(|(at, _)| u32::try_from(at + 1).unwrap_or(u32::MAX))).collect()
    })
}

/// What a file holds, and its bytes on the disk where the text differs from them.
pub(super) struct Normalised {
    content: Content,
    original: Option<Arc<[u8]>>,
}

impl Normalised {
    pub(super) fn of(bytes: &[u8]) -> Self {
        let content = normalise(bytes);
        let differs = matches!(&content, Content::Text(text) if text.as_bytes() != bytes);
        Self { content, original: differs.then(|| bytes.into()) }
    }
}

/// Strips a byte order mark and makes line ends LF; bytes that are not UTF-8 stay as they are.
pub(super) fn normalise(bytes: &[u8]) -> Content {
    let body = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(body) {
        Ok(text) if memchr(0, body).is_some() => Content::Binary {
            bytes: bytes.into(),
            first_bad: text.bytes().position(|byte| byte == 0).unwrap_or(0),
        },
        Ok(_) if body.len() > super::MAX_TEXT_BYTES => Content::TooLarge(bytes.into()),
        Ok(text) if memchr(b'\r', body).is_some() => {
            Content::Text(text.replace("\r\n", "\n").replace('\r', "\n").into())
        }
        Ok(text) => Content::Text(text.into()),
        Err(error) => Content::Binary { bytes: bytes.into(), first_bad: error.valid_up_to() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn byte_order_mark_and_carriage_returns_are_removed() {
        let mut files = Files::default();
        let id = files.add("a.md", b"\xEF\xBB\xBFone\r\ntwo\rthree", Origin::Project, false);
        assert_eq!(files.text(id), Ok("one\ntwo\nthree"));
    }

    #[test]
    fn columns_count_characters() {
        let mut files = Files::default();
        let id = files.add_text("a.md", "äöü x\n\u{1F41B} y");
        assert_eq!(files.position(id, 7), Position { line: 1, column: 5 });
        assert_eq!(files.position(id, 9 + 5), Position { line: 2, column: 3 });
        assert_eq!(files.position(id, 999), Position { line: 2, column: 4 });
    }

    #[test]
    fn bytes_that_are_no_text_are_kept_and_refused_as_text() {
        let mut files = Files::default();
        let id = files.add("a.png", b"ab\xFFcd", Origin::Project, false);
        assert_eq!(files.text(id), Err(TextError::NotUtf8(2)));
        assert_eq!(files.bytes(id), b"ab\xFFcd");
    }

    #[test]
    fn folders_are_listed_once_and_only_with_files() {
        let mut files = Files::default();
        files.add_text("content/scenarios/a/scenario.yml", "");
        files.add_text("content/scenarios/a/scenario.md", "");
        files.add_text("content/scenarios/b/app/x.js", "");
        files.add_text("content/scenarios-old/c/x", "");
        assert_eq!(files.folders_in("content/scenarios".into()), ["a", "b"]);
    }
}
