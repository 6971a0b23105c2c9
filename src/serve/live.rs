//! The course that is served: compiled once, then kept up to date with the files.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use camino::Utf8PathBuf;

use super::notice::Notice;
use super::server::{Event, Listener, Settings};
use super::state::Pages;
use crate::build::{Compiled, Finished, Options, Session, Unfinished, review};
use crate::emit::site::{Cards, IsWanted};
use crate::emit::tree::TreeChanges;
use crate::source::{read_again, read_dir};

/// A course, its pages and its findings.
pub struct LiveCourse {
    settings: Settings,
    cards: Cards,
    /// `None` until it was compiled, and after a bug of ours.
    session: Option<Session>,
}

impl LiveCourse {
    /// A course that was not compiled yet.
    pub fn new(settings: Settings, cards: Cards) -> Self {
        Self { settings, cards, session: None }
    }

    /// Brings the course up to date with files that changed. Gives its pages and its findings. A bug of
    /// ours is reported by the panic hook and shown on the page; the server lives on.
    pub fn update(&mut self, changed: &[Utf8PathBuf], listener: &Listener) -> (Pages, Notice) {
        let started = Instant::now();
        let session = self.session.take();
        let result = catch_unwind(AssertUnwindSafe(|| self.brought_up(session, changed)));
        let Ok((session, pages)) = result else {
            return (Pages::Whole(None), Notice::of_bug("compiling stopped half-way"));
        };
        let compiled = session.compiled();
        listener(Event::Compiled { compiled, changed, took: started.elapsed() });
        let notice = Notice::new(&compiled.findings, &compiled.files);
        self.session = Some(session);
        (pages, notice)
    }

    /// Finishes a part of what an update left for later, as long as that is wanted.
    ///
    /// # Errors
    /// [`Unfinished`]; also if nothing is left. What is impossible needs an update that compiles everything.
    pub fn finish(&mut self, is_wanted: IsWanted<'_>) -> Result<Finished, Unfinished> {
        let session = self.session.take_if(|session| session.is_unfinished());
        let Some(mut session) = session else { return Err(Unfinished::GivenUp) };
        let finished = catch_unwind(AssertUnwindSafe(|| session.finish(&self.cards, is_wanted)));
        let finished = finished.unwrap_or(Err(Unfinished::Impossible));
        if !matches!(finished, Err(Unfinished::Impossible)) {
            self.session = Some(session);
        }
        finished
    }

    fn brought_up(&self, session: Option<Session>, changed: &[Utf8PathBuf]) -> (Session, Pages) {
        let Some(mut session) = session else { return self.compiled(None) };
        if !self.settings.review
            && !changed.is_empty()
            && let Some(changes) = self.edit(&mut session, changed)
        {
            return (session, Pages::Changed(changes));
        }
        self.compiled(Some(session))
    }

    /// Brings in new texts of scenarios; `None` if something else changed, too.
    fn edit(&self, session: &mut Session, changed: &[Utf8PathBuf]) -> Option<TreeChanges> {
        let mut changes = TreeChanges::default();
        for path in changed {
            let bytes = read_again(&self.settings.root, path)?;
            changes.extend(session.edit_file(path, &bytes)?);
        }
        Some(changes)
    }

    fn compiled(&self, before: Option<Session>) -> (Session, Pages) {
        let (files, faults) = read_dir(&self.settings.root);
        // Drafts are what an author works on.
        let options = Options { drafts: true, no_previews: self.settings.review };
        let session = match before {
            Some(session) => session.renew(files, &faults, &self.cards),
            None => Session::new(files, &faults, options, &self.cards),
        };
        let pages = self.pages(session.compiled());
        (session, pages)
    }

    fn pages(&self, compiled: &Compiled) -> Pages {
        Pages::Whole(match self.settings.review {
            true => review(compiled).map(|(tree, _)| tree),
            false => compiled.tree.clone(),
        })
    }
}
