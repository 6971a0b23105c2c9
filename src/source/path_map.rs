//! A map by path, in the order of paths: part by part, so that what is in a folder stands together.
//! Paths compare their parts one after the other, which a map does again and again; here each path is
//! taken apart once, into a key whose bytes have the same order.

use std::collections::{BTreeMap, btree_map};
use std::ops::Bound;

use camino::{Utf8Path, Utf8PathBuf};

/// Values by relative path without `.` or `..` in front. Paths are the same as elsewhere: `a//b/` is `a/b`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathMap<V> {
    entries: BTreeMap<Box<str>, (Utf8PathBuf, V)>,
}

/// Paths in order, each once.
pub type PathSet = PathMap<()>;

/// Divides the parts of a key: no path has it, and nothing comes before it.
const DIVIDER: char = '\0';

/// The parts of a path with a divider between them. `a/b` comes before `a-b`, as with paths, although
/// `/` comes after `-`.
fn key_of(path: &Utf8Path) -> String {
    if is_plain(path.as_str().as_bytes()) {
        let divide = |byte: &u8| if is_separator(*byte) { DIVIDER as u8 } else { *byte };
        // Separators and the divider are ASCII, so it stays text.
        return String::from_utf8(path.as_str().bytes().map(|byte| divide(&byte)).collect())
            .unwrap_or_default();
    }
    let mut key = String::with_capacity(path.as_str().len() + 1);
    for (at, part) in path.as_str().split(std::path::is_separator).enumerate() {
        // What paths pass over: the ends of `a//b/`, and `.` but at the beginning.
        if at > 0 && matches!(part, "" | ".") {
            continue;
        }
        if at > 0 {
            key.push(DIVIDER);
        }
        key.push_str(part);
    }
    key
}

/// Whether a path has no part that paths pass over, which nearly all have not.
fn is_plain(path: &[u8]) -> bool {
    let mut is_plain = true;
    let mut behind_separator = false;
    for &byte in path {
        is_plain &= !(behind_separator & (is_separator(byte) | (byte == b'.')));
        behind_separator = is_separator(byte);
    }
    is_plain && !behind_separator
}

fn is_separator(byte: u8) -> bool {
    std::path::is_separator(char::from(byte))
}

impl<V> Default for PathMap<V> {
    fn default() -> Self {
        Self { entries: BTreeMap::new() }
    }
}

impl<V> PathMap<V> {
    /// The value at a path.
    #[must_use]
    pub fn get(&self, path: &Utf8Path) -> Option<&V> {
        self.entries.get(key_of(path).as_str()).map(|(_, value)| value)
    }

    /// Whether there is a value at a path.
    #[must_use]
    pub fn contains(&self, path: &Utf8Path) -> bool {
        self.get(path).is_some()
    }

    /// Puts a value in the place of that which the path had.
    pub fn insert(&mut self, path: Utf8PathBuf, value: V) -> Option<V> {
        self.entries.insert(key_of(&path).into(), (path, value)).map(|(_, value)| value)
    }

    /// The value of a path, made if there is none.
    pub fn get_or_insert_with(&mut self, path: &Utf8Path, make: impl FnOnce() -> V) -> &mut V {
        let entry = self.entries.entry(key_of(path).into());
        &mut entry.or_insert_with(|| (path.to_owned(), make())).1
    }

    /// Takes a value out.
    pub fn remove(&mut self, path: &Utf8Path) -> Option<V> {
        self.entries.remove(key_of(path).as_str()).map(|(_, value)| value)
    }

    /// Takes out what is not meant.
    pub fn retain(&mut self, mut is_meant: impl FnMut(&Utf8Path, &V) -> bool) {
        self.entries.retain(|_, (path, value)| is_meant(path, value));
    }

    /// Takes over all that is in another map.
    pub fn append(&mut self, other: &mut Self) {
        self.entries.append(&mut other.entries);
    }

    /// Everything in the order of the paths.
    pub fn iter(&self) -> Iter<'_, V> {
        Iter(self.entries.values())
    }

    /// Everything in the order of the paths, with values that can be changed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&Utf8Path, &mut V)> {
        self.entries.values_mut().map(|(path, value)| (path.as_path(), value))
    }

    /// The paths in order.
    pub fn paths(&self) -> impl DoubleEndedIterator<Item = &Utf8Path> + use<'_, V> {
        self.entries.values().map(|(path, _)| path.as_path())
    }

    /// The values in the order of their paths.
    pub fn values(&self) -> impl Iterator<Item = &V> + use<'_, V> {
        self.entries.values().map(|(_, value)| value)
    }

    /// What is below a folder, in the order of the paths; everything if the folder has no name. What is
    /// at the path of the folder itself is not below it.
    pub fn below(&self, folder: &Utf8Path) -> impl Iterator<Item = (&Utf8Path, &V)> + use<'_, V> {
        let mut start = key_of(folder);
        if !start.is_empty() {
            start.push(DIVIDER);
        }
        let from = (Bound::Excluded(start.as_str()), Bound::Unbounded);
        let range = self.entries.range::<str, _>(from);
        range
            .take_while(move |(key, _)| key.starts_with(&start))
            .map(|(_, (path, value))| (path.as_path(), value))
    }

    /// The number of paths.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// What [`PathMap::iter`] gives.
#[derive(Debug)]
pub struct Iter<'m, V>(btree_map::Values<'m, Box<str>, (Utf8PathBuf, V)>);

impl<'m, V> Iterator for Iter<'m, V> {
    type Item = (&'m Utf8Path, &'m V);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(path, value)| (path.as_path(), value))
    }
}

impl<'m, V> IntoIterator for &'m PathMap<V> {
    type Item = (&'m Utf8Path, &'m V);
    type IntoIter = Iter<'m, V>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<V> Extend<(Utf8PathBuf, V)> for PathMap<V> {
    fn extend<I: IntoIterator<Item = (Utf8PathBuf, V)>>(&mut self, entries: I) {
        self.entries.extend(entries.into_iter().map(|(path, value)| (key_of(&path).into(), (path, value))));
    }
}

impl<V> FromIterator<(Utf8PathBuf, V)> for PathMap<V> {
    fn from_iter<I: IntoIterator<Item = (Utf8PathBuf, V)>>(entries: I) -> Self {
        let entries = entries.into_iter().map(|(path, value)| (key_of(&path).into(), (path, value)));
        Self { entries: entries.collect() }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Paths of few letters, so that many of them meet; with what comes before and after `/`, and with
    /// spellings of the same path.
    fn paths() -> impl Strategy<Value = Vec<String>> {
        let part = ("\\.?[ab\u{1}é-]{1,2}", prop::sample::select(vec!["", "/", "//", "/./"]));
        let path = prop::collection::vec(part, 0..4).prop_map(|parts| {
            let divided = parts.into_iter().map(|(part, end)| part + if end.is_empty() { "/" } else { end });
            let path: String = divided.collect();
            if path.ends_with("//") { path } else { path.trim_end_matches("/./").to_owned() }
        });
        prop::collection::vec(path, 0..30)
    }

    proptest! {
        #[test]
        fn it_is_what_a_map_of_paths_is(all in paths(), asked in paths()) {
            let mut slow: BTreeMap<Utf8PathBuf, usize> = BTreeMap::new();
            let mut fast = PathMap::default();
            for (at, path) in all.iter().enumerate() {
                prop_assert_eq!(fast.insert(path.into(), at), slow.insert(path.into(), at));
            }
            let paths = |map: &PathMap<usize>| map.iter().map(|(path, at)| (path.to_owned(), *at)).collect::<Vec<_>>();
            prop_assert_eq!(paths(&fast), slow.clone().into_iter().collect::<Vec<_>>());
            for path in asked.iter().chain(&all).map(Utf8Path::new) {
                prop_assert_eq!(fast.get(path), slow.get(path));
                let below = slow.iter().filter(|(it, _)| it.starts_with(path) && *it != path);
                let below: Vec<_> = below.map(|(path, at)| (path.as_path(), at)).collect();
                prop_assert_eq!(fast.below(path).collect::<Vec<_>>(), below, "{}", path);
            }
            for path in &asked {
                prop_assert_eq!(fast.remove(path.as_str().into()), slow.remove(Utf8Path::new(path)));
            }
            prop_assert_eq!(fast.len(), slow.len());
        }
    }
}
