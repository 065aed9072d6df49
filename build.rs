//! Generates the typed client and the operations table from `openapi/`, for the enabled tags.
//!
//! Needs no network, writes only to `OUT_DIR`, and reruns only if `openapi/` or the features change.

use std::{
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
};

use mongodbatlas_codegen::{Inputs, Options, feature_of_tag, generate};

fn main() -> Result<(), Box<dyn Error>> {
    let openapi = Path::new("openapi");
    for file in Inputs::FILES {
        println!("cargo:rerun-if-changed={}", openapi.join(file).display());
    }
    let inputs = Inputs::read(openapi)?;

    let options = Options {
        json_schema: env::var_os("CARGO_FEATURE_SCHEMARS").is_some(),
    };

    let generated = generate(&inputs, options, is_enabled)?;

    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("client.rs"), generated.client)?;
    fs::write(out.join("operations.rs"), generated.operations)?;
    fs::write(out.join("schemas.bin"), generated.schemas)?;
    fs::write(out.join("calls.rs"), generated.calls)?;
    Ok(())
}

/// Returns `true` if the tag's cargo feature is enabled.
fn is_enabled(tag: &str) -> bool {
    let feature = feature_of_tag(tag).to_uppercase().replace('-', "_");
    env::var_os(format!("CARGO_FEATURE_{feature}")).is_some()
}
