//! Replaces the API key of the environment: creates a key with the same roles, checks it, and deletes the old key.
//! Writes the new key to a file, because Atlas shows a private key only once.
//!
//! ```sh
//! cargo run --example rotate_api_key -- new-key.json
//! ```

#![allow(clippy::print_stdout, reason = "an example prints")]

use std::{collections::BTreeMap, error::Error, fs, io::Write};

use mongodbatlas::{Atlas, OrganizationRole, ProjectRole};
use serde_json::json;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args()
        .nth(1)
        .ok_or("missing argument: file for the new key")?;
    let atlas = Atlas::from_env()?;
    let organization = atlas.this_organization().await?.handle();
    let old_public_key = std::env::var("ATLAS_PUBLIC_KEY")?;

    let keys = organization.api_keys().collect().await?;
    let old_key = keys.iter().find(|key| key.public_key() == old_public_key);
    let old_key = old_key.ok_or("ATLAS_PUBLIC_KEY is not a key of this organization")?;
    let (organization_roles, project_roles): (Vec<_>, Vec<_>) =
        old_key.roles().partition(|role| role.project_id.is_none());
    let organization_roles: Vec<OrganizationRole> = organization_roles
        .iter()
        .map(|role| role.name.as_str().into())
        .collect();

    // create the file before the key, so that the private key is not lost if the file cannot be written
    let mut output = private_file(&file)?;
    let new_key = organization
        .create_api_key("rotated", &organization_roles)
        .await;
    let new_key = match new_key {
        Ok(key) => key,
        Err(error) => {
            drop(output);
            fs::remove_file(&file)?;
            return Err(error.into());
        }
    };
    let private_key = new_key
        .private_key()
        .ok_or("the response has no private key")?;
    let document = json!({"publicKey": new_key.public_key(), "privateKey": private_key.expose()});
    output.write_all(document.to_string().as_bytes())?;
    let mut projects: BTreeMap<_, Vec<ProjectRole>> = BTreeMap::new();
    for role in &project_roles {
        projects
            .entry(&role.project_id)
            .or_default()
            .push(role.name.as_str().into());
    }
    for (id, roles) in projects {
        let id = id.as_ref().ok_or("a role without a project")?;
        atlas
            .project(id)
            .api_key(new_key.id())
            .assign(&roles)
            .await?;
    }

    // delete the old key only if the new one works
    let credentials = new_key
        .credentials()
        .ok_or("the response has no private key")?;
    let atlas = Atlas::builder().with_api_key(credentials).build()?;
    let organization = atlas.this_organization().await?.handle();
    organization.api_key(old_key.id()).delete().await?;
    println!("{} replaces {}", new_key.public_key(), old_key.public_key());
    Ok(())
}

/// Creates a file that only this user can read.
fn private_file(path: &str) -> std::io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
