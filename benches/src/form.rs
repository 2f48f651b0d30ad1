use form_urlencoded::byte_serialize;

/// A form as PHP's `http_build_query` writes it, brackets encoded.
#[derive(Debug, Default)]
pub(crate) struct Form(String);

impl Form {
    /// Adds a field; the key is written plainly, `data[USER][ID]`.
    pub(crate) fn field(&mut self, key: &str, value: &str) {
        if !self.0.is_empty() {
            self.0.push('&');
        }
        self.0.extend(byte_serialize(key.as_bytes()));
        self.0.push('=');
        self.0.extend(byte_serialize(value.as_bytes()));
    }

    /// Adds the fields of a group, whose name is written plainly too.
    pub(crate) fn group(&mut self, name: &str, fields: &[(&str, &str)]) {
        for (key, value) in fields {
            self.field(&format!("{name}[{key}]"), value);
        }
    }

    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::Form;

    #[test]
    fn a_form_is_written_as_php_does() {
        let mut form = Form::default();
        form.field("event", "ONIMCOMMANDADD");
        form.group("data[USER]", &[("NAME", "Ann & Co"), ("URL", "https://x/")]);
        let written =
            "event=ONIMCOMMANDADD&data%5BUSER%5D%5BNAME%5D=Ann+%26+Co&data%5BUSER%5D%5BURL%5D=https%3A%2F%2Fx%2F";
        assert_eq!(form.into_bytes(), written.as_bytes());
    }
}
