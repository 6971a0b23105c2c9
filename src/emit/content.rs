//! What an output file holds: bytes in memory, or a content that somebody keeps elsewhere until it is asked
//! for. All outputs of a large course together take more memory than everything else. Who keeps them, and
//! where, is not known here.

use std::borrow::Cow;
use std::fmt::Debug;
use std::io;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use blake3::Hash;
use camino::Utf8Path;

use super::outline::Outline;
use crate::source::Seen;

/// The bytes of an output file.
#[derive(Clone, Debug)]
pub enum Content {
    Held(Held),
    /// With its outline, as far as one can tell: then it need not be read again for that.
    Stored(Arc<dyn Stored>, Option<Arc<Outline>>),
}

/// Bytes in memory.
#[derive(Clone, Debug)]
pub struct Held {
    /// Shared with the source where the one is a copy of the other.
    bytes: Arc<[u8]>,
    /// Their outline, made when somebody asks.
    outline: OnceLock<Option<Arc<Outline>>>,
}

impl Deref for Held {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes
    }
}

/// A content outside of memory.
pub trait Stored: Debug + Send + Sync {
    /// The bytes, read again.
    ///
    /// # Errors
    /// When the system refuses, or they are no longer what they were.
    fn read(&self) -> io::Result<Vec<u8>>;

    /// Takes notice that [`Stored::read`] failed where nobody could do anything about it. What was made
    /// of the content since must not be used.
    fn lost(&self, error: io::Error);

    /// The blake3 hash of the bytes.
    fn hash(&self) -> Hash;

    /// Whether the file that the content is for has it already, since before it was made.
    fn is_in_place(&self) -> bool;

    /// The file that holds nothing else and may be moved to where the content is for, as a path from the
    /// project's root. `None` if there is no such file.
    fn staged_at(&self) -> Option<&Utf8Path>;

    /// The output with this path, if it is a file that holds this content already or comes about by moving
    /// one: as that was when it was compared or written. `None` if that cannot be told.
    fn seen_as(&self, output: &Utf8Path) -> Option<Seen>;
}

/// Keeps contents outside of memory.
pub trait Store: Debug + Send + Sync {
    /// Takes a content, for the output with this path if that is known. `None` where memory is the better
    /// place.
    fn keep(self: Arc<Self>, path: Option<&Utf8Path>, bytes: &[u8]) -> Option<Arc<dyn Stored>>;
}

/// Where contents go as they are printed, on the thread that printed them: to a store, else into memory.
#[derive(Clone, Debug, Default)]
pub struct Keeper(Option<Arc<dyn Store>>);

impl Keeper {
    /// A keeper that gives contents to a store.
    #[must_use]
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self(Some(store))
    }

    /// Keeps the content of the output with this path.
    pub fn keep(&self, path: impl AsRef<Utf8Path>, bytes: impl Into<Vec<u8>>) -> Content {
        self.kept(Some(path.as_ref()), bytes.into())
    }

    /// Keeps a content whose path is not known yet.
    pub fn keep_unnamed(&self, bytes: Vec<u8>) -> Content {
        self.kept(None, bytes)
    }

    fn kept(&self, path: Option<&Utf8Path>, bytes: Vec<u8>) -> Content {
        match self.0.as_ref().and_then(|store| Arc::clone(store).keep(path, &bytes)) {
            Some(stored) => {
                Content::Stored(stored, path.and_then(|path| Outline::of(path, &bytes)).map(Arc::new))
            }
            None => bytes.into(),
        }
    }
}

impl Content {
    /// The bytes. Those of a store that has lost them are none; it knows, and says so in the end.
    #[must_use]
    pub fn read(&self) -> Cow<'_, [u8]> {
        match self {
            Self::Held(bytes) => Cow::Borrowed(bytes),
            Self::Stored(stored, _) => Cow::Owned(stored.read().unwrap_or_else(|error| {
                stored.lost(error);
                Vec::new()
            })),
        }
    }

    /// The same to be shared.
    #[must_use]
    pub fn shared(&self) -> Arc<[u8]> {
        match self {
            Self::Held(held) => Arc::clone(&held.bytes),
            Self::Stored(..) => self.read().into(),
        }
    }

    /// The blake3 hash of the bytes.
    #[must_use]
    pub fn hash(&self) -> Hash {
        match self {
            Self::Held(bytes) => blake3::hash(bytes),
            Self::Stored(stored, _) => stored.hash(),
        }
    }

    /// The outline of the output with this path, as it was noted or as the bytes say; `None` if it has none.
    #[must_use]
    pub fn outline(&self, path: &Utf8Path) -> Option<Arc<Outline>> {
        let read = |bytes: &[u8]| Outline::of(path, bytes).map(Arc::new);
        match self {
            Self::Held(held) => held.outline.get_or_init(|| read(held)).clone(),
            Self::Stored(_, Some(noted)) => Some(Arc::clone(noted)),
            Self::Stored(..) => read(&self.read()),
        }
    }

    /// Whether the file that the content is for has it already.
    #[must_use]
    pub fn is_in_place(&self) -> bool {
        matches!(self, Self::Stored(stored, _) if stored.is_in_place())
    }

    /// Whether these are its bytes.
    #[must_use]
    pub fn is(&self, bytes: &[u8]) -> bool {
        match self {
            Self::Held(held) => **held == *bytes,
            Self::Stored(stored, _) => stored.hash() == blake3::hash(bytes),
        }
    }
}

impl PartialEq for Content {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Held(one), Self::Held(other)) => **one == **other,
            _ => self.hash() == other.hash(),
        }
    }
}

impl Eq for Content {}

impl From<Vec<u8>> for Content {
    fn from(bytes: Vec<u8>) -> Self {
        Arc::<[u8]>::from(bytes).into()
    }
}

impl From<&[u8]> for Content {
    fn from(bytes: &[u8]) -> Self {
        Arc::<[u8]>::from(bytes).into()
    }
}

impl From<Arc<[u8]>> for Content {
    fn from(bytes: Arc<[u8]>) -> Self {
        Self::Held(Held { bytes, outline: OnceLock::new() })
    }
}
