//! What several rules work out alike, made once for all of them.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

type Slot = Arc<OnceLock<Arc<dyn Any + Send + Sync>>>;

/// Results by their type. A type of its own for each result keeps them apart.
#[derive(Default)]
pub struct Shared {
    made: Mutex<HashMap<TypeId, Slot>>,
}

impl Shared {
    /// The result of this type. The first to ask makes it, others wait; `make` must not ask for the
    /// same type, nor hand work to other threads that do.
    pub fn get<T: Any + Send + Sync>(&self, make: impl Fn() -> T) -> Arc<T> {
        let slot = {
            let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
            made.entry(TypeId::of::<T>()).or_default().clone()
        };
        let known = slot.get_or_init(|| Arc::new(make()));
        known.clone().downcast().unwrap_or_else(|_| Arc::new(make()))
    }
}
