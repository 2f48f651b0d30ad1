use super::*;

#[test]
fn a_keyboard_has_links_commands_and_rows() {
    let white: Rgb = "#fff".parse().unwrap();
    let repository = "https://bitbucket.org/Bitrix24com/rest-bot-echotest";
    let keyboard = Keyboard::new()
        .button(
            Button::new("Bitrix24", Target::link("http://bitrix24.com")).color(Rgb::new(0x29_61_9b)).text_color(white),
        )
        .button(Button::new("BitBucket", Target::link(repository)).color(Rgb::new(0x2a_4c_7c)).text_color(white))
        .row()
        .button(Button::new("Echo", Target::command("echo", "test from keyboard")))
        .button(Button::new("List", Target::command("echoList", "")))
        .button(Button::new("Help", Target::command("help", "")));
    assert_eq!(keyboard.check(), Ok(()));
    let message = "Hello! My name is EchoBot :)[br] I designed to answer your questions!";
    assert_sends(
        api::imbot::command::answer(CommandId(14), MessageId(1221), message).keyboard(keyboard),
        "imbot.command.answer",
        // The sample says `#fff`: the same colour in three digits.
        json!({
            "COMMAND_ID": 14,
            "MESSAGE_ID": 1221,
            "MESSAGE": message,
            "KEYBOARD": [
                {"TEXT": "Bitrix24", "LINK": "http://bitrix24.com", "BG_COLOR": "#29619b", "TEXT_COLOR": "#ffffff", "DISPLAY": "LINE"},
                {"TEXT": "BitBucket", "LINK": repository, "BG_COLOR": "#2a4c7c", "TEXT_COLOR": "#ffffff", "DISPLAY": "LINE"},
                {"TYPE": "NEWLINE"},
                {"TEXT": "Echo", "COMMAND": "echo", "COMMAND_PARAMS": "test from keyboard", "DISPLAY": "LINE"},
                {"TEXT": "List", "COMMAND": "echoList", "DISPLAY": "LINE"},
                {"TEXT": "Help", "COMMAND": "help", "DISPLAY": "LINE"}
            ]
        }),
    );
}

#[test]
fn a_button_has_every_key_of_the_list() {
    let button = Button::new("Go", Target::command("page", "1"))
        .color(Rgb::new(0x11_22_33))
        .text_color(Rgb::new(0x44_55_66))
        .width(225)
        .whole_row()
        .locks_keyboard()
        .disabled();
    assert_eq!(
        button.to_value(),
        json!({
            "TEXT": "Go", "COMMAND": "page", "COMMAND_PARAMS": "1", "BG_COLOR": "#112233", "TEXT_COLOR": "#445566",
            "WIDTH": 225, "DISPLAY": "BLOCK", "BLOCK": "Y", "DISABLED": "Y"
        })
    );
}

#[test]
fn a_button_has_what_later_messengers_know() {
    let button = Button::new("Go", Target::link("https://example.com/"))
        .color_token(ColorToken::Primary)
        .off_colors(Rgb::new(0x11_22_33), Rgb::new(0x44_55_66))
        .only_on(ButtonContext::Mobile);
    assert_eq!(
        button.to_value(),
        json!({
            "TEXT": "Go", "LINK": "https://example.com/", "BG_COLOR_TOKEN": "primary", "OFF_BG_COLOR": "#112233",
            "OFF_TEXT_COLOR": "#445566", "CONTEXT": "MOBILE", "DISPLAY": "LINE"
        })
    );
    let item = MenuItem::new("Go", Target::link("https://example.com/")).only_on(ButtonContext::Desktop);
    assert_eq!(item.to_value(), json!({"TEXT": "Go", "LINK": "https://example.com/", "CONTEXT": "DESKTOP"}));
}

#[test]
fn a_button_does_what_the_messenger_can_do_by_itself() {
    for (action, kind, value) in [
        (Action::Put("/search ".into()), "PUT", "/search "),
        (Action::Send("yes".into()), "SEND", "yes"),
        (Action::Copy("code".into()), "COPY", "code"),
        (Action::Call("+4912345".into()), "CALL", "+4912345"),
        (Action::Dialog(ChatId(5).into()), "DIALOG", "chat5"),
        (Action::Dialog(UserId(5).into()), "DIALOG", "5"),
    ] {
        assert_eq!(
            Button::new("Do", action).to_value(),
            json!({"TEXT": "Do", "ACTION": kind, "ACTION_VALUE": value, "DISPLAY": "LINE"})
        );
    }
}

/// The sample calls `im.message.add`; the menu is the same.
#[test]
fn a_menu_has_a_link_a_command_and_an_application() {
    let menu = Menu::new()
        .item("Bitrix24", Target::link("http://bitrix24.com"))
        .item("Echo", Target::command("echo", "test from keyboard"))
        .item("Open app", Target::app(12, "TEST"));
    assert_eq!(menu.check(), Ok(()));
    assert_sends(
        api::imbot::message::add(UserId(12), "Hello! Message with context menu!").menu(menu),
        "imbot.message.add",
        json!({
            "DIALOG_ID": 12,
            "MESSAGE": "Hello! Message with context menu!",
            "MENU": [
                {"TEXT": "Bitrix24", "LINK": "http://bitrix24.com"},
                {"TEXT": "Echo", "COMMAND": "echo", "COMMAND_PARAMS": "test from keyboard"},
                {"TEXT": "Open app", "APP_ID": "12", "APP_PARAMS": "TEST"}
            ]
        }),
    );
}
