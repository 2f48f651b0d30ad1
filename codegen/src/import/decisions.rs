//! `differences.json`: where the spec differs from the documentation on purpose, and why.

use std::{collections::BTreeMap, fs, path::PathBuf};

use super::compare::Difference;
use crate::document::Json;

/// The reasons by method and finding.
#[derive(Debug, Default)]
pub struct Decisions {
    path: PathBuf,
    reasons: BTreeMap<String, BTreeMap<String, String>>,
}

impl Decisions {
    /// Reads the file; without one nothing is decided.
    ///
    /// # Errors
    /// When it is not an object of methods, each with findings and reasons.
    pub fn read(path: PathBuf) -> Result<Self, String> {
        if !path.exists() {
            return Ok(Self { path, ..Self::default() });
        }
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let reasons = serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Self { path, reasons })
    }

    /// Splits differences into open ones and decided ones.
    pub fn split(&self, all: Vec<Difference>) -> (Vec<Difference>, Vec<Difference>) {
        all.into_iter().partition(|difference| {
            !self.reasons.get(&difference.name).is_some_and(|reasons| reasons.contains_key(&difference.finding))
        })
    }

    /// The decisions about something that no longer differs.
    pub fn stale(&self, decided: &[Difference]) -> Vec<String> {
        let mut stale = Vec::new();
        for (name, reasons) in &self.reasons {
            for finding in reasons.keys() {
                if !decided.iter().any(|difference| difference.name == *name && difference.finding == *finding) {
                    stale.push(format!("{name}: {finding}"));
                }
            }
        }
        stale
    }

    /// Records a reason for differences.
    pub fn decide(&mut self, differences: &[Difference], reason: &str) {
        for difference in differences {
            let reasons = self.reasons.entry(difference.name.clone()).or_default();
            reasons.insert(difference.finding.clone(), reason.to_owned());
        }
    }

    /// Writes the file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self) -> Result<(), String> {
        let text = |text: &String| Json::text(text.as_str());
        let method = |reasons: &BTreeMap<String, String>| {
            Json::Object(reasons.iter().map(|(finding, reason)| (finding.clone(), text(reason))).collect())
        };
        let all = Json::Object(self.reasons.iter().map(|(name, reasons)| (name.clone(), method(reasons))).collect());
        fs::write(&self.path, all.to_file()).map_err(|error| format!("{}: {error}", self.path.display()))
    }
}
