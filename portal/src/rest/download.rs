use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// A file that is answered in place of JSON.
#[derive(Debug, Clone)]
pub(crate) struct Download {
    name: String,
    bytes: Vec<u8>,
}

impl Download {
    /// A file whose content is at hand in Base64.
    pub(crate) fn of(name: &str, base64: &str) -> Self {
        Self { name: name.to_owned(), bytes: BASE64_STANDARD.decode(base64).unwrap_or_default() }
    }
}

impl IntoResponse for Download {
    fn into_response(self) -> Response {
        let kind = (header::CONTENT_TYPE, "application/octet-stream".to_owned());
        let name = utf8_percent_encode(&self.name, NON_ALPHANUMERIC);
        let place = (header::CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{name}"));
        ([kind, place], self.bytes).into_response()
    }
}
