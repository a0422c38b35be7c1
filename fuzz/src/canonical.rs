//! What every type that comes from another chain promises of its decoding.

use codec::{Codec, DecodeAll, DecodeLimit, DecodeWithMemLimit, DecodeWithMemTracking, Error, Input};
use std::fmt::Debug;

/// An input that counts the memory that decoding asks for before it takes it.
struct Metered<'a> {
    rest: &'a [u8],
    heap: usize,
}

impl Input for Metered<'_> {
    fn remaining_len(&mut self) -> Result<Option<usize>, Error> {
        self.rest.remaining_len()
    }

    fn read(&mut self, into: &mut [u8]) -> Result<(), Error> {
        self.rest.read(into)
    }

    fn on_before_alloc_mem(&mut self, size: usize) -> Result<(), Error> {
        self.heap += size;
        Ok(())
    }
}

/// Decodes a value from the beginning of `data`, and says what is left.
///
/// Fails unless decoding asks for at most `heap` bytes of memory, whether it succeeds or not, and what was read is the
/// one encoding of the value, of at most `longest` bytes: nothing can be said in two ways, so a hash stands for one value.
pub(crate) fn canonical<T>(data: &[u8], longest: usize, heap: usize) -> Option<(T, &[u8])>
where
    T: Codec + DecodeWithMemTracking + Debug + PartialEq,
{
    let mut input = Metered { rest: data, heap: 0 };
    let decoded = T::decode(&mut input);
    let Metered { rest, heap: taken } = input;
    assert!(taken <= heap, "{taken} bytes of memory for {} of input, and not {heap} at most", data.len());
    // A transaction and a message of the lane are decoded with a limit of depth or of memory, values in the state whole.
    let Ok(value) = decoded else {
        assert!(T::decode_all(&mut &data[..]).is_err());
        return None;
    };
    let read = &data[..data.len() - rest.len()];
    assert_eq!(value.encode(), read, "another encoding of {value:?}");
    assert_eq!(value.encoded_size(), read.len());
    assert!(read.len() <= longest, "{} bytes and not {longest} at most", read.len());
    assert_eq!(T::decode_all(&mut &read[..]).as_ref(), Ok(&value));
    assert_eq!(T::decode_all(&mut &data[..]).is_ok(), rest.is_empty());
    assert_eq!(T::decode_with_mem_limit(&mut &data[..], heap + 1).as_ref(), Ok(&value));
    assert_eq!(T::decode_with_depth_limit(DEPTH, &mut &data[..]).as_ref(), Ok(&value));
    Some((value, rest))
}

/// How deep types are nested that a chain decodes. No value of another chain comes near the limit of a transaction, 256.
const DEPTH: u32 = 8;
