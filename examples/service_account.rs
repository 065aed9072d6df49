//! Authenticates with a service account, and revokes the access token at the end.
//!
//! ```sh
//! MONGODB_ATLAS_CLIENT_ID=mdb_sa_id_… MONGODB_ATLAS_CLIENT_SECRET=mdb_sa_sk_… \
//!     cargo run --example service_account
//! ```

#![allow(clippy::print_stdout, reason = "an example prints")]

use std::{env, error::Error};

use mongodbatlas::{Atlas, ServiceAccount};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    // `Atlas::from_env` also reads these variables if there is no API key
    let account = ServiceAccount::new(
        env::var("MONGODB_ATLAS_CLIENT_ID")?,
        env::var("MONGODB_ATLAS_CLIENT_SECRET")?,
    )?;
    let builder = Atlas::builder().with_credentials(account);
    // a service account has at most a hundred valid tokens, so a single job revokes its token
    let atlas = builder.without_token_cache().build()?;

    println!("{}", atlas.this_organization().await?.name());
    atlas.revoke_token().await?;
    Ok(())
}
