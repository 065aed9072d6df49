//! Path templates: `/groups/{groupId}/clusters/{clusterName}` against a request's path.

/// A path with parameters in braces.
#[derive(Clone, Debug)]
pub(crate) struct Template {
    segments: Vec<Segment>,
}

#[derive(Clone, Debug)]
enum Segment {
    Literal(String),
    /// A parameter, followed by text as in `{clusterName}:pin` (mostly none).
    Parameter {
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
                Some((_, suffix)) => Segment::Parameter {
                    suffix: suffix.to_owned(),
                },
                None => Segment::Literal(segment.to_owned()),
            }
        });
        Self {
            segments: segments.collect(),
        }
    }

    /// How many parameters it has, and how many of them nothing follows: the fewer, the more specific.
    pub(crate) fn generality(&self) -> (usize, usize) {
        let count = |is_one: fn(&&Segment) -> bool| self.segments.iter().filter(is_one).count();
        (
            count(|it| matches!(it, Segment::Parameter { .. })),
            count(|it| matches!(it, Segment::Parameter { suffix } if suffix.is_empty())),
        )
    }

    /// The decoded values of the parameters, if the path is of this form.
    pub(crate) fn matches(&self, path: &str) -> Option<Vec<String>> {
        let mut values = Vec::new();
        let mut parts = path.split('/');
        for segment in &self.segments {
            let part = decoded(parts.next()?);
            match segment {
                Segment::Literal(literal) if *literal == part => {}
                Segment::Literal(_) => return None,
                Segment::Parameter { suffix } => {
                    let value = part.strip_suffix(suffix.as_str())?;
                    if value.is_empty() {
                        return None;
                    }
                    values.push(value.to_owned());
                }
            }
        }
        parts.next().is_none().then_some(values)
    }
}

/// A path segment without its percent escapes.
fn decoded(segment: &str) -> String {
    let bytes = segment.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut index = 0;
    while let Some(&byte) = bytes.get(index) {
        let escape = bytes
            .get(index + 1..index + 3)
            .filter(|_| byte == b'%')
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        index += if escape.is_some() { 3 } else { 1 };
        plain.push(escape.unwrap_or(byte));
    }
    String::from_utf8_lossy(&plain).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_percent_decoded() {
        let template = Template::parse("/groups/byName/{groupName}");

        let values = template.matches("/groups/byName/Caf%C3%A9%20Z%C3%BCrich");

        assert_eq!(values, Some(vec!["Café Zürich".to_owned()]));
    }

    #[test]
    fn an_action_after_a_parameter_has_to_match() {
        let template = Template::parse("/clusters/{clusterName}:pin");

        assert_eq!(
            template.matches("/clusters/one:pin"),
            Some(vec!["one".to_owned()])
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
