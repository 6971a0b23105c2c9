//! Tests of reading: outlines of whole repositories, single dialects, and what holds for any text.

mod fixtures;
mod outline;
