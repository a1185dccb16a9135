//! Running the operator's signing command: no shell, a time limit, and nothing of our environment that is secret.

use crate::signers_file::CommandLine;
use desk::server::ports::signing::SigningError;
use std::{io, path::Path, process::Stdio, time::Duration};
use tokio::{
    fs,
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    process::Command,
    time::timeout,
};

/// The place of the file to sign among the arguments. Where it does not stand, the bytes go to standard input.
const INPUT: &str = "{in}";
/// The place of the file for the signature. Where it does not stand, the signature is read from standard output.
const OUTPUT: &str = "{out}";
/// The most that a signature may weigh, bytes: a document of 10 MB attached, and certificates.
const MOST: u64 = 16 * 1024 * 1024;
/// How much of the command's complaint is kept, bytes.
const COMPLAINT: usize = 600;

/// Signs bytes by a command: what it wrote, in whatever form it writes.
pub(crate) async fn run(
    line: &CommandLine,
    bytes: &[u8],
    limit: Duration,
) -> Result<Vec<u8>, SigningError> {
    let folder = tempfile::Builder::new()
        .prefix("metka-sign-")
        .tempdir()
        .map_err(failed)?;
    match timeout(limit, run_in(folder.path(), line, bytes)).await {
        Ok(result) => result,
        Err(_elapsed) => Err(SigningError::TimedOut {
            seconds: limit.as_secs(),
        }),
    }
}

async fn run_in(folder: &Path, line: &CommandLine, bytes: &[u8]) -> Result<Vec<u8>, SigningError> {
    let (input, output) = (folder.join("document"), folder.join("signature"));
    let has = |place| {
        line.arguments
            .iter()
            .any(|argument| argument.contains(place))
    };
    let by_file = has(INPUT);
    if by_file {
        fs::write(&input, bytes).await.map_err(failed)?;
    }
    let mut command = Command::new(&line.program);
    command
        .args(line.arguments.iter().map(|argument| {
            argument
                .replace(INPUT, &input.to_string_lossy())
                .replace(OUTPUT, &output.to_string_lossy())
        }))
        .current_dir(folder)
        .stdin(if by_file {
            Stdio::null()
        } else {
            Stdio::piped()
        })
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("METKA_") {
            command.env_remove(name);
        }
    }
    let mut child = command.spawn().map_err(failed)?;
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let feed = async {
        if let Some(mut stdin) = stdin {
            // A command that reads no further says why by its exit status.
            let _ = stdin.write_all(bytes).await;
        }
    };
    let ((), said, complaint, status) = tokio::join!(feed, all(stdout), all(stderr), child.wait());
    let (said, complaint, status) = (said?, complaint?, status.map_err(failed)?);
    if !status.success() {
        return Err(SigningError::Failed {
            said: format!("{status}: {}", words(&complaint, &said)),
        });
    }
    if has(OUTPUT) {
        let file = fs::File::open(&output)
            .await
            .map_err(|error| SigningError::Failed {
                said: format!("no signature was written: {error}"),
            })?;
        return all(Some(file)).await;
    }
    Ok(said)
}

/// Reads to the end; more than a signature can be is an error.
async fn all<R: tokio::io::AsyncRead + Unpin>(reader: Option<R>) -> Result<Vec<u8>, SigningError> {
    let mut bytes = Vec::new();
    if let Some(reader) = reader {
        reader
            .take(MOST + 1)
            .read_to_end(&mut bytes)
            .await
            .map_err(failed)?;
    }
    if bytes.len() as u64 > MOST {
        return Err(SigningError::Failed {
            said: format!("more than {MOST} bytes"),
        });
    }
    Ok(bytes)
}

/// What the command complained of: its error output, else what it said (`cryptcp` complains there).
fn words(complaint: &[u8], said: &[u8]) -> String {
    let told = if complaint.trim_ascii().is_empty() {
        said
    } else {
        complaint
    };
    let told = told.trim_ascii();
    let end = told.get(..COMPLAINT).unwrap_or(told);
    String::from_utf8_lossy(end).into_owned()
}

#[expect(clippy::needless_pass_by_value, reason = "it is handed to map_err")]
fn failed(error: io::Error) -> SigningError {
    SigningError::Failed {
        said: error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sh(script: &str, more: &[&str]) -> CommandLine {
        let mut arguments = vec!["-c".to_owned(), script.to_owned(), "sh".to_owned()];
        arguments.extend(more.iter().map(|&word| word.to_owned()));
        CommandLine {
            program: "/bin/sh".into(),
            arguments,
        }
    }

    const LONG: Duration = Duration::from_secs(20);

    #[tokio::test]
    async fn bytes_go_by_pipe_or_by_file_and_come_back_the_same() {
        let bytes: Vec<u8> = (0..=255).cycle().take(300_000).collect();
        let pipe = run(&sh("cat", &[]), &bytes, LONG).await.unwrap();
        let file = run(&sh("cp \"$1\" \"$2\"", &[INPUT, OUTPUT]), &bytes, LONG).await;
        assert_eq!((&pipe, &file.unwrap()), (&bytes, &bytes));
    }

    #[tokio::test]
    async fn a_refusal_carries_its_words() {
        let error = run(&sh("echo 'no such key' >&2; exit 3", &[]), b"", LONG).await;
        let Err(SigningError::Failed { said }) = error else {
            panic!("{error:?}");
        };
        assert!(said.contains('3') && said.contains("no such key"), "{said}");
        let nothing = run(&sh("true", &[OUTPUT]), b"", LONG).await.unwrap_err();
        assert!(
            nothing.to_string().contains("no signature was written"),
            "{nothing}"
        );
    }

    #[tokio::test]
    async fn a_command_that_hangs_is_stopped() {
        let error = run(&sh("exec sleep 600", &[]), b"", Duration::from_millis(50)).await;
        assert_eq!(error, Err(SigningError::TimedOut { seconds: 0 }));
    }

    #[tokio::test]
    async fn text_of_a_document_is_never_a_command() {
        let evil = b"$(touch /tmp/metka-evil); `id`";
        assert_eq!(
            run(&sh("cat \"$1\"", &[INPUT]), evil, LONG).await.unwrap(),
            evil
        );
    }
}
