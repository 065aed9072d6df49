//! `doctor`: checks configuration, connection and permissions.

mod clock;
mod configuration;
mod connection;

use serde_json::json;

use self::{configuration::configuration, connection::connection};
use crate::{
    engine::{
        Invocation,
        definition::{Command, Example, Future, column},
        steps::print::to_document,
    },
    exit::Exit,
    output::render::{Data, Item, List},
};

/// The command `doctor`.
pub(crate) static DOCTOR: Command = Command::local(
    "doctor",
    "Check configuration, connection and permissions",
    doctor,
)
.columns(&[
    column("CHECK", "check"),
    column("RESULT", "result").state(),
    column("DETAIL", "detail"),
    column("FIX", "fix"),
])
.examples(&[Example {
    line: "doctor",
    task: "Check everything that a request needs",
}]);

/// The result of one check.
struct Finding {
    check: &'static str,
    /// `ok`, `failed`, or `limited` for what the credentials are not allowed to do.
    result: &'static str,
    detail: String,
    fix: String,
}

impl Finding {
    fn ok(check: &'static str, detail: impl Into<String>) -> Self {
        Self {
            check,
            result: "ok",
            detail: detail.into(),
            fix: String::new(),
        }
    }

    fn failed(check: &'static str, detail: impl Into<String>, fix: impl Into<String>) -> Self {
        Self {
            check,
            result: "failed",
            detail: detail.into(),
            fix: fix.into(),
        }
    }
}

fn doctor<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let mut findings = configuration(invocation);
        match invocation.session.atlas().await {
            Ok(atlas) => {
                let source = atlas.credential_source().to_string();
                findings.push(Finding::ok("credentials from", source));
                findings.extend(connection(&atlas).await);
            }
            Err(error) => findings.push(Finding::failed(
                "credentials",
                error.message(),
                error.hint().unwrap_or_default(),
            )),
        }
        let failed = || findings.iter().filter(|finding| finding.result == "failed");
        let exit = if failed().count() == 0 {
            Exit::Success
        } else if failed().any(|finding| finding.check == "credentials") {
            Exit::Credentials
        } else {
            Exit::Failure
        };
        let mut list = List::default();
        for finding in &findings {
            let document = json!({
                "check": finding.check,
                "result": finding.result,
                "detail": finding.detail,
                "fix": finding.fix,
            });
            list.items.push(Item {
                document: to_document(&document)?,
                labels: Vec::new(),
            });
        }
        invocation.print(&Data::List(list))?;
        Ok(exit)
    })
}
