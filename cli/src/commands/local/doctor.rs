//! `doctor`: checks configuration, connection and permissions.

mod configuration;
mod connection;
mod roles;

use serde_json::json;

use self::{configuration::configuration, connection::connection};
use crate::{
    engine::{
        Invocation,
        definition::{Command, Example, Future, column},
        steps::print::document_of,
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

/// A finding.
struct Finding {
    check: &'static str,
    is_ok: bool,
    detail: String,
    fix: String,
}

impl Finding {
    fn ok(check: &'static str, detail: impl Into<String>) -> Self {
        Self {
            check,
            is_ok: true,
            detail: detail.into(),
            fix: String::new(),
        }
    }

    fn failed(check: &'static str, detail: impl Into<String>, fix: impl Into<String>) -> Self {
        Self {
            check,
            is_ok: false,
            detail: detail.into(),
            fix: fix.into(),
        }
    }
}

fn doctor<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let mut findings = configuration(invocation);
        match invocation.session.atlas().await {
            Ok(atlas) => findings.extend(connection(&atlas).await),
            Err(error) => findings.push(Finding::failed(
                "credentials",
                error.message(),
                error.hint().unwrap_or_default(),
            )),
        }
        let is_ok = findings.iter().all(|finding| finding.is_ok);
        let mut list = List::default();
        for finding in &findings {
            let document = json!({
                "check": finding.check,
                "result": if finding.is_ok { "ok" } else { "failed" },
                "detail": finding.detail,
                "fix": finding.fix,
            });
            list.items.push(Item {
                document: document_of(&document)?,
                labels: Vec::new(),
            });
        }
        invocation.print(&Data::List(list))?;
        Ok(if is_ok { Exit::Success } else { Exit::Failure })
    })
}
