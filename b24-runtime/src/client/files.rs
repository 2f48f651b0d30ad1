//! Files on their way to a portal and from it, piece by piece: none is ever whole in memory.

mod content;
mod download;

use std::time::Duration;

use reqwest::Body;

use super::{
    Cause, Client, Error, limiter,
    transport::{Answer, connections},
};
use crate::{
    request::Request,
    wire::{Base64, FromNode, Node},
};

pub use content::Content;
pub use download::Download;

/// A large file takes its time.
const UPLOAD_TIMEOUT: Duration = Duration::from_hours(1);

impl Client {
    /// Makes a call that brings a file, in Base64 as all of them take it: `content` goes where the request has
    /// [`Base64::STREAMED`]. For `imbot.v2.File.upload`, `disk.folder.uploadFile`, `disk.file.uploadVersion` and
    /// their like.
    ///
    /// ```
    /// # use b24_runtime::{Client, Content, Error, api::imbot::v2::file, types::DialogId, wire::Base64};
    /// # async fn example(client: Client, dialog: DialogId, file: tokio::net::TcpStream) -> Result<(), Error> {
    /// let fields = file::UploadFields::new("report.pdf", Base64::from_text(Base64::STREAMED)).message("As promised");
    /// let sent = client.upload(file::upload(dialog, fields), Content::reader(file)).await?;
    /// println!("{}", sent.message_id);
    /// # Ok(()) }
    /// ```
    ///
    /// A content is read once, so this call is never repeated. The client of an application makes a small call
    /// (`app.info`) before it, so that the token is good.
    ///
    /// # Errors
    /// As [`Client::call`]; a content that cannot be read breaks the connection.
    pub async fn upload<R: Request>(&self, request: R, content: Content) -> Result<R::Output, Error> {
        let method = R::METHOD;
        let fail = |cause| Error::new(method.name, cause);
        let mut params = self.prepare(method, request.into_params()).await?;
        if self.transport.session.is_of_application() {
            self.call_raw("app.info", serde_json::Value::Null).await?;
        }
        self.transport.limiter.admit(method.name, self.manner.priority, &limiter::lane()).await;
        let (address, token) = self.transport.session.address(method.name, method.rest3);
        if let Some(token) = token {
            params.insert("auth".to_owned(), token.expose().into());
        }
        let text = serde_json::Value::Object(params).to_string();
        let Some((before, after)) = around_content(&text) else {
            let message = "one value of the request must be Base64::STREAMED: there the content goes";
            return Err(fail(Cause::Invalid(message.to_owned())));
        };
        let (body, length) = content.in_base64(before, after);
        let http = connections().map_err(|error| fail(Cause::Connection(error)))?;
        let request = http.post(address.expose()).header("content-type", "application/json").timeout(UPLOAD_TIMEOUT);
        let request = match length {
            Some(length) => request.header("content-length", length),
            None => request,
        };
        let exchange = self.transport.exchange(method.name, Some(method), request.body(body));
        let Answer { result, .. } = self.effects.note(method.idempotent, exchange).await?;
        R::Output::from_node(Node::Json(&result)).map_err(|error| fail(Cause::Decode(error)))
    }

    /// Sends a file to the address that `disk.folder.uploadFile` answers when it is called without a content: the way
    /// for what is too large for a call.
    ///
    /// ```
    /// # use b24_runtime::{Client, Content, Error, Request, api::disk::folder, types::{DiskObjectId, DiskUploadResult}};
    /// # async fn example(client: Client, film: tokio::net::TcpStream) -> Result<(), Error> {
    /// let request = folder::upload_file(DiskObjectId(5));
    /// if let DiskUploadResult::DiskUploadTarget(target) = client.call(request).await? {
    ///     let file = client.upload_to(&target, "film.mp4", Content::reader(film)).await?;
    ///     println!("{}", file.id);
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// As [`Client::upload`]; an address is good for about an hour.
    #[cfg(feature = "disk")]
    pub async fn upload_to(
        &self,
        target: &crate::types::DiskUploadTarget,
        name: &str,
        content: Content,
    ) -> Result<crate::types::DiskFile, Error> {
        use reqwest::multipart::{Form, Part};

        const NAME: &str = "disk.folder.uploadFile";
        let fail = |cause| Error::new(NAME, cause);
        let (body, length) = content.into_body();
        let part = match length {
            Some(length) => Part::stream_with_length(body, length),
            None => Part::stream(body),
        };
        let form = Form::new().part(target.field.clone(), part.file_name(name.to_owned()));
        let http = connections().map_err(|error| fail(Cause::Connection(error)))?;
        let request = http.post(self.on_portal(&target.upload_url)).multipart(form).timeout(UPLOAD_TIMEOUT);
        let Answer { result, .. } = self.effects.note(false, self.transport.exchange(NAME, None, request)).await?;
        FromNode::from_node(Node::Json(&result)).map_err(|error| fail(Cause::Decode(error)))
    }

    /// Begins to load a file from an address that the portal gave: `imbot.v2.File.download`, the `download_url` of a
    /// file of the drive, the `url_download` of a file in a message. Such an address holds its own proof: nothing of
    /// this client's is sent along, so it may lead to any server.
    ///
    /// ```
    /// # use b24_runtime::{Client, Error, api};
    /// # async fn example(client: Client, id: i64) -> Result<(), Box<dyn std::error::Error>> {
    /// let address = client.call(api::imbot::v2::file::download(id)).await?.download_url;
    /// let mut copy = Vec::new(); // or a file
    /// let size = client.download(&address).await?.write_to(&mut copy).await?;
    /// # assert_eq!(size as usize, copy.len());
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// When the server cannot be reached or does not give the file.
    pub async fn download(&self, address: &str) -> Result<Download, Error> {
        Download::begin(&self.on_portal(address), self.manner.repeats).await
    }

    /// Some addresses begin with the path.
    fn on_portal(&self, address: &str) -> String {
        let portal = if address.starts_with('/') { self.transport.session.portal() } else { String::new() };
        portal + address
    }
}

/// A request without its content: what is sent before it and after it. A text that a person typed is never taken for the
/// place: it would have to be the whole of a value.
fn around_content(text: &str) -> Option<(String, String)> {
    let place = format!("\"{}\"", Base64::STREAMED);
    let (before, after) = text.split_once(&place)?;
    (!after.contains(&place)).then(|| (format!("{before}\""), format!("\"{after}")))
}

impl Content {
    /// The pieces as they are, and how many bytes they have together where that is known.
    #[cfg(feature = "disk")]
    fn into_body(self) -> (Body, Option<u64>) {
        (Body::wrap_stream(self.pieces), self.length)
    }

    fn in_base64(self, before: String, after: String) -> (Body, Option<u64>) {
        let around = (before.len() + after.len()) as u64;
        let length = self.length.map(|length| length.div_ceil(3) * 4 + around);
        (Body::wrap_stream(self.encoded(before, after)), length)
    }
}
