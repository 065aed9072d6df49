//! The settings of `setup`.

use std::fmt::Write as _;

use mongodbatlas::operation;
use serde_json::{Value, json};

use crate::{
    engine::{Invocation, session::Place, value},
    error::CliError,
};

/// The tier of free clusters.
pub(super) const FREE: &str = "M0";
/// The tier of flex clusters.
pub(super) const FLEX: &str = "FLEX";
/// The length of a generated password.
const PASSWORD_LENGTH: usize = 24;

/// Everything that `setup` creates.
#[derive(Debug)]
pub(super) struct Plan {
    /// The project; `None` if it has to be created.
    pub(super) project: Option<Place>,
    pub(super) cluster_name: String,
    pub(super) tier: String,
    pub(super) provider: String,
    pub(super) region: String,
    pub(super) mongodb_version: Option<String>,
    pub(super) is_protected: bool,
    /// Tags as `{key, value}`.
    pub(super) tags: Value,
    pub(super) username: String,
    pub(super) password: Password,
    /// The addresses and blocks that may connect.
    pub(super) addresses: Vec<String>,
    pub(super) has_sample_data: bool,
}

/// The password of the database user.
pub(super) struct Password {
    pub(super) secret: String,
    /// `true` if the program generated the password and must print it.
    pub(super) is_generated: bool,
}

impl std::fmt::Debug for Password {
    /// Hides the secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password")
    }
}

impl Plan {
    /// Reads the settings of the command line. Requests the address of this machine if none is given.
    ///
    /// # Errors
    ///
    /// Fails if a value is malformed or the address of this machine is unknown.
    pub(super) async fn read(invocation: &Invocation<'_>) -> Result<Self, CliError> {
        let text = |name: &str| invocation.text(name).map(str::to_owned);
        let cluster_name = text("cluster-name")
            .unwrap_or_else(|| format!("Cluster{}", fastrand::u32(10_000..100_000)));
        let provider = invocation.choice("provider")?.unwrap_or_default();
        let region = text("region").unwrap_or_else(|| default_region(&provider).to_owned());
        let tags = match invocation.input("tag") {
            Some(input) => invocation.json(input)?.unwrap_or_else(|| json!([])),
            None => json!([]),
        };
        let is_independent =
            invocation.choice("auto-scaling-mode")?.as_deref() == Some("independentShardScaling");
        let password = match invocation.secret("password")? {
            Some(secret) => Password {
                secret,
                is_generated: false,
            },
            None => Password {
                secret: generate_password()?,
                is_generated: true,
            },
        };
        Ok(Self {
            project: None,
            username: text("username").unwrap_or_else(|| cluster_name.clone()),
            cluster_name,
            tier: text("tier").unwrap_or_default().to_uppercase(),
            provider,
            region: region.to_uppercase(),
            // clusters with independent shard scaling always run the newest version
            mongodb_version: text("mdb-version").filter(|_| !is_independent),
            is_protected: invocation.is_on("enable-termination-protection"),
            tags,
            password,
            addresses: addresses(invocation).await?,
            has_sample_data: !invocation.is_on("skip-sample-data"),
        })
    }

    pub(super) fn is_free(&self) -> bool {
        self.tier == FREE
    }

    pub(super) fn is_flex(&self) -> bool {
        self.tier == FLEX
    }

    /// Returns the operation that creates the cluster.
    pub(super) fn create_operation(&self) -> &'static mongodbatlas::operations::Operation {
        if self.is_flex() {
            operation::CREATE_GROUP_FLEX_CLUSTER
        } else {
            operation::CREATE_GROUP_CLUSTER
        }
    }

    /// Returns the document of the cluster.
    pub(super) fn cluster(&self) -> Value {
        let mut document = json!({ "name": self.cluster_name });
        if self.is_flex() {
            document["providerSettings"] =
                json!({ "backingProviderName": self.provider, "regionName": self.region });
        } else {
            let mut region = json!({
                "priority": 7,
                "regionName": self.region,
                "electableSpecs": { "instanceSize": self.tier },
            });
            if self.is_free() {
                region["providerName"] = "TENANT".into();
                region["backingProviderName"] = self.provider.clone().into();
            } else {
                region["providerName"] = self.provider.clone().into();
                region["electableSpecs"]["nodeCount"] = 3.into();
                if let Some(version) = &self.mongodb_version {
                    document["mongoDBMajorVersion"] = version.clone().into();
                }
            }
            document["clusterType"] = "REPLICASET".into();
            document["replicationSpecs"] =
                json!([{ "zoneName": "Zone 1", "regionConfigs": [region] }]);
        }
        if self.is_protected {
            document["terminationProtectionEnabled"] = true.into();
        }
        if self.tags.as_array().is_some_and(|tags| !tags.is_empty()) {
            document["tags"] = self.tags.clone();
        }
        document
    }

    /// Returns the plan as text, without the password.
    pub(super) fn describe(&self) -> String {
        let project = self
            .project
            .as_ref()
            .map_or_else(|| "a new one".to_owned(), |place| place.label().to_owned());
        let mut text = String::new();
        for (name, value) in [
            ("project", project),
            ("cluster", self.cluster_name.clone()),
            ("tier", self.tier.clone()),
            ("region", format!("{} {}", self.provider, self.region)),
            ("user", self.username.clone()),
            ("access", self.addresses.join(", ")),
            (
                "sample data",
                if self.has_sample_data { "yes" } else { "no" }.to_owned(),
            ),
        ] {
            let _ = writeln!(text, "{name:<12} {value}");
        }
        text
    }

    /// Returns the plan as a document, without the password.
    pub(super) fn document(&self) -> Value {
        json!({
            "project": self.project.as_ref().map(Place::label),
            "cluster": self.cluster(),
            "username": self.username,
            "accessList": self.addresses,
            "sampleData": self.has_sample_data,
        })
    }
}

/// Returns the region without `--region`.
fn default_region(provider: &str) -> &'static str {
    match provider {
        "AZURE" => "US_EAST_2",
        "GCP" => "EASTERN_US",
        _ => "US_EAST_1",
    }
}

/// Returns the addresses of `--access-list-ip` or, without the flag, the address of this machine.
async fn addresses(invocation: &Invocation<'_>) -> Result<Vec<String>, CliError> {
    let mut addresses = Vec::new();
    for text in invocation.texts("access-list-ip") {
        addresses.extend(value::split_list(text)?);
    }
    if addresses.is_empty() {
        let atlas = invocation.session.atlas().await?;
        let address = atlas.current_ip_address().await.map_err(|error| {
            CliError::from_request_error(&error, "cannot find the address of this machine")
                .or_hint("add `--access-list-ip IP`")
        })?;
        addresses.push(address.to_string());
    }
    Ok(addresses)
}

/// Returns a password of letters and digits, from the random numbers of the operating system.
fn generate_password() -> Result<String, CliError> {
    const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
    let mut password = String::new();
    while password.len() < PASSWORD_LENGTH {
        let mut bytes = [0_u8; 64];
        getrandom::fill(&mut bytes).map_err(|error| {
            CliError::failure(format!("cannot generate a password: {error}"))
                .with_hint("add `--password-file FILE`")
        })?;
        // larger bytes would make the first letters more likely
        let unbiased = bytes
            .iter()
            .filter(|byte| usize::from(**byte) < LETTERS.len() * 4);
        let letters = unbiased.map(|byte| char::from(LETTERS[usize::from(*byte) % LETTERS.len()]));
        password.extend(letters.take(PASSWORD_LENGTH - password.len()));
    }
    Ok(password)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generated_passwords_differ_and_are_long() {
        let (first, second) = (generate_password().unwrap(), generate_password().unwrap());

        assert_eq!(first.len(), PASSWORD_LENGTH);
        assert!(first.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        assert_ne!(first, second);
    }
}
