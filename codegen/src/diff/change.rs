//! A change between two documents.

/// A change between two documents. Changes sort in the order of the output.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Change {
    /// Kind of the changed element.
    pub subject: Subject,
    /// Kind of the change.
    pub kind: Kind,
    /// Name of the element: an operation's id, `operation(parameter)`, or `Schema.field`.
    pub name: String,
    /// Value in the older document; empty for additions.
    pub old_value: String,
    /// Value in the newer document; empty for removals.
    pub new_value: String,
}

/// Kind of a changed element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Subject {
    /// An operation, named by its id.
    Operation,
    /// A parameter in an operation's path, query or headers.
    Parameter,
    /// A type of a request or response.
    Type,
    /// A field in the body of a request.
    RequestField,
    /// A field in the body of a response.
    ResponseField,
    /// The known values of a field or parameter.
    Values,
}

/// Kind of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Kind {
    /// The newer document lacks the element.
    Removed,
    /// The element has another name.
    Renamed,
    /// Another path, method, type or other property.
    Changed,
    /// Deprecated, or no longer deprecated.
    Deprecated,
    /// The sunset date was announced, moved or withdrawn.
    Sunset,
    /// Another newest stable version.
    ReVersioned,
    /// The older document lacks the element.
    Added,
}
