//! The steps in which editors save, and what may be noticed of them.

#![expect(clippy::disallowed_methods, reason = "the tests are the authors who save files")]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::thread::sleep;

use tempfile::TempDir;

use super::*;

const PAGE: &str = "content/scenarios/a/scenario.md";

/// Long enough for a change to be handed on, on a busy machine.
const LONG: Duration = Duration::from_secs(5);

/// A change that has not been noticed by now will not be.
const SHORT: Duration = Duration::from_millis(300);

struct Author {
    guard: TempDir,
    watcher: SourceWatcher,
}

impl Author {
    fn new() -> Self {
        let guard = tempfile::tempdir().unwrap();
        let page = guard.path().join(PAGE);
        fs::create_dir_all(page.parent().unwrap()).unwrap();
        fs::write(&page, "as it was\n").unwrap();
        let watcher = SourceWatcher::new(Utf8Path::from_path(guard.path()).unwrap()).unwrap();
        Self { guard, watcher }
    }

    fn at(&self, path: impl AsRef<Path>) -> std::path::PathBuf {
        self.guard.path().join(path)
    }

    /// The next change, and what the page says when it is handed on.
    fn next(&mut self, patience: Duration) -> Option<(Vec<Utf8PathBuf>, String)> {
        let started = Instant::now();
        while started.elapsed() < patience {
            if let Some(paths) = self.watcher.next_change(patience) {
                return Some((paths, fs::read_to_string(self.at(PAGE)).unwrap_or_default()));
            }
        }
        None
    }

    /// The page must be handed on once, alone, with this text.
    #[track_caller]
    fn expect_page(&mut self, text: &str) {
        let (paths, found) = self.next(LONG).expect("the change is noticed");
        assert_eq!((paths, found.as_str()), (vec![Utf8PathBuf::from(PAGE)], text));
        assert_eq!(self.next(SHORT), None, "one change is one");
    }
}

#[test]
fn a_file_that_is_written_is_noticed_soon() {
    let mut author = Author::new();
    let path = author.at(PAGE);
    let (told, started) = channel();
    let writing = std::thread::spawn(move || {
        sleep(Duration::from_millis(30));
        fs::write(path, "as it is\n").unwrap();
        told.send(Instant::now()).unwrap();
    });
    let (paths, text) = author.next(LONG).unwrap();
    let took = started.recv().unwrap().elapsed();
    writing.join().unwrap();
    assert_eq!((paths, text.as_str()), (vec![Utf8PathBuf::from(PAGE)], "as it is\n"));
    // Ten times what it should be: other tests run beside this one.
    assert!(took < Duration::from_millis(100), "{took:?}");
}

#[test]
fn what_is_not_source_is_not_noticed() {
    let mut author = Author::new();
    fs::create_dir_all(author.at("dist/site")).unwrap();
    fs::write(author.at("dist/site/index.html"), "x").unwrap();
    fs::write(author.at("content/.scenario.md.swp"), "x").unwrap();
    assert_eq!(author.next(SHORT), None);
    fs::read(author.at(PAGE)).unwrap();
    assert_eq!(author.next(SHORT), None, "reading is no change");
}

/// Vim makes a file to see whether it may, moves the old file away, writes a new one, and removes
/// what it moved away.
#[test]
fn a_file_that_is_moved_away_and_written_anew_is_one_change() {
    let mut author = Author::new();
    let folder = author.at("content/scenarios/a");
    fs::write(folder.join("4913"), "").unwrap();
    fs::remove_file(folder.join("4913")).unwrap();
    fs::rename(author.at(PAGE), folder.join("scenario.md~")).unwrap();
    sleep(Duration::from_millis(20));
    let mut file = fs::File::create(author.at(PAGE)).unwrap();
    sleep(Duration::from_millis(20));
    file.write_all(b"by vim\n").unwrap();
    file.sync_all().unwrap();
    sleep(Duration::from_millis(20));
    drop(file);
    fs::remove_file(folder.join("scenario.md~")).unwrap();
    author.expect_page("by vim\n");
}

/// VS Code empties the file and fills it again.
#[test]
fn a_file_that_is_emptied_and_filled_is_one_change() {
    let mut author = Author::new();
    let mut file = fs::File::create(author.at(PAGE)).unwrap();
    sleep(Duration::from_millis(20));
    file.write_all(b"by VS ").unwrap();
    sleep(Duration::from_millis(20));
    file.write_all(b"Code\n").unwrap();
    drop(file);
    author.expect_page("by VS Code\n");
}

/// Editors of JetBrains write beside the file and swap the two.
#[test]
fn a_file_that_is_swapped_is_one_change() {
    let mut author = Author::new();
    let folder = author.at("content/scenarios/a");
    let (new, old) = (folder.join("scenario.md___jb_tmp___"), folder.join("scenario.md___jb_old___"));
    fs::write(&new, "by JetBrains\n").unwrap();
    sleep(Duration::from_millis(20));
    fs::rename(author.at(PAGE), &old).unwrap();
    sleep(Duration::from_millis(20));
    fs::rename(&new, author.at(PAGE)).unwrap();
    sleep(Duration::from_millis(20));
    fs::remove_file(&old).unwrap();
    author.expect_page("by JetBrains\n");
}

#[test]
fn a_file_that_is_replaced_at_once_is_one_change() {
    let mut author = Author::new();
    let new = author.at("content/scenarios/a/.scenario.md.new");
    fs::write(&new, "moved here\n").unwrap();
    fs::rename(&new, author.at(PAGE)).unwrap();
    author.expect_page("moved here\n");
}

/// Where the clock of the file system goes in steps, both saves have the same time; here of six milliseconds ago.
#[test]
fn a_second_save_within_a_step_of_the_clock_is_noticed() {
    let mut author = Author::new();
    let mut is_noticed = |number: u8| {
        let time = SystemTime::now() - Duration::from_millis(6);
        ["first", "other"].into_iter().all(|word| {
            let text = format!("{word} {number}\n");
            fs::write(author.at(PAGE), &text).unwrap();
            fs::File::options().append(true).open(author.at(PAGE)).unwrap().set_modified(time).unwrap();
            author.next(SHORT).is_some_and(|(_, found)| found == text)
        })
    };
    // On a machine that is busy for as long as a step may be, the first save counts as an old one.
    assert!((0..5).any(&mut is_noticed));
}

#[test]
fn what_is_removed_or_emptied_for_good_is_noticed() {
    let mut author = Author::new();
    fs::write(author.at(PAGE), "").unwrap();
    author.expect_page("");
    fs::remove_file(author.at(PAGE)).unwrap();
    author.expect_page("");
}

#[test]
fn a_file_that_comes_and_goes_is_no_change() {
    let mut author = Author::new();
    fs::write(author.at("content/other.md"), "x").unwrap();
    fs::remove_file(author.at("content/other.md")).unwrap();
    fs::File::options().append(true).open(author.at(PAGE)).unwrap();
    assert_eq!(author.next(SHORT), None);
}

#[test]
fn folders_that_come_go_or_are_replaced_are_followed() {
    let mut author = Author::new();
    fs::create_dir_all(author.at("themes/mine/static")).unwrap();
    fs::write(author.at("themes/mine/static/site.css"), "x").unwrap();
    assert_eq!(author.next(LONG).unwrap().0, ["themes/mine/static/site.css"]);
    fs::write(author.at("themes/mine/static/site.css"), "xy").unwrap();
    assert_eq!(author.next(LONG).unwrap().0, ["themes/mine/static/site.css"]);

    fs::rename(author.at("content"), author.at("away")).unwrap();
    let (paths, _) = author.next(LONG).unwrap();
    assert_eq!(paths, [PAGE]);
    fs::create_dir_all(author.at(PAGE).parent().unwrap()).unwrap();
    fs::write(author.at(PAGE), "back\n").unwrap();
    author.expect_page("back\n");
    fs::write(author.at(PAGE), "and again\n").unwrap();
    author.expect_page("and again\n");
}

#[test]
fn a_program_that_never_stops_does_not_keep_others_waiting() {
    let mut author = Author::new();
    let (path, stop) =
        (author.at("content/noise.md"), std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false)));
    let told = std::sync::Arc::clone(&stop);
    let noise = std::thread::spawn(move || {
        let mut file = fs::File::create(path).unwrap();
        while !told.load(std::sync::atomic::Ordering::Relaxed) {
            file.write_all(b"x").unwrap();
            sleep(Duration::from_millis(2));
        }
    });
    sleep(Duration::from_millis(50));
    fs::write(author.at(PAGE), "quiet\n").unwrap();
    let found = author.next(LONG).map(|(paths, _)| paths);
    stop.store(true, std::sync::atomic::Ordering::Relaxed);
    noise.join().unwrap();
    assert!(found.unwrap().contains(&Utf8PathBuf::from(PAGE)));
}
