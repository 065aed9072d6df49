//! Lists the differences between the official CLI and our commands, and the reasons.
//!
//! A test compares every command of `words.txt` with ours: a difference that is not in these tables fails it, and so
//! does an entry without a difference.

#[cfg(test)]
mod comparison;

use crate::engine::definition::LeftOut;

/// The words that are not carried over.
pub(crate) const LEFT_OUT: &[LeftOut] = &[
    LeftOut {
        words: &["deployments", "deployment", "local"],
        alternative: "`docker run mongodb/mongodb-atlas-local` starts MongoDB on this machine, and \
                      `atlascli simulator start` an Atlas API",
    },
    LeftOut {
        words: &["plugin", "plugins"],
        alternative: "`atlascli api OPERATION` sends any request of the API",
    },
    LeftOut {
        words: &["kubernetes"],
        alternative: "`helm install` installs the Atlas Kubernetes Operator, and `atlascli clusters describe NAME -o yaml` \
                      prints the settings for its resources",
    },
];

/// The commands of the browser login, which needs the OAuth application of the official CLI.
pub(crate) const LEFT_OUT_COMMANDS: [&str; 4] =
    ["auth login", "auth register", "login", "register"];

/// The reason and the alternative for [`LEFT_OUT_COMMANDS`].
pub(crate) const BROWSER_LOGIN: &str = "the browser login belongs to the OAuth application of the official CLI; `atlascli profile create` stores an API \
     key or a service account, and stored sessions are read";

/// Commands that do more than the official ones, in addition to the improvements of all commands.
pub(crate) const IMPROVEMENTS: &[(&str, &str)] = &[
    (
        "clusters list",
        "the whole organization, with states, tiers and kinds; selection by tag, tier, region and state",
    ),
    (
        "clusters pause",
        "several clusters by name, glob or selection, with a plan before the change",
    ),
    (
        "clusters start",
        "several clusters by name, glob or selection, with a plan before the change",
    ),
    (
        "clusters delete",
        "the name has to be typed; with json, standard output is one document",
    ),
    ("projects list", "all pages without a flag"),
    (
        "privateEndpoints aws list",
        "`--limit` and `--page` have an effect",
    ),
    (
        "privateEndpoints azure list",
        "`--limit` and `--page` have an effect",
    ),
    (
        "privateEndpoints gcp list",
        "`--limit` and `--page` have an effect",
    ),
    (
        "privateEndpoints gcp describe",
        "plain output has one row, with and without endpoint groups",
    ),
    (
        "networking peering create aws",
        "a missing network container without a CIDR block is reported before anything is created",
    ),
    (
        "streams privateLinks list",
        "plain output has one row for each private link",
    ),
    (
        "streams privateLinks create",
        "plain output names the id while there is no interface endpoint",
    ),
    ("events projects list", "dates without a time are accepted"),
    (
        "events organizations list",
        "dates without a time are accepted",
    ),
    (
        "accessLogs list",
        "plain output has a line for each login; times and days are accepted besides milliseconds",
    ),
    (
        "alerts settings update",
        "as `atlascli`, flags change the settings that they name and keep the others",
    ),
    (
        "alerts acknowledge",
        "days and durations such as `2h` are accepted",
    ),
    (
        "logs download",
        "a failed download leaves no partial file; times and days are accepted, and `--out -` prints the log",
    ),
    (
        "dataFederation logs",
        "a failed download leaves no partial file; times and days are accepted, and `--out -` prints the logs",
    ),
    (
        "metrics processes",
        "`--limit` and `--page` select measurements; a table with minimum, maximum and average",
    ),
    (
        "metrics databases describe",
        "`--limit` and `--page` select measurements; a table with minimum, maximum and average",
    ),
    (
        "metrics disks describe",
        "`--limit` and `--page` select measurements; a table with minimum, maximum and average",
    ),
    (
        "config describe",
        "secrets are hidden, and a mistyped profile gets a suggestion",
    ),
    (
        "config set",
        "any key can be set, comments stay, and secrets go to the system keyring",
    ),
    (
        "config rename",
        "comments and the place in the file stay, and secrets in the keyring move",
    ),
    ("config edit", "the file is checked after the editor ends"),
    (
        "auth whoami",
        "names API keys and service accounts too, and the variable or profile that they come from",
    ),
    (
        "whoami",
        "names API keys and service accounts too, and the variable or profile that they come from",
    ),
    (
        "setup",
        "checks addresses, the limit of free clusters and roles before it creates anything; `--dry-run` prints the plan",
    ),
    (
        "api",
        "all 514 operations, by operation, tag, or method and path, without an update of the program",
    ),
];

/// An allowed difference.
#[derive(Debug)]
pub(crate) struct Difference {
    /// The words of the official command; `*` for every command with this difference.
    pub(crate) command: &'static str,
    /// The difference, such as `--limit default`.
    pub(crate) part: &'static str,
    pub(crate) reason: &'static str,
}

const fn difference(command: &'static str, part: &'static str, reason: &'static str) -> Difference {
    Difference {
        command,
        part,
        reason,
    }
}

/// The allowed differences of commands that are carried over.
pub(crate) const DIFFERENCES: &[Difference] = &[
    difference(
        "*",
        "--limit default",
        "100 in official mode; otherwise a list without `--limit` is complete",
    ),
    difference(
        "*",
        "--page default",
        "1 in official mode; otherwise a list without `--page` is complete",
    ),
    difference(
        "*",
        "--autoScalingMode default",
        "without the flag the newest API version, which has both modes",
    ),
    difference(
        "api",
        "required arguments",
        "the name of an operation is an argument; officially it is a word of the command",
    ),
    difference(
        "backups exports jobs describe",
        "--exportId required",
        "no request is possible without it",
    ),
    difference(
        "clusters advancedSettings update",
        "--sampleRefreshIntervalBIConnector default",
        "the official default -1 means that the setting does not change",
    ),
    difference(
        "clusters advancedSettings update",
        "--sampleSizeBIConnector default",
        "the official default -1 means that the setting does not change",
    ),
    difference(
        "clusters create",
        "--diskSizeGB default",
        "2 in official mode; otherwise Atlas chooses the size for the tier",
    ),
    difference(
        "dbusers update",
        "--x509Type default",
        "without the flag the type does not change; the official default NONE would remove it",
    ),
    difference(
        "organizations apiKeys accessLists delete",
        "--apiKey required",
        "no request is possible without it",
    ),
    difference(
        "cloudProviders accessRoles aws authorize",
        "--iamAssumedRoleArn required",
        "Atlas rejects the request without it",
    ),
    difference(
        "clusters onlineArchives watch",
        "--clusterName required",
        "no request is possible without it",
    ),
    difference(
        "federatedAuthentication federationSettings identityProvider list",
        "--idpType type",
        "several values are accepted",
    ),
    difference(
        "federatedAuthentication federationSettings identityProvider list",
        "--protocol type",
        "several values are accepted",
    ),
    difference(
        "federatedAuthentication federationSettings identityProvider update oidc",
        "required arguments",
        "no request is possible without it",
    ),
    difference(
        "liveMigrations link delete",
        "result fields",
        "link tokens have no name",
    ),
    difference(
        "liveMigrations validation describe",
        "--validationId required",
        "no request is possible without it",
    ),
    difference(
        "metrics databases describe",
        "--granularity required",
        "PT5M without the flag, outside official mode",
    ),
    difference(
        "metrics disks describe",
        "--granularity required",
        "PT5M without the flag, outside official mode",
    ),
    difference(
        "metrics processes",
        "--granularity required",
        "PT5M without the flag, outside official mode",
    ),
    difference(
        "networking peering create gcp",
        "--gcpProjectId required",
        "Atlas rejects the request without it",
    ),
    difference(
        "networking peering create gcp",
        "--network required",
        "Atlas rejects the request without it",
    ),
    difference(
        "privateEndpoints aws interfaces delete",
        "--endpointServiceId required",
        "no request is possible without it",
    ),
    difference(
        "privateEndpoints azure interfaces delete",
        "--endpointServiceId required",
        "no request is possible without it",
    ),
    difference(
        "streams privateLinks create",
        "--provider default",
        "the provider in the file comes first, then AZURE",
    ),
];
