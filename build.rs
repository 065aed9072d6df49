//! Generates the typed client and the operations table from `openapi/`, for the enabled tags.
//!
//! Offline; writes to `OUT_DIR` only; runs again only when `openapi/` or the features change.

use std::{
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
};

use mongodbatlas_codegen::{Inputs, Options, feature_of_tag, generate};

fn main() -> Result<(), Box<dyn Error>> {
    let read = |name: &str| {
        let path = Path::new("openapi").join(name);
        println!("cargo:rerun-if-changed={}", path.display());
        fs::read_to_string(&path)
            .map_err(|error| format!("cannot read {}: {error}", path.display()))
    };
    let document = read("atlas-admin-v2.json")?;
    let corrections = read("corrections.toml")?;
    let descriptions = read("descriptions.toml")?;
    let rate_limits = read("rate-limits.toml")?;
    let secrets = read("secrets.toml")?;
    let inputs = Inputs {
        document: &document,
        corrections: &corrections,
        descriptions: &descriptions,
        rate_limits: &rate_limits,
        secrets: &secrets,
    };

    let options = Options {
        json_schema: env::var_os("CARGO_FEATURE_SCHEMARS").is_some(),
    };

    let generated = generate(inputs, options, is_enabled)?;

    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("client.rs"), generated.client)?;
    fs::write(out.join("operations.rs"), generated.operations)?;
    fs::write(out.join("schemas.bin"), generated.schemas)?;
    fs::write(out.join("calls.rs"), generated.calls)?;
    Ok(())
}

/// Returns whether the tag's cargo feature is enabled.
fn is_enabled(tag: &str) -> bool {
    let feature = feature_of_tag(tag).to_uppercase().replace('-', "_");
    env::var_os(format!("CARGO_FEATURE_{feature}")).is_some()
}
