//! The SDK against the simulator, real recordings and its own data files.

mod recordings;
mod surface;
