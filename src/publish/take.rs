//! A hand edit brought back into the sources. Possible where the published file is a copy of one file
//! that an author wrote; everything else is made of more, and a person has to say where an edit belongs.

use camino::Utf8PathBuf;

use crate::emit::tree::OutputFile;
use crate::source::{Content, Files, Origin, Replacement, edit_original};

/// An edit of a file in the project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceEdit {
    /// Relative to the project's root.
    pub path: Utf8PathBuf,
    pub before: Vec<u8>,
    pub after: Vec<u8>,
}

/// Why an edit cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TakeRefused {
    /// It is made from this file of the project, which says more or other things.
    MadeFrom(Utf8PathBuf),
    /// It comes with the program.
    BuiltIn,
    /// The project's file would be read otherwise than meant: one is text and the other is not.
    Unreadable(Utf8PathBuf),
}

/// How the file changes that an output was copied from, so that the output becomes `theirs`.
///
/// # Errors
/// [`TakeRefused`] when the output is no copy of one file of the project.
pub fn plan_take(files: &Files, output: &OutputFile, theirs: &[u8]) -> Result<SourceEdit, TakeRefused> {
    let origin = output.origin.and_then(|span| files.known(span.file).map(|entry| (span.file, entry)));
    let Some((file, entry)) = origin.filter(|(_, entry)| entry.origin == Origin::Project) else {
        return Err(TakeRefused::BuiltIn);
    };
    let path = entry.path.clone();
    if *files.bytes(file) != *output.bytes() {
        return Err(TakeRefused::MadeFrom(path));
    }
    let mut read = Files::default();
    let edited = read.add("edited", theirs, Origin::Aside, false);
    let before = files.original(file).to_vec();
    let after = match (&entry.content, &read.entry(edited).content) {
        (Content::Text(old), Content::Text(new)) => {
            let whole = Replacement { range: 0..old.len(), text: new };
            edit_original(old, &before, &[whole]).ok_or(TakeRefused::Unreadable(path.clone()))?
        }
        (Content::Text(_), _) | (_, Content::Text(_)) => return Err(TakeRefused::Unreadable(path)),
        _ => theirs.to_vec(),
    };
    Ok(SourceEdit { path, before, after })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    const SOURCE: &str = "content/scenarios/a/app/x.js";

    fn take(source: &[u8], output: &[u8], theirs: &[u8]) -> Result<Vec<u8>, TakeRefused> {
        let mut files = Files::default();
        let id = files.add(SOURCE, source, Origin::Project, false);
        let origin = Some(Span::file_start(id));
        let output = OutputFile { content: output.into(), executable: false, origin };
        plan_take(&files, &output, theirs).map(|edit| edit.after)
    }

    #[test]
    fn a_copy_is_taken_in_the_bytes_that_the_author_saved() {
        assert_eq!(take(b"a\nb\n", b"a\nb\n", b"a\nc\n").as_deref(), Ok(b"a\nc\n".as_slice()));
        let windows = take(b"\xEF\xBB\xBFa\r\nb\r\n", b"a\nb\n", b"a\nc\nd\n");
        assert_eq!(windows.as_deref(), Ok(b"\xEF\xBB\xBFa\r\nc\r\nd\r\n".as_slice()));
        assert_eq!(take(b"\0\xFF", b"\0\xFF", b"\0\xFE").as_deref(), Ok(b"\0\xFE".as_slice()));
    }

    #[test]
    fn what_is_no_copy_is_refused_with_its_source() {
        let made = take(b"a // #region x\n", b"a\n", b"b\n");
        assert_eq!(made, Err(TakeRefused::MadeFrom(SOURCE.into())));
        assert_eq!(take(b"a\n", b"a\n", b"\xFF"), Err(TakeRefused::Unreadable(SOURCE.into())));
        let nowhere =
            OutputFile { content: b"a".as_slice().into(), executable: false, origin: Some(Span::nowhere()) };
        assert_eq!(plan_take(&Files::default(), &nowhere, b"b"), Err(TakeRefused::BuiltIn));
    }
}
