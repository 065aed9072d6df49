//! Secret text in generated types.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::redacted::Redacted;

/// A secret of the generated layer, such as the private key of a new API key or a user's password.
///
/// It serializes as text. `Debug` prints `[REDACTED]`; [`expose`](Self::expose) returns the text.
///
/// ```
/// use mongodbatlas::api::SecretText;
///
/// let secret = SecretText::from("7ac3d6b1");
///
/// assert_eq!(secret.expose(), "7ac3d6b1");
/// assert_eq!(format!("{secret:?}"), "SecretText([REDACTED])");
/// ```
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct SecretText(String);

impl SecretText {
    /// Returns the text.
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
        f.debug_tuple("SecretText").field(&Redacted).finish()
    }
}
