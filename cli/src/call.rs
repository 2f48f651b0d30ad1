//! `b24 call`: any method, here or on a real portal, checked against the spec before it is sent.

pub(crate) mod argument;
mod check;
mod fill;
mod output;
mod pages;
mod patience;
mod refusal;
mod request;
pub(crate) mod revision;
pub(crate) mod shape;
mod table;
mod typed;

use b24_spec::{Method, Spec, closest};
use clap::Args;
use serde_json::{Map, Value};

use self::{check::Finding, output::Format, pages::Pages, patience::Patience};
use crate::{
    failure::Failure,
    rest::{Address, Answer},
    style::{QUIET, styled},
    target::{Found, Target},
};

/// Call a method of a portal.
///
/// Parameters are `NAME=value`. `NAME.MEMBER=value` and `NAME[MEMBER]=value` reach into objects, `NAME[]=value` adds to
/// a list, `NAME=[1,2]` and `NAME={"a":1}` are JSON, `NAME=@FILE` takes the contents of a file, in Base64 where the
/// method wants that. What the spec has something against is not sent.
///
/// Ends with 0 if the portal did it, 1 if it refused, 2 if the arguments are wrong and 3 if it cannot be reached.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  b24 call profile
  b24 call im.chat.add TITLE=Release USERS=1,2 COLOR=MINT AVATAR=@logo.png
  b24 call imbot.v2.Bot.register fields.code=echo fields.properties.name=Echo
  b24 call im.search.user.list FIND=ann --all --columns id,name
  b24 call im.chat.add --fields chat.json TITLE=Another --dry-run")]
pub(crate) struct Options {
    /// The method, in any letter case: im.chat.add.
    #[arg(value_name = "METHOD")]
    method: String,
    /// Its parameters.
    #[arg(value_name = "NAME=VALUE")]
    arguments: Vec<String>,
    /// A file with a JSON object of parameters, or the object itself; arguments win over it.
    #[arg(long, value_name = "FILE")]
    fields: Option<String>,
    /// Follow a list to its end.
    #[arg(long, conflicts_with = "dry_run")]
    all: bool,
    /// Send it whatever the spec says.
    #[arg(long)]
    force: bool,
    /// Show the request, also as a line for curl, and send nothing.
    #[arg(long)]
    dry_run: bool,
    /// How to show the answer: a table on a terminal, JSON in a pipe.
    #[arg(long, short, value_name = "FORMAT")]
    output: Option<Format>,
    /// The columns of a table, in this order: id,name.
    #[arg(long, value_delimiter = ',', value_name = "NAMES")]
    columns: Vec<String>,
    #[command(flatten)]
    target: Target,
}

/// A call that is ready to be sent.
struct Call<'a> {
    name: &'a str,
    method: Option<&'a Method>,
    params: Map<String, Value>,
}

pub(crate) async fn run(options: Options) -> Result<(), Failure> {
    let spec = Spec::embedded().map_err(|mistakes| mistakes.to_string())?;
    let call = prepare(&spec, &options)?;
    if let Some(method) = call.method {
        approve(check::params(&spec, method, &call.params), options.force)?;
    }
    if options.dry_run {
        let found = options.target.find().await;
        let anywhere = || Address::parse("https://portal/rest/1/code/", None);
        let address = found.ok().map(|found| found.rest.address).or_else(anywhere);
        let shown = address.map(|address| request::show(&address, call.name, call.method, &call.params));
        output::write(&shown.unwrap_or_default());
        return Ok(());
    }
    let found = options.target.find().await?;
    if let Some(method) = call.method.filter(|_| !options.force) {
        approve(check::caller(method, &call.params, found.rest.address.is_webhook()), false)?;
        approve(revision::check(&spec, method, &call.params, &found).await, false)?;
    }
    let format = Format::chosen(options.output);
    if options.all {
        walk(&spec, &call, &found, format, &options.columns).await
    } else {
        once(&spec, &call, &found, format, &options.columns).await
    }
}

/// The method, and its parameters as they were given.
fn prepare<'a>(spec: &'a Spec, options: &'a Options) -> Result<Call<'a>, Failure> {
    let method = spec.method(&options.method);
    if method.is_none() && !options.force {
        let near = closest(&options.method, spec.methods.keys().map(String::as_str));
        let hint = near.map_or_else(String::new, |near| format!(", did you mean {near}?"));
        return Err(Failure::Usage(format!(
            "there is no method {}{hint} (--force calls it all the same)",
            options.method
        )));
    }
    if options.all && method.is_some_and(|method| method.paging.is_none()) {
        return Err(Failure::Usage(format!("{} is no list in pages: it answers all at once", options.method)));
    }
    let params = fill::params(spec, method, options.fields.as_deref(), &options.arguments);
    let params = params.map_err(|mistakes| refuse(mistakes.into_iter().map(Finding::mistake).collect()))?;
    Ok(Call { name: method.map_or(options.method.as_str(), |method| &method.name), method, params })
}

/// Tells what was found. Mistakes end it, unless they are to be sent all the same.
fn approve(findings: Vec<Finding>, is_forced: bool) -> Result<(), Failure> {
    if findings.iter().any(|finding| finding.is_mistake) && !is_forced {
        return Err(refuse(findings));
    }
    for finding in findings {
        anstream::eprintln!("{finding}");
    }
    Ok(())
}

fn refuse(findings: Vec<Finding>) -> Failure {
    for finding in findings {
        anstream::eprintln!("{finding}");
    }
    anstream::eprintln!("{}", styled(QUIET, "Nothing was sent; --force sends it all the same."));
    Failure::Mistakes
}

async fn once(spec: &Spec, call: &Call<'_>, found: &Found, format: Format, columns: &[String]) -> Result<(), Failure> {
    let answer = call.send(found).await?;
    if format == Format::Raw {
        output::write(&answer.text);
    }
    if let Some(refusal) = answer.refusal() {
        return Err(Failure::Refused(refusal::explain(spec, call.method, call.name, &answer, &refusal)));
    }
    if format != Format::Raw {
        output::print(format, answer.result(), columns);
    }
    let continues =
        |method: &Method| method.paging.as_ref().is_some_and(|paging| pages::continues(paging, &call.params, &answer));
    if call.method.is_some_and(continues) {
        let total = answer.number("total").map_or_else(String::new, |total| format!(" of {total}"));
        anstream::eprintln!(
            "{}",
            styled(QUIET, &format!("This is one page{total}; --all follows the list to its end."))
        );
    }
    Ok(())
}

/// Follows a list to its end. A portal that asks for patience gets it.
async fn walk(spec: &Spec, call: &Call<'_>, found: &Found, format: Format, columns: &[String]) -> Result<(), Failure> {
    let Some(paging) = call.method.and_then(|method| method.paging.as_ref()) else {
        return Err(Failure::Usage(format!("the spec does not tell how {} continues", call.name)));
    };
    let mut patience = Patience::new();
    let mut pages = Pages::new(paging, &call.params);
    let mut items: Vec<Value> = Vec::new();
    let mut next = Some(call.params.clone());
    while let Some(params) = next {
        let page = Call { params, ..*call };
        let answer = loop {
            let answer = page.send(found).await?;
            let Some(refusal) = answer.refusal() else { break answer };
            if !patience.wait(&refusal, &answer).await {
                patience.finish();
                return Err(Failure::Refused(refusal::explain(spec, call.method, call.name, &answer, &refusal)));
            }
        };
        items.extend(pages::items(paging, answer.result()).into_iter().cloned());
        patience.advance(items.len(), answer.number("total"));
        if format == Format::Raw {
            output::write(&answer.text);
        }
        next = pages.after(&page.params, &answer);
    }
    patience.finish();
    if format != Format::Raw {
        output::print(format, &Value::Array(items), columns);
    }
    Ok(())
}

impl Call<'_> {
    async fn send(&self, found: &Found) -> Result<Answer, Failure> {
        found.rest.call(self.name, self.method.is_some_and(|method| method.rest3), &self.params).await
    }
}
