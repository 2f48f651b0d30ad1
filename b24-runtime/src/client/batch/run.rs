use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{
    super::{
        Cause, Client, Error, Refusal,
        transport::{Answer, Call},
    },
    Command, Outcome,
    earlier::{key, resolve},
};
use crate::{request::Method, wire::query};

/// The most commands that a portal runs in one call.
pub(in super::super) const MOST: usize = 50;

impl Client {
    /// Runs commands in batches of 50, one batch after the other.
    pub(super) async fn run(&self, commands: Vec<Command>, halts: bool) -> Result<Vec<Outcome>, Error> {
        let mut outcomes: Vec<Outcome> = Vec::with_capacity(commands.len());
        for chunk in commands.chunks(MOST) {
            let is_over = halts && outcomes.iter().any(|Outcome(outcome)| outcome.is_err());
            let more =
                if is_over { chunk.iter().map(skipped).collect() } else { self.step(chunk, &outcomes, halts).await? };
            outcomes.extend(more);
        }
        Ok(outcomes)
    }

    /// Runs at most 50 commands that do not refer to others before them.
    pub(in super::super) async fn run_at_once(&self, commands: &[Command]) -> Result<Vec<Outcome>, Error> {
        self.step(commands, &[], false).await
    }

    /// Runs at most 50 commands, after what is done already. Those that are not valid are not sent.
    async fn step(&self, commands: &[Command], done: &[Outcome], halts: bool) -> Result<Vec<Outcome>, Error> {
        let mut lines = Map::new();
        let mut refused = BTreeMap::new();
        for (index, command) in commands.iter().enumerate() {
            match self.line(command, done).await {
                Ok(line) => {
                    lines.insert(key(done.len() + index), line.into());
                }
                Err(error) => {
                    refused.insert(index, error);
                    if halts {
                        break;
                    }
                }
            }
        }
        let mut answer = Value::Null;
        if !lines.is_empty() {
            let mut params = Map::new();
            params.insert("cmd".to_owned(), Value::Object(lines));
            params.insert("halt".to_owned(), u8::from(halts).into());
            let is_idempotent = commands.iter().all(|command| command.method.idempotent);
            let call = Call { name: "batch", method: None, is_idempotent, params, manner: self.manner };
            answer = self.send(call).await?.result;
        }
        let outcome = |(index, command): (usize, &Command)| match refused.remove(&index) {
            Some(error) => Outcome(Err(error)),
            None => Outcome(self.outcome(command.method, &key(done.len() + index), &mut answer)),
        };
        Ok(commands.iter().enumerate().map(outcome).collect())
    }

    /// `method?name=value`, if the call is valid and as soon as the method may run.
    async fn line(&self, command: &Command, done: &[Outcome]) -> Result<String, Error> {
        let method = command.method;
        let mut params = self.prepare(method, command.params.clone()).await?;
        resolve(&mut params, done).map_err(|message| Error::new(method.name, Cause::Invalid(message)))?;
        self.transport.limiter.rested(method.name).await;
        Ok(format!("{}?{}", method.name, query(&params)))
    }

    fn outcome(&self, method: &'static Method, key: &str, answer: &mut Value) -> Result<Answer, Error> {
        if let Some(time) = answer["result_time"].get(key) {
            self.transport.note_time(method.name, time);
        }
        if let Some(error) = answer["result_error"].get(key) {
            let refusal = Refusal::in_batch(method, error);
            if refusal.code == "OPERATION_TIME_LIMIT" {
                self.transport.limiter.exhausted(method.name);
            }
            return Err(Error::new(method.name, Cause::Refused(refusal)));
        }
        let count = |section: &str| answer[section].get(key).and_then(Value::as_u64);
        let (next, total) = (count("result_next"), count("result_total"));
        match answer["result"].get_mut(key) {
            Some(result) => Ok(Answer { result: result.take(), next, total }),
            None => Err(Error::new(method.name, Cause::Skipped)),
        }
    }
}

fn skipped(command: &Command) -> Outcome {
    Outcome(Err(Error::new(command.method.name, Cause::Skipped)))
}
