use std::{error::Error, fmt, io};

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use futures_util::{
    Stream, StreamExt,
    stream::{self, BoxStream},
};
use tokio::io::{AsyncRead, AsyncReadExt};

/// How much of a reader is read at once: a number that Base64 encodes without a rest.
const PIECE: usize = 48 * 1024;

/// What a file holds, for [`Client::upload`](crate::Client::upload): it is read while it is sent.
pub struct Content {
    pub(super) pieces: BoxStream<'static, io::Result<Bytes>>,
    pub(super) length: Option<u64>,
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Content").field("length", &self.length).finish_non_exhaustive()
    }
}

impl Content {
    /// Bytes that are in memory already.
    pub fn bytes(bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        let length = bytes.len() as u64;
        Self { pieces: stream::iter([Ok(bytes)]).boxed(), length: None }.of_length(length)
    }

    /// What comes out of a reader, to its end: an open file, a connection.
    pub fn reader(reader: impl AsyncRead + Send + 'static) -> Self {
        let pieces = stream::try_unfold(Box::pin(reader), |mut reader| async {
            let mut piece = Vec::with_capacity(PIECE);
            while piece.len() < PIECE && reader.read_buf(&mut piece).await? > 0 {}
            Ok((!piece.is_empty()).then(|| (piece.into(), reader)))
        });
        Self { pieces: pieces.boxed(), length: None }
    }

    /// The pieces of a stream, such as those of a [`Download`](crate::Download).
    pub fn stream<B: Into<Bytes>, E: Into<Box<dyn Error + Send + Sync>>>(
        pieces: impl Stream<Item = Result<B, E>> + Send + 'static,
    ) -> Self {
        let pieces = pieces.map(|piece| piece.map(Into::into).map_err(io::Error::other));
        Self { pieces: pieces.boxed(), length: None }
    }

    /// Tells how many bytes it has. Some servers want to know before it is sent; where it has another number the
    /// upload fails.
    pub fn of_length(mut self, bytes: u64) -> Self {
        self.length = Some(bytes);
        self
    }

    /// The content in Base64, between two texts.
    pub(super) fn encoded(self, before: String, after: String) -> impl Stream<Item = io::Result<Bytes>> + Send {
        let encoded = stream::try_unfold((self.pieces, Some(Vec::new())), |(mut pieces, rest)| async {
            let Some(mut bytes) = rest else { return Ok(None) };
            let rest = match pieces.next().await.transpose()? {
                Some(piece) => {
                    bytes.extend(piece);
                    // Three bytes become four characters; what is left over waits for more.
                    Some(bytes.split_off(bytes.len() - bytes.len() % 3))
                }
                None => None,
            };
            Ok(Some((STANDARD.encode(&bytes).into(), (pieces, rest))))
        });
        let around = |text: String| stream::iter([Ok(text.into())]);
        around(before).chain(encoded).chain(around(after))
    }
}

#[cfg(test)]
mod tests {
    use base64::{Engine, engine::general_purpose::STANDARD};
    use bytes::Bytes;
    use futures_util::{Stream, TryStreamExt, stream};

    use super::Content;

    async fn whole(pieces: impl Stream<Item = std::io::Result<Bytes>>) -> Vec<u8> {
        let add = |mut whole: Vec<u8>, piece: Bytes| async move {
            whole.extend(piece);
            Ok(whole)
        };
        pieces.try_fold(Vec::new(), add).await.expect("no error")
    }

    #[tokio::test]
    async fn the_pieces_do_not_show_in_the_encoded_whole() {
        let bytes: Vec<u8> = (0..=255).collect();
        for size in [1, 2, 3, 7, 256] {
            let pieces: Vec<_> = bytes.chunks(size).map(|piece| Ok::<_, std::io::Error>(piece.to_vec())).collect();
            let encoded = Content::stream(stream::iter(pieces)).encoded("<".to_owned(), ">".to_owned());
            let text = whole(encoded).await;
            assert_eq!(String::from_utf8(text).expect("text"), format!("<{}>", STANDARD.encode(&bytes)));
        }
    }

    #[tokio::test]
    async fn a_reader_is_read_to_its_end() {
        let bytes = vec![7; super::PIECE * 2 + 5];
        let content = Content::reader(std::io::Cursor::new(bytes.clone()));
        assert_eq!(whole(content.pieces).await, bytes);
    }
}
