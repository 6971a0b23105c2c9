//! One file for each language: its tables, and what the common loop cannot know.

mod choice;
mod console;
mod css;
mod diff;
mod dockerfile;
mod go;
mod heredoc;
mod javascript;
mod json;
mod jsx;
mod markdown;
mod markup;
mod nginx;
mod plan;
mod prompt;
mod promql;
mod python;
mod rust;
mod shell;
mod shell_words;
mod sql;
mod toml;
mod yaml;
mod yaml_flow;

pub(super) use choice::language;
