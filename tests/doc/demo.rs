// The setup of the documentation examples, each of which includes this file.

/// Starts a simulator with the demo organization and returns it with a builder for its clients.
///
/// Its clock moves by one minute with each request, so no example depends on the speed of the machine: a pause
/// (30 seconds) is complete at the first poll, and a restore job (5 minutes) can still be cancelled.
fn demo() -> (atlas_simulator::Simulator, mongodbatlas::Builder) {
    let clock = atlas_simulator::Clock::per_request(std::time::Duration::from_mins(1));
    let options = atlas_simulator::Options::new().with_clock(clock);
    let simulator = atlas_simulator::Simulator::start_blocking(options).expect("a free port");
    let variables = simulator.environment();
    let builder = mongodbatlas::Atlas::builder().with_environment(move |name| {
        let variable = variables.iter().find(|(known, _)| *known == name);
        variable.map(|(_, value)| value.clone())
    });
    (simulator, builder)
}

/// Runs an example with a client of a simulator.
fn example(example: impl AsyncFnOnce(mongodbatlas::Atlas) -> mongodbatlas::Result<()>) {
    let (_simulator, builder) = demo();
    let atlas = builder.build().expect("valid settings");
    run(example(atlas));
}

/// Runs an async example, and panics if it fails.
fn run(example: impl Future<Output = mongodbatlas::Result<()>>) {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_all().build().expect("a runtime");
    runtime.block_on(example).expect("an example without errors");
}

/// Runs an example with a blocking client of a simulator.
fn blocking_example(example: impl FnOnce(mongodbatlas::blocking::Atlas) -> mongodbatlas::Result<()>) {
    let (_simulator, builder) = demo();
    let atlas = builder.build_blocking().expect("valid settings");
    example(atlas).expect("an example without errors");
}
