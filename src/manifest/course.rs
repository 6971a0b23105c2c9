//! `content/course.yml`.

use crate::source::Spanned;
use crate::syntax::yaml::{Entries, Id, OneOrMany, PathPattern, Text, choice, record};

record! {
    /// The course as a whole: its name, where it is published, its tiers and its tracks in order.
    pub struct Course as "the course" {
        /// The course's title.
        title: Spanned<String>,
        /// One line below the title.
        tagline: Option<Text>,
        /// One or two short paragraphs about the course.
        about: Option<Text>,
        /// The GitHub repository that learners open, `owner/name`.
        repository: Spanned<String>,
        /// The repository's branch.
        branch: String = "main".to_owned(),
        /// The address under which the course site is published.
        site: Option<Spanned<String>>,
        /// The language of all texts, as a BCP 47 tag.
        language: String = "en".to_owned(),
        /// The theme of the site: a folder of `themes/`.
        theme: Option<Spanned<String>>,
        /// What becomes of explaining comments in the learner's code.
        comments: Comments = Comments::Inline,
        /// The tiers in order, from most to least scaffolding.
        tiers: Vec<Tier>,
        /// The tracks in order; each is a file of `content/tracks/`.
        tracks: Vec<Id>,
        /// Tutorials that come first, in this order; each is a folder of `content/tutorials/`. The others
        /// follow by name.
        tutorials: Vec<Id>,
        /// The plain way to open a scenario by hand, step by step.
        opening: Vec<Text>,
        /// How a scenario works, for readers who have never seen one.
        how: Vec<HowItem>,
        /// Questions that people ask before they start.
        faq: Vec<Faq>,
        /// What the linter does in this course.
        lint: Option<Lint>,
    }
}

choice! {
    /// What becomes of comments that start with `//:`.
    pub enum Comments {
        /// They are emitted as ordinary comments.
        Inline = "inline",
        /// The file is emitted without them, and a `.comments` twin with them.
        Twin = "twin",
    }
}

choice! {
    /// How much a tier helps its learners.
    pub enum Scaffolding {
        /// What to look for, before and after, every command, options given.
        High = "high",
        /// The problem's category, but not its place; options are the learner's.
        Medium = "medium",
        /// A symptom; hints are there but buried.
        Low = "low",
        /// A system and what success means.
        None = "none",
    }
}

record! {
    /// A tier: a stretch of the course with one amount of scaffolding.
    pub struct Tier as "a tier" {
        /// Its id.
        id: Id,
        /// Its name.
        name: String,
        /// A picture for it, decoration only.
        emoji: Option<String>,
        /// How much its scenarios help.
        scaffolding: Scaffolding,
        /// One line about it.
        summary: Option<Text>,
    }
}

record! {
    /// One part of how a scenario works.
    pub struct HowItem as "an entry of `how`" {
        /// Its name.
        title: Text,
        /// What it is.
        text: Text,
    }
}

record! {
    /// A question with its answer.
    pub struct Faq as "an entry of `faq`" {
        /// The question.
        question: Text,
        /// The answer.
        answer: Text,
    }
}

record! {
    /// Settings of the linter.
    pub struct Lint as "the linter's settings" {
        /// A rule's or group's code, and `error`, `warning`, `info` or `off`.
        levels: Entries<Level>,
        /// A rule's code, and its parameters.
        settings: Entries<Entries<f64>>,
        /// The same for some paths. Of two that hold for a path the later wins.
        overrides: Vec<Override>,
        /// Words of this course.
        vocabulary: Option<Vocabulary>,
        /// Findings that are accepted, with the reason.
        allow: Vec<Allow>,
    }
}

record! {
    /// Levels and parameters that hold for some paths.
    pub struct Override as "an override" {
        /// Paths or patterns, relative to the project: `content/tutorials/**`, or a folder's name.
        paths: OneOrMany<PathPattern>,
        /// A rule's or group's code, and `error`, `warning`, `info` or `off`.
        levels: Entries<Level>,
        /// A rule's code, and its parameters.
        settings: Entries<Entries<f64>>,
    }
}

choice! {
    /// What a finding of a rule counts as.
    pub enum Level {
        /// Fails the build.
        Error = "error",
        /// Is shown.
        Warning = "warning",
        /// Is shown on request.
        Info = "info",
        /// Is not looked for.
        Off = "off",
    }
}

record! {
    /// Words that a course prefers or avoids.
    pub struct Vocabulary as "the vocabulary" {
        /// A spelling to avoid, and the one to use.
        preferred: Entries<String>,
        /// Phrases that don't belong into this course.
        banned: Vec<Spanned<String>>,
    }
}

record! {
    /// An accepted finding.
    pub struct Allow as "an accepted finding" {
        /// The rule's code.
        code: Spanned<String>,
        /// A path or pattern, relative to the project; everywhere if not given.
        path: Option<PathPattern>,
        /// Why it is accepted.
        reason: Spanned<String>,
    }
}
