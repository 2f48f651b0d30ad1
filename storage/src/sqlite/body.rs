//! Bodies as they are written: compressed, because what waits for the disk is what costs most, then sealed.

use std::io;

use crate::{Delivery, Seal};

/// More than this is no event: what says that it is larger was written by somebody else.
const LARGEST: usize = 64 * 1024 * 1024;

pub(super) fn write(delivery: &Delivery, seal: &Seal) -> io::Result<Vec<u8>> {
    seal.close(&delivery.portal, &lz4_flex::compress_prepend_size(&delivery.body))
}

pub(super) fn read(portal: &str, written: &[u8], seal: &Seal) -> io::Result<Vec<u8>> {
    let invalid = || io::Error::new(io::ErrorKind::InvalidData, "the body of an event is not what was written");
    let packed = seal.open(portal, written)?;
    let (size, packed) = lz4_flex::block::uncompressed_size(&packed).map_err(|_| invalid())?;
    if size > LARGEST {
        return Err(invalid());
    }
    lz4_flex::decompress(packed, size).map_err(|_| invalid())
}
