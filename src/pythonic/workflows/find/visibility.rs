//! Explains empty lists of projects.

use crate::error::Result;
use crate::pythonic::{client::Atlas, workflows::find::messages::join_candidates};

impl Atlas {
    /// Returns the roles to grant if the credentials see no project, or `None` if a project is visible.
    ///
    /// Call it to explain an empty list of projects or clusters: Atlas leaves out projects without a role instead of
    /// rejecting the request.
    ///
    /// # Errors
    ///
    /// Returns any [request error](crate::Error#request-errors).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs")); fn main() { example(async |atlas| {
    /// let projects = atlas.projects().collect().await?;
    /// if projects.is_empty() && let Some(hint) = atlas.visibility_hint().await? {
    ///     eprintln!("hint: {hint}");
    /// }
    /// # Ok(()) }) }
    /// ```
    pub async fn visibility_hint(&self) -> Result<Option<String>> {
        let mut projects = self.projects().with_page_size(1);
        if projects.try_next().await?.is_some() {
            return Ok(None);
        }
        let organizations = self.organizations().collect().await?;
        let names = organizations.iter().map(|organization| organization.name());
        Ok(Some(format_hint(names)))
    }
}

/// Returns the hint for credentials that see these organizations and no project.
fn format_hint<'a>(organizations: impl Iterator<Item = &'a str>) -> String {
    let names = join_candidates(organizations.map(|name| format!("`{name}`")));
    let location = match names.as_str() {
        "" => String::new(),
        names => format!(" in organization {names}"),
    };
    format!(
        "the credentials see no project{location}: grant them a role in a project, such as `Project Read Only` \
         (`GROUP_READ_ONLY`), or `Organization Read Only` (`ORG_READ_ONLY`) to see all projects"
    )
}
