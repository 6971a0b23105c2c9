//! How deeply the constructs of a file may be nested. The parser and every walk over its tree
//! recurse, and a file that somebody generated must not end the program.

/// The parser follows brackets by recursion; code that people write stays far below this.
pub const MAX_BRACKETS: u32 = 400;

/// More operators than this in one statement are parsed on a larger stack.
pub const MAX_PLAIN: u32 = 300;

/// More than this are not parsed at all.
pub const MAX_OPERATORS: u32 = 5000;

/// The most brackets that are open at once, and the most operators and keywords between two ends
/// of statements: bounds for the depth of the tree.
#[must_use]
pub fn nesting_of(text: &str) -> (u32, u32) {
    let bytes = text.as_bytes();
    let (mut brackets, mut most_brackets, mut operators, mut most_operators) = (0_u32, 0, 0_u32, 0);
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'/' if bytes.get(at + 1) == Some(&b'/') => {
                at += bytes[at..].iter().take_while(|byte| **byte != b'\n').count();
                continue;
            }
            b'(' | b'[' | b'{' => brackets += 1,
            b')' | b']' => {
                brackets = brackets.saturating_sub(1);
                operators += 1;
            }
            b'}' => {
                brackets = brackets.saturating_sub(1);
                operators = if is_before_else(&bytes[at + 1..]) { operators + 1 } else { 0 };
            }
            b';' => operators = if is_before_else(&bytes[at + 1..]) { operators + 1 } else { 0 },
            b',' => operators = 0,
            b'+' | b'-' | b'*' | b'/' | b'%' | b'&' | b'|' | b'^' | b'!' | b'~' | b'=' | b'<' | b'>'
            | b'?' | b':' | b'.' => operators += 1,
            b' ' | b'\n' | b'\t' if bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic) => operators += 1,
            _ => {}
        }
        most_brackets = most_brackets.max(brackets);
        most_operators = most_operators.max(operators);
        at += 1;
    }
    (most_brackets, most_operators)
}

fn is_before_else(rest: &[u8]) -> bool {
    rest.trim_ascii_start().starts_with(b"else")
}
