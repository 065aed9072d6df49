//! Parses targets: `NAME`, `PROJECT:NAME`, `ORG_ID/PROJECT:NAME`, ids and globs.

use crate::{
    engine::{
        names::{Matcher, is_glob},
        session::is_id,
    },
    error::CliError,
};

/// A target on the command line.
#[derive(Clone, Debug)]
pub(crate) struct TargetText {
    pub(crate) text: String,
    /// The id of the organization.
    pub(crate) organization: Option<String>,
    /// The project: a name, an id or a glob.
    pub(crate) project: Option<String>,
    /// The name, id or glob of the cluster.
    pub(crate) name: String,
}

impl TargetText {
    /// Parses a target. The last colon separates the project from the name.
    ///
    /// # Errors
    ///
    /// Fails with a usage error if a part is empty or the name is not a valid cluster name.
    pub(crate) fn parse(text: &str) -> Result<Self, CliError> {
        let invalid = |reason: &str, hint: &str| {
            Err(CliError::usage(format!("invalid target `{text}`: {reason}")).with_hint(hint))
        };
        let (project, name) = match text.rsplit_once(':') {
            Some((project, name)) => (Some(project), name),
            None => (None, text),
        };
        if name.is_empty() {
            return invalid(
                "the cluster is empty",
                "write `PROJECT:NAME`, or `PROJECT:*` for all clusters",
            );
        }
        if !is_legal(name) {
            return invalid(
                "no cluster can have this name",
                "write `PROJECT:*` for all clusters of a project; a name has letters, digits and hyphens",
            );
        }
        let (organization, project) = match project {
            Some("") => {
                return invalid(
                    "the project is empty",
                    "write `PROJECT:NAME`, or the name alone",
                );
            }
            Some(project) => match project.split_once('/') {
                Some((organization, project)) if is_id(organization) && !project.is_empty() => (
                    Some(organization.to_ascii_lowercase()),
                    Some(project.to_owned()),
                ),
                _ => (None, Some(project.to_owned())),
            },
            None => (None, None),
        };
        Ok(Self {
            text: text.to_owned(),
            organization,
            project,
            name: name.to_owned(),
        })
    }

    /// Returns `true` if the target can match several clusters.
    pub(crate) fn is_glob(&self) -> bool {
        is_glob(&self.name) || self.project.as_deref().is_some_and(is_glob)
    }

    /// Returns `true` if the name is an id.
    pub(crate) fn is_id(&self) -> bool {
        is_id(&self.name)
    }

    /// Returns the matcher of the name.
    ///
    /// # Errors
    ///
    /// Fails with a usage error if the glob is malformed.
    pub(crate) fn matcher(&self) -> Result<Matcher, CliError> {
        Matcher::new(&self.name)
    }
}

/// Returns `true` for a name that a cluster can have, or a glob of one.
fn is_legal(name: &str) -> bool {
    let is_allowed = |letter: char| {
        letter.is_ascii_alphanumeric() || letter == '-' || is_glob(name) && "*?[]!".contains(letter)
    };
    name.chars().all(is_allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (Option<String>, Option<String>, String) {
        let target = TargetText::parse(text).unwrap();
        (target.organization, target.project, target.name)
    }

    #[test]
    fn last_colon_separates_project_and_name() {
        let id = "5f0c2a9e1b3d4e0001a2b3c5";

        assert_eq!(parts("main"), (None, None, "main".to_owned()));
        assert_eq!(parts("Shop: north:main").1.as_deref(), Some("Shop: north"));
        assert_eq!(parts(&format!("{id}:a-*")).1.as_deref(), Some(id));
        assert_eq!(parts(&format!("{id}/Shop:a")).0.as_deref(), Some(id));
        assert_eq!(parts("a/b:c").1.as_deref(), Some("a/b"));
    }

    #[test]
    fn impossible_names_are_usage_errors() {
        for text in ["", "Shop:", ":main", "Shop: north", "my cluster", "a.b"] {
            assert!(TargetText::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn globs_are_recognized_in_both_parts() {
        assert!(TargetText::parse("dev-*").unwrap().is_glob());
        assert!(TargetText::parse("S*:main").unwrap().is_glob());
        assert!(!TargetText::parse("S:main").unwrap().is_glob());
    }
}
