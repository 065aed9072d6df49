//! Columns of tables.

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    /// The heading, in capitals.
    pub(crate) heading: &'static str,
    /// The field: JSON names joined by dots. `*` joins the items of an array with commas, a number
    /// selects one item, and `a|b` is the first field that has a value.
    pub(crate) field: &'static str,
    /// The style of the values.
    pub(crate) style: Style,
}

/// The style of a column's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// Unformatted text.
    Plain,
    /// The state of a resource, in colour.
    State,
    /// A time, in the local time zone.
    Time,
    /// The day of a time in UTC, without the time.
    Day,
    /// A number of bytes, in KB, MB or GB.
    Bytes,
    /// An amount in cents, as dollars.
    Cents,
}

/// Creates a column.
pub(crate) const fn column(heading: &'static str, field: &'static str) -> Column {
    Column {
        heading,
        field,
        style: Style::Plain,
    }
}

impl Column {
    /// Colours the values as states.
    pub(crate) const fn state(mut self) -> Self {
        self.style = Style::State;
        self
    }

    /// Shows the values as times.
    pub(crate) const fn time(mut self) -> Self {
        self.style = Style::Time;
        self
    }

    /// Shows the days of the values, which are times.
    pub(crate) const fn day(mut self) -> Self {
        self.style = Style::Day;
        self
    }

    /// Shows the values as numbers of bytes.
    pub(crate) const fn bytes(mut self) -> Self {
        self.style = Style::Bytes;
        self
    }

    /// Shows the values, which are in cents, as dollars.
    pub(crate) const fn cents(mut self) -> Self {
        self.style = Style::Cents;
        self
    }
}
