//! Sends the request of `api`.

use std::io::{IsTerminal as _, Write as _};

use mongodbatlas::operations::{Operation, ResponseKind};
use serde_json::Value;

use super::{find, table};
use crate::{
    engine::{
        Invocation,
        definition::Future,
        request::{Request, read_json, read_text},
        session::Place,
        value,
    },
    error::CliError,
    exit::Exit,
    output::{
        format::Format,
        render::{Data, Item, List},
    },
};

/// Runs `api`.
pub(super) fn run<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let first = invocation.text("operation").unwrap_or_default().to_owned();
        let second = invocation.text("rest").map(str::to_owned);
        match (first.as_str(), second.as_deref()) {
            ("list", None) => return table::list(invocation),
            ("describe", Some(name)) => return table::describe(invocation, name),
            ("describe", None) => {
                return Err(CliError::usage("`api describe` needs an operation")
                    .with_hint("as in `atlascli api describe getGroupCluster`"));
            }
            _ => {}
        }
        let found = find::find(&first, second.as_deref())?;
        let operation = versioned(found.operation, invocation.text("api-version"))?;
        let mut request = Request::new(operation);
        request.parameters = found.parameters;
        invocation.fill_request(&mut request).await?;
        if invocation.is_on("dry-run") && operation.method != "GET" {
            return invocation.print_dry_run(&request);
        }
        if operation.response_kind == ResponseKind::Bytes {
            return download(invocation, &request).await;
        }
        if invocation.is_on("paginate") && operation.paged {
            return pages(invocation, &request).await;
        }
        let (response, _) = invocation.send(&request).await?;
        let data = response
            .document()
            .map_or(Data::Empty, |document| Data::Document(document.clone()));
        print(invocation, &data)
    })
}

impl Invocation<'_> {
    /// Fills parameters and body of a request of `api`.
    async fn fill_request(&self, request: &mut Request) -> Result<(), CliError> {
        let from_flags = self.request(request.operation, None)?;
        request.parameters.extend(from_flags.parameters);
        for name in find::path_parameters(request.operation) {
            if request.parameter(name).is_some() {
                continue;
            }
            let place: Option<Place> = match name {
                "groupId" => Some(self.session.project(&self.values).await?),
                "orgId" => Some(self.session.organization(&self.values).await?),
                _ => None,
            };
            if let Some(place) = place {
                request.parameters.push((name.to_owned(), place.id));
            }
        }
        request.body = self.api_body(request.operation)?;
        Ok(())
    }

    /// Returns the body: of a file, of fields, or of standard input.
    fn api_body(&self, operation: &Operation) -> Result<Option<Value>, CliError> {
        let mut body = match self.text("file") {
            Some(file) => Some(read_json(file)?),
            None if operation.content_type.is_none() => None,
            None if self.texts("field").is_empty() && !std::io::stdin().is_terminal() => {
                let text = read_text("-")?;
                if text.trim().is_empty() {
                    None
                } else {
                    Some(serde_json::from_str(&text).map_err(|error| {
                        CliError::usage(format!(
                            "invalid JSON on standard input, line {}",
                            error.line()
                        ))
                    })?)
                }
            }
            None => None,
        };
        for field in self.texts("field") {
            let (path, text) = value::split_pair(field)?;
            let json = serde_json::from_str(text).unwrap_or_else(|_| Value::from(text));
            let pointer = format!("/{}", path.replace('.', "/"));
            value::set_at(body.get_or_insert(Value::Null), &pointer, json);
        }
        Ok(body)
    }
}

/// Returns the operation in another stable version.
fn versioned(
    operation: &'static Operation,
    version: Option<&str>,
) -> Result<&'static Operation, CliError> {
    let Some(version) = version.filter(|version| *version != operation.version()) else {
        return Ok(operation);
    };
    let newest = operation.version();
    if operation.versions.iter().all(|known| known.date != version) {
        let dates: Vec<_> = operation
            .versions
            .iter()
            .map(|version| version.date)
            .collect();
        return Err(
            CliError::usage(format!("`{}` has no version `{version}`", operation.id))
                .with_hint(format!("versions: {}", dates.join(", "))),
        );
    }
    let media_type = |text: &'static str| -> &'static str { text.replace(newest, version).leak() };
    let mut changed = *operation;
    changed.accept = media_type(operation.accept);
    changed.content_type = operation.content_type.map(media_type);
    // one allocation for the run of the program: a call borrows its operation for good
    Ok(Box::leak(Box::new(changed)))
}

/// Reads all pages of a list.
async fn pages(invocation: &mut Invocation<'_>, request: &Request) -> Result<Exit, CliError> {
    let atlas = invocation.session.atlas().await?;
    let action = invocation.action();
    let failed = |error: mongodbatlas::Error| CliError::from_request_error(&error, &action);
    let mut pager = request.call(&atlas).items().map_err(failed)?;
    let mut list = List::default();
    while let Some(document) = pager.try_next().await.map_err(failed)? {
        list.items.push(Item {
            document,
            labels: Vec::new(),
        });
    }
    list.total = pager.total();
    print(invocation, &Data::List(list))
}

/// Prints JSON unless another format is chosen; in official mode as the server sent it.
fn print(invocation: &mut Invocation<'_>, data: &Data) -> Result<Exit, CliError> {
    if invocation.session.format.is_human_readable() {
        if invocation.session.emulates_official_cli
            && let Data::Document(document) = data
        {
            invocation.ui.print(&format!("{document}\n"))?;
            return Ok(Exit::Success);
        }
        invocation.session.format = Format::Json;
    }
    invocation.print(data)?;
    Ok(Exit::Success)
}

/// Writes a download to a file or to stdout.
async fn download(invocation: &mut Invocation<'_>, request: &Request) -> Result<Exit, CliError> {
    let atlas = invocation.session.atlas().await?;
    let action = invocation.action();
    let failed = |error: mongodbatlas::Error| CliError::from_request_error(&error, &action);
    let call = request.call(&atlas);
    let Some(path) = invocation.text("output-file") else {
        if std::io::stdout().is_terminal() {
            return Err(
                CliError::usage(format!("`{}` returns a file", request.operation.id))
                    .with_hint("add `--output-file FILE`, or redirect the output"),
            );
        }
        let mut download = call.download().await.map_err(failed)?;
        let mut output = std::io::stdout().lock();
        while let Some(chunk) = download.try_next().await.map_err(failed)? {
            output.write_all(&chunk)?;
        }
        output.flush()?;
        return Ok(Exit::Success);
    };
    let message = match call.download_to(path).await.map_err(failed)? {
        0 => "the file is empty: nothing written\n".to_owned(),
        bytes => format!("{bytes} bytes written to `{path}`\n"),
    };
    invocation.ui.write_stderr(&message);
    Ok(Exit::Success)
}
