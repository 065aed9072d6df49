//! Filters for projects and clusters, by name or tag.

use std::{fmt, ops::Deref, str::FromStr};

use globset::{GlobBuilder, GlobMatcher};

use crate::error::{Error, ErrorKind, Result};
use crate::pythonic::resources::{
    deployments::{clusters::ClusterData, flex_clusters::FlexClusterData},
    organization::projects::ProjectData,
};

/// Selects projects or clusters by name or tag.
///
/// A filter with an equals sign matches a tag, `KEY=PATTERN`; any other filter is a pattern for the name. In patterns,
/// `*` matches any characters, `?` one character, `[abc]` one of these characters and `{a,b}` one of these words.
/// A pattern matches the whole name or value and is case-sensitive.
///
/// ```
/// use mongodbatlas::Filter;
///
/// let dev: Filter = "dev-*".parse()?;
/// assert!(dev.matches_parts("dev-shop", [("env", "dev")]));
/// assert!(!dev.matches_parts("my-dev-shop", []));
///
/// let tagged: Filter = "env={dev,test}".parse()?;
/// assert!(tagged.matches_parts("shop", [("owner", "jo"), ("env", "test")]));
///
/// let both = dev.and("owner=*".parse()?);
/// assert!(!both.matches_parts("dev-shop", [("env", "dev")]));
/// # Ok::<(), mongodbatlas::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Filter(Vec<Term>);

#[derive(Clone, Debug)]
enum Term {
    Name(Pattern),
    Tag { key: String, value: Pattern },
}

/// A pattern for a name or a value.
#[derive(Clone, Debug)]
pub(crate) enum Pattern {
    Exact(String),
    Glob(GlobMatcher),
}

/// Items that a [`Filter`] can match.
///
/// ```
/// use mongodbatlas::{Filter, Filterable};
///
/// struct Server(&'static str);
///
/// impl Filterable for Server {
///     fn name(&self) -> &str {
///         self.0
///     }
///
///     fn tags(&self) -> impl Iterator<Item = (&str, &str)> {
///         std::iter::empty()
///     }
/// }
///
/// let dev: Filter = "dev-*".parse()?;
/// assert!(dev.matches(&Server("dev-7")) && !dev.matches(&Server("web-1")));
/// # Ok::<(), mongodbatlas::Error>(())
/// ```
pub trait Filterable {
    /// Returns the name.
    fn name(&self) -> &str;

    /// Returns the tags: key and value.
    fn tags(&self) -> impl Iterator<Item = (&str, &str)>;
}

impl Filter {
    /// Creates a filter that matches this name only. Wildcards have no meaning in it.
    pub fn named(name: impl Into<String>) -> Self {
        Self(vec![Term::Name(Pattern::Exact(name.into()))])
    }

    /// Combines two filters: both must match.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Returns `true` if the filter matches a project or cluster.
    pub fn matches(&self, item: &impl Filterable) -> bool {
        self.matches_parts(item.name(), item.tags())
    }

    /// Returns `true` if the filter matches a name and tags.
    pub fn matches_parts<'a>(
        &self,
        name: &str,
        tags: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> bool {
        let tags: Vec<_> = tags.into_iter().collect();
        self.0.iter().all(|term| match term {
            Term::Name(pattern) => pattern.matches(name),
            Term::Tag { key, value } => tags
                .iter()
                .any(|(tag, found)| key == tag && value.matches(found)),
        })
    }
}

impl Pattern {
    pub(crate) fn matches(&self, text: &str) -> bool {
        match self {
            Self::Exact(name) => name == text,
            Self::Glob(glob) => glob.is_match(text),
        }
    }

    pub(crate) fn parse(pattern: &str, text: &str) -> Result<Self> {
        let glob = GlobBuilder::new(pattern).backslash_escape(true).build();
        let glob = glob.map_err(|source| {
            Error::new(
                ErrorKind::InvalidInput,
                format!("`{text}` is not a pattern: {}", source.kind()),
            )
            .with_hint("write `[[]` for a bracket and `[*]` for a star")
            .with_source(source)
        })?;
        Ok(Self::Glob(glob.compile_matcher()))
    }
}

impl FromStr for Filter {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let missing = |part: &str, hint: &'static str| {
            let message = format!("the filter `{text}` has no {part}");
            Err(Error::new(ErrorKind::InvalidInput, message).with_hint(hint))
        };
        let term = match text.split_once('=') {
            Some(("", _)) => return missing("key", "write KEY=VALUE, such as `env=dev`"),
            Some((_, "")) => return missing("value", "write KEY=VALUE, or `KEY=*` for any value"),
            Some((key, value)) => Term::Tag {
                key: key.to_owned(),
                value: Pattern::parse(value, text)?,
            },
            None if text.is_empty() => return missing("name", "write `*` for every name"),
            None => Term::Name(Pattern::parse(text, text)?),
        };
        Ok(Self(vec![term]))
    }
}

impl fmt::Display for Filter {
    /// Writes the terms, joined by `and`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, term) in self.0.iter().enumerate() {
            if number > 0 {
                f.write_str(" and ")?;
            }
            match term {
                Term::Name(pattern) => write!(f, "{pattern}")?,
                Term::Tag { key, value } => write!(f, "{key}={value}")?,
            }
        }
        Ok(())
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact(name) => f.write_str(name),
            Self::Glob(glob) => write!(f, "{}", glob.glob()),
        }
    }
}

/// Implements [`Filterable`] for data with a name and tags.
macro_rules! filterable {
    ($($data:ident),*) => {
        $(impl Filterable for $data {
            fn name(&self) -> &str {
                self.name()
            }

            fn tags(&self) -> impl Iterator<Item = (&str, &str)> {
                let tags = self.as_api().tags.iter().flatten();
                tags.filter_map(|tag| Some((tag.key.as_deref()?, tag.value.as_deref()?)))
            }
        })*
    };
}

filterable!(ProjectData, ClusterData, FlexClusterData);

impl<T: Deref<Target: Filterable>> Filterable for T {
    fn name(&self) -> &str {
        (**self).name()
    }

    fn tags(&self) -> impl Iterator<Item = (&str, &str)> {
        (**self).tags()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pattern_matches_the_whole_name_case_sensitively() {
        for (pattern, name, expected) in [
            ("dev-*", "dev-shop", true),
            ("dev-*", "dev-", true),
            ("dev-*", "DEV-shop", false),
            ("dev-*", "my-dev-shop", false),
            ("trial-?", "trial-a", true),
            ("trial-?", "trial-10", false),
            ("{dev,test}-*", "test-1", true),
            ("*", "データ基盤", true),
            ("Field Trials (2026)", "Field Trials (2026)", true),
            ("a/*", "a/b/c", true),
        ] {
            let filter: Filter = pattern.parse().unwrap();
            assert_eq!(filter.matches_parts(name, []), expected, "{pattern} {name}");
            assert_eq!(filter.to_string(), pattern);
        }
    }

    #[test]
    fn named_has_no_wildcards() {
        assert!(!Filter::named("dev-*").matches_parts("dev-shop", []));
        assert!(Filter::named("dev-*").matches_parts("dev-*", []));
    }

    #[test]
    fn tag_value_can_contain_an_equals_sign() {
        let filter: Filter = "query=a=b".parse().unwrap();

        assert!(filter.matches_parts("any", [("query", "a=b")]));
        assert_eq!(filter.to_string(), "query=a=b");
    }

    #[test]
    fn parse_error_contains_the_filter_and_a_hint() {
        for text in ["", "=dev", "env=", "dev-[a", "{a,b", "env=[", "[b-a]"] {
            let error = text.parse::<Filter>().unwrap_err();

            assert!(error.is_invalid_input() && error.hint().is_some(), "{text}");
            assert!(error.to_string().contains(&format!("`{text}`")), "{error}");
        }
    }
}
