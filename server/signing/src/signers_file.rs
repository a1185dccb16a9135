//! The operator's file: which organisation may sign by which command. It is the operator's alone, because a command that
//! a user could choose would be a program that a user could run.

use desk::{
    ids::OrganisationId,
    legal_entity::{Inn, LegalEntity},
    suz::SignatureKind,
};
use serde::Deserialize;
use std::{
    collections::HashSet,
    path::{Path, PathBuf},
    time::Duration,
};

/// Why the file cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SignersFileError {
    /// It cannot be read.
    #[error("{path}: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// It is no such file; the message names the line.
    #[error("{path}: {source}")]
    Form {
        /// The file.
        path: PathBuf,
        /// What is wrong, and where.
        #[source]
        source: Box<toml::de::Error>,
    },
    /// An entry says what cannot be.
    #[error("{path}: signer {number}: {why}")]
    Entry {
        /// The file.
        path: PathBuf,
        /// Which entry, from 1.
        number: usize,
        /// What is wrong with it.
        why: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    signer: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    organisation: String,
    inn: Option<String>,
    certificate: PathBuf,
    attached: Vec<String>,
    detached: Vec<String>,
    #[serde(default = "default_timeout")]
    timeout_seconds: u64,
}

const fn default_timeout() -> u64 {
    30
}

/// One binding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Binding {
    organisation: OrganisationId,
    inn: Option<Inn>,
    pub(crate) certificate: PathBuf,
    attached: CommandLine,
    detached: CommandLine,
    pub(crate) timeout: Duration,
}

/// A program with its arguments: never a shell, so no text of ours is ever read as a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CommandLine {
    pub(crate) program: String,
    pub(crate) arguments: Vec<String>,
}

impl Binding {
    pub(crate) fn command(&self, kind: SignatureKind) -> &CommandLine {
        match kind {
            SignatureKind::Attached => &self.attached,
            SignatureKind::Detached => &self.detached,
        }
    }
}

/// All bindings of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bindings(pub(crate) Vec<Binding>);

impl Bindings {
    /// Reads the operator's file.
    pub(crate) fn read(path: &Path) -> Result<Self, SignersFileError> {
        let text = std::fs::read_to_string(path).map_err(|source| SignersFileError::Read {
            path: path.to_owned(),
            source,
        })?;
        Self::parse(&text, path)
    }

    fn parse(text: &str, path: &Path) -> Result<Self, SignersFileError> {
        let file: File = toml::from_str(text).map_err(|source| SignersFileError::Form {
            path: path.to_owned(),
            source: Box::new(source),
        })?;
        let mut seen = HashSet::new();
        let mut bindings = Vec::new();
        for (index, entry) in file.signer.into_iter().enumerate() {
            let wrong = |why| SignersFileError::Entry {
                path: path.to_owned(),
                number: index + 1,
                why,
            };
            let binding = entry.check().map_err(wrong)?;
            if !seen.insert((binding.organisation, binding.inn.clone())) {
                return Err(wrong(
                    "this organisation and ИНН stand above already".into(),
                ));
            }
            bindings.push(binding);
        }
        Ok(Self(bindings))
    }

    /// The binding for a legal entity: the one that names its ИНН, else the organisation's own.
    pub(crate) fn of(
        &self,
        organisation: OrganisationId,
        entity: &LegalEntity,
    ) -> Option<&Binding> {
        let mut its = self.0.iter().filter(|b| b.organisation == organisation);
        let named = its.clone().find(|b| b.inn.is_some() && b.inn == entity.inn);
        named.or_else(|| its.find(|b| b.inn.is_none()))
    }
}

impl Entry {
    fn check(self) -> Result<Binding, String> {
        let organisation = self
            .organisation
            .parse()
            .map_err(|_| format!("organisation: «{}» is no id", self.organisation))?;
        let inn = self
            .inn
            .map(|inn| inn.parse::<Inn>().map_err(|error| format!("inn: {error}")))
            .transpose()?;
        if !(1..=600).contains(&self.timeout_seconds) {
            return Err("timeout_seconds: from 1 to 600".into());
        }
        Ok(Binding {
            organisation,
            inn,
            certificate: self.certificate,
            attached: command_line("attached", self.attached)?,
            detached: command_line("detached", self.detached)?,
            timeout: Duration::from_secs(self.timeout_seconds),
        })
    }
}

fn command_line(field: &str, words: Vec<String>) -> Result<CommandLine, String> {
    let mut words = words.into_iter();
    match words.next() {
        Some(program) if Path::new(&program).is_absolute() => Ok(CommandLine {
            program,
            arguments: words.collect(),
        }),
        Some(program) => Err(format!(
            "{field}: «{program}» must be a whole path, so that PATH decides nothing"
        )),
        None => Err(format!("{field}: the command is empty")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk::ids::LegalEntityId;

    const ENTRY: &str = r#"
        [[signer]]
        organisation = "01890000-0000-7000-8000-000000000001"
        certificate = "/etc/metka/cert.cer"
        attached = ["/usr/bin/sign", "-attached", "{in}", "{out}"]
        detached = ["/usr/bin/sign", "-detached", "{in}", "{out}"]
    "#;

    fn parse(text: &str) -> Result<Bindings, String> {
        Bindings::parse(text, Path::new("signers.toml")).map_err(|error| error.to_string())
    }

    fn entity(inn: &str) -> LegalEntity {
        LegalEntity {
            id: LegalEntityId::from_parts(0, [0; 10]),
            name: "ООО".into(),
            inn: Some(inn.parse().unwrap()),
            kpp: None,
        }
    }

    #[test]
    fn a_binding_is_its_organisations_alone() {
        let special = ENTRY
            .replace("certificate =", "inn = \"7707083893\"\ncertificate =")
            .replace("cert.cer", "special.cer");
        let bindings = parse(&format!("{ENTRY}{special}")).unwrap();
        let ours = "01890000-0000-7000-8000-000000000001".parse().unwrap();
        let theirs = "01890000-0000-7000-8000-000000000002".parse().unwrap();
        let of = |organisation, inn| {
            bindings
                .of(organisation, &entity(inn))
                .map(|binding| binding.certificate.display().to_string())
        };
        assert_eq!(
            of(ours, "7707083893").as_deref(),
            Some("/etc/metka/special.cer")
        );
        assert_eq!(
            of(ours, "7736207543").as_deref(),
            Some("/etc/metka/cert.cer")
        );
        assert_eq!(of(theirs, "7707083893"), None);
    }

    #[test]
    fn what_the_readme_shows_is_read() {
        let readme = include_str!("../README.md");
        let (_, example) = readme.split_once("```toml").unwrap();
        let (example, rest) = example.split_once("```").unwrap();
        let ours = "01890000-0000-7000-8000-000000000001".parse().unwrap();
        let bindings = parse(example).unwrap();
        assert!(bindings.of(ours, &entity("7707083893")).is_some());
        let rows = rest
            .lines()
            .filter(|line| line.starts_with("| ") && line.contains('['));
        let commands: Vec<&str> = rows
            .filter_map(|row| row.split('`').find(|cell| cell.starts_with('[')))
            .collect();
        assert_eq!(commands.len(), 2, "{rest}");
        for command in commands {
            let entry = ENTRY.replace(
                r#"["/usr/bin/sign", "-attached", "{in}", "{out}"]"#,
                command,
            );
            assert_ne!(entry, ENTRY);
            parse(&entry).unwrap();
        }
    }

    #[test]
    fn a_file_that_cannot_be_meant_is_refused_with_its_place() {
        let wrongs = [
            (ENTRY.replace("/usr/bin/sign", "sign"), "whole path"),
            (ENTRY.replace("01890000-", "x"), "no id"),
            (
                ENTRY.replace(
                    "[\"/usr/bin/sign\", \"-attached\", \"{in}\", \"{out}\"]",
                    "[]",
                ),
                "empty",
            ),
            (
                ENTRY.replace("certificate =", "inn = \"7707083894\"\ncertificate ="),
                "inn",
            ),
            (
                ENTRY.replace("certificate =", "timeout_seconds = 0\ncertificate ="),
                "from 1 to 600",
            ),
            (
                ENTRY.replace("certificate =", "shell = true\ncertificate ="),
                "unknown field",
            ),
            (format!("{ENTRY}{ENTRY}"), "signer 2"),
        ];
        for (text, why) in wrongs {
            let error = parse(&text).unwrap_err();
            assert!(
                error.contains(why) && error.contains("signers.toml"),
                "{error}"
            );
        }
        assert_eq!(parse("").unwrap().0, []);
    }
}
