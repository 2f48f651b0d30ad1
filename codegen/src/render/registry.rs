//! Every method in one list, to find one by name, and the revision that every portal has.

use b24_spec::Spec;

use super::{docs, source::Source};
use crate::{
    Options, names,
    plan::{Module, Plan},
};

pub(crate) fn file(mut source: Source, spec: &Spec, options: &Options, plan: &Plan<'_>) -> String {
    source.line("use crate::request::{Method, Request, Since};");
    source.blank();
    source.line("/// What the spec knows about the methods of this build.");
    source.line("pub(crate) static METHODS: &[&Method] = &[");
    for (name, module) in &plan.modules {
        let path = if name == "_" { "crate::api".to_owned() } else { format!("crate::api::{name}") };
        methods(&mut source, options, &path, module);
    }
    source.line("];");
    source.blank();
    source.line("/// The oldest revision of each counter that the sources name: every portal is at least as new.");
    source.line("pub(crate) static OLDEST: &[Since] = &[");
    for (name, counter) in &spec.revisions {
        if let Some(first) = counter.steps.first() {
            source.line(&format!("    Since {{ counter: {name:?}, revision: {} }},", first.revision));
        }
    }
    source.line("];");
    source.into_text()
}

fn methods(source: &mut Source, options: &Options, path: &str, module: &Module<'_>) {
    for method in module.methods.iter().filter(|method| options.allows(method.since.as_ref())) {
        source.line(&format!("    <{path}::{} as Request>::METHOD,", names::pascal(docs::last(&method.name))));
    }
    for (name, inner) in &module.modules {
        methods(source, options, &format!("{path}::{name}"), inner);
    }
}
