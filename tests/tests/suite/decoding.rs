//! Forms as nobody should send them: a clear error or the reading of PHP, and never a panic.

mod damaged;

use b24_runtime::{
    decode_event,
    wire::{Form, FormError, Node},
};
use serde_json::{Value, json};

use crate::{
    php::{encode, http_build_query, parse_str},
    random::Random,
};

#[track_caller]
fn read(form: &str) -> Value {
    match Form::parse(form.as_bytes()) {
        Ok(form) => Node::from(&form).to_json(),
        Err(error) => panic!("{form}: {error}"),
    }
}

fn error(form: &[u8]) -> FormError {
    match Form::parse(form) {
        Ok(parsed) => panic!("{} was read as {}", form.escape_ascii(), Node::from(&parsed).to_json()),
        Err(error) => error,
    }
}

mod refused {
    use super::*;

    #[test]
    fn a_percent_code_that_is_cut_off_or_broken_is_told_with_its_place() {
        for (form, at) in
            [("a=%", 2), ("a=1%2", 3), ("a=%zz", 2), ("a=1&b%2=3", 5), ("a[%g0]=1", 2), ("a=%+1", 2), ("a=%é", 2)]
        {
            assert_eq!(error(form.as_bytes()), FormError::BadPercent(at), "{form}");
        }
        assert_eq!(error(b"a=%").to_string(), "broken percent code at byte 2; is the form cut off?");
    }

    #[test]
    fn a_bracket_that_is_never_closed_is_told_with_its_place() {
        for (form, at) in [("a[b=1", 1), ("a%5Bb=1", 1), ("x=1&a[b][c=1", 8), ("a[", 1), ("a[b&c]=1", 1), ("a[[b=1", 1)]
        {
            assert_eq!(error(form.as_bytes()), FormError::OpenBracket(at), "{form}");
        }
        assert_eq!(error(b"a[b=1").to_string(), "a bracket that opens at byte 1 is never closed");
    }

    #[test]
    fn bytes_that_are_not_utf8_are_refused() {
        for form in [&b"a=\xff"[..], b"a=%FF", b"%FF=a", b"a[%C3]=1", b"a=%C3%28", b"a=%ED%A0%80"] {
            assert_eq!(error(form), FormError::NotUtf8, "{}", form.escape_ascii());
        }
    }

    #[test]
    fn two_halves_of_a_letter_do_not_make_one_across_fields() {
        for form in [&b"a=%C3&%A9=1"[..], b"a%C3=%A9", b"a[%C3][%A9]=1", b"a=\xc3&\xa9=1"] {
            assert_eq!(error(form), FormError::NotUtf8, "{}", form.escape_ascii());
        }
    }

    #[test]
    fn depth_is_bounded_exactly() {
        let nested = |depth: usize| format!("a{}=1", "[b]".repeat(depth - 1));
        assert!(Form::parse(nested(Form::MAX_DEPTH).as_bytes()).is_ok());
        assert_eq!(error(nested(Form::MAX_DEPTH + 1).as_bytes()), FormError::TooDeep);
        assert_eq!(error("[".repeat(100_000).as_bytes()), FormError::OpenBracket(0));
        assert_eq!(error("[a]".repeat(100_000).as_bytes()), FormError::TooDeep);
    }

    #[test]
    fn depth_is_bounded_for_a_key_that_continues_the_one_before_too() {
        let shallow = format!("a{}", "[b]".repeat(Form::MAX_DEPTH - 1));
        assert_eq!(error(format!("{shallow}=1&{shallow}[c]=1").as_bytes()), FormError::TooDeep);
    }

    #[test]
    fn the_number_of_fields_is_bounded_exactly() {
        let fields = |count: usize| "a=1&".repeat(count);
        assert!(Form::parse(fields(Form::MAX_FIELDS).as_bytes()).is_ok());
        assert_eq!(error(fields(Form::MAX_FIELDS + 1).as_bytes()), FormError::TooManyFields);
    }

    #[test]
    fn separators_alone_are_no_fields() {
        assert_eq!(read(&"&".repeat(Form::MAX_FIELDS * 2)), json!({}));
    }
}

mod as_php {
    use super::*;

    #[test]
    fn a_plus_is_a_space_and_a_code_is_a_letter_in_keys_and_values() {
        assert_eq!(read("a+b=c+d%2Be&%C3%A9%5B%61+b%5D=%F0%9F%91%8B"), json!({"a b": "c d+e", "é": {"a b": "👋"}}));
    }

    #[test]
    fn brackets_may_be_plain_or_encoded_in_either_case() {
        let expected = json!({"a": {"b": {"c": "1", "d": "2", "e": "3"}}});
        assert_eq!(read("a[b][c]=1&a%5Bb%5D%5Bd%5D=2&a%5bb%5d[e%5D=3"), expected);
    }

    #[test]
    fn keys_that_share_a_beginning_are_not_confused() {
        assert_eq!(
            read("a=1&ab=2&abc[d]=3&abc[de]=4&abc[d][e]=5&abcd=6"),
            json!({"a": "1", "ab": "2", "abc": {"d": {"e": "5"}, "de": "4"}, "abcd": "6"})
        );
        assert_eq!(read("a[b]=1&a[bc]=2&a[b]c=3&ab[c]=4"), json!({"a": {"b": "3", "bc": "2"}, "ab": {"c": "4"}}));
    }

    #[test]
    fn a_key_that_shares_half_an_encoded_bracket_is_another_key() {
        assert_eq!(read("a%5Bb%5D=1&a%41=2&a%5D=3"), json!({"a": {"b": "1"}, "aA": "2", "a]": "3"}));
    }

    #[test]
    fn a_repeated_field_replaces_the_earlier_one() {
        assert_eq!(read("a=1&b=2&a=3&c[d]=4&c[d]=5"), json!({"a": "3", "b": "2", "c": {"d": "5"}}));
    }

    #[test]
    fn a_field_and_a_group_of_one_name_replace_each_other() {
        assert_eq!(read("a=1&a[b]=2"), json!({"a": {"b": "2"}}));
        assert_eq!(read("a[b]=1&a=2"), json!({"a": "2"}));
        assert_eq!(read("a[b][c]=1&a[b]=2"), json!({"a": {"b": "2"}}));
        assert_eq!(read("a[b][c]=1&a[b]=2&a[b][d]=3"), json!({"a": {"b": {"d": "3"}}}));
        assert_eq!(read("a[b]=1&a=2&a[c]=3"), json!({"a": {"c": "3"}}));
    }

    #[test]
    fn a_group_that_comes_in_pieces_is_one_group() {
        assert_eq!(
            read("a[b]=1&x=2&a[c]=3&y[z]=4&a[b2][d]=5&a[b2][e]=6"),
            json!({"a": {"b": "1", "c": "3", "b2": {"d": "5", "e": "6"}}, "x": "2", "y": {"z": "4"}})
        );
    }

    #[test]
    fn an_empty_bracket_counts() {
        assert_eq!(read("a[]=x&a[]=y&a[]=z"), json!({"a": {"0": "x", "1": "y", "2": "z"}}));
        assert_eq!(read("a[][b]=1&a[][b]=2"), json!({"a": {"0": {"b": "1"}, "1": {"b": "2"}}}));
        assert_eq!(read("a[x][]=1&a[x][]=2&a[y][]=3"), json!({"a": {"x": {"0": "1", "1": "2"}, "y": {"0": "3"}}}));
    }

    #[test]
    fn what_follows_the_last_bracket_is_ignored() {
        assert_eq!(read("a[b]c=1&a[d]e[f]=2"), json!({"a": {"b": "1", "d": "2"}}));
    }

    #[test]
    fn keys_and_values_may_be_empty() {
        assert_eq!(read("a=&b&=c"), json!({"a": "", "b": "", "": "c"}));
        assert_eq!(read(""), json!({}));
        assert_eq!(read("[a]=1&[b]=2"), json!({"": {"a": "1", "b": "2"}}));
    }

    #[test]
    fn a_value_may_hold_anything() {
        assert_eq!(read("a=b=c[d]%26%3D&e=]"), json!({"a": "b=c[d]&=", "e": "]"}));
    }

    #[test]
    fn a_list_is_read_by_position_whatever_its_keys() {
        let form = Form::parse(b"USERS[0]=1&USERS[1]=2").unwrap();
        let users: Vec<i64> = Node::from(&form).object().unwrap().need("USERS").unwrap();
        assert_eq!(users, [1, 2]);
    }
}

mod random {
    use super::*;

    const NAMES: [&str; 11] = ["a", "ab", "abc", "b", "%61", "a%62", "a%5F", "%C3%A9", "a+b", "0", "1"];

    /// A form of few names, so that keys meet often.
    fn form(random: &mut Random) -> String {
        let fields: Vec<String> = (0..=random.below(8)).map(|_| field(random)).collect();
        fields.join(random.one_of(&["&", "&", "&&"]))
    }

    fn field(random: &mut Random) -> String {
        if random.below(8) == 0 {
            return format!("{}=1", random.one_of(&["list[]", "list[][x]", "list%5B%5D[x][y]"]));
        }
        let mut key = random.one_of(&NAMES).to_owned();
        for _ in 0..random.below(4) {
            let (open, close) = (random.one_of(&["[", "[", "%5B", "%5b"]), random.one_of(&["]", "]", "%5D", "%5d"]));
            key += &format!("{open}{}{close}", random.one_of(&NAMES));
        }
        let value = encode(random.one_of(&["", "1", "a b", "é", "[x]", "a=b&c"]));
        if random.below(12) == 0 { key } else { format!("{key}={value}") }
    }

    /// Puts something out of place, so that keys break in the middle.
    fn damage(random: &mut Random, form: &mut String) {
        let places: Vec<usize> = (0..=form.len()).filter(|at| !splits_a_code(form, *at)).collect();
        let at = places[random.below(places.len())];
        form.insert_str(at, random.one_of(&["[", "]", "&", "=", "a", "[a]", "+"]));
    }

    #[test]
    fn a_random_form_is_read_as_php_reads_it() {
        let (mut read, mut refused) = (0, 0);
        for seed in 1..=6000 {
            let mut random = Random::new(seed);
            let mut form = form(&mut random);
            if !form.contains("list") {
                (0..random.below(3)).for_each(|_| damage(&mut random, &mut form));
                // How members are numbered beside named ones is a rule of its own.
                if form.to_lowercase().replace("%5b", "[").replace("%5d", "]").contains("[]") {
                    continue;
                }
            }
            let ours = Form::parse(form.as_bytes()).map(|form| Node::from(&form).to_json()).ok();
            assert_eq!(ours, parse_str(&form), "seed {seed}: {form}");
            *(if ours.is_some() { &mut read } else { &mut refused }) += 1;
        }
        assert!(read > 3000 && refused > 300, "{read} read, {refused} refused: the cases test only one side");
    }

    /// Whether something put here would break a percent code or the two codes of `é`.
    fn splits_a_code(form: &str, at: usize) -> bool {
        let before = &form.as_bytes()[..at];
        before.ends_with(b"%") || before.ends_with(b"%C3") || before.len() > 1 && before[before.len() - 2] == b'%'
    }

    fn event() -> Vec<u8> {
        let auth = json!({"domain": "b24.hazz", "member_id": "m", "application_token": "t"});
        let event = json!({
            "event": "ONIMCOMMANDADD",
            "data": {
                "COMMAND": {"14": {
                    "AUTH": auth, "BOT_ID": 62, "BOT_CODE": "echobot", "COMMAND": "echo", "COMMAND_ID": 14,
                    "COMMAND_PARAMS": "привет [1]", "COMMAND_CONTEXT": "TEXTAREA", "MESSAGE_ID": 1221
                }},
                "PARAMS": {
                    "DIALOG_ID": "chat1", "CHAT_TYPE": "C", "MESSAGE_ID": 1221, "MESSAGE": "/echo привет [1]",
                    "FROM_USER_ID": 1, "LANGUAGE": "ru"
                },
                "USER": {"ID": 1, "NAME": "A B", "FIRST_NAME": "A", "LAST_NAME": "B", "GENDER": "M"}
            },
            "auth": auth
        });
        http_build_query(&event).into_bytes()
    }

    #[test]
    fn an_event_that_is_cut_off_anywhere_is_never_taken_for_another_event() {
        let sound = event();
        let (_, whole) = decode_event(&sound).unwrap();
        for end in 0..sound.len() {
            if let Ok((_, event)) = decode_event(&sound[..end]) {
                assert!(
                    std::mem::discriminant(&event) == std::mem::discriminant(&whole)
                        || matches!(event, b24_runtime::events::Event::Other { .. }),
                    "cut off after {end} bytes"
                );
            }
        }
    }
}
