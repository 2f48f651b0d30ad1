use axum::{
    extract::{Path, RawQuery},
    http::header,
    response::{IntoResponse, Response},
};

/// A picture of some words: it moves, and each number has colours of its own.
pub(super) async fn picture(Path((number, words)): Path<(u32, String)>, RawQuery(query): RawQuery) -> Response {
    let size = if query.as_deref() == Some("small") { 100 } else { 400 };
    let (from, to) = (number.wrapping_mul(47) % 360, number.wrapping_mul(47).wrapping_add(140) % 360);
    let words: String = words.chars().take(30).map(escaped).collect();
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{size}\" height=\"{size}\" viewBox=\"0 0 100 100\">\
         <rect width=\"100\" height=\"100\" fill=\"hsl({from} 70% 55%)\"/>\
         <circle cx=\"50\" cy=\"50\" r=\"30\" fill=\"hsl({to} 80% 60%)\">\
         <animate attributeName=\"r\" values=\"20;42;20\" dur=\"2s\" repeatCount=\"indefinite\"/></circle>\
         <text x=\"50\" y=\"54\" font-family=\"sans-serif\" font-size=\"10\" text-anchor=\"middle\" \
         textLength=\"90\" lengthAdjust=\"spacingAndGlyphs\" fill=\"#fff\">{words}</text></svg>"
    );
    ([(header::CONTENT_TYPE, "image/svg+xml")], svg).into_response()
}

fn escaped(letter: char) -> String {
    match letter {
        '&' => "&amp;".to_owned(),
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        letter if letter.is_control() => " ".to_owned(),
        letter => letter.to_string(),
    }
}
