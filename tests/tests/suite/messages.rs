//! Rules that the builders know, and calls that are refused before anything is sent.

use std::{io::ErrorKind, net::TcpListener};

use b24_runtime::{
    Cause, Client, api,
    message::{Action, Attach, Button, File, GridItem, Image, Keyboard, Link, Menu, Person, Reply, Rgb, Target, Text},
    types::{BotProperties, Color, UserId},
    wire::ToValue,
};

const LIMIT: usize = 30 * 1024;

fn size(value: impl ToValue) -> usize {
    value.to_value().to_string().len()
}

mod sizes {
    use super::*;

    fn letters(count: usize) -> String {
        "x".repeat(count)
    }

    /// Builds with so much text that the JSON has exactly `bytes`.
    fn of_size<T: ToValue>(bytes: usize, build: impl Fn(String) -> T) -> T {
        let around = size(build(letters(1))) - 1;
        build(letters(bytes - around))
    }

    #[test]
    fn an_attachment_may_fill_the_limit_and_not_a_byte_more() {
        let attach = |bytes| of_size(bytes, |text| Attach::new().id(1).message(text));
        assert_eq!(size(attach(LIMIT)), LIMIT);
        assert_eq!(attach(LIMIT).check(), Ok(()));
        assert_eq!(
            attach(LIMIT + 1).check().unwrap_err().to_string(),
            "the attachment has 30721 bytes, at most 30720 are allowed; split it over several messages"
        );
    }

    #[test]
    fn a_keyboard_may_fill_the_limit_and_not_a_byte_more() {
        let keyboard = |bytes| {
            of_size(bytes, |text| Keyboard::new().button(Button::new(text, Target::link("https://example.com"))))
        };
        assert_eq!(keyboard(LIMIT).check(), Ok(()));
        assert_eq!(
            keyboard(LIMIT + 1).check().unwrap_err().to_string(),
            "the keyboard has 30721 bytes, at most 30720 are allowed; split it over several messages"
        );
    }

    #[test]
    fn a_menu_may_fill_the_limit_and_not_a_byte_more() {
        let menu = |bytes| of_size(bytes, |text| Menu::new().item(text, Target::link("https://example.com")));
        assert_eq!(menu(LIMIT).check(), Ok(()));
        assert_eq!(
            menu(LIMIT + 1).check().unwrap_err().to_string(),
            "the menu has 30721 bytes, at most 30720 are allowed; split it over several messages"
        );
    }

    #[test]
    fn bytes_are_counted_not_letters() {
        let cyrillic = Attach::text("ж".repeat(LIMIT / 2));
        assert!(cyrillic.check().is_err(), "{} bytes passed", size(cyrillic));
    }

    #[test]
    fn the_parts_of_a_reply_are_counted_apart() {
        let attach = of_size(LIMIT, |text| Attach::new().message(text));
        let menu = of_size(LIMIT, |text| Menu::new().item(text, Target::link("https://example.com")));
        assert_eq!(Reply::text("both are large").attach(attach).menu(menu).check(), Ok(()));
    }
}

mod captions {
    use super::*;

    #[allow(clippy::needless_pass_by_value, reason = "a call reads better without ampersands")]
    fn refused(reply: Reply) -> String {
        reply.check().unwrap_err().to_string()
    }

    #[test]
    fn a_message_needs_text() {
        assert_eq!(refused(Reply::text("")), "a message needs text");
        assert_eq!(refused(Reply::default().attach(Attach::text("x"))), "a message needs text");
    }

    #[test]
    fn a_button_needs_a_caption_and_something_to_do() {
        assert_eq!(refused(Reply::text("x").button("", Target::link("https://a"))), "a button needs a caption");
        assert_eq!(refused(Reply::text("x").button("Go", Target::link(""))), "the button \"Go\" needs an address");
        assert_eq!(
            refused(Reply::text("x").button("Go", Target::command("", "1"))),
            "the button \"Go\" needs a command"
        );
    }

    #[test]
    fn a_mistake_in_a_later_button_is_found_too() {
        let keyboard = Keyboard::new()
            .button(Button::new("Fine", Target::link("https://a")))
            .row()
            .button(Button::new("Broken", Target::link("")));
        assert_eq!(refused(Reply::text("x").keyboard(keyboard)), "the button \"Broken\" needs an address");
    }

    #[test]
    fn a_menu_item_needs_a_caption_and_something_to_do() {
        let menu = |text: &str, target| Reply::text("x").menu(Menu::new().item(text, target));
        assert_eq!(refused(menu("", Target::link("https://a"))), "a menu item needs a caption");
        assert_eq!(refused(menu("Go", Target::link(""))), "the menu item \"Go\" needs an address");
    }

    #[test]
    fn an_attachment_needs_blocks_that_say_something() {
        let attach = |attach| refused(Reply::text("x").attach(attach));
        assert_eq!(attach(Attach::new()), "an attachment needs blocks");
        assert_eq!(attach(Attach::text("")), "the text in block 1 of the attachment is empty");
        assert_eq!(
            attach(Attach::text("x").user(Person::new(""))),
            "the person in block 2 of the attachment needs a name"
        );
        assert_eq!(
            attach(Attach::new().link(Link::to_user("", 1))),
            "the link in block 1 of the attachment needs a title"
        );
        assert_eq!(attach(Attach::new().grid([])), "the grid in block 1 of the attachment has no items");
        assert_eq!(
            attach(Attach::new().grid([GridItem::line("a", ""), GridItem::line("", "")])),
            "item 2 of the grid in block 1 of the attachment needs a name or a value"
        );
    }

    #[test]
    fn a_block_tells_which_address_is_none() {
        let refused = |attach: Attach| attach.check().unwrap_err().to_string();
        assert_eq!(
            refused(Attach::new().link(Link::to_page("Title", ""))),
            "the link in block 1 of the attachment needs an address"
        );
        assert_eq!(
            refused(Attach::new().image(Image::new("example.com/a.png"))),
            "the picture in block 1 of the attachment has the address \"example.com/a.png\": it must begin with \
             http://, https:// or /"
        );
        assert_eq!(
            refused(Attach::new().files([File::new("/a"), File::new("ftp://b")])),
            "item 2 of the file in block 1 of the attachment has the address \"ftp://b\": it must begin with http://, \
             https:// or /"
        );
        let preview = Attach::new().image(Image::new("HTTPS://example.com/a.png").preview("data:image/png,"));
        assert!(preview.check().is_err());
    }

    #[test]
    fn a_click_on_a_block_leads_to_one_place() {
        let person = Attach::new().user(Person::new("Ann").user(5).page("https://example.com"));
        assert_eq!(
            person.check().unwrap_err().to_string(),
            "the person in block 1 of the attachment leads to several places, a click can lead to one"
        );
    }

    #[test]
    fn a_block_uses_the_codes_that_attachments_know() {
        let fine = Text::new().bold("b").user(UserId(5), "Ann").send("/help", "help").link("https://a", "a");
        assert_eq!(Attach::text(fine.clone()).check(), Ok(()));
        assert_eq!(
            Attach::text(fine.code("x")).check().unwrap_err().to_string(),
            "the text in block 1 of the attachment uses [code], which attachments do not know; put it into the message"
        );
        let value = Text::new().bold(Text::new().icon("https://a", 20, "a"));
        assert_eq!(
            Attach::new().grid([GridItem::line("a", value)]).check().unwrap_err().to_string(),
            "the grid in block 1 of the attachment uses [icon], which attachments do not know; put it into the message"
        );
    }

    #[test]
    fn a_button_leads_to_an_address_and_acts_with_something() {
        assert_eq!(
            refused(Reply::text("x").button("Go", Target::link("javascript:alert(1)"))),
            "the button \"Go\" has the address \"javascript:alert(1)\": it must begin with http://, https:// or /"
        );
        assert_eq!(
            refused(Reply::text("x").button("Go", Target::action(Action::Copy(String::new())))),
            "the button \"Go\" needs something to act with"
        );
    }

    #[test]
    fn a_grid_shows_all_its_items_in_one_way() {
        let mixed = Attach::new().grid([GridItem::line("a", "1"), GridItem::block("b", "2")]);
        assert_eq!(
            mixed.check().unwrap_err().to_string(),
            "the grid in block 1 of the attachment mixes ways to show its items: make a grid of each"
        );
    }
}

mod texts {
    use super::*;

    /// What a person reads: without the invisible separators.
    fn read(text: &Text) -> String {
        text.as_str().replace('\u{200b}', "")
    }

    #[test]
    fn what_a_person_typed_is_shown_as_typed() {
        for typed in [
            "[b]bold?[/b]",
            "[USER=1]Boss[/USER]",
            "[send=/rm]ok[/send]",
            "line#br#line",
            ">>quoted?",
            "first\n>>second",
            "------",
            "a < b & c > d [1] [ ] {x}",
        ] {
            let shown = Text::plain(typed);
            assert_eq!(read(&shown), typed, "a character was lost or added");
            for code in ["[b]", "[/b]", "[USER", "[send", "#br#", "\n>>"] {
                assert!(!shown.as_str().contains(code), "{code} of {typed:?} is still a code");
            }
            assert!(
                !shown.as_str().starts_with(">>") && !shown.as_str().starts_with("-----"),
                "{typed:?} begins a code"
            );
        }
    }

    #[test]
    fn what_is_no_code_is_left_alone() {
        for typed in ["a[0] = 1", "[1]", "#1", "1 > 0", "--", "e-mail", "привет"] {
            assert_eq!(Text::plain(typed).as_str(), typed);
        }
    }

    #[test]
    fn a_code_does_not_form_across_two_pieces() {
        let text = Text::plain(">").push(">fake").push("\n-").push("-----");
        assert!(!text.as_str().starts_with(">>"), "{text:?}");
        assert!(!text.as_str().contains("\n-----"), "{text:?}");
        let text = Text::plain("[").push("b]bold[").push("/b]");
        assert!(!text.as_str().contains("[b]") && !text.as_str().contains("[/b]"), "{text:?}");
        let text = Text::plain("#").push("br#");
        assert!(!text.as_str().contains("#br#"), "{text:?}");
    }

    #[test]
    fn the_label_of_a_link_is_plain_text_and_its_address_cannot_break_out() {
        let text = Text::new().link("https://example.com/?a[]=1 2", "[b]x[/b]");
        assert_eq!(text.as_str(), "[URL=https://example.com/?a%5B%5D=1%202][\u{200b}b]x[\u{200b}/b][/URL]");
    }

    #[test]
    fn a_quotation_marks_each_of_its_lines() {
        let text = Text::plain("He wrote").quote("one\ntwo").push("really");
        assert_eq!(text.as_str(), "He wrote\n>>one\n>>two\nreally");
    }

    #[test]
    fn the_codes_of_the_course_are_written_as_there() {
        let text = Text::new()
            .send("text", "button name")
            .newline()
            .put("/search", "Enter search string")
            .newline()
            .call("+4912345", "Call")
            .newline()
            .icon("http://files.shelenkov.com/images/unicorn.png", 30, "Unicorn");
        assert_eq!(
            text.as_str(),
            "[SEND=text]button name[/SEND]\n[PUT=/search]Enter search string[/PUT]\n[CALL=+4912345]Call[/CALL]\n\
             [icon=http://files.shelenkov.com/images/unicorn.png size=30 title=Unicorn]"
        );
    }
}

mod colors {
    use super::*;

    #[test]
    fn a_colour_is_read_in_six_and_in_three_digits() {
        for (text, color) in
            [("#29619b", 0x0029_619b), ("#29619B", 0x0029_619b), ("#fff", 0x00ff_ffff), ("#1a2", 0x0011_aa22)]
        {
            assert_eq!(text.parse(), Ok(Rgb::new(color)), "{text}");
        }
    }

    #[test]
    fn a_colour_is_written_with_all_its_zeros() {
        assert_eq!(Rgb::new(0x00_00_0f).to_string(), "#00000f");
    }

    #[test]
    fn what_is_no_colour_is_refused() {
        for text in ["29619b", "#29619", "#ggg", "", "#", "#1234567", "red", "#жж", "#+12"] {
            assert!(text.parse::<Rgb>().is_err(), "{text:?} was read as {:?}", text.parse::<Rgb>());
        }
    }

    #[test]
    fn a_named_colour_knows_its_digits() {
        assert_eq!(Color::Azure.hex(), Some("#29619b"));
        assert_eq!(Color::from("ULTRAVIOLET").hex(), None);
        assert!(Color::KNOWN.iter().all(|(_, color)| color.hex().is_some_and(|hex| hex.parse::<Rgb>().is_ok())));
    }
}

mod refusals {
    use super::*;

    /// An address where nobody answers, and the proof that nobody was asked.
    struct Unreachable(TcpListener);

    impl Unreachable {
        fn new() -> Self {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            listener.set_nonblocking(true).unwrap();
            Self(listener)
        }

        fn client(&self) -> Client {
            Client::webhook(&format!("http://{}/rest/1/code/", self.0.local_addr().unwrap())).unwrap()
        }

        #[track_caller]
        fn assert_not_asked(&self) {
            let connection = self.0.accept().map(|_| ());
            assert_eq!(connection.unwrap_err().kind(), ErrorKind::WouldBlock, "the portal was called");
        }
    }

    async fn refusal<R: b24_runtime::Request>(request: R) -> String {
        let portal = Unreachable::new();
        let Err(error) = portal.client().call(request).await else { panic!("the call was made") };
        portal.assert_not_asked();
        assert!(matches!(error.cause(), Cause::Invalid(_)), "{error}");
        assert!(!error.is_outcome_unknown(), "nothing was sent, so nothing happened");
        error.to_string()
    }

    #[tokio::test]
    async fn a_bot_without_a_name_is_not_registered() {
        let request = api::imbot::register("https://example.com", "newbot", BotProperties::new().color(Color::Mint));
        assert_eq!(refusal(request).await, "imbot.register: not sent: one of NAME, LAST_NAME in PROPERTIES is needed");
    }

    #[tokio::test]
    async fn a_bot_is_not_updated_to_have_no_name() {
        let fields = api::imbot::UpdateFields::new("https://example.com", BotProperties::new());
        assert_eq!(
            refusal(api::imbot::update(fields).bot_id(39)).await,
            "imbot.update: not sent: one of NAME, LAST_NAME in FIELDS.PROPERTIES is needed"
        );
    }

    #[tokio::test]
    async fn an_update_of_a_command_that_changes_nothing_is_not_sent() {
        assert_eq!(
            refusal(api::imbot::command::update(13, api::imbot::command::UpdateFields::new())).await,
            "imbot.command.update: not sent: one of COMMAND, EVENT_COMMAND_ADD, HIDDEN, EXTRANET_SUPPORT, LANG in FIELDS is needed"
        );
    }

    #[tokio::test]
    async fn what_is_too_large_is_not_sent() {
        let large = "x".repeat(LIMIT);
        let add = || api::imbot::message::add(UserId(1), "text");
        let attach = refusal(add().attach(Attach::text(large.as_str()))).await;
        assert!(attach.starts_with("imbot.message.add: not sent: ATTACH has "), "{attach}");
        assert!(attach.ends_with("at most 30720 are allowed (ATTACH_OVERSIZE)"), "{attach}");
        let keyboard = Keyboard::new().button(Button::new(large.as_str(), Target::link("https://a")));
        let keyboard = refusal(add().keyboard(keyboard)).await;
        assert!(keyboard.ends_with("(KEYBOARD_OVERSIZE)"), "{keyboard}");
        let menu = refusal(add().menu(Menu::new().item(large.as_str(), Target::link("https://a")))).await;
        assert!(menu.ends_with("(MENU_OVERSIZE)"), "{menu}");
    }

    #[tokio::test]
    async fn raw_parameters_that_are_no_object_are_not_sent() {
        let portal = Unreachable::new();
        let error = portal.client().call_raw("crm.deal.list", serde_json::json!([1])).await.unwrap_err();
        portal.assert_not_asked();
        assert_eq!(error.to_string(), "crm.deal.list: not sent: the parameters must be a JSON object");
    }

    #[tokio::test]
    async fn a_sound_call_to_a_portal_that_is_gone_says_so() {
        let portal = Unreachable::new();
        let client = portal.client();
        drop(portal);
        let error = client.call(api::imbot::bot::list()).await.unwrap_err();
        assert!(matches!(error.cause(), Cause::Connection(_)), "{error}");
        assert!(error.to_string().starts_with("imbot.bot.list: no connection: "), "{error}");
        assert!(!error.to_string().contains("code"), "the address of a webhook is a secret: {error}");
    }

    #[test]
    fn what_is_no_address_of_a_webhook_is_refused() {
        for address in [
            "",
            "example.com",
            "https://example.com/",
            "https://example.com/rest/",
            "https://example.com/rest/x/code/",
            "ftp://example.com/rest/1/code/",
        ] {
            let error = Client::webhook(address).unwrap_err().to_string();
            assert!(error.contains("https://portal/rest/1/code/"), "{address}: {error}");
        }
    }
}
