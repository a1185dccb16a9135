//! `openssl` of this machine: keys, signatures and verdicts that are nobody's here.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use sandbox::Sandbox;

/// What a test says where GOST cannot be tried: it is not skipped.
const MISSING: &str = "openssl with the GOST engine is needed. Debian and Ubuntu: apt install openssl libengine-gost-openssl; .ci/gost does it.";

/// Names for ИНН, which this openssl need not know.
const CONFIGURATION: &str = "\
oid_section = oids
[oids]
innOfCompany = 1.2.643.100.4
[req]
prompt = no
utf8 = yes
string_mask = utf8only
distinguished_name = name
x509_extensions = extensions
[extensions]
basicConstraints = critical,CA:TRUE
[name]
";

/// What kind of key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Gost256,
    Gost512,
    P256,
}

/// A key in files, with a self-signed certificate of today.
pub(super) struct KeyFile {
    folder: PathBuf,
    name: String,
}

/// Refuses to go on where GOST cannot be tried.
pub(super) async fn need_gost(sandbox: &Sandbox) {
    assert!(sandbox.verifies_gost().await, "{MISSING}");
}

fn openssl(arguments: &[&str]) -> Output {
    Command::new("openssl")
        .args(arguments)
        .output()
        .unwrap_or_else(|error| panic!("{MISSING} ({error})"))
}

fn must(arguments: &[&str]) {
    let output = openssl(arguments);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "openssl {arguments:?}: {said}");
}

impl KeyFile {
    /// Makes a key and a certificate of a company; the same number makes certificates that name one another.
    pub(super) fn make(folder: &Path, name: &str, kind: Kind, inn: &str, serial: u32) -> Self {
        let made = Self {
            folder: folder.to_owned(),
            name: name.to_owned(),
        };
        let configuration =
            format!("{CONFIGURATION}CN = ООО Испытатель подписи\ninnOfCompany = {inn}\n");
        let file = made.path("cnf");
        fs::write(&file, configuration).unwrap();
        let algorithm: &[&str] = match kind {
            Kind::Gost256 => &["-newkey", "gost2012_256", "-pkeyopt", "paramset:A"],
            Kind::Gost512 => &["-newkey", "gost2012_512", "-pkeyopt", "paramset:A"],
            Kind::P256 => &["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"],
        };
        let (key, certificate, serial) = (made.path("key"), made.path("pem"), serial.to_string());
        let mut arguments = vec!["req", "-engine", "gost", "-x509", "-nodes", "-days", "30"];
        arguments.extend(algorithm);
        arguments.extend(["-config", &file, "-set_serial", &serial]);
        arguments.extend(["-keyout", &key, "-out", &certificate]);
        must(&arguments);
        made
    }

    fn path(&self, extension: &str) -> String {
        let file = self.folder.join(format!("{}.{extension}", self.name));
        file.to_str().unwrap().to_owned()
    }

    /// The certificate, PEM.
    pub(super) fn pem(&self) -> String {
        fs::read_to_string(self.path("pem")).unwrap()
    }

    /// The certificate, DER.
    pub(super) fn der(&self) -> Vec<u8> {
        let pem = self.pem();
        let lines = pem.lines().filter(|line| !line.starts_with("-----"));
        STANDARD.decode(lines.collect::<String>()).unwrap()
    }

    /// Signs as CAdES-BES, with more options of `openssl cms`.
    pub(super) fn sign(&self, content: &[u8], options: &[&str]) -> Vec<u8> {
        let (input, output) = (self.path("data"), self.path("cms"));
        fs::write(&input, content).unwrap();
        let (key, certificate) = (self.path("key"), self.path("pem"));
        let mut arguments = vec!["cms", "-sign", "-engine", "gost", "-cades", "-binary"];
        arguments.extend(["-signer", &certificate, "-inkey", &key, "-in", &input]);
        arguments.extend(["-outform", "DER", "-out", &output]);
        arguments.extend(options);
        must(&arguments);
        fs::read(output).unwrap()
    }

    /// The verdict of `openssl cms -verify` on a message, with this certificate as the only authority; content of a detached one is given.
    pub(super) fn verifies(&self, message: &[u8], content: Option<&[u8]>) -> bool {
        let (input, outside, authority) = (self.path("in"), self.path("content"), self.path("pem"));
        fs::write(&input, message).unwrap();
        let mut arguments = vec!["cms", "-verify", "-engine", "gost", "-cades", "-binary"];
        arguments.extend(["-inform", "DER", "-in", &input, "-out", "/dev/null"]);
        arguments.extend(["-CAfile", &authority, "-purpose", "any"]);
        if let Some(content) = content {
            fs::write(&outside, content).unwrap();
            arguments.extend(["-content", &outside]);
        }
        openssl(&arguments).status.success()
    }
}
