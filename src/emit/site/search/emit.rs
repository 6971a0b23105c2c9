//! The files of the search: the shards in a folder whose name holds a hash of all of them, and a list
//! of them at a fixed address. Browsers ask for the list anew each time, so a shard is never combined
//! with one of another build.

use rayon::prelude::*;
use serde::Serialize;

use crate::emit::content::{Content, Keeper};
use crate::model::Course;

use super::collect::collect;
use super::document::Document;
use super::index::{Part, Whole, count};
use super::shard::shards;

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
struct List {
    /// Paths of the shards, seen from the list; the first one holds all pages.
    shards: Vec<String>,
}

/// The index of a course in shards, and their list.
pub(in crate::emit::site) fn search_files(course: &Course, keeper: &Keeper) -> Vec<SearchFile> {
    let shards = shards(collect(course));
    let (names, documents): (Vec<_>, Vec<_>) =
        shards.into_iter().map(|shard| (shard.name, shard.documents)).unzip();
    let sizes: Vec<usize> = documents.iter().map(Vec::len).collect();
    let documents: Vec<Document> = documents.into_iter().flatten().collect();
    let counted = count(&documents);
    let whole = Whole::of(&documents, &counted);
    let starts = sizes.iter().scan(0, |at, size| {
        let start = *at;
        *at += size;
        Some(start..*at)
    });
    let parts: Vec<Content> = starts
        .collect::<Vec<_>>()
        .into_par_iter()
        // Texts and numbers can always be written.
        .map(|numbers| {
            let part = Part::of(&whole, &documents, &counted, numbers);
            keeper.keep_unnamed(serde_json::to_vec(&part).unwrap_or_default())
        })
        .collect();
    let mut hasher = blake3::Hasher::new();
    for content in &parts {
        hasher.update(content.hash().as_bytes());
    }
    let inner = &hasher.finalize().to_hex()[..8];
    let paths: Vec<String> = names.iter().map(|name| format!("{inner}/{name}.json")).collect();
    let list = serde_json::to_vec(&List { shards: paths.clone() }).unwrap_or_default();
    let shards = paths.into_iter().zip(parts);
    let files = std::iter::once((LIST.to_owned(), list.into())).chain(shards);
    files.map(|(path, content)| SearchFile { path: format!("{FOLDER}{path}"), content }).collect()
}
