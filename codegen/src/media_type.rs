//! Atlas's versioned media types.

/// A media type such as `application/vnd.atlas.2024-08-05+json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct MediaType<'a> {
    /// Date of a stable version. `None` for preview and upcoming versions.
    pub(crate) stable: Option<&'a str>,
    /// Format after the `+`: `json`, `gzip` or `csv`.
    pub(crate) format: &'a str,
}

impl<'a> MediaType<'a> {
    /// Parses a versioned media type. `None` for other media types.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        let (version, format) = text
            .strip_prefix("application/vnd.atlas.")?
            .split_once('+')?;
        Some(Self {
            stable: is_date(version).then_some(version),
            format,
        })
    }
}

/// Returns `true` if the text has the format `YYYY-MM-DD`.
fn is_date(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(index, byte)| match index {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_date_is_a_stable_version() {
        let stable = |text| MediaType::parse(text).and_then(|media| media.stable);

        assert_eq!(
            stable("application/vnd.atlas.2024-08-05+json"),
            Some("2024-08-05")
        );
        assert_eq!(stable("application/vnd.atlas.preview+json"), None);
        assert_eq!(
            stable("application/vnd.atlas.2026-01-01.upcoming+json"),
            None
        );
        assert_eq!(MediaType::parse("application/json"), None);
    }
}
