//! Defines examples of commands.

/// An example in the help, which is also a test against the simulator.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Example {
    /// The command line after `atlascli`.
    pub(crate) line: &'static str,
    /// The task, in the imperative.
    pub(crate) task: &'static str,
}
