//! Text that is not shown.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A secret of the generated layer, such as a created key's private half or a user's password.
///
/// It is sent and read like any text, and shown nowhere: [`expose`](Self::expose) is the only way to
/// see it.
///
/// ```
/// use mongodbatlas::api::SecretText;
///
/// let secret = SecretText::from("7ac3d6b1");
///
/// assert_eq!(secret.expose(), "7ac3d6b1");
/// assert_eq!(format!("{secret:?}"), "SecretText(…)");
/// ```
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct SecretText(String);

impl SecretText {
    /// The text.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for SecretText {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for SecretText {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretText(…)")
    }
}
