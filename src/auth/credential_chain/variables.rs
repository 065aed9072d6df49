//! The environment variables of credentials, each declared once.

use super::PairKind;

/// An environment variable that the SDK reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EnvironmentVariable {
    /// The name.
    pub name: &'static str,
    /// The meaning, as a phrase for a help text.
    pub meaning: &'static str,
}

/// A source of credentials in the environment.
#[derive(Clone, Copy)]
pub(super) enum Source {
    /// Two variables, of which both or none must be set.
    Pair {
        id: &'static str,
        secret: &'static str,
        kind: PairKind,
        /// `true` for variables of other tools, whose variables for the base URL then apply too.
        is_of_another_tool: bool,
    },
    /// An access token.
    Token(&'static str),
}

impl Source {
    /// Returns the names of the variables.
    pub(super) fn names(self) -> impl Iterator<Item = &'static str> {
        let (first, second) = match self {
            Self::Pair { id, secret, .. } => (id, Some(secret)),
            Self::Token(name) => (name, None),
        };
        std::iter::once(first).chain(second)
    }

    pub(super) fn is_of_another_tool(self) -> bool {
        match self {
            Self::Pair {
                is_of_another_tool, ..
            } => is_of_another_tool,
            Self::Token(_) => true,
        }
    }

    /// Returns the names in backticks, as in `A` and `B`.
    pub(super) fn describe(self) -> String {
        let names: Vec<_> = self.names().map(|name| format!("`{name}`")).collect();
        names.join(" and ")
    }
}

/// Declares a pair of variables.
const fn new_pair(
    id: &'static str,
    secret: &'static str,
    kind: PairKind,
    is_of_another_tool: bool,
) -> Source {
    Source::Pair {
        id,
        secret,
        kind,
        is_of_another_tool,
    }
}

/// The sources in order of precedence.
pub(super) const SOURCES: [Source; 8] = [
    new_pair(
        "ATLAS_PUBLIC_KEY",
        "ATLAS_PRIVATE_KEY",
        PairKind::Key,
        false,
    ),
    new_pair(
        "MONGODB_ATLAS_PUBLIC_API_KEY",
        "MONGODB_ATLAS_PRIVATE_API_KEY",
        PairKind::Key,
        true,
    ),
    new_pair(
        "MONGODB_ATLAS_PUBLIC_KEY",
        "MONGODB_ATLAS_PRIVATE_KEY",
        PairKind::Key,
        true,
    ),
    Source::Token("MONGODB_ATLAS_ACCESS_TOKEN"),
    new_pair(
        "MONGODB_ATLAS_CLIENT_ID",
        "MONGODB_ATLAS_CLIENT_SECRET",
        PairKind::Account,
        true,
    ),
    new_pair(
        "MCLI_PUBLIC_API_KEY",
        "MCLI_PRIVATE_API_KEY",
        PairKind::Key,
        true,
    ),
    Source::Token("MCLI_ACCESS_TOKEN"),
    new_pair(
        "MCLI_CLIENT_ID",
        "MCLI_CLIENT_SECRET",
        PairKind::Account,
        true,
    ),
];

/// The variables of the base URL for the credentials of other tools, in order of precedence.
pub(super) const BASE_URL_VARIABLES: [&str; 3] = [
    "MONGODB_ATLAS_OPS_MANAGER_URL",
    "MONGODB_ATLAS_BASE_URL",
    "MCLI_OPS_MANAGER_URL",
];
/// The variables of the service (`cloud` or `cloudgov`), in order of precedence.
pub(super) const SERVICE_VARIABLES: [&str; 2] = ["MONGODB_ATLAS_SERVICE", "MCLI_SERVICE"];
/// The variables of the default organization, in order of precedence.
pub(super) const ORGANIZATION_VARIABLES: [&str; 2] = ["MONGODB_ATLAS_ORG_ID", "MCLI_ORG_ID"];
/// The variables of the default project, in order of precedence.
pub(super) const PROJECT_VARIABLES: [&str; 2] = ["MONGODB_ATLAS_PROJECT_ID", "MCLI_PROJECT_ID"];

/// Names that are similar to those of the table, and are not read.
pub(super) const SIMILAR_VARIABLES: [&str; 18] = [
    "ATLAS_PUBLIC_API_KEY",
    "ATLAS_PRIVATE_API_KEY",
    "ATLAS_API_PUBLIC_KEY",
    "ATLAS_API_PRIVATE_KEY",
    "ATLAS_API_KEY",
    "ATLAS_CLIENT_ID",
    "ATLAS_CLIENT_SECRET",
    "ATLAS_ACCESS_TOKEN",
    "MONGODB_ATLAS_API_KEY",
    "MONGODB_ATLAS_API_PUBLIC_KEY",
    "MONGODB_ATLAS_API_PRIVATE_KEY",
    "MONGODB_ATLAS_SERVICE_ACCOUNT_TOKEN",
    "MONGODB_ATLAS_TOKEN",
    "ATLAS_TOKEN",
    "MCLI_PUBLIC_KEY",
    "MCLI_PRIVATE_KEY",
    "MDB_MCP_API_CLIENT_ID",
    "MDB_MCP_API_CLIENT_SECRET",
];

/// The variables with their meanings, in order of precedence.
pub(super) const VARIABLES: [EnvironmentVariable; 24] = [
    new_variable("ATLAS_PUBLIC_KEY", "public API key"),
    new_variable("ATLAS_PRIVATE_KEY", "private API key"),
    new_variable(
        "MONGODB_ATLAS_PUBLIC_API_KEY",
        "public API key (official CLI)",
    ),
    new_variable(
        "MONGODB_ATLAS_PRIVATE_API_KEY",
        "private API key (official CLI)",
    ),
    new_variable("MONGODB_ATLAS_PUBLIC_KEY", "public API key (Terraform)"),
    new_variable("MONGODB_ATLAS_PRIVATE_KEY", "private API key (Terraform)"),
    new_variable("MONGODB_ATLAS_ACCESS_TOKEN", "access token"),
    new_variable("MONGODB_ATLAS_CLIENT_ID", "client id of a service account"),
    new_variable(
        "MONGODB_ATLAS_CLIENT_SECRET",
        "client secret of a service account",
    ),
    new_variable("MCLI_PUBLIC_API_KEY", "public API key (older official CLI)"),
    new_variable(
        "MCLI_PRIVATE_API_KEY",
        "private API key (older official CLI)",
    ),
    new_variable("MCLI_ACCESS_TOKEN", "access token (older official CLI)"),
    new_variable(
        "MCLI_CLIENT_ID",
        "client id of a service account (older official CLI)",
    ),
    new_variable(
        "MCLI_CLIENT_SECRET",
        "client secret of a service account (older official CLI)",
    ),
    new_variable(
        "ATLAS_BASE_URL",
        "base URL, default https://cloud.mongodb.com",
    ),
    new_variable("MONGODB_ATLAS_OPS_MANAGER_URL", "base URL (official CLI)"),
    new_variable("MONGODB_ATLAS_BASE_URL", "base URL (Terraform)"),
    new_variable("MCLI_OPS_MANAGER_URL", "base URL (older official CLI)"),
    new_variable(
        "MONGODB_ATLAS_SERVICE",
        "`cloud`, or `cloudgov` for Atlas for Government",
    ),
    new_variable("MCLI_SERVICE", "`cloud` or `cloudgov` (older official CLI)"),
    new_variable("MONGODB_ATLAS_ORG_ID", "id of the default organization"),
    new_variable(
        "MCLI_ORG_ID",
        "id of the default organization (older official CLI)",
    ),
    new_variable("MONGODB_ATLAS_PROJECT_ID", "id of the default project"),
    new_variable(
        "MCLI_PROJECT_ID",
        "id of the default project (older official CLI)",
    ),
];

const fn new_variable(name: &'static str, meaning: &'static str) -> EnvironmentVariable {
    EnvironmentVariable { name, meaning }
}

/// Returns the environment variables of credentials, base URL, default organization and default project.
pub fn environment_variables() -> &'static [EnvironmentVariable] {
    &VARIABLES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_lists_every_variable_once() {
        let names: Vec<_> = VARIABLES.iter().map(|variable| variable.name).collect();
        let used = SOURCES.iter().flat_map(|source| source.names());
        let used = used
            .chain(BASE_URL_VARIABLES)
            .chain(SERVICE_VARIABLES)
            .chain(ORGANIZATION_VARIABLES)
            .chain(PROJECT_VARIABLES);
        let mut used: Vec<_> = used.chain(["ATLAS_BASE_URL"]).collect();

        assert!(used.iter().all(|name| names.contains(name)), "{used:?}");
        used.sort_unstable();
        used.dedup();
        assert_eq!(used.len(), names.len());
        assert!(SIMILAR_VARIABLES.iter().all(|name| !names.contains(name)));
    }
}
