//! Where a finding lies, as an address that opens an editor there.

use std::fmt::Write;

use camino::Utf8Path;

use crate::source::Position;

/// The address that opens a file in VS Code, at a place. `root` is an absolute path.
pub fn editor_address(root: &Utf8Path, path: &Utf8Path, at: Position) -> String {
    let absolute = root.join(path).as_str().replace('\\', "/");
    // Windows' paths begin with a drive.
    let slash = if absolute.starts_with('/') { "" } else { "/" };
    let mut address = format!("vscode://file{slash}");
    for byte in absolute.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => {
                address.push(byte.into())
            }
            // A drive's colon; others would look like that of a line.
            b':' if address.len() == "vscode://file/C".len() => address.push(':'),
            _ => {
                let _ = write!(address, "%{byte:02X}");
            }
        }
    }
    let _ = write!(address, ":{}:{}", at.line, at.column);
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(root: &str, path: &str) -> String {
        editor_address(Utf8Path::new(root), Utf8Path::new(path), Position { line: 3, column: 14 })
    }

    #[test]
    fn an_address_names_file_line_and_column() {
        assert_eq!(
            address("/home/me/course", "content/a.md"),
            "vscode://file/home/me/course/content/a.md:3:14"
        );
    }

    #[test]
    fn what_has_a_meaning_in_addresses_is_written_in_another_way() {
        assert_eq!(
            address("/my courses/50%", "content/ä?#:9.md"),
            "vscode://file/my%20courses/50%25/content/%C3%A4%3F%23%3A9.md:3:14"
        );
    }

    #[test]
    fn a_drive_keeps_its_colon() {
        let address = address("C:\\course", "content/a.md");
        assert!(address.starts_with("vscode://file/C:/course"), "{address}");
    }
}
