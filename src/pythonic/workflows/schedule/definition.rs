//! One schedule of a file.

use jiff::{SignedDuration, civil::Date, tz::TimeZone};
use serde_json::Value;

use super::{
    dates::{DateException, DateRange},
    reader::{ScheduleFault, Table, report},
    selector::Selector,
    target::ScheduleTarget,
    timeline::{Interval, Timeline, end_instant, start_instant},
    window::{Hours, Window},
};

/// The keys of a schedule.
const KEYS: [&str; 10] = [
    "select",
    "exclude",
    "running",
    "holidays",
    "exceptions",
    "mode",
    "catch-up",
    "start-ahead",
    "spread",
    "min-age",
];

/// The default time during which a missed boundary is applied.
const CATCH_UP: SignedDuration = SignedDuration::from_mins(15);
/// The longest time during which a missed boundary is applied.
const LONGEST_CATCH_UP: SignedDuration = SignedDuration::from_hours(1);
/// The longest `start-ahead` and `spread`.
const LONGEST_SHIFT: SignedDuration = SignedDuration::from_hours(12);
/// The longest `min-age`.
const LONGEST_MIN_AGE: SignedDuration = SignedDuration::from_hours(24 * 366);

/// The way a schedule is applied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ScheduleMode {
    /// A pass acts on boundaries only: changes that people make between them stay.
    #[default]
    Edges,
    /// After each pass, the cluster is in the scheduled state.
    Enforce,
}

/// Windows in which clusters run, and the clusters to which they apply.
#[derive(Clone, Debug)]
pub(super) struct Schedule {
    pub(super) name: String,
    pub(super) select: Vec<Selector>,
    pub(super) exclude: Vec<Selector>,
    running: Vec<Window>,
    holidays: Vec<DateRange>,
    exceptions: Vec<DateException>,
    pub(super) mode: ScheduleMode,
    pub(super) catch_up: SignedDuration,
    start_ahead: SignedDuration,
    spread: SignedDuration,
    pub(super) min_age: SignedDuration,
}

impl Schedule {
    /// Reads a table of `schedules`. Reports its faults.
    pub(super) fn read(
        name: &str,
        value: &Value,
        has_opt_in_tag: bool,
        faults: &mut Vec<ScheduleFault>,
    ) -> Option<Self> {
        let path = format!("schedules.{name}");
        let table = Table::read(&path, value, &KEYS, faults)?;
        let zero = SignedDuration::ZERO;
        let schedule = Self {
            name: name.to_owned(),
            select: read_selectors(&table, "select", faults),
            exclude: read_selectors(&table, "exclude", faults),
            running: table.parse_items("running", faults),
            holidays: table.parse_items("holidays", faults),
            exceptions: read_exceptions(&table, faults),
            mode: read_mode(&table, faults),
            catch_up: table.duration("catch-up", CATCH_UP, LONGEST_CATCH_UP, faults),
            start_ahead: table.duration("start-ahead", zero, LONGEST_SHIFT, faults),
            spread: table.duration("spread", zero, LONGEST_SHIFT, faults),
            min_age: table.duration("min-age", zero, LONGEST_MIN_AGE, faults),
        };
        if table.get("select").is_none() && !has_opt_in_tag {
            let message = "no `select`: write `select = [\"dev-*\"]`, or set `opt-in-tag`";
            report(faults, &path, message.to_owned());
        }
        if table.get("running").is_none() {
            let message = "no `running`: write `running = [\"mon-fri 07:30-19:00\"]`, or `[]` to keep clusters paused";
            report(faults, &path, message.to_owned());
        }
        Some(schedule)
    }

    /// Returns `true` if the schedule applies to the cluster: selected or opted in by a tag, and not excluded.
    pub(super) fn applies_to(&self, cluster: &ScheduleTarget, opt_in_tag: Option<&str>) -> bool {
        let is_opted_in = opt_in_tag.and_then(|key| cluster.tag(key)) == Some(&*self.name);
        let matches = |selectors: &[Selector]| {
            let mut selectors = selectors.iter();
            selectors.any(|selector| selector.matches(cluster))
        };
        (is_opted_in || matches(&self.select)) && !matches(&self.exclude)
    }

    /// Returns the windows that start on dates from `first` to `last`, with the starts moved by `start-ahead` and
    /// the cluster's share of `spread`.
    pub(super) fn intervals(
        &self,
        cluster: &ScheduleTarget,
        zone: &TimeZone,
        (first, last): (Date, Date),
    ) -> Vec<Interval> {
        let shift = cluster.start_delay(self.spread) - self.start_ahead;
        let dates = first.series(jiff::Span::new().days(1));
        let dates = dates.take_while(|date| *date <= last);
        let windows = dates.flat_map(|date| {
            let hours = self.find_hours(date);
            hours.into_iter().map(move |hours| hours.on(date))
        });
        let windows = windows.filter_map(|(start, end)| {
            let (start, end) = (start_instant(start, zone)?, end_instant(end, zone)?);
            (start < end).then_some(Interval { start, end })
        });
        // Windows that touch are one: only its start is moved.
        let merged = Timeline::new(windows).into_intervals().into_iter();
        let moved = merged.map(|Interval { start, end }| {
            let moved = start.checked_add(shift).unwrap_or(start);
            // A window shorter than its share of the spread starts on time.
            let start = if moved < end { moved } else { start };
            Interval { start, end }
        });
        moved.collect()
    }

    /// Returns the ranges of times that start on a date. An exception takes precedence over a holiday.
    fn find_hours(&self, date: Date) -> Vec<Hours> {
        let mut exceptions = self
            .exceptions
            .iter()
            .filter(|exception| exception.date == date);
        if let Some(exception) = exceptions.next() {
            let others = exceptions.flat_map(|exception| exception.running.clone());
            return exception.running.iter().copied().chain(others).collect();
        }
        if self.holidays.iter().any(|holiday| holiday.contains(date)) {
            return Vec::new();
        }
        let windows = self.running.iter();
        windows.filter_map(|window| window.hours_on(date)).collect()
    }
}

impl ScheduleMode {
    /// Returns the name in schedule files: `edges` or `enforce`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Edges => "edges",
            Self::Enforce => "enforce",
        }
    }
}

fn read_mode(table: &Table<'_>, faults: &mut Vec<ScheduleFault>) -> ScheduleMode {
    match table.string("mode", faults) {
        None | Some("edges") => ScheduleMode::Edges,
        Some("enforce") => ScheduleMode::Enforce,
        Some(other) => {
            let message = format!("unknown mode `{other}`: write `edges` or `enforce`");
            report(faults, &table.key_path("mode"), message);
            ScheduleMode::Edges
        }
    }
}

fn read_selectors(table: &Table<'_>, key: &str, faults: &mut Vec<ScheduleFault>) -> Vec<Selector> {
    let items = table.items(key).into_iter();
    let selectors = items.filter_map(|(path, item)| Selector::read(&path, item, faults));
    selectors.collect()
}

fn read_exceptions(table: &Table<'_>, faults: &mut Vec<ScheduleFault>) -> Vec<DateException> {
    let items = table.items("exceptions").into_iter();
    let exceptions = items.filter_map(|(path, item)| DateException::read(&path, item, faults));
    exceptions.collect()
}
