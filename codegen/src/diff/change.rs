//! One change.

/// A difference between two documents. Changes sort in the order in which they are printed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Change {
    /// What sort of thing changed.
    pub subject: Subject,
    /// What happened to it.
    pub kind: Kind,
    /// Its name: an operation's id, `operation(parameter)`, or `Schema.field`.
    pub name: String,
    /// What it was; empty for what is new.
    pub was: String,
    /// What it is; empty for what is gone.
    pub is: String,
}

/// What sort of thing changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Subject {
    /// An operation.
    Operation,
    /// A parameter in an operation's path, query or headers.
    Parameter,
    /// The type of what is sent or received.
    Type,
    /// A field of what is sent.
    RequestField,
    /// A field of what is received.
    AnswerField,
    /// The values that a field or parameter is known to take.
    Values,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Kind {
    /// It is gone.
    Removed,
    /// It goes by another name.
    Renamed,
    /// It has another path, method, type or the like.
    Changed,
    /// It is to be used no longer.
    Deprecated,
    /// Atlas announced, moved or withdrew the day on which it switches it off.
    Sunset,
    /// Its newest stable version is another one.
    ReVersioned,
    /// It is new.
    Added,
}
