//! Version negotiation: resolves the date in an `Accept` header to a version of an operation.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::call::error::ApiError;
use crate::schema::document::{Operation, Version};

const PREFIX: &str = "application/vnd.atlas.";

/// Resources that another resource replaces, with the date of the replacement.
const REPLACED_RESOURCES: [(&str, &str); 5] = [
    ("/fts/indexes", "2024-05-30"),
    ("/groups/{groupId}/invites", "2023-10-04"),
    ("/groups/{groupId}/access", "2025-02-19"),
    ("/invites", "2025-02-19"),
    ("/users", "2025-02-19"),
];

/// The resolved version of a response.
#[derive(Clone, Debug)]
pub(crate) struct Resolved {
    pub(crate) version: String,
    /// The suffix of the media type: `json`, `gzip` or `csv`.
    pub(crate) suffix: String,
    /// The date of the next version.
    pub(crate) deprecation: Option<Date>,
    /// The date on which this version ends.
    pub(crate) sunset: Option<Date>,
}

impl Resolved {
    /// Returns the media type of the response.
    pub(crate) fn content_type(&self) -> String {
        if self.suffix == "json" {
            format!("{PREFIX}{}+json;charset=utf-8", self.version)
        } else {
            format!("{PREFIX}{}+{}", self.version, self.suffix)
        }
    }
}

/// Resolves an `Accept` header to the newest version that is not after its date.
///
/// # Errors
///
/// 406 without a date, 410 for a version past its sunset.
pub(crate) fn negotiate(
    accept: &str,
    operation: &Operation,
    path: &str,
    now: Timestamp,
) -> Result<Resolved, ApiError> {
    let (requested, suffix) = accept
        .split(',')
        .find_map(|entry| parse_entry(entry, operation))
        .ok_or_else(ApiError::invalid_version)?;
    let versions = &operation.versions;
    let index = versions
        .iter()
        .rposition(|version| parse_date(&version.version).is_some_and(|date| date <= requested))
        .ok_or_else(ApiError::invalid_version)?;
    let mut resolved = resolve(versions, index, suffix).ok_or_else(ApiError::invalid_version)?;
    if resolved.sunset.is_some() && resolved.deprecation.is_none() {
        resolved.deprecation = replacement_date(&operation.path);
    }
    let today = TimeZone::UTC.to_datetime(now).date();
    if resolved.sunset.is_some_and(|sunset| sunset <= today) {
        return Err(ApiError::version_gone(
            &resolved.version,
            path.trim_start_matches('/'),
        ));
    }
    Ok(resolved)
}

fn resolve(versions: &[Version], index: usize, suffix: &str) -> Option<Resolved> {
    let version = versions.get(index)?;
    let sunset = version.sunset.as_deref().and_then(parse_date);
    let newer = versions.get(index + 1);
    let newer = newer.and_then(|version| parse_date(&version.version));
    Some(Resolved {
        version: version.version.clone(),
        suffix: suffix.to_owned(),
        deprecation: sunset.and(newer),
        sunset,
    })
}

/// Returns the date on which another resource replaced the one at `path`.
fn replacement_date(path: &str) -> Option<Date> {
    let (_, day) = REPLACED_RESOURCES
        .iter()
        .find(|(part, _)| path.contains(part))?;
    parse_date(day)
}

/// Returns the date and suffix of an entry of an `Accept` header, or `None` if the operation does
/// not support the suffix.
fn parse_entry<'a>(entry: &'a str, operation: &Operation) -> Option<(Date, &'a str)> {
    let media_type = entry.split(';').next()?.trim();
    let prefix = media_type.get(..PREFIX.len())?;
    if !prefix.eq_ignore_ascii_case(PREFIX) {
        return None;
    }
    let (version, suffix) = media_type.get(PREFIX.len()..)?.split_once('+')?;
    let suffixes = &operation.success.suffixes;
    let is_supported = suffixes.iter().any(|supported| supported == suffix)
        || (suffix == "json" && (suffixes.is_empty() || operation.method != "GET"));
    Some((parse_date(version).filter(|_| is_supported)?, suffix))
}

fn parse_date(text: &str) -> Option<Date> {
    (text.len() == 10).then(|| text.parse().ok()).flatten()
}

/// Formats a date for a header, without padding of the day, as Atlas does.
pub(crate) fn format_header_date(day: Date) -> String {
    const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let name = |names: &[&'static str], index: i8| {
        usize::try_from(index)
            .ok()
            .and_then(|index| names.get(index).copied())
            .unwrap_or_default()
    };
    let weekday = name(&WEEKDAYS, day.weekday().to_monday_zero_offset());
    let month = name(&MONTHS, day.month() - 1);
    format!(
        "{weekday}, {} {month} {} 00:00:00 GMT",
        day.day(),
        day.year()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::template::Template;

    fn operation() -> Operation {
        let version = |version: &str, sunset: Option<&str>| Version {
            version: version.to_owned(),
            sunset: sunset.map(str::to_owned),
        };
        Operation {
            id: "getGroupCluster".to_owned(),
            method: "GET",
            path: "/clusters".to_owned(),
            template: Template::parse("/clusters"),
            tag: "Clusters".to_owned(),
            roles: Vec::new(),
            parameters: Vec::new(),
            request: None,
            success: crate::schema::document::SuccessResponse {
                status: 200,
                suffixes: vec!["json".to_owned()],
                schema: None,
            },
            versions: vec![
                version("2023-01-01", Some("2027-07-01")),
                version("2023-02-01", Some("2027-07-01")),
                version("2024-08-05", None),
            ],
        }
    }

    fn negotiate_at(accept: &str, now: &str) -> Result<Resolved, ApiError> {
        negotiate(
            accept,
            &operation(),
            "/api/atlas/v2/clusters",
            now.parse().unwrap(),
        )
    }

    const NOW: &str = "2026-09-01T08:00:00Z";

    #[test]
    fn resolves_a_date_to_the_newest_version_not_after_it() {
        let resolve = |date: &str| {
            let accept = format!("application/vnd.atlas.{date}+json");
            negotiate_at(&accept, NOW).unwrap().version
        };

        assert_eq!(resolve("2023-01-01"), "2023-01-01");
        assert_eq!(resolve("2024-08-04"), "2023-02-01");
        assert_eq!(resolve("2024-08-05"), "2024-08-05");
        assert_eq!(resolve("2099-01-01"), "2024-08-05");
    }

    #[test]
    fn rejects_an_accept_header_without_a_valid_date() {
        for accept in [
            "",
            "*/*",
            "application/json",
            "application/vnd.atlas.2022-12-31+json",
            "application/vnd.atlas.2023-13-01+json",
            "application/vnd.atlas.2024-08-05+csv",
            "application/vnd.atlas.preview+json",
        ] {
            assert_eq!(
                negotiate_at(accept, NOW).unwrap_err().code(),
                "INVALID_VERSION_DATE",
                "{accept}"
            );
        }
    }

    #[test]
    fn selects_the_valid_entry_of_several() {
        let accept = "text/html, Application/Vnd.Atlas.2024-08-05+json;q=0.9, */*";

        assert_eq!(negotiate_at(accept, NOW).unwrap().version, "2024-08-05");
    }

    #[test]
    fn formats_deprecation_and_sunset_without_padding() {
        let old = negotiate_at("application/vnd.atlas.2023-02-01+json", NOW).unwrap();

        assert_eq!(
            old.deprecation.map(format_header_date).unwrap(),
            "Mon, 5 Aug 2024 00:00:00 GMT"
        );
        assert_eq!(
            old.sunset.map(format_header_date).unwrap(),
            "Thu, 1 Jul 2027 00:00:00 GMT"
        );
    }

    #[test]
    fn replaced_resource_is_deprecated_since_its_replacement() {
        let mut replaced = operation();
        replaced.path = "/api/atlas/v2/orgs/{orgId}/invites".to_owned();
        replaced.versions.truncate(1);
        let accept = "application/vnd.atlas.2025-03-12+json";

        let resolved = negotiate(accept, &replaced, "", NOW.parse().unwrap()).unwrap();

        assert_eq!(
            resolved.deprecation.map(format_header_date).unwrap(),
            "Wed, 19 Feb 2025 00:00:00 GMT"
        );
    }

    #[test]
    fn rejects_a_version_past_its_sunset() {
        let accept = "application/vnd.atlas.2023-02-01+json";

        assert!(negotiate_at(accept, "2027-06-30T23:59:59Z").is_ok());
        assert_eq!(
            negotiate_at(accept, "2027-07-01T00:00:00Z")
                .unwrap_err()
                .code(),
            "VERSION_GONE"
        );
    }
}
