//! Files, to the portal and from it.

use std::pin::pin;

use axum::http::{StatusCode, header};
use b24_portal::Portal;
use b24_runtime::{
    Cause, Client, Content,
    api::{disk, imbot::v2},
    types::{DialogId, DiskObjectId, DiskUploadResult, UserId},
    wire::Base64,
};
use tokio::io::AsyncWriteExt;

use crate::caller::Caller;

/// Larger than any piece that travels, and different everywhere.
fn film() -> Vec<u8> {
    (0..1_500_001_u32).map(|number| (number.wrapping_mul(2_654_435_761) >> 24) as u8).collect()
}

/// A reader that gives the bytes in small pieces.
fn dripping(bytes: Vec<u8>) -> Content {
    let (mut writer, reader) = tokio::io::duplex(1000);
    tokio::spawn(async move { writer.write_all(&bytes).await });
    Content::reader(reader)
}

async fn folder(client: &Client) -> DiskObjectId {
    let storages = client.call(disk::storage::get_list()).await.unwrap();
    storages.iter().find_map(|storage| storage.root_object_id).unwrap()
}

/// A file to come, under this name.
fn put(folder: DiskObjectId, name: &str) -> disk::folder::UploadFile {
    disk::folder::upload_file(folder).data(disk::folder::UploadFileData::new().name(name))
}

async fn load(client: &Client, address: &str) -> Vec<u8> {
    client.download(address).await.unwrap().bytes(2_000_000).await.unwrap()
}

#[tokio::test]
async fn a_file_goes_to_the_drive_with_a_call_and_comes_back() {
    let caller = Caller::start().await;
    let folder = folder(&caller.client).await;
    let request = put(folder, "film.mp4");
    let request = request.file_content(["film.mp4", Base64::STREAMED]);
    let uploaded = caller.client.upload(request, dripping(film())).await.unwrap();
    let DiskUploadResult::DiskFile(file) = uploaded else { panic!("{uploaded:?}") };
    assert_eq!((file.name.as_deref(), file.size), (Some("film.mp4"), Some(1_500_001)));
    assert!(load(&caller.client, &file.download_url.unwrap()).await == film());
}

#[tokio::test]
async fn a_file_goes_to_an_address_of_the_drive() {
    let caller = Caller::start().await;
    let folder = folder(&caller.client).await;
    for (name, content) in
        [("dripping.mp4", dripping(film())), ("whole.mp4", Content::bytes(film())), ("r&d ü.mp4", dripping(film()))]
    {
        let request = put(folder, name);
        let DiskUploadResult::DiskUploadTarget(target) = caller.client.call(request).await.unwrap() else {
            panic!("no address")
        };
        let file = caller.client.upload_to(&target, name, content).await.unwrap();
        assert_eq!((file.name.as_deref(), file.size), (Some(name), Some(1_500_001)));
        assert!(load(&caller.client, &file.download_url.unwrap()).await == film(), "{name}");
    }
}

/// A bot of the second API.
async fn bot(caller: &Caller) -> Client {
    let properties = v2::bot::RegisterFieldsProperties::new("Librarian");
    let fields = v2::bot::RegisterFields::new("librarian", properties);
    let registered = caller.client.call(v2::bot::register(fields)).await.unwrap();
    caller.client.as_bot(registered.bot.id)
}

#[tokio::test]
async fn a_bot_sends_a_file_and_loads_it_again() {
    let caller = Caller::start().await;
    let bot = bot(&caller).await;
    let fields = v2::file::UploadFields::new("report.pdf", Base64::from_text(Base64::STREAMED))
        .message("-- the content of this file -- as promised");
    let sent = bot.upload(v2::file::upload(DialogId::User(UserId(1)), fields), dripping(film())).await.unwrap();
    assert_eq!((sent.file.name.as_deref(), sent.file.size), (Some("report.pdf"), Some(1_500_001)));

    let address = bot.call(v2::file::download(sent.file.id)).await.unwrap().download_url;
    let mut copy = Vec::new();
    let size = bot.download(&address).await.unwrap().write_to(&mut copy).await.unwrap();
    assert!(size == 1_500_001 && copy == film());
}

#[tokio::test]
async fn a_file_that_is_loaded_can_be_sent_on() {
    let caller = Caller::start().await;
    let folder = folder(&caller.client).await;
    let first = put(folder, "a.bin").file_content(["a.bin", Base64::STREAMED]);
    let DiskUploadResult::DiskFile(file) = caller.client.upload(first, Content::bytes(film())).await.unwrap() else {
        panic!("no file")
    };
    let download = caller.client.download(&file.download_url.unwrap()).await.unwrap();
    let size = download.size().unwrap();
    let second = put(folder, "b.bin").file_content(["b.bin", Base64::STREAMED]);
    let content = Content::stream(download.into_stream()).of_length(size);
    let DiskUploadResult::DiskFile(copy) = caller.client.upload(second, content).await.unwrap() else {
        panic!("no file")
    };
    assert_eq!(copy.size, file.size);
}

#[tokio::test]
async fn an_upload_finds_a_good_token_though_its_content_is_read_once() {
    let caller = Caller::start().await;
    let folder = folder(&caller.client).await;
    caller.portal.advance(std::time::Duration::from_hours(2));
    let request = put(folder, "film.mp4");
    caller.client.upload(request.file_content(["film.mp4", Base64::STREAMED]), dripping(film())).await.unwrap();
    assert_eq!(caller.errors(), ["expired_token"]);
}

#[tokio::test]
async fn an_upload_whose_content_breaks_off_is_told_and_leaves_no_file() {
    let caller = Caller::start().await;
    let folder = folder(&caller.client).await;
    let pieces = [Ok(film()), Err("the disk was taken out")];
    let content = Content::stream(futures_util::stream::iter(pieces));
    let request = put(folder, "film.mp4");
    let error = caller.client.upload(request.file_content(["film.mp4", Base64::STREAMED]), content).await.unwrap_err();
    assert!(error.to_string().contains("the disk was taken out"), "{error}");
    assert!(caller.client.call(disk::folder::get_children(folder)).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_request_without_a_place_for_the_content_is_not_sent() {
    let caller = Caller::start().await;
    let request = put(DiskObjectId(1), "film.mp4");
    let error = caller.client.upload(request, Content::bytes("x")).await.unwrap_err();
    assert!(matches!(error.cause(), Cause::Invalid(_)), "{error}");
    assert_eq!(caller.count("disk.folder.uploadFile"), 0);
}

#[tokio::test]
async fn an_address_that_opens_no_more_is_told() {
    let caller = Caller::start().await;
    let address = format!("{}/rest/download.json?token=forged", caller.portal.url());
    let error = caller.client.download(&address).await.unwrap_err();
    assert_eq!((error.method(), error.code()), ("download", Some("ACCESS_DENIED")));
    assert!(!error.to_string().contains("forged"), "{error}");
}

#[tokio::test]
async fn a_download_is_sent_on_to_a_storage_without_anything_of_the_client() {
    let router = axum::Router::new().fallback(async |request: axum::extract::Request| match request.uri().path() {
        "/file" => Err((StatusCode::FOUND, [(header::LOCATION, "/storage")])),
        _ if request.headers().contains_key(header::AUTHORIZATION) || request.uri().query().is_some() => Ok("a secret"),
        _ => Ok("the file"),
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let client = Client::webhook(&format!("{server}/rest/1/code/")).unwrap();
    for address in [format!("{server}/file"), "/file".to_owned()] {
        let mut download = pin!(client.download(&address).await.unwrap());
        assert_eq!(download.next().await.unwrap().unwrap(), "the file");
    }
}

#[tokio::test]
async fn a_file_that_is_larger_than_wanted_is_not_taken() {
    let portal = Portal::start().await.unwrap();
    let client = Client::webhook(&portal.webhook(1, ["im"])).unwrap();
    let page = client.download(&portal.messenger_url()).await.unwrap();
    assert!(page.bytes(10).await.unwrap_err().to_string().contains("more than 10 bytes"));
}
