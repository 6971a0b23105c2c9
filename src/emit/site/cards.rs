//! Drawn preview pictures, each drawn once: drawing takes most of a build's time. What is known from
//! earlier builds is handed in; where it is kept is the business of `write`.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::syntax::svg::render_png;

/// Pictures by a name that follows from what they show.
#[derive(Debug, Default)]
pub struct Cards {
    known: BTreeMap<String, Arc<[u8]>>,
    used: Mutex<BTreeMap<String, Arc<[u8]>>>,
}

impl Cards {
    /// Starts with pictures of earlier builds, by their names.
    #[must_use]
    pub fn new(known: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let known = known.into_iter().map(|(name, png)| (name, png.into())).collect();
        Self { known, used: Mutex::default() }
    }

    /// The picture as PNG; drawn if nobody has drawn it yet.
    ///
    /// # Errors
    /// What is wrong with the picture, in words.
    pub fn png(&self, svg: &str) -> Result<Arc<[u8]>, String> {
        let name = name_of(svg);
        let found = self.known.get(&name).cloned().or_else(|| self.used().get(&name).cloned());
        let png = match found {
            Some(png) => png,
            None => render_png(svg)?.into(),
        };
        self.used().insert(name, Arc::clone(&png));
        Ok(png)
    }

    /// Pictures that were asked for and not known before.
    #[must_use]
    pub fn fresh(&self) -> Vec<(String, Arc<[u8]>)> {
        let used = self.used();
        let fresh = used.iter().filter(|(name, _)| !self.known.contains_key(*name));
        fresh.map(|(name, png)| (name.clone(), Arc::clone(png))).collect()
    }

    /// Whether a picture of an earlier build was asked for.
    #[must_use]
    pub fn is_used(&self, name: &str) -> bool {
        self.known.contains_key(name) && self.used().contains_key(name)
    }

    fn used(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Arc<[u8]>>> {
        // A map of whole pictures is sound at any moment.
        self.used.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The name of a picture: a hash of what it is drawn from, and of how drawing turns out here.
fn name_of(svg: &str) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(drawing().as_bytes()).update(svg.as_bytes());
    hasher.finalize().to_hex()[..32].to_owned()
}

/// Another version of the program may draw with other fonts or another library: a sample tells, so
/// that a build with known pictures equals one without, byte for byte.
fn drawing() -> &'static blake3::Hash {
    static SAMPLE: OnceLock<blake3::Hash> = OnceLock::new();
    const PICTURE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"120\" height=\"40\">\
        <rect x=\"3\" y=\"3\" width=\"50\" height=\"30\" rx=\"7\" fill=\"#385\" opacity=\".4\"/>\
        <text x=\"4\" y=\"18\" font-family=\"Inter\" font-size=\"15\">Rag, 7</text>\
        <text x=\"4\" y=\"36\" font-family=\"Inter\" font-size=\"15\" font-weight=\"700\">Rag, 7</text></svg>";
    SAMPLE.get_or_init(|| blake3::hash(&render_png(PICTURE).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PICTURE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>";

    #[test]
    fn what_is_known_is_not_drawn_again() {
        let cards = Cards::new([(name_of(PICTURE), b"kept".to_vec())]);
        assert_eq!(cards.png(PICTURE).as_deref(), Ok(b"kept".as_slice()));
        assert!(cards.fresh().is_empty() && cards.is_used(&name_of(PICTURE)));
    }

    #[test]
    fn what_is_new_is_drawn_and_named() {
        let cards = Cards::new([("other".to_owned(), Vec::new())]);
        let png = cards.png(PICTURE).unwrap_or_default();
        assert_eq!(png.get(..4), Some(b"\x89PNG".as_slice()));
        assert_eq!(cards.fresh().len(), 1);
        assert!(!cards.is_used("other"));
        assert!(cards.png("no picture").is_err());
    }
}
