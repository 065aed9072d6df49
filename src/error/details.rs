//! The details of a rejection: invalid fields, required roles, and the rejected IP address.

use std::fmt;
use std::net::IpAddr;

use serde_json::Value;

use super::{Error, Sender, codes, one_line};

/// A field of a request that Atlas rejected.
///
/// ```
/// # fn example(error: &mongodbatlas::Error) {
/// for field in error.field_errors() {
///     println!("{}: {}", field.field(), field.description());
/// }
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    field: String,
    description: String,
}

impl FieldError {
    /// Returns the path of the field, such as `replicationSpecs[0].regionConfigs[0].regionName`.
    pub fn field(&self) -> &str {
        &self.field
    }

    /// Returns the description of the problem, as Atlas sent it.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// Reads `badRequestDetail` of an error document.
    pub(super) fn from_detail(detail: &Value) -> Vec<Self> {
        let fields = detail.get("fields").and_then(Value::as_array);
        let read_line = |value: &Value, name: &str| {
            let read_line = value.get(name).and_then(Value::as_str);
            read_line.map(one_line).unwrap_or_default()
        };
        let errors = fields.into_iter().flatten().map(|value| Self {
            field: read_line(value, "field"),
            description: read_line(value, "description"),
        });
        errors
            .filter(|error| !error.field.is_empty() || !error.description.is_empty())
            .collect()
    }
}

impl Error {
    /// Returns the fields of the request that Atlas rejected (`badRequestDetail`).
    pub fn field_errors(&self) -> &[FieldError] {
        &self.0.fields
    }

    /// Returns the roles, any one of which allows the request, if a role is missing: the role in the
    /// error code, such as `ORG_OWNER`, or else the roles of the operation, such as
    /// `Project Cluster Manager`.
    ///
    /// ```
    /// # fn example(error: &mongodbatlas::Error) {
    /// if error.is_forbidden() {
    ///     println!("missing role: {}", error.required_roles().collect::<Vec<_>>().join(" or "));
    /// }
    /// # }
    /// ```
    pub fn required_roles(&self) -> impl Iterator<Item = &str> {
        let code = self.error_code().unwrap_or_default();
        let is_role_missing =
            self.is_forbidden() && self.0.sender == Sender::Atlas && !codes::is_address_code(code);
        let role = codes::role_in_code(code).filter(|_| is_role_missing);
        let operation_roles: &[&'static str] = match role {
            None if is_role_missing => self.0.roles,
            _ => &[],
        };
        role.into_iter().chain(operation_roles.iter().copied())
    }

    /// Returns the IP address that Atlas rejected because it is not on the API access list.
    pub fn address(&self) -> Option<IpAddr> {
        if !codes::is_address_code(self.error_code()?) {
            return None;
        }
        let parameters = self.parameters().iter().filter_map(Value::as_str);
        let detail = self.detail().unwrap_or_default().split_ascii_whitespace();
        parameters.chain(detail).find_map(|candidate| {
            let candidate = candidate.trim_end_matches(['.', ',']);
            let address = candidate
                .split_once('/')
                .map_or(candidate, |(address, _)| address);
            address.parse().ok()
        })
    }

    /// Adds facts about the operation: the roles that it requires, and the host of the base URL.
    pub(crate) fn with_operation(mut self, roles: &'static [&'static str], host: &str) -> Self {
        self.0.roles = roles;
        self.0.host = Some(one_line(host));
        self.render_hint()
    }

    /// Writes the details that the message does not contain.
    pub(super) fn fmt_details(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let message = &self.0.message;
        let fields = self.0.fields.iter();
        for error in fields.filter(|error| !message.contains(&error.description)) {
            match error.field.as_str() {
                "" => write!(f, "; {}", error.description)?,
                field => write!(f, "; `{field}`: {}", error.description)?,
            }
        }
        if let Some(address) = self
            .address()
            .filter(|ip| !message.contains(&ip.to_string()))
        {
            write!(f, " (address `{address}`)")?;
        }
        let roles: Vec<_> = self.required_roles().collect();
        if !roles.is_empty() {
            write!(f, " (required role: {})", roles.join(" or "))?;
        }
        Ok(())
    }
}
