//! Links and addresses: as authors write them, and as learners get them.

mod emitted;
mod outputs;
mod written;

pub(in crate::check) use emitted::prepare;

rules! {
    bare_url,
    dead_anchor,
    dead_link,
    insecure_link,
    vague_link_text,
}
