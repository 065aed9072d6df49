//! Replaces the API key with which it is called: creates a new one with the same roles, tries it, and deletes
//! the old one. The new key goes to a file, since Atlas shows its private half only once.
//!
//! ```sh
//! cargo run --example rotate_api_key -- new-key.json
//! ```

#![allow(clippy::print_stdout, reason = "an example prints")]

use std::{collections::BTreeMap, error::Error, fs, io::Write};

use mongodbatlas::Atlas;
use serde_json::json;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args()
        .nth(1)
        .ok_or("give a file for the new key")?;
    let atlas = Atlas::from_env()?;
    let organization = atlas.this_organization().await?.handle();
    let old_public_key = std::env::var("ATLAS_PUBLIC_KEY")?;

    // before there is a key to lose: a place to keep it, which only this user may read
    let mut place = private_file(&file)?;

    let keys = organization.api_keys().collect().await?;
    let old = keys.iter().find(|key| key.public_key() == old_public_key);
    let old = old.ok_or("ATLAS_PUBLIC_KEY is no key of this organization")?;
    let (own, of_projects): (Vec<_>, Vec<_>) =
        old.roles().partition(|role| role.project_id.is_none());
    let own: Vec<&str> = own.iter().map(|role| role.name.as_str()).collect();

    let new = organization.create_api_key("rotated", &own).await?;
    let private_key = new.private_key().ok_or("Atlas shows no private half")?;
    let kept = json!({"publicKey": new.public_key(), "privateKey": private_key.expose()});
    place.write_all(kept.to_string().as_bytes())?;
    let mut projects: BTreeMap<_, Vec<&str>> = BTreeMap::new();
    for role in &of_projects {
        projects
            .entry(&role.project_id)
            .or_default()
            .push(&role.name);
    }
    for (id, roles) in projects {
        let id = id.as_ref().ok_or("a role of no project")?;
        atlas.project(id).api_key(new.id()).assign(&roles).await?;
    }

    // the old key goes only once the new one is known to work
    let credentials = new.credentials().ok_or("Atlas shows no private half")?;
    let renewed = Atlas::builder().with_api_key(credentials).build()?;
    let organization = renewed.this_organization().await?.handle();
    organization.api_key(old.id()).delete().await?;
    println!("{} replaces {}", new.public_key(), old.public_key());
    Ok(())
}

/// A new file for this user alone.
fn private_file(path: &str) -> std::io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
