//! An ordinary user of an application, who calls with a token of one's own.

use b24_portal::User;
use reqwest::redirect;
use serde_json::Value;

use crate::bot::Bot;

/// Somebody who has let an application in.
pub(crate) struct Member<'a> {
    bot: &'a Bot,
    pub(crate) user: User,
    token: String,
}

impl Bot {
    /// The person with this name, who authorizes the application.
    pub(crate) async fn member(&self, name: &str) -> Member<'_> {
        let user = self.portal.user(name);
        let client = reqwest::Client::builder().no_proxy().tls_certs_only([]).redirect(redirect::Policy::none());
        let client = client.build().expect("a client");
        let door = format!("{}/oauth/authorize/", self.portal.url());
        let id = user.id().to_string();
        let query = [("client_id", self.app.client_id.as_str()), ("redirect_uri", "http://x.example/"), ("user", &id)];
        let sent = client.get(door).query(&query).send().await.expect("an answer");
        let back =
            sent.headers()["location"].to_str().expect("an address").parse::<reqwest::Url>().expect("an address");
        let code = back.query_pairs().find(|(name, _)| name == "code").expect("a code").1.into_owned();
        let query = [
            ("grant_type", "authorization_code"),
            ("client_id", self.app.client_id.as_str()),
            ("client_secret", self.app.client_secret.as_str()),
            ("code", code.as_str()),
        ];
        let bought = client.get(format!("{}/oauth/token/", self.portal.url())).query(&query).send().await;
        let grant: Value = bought.expect("an answer").json().await.expect("JSON");
        let token = grant["access_token"].as_str().expect("a token").to_owned();
        Member { bot: self, user, token }
    }
}

impl Member<'_> {
    pub(crate) fn id(&self) -> u64 {
        self.user.id().0
    }

    pub(crate) async fn call(&self, method: &str, mut params: Value) -> (u16, Value) {
        params["auth"] = self.token.as_str().into();
        self.bot.post(&format!("{}/rest/{method}", self.bot.portal.url()), &params).await
    }

    /// The result of a call that must work.
    pub(crate) async fn ok(&self, method: &str, params: Value) -> Value {
        let (status, mut answer) = self.call(method, params).await;
        assert_eq!(status, 200, "{method}: {answer}");
        answer["result"].take()
    }

    /// Status and error code of a call that must not.
    pub(crate) async fn refused(&self, method: &str, params: Value) -> (u16, String) {
        let (status, answer) = self.call(method, params).await;
        (status, answer["error"].as_str().unwrap_or_default().to_owned())
    }
}
