//! The files of the search: the shards in a folder whose name holds a hash of all of them, and a list
//! of them at a fixed address. Browsers ask for the list anew each time, so a shard is never combined
//! with one of another build.

use rayon::prelude::*;
use serde::Serialize;

use crate::emit::content::{Content, Keeper};
use crate::model::Course;

use super::super::emit::IsWanted;
use super::collect::collect;
use super::document::FIELDS;
use super::index::{Part, part};
use super::lengths::{Sums, means};
use super::shard::{Shard, shards};

/// The folder of the search, below the site.
const FOLDER: &str = "search/";
/// The list of the shards in it.
const LIST: &str = "index.json";

/// A file of the search: its path below the site and its content.
pub(in crate::emit::site) struct SearchFile {
    pub path: String,
    pub content: Content,
}

/// What the list says.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct List {
    /// How many documents all shards have.
    document_count: usize,
    /// The mean number of different words, by field. Both have the library's names.
    average_field_length: [f64; FIELDS.len()],
    /// Paths of the shards, seen from the list; the first one holds all pages.
    shards: Vec<String>,
}

/// The index of a course in shards, and their list; `None` once they are not wanted any more.
pub(in crate::emit::site) fn search_files(
    course: &Course,
    keeper: &Keeper,
    is_wanted: IsWanted<'_>,
) -> Option<Vec<SearchFile>> {
    let shards = shards(collect(course, is_wanted)?);
    let mut count = 0;
    let numbered = shards.into_iter().map(|shard| {
        let first = count;
        count += shard.count;
        (first, shard)
    });
    let numbered: Vec<_> = numbered.collect();
    let make = |(first, shard): (usize, Shard)| {
        let (name, known) = (shard.name.clone(), shard.count);
        let documents = is_wanted().then(|| shard.documents(course))?;
        debug_assert_eq!(documents.len(), known, "in {name}");
        let Part { json, sums } = part(first, documents);
        Some((name, keeper.keep_unnamed(json), sums))
    };
    // One by one: a core that has several of the last ones lets the others wait.
    let parts = numbered.into_par_iter().with_max_len(1).map(make);
    let parts = parts.collect::<Option<Vec<_>>>()?;
    let mut hasher = blake3::Hasher::new();
    for (_, content, _) in &parts {
        hasher.update(content.hash().as_bytes());
    }
    let inner = &hasher.finalize().to_hex()[..8];
    let paths: Vec<String> = parts.iter().map(|(name, ..)| format!("{inner}/{name}.json")).collect();
    let sums: Vec<Sums> = parts.iter().map(|(_, _, sums)| *sums).collect();
    let list = List { document_count: count, average_field_length: means(&sums), shards: paths.clone() };
    // Texts and numbers can always be written.
    let list = serde_json::to_vec(&list).unwrap_or_default();
    let shards = paths.into_iter().zip(parts.into_iter().map(|(_, content, _)| content));
    let files = std::iter::once((LIST.to_owned(), list.into())).chain(shards);
    Some(files.map(|(path, content)| SearchFile { path: format!("{FOLDER}{path}"), content }).collect())
}
