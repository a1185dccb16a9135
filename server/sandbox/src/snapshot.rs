//! The world as one JSON file that is either the old one or the new one, never half of it.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use thiserror::Error;

use crate::world::World;

/// The world could not be read from its file or written to it.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SnapshotError {
    /// The file system refused.
    #[error("the world file {path}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file does not hold a world. It is left as it is.
    #[error("the world file {path} cannot be understood: {source}")]
    Content {
        /// The file.
        path: PathBuf,
        /// What is wrong in it.
        source: serde_json::Error,
    },
}

/// Reads the world, `None` when there is no file yet.
pub(crate) fn read(path: &Path) -> Result<Option<World>, SnapshotError> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(missing) if missing.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(io_error(path, source)),
    };
    serde_json::from_slice(&bytes)
        .map(Some)
        .map_err(|source| SnapshotError::Content {
            path: path.to_owned(),
            source,
        })
}

/// Writes the world beside the file, makes it durable and puts it in the file's place.
pub(crate) fn write(path: &Path, world: &World) -> Result<(), SnapshotError> {
    let bytes = serde_json::to_vec(world).map_err(|source| SnapshotError::Content {
        path: path.to_owned(),
        source,
    })?;
    replace(path, &bytes).map_err(|source| io_error(path, source))
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let temporary = path.with_file_name(name);
    let mut file = File::create(&temporary)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&temporary, path)?;
    // The rename itself lives in the folder; without this a power cut may bring the old name back.
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    File::open(folder)?.sync_all()
}

fn io_error(path: &Path, source: io::Error) -> SnapshotError {
    SnapshotError::Io {
        path: path.to_owned(),
        source,
    }
}
