//! The program: everything it does is in the library's `cli`.

/// Pages and exercises are many small allocations, made and given back on all cores: a tenth of a build less than with
/// the allocator of glibc, for no more memory (docs/performance.md).
#[cfg(not(target_env = "msvc"))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// What was given back is returned to the system after a second, not after ten: a build of thousands of pages then
/// takes a tenth less memory, for the same time. What a whole page is printed into (up to 128 kB) is kept by the
/// thread for the next one, which saves a hundredth.
#[cfg(not(target_env = "msvc"))]
#[expect(unsafe_code, reason = "jemalloc reads its settings from this symbol before `main` begins")]
#[unsafe(export_name = "_rjem_malloc_conf")]
pub static MALLOC_CONF: &[u8; 38] = b"dirty_decay_ms:1000,tcache_max:131072\0";

fn main() -> std::process::ExitCode {
    scenarist::cli::run(std::env::args_os())
}
