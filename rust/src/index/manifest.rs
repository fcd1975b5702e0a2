//! What an index consists of, in one small file of text that is replaced as a whole.

use std::fmt::Write;
use std::path::Path;

use xxhash_rust::xxh3::xxh3_64;

use super::disk;
use super::keys::KeysFile;
use crate::error::{Error, Result};

pub const NAME: &str = "index";
/// Version of the format; another one is refused.
pub const FORMAT: u32 = 1;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Manifest {
    /// The settings, as the Python side wrote them: one line.
    pub config: String,
    /// Counts the times that the documents were written anew.
    pub generation: u64,
    /// Counts the files of this generation, for their names.
    pub files: u64,
    /// Documents up to here are in `keys`; later ones are read from the log again.
    pub documents: u32,
    /// Bytes of the log that hold them.
    pub position: u64,
    pub keys: Vec<KeysFile>,
    /// The file that marks removed documents, and its checksum.
    pub removed: Option<(String, u64)>,
}

impl Manifest {
    pub fn log_name(&self) -> String {
        format!("documents-{}", self.generation)
    }

    pub fn places_name(&self) -> String {
        format!("places-{}", self.generation)
    }

    /// Whether a file of the folder belongs to the index as this manifest describes it.
    pub fn names(&self, file: &str) -> bool {
        file == self.log_name()
            || file == self.places_name()
            || self.keys.iter().any(|keys| keys.name == file)
            || self.removed.as_ref().is_some_and(|(name, _)| name == file)
    }

    pub fn write(&self, folder: &Path) -> Result<()> {
        let mut text = format!("dedup index\nformat {FORMAT}\nconfig {}\n", self.config);
        let Manifest { generation, files, documents, position, .. } = self;
        let _ = writeln!(text, "state {generation} {files} {documents} {position}");
        for KeysFile { name, length, sum, entries, dropped } in &self.keys {
            let _ = writeln!(text, "keys {name} {length} {sum} {entries} {dropped}");
        }
        if let Some((name, sum)) = &self.removed {
            let _ = writeln!(text, "removed {name} {sum}");
        }
        let _ = writeln!(text, "sum {}", xxh3_64(text.as_bytes()));
        disk::replace(folder, NAME, text.as_bytes())
    }

    pub fn read(folder: &Path) -> Result<Manifest> {
        let path = folder.join(NAME);
        let shown = path.display();
        if !folder.is_dir() {
            return Err(Error::Artefact(format!("{}: no such index; create it first", folder.display())));
        }
        let bytes = match std::fs::read(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(Error::Artefact(format!("{}: is not an index: it has no file '{NAME}'", folder.display())));
            }
            read => read.map_err(|error| disk::unreadable(&path, &error))?,
        };
        let text = String::from_utf8(bytes).unwrap_or_default();
        let mut lines = text.lines();
        if lines.next() != Some("dedup index") {
            return Err(Error::Artefact(format!("{shown}: is not the manifest of an index")));
        }
        let format = lines.next().and_then(|line| line.strip_prefix("format ")).unwrap_or_default();
        if format != FORMAT.to_string() {
            return Err(Error::Artefact(format!(
                "{shown}: format {format:?} is not {FORMAT}, which this version reads; export it with the version that wrote it, then import"
            )));
        }
        let damaged = || Error::Artefact(format!("{shown}: damaged or cut short"));
        let (body, sum) = text.strip_suffix('\n').and_then(|text| text.rsplit_once("\nsum ")).ok_or_else(damaged)?;
        if sum != xxh3_64(&text.as_bytes()[..body.len() + 1]).to_string() {
            return Err(damaged());
        }
        Manifest::parse(body).ok_or_else(damaged)
    }

    fn parse(body: &str) -> Option<Manifest> {
        let mut manifest = Manifest::default();
        for line in body.lines().skip(2) {
            let (kind, rest) = line.split_once(' ')?;
            let fields: Vec<&str> = rest.split(' ').collect();
            match (kind, &fields[..]) {
                ("config", _) => manifest.config = rest.into(),
                ("state", [generation, files, documents, position]) => {
                    manifest.generation = generation.parse().ok()?;
                    manifest.files = files.parse().ok()?;
                    manifest.documents = documents.parse().ok()?;
                    manifest.position = position.parse().ok()?;
                }
                ("keys", [name, length, sum, entries, dropped]) => manifest.keys.push(KeysFile {
                    name: name.to_string(),
                    length: length.parse().ok()?,
                    sum: sum.parse().ok()?,
                    entries: entries.parse().ok()?,
                    dropped: dropped.parse().ok()?,
                }),
                ("removed", [name, sum]) => manifest.removed = Some((name.to_string(), sum.parse().ok()?)),
                _ => return None,
            }
        }
        Some(manifest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_comes_back_and_every_damage_is_seen() {
        let folder = disk::tests::folder("manifest");
        let manifest = Manifest {
            config: r#"{"threshold": 0.8, "x": "a b"}"#.into(),
            generation: 2,
            files: 9,
            documents: 77,
            position: 12345,
            keys: vec![KeysFile { name: "keys-2-8".into(), length: 5, sum: 6, entries: 7, dropped: 1 }],
            removed: Some(("removed-2-9".into(), 3)),
        };
        manifest.write(&folder).unwrap();
        assert_eq!(Manifest::read(&folder).unwrap(), manifest);
        let whole = std::fs::read(folder.join(NAME)).unwrap();
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            std::fs::write(folder.join(NAME), &bytes).unwrap();
            assert!(Manifest::read(&folder).is_err(), "{at}");
            std::fs::write(folder.join(NAME), &whole[..at]).unwrap();
            assert!(Manifest::read(&folder).is_err(), "{at}");
        }
        std::fs::remove_dir_all(folder).unwrap();
    }
}
