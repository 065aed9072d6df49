//! Matches paths against templates such as `/groups/{groupId}/clusters/{clusterName}`.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// The path parameters of a request, in order: names and decoded values.
pub(crate) type PathParameters<'a> = Vec<(&'a str, String)>;

/// A path with parameters in braces.
#[derive(Clone, Debug)]
pub(crate) struct Template {
    segments: Vec<Segment>,
}

#[derive(Clone, Debug)]
enum Segment {
    Literal(String),
    /// A parameter with an optional suffix, as in `{clusterName}:pin`.
    Parameter {
        name: String,
        suffix: String,
    },
}

impl Template {
    pub(crate) fn parse(template: &str) -> Self {
        let segments = template.split('/').map(|segment| {
            match segment
                .strip_prefix('{')
                .and_then(|rest| rest.split_once('}'))
            {
                Some((name, suffix)) => Segment::Parameter {
                    name: name.to_owned(),
                    suffix: suffix.to_owned(),
                },
                None => Segment::Literal(segment.to_owned()),
            }
        });
        Self {
            segments: segments.collect(),
        }
    }

    /// Returns the number of parameters, and the number of parameters without a suffix. Lower is
    /// more specific.
    pub(crate) fn generality(&self) -> (usize, usize) {
        let count = |matches: fn(&&Segment) -> bool| self.segments.iter().filter(matches).count();
        (
            count(|segment| matches!(segment, Segment::Parameter { .. })),
            count(
                |segment| matches!(segment, Segment::Parameter { suffix, .. } if suffix.is_empty()),
            ),
        )
    }

    /// Returns the parameters with their decoded values, or `None` if the path does not match.
    pub(crate) fn matches(&self, path: &str) -> Option<PathParameters<'_>> {
        // A request is matched against hundreds of templates, so the function allocates only after
        // a match.
        let parts = || path.split('/').map(decode);
        let has_same_length = path.split('/').count() == self.segments.len();
        let mut pairs = self.segments.iter().zip(parts());
        if !has_same_length || !pairs.all(|(segment, part)| segment.matches(&part)) {
            return None;
        }
        let pairs = self.segments.iter().zip(parts());
        Some(
            pairs
                .filter_map(|(segment, part)| segment.parameter(&part))
                .collect(),
        )
    }
}

impl Segment {
    fn matches(&self, part: &str) -> bool {
        match self {
            Self::Literal(literal) => literal == part,
            Self::Parameter { suffix, .. } => part.len() > suffix.len() && part.ends_with(suffix),
        }
    }

    /// Returns the parameter and its value in a matching part.
    fn parameter(&self, part: &str) -> Option<(&str, String)> {
        match self {
            Self::Literal(_) => None,
            Self::Parameter { name, suffix } => {
                let value = part.strip_suffix(suffix.as_str())?;
                Some((name, value.to_owned()))
            }
        }
    }
}

/// Returns the value of a parameter by its name.
pub(crate) fn find_parameter<'a>(parameters: &'a [(&str, String)], name: &str) -> Option<&'a str> {
    let mut parameters = parameters.iter();
    let (_, value) = parameters.find(|(known, _)| *known == name)?;
    Some(value)
}

/// Percent-decodes a path segment.
fn decode(segment: &str) -> Cow<'_, str> {
    percent_decode_str(segment).decode_utf8_lossy()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_parameters() {
        let template = Template::parse("/groups/byName/{groupName}");

        let values = template.matches("/groups/byName/Caf%C3%A9%20Z%C3%BCrich");

        assert_eq!(values, Some(vec![("groupName", "Café Zürich".to_owned())]));
    }

    #[test]
    fn suffix_of_a_parameter_must_match() {
        let template = Template::parse("/clusters/{clusterName}:pin");

        assert_eq!(
            template.matches("/clusters/one:pin"),
            Some(vec![("clusterName", "one".to_owned())])
        );
        assert_eq!(template.matches("/clusters/one"), None);
    }

    #[test]
    fn longer_and_shorter_paths_do_not_match() {
        let template = Template::parse("/groups/{groupId}");

        assert_eq!(template.matches("/groups"), None);
        assert_eq!(template.matches("/groups/"), None);
        assert_eq!(template.matches("/groups/a/clusters"), None);
    }
}
