//! Recorded rate limits: `openapi/rate-limits.toml`.

use serde::Deserialize;

use crate::error::{Error, Result};

const FILE_NAME: &str = "rate-limits.toml";

/// The recorded rate limits.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct RateLimits {
    /// Limits with their operations.
    #[serde(default)]
    pub limit: Vec<RateLimit>,
}

/// A rate limit with its operations.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct RateLimit {
    /// Number of requests that Atlas accepts at once.
    pub capacity: u32,
    /// Callers that share a bucket. `None` if unknown.
    pub scope: Option<Scope>,
    /// Evidence for the scope.
    pub evidence: Option<String>,
    /// Ids of the operations.
    pub operations: Vec<String>,
}

/// The callers that share a bucket.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "UPPERCASE")]
#[non_exhaustive]
pub enum Scope {
    /// The callers of a project.
    Group,
    /// The callers of an organization.
    Organization,
    /// One key, service account or user.
    User,
    /// One IP address.
    Ip,
}

impl RateLimits {
    /// Parses the limits from TOML text.
    ///
    /// # Errors
    ///
    /// Fails if the text is not TOML or has unknown keys.
    pub fn parse(text: &str) -> Result<Self> {
        toml::from_str(text).map_err(|source| Error::Toml {
            file: FILE_NAME,
            source: Box::new(source),
        })
    }

    /// Returns an error if a limit names an operation that does not exist.
    pub(crate) fn check(&self, exists: impl Fn(&str) -> bool) -> Result<()> {
        let mut ids = self.limit.iter().flat_map(|limit| &limit.operations);
        match ids.find(|id| !exists(id)) {
            None => Ok(()),
            Some(unknown) => Err(Error::Unknown {
                file: FILE_NAME,
                name: unknown.clone(),
            }),
        }
    }

    /// Returns the recorded limit of an operation.
    pub(crate) fn find(&self, operation: &str) -> Option<&RateLimit> {
        let mut limits = self.limit.iter();
        limits.find(|limit| limit.operations.iter().any(|id| id == operation))
    }

    /// Returns the recorded limit of an operation as a sentence.
    pub(crate) fn sentence(&self, operation: &str) -> Option<String> {
        let limit = self.find(operation)?;
        let scope = match limit.scope {
            None => "",
            Some(Scope::Group) => " per project",
            Some(Scope::Organization) => " per organization",
            Some(Scope::User) => " per key",
            Some(Scope::Ip) => " per IP address",
        };
        Some(format!(
            "Rate limit: {} requests at once{scope}.",
            limit.capacity
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits() -> RateLimits {
        RateLimits::parse(
            "[[limit]]\ncapacity = 300\noperations = ['listThings']\n\
             [[limit]]\ncapacity = 20\nscope = 'GROUP'\nevidence = 'seen'\noperations = ['getThing']",
        )
        .unwrap()
    }

    #[test]
    fn sentence_names_the_scope_if_known() {
        let sentence = |id| limits().sentence(id);

        assert_eq!(
            sentence("listThings").as_deref(),
            Some("Rate limit: 300 requests at once.")
        );
        assert_eq!(
            sentence("getThing").as_deref(),
            Some("Rate limit: 20 requests at once per project.")
        );
        assert_eq!(sentence("createThing"), None);
    }

    #[test]
    fn limit_of_unknown_operation_is_an_error() {
        let error = limits().check(|_| false).unwrap_err();

        assert!(error.to_string().contains("`listThings`"), "{error}");
    }
}
