//! The requests of typed calls, compared with the vendored document.
//!
//! Each operation of the build is called with arguments that are generated from the document's schemas. A test server
//! records the requests. Their path, query, headers and body must equal the arguments and conform to the document;
//! an independent JSON Schema validator checks the body.
#![cfg(feature = "core")]

mod calls;
mod documented;
mod instances;
mod recorder;

use std::collections::BTreeMap;

use jsonschema::Validator;
use proptest::{prelude::*, test_runner::TestRunner};
use serde_json::Value;

use self::{
    calls::{Arguments, call, default_body},
    documented::{Documented, Operation},
    instances::{Body, Instances},
    recorder::{Recorded, Recorder},
};

/// Names that need percent-encoding.
const NAMES: [&str; 8] = [
    "a b", "a/b", "a?b=c", "a%2Fb", "ü#ß", "a&b=c+d", "a;b:c", "...",
];

/// The number of calls of each operation.
const CASES_PER_OPERATION: u32 = 6;

fn operations(documented: &Documented) -> Vec<Operation> {
    let all = documented.operations();
    let enabled: Vec<_> = all
        .into_iter()
        .filter(|operation| calls::is_known(&operation.id))
        .collect();
    assert!(enabled.len() >= 90, "{}", enabled.len());
    enabled
}

/// Calls the operation and returns the recorded request.
fn send(recorder: &Recorder, operation: &Operation, arguments: &Arguments<'_>) -> Recorded {
    let sending = call(recorder.client(), &operation.id, arguments).unwrap();
    recorder.record(sending)
}

#[test]
fn requests_equal_the_arguments_and_conform_to_the_document() {
    let documented = Documented::vendored();
    let recorder = Recorder::start();
    let operations: Vec<_> = operations(&documented)
        .into_iter()
        .map(|operation| {
            let schema = operation.request.as_ref();
            let validator = schema.map(|schema| documented.validator(schema));
            (operation, validator)
        })
        .collect();
    // shrinking a seed does not make a case smaller
    let config = ProptestConfig {
        cases: CASES_PER_OPERATION,
        max_shrink_iters: 0,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let run_case = |seed| {
        let mut instances = Instances::new(&documented, seed);
        for (operation, validator) in &operations {
            check(&recorder, &mut instances, operation, validator.as_ref());
        }
        Ok(())
    };
    TestRunner::new(config)
        .run(&any::<[u8; 32]>(), run_case)
        .unwrap();
}

/// Makes one call and checks the recorded request.
fn check(
    recorder: &Recorder,
    instances: &mut Instances<'_>,
    operation: &Operation,
    validator: Option<&Validator>,
) {
    let parameters = instances.parameters(operation, &NAMES);
    let schema = operation.request.as_ref().zip(validator);
    let body = schema.map(|(schema, validator)| instances.body(schema, validator));
    let arguments = Arguments {
        parameters: &parameters,
        body: body.as_ref().map(Body::with_server_owned),
    };

    let request = send(recorder, operation, &arguments);

    check_path_and_query(operation, &parameters, &request);
    check_headers(operation, &parameters, &request);
    let id = &operation.id;
    let (Some(body), Some(validator)) = (body, validator) else {
        assert_eq!(request.body, "", "{id}");
        return;
    };
    let sent_body: Value = serde_json::from_str(&request.body).unwrap();
    let expected = body.without_server_owned();
    assert!(
        documented::is_equal(&sent_body, &expected),
        "{id}\nsent     {sent_body}\nexpected {expected}"
    );
    let errors: Vec<_> = validator
        .iter_errors(&sent_body)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert_eq!(errors, Vec::<String>::new(), "{id}: {sent_body}");
}

#[test]
fn update_with_default_body_sends_an_empty_document() {
    let documented = Documented::vendored();
    let recorder = Recorder::start();
    let mut instances = Instances::new(&documented, [7; 32]);
    let mut updates = 0;
    for operation in operations(&documented) {
        let Some(Ok(body)) = default_body(&operation.id) else {
            continue;
        };
        let parameters = instances.parameters(&operation, &NAMES);
        let arguments = Arguments {
            parameters: &parameters,
            body: Some(body),
        };

        let request = send(&recorder, &operation, &arguments);

        assert_eq!(request.body, "{}", "{}", operation.id);
        updates += usize::from(operation.method == "PATCH");
    }
    assert!(updates >= 8, "{updates}");
}

/// Checks the method, each segment of the path, and the query.
fn check_path_and_query(
    operation: &Operation,
    parameters: &BTreeMap<String, Value>,
    request: &Recorded,
) {
    let id = &operation.id;
    assert_eq!(request.method, operation.method, "{id}");
    let mut expected = operation.path.clone();
    let mut decoded = String::new();
    for (template, segment) in operation.path.split('/').zip(request.path.split('/')) {
        let segment = documented::percent_decode(segment);
        decoded.push_str(if template.is_empty() { "" } else { "/" });
        decoded.push_str(&segment);
    }
    for name in operation.path_names() {
        let value = documented::text(&parameters[&name]);
        expected = expected.replace(&format!("{{{name}}}"), &value);
    }
    assert_eq!(decoded, expected, "{id}");
    assert_eq!(
        request.path.matches('/').count(),
        operation.path.matches('/').count(),
        "{id}"
    );

    let mut query: Vec<_> = url::form_urlencoded::parse(request.query.as_bytes())
        .into_owned()
        .collect();
    let mut expected: Vec<_> = operation
        .parameters("query")
        .filter_map(|name| Some((name.clone(), parameters.get(&name)?)))
        .flat_map(|(name, value)| {
            let values = value
                .as_array()
                .map_or_else(|| vec![value], |items| items.iter().collect());
            values
                .into_iter()
                .map(move |value| (name.clone(), documented::text(value)))
        })
        .collect();
    query.sort();
    expected.sort();
    assert_eq!(query, expected, "{id}");
}

fn check_headers(operation: &Operation, parameters: &BTreeMap<String, Value>, request: &Recorded) {
    let id = &operation.id;
    assert_eq!(
        request.header("accept"),
        Some(operation.accept.as_str()),
        "{id}"
    );
    let content_type = operation.content_type.as_deref();
    assert_eq!(request.header("content-type"), content_type, "{id}");
    assert_eq!(request.header("api-version"), None, "{id}");
    for name in operation.parameters("header") {
        let expected = parameters.get(&name).map(documented::text);
        assert_eq!(request.header(&name), expected.as_deref(), "{id}: {name}");
    }
}
