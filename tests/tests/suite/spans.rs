//! What incoming text means: BB codes as people, bots and portals write them.

use b24_runtime::{
    message::{LinkTo, Mention, PictureSize, Rgb, Span, Style, Text},
    types::{ChatId, DialogId, UserId},
};

fn plain(text: &str) -> Span {
    Span::Plain(text.to_owned())
}

fn link(to: LinkTo, label: &str) -> Span {
    Span::Link(to, vec![plain(label)])
}

#[test]
fn every_code_of_the_documentation_has_its_meaning() {
    let url = || "https://example.com/a.png".to_owned();
    let styled = |style| Span::Styled(style, vec![plain("x")]);
    for (text, span) in [
        ("[b]x[/b]", styled(Style::Bold)),
        ("[I]x[/i]", styled(Style::Italic)),
        ("[U]x[/U]", styled(Style::Underline)),
        ("[s]x[/s]", styled(Style::Strike)),
        ("[size=20]x[/size]", styled(Style::Size(20))),
        ("[color=#f00]x[/color]", styled(Style::Color(Rgb::new(0xff_00_00)))),
        ("[url=https://example.com/a.png]x[/url]", link(LinkTo::Page(url()), "x")),
        ("[url]https://example.com/a.png[/url]", link(LinkTo::Page(url()), &url())),
        ("[user=5]Marta[/user]", link(LinkTo::User(UserId(5)), "Marta")),
        ("[user=5 replace]Marta[/user]", link(LinkTo::User(UserId(5)), "Marta")),
        ("[user=all]all[/user]", link(LinkTo::Everyone, "all")),
        ("[chat=12]Team[/chat]", link(LinkTo::Chat(ChatId(12)), "Team")),
        ("[chat=imol|7]Help[/chat]", link(LinkTo::Line(7), "Help")),
        ("[context=chat12/345]x[/context]", link(LinkTo::Message(DialogId::Chat(ChatId(12)), 345), "x")),
        ("[call=+4912345]x[/call]", link(LinkTo::Call("+4912345".to_owned()), "x")),
        ("[call]+4912345[/call]", link(LinkTo::Call("+4912345".to_owned()), "+4912345")),
        ("[send=/help]x[/send]", link(LinkTo::Send("/help".to_owned()), "x")),
        ("[send]yes[/send]", link(LinkTo::Send("yes".to_owned()), "yes")),
        ("[put=/say hi]x[/put]", link(LinkTo::Put("/say hi".to_owned()), "x")),
        ("[code]a[b]c[/b]\n>>d[/code]", Span::Code("a[b]c[/b]\n>>d".to_owned())),
        ("[img size=medium]https://example.com/a.png [/img]", Span::Picture { url: url(), size: PictureSize::Medium }),
        (
            "[icon=https://example.com/a.png size=30 title=A unicorn]",
            Span::Icon { url: url(), size: 30, title: "A unicorn".to_owned() },
        ),
        (
            "[timestamp=1645844720 format=SHORT_TIME_FORMAT]",
            Span::Time { seconds: 1_645_844_720, format: "SHORT_TIME_FORMAT".to_owned() },
        ),
        ("[disk=123]", Span::File(123)),
        ("[br]", plain("\n")),
        ("#BR#", plain("\n")),
        (">>one\n>>two", Span::Quote(vec![plain("one\ntwo")])),
        ("------\nAnn [1 May]\nhi\n------\n", Span::Quote(vec![plain("Ann [1 May]\nhi")])),
    ] {
        assert_eq!(Span::read(text), [span], "{text}");
    }
}

#[test]
fn codes_stand_inside_each_other() {
    let spans = Span::read(">>[b]ask [user=5][i]Marta[/i][/user][/b]\nplease");
    let marta = Span::Link(LinkTo::User(UserId(5)), vec![Span::Styled(Style::Italic, vec![plain("Marta")])]);
    assert_eq!(spans, [Span::Quote(vec![Span::Styled(Style::Bold, vec![plain("ask "), marta])]), plain("please")]);
    assert_eq!(Span::plain(&spans), "ask Marta\nplease");
}

#[test]
fn what_is_no_code_or_half_of_one_stays_text() {
    for text in [
        "",
        "[",
        "[]",
        "[/]",
        "[b",
        "[b]half",
        "half[/b]",
        "[foo]x[/foo]",
        "[user=x]x[/user]",
        "[user=]x[/user]",
        "[chat=imol|]x[/chat]",
        "[url][/url]",
        "[size=big]x[/size]",
        "[color=red]x[/color]",
        "[code]never ends",
        "[img]https://example.com[/img]",
        "[context=5]x[/context]",
        "[user=99999999999999999999]x[/user]",
        "a[0] = b[i]",
        "------\nno end",
        "a >>b",
        "#br",
        "[b=1]x[/b]",
        "[timestamp=now]",
        "\u{fc}[\u{fc}]",
    ] {
        let expected: Vec<Span> = Some(plain(text)).filter(|_| !text.is_empty()).into_iter().collect();
        assert_eq!(Span::read(text), expected, "{text}");
    }
}

#[test]
fn a_code_that_never_ends_leaves_the_others_alone() {
    let italic = Span::Styled(Style::Italic, vec![plain("x[u]y")]);
    assert_eq!(Span::read("[b]a[i]x[u]y[/i]"), [plain("[b]a"), italic]);
}

#[test]
fn users_are_named_in_order_and_by_their_names() {
    let spans = Span::read("[USER=5]Marta[/USER] and [b][user=7]Bob [i]H.[/i][/user][/b]\n>>[user=5]M[/user]");
    let mention = |user, name: &str| Mention { user: UserId(user), name: name.to_owned() };
    assert_eq!(Span::mentions(&spans), [mention(5, "Marta"), mention(7, "Bob H."), mention(5, "M")]);
}

#[test]
fn what_was_built_is_read_as_it_was_meant() {
    let text = Text::plain("Hello, ").bold(Text::new().user(UserId(5), "Marta")).push(": [b]");
    assert_eq!(
        text.spans(),
        [plain("Hello, "), Span::Styled(Style::Bold, vec![link(LinkTo::User(UserId(5)), "Marta")]), plain(": [b]")]
    );
    assert_eq!(text.words(), "Hello, Marta: [b]");
}

#[test]
fn a_text_full_of_beginnings_is_read_in_a_moment() {
    for part in
        ["[b]", "[code]", "[img size=small]", "[url=", "[url]", "[", "------\n-", ">>\n", "[/b]", "#br", "[icon="]
    {
        let text = part.repeat(100_000);
        let begun = std::time::Instant::now();
        let spans = Span::read(&text);
        assert!(begun.elapsed().as_secs() < 20, "{part} takes {:?}", begun.elapsed());
        drop(spans);
    }
}

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    /// A text of pieces that mean something, of halves of them, and of letters.
    fn text(&mut self) -> String {
        const PIECES: &[&str] = &[
            "[b]",
            "[/b]",
            "[i]",
            "[/i]",
            "[u]",
            "[/u]",
            "[s]",
            "[/s]",
            "[size=20]",
            "[size=99]",
            "[/size]",
            "[color=#fff]",
            "[/color]",
            "[url=https://a.b/?x=1 2]",
            "[url]",
            "[/url]",
            "[user=5]",
            "[user=all]",
            "[user=5 replace]",
            "[/user]",
            "[chat=7]",
            "[chat=imol|7]",
            "[/chat]",
            "[context=5/6]",
            "[/context]",
            "[call]",
            "[call=1]",
            "[/call]",
            "[send]",
            "[send=/a b]",
            "[/send]",
            "[put=c]",
            "[/put]",
            "[code]",
            "[/code]",
            "[img size=small]",
            " [/img]",
            "[icon=https://a.b size=8 title=t u]",
            "[icon=x]",
            "[timestamp=1 format=F]",
            "[disk=3]",
            "[br]",
            "#br#",
            "\n",
            "\r\n",
            ">>",
            ">",
            "-",
            "------",
            "------\n",
            "[",
            "]",
            "#",
            "=",
            "/",
            "b",
            "r",
            "br#",
            "code]",
            " ",
            "\t",
            "\u{fc}",
            "\u{1f600}",
            "text",
            "\u{200b}",
        ];
        (0..self.roll(14)).map(|_| PIECES[self.roll(PIECES.len())]).collect()
    }
}

#[test]
fn what_was_read_is_written_as_it_is_read() {
    let mut dice = Dice(7);
    for _ in 0..100_000 {
        let source = dice.text();
        let read = Span::read(&source);
        let written: Text = read.iter().cloned().collect();
        assert_eq!(Span::read(written.as_str()), read, "{source:?} was written as {written:?}");
    }
}

#[test]
fn plain_text_is_read_as_plain_text_whatever_it_holds() {
    let mut dice = Dice(11);
    for _ in 0..50_000 {
        let typed: String = dice.text().replace(['\u{200b}', '\r'], "");
        // In two pieces, because no code may come of what neither holds.
        let middle = typed.char_indices().nth(dice.roll(9)).map_or(typed.len(), |(at, _)| at);
        let text = Text::plain(&typed[..middle]).push(&typed[middle..]);
        let expected: Vec<Span> = Some(plain(&typed)).filter(|_| !typed.is_empty()).into_iter().collect();
        assert_eq!(text.spans(), expected, "{typed:?} was escaped as {text:?}");
        assert_eq!(Text::new().bold(&typed).words(), typed);
    }
}
