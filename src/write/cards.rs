//! Preview pictures of earlier builds: `.scenarist/cards/`. Thrown away, they are drawn again.

use camino::{Utf8Path, Utf8PathBuf};

use super::disk::{self, Kind};
use super::error::WriteError;
use crate::emit::site::Cards;

const FOLDER: &str = ".scenarist/cards";

/// How much of a picture's own hash stands in its file's name: a damaged file is not used.
const CHECK: usize = 8;

/// The pictures that earlier builds of a project left.
///
/// # Errors
/// [`WriteError::Read`] when the system refuses to read one.
pub fn load_cards(root: &Utf8Path) -> Result<Cards, WriteError> {
    let mut known = Vec::new();
    for (path, is_folder) in disk::list(root, FOLDER.into())? {
        let Some((name, check)) = name_of(&path).filter(|_| !is_folder) else { continue };
        let png = disk::read(root, &path)?;
        if check_of(&png) == check {
            known.push((name.to_owned(), png));
        }
    }
    Ok(Cards::new(known))
}

/// Keeps what a build drew, and removes what it did not use.
///
/// # Errors
/// [`WriteError`] with the file that could not be written or removed.
pub fn store_cards(root: &Utf8Path, cards: &Cards) -> Result<(), WriteError> {
    for (path, is_folder) in disk::list(root, FOLDER.into())? {
        let is_used = name_of(&path).is_some_and(|(name, _)| cards.is_used(name));
        let is_ours = name_of(&path).is_some() || disk::is_temporary(&path);
        if !is_folder && is_ours && !is_used {
            disk::remove(root, &path)?;
        }
    }
    for (name, png) in cards.fresh() {
        let path = Utf8PathBuf::from(format!("{FOLDER}/{name}-{}.png", check_of(&png)));
        disk::write_whole(root, &path, &png, Kind::Output { executable: false })?;
    }
    Ok(())
}

/// The picture's name and the beginning of its hash.
fn name_of(path: &Utf8Path) -> Option<(&str, &str)> {
    let (name, check) = path.file_name()?.strip_suffix(".png")?.split_once('-')?;
    (check.len() == CHECK).then_some((name, check))
}

fn check_of(png: &[u8]) -> String {
    blake3::hash(png).to_hex()[..CHECK].to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::disallowed_methods, reason = "tests make files")]

    use super::*;

    const PICTURE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>";

    fn files(root: &Utf8Path) -> Vec<String> {
        let found = disk::list(root, FOLDER.into()).expect("a readable folder");
        found.into_iter().filter_map(|(path, _)| path.file_name().map(str::to_owned)).collect()
    }

    #[test]
    fn pictures_are_kept_while_they_are_used() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = Utf8Path::from_path(folder.path()).expect("a readable path");
        let cards = load_cards(root).expect("nothing is there");
        let drawn = cards.png(PICTURE).expect("a picture");
        store_cards(root, &cards).expect("a writable folder");
        assert_eq!(files(root).len(), 1);

        let cards = load_cards(root).expect("a readable folder");
        assert_eq!(cards.png(PICTURE).expect("a picture"), drawn);
        assert!(cards.fresh().is_empty(), "it was known");
        store_cards(root, &cards).expect("a writable folder");
        assert_eq!(files(root).len(), 1);

        store_cards(root, &load_cards(root).expect("a readable folder")).expect("a writable folder");
        assert!(files(root).is_empty(), "nobody used it");
    }

    #[test]
    fn a_damaged_picture_is_drawn_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = Utf8Path::from_path(folder.path()).expect("a readable path");
        let cards = Cards::default();
        cards.png(PICTURE).expect("a picture");
        store_cards(root, &cards).expect("a writable folder");
        std::fs::write(root.join(FOLDER).join(&files(root)[0]), b"cut off").expect("a writable file");
        let cards = load_cards(root).expect("a readable folder");
        assert!(cards.png(PICTURE).expect("a picture").len() > 20);
        store_cards(root, &cards).expect("a writable folder");
        assert_eq!(load_cards(root).expect("a readable folder").png(PICTURE), cards.png(PICTURE));
    }
}
