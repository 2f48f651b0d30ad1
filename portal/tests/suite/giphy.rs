use b24_portal::Portal;
use serde_json::{Value, json};

use crate::bot::{Bot, fetch};

#[tokio::test]
async fn pictures_are_found_in_pages_and_their_links_work() {
    let bot = Bot::install_on(Portal::builder().revision(32).start().await.expect("a portal")).await;
    let find = async |limit: u64, offset: u64| {
        let params = json!({"filter": {"search": "happy cat"}, "limit": limit, "offset": offset});
        bot.ok("imbot.Giphy.list", params).await
    };
    let page = find(3, 2).await;
    assert_eq!(page.as_array().map(Vec::len), Some(3));
    assert_eq!(page[0], find(1, 2).await[0]);
    assert_eq!(find(3, 1000).await, json!([]));
    for name in ["preview", "original"] {
        let url = page[0][name].as_str().expect("an address");
        let picture = fetch(url).await.expect("a picture");
        assert_eq!(
            (picture.status(), &picture.headers()["content-type"]),
            (200.try_into().expect("a status"), &"image/svg+xml".try_into().expect("a type"))
        );
        assert!(picture.text().await.expect("a drawing").contains("happy cat"));
    }
}

#[tokio::test]
async fn popular_pictures_need_no_words() {
    let bot = Bot::install_on(Portal::builder().revision(31).start().await.expect("a portal")).await;
    let pictures = bot.ok("imbot.Giphy.listPopular", json!({})).await;
    assert!(pictures.as_array().is_some_and(|pictures| !pictures.is_empty()));
    assert_eq!(
        bot.error("imbot.Giphy.list", json!({"filter": {"search": "x"}})).await,
        "ERROR_METHOD_NOT_FOUND",
        "newer"
    );
}

#[tokio::test]
async fn words_cannot_draw_on_the_picture() {
    let bot = Bot::install_on(Portal::builder().revision(32).start().await.expect("a portal")).await;
    let params = json!({"filter": {"search": "<script>/&x"}, "limit": 1});
    let pictures: Value = bot.ok("imbot.Giphy.list", params).await;
    let picture = fetch(pictures[0]["original"].as_str().expect("an address")).await.expect("a picture");
    let drawing = picture.text().await.expect("a drawing");
    assert!(drawing.contains("&lt;script&gt;/&amp;x") && !drawing.contains("<script"), "{drawing}");
}
