//! Generated secrets in responses: `--secret-to FILE` writes them to a file instead of the output.

use std::{
    fs::{self, OpenOptions},
    io::Write as _,
    path::Path,
};

use mongodbatlas::{
    Document,
    operations::{FieldKind, Operation, Schema},
};

use crate::{config::private, engine::Invocation, error::CliError, output::json::Ordered};

/// The flag that names the file.
const FLAG: &str = "secret-to";
/// The maximum depth of the search in a schema.
const MAX_DEPTH: usize = 4;

/// Returns `true` if a response of the operation contains a secret that the request does not contain.
pub(crate) fn has_generated_secret(operation: &Operation) -> bool {
    operation.method == "POST"
        && !operation.secrets.is_empty()
        && operation.response_body().is_some_and(|response| {
            if response.field("results").is_some() {
                // a list of resources that existed before, such as the members of a team
                return false;
            }
            let request = operation.request_body();
            let is_sent = |name: &str| {
                request
                    .is_some_and(|request| find_field(request, MAX_DEPTH, &|known| known == name))
            };
            let is_secret = |name: &str| operation.secrets.contains(&name) && !is_sent(name);
            find_field(response, MAX_DEPTH, &is_secret)
        })
}

/// Returns `true` if the name of a field in a schema matches.
fn find_field(schema: Schema, depth: usize, is_match: &dyn Fn(&str) -> bool) -> bool {
    if depth == 0 {
        return false;
    }
    match schema.kind() {
        FieldKind::Array(items) | FieldKind::Map(items) => find_field(items, depth, is_match),
        _ => schema
            .fields()
            .any(|field| is_match(field.name()) || find_field(field.schema(), depth - 1, is_match)),
    }
}

impl Invocation<'_> {
    /// Creates the file of `--secret-to`, so that a file that cannot be written fails before a request is
    /// sent.
    ///
    /// # Errors
    ///
    /// Fails if the file exists or cannot be created.
    pub(crate) fn create_secret_file(&self) -> Result<(), CliError> {
        let Some(path) = self.values.text(FLAG) else {
            return Ok(());
        };
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        let created = private::restrict(&mut options).open(path);
        created.map(drop).map_err(|error| {
            CliError::usage(format!("cannot create `{path}`: {error}"))
                .with_hint("`--secret-to` needs the path of a new file")
        })
    }

    /// Removes the file of `--secret-to` after a failed request.
    pub(crate) fn remove_secret_file(&self) {
        if let Some(path) = self.values.text(FLAG) {
            // an empty file that cannot be removed contains no secret
            drop(fs::remove_file(path));
        }
    }

    /// Writes a secret to the file of `--secret-to`; returns `false` without this flag.
    ///
    /// # Errors
    ///
    /// Fails if the file cannot be written.
    pub(crate) fn store_secret(&self, secret: &str) -> Result<bool, CliError> {
        let Some(path) = self.values.text(FLAG) else {
            return Ok(false);
        };
        write_secret(Path::new(path), secret).map_err(|error| {
            CliError::failure(format!("cannot write the secret to `{path}`: {error}"))
                .with_hint("delete the resource, and create it again")
        })?;
        Ok(true)
    }

    /// Moves the secrets of a response to the file of `--secret-to`; the document has null in their place.
    ///
    /// A single secret is written as plain text; several secrets are written as a JSON object by field.
    ///
    /// # Errors
    ///
    /// Fails if the file cannot be written.
    pub(crate) fn move_secrets(&self, document: &Document) -> Result<Document, CliError> {
        let Some(operation) = self.command.operation.filter(|_| self.values.has(FLAG)) else {
            return Ok(document.clone());
        };
        let invalid =
            |error: serde_json::Error| CliError::failure(format!("invalid JSON: {error}"));
        let mut value: Ordered = serde_json::from_str(document.as_str()).map_err(invalid)?;
        let mut secrets = Vec::new();
        take_secrets(&mut value, operation, "", &mut secrets);
        let contents = match &secrets[..] {
            [] => return Ok(document.clone()),
            [(_, secret)] => format!("{secret}\n"),
            several => {
                let fields = several
                    .iter()
                    .map(|(path, secret)| (path.clone(), secret.clone().into()));
                let fields: serde_json::Map<_, serde_json::Value> = fields.collect();
                format!("{:#}\n", serde_json::Value::Object(fields))
            }
        };
        self.store_secret(&contents)?;
        let json = serde_json::to_string(&value).map_err(invalid)?;
        serde_json::from_str(&json).map_err(invalid)
    }
}

fn write_secret(path: &Path, secret: &str) -> std::io::Result<()> {
    let mut file = OpenOptions::new().write(true).truncate(true).open(path)?;
    file.write_all(secret.as_bytes())?;
    file.sync_all()
}

/// Replaces the secrets of a document with null, and collects each secret and the path of the field.
fn take_secrets(
    value: &mut Ordered,
    operation: &Operation,
    path: &str,
    secrets: &mut Vec<(String, String)>,
) {
    let join = |name: &str| match path {
        "" => name.to_owned(),
        _ => format!("{path}.{name}"),
    };
    match value {
        Ordered::Object(fields) => {
            for (name, value) in fields {
                if operation.secrets.contains(&name.as_str())
                    && let Ordered::Text(secret) = value
                {
                    secrets.push((join(name), std::mem::take(secret)));
                    *value = Ordered::Null;
                } else {
                    take_secrets(value, operation, &join(name), secrets);
                }
            }
        }
        Ordered::List(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                take_secrets(item, operation, &join(&index.to_string()), secrets);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use mongodbatlas::operation;

    use super::*;

    #[test]
    fn keys_and_service_accounts_have_generated_secrets() {
        for operation in [
            operation::CREATE_ORG_API_KEY,
            operation::CREATE_GROUP_API_KEY,
            operation::CREATE_ORG_SERVICE_ACCOUNT,
            operation::CREATE_ORG_SERVICE_ACCOUNT_SECRET,
            operation::CREATE_ORG,
        ] {
            assert!(has_generated_secret(operation), "{}", operation.id);
        }
    }

    #[test]
    fn secrets_of_the_request_are_not_generated() {
        for operation in [
            operation::CREATE_GROUP_DATABASE_USER,
            operation::CREATE_GROUP_ALERT_CONFIG,
            operation::CREATE_GROUP_CLUSTER,
            operation::LIST_GROUPS,
        ] {
            assert!(!has_generated_secret(operation), "{}", operation.id);
        }
    }
}
