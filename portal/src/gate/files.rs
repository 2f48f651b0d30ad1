//! Files for whoever has a signed address or a public link.

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::{ConnectInfo, FromRequest, Multipart, Request, State},
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value};

use crate::{
    hub::Hub,
    portal::Peer,
    rest::{self, Format, Refusal, answer::refused, escape, parse_form},
    state::{
        self,
        disk::{Object, Ticket, Version},
    },
    views,
};

/// `/rest/download.json`: whoever has a signed address gets the file.
pub(super) async fn download(State(hub): State<Arc<Hub>>, request: Request) -> Response {
    let token = token(&request);
    hub.with(|state| match state.admit_ticket(&token) {
        Ok(Ticket::Download { file, version, inline }) => {
            let object = state.on_disk(file);
            let version = object.and_then(|object| match version {
                None => object.version(),
                Some(id) => object.versions().find(|version| version.id == id),
            });
            object.zip(version).map_or_else(gone, |(object, version)| content(state, object, version, inline))
        }
        Ok(Ticket::Upload { .. }) => (StatusCode::FORBIDDEN, "the address is for sending a file").into_response(),
        Err(why) => {
            let refusal = Refusal::because("ACCESS_DENIED", why.to_string());
            refused(state, None, &refusal, Format::Json).into_response(Format::Json)
        }
    })
}

/// `/rest/upload.json`: whoever has a signed address can put a file into a folder.
pub(super) async fn upload(State(hub): State<Arc<Hub>>, request: Request) -> Response {
    let token = token(&request);
    let form = Form::read(request).await;
    hub.with(|state| rest::receive(state, &token, form.map(|form| form.files))).into_response(Format::Json)
}

fn token(request: &Request) -> String {
    let query = parse_form(request.uri().query().unwrap_or_default().as_bytes());
    query.get("token").and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// A public link, or else a call.
pub(super) async fn other(State(hub): State<Arc<Hub>>, peer: ConnectInfo<Peer>, request: Request) -> Response {
    match request.uri().path().strip_prefix("/~") {
        Some(code) => hub.with(|state| linked(state, code)),
        None => rest::serve(State(hub), peer, request).await,
    }
}

/// `/~code`: a file, or the files of a folder, for whoever knows the link.
fn linked(state: &state::State, code: &str) -> Response {
    let Some(object) = state.disk.linked(code) else { return gone() };
    match object.version() {
        Some(version) => content(state, object, version, true),
        None => Html(listing(state, object)).into_response(),
    }
}

/// A folder as a page of links.
fn listing(state: &state::State, folder: &Object) -> String {
    let files = state.disk.children(folder.id).filter(|child| child.is_there() && child.version().is_some());
    let item = |file: &Object| {
        let address = views::file::address(state, file, None, false);
        format!("<li><a href=\"{}\">{}</a></li>\n", escape(&address), escape(&file.name))
    };
    let items: String = files.map(item).collect();
    let name = escape(&folder.name);
    format!("<!doctype html>\n<meta charset=\"utf-8\">\n<title>{name}</title>\n<h1>{name}</h1>\n<ul>\n{items}</ul>\n")
}

pub(crate) fn gone() -> Response {
    (StatusCode::NOT_FOUND, "there is no such file").into_response()
}

/// A version of a file, to look at or to keep.
pub(crate) fn content(state: &state::State, file: &Object, version: &Version, inline: bool) -> Response {
    let Some(bytes) = state.disk.contents.get(&version.content) else { return gone() };
    let kind = mime_guess::from_path(&file.name).first_or_octet_stream();
    let way = if inline { "inline" } else { "attachment" };
    let plain: String =
        file.name.chars().map(|c| if c.is_ascii() && c != '"' && c != '\\' { c } else { '_' }).collect();
    let exact = utf8_percent_encode(&file.name, NON_ALPHANUMERIC);
    let headers = [
        (header::CONTENT_TYPE, kind.to_string()),
        (header::CONTENT_DISPOSITION, format!("{way}; filename=\"{plain}\"; filename*=utf-8''{exact}")),
        // A page that somebody sends must not act as a part of the messenger.
        (header::CONTENT_SECURITY_POLICY, "sandbox".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    (headers, bytes).into_response()
}

/// A multipart form: its texts, and its files by the names that they came with.
pub(crate) struct Form {
    pub(crate) texts: Map<String, Value>,
    pub(crate) files: Vec<(String, Bytes)>,
}

impl Form {
    pub(crate) async fn read(request: Request) -> Result<Self, String> {
        let mut form = Multipart::from_request(request, &()).await.map_err(|error| error.body_text())?;
        let (mut texts, mut files) = (Map::new(), Vec::new());
        while let Some(part) = form.next_field().await.map_err(|error| error.body_text())? {
            let name = part.name().unwrap_or_default().to_owned();
            let file = part.file_name().map(str::to_owned);
            let bytes = part.bytes().await.map_err(|error| error.body_text())?;
            match file {
                Some(file) => files.push((file, bytes)),
                None => {
                    texts.insert(name, String::from_utf8_lossy(&bytes).into_owned().into());
                }
            }
        }
        Ok(Self { texts, files })
    }
}
