//! Runs of ASCII letters and digits, told eight bytes at a time. Where a word ends cannot be foreseen: a
//! processor that looks at byte after byte guesses wrong at nearly every end, and that takes longer than all
//! the arithmetic here.

/// Eight bytes of this value each.
const fn each(byte: u8) -> u64 {
    u64::MAX / 255 * byte as u64
}

/// The highest bit of each byte.
const HIGH: u64 = each(0x80);

/// Where the run ends that begins at a place: the place itself if no letter and no digit stands there.
#[must_use]
#[inline]
pub fn end_of_run(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(eight) = bytes.get(at..).and_then(|rest| rest.first_chunk()) {
        let others = !letters_in(u64::from_le_bytes(*eight)) & HIGH;
        if others != 0 {
            return at + (others.trailing_zeros() / u8::BITS) as usize;
        }
        at += eight.len();
    }
    while bytes.get(at).is_some_and(u8::is_ascii_alphanumeric) {
        at += 1;
    }
    at
}

/// The highest bit of each byte that is a letter or a digit. Bytes of seven bits do not carry over into
/// their neighbors.
#[inline]
fn letters_in(bytes: u64) -> u64 {
    let low = bytes & !HIGH;
    let lower = low | each(b'a' - b'A');
    let between = |low: u64, first: u8, last: u8| (low + each(0x80 - first)) & !(low + each(0x7f - last));
    (between(lower, b'a', b'z') | between(low, b'0', b'9')) & !bytes & HIGH
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_is_told_wherever_it_stands() {
        for byte in 0..=u8::MAX {
            for place in 0..8 {
                for around in [b'a', b' ', 0xFF] {
                    let mut bytes = [around; 8];
                    bytes[place] = byte;
                    let found = letters_in(u64::from_le_bytes(bytes)).to_le_bytes();
                    assert_eq!(
                        found.map(|it| it != 0),
                        bytes.map(|it| it.is_ascii_alphanumeric()),
                        "{bytes:?}"
                    );
                }
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn runs_end_at_the_first_other_byte(text in "[a-zA-Z0-9]{0,20}[ é.]?[a-z]{0,9}", from in 0_usize..24) {
            let bytes = text.as_bytes();
            let from = from.min(bytes.len());
            let run = bytes[from..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            proptest::prop_assert_eq!(end_of_run(bytes, from), from + run);
        }
    }
}
