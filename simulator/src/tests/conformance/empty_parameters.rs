//! An empty query parameter has the same effect as a missing parameter.

use bytes::Bytes;

use super::calls::{answer, new_call, required_query};
use super::rejections::World;
use crate::schema::document::Document;

#[test]
fn empty_query_parameters_have_no_effect() {
    let mut world = World::new();
    let (mut failures, mut requests) = (Vec::new(), 0);
    for operation in Document::vendored().unwrap().operations() {
        if operation.method != "GET" {
            continue;
        }
        let (parameters, _) = world.valid_request(operation);
        let required = required_query(operation);
        let mut get = |name: Option<&str>| {
            let mut query = required.clone();
            query.extend(name.map(|name| (name.to_owned(), String::new())));
            let call = new_call(
                operation,
                parameters.clone(),
                query,
                Bytes::new(),
                world.now,
            );
            let reply = answer(&mut world.state, &call);
            let result = reply.map(|reply| (reply.status, reply.document));
            result.map_err(|error| error.document())
        };
        let expected = get(None);
        for parameter in &operation.parameters {
            if parameter.is_query && !parameter.is_required {
                requests += 1;
                if get(Some(&parameter.name)) != expected {
                    failures.push(format!("{} {}", operation.id, parameter.name));
                }
            }
        }
    }

    println!("{requests} optional parameters verified");
    assert!(failures.is_empty(), "{failures:#?}");
    assert!(requests > 800, "{requests}");
}
