//! A hand-made monorepo as it was understood: which folders are scenarios, what each of their files is
//! for, and what the README says of their order. Nothing here changes or judges a file.

use camino::Utf8PathBuf;

use super::page::{Answer, Number, Page};
use crate::diag::Diagnostic;
use crate::manifest::repository::Settings;
use crate::manifest::scenario::Status;
use crate::source::{FileId, Files, Span, Spanned};

/// A repository, read. All spans lead into [`Repository::files`].
#[derive(Debug)]
pub struct Repository {
    /// Every file of it, but for `.git/`, `node_modules/` and what its `.gitignore` leaves out.
    pub files: Files,
    /// `scenarist.yml` at its top: the `lint:` block of course.yml, and what the README leaves open.
    pub settings: Option<SettingsFile>,
    /// `README.md` at its top.
    pub readme: Option<FileId>,
    pub curriculum: Curriculum,
    /// Scenarios in the order of the curriculum; those that it does not name follow by number and name.
    pub folders: Vec<Folder>,
    /// `owner/name` on GitHub, as links in it say.
    pub github: Option<Spanned<String>>,
    /// Files that belong to no scenario, the README apart: VISION.md, LICENSE, ….
    pub loose: Vec<FileId>,
}

/// scenarist.yml as it was read.
#[derive(Debug)]
pub struct SettingsFile {
    pub file: FileId,
    /// `None` if it cannot be used.
    pub said: Option<Settings>,
    pub faults: Vec<Diagnostic>,
}

/// What README.md, and scenarist.yml before it, say about the course.
#[derive(Debug, Default)]
pub struct Curriculum {
    pub title: Option<Spanned<String>>,
    /// The first paragraphs below the title.
    pub about: Vec<Span>,
    /// In order. A repository whose README has no curriculum has none.
    pub groups: Vec<Group>,
    /// Parts of the README that are not the curriculum, heading and text, for the report.
    pub rest: Vec<Span>,
}

/// A part, phase or tier of the curriculum.
#[derive(Debug)]
pub struct Group {
    pub name: Spanned<String>,
    /// The heading above it, where groups are gathered (a track). Numbers begin again in each.
    pub part_of: Option<Spanned<String>>,
    /// The word for how much help there is ("Crawling", "Beginner"), if the heading holds one.
    pub tier: Option<Spanned<String>>,
    /// Text between the heading and the entries.
    pub goal: Option<Span>,
    pub entries: Vec<Entry>,
}

/// A scenario as the README lists it: a row of a table or an item of a list.
#[derive(Debug)]
pub struct Entry {
    /// The row or the item.
    pub span: Span,
    pub number: Option<Number>,
    pub title: Spanned<String>,
    /// Index in [`Repository::folders`]; `None` if it is planned, or its link leads nowhere.
    pub folder: Option<usize>,
    /// Where its link leads, as written.
    pub link: Option<Spanned<String>>,
    pub status: Option<Spanned<Status>>,
    /// "What breaks", "Summary".
    pub summary: Option<Span>,
    /// The app that it is about.
    pub app: Option<Span>,
    /// What it teaches, each as written.
    pub concepts: Vec<Spanned<String>>,
    pub builds_on: Vec<Spanned<String>>,
    /// In minutes, least and most.
    pub minutes: Option<Spanned<(u32, u32)>>,
    /// Columns and fields that have no place above: name and text.
    pub other: Vec<(Spanned<String>, Span)>,
}

/// A scenario's folder.
#[derive(Debug)]
pub struct Folder {
    /// From the repository's top, such as `exercises/01-slow-orders`.
    pub path: Utf8PathBuf,
    /// The number in its name.
    pub number: Option<u32>,
    /// SCENARIO.md.
    pub page: Option<Page>,
    /// ANSWERS.md or whatever file beside the page holds the answers alone; what it says is in `answers`.
    pub answers_file: Option<FileId>,
    /// All answers, of the page's answer key and of `answers_file`, in the order in which they stand.
    pub answers: Vec<Answer>,
    /// README.md of the folder.
    pub readme: Option<FileId>,
    /// `.devcontainer/<folder>/devcontainer.json`, wherever its compose file says that it belongs here.
    pub devcontainer: Option<FileId>,
    /// The compose file.
    pub compose: Option<FileId>,
    /// Everything that a learner has from the start, each below the folder: the app, environment, pictures. Not the page,
    /// the READMEs, the answers, the solution and the twins.
    pub app: Vec<FileId>,
    /// Pictures that the page shows, a part of `app`.
    pub pictures: Vec<FileId>,
    /// Files below `solution/` and its like.
    pub solution: Vec<SolutionFile>,
    /// `server.comments.js` and its like.
    pub twins: Vec<Twin>,
}

impl Folder {
    /// Its name in words, for one whose page has no title.
    #[must_use]
    pub fn name_in_words(&self) -> String {
        self.path.file_name().unwrap_or("scenario").replace(['-', '_'], " ")
    }
}

/// A file that shows a solution.
#[derive(Debug)]
pub struct SolutionFile {
    pub file: FileId,
    /// The file of the learner's folder that it stands for, relative to the folder (`src/server.js`); `None` for
    /// statements that are typed.
    pub replaces: Option<Utf8PathBuf>,
    /// The fix that it belongs to, from 1, if its folder's name or the code that the page shows says so;
    /// `None` if it may hold all of them.
    pub fix: Option<u32>,
}

/// A file with comments that another has without.
#[derive(Clone, Copy, Debug)]
pub struct Twin {
    /// With comments.
    pub commented: FileId,
    pub plain: FileId,
}
