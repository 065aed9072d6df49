//! A schedule file.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use serde_json::Value;

use crate::error::{Error, ErrorKind};

use super::{
    definition::{Schedule, ScheduleMode},
    moment::parse_moment,
    reader::{ScheduleFault, Table, report},
    selector::Selector,
    target::ScheduleTarget,
    timeline::Timeline,
};

/// The keys of a schedule file.
const KEYS: [&str; 4] = ["timezone", "opt-in-tag", "schedules", "overrides"];

/// A file with schedules for pausing and starting clusters.
///
/// The file is TOML, YAML or JSON; this type reads its document. The guide for schedules describes the keys.
///
/// ```
/// use mongodbatlas::ScheduleFile;
/// use serde_json::json;
///
/// let file = ScheduleFile::from_document(&json!({
///     "timezone": "Europe/Berlin",
///     "schedules": {
///         "office-hours": { "select": ["dev-*"], "running": ["mon-fri 07:30-19:00"] }
///     }
/// }));
/// assert!(file.is_ok());
///
/// let faults = ScheduleFile::from_document(&json!({ "timezone": "Mars/Base" })).unwrap_err();
/// assert_eq!(faults[0].path, "timezone");
/// ```
#[derive(Clone, Debug)]
pub struct ScheduleFile {
    pub(super) zone: TimeZone,
    opt_in_tag: Option<String>,
    schedules: BTreeMap<String, Schedule>,
    overrides: Vec<ScheduleOverride>,
}

/// A cluster that has to run until a time, whatever its schedules say.
#[derive(Clone, Debug)]
struct ScheduleOverride {
    cluster: Selector,
    until: Timestamp,
}

/// The schedules of one cluster, combined.
#[derive(Clone, Debug)]
pub(super) struct CombinedSchedule {
    /// The names of the schedules that apply.
    pub(super) names: Vec<String>,
    /// [`Enforce`](ScheduleMode::Enforce) if all schedules enforce.
    pub(super) mode: ScheduleMode,
    /// The longest time of all schedules.
    pub(super) catch_up: SignedDuration,
    /// The longest time of all schedules.
    pub(super) min_age: SignedDuration,
    /// The union of the windows of all schedules.
    pub(super) timeline: Timeline,
    /// The end of the override; `None` without one.
    pub(super) override_end: Option<Timestamp>,
}

impl CombinedSchedule {
    /// Returns `true` if an override requires the cluster to run at this time.
    pub(super) fn is_overridden_at(&self, time: Timestamp) -> bool {
        self.override_end.is_some_and(|end| time < end)
    }

    /// Returns `true` if the windows or an override require the cluster to run at this time.
    pub(super) fn is_running_at(&self, time: Timestamp) -> bool {
        self.is_overridden_at(time) || self.timeline.is_running_at(time)
    }

    /// Returns the timeline without the pauses before the end of the override.
    pub(super) fn effective_timeline(&self) -> Timeline {
        match self.override_end {
            Some(end) => self.timeline.with_running_until(end),
            None => self.timeline.clone(),
        }
    }
}

impl ScheduleFile {
    /// Reads the document of a schedule file.
    ///
    /// # Errors
    ///
    /// Returns all faults: unknown keys and invalid values with their paths.
    pub fn from_document(document: &Value) -> Result<Self, Vec<ScheduleFault>> {
        let mut faults = Vec::new();
        let file = Self::read(document, &mut faults);
        match file {
            Some(file) if faults.is_empty() => Ok(file),
            _ => Err(faults),
        }
    }

    fn read(document: &Value, faults: &mut Vec<ScheduleFault>) -> Option<Self> {
        let table = Table::read("", document, &KEYS, faults)?;
        let opt_in_tag = table.string("opt-in-tag", faults).map(str::to_owned);
        if opt_in_tag.as_deref() == Some("") {
            report(
                faults,
                "opt-in-tag",
                "empty: write the key of a tag".to_owned(),
            );
        }
        let zone = read_zone(&table, faults);
        let mut schedules = BTreeMap::new();
        match table.get("schedules") {
            Some(Value::Object(tables)) if !tables.is_empty() => {
                for (name, value) in tables {
                    let schedule = Schedule::read(name, value, opt_in_tag.is_some(), faults);
                    schedules.extend(schedule.map(|schedule| (name.clone(), schedule)));
                }
            }
            Some(Value::Object(_)) | None => {
                let message = "no schedule: write a table `[schedules.NAME]`";
                report(faults, "schedules", message.to_owned());
            }
            Some(_) => report(faults, "schedules", "not a table".to_owned()),
        }
        let zone = zone?;
        let overrides = table.items("overrides").into_iter();
        let overrides = overrides
            .filter_map(|(path, item)| ScheduleOverride::read(&path, item, &zone, faults))
            .collect();
        Some(Self {
            zone,
            opt_in_tag,
            schedules,
            overrides,
        })
    }

    /// Returns the time zone of the windows.
    pub fn time_zone(&self) -> &TimeZone {
        &self.zone
    }

    /// Parses a time as the tag `keep-awake` has it: a date, which means its end, or a date and a time in the zone
    /// of the file, or a timestamp with an offset.
    ///
    /// # Errors
    ///
    /// Returns [`InvalidInput`](crate::ErrorKind::InvalidInput) for another text.
    pub fn parse_time(&self, text: &str) -> Result<Timestamp, Error> {
        parse_moment(text, &self.zone)
            .map_err(|message| Error::new(ErrorKind::InvalidInput, message))
    }

    /// Returns the names of the schedules.
    pub fn schedule_names(&self) -> impl Iterator<Item = &str> {
        self.schedules.keys().map(String::as_str)
    }

    /// Returns the clusters whose opt-in tag names no schedule, by `PROJECT:NAME`.
    pub fn unknown_opt_ins(&self, clusters: &[ScheduleTarget]) -> Vec<ScheduleFault> {
        let Some(key) = &self.opt_in_tag else {
            return Vec::new();
        };
        let mut unknown = Vec::new();
        for cluster in clusters {
            if let Some(name) = cluster.tag(key)
                && !self.schedules.contains_key(name)
            {
                let message = format!("the tag `{key}` names the unknown schedule `{name}`");
                report(&mut unknown, &cluster.path(), message);
            }
        }
        unknown
    }

    /// Returns the selectors and overrides that match none of these clusters, with their paths.
    pub fn unmatched_selectors<'a>(&'a self, clusters: &[ScheduleTarget]) -> Vec<ScheduleFault> {
        let mut unmatched = Vec::new();
        let mut check = |path: String, selector: &'a Selector| {
            if !clusters.iter().any(|cluster| selector.matches(cluster)) {
                let message = format!("`{}` matches no cluster", selector.source());
                report(&mut unmatched, &path, message);
            }
        };
        for (name, schedule) in &self.schedules {
            for (key, selectors) in [("select", &schedule.select), ("exclude", &schedule.exclude)] {
                for (index, selector) in selectors.iter().enumerate() {
                    check(format!("schedules.{name}.{key}[{index}]"), selector);
                }
            }
        }
        for (index, entry) in self.overrides.iter().enumerate() {
            check(format!("overrides[{index}].cluster"), &entry.cluster);
        }
        unmatched
    }

    /// Combines the schedules of a cluster for the time from `first` to `last`; `None` if none applies.
    pub(super) fn combine(
        &self,
        cluster: &ScheduleTarget,
        first: Timestamp,
        last: Timestamp,
    ) -> Option<CombinedSchedule> {
        let applies =
            |schedule: &&Schedule| schedule.applies_to(cluster, self.opt_in_tag.as_deref());
        let schedules: Vec<_> = self.schedules.values().filter(applies).collect();
        let longest = |time: fn(&Schedule) -> SignedDuration| {
            schedules.iter().map(|schedule| time(schedule)).max()
        };
        let (catch_up, min_age) = (
            longest(|schedule| schedule.catch_up)?,
            longest(|schedule| schedule.min_age)?,
        );
        let is_enforced = schedules
            .iter()
            .all(|schedule| schedule.mode == ScheduleMode::Enforce);
        // A window can start up to two days before its effect: across midnight, or moved by `start-ahead`.
        let day = |time: Timestamp, days: i64| {
            let time = time.saturating_add(SignedDuration::from_hours(24 * days));
            self.zone.to_datetime(time.unwrap_or(last)).date()
        };
        let dates = (day(first, -2), day(last, 2));
        let windows = schedules.iter();
        let windows = windows.flat_map(|schedule| schedule.intervals(cluster, &self.zone, dates));
        let overrides = self.overrides.iter();
        let override_end = overrides
            .filter(|entry| entry.cluster.matches(cluster))
            .map(|entry| entry.until)
            .max();
        Some(CombinedSchedule {
            names: schedules
                .iter()
                .map(|schedule| schedule.name.clone())
                .collect(),
            mode: if is_enforced {
                ScheduleMode::Enforce
            } else {
                ScheduleMode::Edges
            },
            catch_up,
            min_age,
            timeline: Timeline::new(windows),
            override_end,
        })
    }
}

impl ScheduleOverride {
    /// Reads `{ cluster = "Storefront:dev-1", until = "2026-12-01 18:00" }`.
    fn read(
        path: &str,
        value: &Value,
        zone: &TimeZone,
        faults: &mut Vec<ScheduleFault>,
    ) -> Option<Self> {
        let table = Table::read(path, value, &["cluster", "until"], faults)?;
        let cluster = if let Some(value) = table.get("cluster") {
            Selector::read(&table.key_path("cluster"), value, faults)
        } else {
            report(faults, path, "no `cluster`".to_owned());
            None
        };
        let until = table.string("until", faults);
        if table.get("until").is_none() {
            report(faults, path, "no `until`".to_owned());
        }
        let until = match parse_moment(until?, zone) {
            Ok(until) => until,
            Err(message) => {
                report(faults, &table.key_path("until"), message);
                return None;
            }
        };
        Some(Self {
            cluster: cluster?,
            until,
        })
    }
}

/// Reads the time zone. Default: UTC, which does not depend on the machine.
fn read_zone(table: &Table<'_>, faults: &mut Vec<ScheduleFault>) -> Option<TimeZone> {
    if table.get("timezone").is_none() {
        return Some(TimeZone::UTC);
    }
    let name = table.string("timezone", faults)?;
    let zone = TimeZone::get(name).ok();
    if zone.is_none() {
        let message = format!(
            "unknown time zone `{name}`: write an IANA name such as `Europe/Berlin` or `UTC`"
        );
        report(faults, "timezone", message);
    }
    zone
}
