//! Runs of ASCII letters and digits, told 64 bytes at a time: one bit for each byte, in which the next place
//! is found by counting zeros. Where a word ends cannot be foreseen: a processor that looks at byte after
//! byte guesses wrong at nearly every end, and that takes longer than all the arithmetic here.

/// How many bytes are told at once: as many as a number has bits.
const BLOCK: usize = u64::BITS as usize;

/// Where runs begin and end in a text. Places are asked for from the front to the back; going back costs
/// telling the same bytes again.
#[derive(Clone, Debug)]
pub struct Runs<'t> {
    bytes: &'t [u8],
    /// The number of the block that was told last. Its first byte has the lowest bit. What lies behind the
    /// text is neither.
    block: usize,
    letters: u64,
    /// The bytes of characters that are not ASCII.
    others: u64,
}

impl<'t> Runs<'t> {
    /// The runs of a text in UTF-8.
    #[must_use]
    pub fn of(bytes: &'t [u8]) -> Self {
        let (letters, others) = tell(bytes);
        Self { bytes, block: 0, letters, others }
    }

    /// The first place from here on at which a letter or digit stands, or a character that is not ASCII; the
    /// end of the text if there is none.
    #[inline]
    pub fn start(&mut self, from: usize) -> usize {
        self.find(from, |runs| runs.letters | runs.others)
    }

    /// Where the run ends that begins at a place: the place itself if no letter and no digit stands there.
    #[inline]
    pub fn end(&mut self, from: usize) -> usize {
        self.find(from, |runs| !runs.letters)
    }

    /// Of the bytes that are told together with one: where the first of them stands, and which of them are
    /// letters or digits from the one on. `None` if some are not ASCII.
    #[inline]
    pub fn block(&mut self, from: usize) -> Option<(usize, u64)> {
        if from / BLOCK != self.block {
            self.step(from);
        }
        let is_told = from / BLOCK == self.block && self.others == 0;
        is_told.then(|| (from - from % BLOCK, self.letters & u64::MAX << (from % BLOCK)))
    }

    /// The first place from here on that is marked; the end of the text if none is.
    #[inline]
    fn find(&mut self, from: usize, marked: impl Fn(&Self) -> u64) -> usize {
        let mut at = from;
        // Most runs end in the block that they begin in.
        while at / BLOCK != self.block || marked(self) >> (at % BLOCK) == 0 {
            at = self.step(at);
            if at >= self.bytes.len() {
                return self.bytes.len();
            }
        }
        let left = marked(self) >> (at % BLOCK);
        (at + left.trailing_zeros() as usize).min(self.bytes.len())
    }

    /// Tells the block of a place if that is another one; else goes to where the next one begins.
    fn step(&mut self, at: usize) -> usize {
        let is_told = at / BLOCK == self.block;
        let at = if is_told { at - at % BLOCK + BLOCK } else { at };
        if let Some(left) = self.bytes.get(at - at % BLOCK..) {
            self.block = at / BLOCK;
            (self.letters, self.others) = tell(left);
        }
        at
    }
}

/// Of up to [`BLOCK`] bytes: which are letters or digits, and which are not ASCII.
fn tell(bytes: &[u8]) -> (u64, u64) {
    let mut last = [0; BLOCK];
    let block = bytes.first_chunk().unwrap_or_else(|| {
        last[..bytes.len()].copy_from_slice(bytes);
        &last
    });
    // Byte by byte and without a branch, which compilers turn into steps of many bytes each.
    let (mut letters, mut others, mut any) = (*block, *block, 0);
    for byte in &mut letters {
        let is_letter = (*byte | LOWER).wrapping_sub(b'a') < 26;
        let is_digit = byte.wrapping_sub(b'0') < 10;
        any |= *byte;
        *byte = u8::from(is_letter | is_digit);
    }
    if any.is_ascii() {
        return (gather(&letters), 0);
    }
    for byte in &mut others {
        *byte >>= 7;
    }
    (gather(&letters), gather(&others))
}

/// What letters in upper case lack.
const LOWER: u8 = b'a' - b'A';

/// The lowest bits of bytes that have no other, that of the first one lowest.
fn gather(bytes: &[u8; BLOCK]) -> u64 {
    // Moves each of eight bits by another distance to the top, where no two meet.
    const DISTANCES: u64 = 0x0102_0408_1020_4080;
    let mut all = 0;
    for eight in bytes.as_chunks().0 {
        let eight = u64::from_le_bytes(*eight).wrapping_mul(DISTANCES);
        all = all >> 8 | eight & 0xFF << (u64::BITS - 8);
    }
    all
}

/// Where the first byte stands that is meant; their number if none is. It is asked of many bytes at once, without a
/// branch for each of them: `is_meant` should have none either.
#[inline]
pub fn first_byte(bytes: &[u8], is_meant: impl Fn(u8) -> bool) -> usize {
    const AT_ONCE: usize = 16;
    let is_any_meant = |some: &[u8; AT_ONCE]| some.iter().fold(false, |any, byte| any | is_meant(*byte));
    let others = bytes.as_chunks().0.iter().take_while(|some| !is_any_meant(some)).count() * AT_ONCE;
    others + bytes[others..].iter().take_while(|byte| !is_meant(**byte)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_is_told_wherever_it_stands() {
        for byte in 0..=u8::MAX {
            for place in 0..BLOCK {
                for around in [b'a', b' ', 0xFF] {
                    let mut bytes = [around; BLOCK];
                    bytes[place] = byte;
                    let bits = |is_meant: fn(&u8) -> bool| {
                        bytes.iter().rev().fold(0, |bits, byte| bits << 1 | u64::from(is_meant(byte)))
                    };
                    let wanted = (bits(u8::is_ascii_alphanumeric), bits(|byte| !byte.is_ascii()));
                    assert_eq!(tell(&bytes), wanted, "{byte} at {place}");
                }
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn the_first_byte_is_found_wherever_it_stands(text in "[a-z]{0,70}[A-Z]?[a-z]{0,20}[A-Z]?") {
            let is_meant = |byte: u8| byte.is_ascii_uppercase();
            let one_by_one = text.bytes().position(is_meant).unwrap_or(text.len());
            proptest::prop_assert_eq!(first_byte(text.as_bytes(), is_meant), one_by_one);
        }

        #[test]
        fn runs_are_those_that_bytes_make(text in "([a-zA-Z0-9]{0,20}|[ .'@\\[`{/:-]{0,40}|[éß—東\u{1F41B}]){0,20}", from in 0_usize..200) {
            let bytes = text.as_bytes();
            let from = from.min(bytes.len());
            let first = |is_meant: fn(&u8) -> bool| {
                bytes[from..].iter().position(is_meant).map_or(bytes.len(), |offset| from + offset)
            };
            let mut runs = Runs::of(bytes);
            proptest::prop_assert_eq!(runs.end(from), first(|byte| !byte.is_ascii_alphanumeric()));
            proptest::prop_assert_eq!(runs.start(from), first(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii()));
            // From the front, whatever was asked before.
            let mut at = 0;
            while at < bytes.len() {
                let start = runs.start(at);
                proptest::prop_assert!(bytes[at..start].iter().all(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric()));
                at = runs.end(start);
                proptest::prop_assert!(bytes[start..at].iter().all(u8::is_ascii_alphanumeric));
                at += 1;
            }
        }
    }
}
