//! What stands inside a page, cut at its headings of the second and third level. Each piece leads to
//! its own heading, each question to itself.
//!
//! Whoever searches must not read what a learner is meant to find out. Answers, hints, reveals,
//! rubrics, choices and changes are left out wherever they stand; of the sections in which a fix is
//! made, measured and summed up, of what people ask afterwards, and of what to do when stuck, only
//! the headings are found.

use crate::emit::print::html::{Links, label_of, print_first_cells, print_plain, print_words};
use crate::ir::{Block, Cell, Code, CodeUse, Heading, Node, Output, Question, RichText, Table, TableUse};
use crate::model::Role;

use super::collect::add;
use super::document::{Document, Kind, weight_of_text};

/// A page with text.
pub(super) struct Page<'a> {
    pub kind: Kind,
    /// Its address below the site.
    pub address: String,
    pub blocks: &'a [Block],
}

/// The pieces and the questions of a page, in its order.
pub(super) fn documents_of_page(page: &Page<'_>, links: &Links<'_>) -> Vec<Document> {
    Cutter::new(page, links, false).cut().done
}

/// What is known of the documents inside a page before their texts are printed. All texts of a course take much
/// memory, and each is needed only while its shard is made.
#[derive(Debug)]
pub(super) struct Weighed {
    /// How many they are.
    pub count: usize,
    /// About what they weigh in a shard, in bytes of JSON.
    pub weight: usize,
    /// The questions among them, in their order.
    pub questions: Vec<Document>,
}

impl Weighed {
    /// Of documents, whose texts may be missing and weigh so much.
    pub fn of(documents: Vec<Document>, texts: usize) -> Self {
        let weight = documents.iter().map(Document::weight).sum::<usize>() + texts;
        let count = documents.len();
        Self { count, weight, questions: documents.into_iter().filter(Document::is_question).collect() }
    }
}

/// The same for the documents of a page.
pub(super) fn weigh_page(page: &Page<'_>, links: &Links<'_>) -> Weighed {
    let Cutter { done, weight, .. } = Cutter::new(page, links, true).cut();
    Weighed::of(done, weight)
}

/// How much of a section may be found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    All,
    /// The headings, and the problems of a list of problems.
    Problems,
    Headings,
}

impl Shown {
    fn of(role: &str) -> Self {
        let is = |wanted: Role| role == wanted.word();
        if is(Role::Stuck) {
            Self::Problems
        } else if is(Role::Fix) || is(Role::Verify) || is(Role::Learned) || is(Role::Faq) {
            Self::Headings
        } else {
            Self::All
        }
    }
}

struct Cutter<'a> {
    page: &'a Page<'a>,
    links: &'a Links<'a>,
    /// Whether texts of pieces are weighed and not printed.
    only_weighs: bool,
    /// What those that were not printed weigh.
    weight: usize,
    /// The piece that is being filled.
    piece: Option<Document>,
    shown: Shown,
    done: Vec<Document>,
}

impl<'a> Cutter<'a> {
    fn new(page: &'a Page<'a>, links: &'a Links<'a>, only_weighs: bool) -> Self {
        Self { page, links, only_weighs, weight: 0, piece: None, shown: Shown::All, done: Vec::new() }
    }

    fn cut(mut self) -> Self {
        self.go_through(self.page.blocks);
        self.close();
        self
    }

    fn go_through(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.take(&block.node);
        }
    }

    fn take(&mut self, node: &Node) {
        match node {
            Node::Heading(heading) => self.open(heading),
            Node::Question(question) => self.ask(question),
            Node::Prose(text) => match self.shown {
                Shown::All => self.add(text.size(), |links| print_words(text, links)),
                Shown::Problems => self.add(text.size(), |links| print_first_cells(text, links)),
                Shown::Headings => {}
            },
            Node::Figure(figure) => self.add_plain(&figure.caption),
            Node::Code(code) if is_command(code) => {
                self.add_shown(code.text.len(), |_| code.text.trim().replace('\n', " "));
            }
            Node::Table(table) => self.add_table(table),
            Node::Files(rows) => {
                for row in rows.iter().filter(|row| !row.remark.is_empty()) {
                    self.add_shown(row.name.len() + row.remark.size(), |links| {
                        format!("{} {}", row.name, print_plain(&row.remark, links))
                    });
                }
            }
            Node::Quote(quote) if quote.kind == "goals" => self.go_through(&quote.body),
            Node::Only { output: Output::Site, body } => self.go_through(body),
            // Options hold questions; what they offer is weighed on the page.
            Node::Options(options) => {
                let questions = options.body.iter().filter(|block| matches!(block.node, Node::Question(_)));
                questions.for_each(|block| self.take(&block.node));
            }
            Node::Code(_)
            | Node::Disclosure(_)
            | Node::Change(_)
            | Node::Quote(_)
            | Node::Rubric(_)
            | Node::Only { output: Output::Monorepo, .. } => {}
        }
    }

    /// Starts a piece at a heading that has an address of its own; smaller ones are part of the text.
    fn open(&mut self, heading: &Heading) {
        if heading.level == 2 {
            self.shown = Shown::of(heading.role.unwrap_or_default());
        }
        if heading.level > 3 {
            self.add_plain(&heading.text);
            return;
        }
        self.close();
        let words = if self.only_weighs {
            self.weight += weight_of_text(heading.text.size());
            String::new()
        } else {
            print_plain(&heading.text, self.links)
        };
        self.piece = Some(Document {
            label: label_of(&heading.prefix).to_owned(),
            heading: words,
            ..Document::new(self.page.kind, [&self.page.address, "#", &heading.id].concat())
        });
    }

    fn close(&mut self) {
        let Some(mut piece) = self.piece.take() else { return };
        piece.text.shrink_to_fit();
        self.done.push(piece);
    }

    fn ask(&mut self, question: &Question) {
        let mut words = String::new();
        for block in &question.prompt {
            if let Node::Prose(text) = &block.node {
                add(&mut words, &print_words(text, self.links));
            }
        }
        self.done.push(Document {
            label: format!("Q{}", question.number),
            question: words,
            ..Document::new(Kind::Question, [&self.page.address, "#question-", &question.id].concat())
        });
    }

    fn add_table(&mut self, table: &Table) {
        let columns = match (&table.use_, self.shown) {
            (TableUse::Stuck, Shown::All | Shown::Problems) => 1,
            (TableUse::Services, Shown::All) => usize::MAX,
            _ => 0,
        };
        for row in &table.rows {
            let texts = || {
                row.iter().take(columns).filter_map(|cell| match cell {
                    Cell::Text(text) => Some(text),
                    Cell::Input { .. } => None,
                })
            };
            self.add(texts().map(RichText::size).sum(), |links| {
                texts().map(|text| print_plain(text, links)).collect::<Vec<_>>().join(" ")
            });
        }
    }

    fn add_plain(&mut self, text: &RichText) {
        self.add_shown(text.size(), |links| print_plain(text, links));
    }

    fn add_shown(&mut self, size: usize, words: impl FnOnce(&Links<'_>) -> String) {
        if self.shown == Shown::All {
            self.add(size, words);
        }
    }

    /// Adds words of about so many bytes to the piece. What stands before the first heading belongs to the
    /// page as a whole.
    fn add(&mut self, size: usize, words: impl FnOnce(&Links<'_>) -> String) {
        // Where there is a piece already, words make no other one.
        if self.only_weighs && self.piece.is_some() {
            self.weight += weight_of_text(size);
            return;
        }
        let words = words(self.links);
        if words.is_empty() {
            return;
        }
        let (kind, address) = (self.page.kind, &self.page.address);
        let piece = self.piece.get_or_insert_with(|| Document::new(kind, [address, "#main"].concat()));
        add(&mut piece.text, &words);
    }
}

/// A line of the shell, as it is copied. SQL is part of a fix or of what is found out.
fn is_command(code: &Code) -> bool {
    code.use_ == CodeUse::Command && matches!(code.language.as_str(), "bash" | "sh" | "shell")
}
