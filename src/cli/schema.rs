//! `scenarist schema`: JSON Schema of the source files and of course.json, for editors and programs.

use camino::Utf8PathBuf;
use clap::Args;
use serde_json::Value;

use super::disk::write_atomically;
use super::error::CliError;
use super::reference::reference;
use super::run::Outcome;
use super::terminal::Terminal;
use crate::check::control::baseline_schema;
use crate::diag::render::{findings_schema, rules_schema};
use crate::emit::course_json::output_schema;
use crate::manifest::{concepts, course, repository, run, scenario, stack, theme, track, tutorial};
use crate::publish::ending_schema;
use crate::rehearse::report::report_schema;
use crate::syntax::yaml::schema_document;

/// A file kind and its schema.
#[derive(Debug)]
pub struct NamedSchema {
    pub name: &'static str,
    /// Which file it describes.
    pub file: &'static str,
    make: fn() -> Value,
}

/// Every kind of file that has a schema.
pub const SCHEMAS: &[NamedSchema] = &[
    NamedSchema {
        name: "course",
        file: "content/course.yml",
        make: || schema_document::<course::Course>("content/course.yml"),
    },
    NamedSchema {
        name: "concepts",
        file: "content/concepts.yml",
        make: || schema_document::<concepts::Concepts>("content/concepts.yml"),
    },
    NamedSchema {
        name: "track",
        file: "content/tracks/<track>.yml",
        make: || schema_document::<track::Track>("content/tracks/<track>.yml"),
    },
    NamedSchema {
        name: "scenario",
        file: "content/scenarios/<id>/scenario.yml",
        make: || schema_document::<scenario::Scenario>("content/scenarios/<id>/scenario.yml"),
    },
    NamedSchema {
        name: "tutorial",
        file: "content/tutorials/<id>/tutorial.yml",
        make: || schema_document::<tutorial::Tutorial>("content/tutorials/<id>/tutorial.yml"),
    },
    NamedSchema {
        name: "stack",
        file: "devcontainers/<stack>/stack.yml",
        make: || schema_document::<stack::Stack>("devcontainers/<stack>/stack.yml"),
    },
    NamedSchema {
        name: "theme",
        file: "themes/<theme>/theme.yml",
        make: || schema_document::<theme::Theme>("themes/<theme>/theme.yml"),
    },
    NamedSchema {
        name: "run",
        file: "content/scenarios/<id>/recorded/run.yml",
        make: || schema_document::<run::Run>("content/scenarios/<id>/recorded/run.yml"),
    },
    NamedSchema {
        name: "repository",
        file: "scenarist.yml",
        make: || schema_document::<repository::Settings>("scenarist.yml"),
    },
    NamedSchema { name: "output", file: "dist/course.json", make: output_schema },
    NamedSchema { name: "rules", file: "what `scenarist rules --format json` prints", make: rules_schema },
    NamedSchema { name: "findings", file: "what `lint --format json` prints", make: findings_schema },
    NamedSchema { name: "rehearsal", file: "what `rehearse --format json` prints", make: report_schema },
    NamedSchema { name: "publish", file: "what `publish --format json` prints", make: ending_schema },
    NamedSchema { name: "baseline", file: "what `lint --write-baseline` writes", make: baseline_schema },
];

const LONG_ABOUT: &str = "\
Prints the JSON Schema of a source file, of course.json (`output`), of the list of rules (`rules`), of \
what `lint`, `rehearse` and `publish` print for programs (`findings`, `rehearsal`, `publish`), or of a \
baseline. \
Editors use it to complete keys and to explain them: a file names its schema in its first line, as in
# yaml-language-server: $schema=../docs/schemas/course.json

With --reference, it prints the reference of the whole source format as Markdown: every directive, \
attribute and key.";

const AFTER_HELP: &str = "\
Examples:
  scenarist schema scenario                     print one schema
  scenarist schema --all --out docs/schemas     write all of them";

/// Print the JSON Schema of a file kind
#[derive(Args, Debug)]
#[command(long_about = LONG_ABOUT, after_help = AFTER_HELP)]
pub struct Schema {
    /// The kind of file
    #[arg(value_parser = clap::builder::PossibleValuesParser::new(SCHEMAS.iter().map(|schema| schema.name)))]
    #[arg(required_unless_present_any = ["all", "reference"], conflicts_with_all = ["all", "reference"])]
    name: Option<String>,
    /// Write the schemas of all kinds, `<name>.json` each
    #[arg(long, requires = "out")]
    all: bool,
    /// The folder to write them to
    #[arg(long, value_name = "DIR", requires = "all")]
    out: Option<Utf8PathBuf>,
    /// Print the reference of the source format, as Markdown
    #[arg(long, conflicts_with = "all")]
    reference: bool,
}

impl Schema {
    /// Prints one schema or writes all of them.
    pub fn run(&self, terminal: &Terminal) -> Result<Outcome, CliError> {
        if self.reference {
            terminal.line(reference().trim_end());
        }
        if let Some(schema) = SCHEMAS.iter().find(|schema| self.name.as_deref() == Some(schema.name)) {
            terminal.line(print_schema(schema).trim_end());
        }
        if let Some(folder) = &self.out {
            for schema in SCHEMAS {
                let path = folder.join(format!("{}.json", schema.name));
                write_atomically(&path, print_schema(schema).as_bytes())?;
                terminal.status(&format!("wrote {path}, for {}", schema.file));
            }
        }
        Ok(Outcome::Clean)
    }
}

/// A schema as text, ending with a line break.
#[must_use]
pub fn print_schema(schema: &NamedSchema) -> String {
    let mut text = serde_json::to_string_pretty(&(schema.make)()).unwrap_or_default();
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_schema_is_a_valid_one() {
        for schema in SCHEMAS {
            let document = (schema.make)();
            let fault = jsonschema::meta::validate(&document).err().map(|error| error.to_string());
            assert_eq!(fault, None, "{}", schema.name);
        }
    }
}
