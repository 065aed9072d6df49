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
/// A text with an equals sign matches a tag, any other matches the name. `*` matches any
/// characters, `?` one character, `[abc]` one of these characters and `{a,b}` one of these words.
/// Patterns match the whole text and are case-sensitive.
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
///
/// let error = "dev-[".parse::<Filter>().unwrap_err();
/// assert!(error.to_string().starts_with("`dev-[` is not a pattern"));
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
enum Pattern {
    Exactly(String),
    Like(GlobMatcher),
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
    /// Matches exactly this name, without wildcards.
    pub fn named(name: impl Into<String>) -> Self {
        Self(vec![Term::Name(Pattern::Exactly(name.into()))])
    }

    /// Matches if both filters match.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Returns whether the filter matches a project or cluster.
    pub fn matches(&self, thing: &impl Filterable) -> bool {
        self.matches_parts(thing.name(), thing.tags())
    }

    /// Returns whether the filter matches a name and tags.
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
                .any(|(known, found)| key == known && value.matches(found)),
        })
    }
}

impl Pattern {
    fn matches(&self, text: &str) -> bool {
        match self {
            Self::Exactly(name) => name == text,
            Self::Like(glob) => glob.is_match(text),
        }
    }

    fn parse(pattern: &str, text: &str) -> Result<Self> {
        let glob = GlobBuilder::new(pattern).backslash_escape(true).build();
        let glob = glob.map_err(|source| {
            Error::new(
                ErrorKind::InvalidInput,
                format!("`{text}` is not a pattern: {}", source.kind()),
            )
            .with_hint("`*` stands for anything; write `[[]` for a bracket and `[*]` for a star")
            .with_source(source)
        })?;
        Ok(Self::Like(glob.compile_matcher()))
    }
}

impl FromStr for Filter {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let missing = |what: &str, hint: &'static str| {
            let message = format!("the filter `{text}` names no {what}");
            Err(Error::new(ErrorKind::InvalidInput, message).with_hint(hint))
        };
        let term = match text.split_once('=') {
            Some(("", _)) => return missing("tag", "write KEY=VALUE, such as `env=dev`"),
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
    /// Writes the terms, separated by `and`.
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
            Self::Exactly(name) => f.write_str(name),
            Self::Like(glob) => write!(f, "{}", glob.glob()),
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
    fn a_name_is_matched_whole_and_with_its_case() {
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
    fn an_exact_name_has_no_wildcards() {
        assert!(!Filter::named("dev-*").matches_parts("dev-shop", []));
        assert!(Filter::named("dev-*").matches_parts("dev-*", []));
    }

    #[test]
    fn a_value_may_hold_an_equals_sign() {
        let filter: Filter = "query=a=b".parse().unwrap();

        assert!(filter.matches_parts("any", [("query", "a=b")]));
        assert_eq!(filter.to_string(), "query=a=b");
    }

    #[test]
    fn bad_filters_are_named_with_their_cure() {
        for bad in ["", "=dev", "env=", "dev-[a", "{a,b", "env=[", "[b-a]"] {
            let error = bad.parse::<Filter>().unwrap_err();

            assert!(error.is_invalid_input() && error.hint().is_some(), "{bad}");
            assert!(error.to_string().contains(&format!("`{bad}`")), "{error}");
        }
    }
}
