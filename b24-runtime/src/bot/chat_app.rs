use std::{fmt, future::Future, sync::Arc};

use super::{Frame, Page, Result};
use crate::{
    Failure,
    api::imbot::app::{self, RegisterContent},
    future::BoxFuture,
    types::{AppContext, AppJsMethod, AppTranslation, Language, Secret},
    wire::Base64,
};

/// A chat application: an icon beside the input field that does something, or opens a page of the bot
/// (`imbot.app.register`). The older messenger shows it; in the newer one widgets take its place, except in chats of
/// open lines.
///
/// It is registered with the bot by [`Router::app`](crate::Router::app), and changed when the code changes. It needs a
/// title in English.
///
/// ```
/// use std::sync::Arc;
///
/// use b24_runtime::{Bot, ChatApp, Frame, Page, Profile, Router, types::AppContext};
///
/// struct Notes;
///
/// impl Bot for Notes {
///     fn router() -> Router<Self> {
///         Router::new(Profile::new("notes", "Notes"))
///             .app(ChatApp::put("note", "/note").title("en", "Make a note"))
///             .app(
///                 ChatApp::page("notes", |_: Arc<Self>, frame: Frame| async move {
///                     Ok(Page::new("Notes").body(format!("<p>Notes of user {}</p>", frame.user)))
///                 })
///                 .title("en", "Notes")
///                 .size(350, 260)
///                 .shown_in(AppContext::User),
///             )
///     }
/// }
/// ```
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own in the API")]
pub struct ChatApp<S> {
    pub(crate) code: String,
    deed: Deed<S>,
    context: AppContext,
    icon: Option<Base64>,
    size: Option<(i64, i64)>,
    is_hidden: bool,
    is_popup: bool,
    extranet: bool,
    livechat: bool,
    texts: Vec<(String, Texts)>,
}

#[derive(Debug, Default)]
struct Texts {
    title: String,
    description: String,
    copyright: String,
}

enum Deed<S> {
    Script(AppJsMethod, String),
    Page(Opener<S>),
}

type Opener<S> = Box<dyn Fn(Arc<S>, Frame) -> BoxFuture<'static, Result<Page>> + Send + Sync>;

/// Puts on what an application has: registering and changing take the same, each as a type of its own.
macro_rules! dress {
    ($request:expr, $app:ident) => {{
        let mut request = $request
            .context($app.context.clone())
            .extranet_support($app.extranet)
            .livechat_support($app.livechat)
            .iframe_popup($app.is_popup)
            .lang($app.translations());
        if let Some(icon) = &$app.icon {
            request = request.icon_file(icon.clone());
        }
        if let Some((width, height)) = $app.size {
            request = request.iframe_width(width).iframe_height(height);
        }
        request
    }};
}

impl<S> ChatApp<S> {
    fn new(code: impl Into<String>, deed: Deed<S>) -> Self {
        Self {
            code: code.into(),
            deed,
            context: AppContext::All,
            icon: None,
            size: None,
            is_hidden: false,
            is_popup: false,
            extranet: false,
            livechat: false,
            texts: Vec::new(),
        }
    }

    /// Puts a command into the input field: Latin letters, digits and `-`, `+`, `_`, `/`.
    pub fn put(code: impl Into<String>, command: impl Into<String>) -> Self {
        Self::new(code, Deed::Script(AppJsMethod::Put, command.into()))
    }

    /// Says a command for the person who clicks: Latin letters, digits and `-`, `+`, `_`, `/`.
    pub fn send(code: impl Into<String>, command: impl Into<String>) -> Self {
        Self::new(code, Deed::Script(AppJsMethod::Send, command.into()))
    }

    /// Calls a phone number.
    pub fn call(code: impl Into<String>, number: impl Into<String>) -> Self {
        Self::new(code, Deed::Script(AppJsMethod::Call, number.into()))
    }

    /// Opens a dialog with an open line, by its code of 32 characters.
    pub fn support(code: impl Into<String>, line: impl Into<String>) -> Self {
        Self::new(code, Deed::Script(AppJsMethod::Support, line.into()))
    }

    /// Opens a page in a frame. It is asked for at the address that takes events, which needs HTTPS, and the handler
    /// is called only when the portal's signature of its address and of the user is right.
    pub fn page<F>(code: impl Into<String>, handler: impl Fn(Arc<S>, Frame) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<Page>> + Send + 'static,
    {
        Self::new(code, Deed::Page(Box::new(move |state, frame| Box::pin(handler(state, frame)))))
    }

    /// What it is called, in a language (`en`, `ru`, …).
    pub fn title(mut self, language: &str, text: impl Into<String>) -> Self {
        self.text(language).title = text.into();
        self
    }

    /// What it does, in a language.
    pub fn description(mut self, language: &str, text: impl Into<String>) -> Self {
        self.text(language).description = text.into();
        self
    }

    /// Whose it is, in a language.
    pub fn copyright(mut self, language: &str, text: impl Into<String>) -> Self {
        self.text(language).copyright = text.into();
        self
    }

    /// The icon: the bytes of a PNG picture of 108 by 66 pixels. Without it the application stands in a common list.
    pub fn icon(mut self, image: impl AsRef<[u8]>) -> Self {
        self.icon = Some(Base64::encode(image));
        self
    }

    /// In which chats it is shown, all if it is not said.
    pub fn shown_in(mut self, context: AppContext) -> Self {
        self.context = context;
        self
    }

    /// The wished size of the page in pixels, at least 250 by 50. There may be less room.
    pub fn size(mut self, width: u32, height: u32) -> Self {
        self.size = Some((width.max(250).into(), height.max(50).into()));
        self
    }

    /// Opened by [buttons](crate::message::Target::app) alone. It cannot be changed later.
    pub fn hidden(mut self) -> Self {
        self.is_hidden = true;
        self
    }

    /// The page stays open in a window of its own when the dialog changes.
    pub fn popup(mut self) -> Self {
        self.is_popup = true;
        self
    }

    /// For extranet users too.
    pub fn extranet(mut self) -> Self {
        self.extranet = true;
        self
    }

    /// For clients in the online chat of a site too.
    pub fn livechat(mut self) -> Self {
        self.livechat = true;
        self
    }

    /// Opens the page.
    pub(crate) fn open(&self, state: Arc<S>, frame: Frame) -> BoxFuture<'static, Result<Page>> {
        match &self.deed {
            Deed::Page(open) => open(state, frame),
            Deed::Script(..) => Box::pin(async { Err(Failure::new("the application has no page")) }),
        }
    }

    #[expect(deprecated, reason = "the newer bot API has no chat applications")]
    pub(super) fn register(&self, page: &str, hash: &Secret) -> app::Register {
        let content = match &self.deed {
            Deed::Script(method, param) => {
                RegisterContent::JsMethodAndJsParam { js_method: method.clone(), js_param: param.clone() }
            }
            Deed::Page(_) => RegisterContent::IframeAndHash { iframe: page.to_owned(), hash: hash.clone() },
        };
        dress!(app::register(content).code(self.code.as_str()).hidden(self.is_hidden), self)
    }

    pub(super) fn changed(&self, page: &str, hash: &Secret) -> app::UpdateFields {
        let fields = app::UpdateFields::new();
        let fields = match &self.deed {
            Deed::Script(method, param) => fields.js_method(method.clone()).js_param(param.as_str()),
            Deed::Page(_) => fields.iframe(page).hash(hash.clone()),
        };
        dress!(fields, self)
    }

    fn translations(&self) -> Vec<AppTranslation> {
        let translation = |(language, texts): &(String, Texts)| {
            let translation =
                AppTranslation::new().language_id(Language::from(language.as_str())).title(texts.title.as_str());
            let Texts { description, copyright, .. } = texts;
            let translation =
                if description.is_empty() { translation } else { translation.description(description.as_str()) };
            if copyright.is_empty() { translation } else { translation.copyright(copyright.as_str()) }
        };
        self.texts.iter().map(translation).collect()
    }

    fn text(&mut self, language: &str) -> &mut Texts {
        let index = self.texts.iter().position(|(known, _)| known == language).unwrap_or_else(|| {
            self.texts.push((language.to_owned(), Texts::default()));
            self.texts.len() - 1
        });
        &mut self.texts[index].1
    }
}

impl<S> fmt::Debug for ChatApp<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChatApp").field("code", &self.code).finish_non_exhaustive()
    }
}
