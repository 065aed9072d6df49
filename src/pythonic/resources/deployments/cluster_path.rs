//! Cluster paths: `PROJECT:NAME` or `NAME`.

use std::{fmt, str::FromStr};

use crate::error::{Error, ErrorKind, Result};

/// The name of a cluster, with an optional prefix: the name or id of a project, and a colon.
///
/// The last colon is the separator, because project names may contain colons.
///
/// ```
/// use mongodbatlas::ClusterPath;
///
/// let path: ClusterPath = "Shop: north:main".parse()?;
/// assert_eq!((path.project(), path.name()), (Some("Shop: north"), "main"));
///
/// let path: ClusterPath = "main".parse()?;
/// assert_eq!((path.project(), path.name()), (None, "main"));
///
/// let error = "Shop:".parse::<ClusterPath>().unwrap_err();
/// assert_eq!(error.to_string(), "`Shop:` has no cluster name");
/// # Ok::<(), mongodbatlas::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ClusterPath {
    project: Option<Box<str>>,
    name: Box<str>,
}

impl ClusterPath {
    /// Returns the name or id of the project; `None` for a name alone.
    pub fn project(&self) -> Option<&str> {
        self.project.as_deref()
    }

    /// Returns the name of the cluster.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl FromStr for ClusterPath {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let (project, name) = text.rsplit_once(':').unwrap_or(("", text));
        if name.is_empty() {
            let message = format!("`{text}` has no cluster name");
            return Err(Error::new(ErrorKind::InvalidInput, message)
                .with_hint("use `PROJECT:NAME` or `NAME`"));
        }
        Ok(Self {
            project: (!project.is_empty()).then(|| project.into()),
            name: name.into(),
        })
    }
}

impl TryFrom<&str> for ClusterPath {
    type Error = Error;

    fn try_from(text: &str) -> Result<Self> {
        text.parse()
    }
}

impl fmt::Display for ClusterPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.project {
            Some(project) => write!(f, "{project}:{}", self.name),
            None => f.write_str(&self.name),
        }
    }
}
