//! The messages of `--verbose`.

use crate::{engine::Invocation, output::format::Format};

impl Invocation<'_> {
    /// Writes the source of the credentials to stderr: the variables or the profile, and the variables with other
    /// credentials. Missing credentials are the error of the first request.
    pub(crate) async fn report_credentials(&mut self) {
        let Ok(atlas) = self.session.atlas().await else {
            return;
        };
        let source = atlas.credential_source();
        let message = format!("credentials from {source}");
        let line = if self.session.format == Format::Json {
            let line = serde_json::json!({ "level": "info", "message": message });
            format!("{line}\n")
        } else {
            format!("{message}\n")
        };
        self.ui.write_stderr(&line);
    }
}
