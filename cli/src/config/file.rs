//! Reads and writes the official CLI's config.toml, and preserves comments and unknown keys.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use toml_edit::{DocumentMut, Item, TableLike, Value, value};

use crate::error::CliError;

/// The configuration file.
#[derive(Debug)]
pub(crate) struct ConfigFile {
    path: Option<PathBuf>,
    document: DocumentMut,
}

impl ConfigFile {
    /// Reads the file; a missing one is empty.
    ///
    /// # Errors
    ///
    /// Fails if the file cannot be read or is not TOML.
    pub(crate) fn read() -> Result<Self, CliError> {
        let Some(path) = path() else {
            return Ok(Self {
                path: None,
                document: DocumentMut::new(),
            });
        };
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => {
                return Err(CliError::failure(format!(
                    "cannot read `{}`: {error}",
                    path.display()
                )));
            }
        };
        let document = text.parse().map_err(|error: toml_edit::TomlError| {
            // the parser's message quotes the line, which can contain a secret
            let start = error.span().map_or(0, |span| span.start);
            let line = 1 + text[..start].matches('\n').count();
            CliError::failure(format!("invalid TOML in `{}`, line {line}", path.display()))
                .with_hint("correct the line, or move the file away")
        })?;
        Ok(Self {
            path: Some(path),
            document,
        })
    }

    /// Returns the path, if there is a home directory.
    pub(crate) fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Returns the value of a profile's key as text.
    pub(crate) fn text(&self, profile: &str, key: &str) -> Option<String> {
        text_of(find(self.document.as_table(), profile)?.get(key)?)
    }

    /// Returns the value of a key outside of the profiles as text.
    pub(crate) fn top(&self, key: &str) -> Option<String> {
        text_of(self.document.get(key)?)
    }

    /// Returns the names of the profiles, in the order of the file.
    pub(crate) fn profiles(&self) -> Vec<String> {
        let mut names = Vec::new();
        collect(self.document.as_table(), "", &mut names);
        names
    }

    /// Returns `true` if there is a profile of this name.
    pub(crate) fn has(&self, profile: &str) -> bool {
        find(self.document.as_table(), profile).is_some()
    }

    /// Returns the keys of a profile, in the order of the file.
    pub(crate) fn keys(&self, profile: &str) -> Vec<String> {
        let table = find(self.document.as_table(), profile);
        let keys = table.into_iter().flat_map(|table| table.iter());
        keys.map(|(key, _)| key.to_owned()).collect()
    }

    /// Sets a key of a profile, which is created if necessary.
    pub(crate) fn set(&mut self, profile: &str, key: &str, text: &str) {
        if find(self.document.as_table(), profile).is_none() {
            self.document
                .insert(profile, Item::Table(toml_edit::Table::new()));
        }
        if let Some(table) = find_mut(self.document.as_table_mut(), profile) {
            table.insert(key, item_of(text));
        }
    }

    /// Removes a key of a profile.
    pub(crate) fn unset(&mut self, profile: &str, key: &str) {
        if let Some(table) = find_mut(self.document.as_table_mut(), profile) {
            table.remove(key);
        }
    }

    /// Sets a key outside of the profiles.
    pub(crate) fn set_top(&mut self, key: &str, text: &str) {
        self.document.insert(key, item_of(text));
    }

    /// Removes a profile.
    pub(crate) fn remove(&mut self, profile: &str) {
        drop(take(self.document.as_table_mut(), profile));
    }

    /// Renames a profile. Keys and comments are kept. A profile that already has the new name is removed.
    pub(crate) fn rename(&mut self, old: &str, new: &str) {
        let Some(item) = take(self.document.as_table_mut(), old) else {
            return;
        };
        self.remove(new);
        self.document.insert(new, item);
        if self.top(super::DEFAULT_KEY).as_deref() == Some(old) {
            self.set_top(super::DEFAULT_KEY, new);
        }
    }

    /// Creates the file for its owner alone if it is missing, and returns its path.
    ///
    /// # Errors
    ///
    /// Fails if the file cannot be written.
    pub(crate) fn ensure_exists(&self) -> Result<&Path, CliError> {
        match &self.path {
            Some(path) if path.exists() => Ok(path),
            _ => {
                self.save()?;
                self.path.as_deref().ok_or_else(no_directory)
            }
        }
    }

    /// Writes the file for its owner alone, by replacing it.
    ///
    /// # Errors
    ///
    /// Fails if the file cannot be written.
    pub(crate) fn save(&self) -> Result<(), CliError> {
        let Some(path) = &self.path else {
            return Err(no_directory());
        };
        let cannot = |error: std::io::Error| {
            CliError::failure(format!("cannot write `{}`: {error}", path.display()))
        };
        if let Some(directory) = path.parent() {
            fs::create_dir_all(directory).map_err(cannot)?;
        }
        let new = path.with_extension("toml.new");
        drop(fs::remove_file(&new));
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        let mut file = super::private::restrict(&mut options)
            .open(&new)
            .map_err(cannot)?;
        file.write_all(self.document.to_string().as_bytes())
            .map_err(cannot)?;
        file.sync_all().map_err(cannot)?;
        fs::rename(&new, path).map_err(cannot)
    }
}

/// Returns the error for a user without a home directory.
pub(crate) fn no_directory() -> CliError {
    CliError::failure("there is no directory for the configuration")
        .with_hint("set `HOME` or `XDG_CONFIG_HOME`")
}

fn item_of(text: &str) -> Item {
    match text {
        "true" => value(true),
        "false" => value(false),
        text => value(text),
    }
}

fn text_of(item: &Item) -> Option<String> {
    let text = match item.as_value()? {
        Value::String(text) => text.value().clone(),
        other => other.to_string().trim().to_owned(),
    };
    (!text.is_empty()).then_some(text)
}

/// Returns the table of a profile; a dotted name can be quoted or nested.
fn find<'t>(tables: &'t dyn TableLike, profile: &str) -> Option<&'t dyn TableLike> {
    let named = |name: &str| {
        let mut entries = tables.iter();
        let entry = entries.find(|(key, _)| key.eq_ignore_ascii_case(name));
        entry.and_then(|(_, item)| item.as_table_like())
    };
    named(profile).or_else(|| {
        let mut dots = profile.match_indices('.');
        dots.find_map(|(dot, _)| find(named(&profile[..dot])?, &profile[dot + 1..]))
    })
}

fn find_mut<'t>(tables: &'t mut dyn TableLike, profile: &str) -> Option<&'t mut dyn TableLike> {
    let key = tables
        .iter()
        .find(|(key, _)| key.eq_ignore_ascii_case(profile))
        .map(|(key, _)| key.to_owned());
    if let Some(key) = key {
        return tables.get_mut(&key)?.as_table_like_mut();
    }
    let dots = profile.match_indices('.').map(|(dot, _)| dot);
    let dot = dots.into_iter().find(|dot| {
        let nested = tables.get(&profile[..*dot]).and_then(Item::as_table_like);
        nested.is_some_and(|nested| find(nested, &profile[dot + 1..]).is_some())
    })?;
    let nested = tables.get_mut(&profile[..dot])?.as_table_like_mut()?;
    find_mut(nested, &profile[dot + 1..])
}

/// Removes the table of a profile from the tables, and returns it; a dotted name can be quoted or nested.
fn take(tables: &mut dyn TableLike, profile: &str) -> Option<Item> {
    let key = tables
        .iter()
        .find(|(key, item)| key.eq_ignore_ascii_case(profile) && item.is_table_like())
        .map(|(key, _)| key.to_owned());
    if let Some(key) = key {
        return tables.remove(&key);
    }
    let dots: Vec<_> = profile.match_indices('.').map(|(dot, _)| dot).collect();
    dots.into_iter().find_map(|dot| {
        let outer = tables
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(&profile[..dot]))
            .map(|(key, _)| key.to_owned())?;
        let nested = tables.get_mut(&outer)?.as_table_like_mut()?;
        take(nested, &profile[dot + 1..])
    })
}

/// Collects the names of tables with values; tables with tables only are parts of dotted names.
fn collect(tables: &dyn TableLike, prefix: &str, names: &mut Vec<String>) {
    for (key, item) in tables.iter() {
        let Some(table) = item.as_table_like() else {
            continue;
        };
        let name = format!("{prefix}{key}");
        if table.is_empty() || table.iter().any(|(_, item)| item.is_value()) {
            names.push(name.clone());
        }
        collect(table, &format!("{name}."), names);
    }
}

/// Returns the path of the file.
fn path() -> Option<PathBuf> {
    let directory = |name: &str| {
        let value = std::env::var_os(name)?;
        (!value.is_empty()).then(|| PathBuf::from(value))
    };
    let base = if cfg!(windows) {
        directory("APPDATA")?
    } else if cfg!(target_os = "macos") {
        directory("HOME")?.join("Library/Application Support")
    } else if let Some(base) = directory("XDG_CONFIG_HOME") {
        base
    } else {
        directory("HOME")?.join(".config")
    };
    Some(base.join("atlascli/config.toml"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> ConfigFile {
        ConfigFile {
            path: None,
            document: text.parse().unwrap(),
        }
    }

    #[test]
    fn edits_keep_comments_and_unknown_keys() {
        let text =
            "version = 2 # kept\n\n# mine\n[default]\nproject_id = 'p' # the shop\nother = 1\n";
        let mut file = parsed(text);

        file.set("default", "org_id", "o");
        file.set("nightly", "output", "json");

        let expected = format!("{text}org_id = \"o\"\n\n[nightly]\noutput = \"json\"\n");
        assert_eq!(file.document.to_string(), expected);
    }

    #[test]
    fn renamed_profile_keeps_place_and_comments() {
        let text = "default_profile = \"a.b\"\n\n# work\n[a.b] # mine\norg_id = 'o' # here\n\n[other]\nx = 1\n";
        let mut file = parsed(text);

        file.rename("a.b", "work");

        let expected = "default_profile = \"work\"\n\n# work\n[work] # mine\norg_id = 'o' # here\n\n[other]\nx = 1\n";
        assert_eq!(file.document.to_string(), expected);
    }

    #[test]
    fn dotted_profiles_are_removed_quoted_and_nested() {
        for text in [
            "[\"a.b\"]\norg_id = 'o'\n",
            "[a.b]\norg_id = 'o'\n",
            "[a.b.c]\nx = 1\n",
        ] {
            let mut file = parsed(text);
            let name = file.profiles().remove(0);
            file.remove(&name);
            assert!(!file.has(&name), "{text}");
        }
    }

    #[test]
    fn dotted_names_are_found_quoted_and_nested() {
        for text in ["[\"a.b\"]\norg_id = 'o'\n", "[a.b]\norg_id = 'o'\n"] {
            let file = parsed(text);
            assert_eq!(file.text("a.b", "org_id").as_deref(), Some("o"), "{text}");
            assert_eq!(file.profiles(), ["a.b"], "{text}");
        }
    }
}
