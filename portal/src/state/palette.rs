use b24_spec::{Spec, TypeKind};

const GREY: &str = "#909090";

/// The named colours of chats and users, as the spec lists them.
#[derive(Debug)]
pub(crate) struct Palette(Vec<(String, String)>);

impl Palette {
    pub(crate) fn of(spec: &Spec) -> Self {
        let values = match spec.types.get("Color").map(|ty| &ty.kind) {
            Some(TypeKind::Enum(values)) => values.as_slice(),
            _ => &[],
        };
        let color = |value: &b24_spec::EnumValue| Some((value.value.clone(), value.color.clone()?));
        Self(values.iter().filter_map(color).collect())
    }

    /// The `#rrggbb` of a name.
    pub(crate) fn hex(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or(GREY, |(_, hex)| hex)
    }

    /// The colour that a word of either API means: `LIGHT_BLUE`, `lightBlue`.
    pub(crate) fn named(&self, word: &str) -> Option<&str> {
        let is_it = |name: &str| name.replace('_', "").eq_ignore_ascii_case(&word.replace('_', ""));
        self.0.iter().map(|(name, _)| name.as_str()).find(|name| is_it(name))
    }

    /// A colour for whoever chose none: another one for each number, the same for the same.
    pub(crate) fn pick(&self, number: u64) -> String {
        let count = self.0.len().max(1);
        let index = usize::try_from(number).unwrap_or_default() % count;
        self.0.get(index).map_or_else(String::new, |(name, _)| name.clone())
    }
}
