//! Files on their way: to the page, to whoever has a signed address or a public link, and back.

use std::sync::Arc;

use axum::{
    Json,
    body::Bytes,
    extract::{FromRequest, Multipart, Path, Request, State},
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};

use super::ask::{Ask, Refused};
use crate::{
    hub::Hub,
    ids::DiskId,
    methods::disk::upload::{FIELD, receive},
    rest::{
        Refusal,
        answer::{Answer, Format, refused},
        parse_form,
    },
    state::{
        self,
        disk::{Object, Ticket, Version},
    },
    views,
};

/// A file of a dialog, for the page.
pub(super) async fn show(State(hub): State<Arc<Hub>>, Path(file): Path<u64>, ask: Ask) -> Result<Response, Refused> {
    let user = ask.user()?;
    hub.with(|state| {
        let file = state.look_at(user, DiskId(file))?;
        Ok(file.version().map_or_else(gone, |version| content(state, file, version, true)))
    })
}

/// What the page sends: `user`, `dialog`, `text`, and one part for each file.
pub(super) async fn send(State(hub): State<Arc<Hub>>, request: Request) -> Result<Json<Value>, Refused> {
    let form = Form::read(request).await.map_err(Refused::unusable)?;
    let ask = Ask::from(form.texts);
    let (user, dialog) = (ask.user()?, ask.dialog()?);
    let text = ask.text("text").unwrap_or_default();
    let message = hub.with(|state| state.send_files(user, dialog, form.files, text))?;
    Ok(Json(json!({"message": message})))
}

/// `/rest/download.json`: whoever has a signed address gets the file.
pub(super) async fn download(State(hub): State<Arc<Hub>>, request: Request) -> Response {
    let query = parse_form(request.uri().query().unwrap_or_default().as_bytes());
    hub.with(|state| match ticket(state, &query) {
        Ok(Ticket::Download { file, version, inline }) => {
            let object = state.on_disk(file);
            let version = object.and_then(|object| match version {
                None => object.version(),
                Some(id) => object.versions().find(|version| version.id == id),
            });
            object.zip(version).map_or_else(gone, |(object, version)| content(state, object, version, inline))
        }
        Ok(Ticket::Upload { .. }) => (StatusCode::FORBIDDEN, "the address is for sending a file").into_response(),
        Err(refusal) => refused(state, &refusal).into_response(Format::Json),
    })
}

/// `/rest/upload.json`: whoever has a signed address can put a file into a folder.
pub(super) async fn upload(State(hub): State<Arc<Hub>>, request: Request) -> Response {
    let query = parse_form(request.uri().query().unwrap_or_default().as_bytes());
    let form = Form::read(request).await;
    hub.with(|state| {
        let ticket = ticket(state, &query)?;
        let form = form.map_err(|why| Refusal::because("ERROR_ARGUMENT", why))?;
        let file = form.files.into_iter().next();
        let (name, bytes) =
            file.ok_or_else(|| Refusal::because("ERROR_ARGUMENT", format!("send the file as {FIELD}")))?;
        receive(state, ticket, &name, bytes)
    })
    .map_or_else(
        |refusal| hub.with(|state| refused(state, &refusal)),
        |file| Answer { status: 200, body: json!({"result": file}) },
    )
    .into_response(Format::Json)
}

fn ticket(state: &state::State, query: &Map<String, Value>) -> Result<Ticket, Refusal> {
    let token = query.get("token").and_then(Value::as_str).unwrap_or_default();
    state.admit_ticket(token).map_err(|why| Refusal::because("ACCESS_DENIED", why.to_string()))
}

/// `/~code`: a file, or the files of a folder, for whoever knows the link.
pub(super) fn linked(state: &state::State, code: &str) -> Response {
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

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

fn gone() -> Response {
    (StatusCode::NOT_FOUND, "there is no such file").into_response()
}

/// A version of a file, to look at or to keep.
fn content(state: &state::State, file: &Object, version: &Version, inline: bool) -> Response {
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
struct Form {
    texts: Map<String, Value>,
    files: Vec<(String, Bytes)>,
}

impl Form {
    async fn read(request: Request) -> Result<Self, String> {
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
