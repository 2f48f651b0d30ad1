//! What the spec says of a value, and of what is inside it.

use b24_spec::{EnumValue, Field, Method, Spec, TypeDef, TypeExpr, TypeKind};

use super::argument::Step;

/// What the spec says of a value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape<'a> {
    pub(crate) ty: &'a TypeExpr,
    /// The members, where the type is spelled out in the field.
    fields: &'a [Field],
    /// A flag that is sent as `Y` or `N`.
    pub(crate) is_yes_no: bool,
}

static ANY: TypeExpr = TypeExpr::Any;

impl<'a> Shape<'a> {
    /// Of what the spec does not know.
    pub(crate) fn any() -> Self {
        Self::of(&ANY)
    }

    pub(crate) fn of(ty: &'a TypeExpr) -> Self {
        Self { ty, fields: &[], is_yes_no: false }
    }

    pub(crate) fn of_field(field: &'a Field) -> Self {
        Self { ty: &field.ty, fields: &field.fields, is_yes_no: field.send_yes_no }
    }

    /// The same members under another type: what is inside a list or a map.
    fn with(self, ty: &'a TypeExpr) -> Self {
        Self { ty, ..self }
    }

    pub(crate) fn named(self, spec: &'a Spec) -> Option<&'a TypeDef> {
        match self.ty {
            TypeExpr::Named(name) => spec.types.get(name),
            _ => None,
        }
    }

    /// Without the sign that there may be nothing.
    pub(crate) fn solid(self) -> Self {
        match self.ty {
            TypeExpr::Optional(inner) => self.with(inner).solid(),
            _ => self,
        }
    }

    /// What the items of a list are.
    pub(crate) fn items(self, spec: &'a Spec) -> Option<Self> {
        let solid = self.solid();
        match (solid.ty, solid.named(spec).map(|def| &def.kind)) {
            (TypeExpr::List(inner), _) => Some(solid.with(inner)),
            (_, Some(TypeKind::List(inner))) => Some(Self::of(inner)),
            (_, Some(TypeKind::Union(forms))) => forms.iter().find_map(|form| Self::of(form).items(spec)),
            _ => None,
        }
    }

    /// What the values of a map are.
    pub(crate) fn entries(self) -> Option<Self> {
        let solid = self.solid();
        match solid.ty {
            TypeExpr::Map(_, inner) => Some(solid.with(inner)),
            _ => None,
        }
    }

    /// The members of an object; of a union, those of all its forms.
    pub(crate) fn members(self, spec: &'a Spec) -> Vec<&'a Field> {
        let solid = self.solid();
        match (solid.ty, solid.named(spec).map(|def| &def.kind)) {
            (TypeExpr::Object, _) => solid.fields.iter().collect(),
            (_, Some(TypeKind::Object { fields, .. })) => fields.iter().collect(),
            (_, Some(TypeKind::Union(forms))) => forms.iter().flat_map(|form| Self::of(form).members(spec)).collect(),
            _ => Vec::new(),
        }
    }

    /// The members that are spelled out where the object is used; none where it may hold anything.
    pub(crate) fn spelled_out(self) -> &'a [Field] {
        self.fields
    }

    /// The words of an enum.
    pub(crate) fn words(self, spec: &'a Spec) -> Option<&'a [EnumValue]> {
        match &self.solid().named(spec)?.kind {
            TypeKind::Enum(values) => Some(values),
            _ => None,
        }
    }

    /// One step further: what stands there, and how the spec writes the step. `None` where it knows of nothing there.
    pub(crate) fn step(self, spec: &'a Spec, step: &Step) -> Option<(Step, Self)> {
        let Step::Member(name) = step else { return self.items(spec).map(|items| (Step::Next, items)) };
        if step.is_number()
            && let Some(items) = self.items(spec)
        {
            return Some((step.clone(), items));
        }
        if let Some(field) = find(self.members(spec), name) {
            return Some((Step::Member(field.name.clone()), Self::of_field(field)));
        }
        if let Some(entries) = self.entries() {
            return Some((step.clone(), entries));
        }
        match self.solid().named(spec).map(|def| &def.kind) {
            Some(TypeKind::Tagged(tags)) => {
                let tag = tags.iter().find(|tag| tag.key.eq_ignore_ascii_case(name))?;
                Some((Step::Member(tag.key.clone()), Self::of(&tag.ty)))
            }
            _ if matches!(self.solid().ty, TypeExpr::Any) => Some((step.clone(), Self::any())),
            _ => None,
        }
    }
}

/// The field with this name, or another spelling of it, in any letter case.
pub(crate) fn find<'a>(fields: impl IntoIterator<Item = &'a Field>, name: &str) -> Option<&'a Field> {
    fields
        .into_iter()
        .find(|field| std::iter::once(&field.name).chain(&field.aliases).any(|known| known.eq_ignore_ascii_case(name)))
}

/// A parameter of a method.
pub(crate) fn param<'a>(method: &'a Method, name: &str) -> Option<&'a Field> {
    find(&method.params, name)
}
