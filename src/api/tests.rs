//! The requests of typed calls, compared with the vendored document.
//!
//! Every operation of the build is called with arguments made up from the document's own schemas. A
//! server of the tests keeps what arrives; path, query, headers and body are then compared with what
//! was asked for and with the document, the body by a validator that knows nothing of the SDK.
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
    instances::{Instances, Whole},
    recorder::{Recorded, Recorder},
};

/// Names that are cut at the wrong place unless they are encoded.
const NAMES: [&str; 8] = [
    "a b", "a/b", "a?b=c", "a%2Fb", "ü#ß", "a&b=c+d", "a;b:c", "...",
];

/// The number of calls of each operation.
const CASES: u32 = 6;

fn operations(documented: &Documented) -> Vec<Operation> {
    let all = documented.operations();
    let of_this_build: Vec<_> = all
        .into_iter()
        .filter(|operation| calls::is_known(&operation.id))
        .collect();
    assert!(of_this_build.len() >= 90, "{}", of_this_build.len());
    of_this_build
}

/// Calls the operation with these arguments; gives what joined.
fn send(recorder: &Recorder, operation: &Operation, arguments: &Arguments<'_>) -> Recorded {
    let sending = call(recorder.client(), &operation.id, arguments).unwrap();
    recorder.record(sending)
}

#[test]
fn what_arrives_is_what_was_asked_for_and_what_the_document_says() {
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
    // Seeds do not shrink.
    let config = ProptestConfig {
        cases: CASES,
        max_shrink_iters: 0,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let of_one_seed = |seed| {
        let mut instances = Instances::new(&documented, seed);
        for (operation, validator) in &operations {
            check(&recorder, &mut instances, operation, validator.as_ref());
        }
        Ok(())
    };
    TestRunner::new(config)
        .run(&any::<[u8; 32]>(), of_one_seed)
        .unwrap();
}

/// Makes one call and looks at what arrives.
fn check(
    recorder: &Recorder,
    instances: &mut Instances<'_>,
    operation: &Operation,
    validator: Option<&Validator>,
) {
    let parameters = instances.parameters(operation, &NAMES);
    let schema = operation.request.as_ref().zip(validator);
    let whole = schema.map(|(schema, validator)| instances.body(schema, validator));
    let arguments = Arguments {
        parameters: &parameters,
        body: whole.as_ref().map(Whole::with_everything),
    };

    let arrived = send(recorder, operation, &arguments);

    check_line(operation, &parameters, &arrived);
    check_headers(operation, &parameters, &arrived);
    let id = &operation.id;
    let (Some(whole), Some(validator)) = (whole, validator) else {
        assert_eq!(arrived.body, "", "{id}");
        return;
    };
    let sent: Value = serde_json::from_str(&arrived.body).unwrap();
    let wanted = whole.without_what_the_server_owns();
    assert!(
        documented::alike(&sent, &wanted),
        "{id}\nsent   {sent}\nwanted {wanted}"
    );
    let errors: Vec<_> = validator
        .iter_errors(&sent)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert_eq!(errors, Vec::<String>::new(), "{id}: {sent}");
}

#[test]
fn a_default_built_update_sends_an_empty_document() {
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

        let arrived = send(&recorder, &operation, &arguments);

        assert_eq!(arrived.body, "{}", "{}", operation.id);
        updates += usize::from(operation.method == "PATCH");
    }
    assert!(updates >= 8, "{updates}");
}

/// The method, the path with each of its parts, and the query.
fn check_line(operation: &Operation, parameters: &BTreeMap<String, Value>, arrived: &Recorded) {
    let id = &operation.id;
    assert_eq!(arrived.method, operation.method, "{id}");
    let mut wanted = operation.path.clone();
    let mut joined = String::new();
    for (template, part) in operation.path.split('/').zip(arrived.path.split('/')) {
        let part = documented::percent_decoded(part);
        joined.push_str(if template.is_empty() { "" } else { "/" });
        joined.push_str(&part);
    }
    for name in operation.path_names() {
        let value = documented::text(&parameters[&name]);
        wanted = wanted.replace(&format!("{{{name}}}"), &value);
    }
    assert_eq!(joined, wanted, "{id}");
    assert_eq!(
        arrived.path.matches('/').count(),
        operation.path.matches('/').count(),
        "{id}"
    );

    let mut query: Vec<_> = url::form_urlencoded::parse(arrived.query.as_bytes())
        .into_owned()
        .collect();
    let mut wanted: Vec<_> = operation
        .parameters("query")
        .filter_map(|name| Some((name.clone(), parameters.get(&name)?)))
        .flat_map(|(name, value)| {
            let values = value
                .as_array()
                .map_or_else(|| vec![value], |it| it.iter().collect());
            values
                .into_iter()
                .map(move |value| (name.clone(), documented::text(value)))
        })
        .collect();
    query.sort();
    wanted.sort();
    assert_eq!(query, wanted, "{id}");
}

fn check_headers(operation: &Operation, parameters: &BTreeMap<String, Value>, arrived: &Recorded) {
    let id = &operation.id;
    assert_eq!(
        arrived.header("accept"),
        Some(operation.accept.as_str()),
        "{id}"
    );
    let content_type = operation.content_type.as_deref();
    assert_eq!(arrived.header("content-type"), content_type, "{id}");
    assert_eq!(arrived.header("api-version"), None, "{id}");
    for name in operation.parameters("header") {
        let wanted = parameters.get(&name).map(documented::text);
        assert_eq!(arrived.header(&name), wanted.as_deref(), "{id}: {name}");
    }
}
