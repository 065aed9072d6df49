//! The commands: one file for each noun, and the flags of the Python program in `legacy`.
//!
//! # How to add a noun
//!
//! 1. Create `commands/<group>/<noun>.rs`. Groups: organization, clusters, access, security, project,
//!    backups, `data_federation`, monitoring, networking, streams, fleet, local.
//! 2. Define the noun and its commands:
//!
//!    ```ignore
//!    pub(crate) static NOUN: Noun = Noun::new("alerts", "Manage alerts")
//!        .aliases(&["alert"])               // only names that differ in more than hyphens and case
//!        .commands(&[&LIST, &DESCRIBE, &ACKNOWLEDGE]);
//!
//!    static LIST: Command = Command::list(operation::LIST_GROUP_ALERTS, "List alerts")
//!        .flags(&[flag("status", query("status"), "Status of the alerts").choices(&["OPEN", "CLOSED"])])
//!        .columns(&[column("ID", "id"), column("TYPE", "eventTypeName"), column("STATUS", "status").state()])
//!        .examples(&[Example { line: "alerts list --status OPEN", task: "List open alerts" }]);
//!    ```
//!
//! 3. Add `pub(crate) mod <noun>;` to the group's file and `&<group>::<noun>::NOUN` to [`ROOT`].
//!
//! The engine adds what follows from the definition, so a definition does not repeat it:
//!
//! - `--project` or `--org`, if the path has `groupId` or `orgId` and no input sets it. A `list` without a
//!   project spans the organization and gets a column PROJECT.
//! - `--limit`, `--page`, `--omit-count` for paginated lists; `.history()` prints the newest 100.
//! - `--force`, if `.danger(…)` needs a confirmation. `Command::delete` needs the name to be typed.
//! - `--wait`, `--watch`, `--watch-timeout`, if there is a `.wait(WaitFor {…})`.
//! - `ls` for `list`, `get` and `show` for `describe`, `rm` for `delete`; hyphens and case never matter.
//!
//! The vocabulary, all in `engine/definition`:
//!
//! | to | write |
//! |---|---|
//! | fill a path or query parameter | `argument("id", path("alertId"), "…")`, `flag("status", query("status"), "…")` |
//! | fill a field of the body | `flag("desc", body("/description"), "…")`; `/roles/0/name` creates an array |
//! | take numbers, switches, lists, pairs | `.integer()`, `.number()`, `.switch()`, `.list()` (CSV, accumulates), `.kind(Kind::Repeated)`, `.pairs()` |
//! | pair `--enable-x` with `--disable-x` | two flags with the same target: `.switch()`, and `.sends(Literal::Bool(false)).excludes("enable-x")` |
//! | parse values | `.parser(value::role)`: `ROLE@DB`; also `inherited_role`, `pair`, `key_type`, `time` |
//! | send a constant | `.constants(&[Constant::Body("/type", Literal::Text("SLACK"))])` |
//! | read a file | `Target::BodyFile`, `Target::FileText("/cert")`, `Target::FileJson("/policy")` |
//! | take a secret | `.secret()` |
//! | change the body | `.adjust(function)` |
//! | print a message | `.result("Alert {id} acknowledged")`: fields of the response, otherwise inputs |
//! | print a part | `.projection("/connectionStrings")` |
//! | try another operation | `.fallback(Fallback {…})`, by error code |
//! | do more | `.run(function)`: `fn run<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a>` |
//!
//! A function reads `invocation.text("name")`, builds a `Request`, sends it with
//! `invocation.send(&request)`, and prints with `invocation.print(&data)` or `invocation.print_result(…)`.
//! `invocation.request(operation, scope)` builds the request of the definition.
//!
//! Tests in `engine/check.rs` compare every definition with the operations table: operation, parameters, body fields,
//! values of enums, columns. `cli/tests/it/command_form/` runs every example against the simulator.

pub(crate) mod access;
pub(crate) mod backups;
pub(crate) mod clusters;
pub(crate) mod data_federation;
pub(crate) mod fleet;
pub(crate) mod legacy;
pub(crate) mod local;
pub(crate) mod monitoring;
pub(crate) mod networking;
pub(crate) mod official;
pub(crate) mod organization;
pub(crate) mod project;
#[cfg(test)]
mod schemas;
pub(crate) mod security;
pub(crate) mod streams;

use crate::engine::definition::Noun;

/// The root of all commands.
pub(crate) static ROOT: Noun = Noun::new("", "Manage MongoDB Atlas")
    .commands(&[
        &fleet::list::LIST,
        &fleet::find::FIND,
        &local::api::API,
        &local::doctor::DOCTOR,
        &local::completion::MAN,
        &local::help::HELP,
        &official::setup::SETUP,
        &official::official_words::OFFICIAL_WORDS,
        &official::auth::ROOT_LOGIN,
        &official::auth::ROOT_LOGOUT,
        &official::auth::ROOT_REGISTER,
        &official::auth::ROOT_WHOAMI,
    ])
    .nouns(&[
        &organization::organizations::NOUN,
        &organization::projects::NOUN,
        &clusters::clusters::NOUN,
        &clusters::live_migrations::NOUN,
        &access::access_lists::NOUN,
        &access::database_users::NOUN,
        &access::custom_roles::NOUN,
        &access::service_accounts::NOUN,
        &access::teams::NOUN,
        &access::users::NOUN,
        &security::NOUN,
        &security::auditing::NOUN,
        &security::federation::NOUN,
        &project::integrations::NOUN,
        &project::maintenance_windows::NOUN,
        &monitoring::alerts::NOUN,
        &monitoring::events::NOUN,
        &monitoring::processes::NOUN,
        &monitoring::metrics::NOUN,
        &monitoring::logs::NOUN,
        &monitoring::access_logs::NOUN,
        &monitoring::performance_advisor::NOUN,
        &monitoring::invoices::NOUN,
        &data_federation::NOUN,
        &fleet::schedule::NOUN,
        &local::profile::NOUN,
        &local::config::NOUN,
        &official::auth::NOUN,
        &local::completion::NOUN,
        &local::runs::NOUN,
        &local::simulator::NOUN,
        &backups::NOUN,
        &networking::NOUN,
        &networking::private_endpoints::NOUN,
        &networking::custom_dns::NOUN,
        &networking::cloud_providers::NOUN,
        &streams::NOUN,
    ])
    .left_out(official::differences::LEFT_OUT);
