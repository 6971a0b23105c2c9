//! One file of samples for each language: text, a line `=>`, and the same text with what has a class
//! in brackets. Files are named like the language.

use std::fs;
use std::path::Path;

use crate::spans::marked;

#[test]
fn samples_are_colored_as_they_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/highlight/samples");
    let mut files = 0;
    let mut faults = Vec::new();
    for entry in fs::read_dir(folder).expect("samples") {
        let path = entry.expect("a file").path();
        let text = fs::read_to_string(&path).expect("text");
        let (source, wanted) = text.split_once("\n=>\n").expect("a line `=>`");
        let language = path.file_stem().and_then(|stem| stem.to_str()).expect("a name");
        // A language with several samples has a dash in their names.
        let language = language.split('-').next().expect("a language");
        let made = marked(language, source);
        let differs = made.lines().zip(wanted.trim_end().lines()).find(|(made, wanted)| made != wanted);
        if made != wanted.trim_end() {
            faults.push(format!("{}: {differs:#?}\n{made}", path.display()));
        }
        files += 1;
    }
    assert!(files >= 21, "{files} samples");
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}
