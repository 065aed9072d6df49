//! Version negotiation: which dated version of an operation an `Accept` header asks for.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::call::error::ApiError;
use crate::schema::document::{Operation, Version};

const PREFIX: &str = "application/vnd.atlas.";

/// When what replaces a resource came, for resources that are replaced by others and not by a newer
/// version of themselves.
const REPLACED: [(&str, &str); 5] = [
    ("/fts/indexes", "2024-05-30"),
    ("/groups/{groupId}/invites", "2023-10-04"),
    ("/groups/{groupId}/access", "2025-02-19"),
    ("/invites", "2025-02-19"),
    ("/users", "2025-02-19"),
];

/// The version an operation is answered in.
#[derive(Clone, Debug)]
pub(crate) struct Resolved {
    pub(crate) version: String,
    /// What follows the version in the media type: `json`, `gzip`, `csv`.
    pub(crate) suffix: String,
    /// The day a newer version made this one old.
    pub(crate) deprecation: Option<Date>,
    /// The day this version goes away.
    pub(crate) sunset: Option<Date>,
}

impl Resolved {
    /// The media type of an answer.
    pub(crate) fn content_type(&self) -> String {
        if self.suffix == "json" {
            format!("{PREFIX}{}+json;charset=utf-8", self.version)
        } else {
            format!("{PREFIX}{}+{}", self.version, self.suffix)
        }
    }
}

/// Resolves an `Accept` header to the newest version not after the date it names.
///
/// Refuses with 406 what names no date, and with 410 what names a version past its sunset.
pub(crate) fn negotiate(
    accept: &str,
    operation: &Operation,
    path: &str,
    now: Timestamp,
) -> Result<Resolved, ApiError> {
    let (asked, suffix) = accept
        .split(',')
        .find_map(|entry| requested(entry, operation))
        .ok_or_else(ApiError::invalid_version)?;
    let versions = &operation.versions;
    let index = versions
        .iter()
        .rposition(|it| date(&it.version).is_some_and(|date| date <= asked))
        .ok_or_else(ApiError::invalid_version)?;
    let mut resolved = resolve(versions, index, suffix).ok_or_else(ApiError::invalid_version)?;
    if resolved.sunset.is_some() && resolved.deprecation.is_none() {
        resolved.deprecation = replaced(&operation.path);
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
    let found = versions.get(index)?;
    let sunset = found.sunset.as_deref().and_then(date);
    let newer = versions.get(index + 1).and_then(|it| date(&it.version));
    Some(Resolved {
        version: found.version.clone(),
        suffix: suffix.to_owned(),
        deprecation: sunset.and(newer),
        sunset,
    })
}

/// The day a resource was replaced by another one.
fn replaced(path: &str) -> Option<Date> {
    let (_, day) = REPLACED.iter().find(|(part, _)| path.contains(part))?;
    date(day)
}

/// The date and form of one entry of an `Accept` header, if the operation answers in that form.
fn requested<'a>(entry: &'a str, operation: &Operation) -> Option<(Date, &'a str)> {
    let media_type = entry.split(';').next()?.trim();
    let prefix = media_type.get(..PREFIX.len())?;
    if !prefix.eq_ignore_ascii_case(PREFIX) {
        return None;
    }
    let (version, suffix) = media_type.get(PREFIX.len()..)?.split_once('+')?;
    let suffixes = &operation.answer.suffixes;
    let is_offered = suffixes.iter().any(|it| it == suffix)
        || (suffix == "json" && (suffixes.is_empty() || operation.method != "GET"));
    Some((date(version).filter(|_| is_offered)?, suffix))
}

fn date(text: &str) -> Option<Date> {
    (text.len() == 10).then(|| text.parse().ok()).flatten()
}

/// A day as the service writes it in headers: the day of the month is not padded.
pub(crate) fn header_date(day: Date) -> String {
    const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let named = |names: &[&'static str], index: i8| {
        usize::try_from(index)
            .ok()
            .and_then(|index| names.get(index).copied())
            .unwrap_or_default()
    };
    let weekday = named(&WEEKDAYS, day.weekday().to_monday_zero_offset());
    let month = named(&MONTHS, day.month() - 1);
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
            answer: crate::schema::document::Answer {
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

    fn ask(accept: &str, now: &str) -> Result<Resolved, ApiError> {
        negotiate(
            accept,
            &operation(),
            "/api/atlas/v2/clusters",
            now.parse().unwrap(),
        )
    }

    const NOW: &str = "2026-09-01T08:00:00Z";

    #[test]
    fn a_date_resolves_to_the_newest_version_not_after_it() {
        let resolved = |date: &str| {
            let accept = format!("application/vnd.atlas.{date}+json");
            ask(&accept, NOW).unwrap().version
        };

        assert_eq!(resolved("2023-01-01"), "2023-01-01");
        assert_eq!(resolved("2024-08-04"), "2023-02-01");
        assert_eq!(resolved("2024-08-05"), "2024-08-05");
        assert_eq!(resolved("2099-01-01"), "2024-08-05");
    }

    #[test]
    fn an_accept_header_without_a_usable_date_is_refused() {
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
                ask(accept, NOW).unwrap_err().code(),
                "INVALID_VERSION_DATE",
                "{accept}"
            );
        }
    }

    #[test]
    fn one_usable_entry_of_several_is_enough() {
        let accept = "text/html, Application/Vnd.Atlas.2024-08-05+json;q=0.9, */*";

        assert_eq!(ask(accept, NOW).unwrap().version, "2024-08-05");
    }

    #[test]
    fn an_old_version_carries_unpadded_dates() {
        let old = ask("application/vnd.atlas.2023-02-01+json", NOW).unwrap();

        assert_eq!(
            old.deprecation.map(header_date).unwrap(),
            "Mon, 5 Aug 2024 00:00:00 GMT"
        );
        assert_eq!(
            old.sunset.map(header_date).unwrap(),
            "Thu, 1 Jul 2027 00:00:00 GMT"
        );
    }

    #[test]
    fn a_resource_that_others_replace_is_deprecated_since_they_came() {
        let mut replaced = operation();
        replaced.path = "/api/atlas/v2/orgs/{orgId}/invites".to_owned();
        replaced.versions.truncate(1);
        let accept = "application/vnd.atlas.2025-03-12+json";

        let resolved = negotiate(accept, &replaced, "", NOW.parse().unwrap()).unwrap();

        assert_eq!(
            resolved.deprecation.map(header_date).unwrap(),
            "Wed, 19 Feb 2025 00:00:00 GMT"
        );
    }

    #[test]
    fn a_version_past_its_sunset_is_gone() {
        let accept = "application/vnd.atlas.2023-02-01+json";

        assert!(ask(accept, "2027-06-30T23:59:59Z").is_ok());
        assert_eq!(
            ask(accept, "2027-07-01T00:00:00Z").unwrap_err().code(),
            "VERSION_GONE"
        );
    }
}
