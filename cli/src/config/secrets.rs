//! Stores secrets of profiles in the system keyring if there is one, otherwise in the configuration file.

/// The keys of secrets.
pub(crate) const KEYS: [&str; 4] = [
    "private_api_key",
    "client_secret",
    "access_token",
    "refresh_token",
];

/// The keys that the official CLI stores in the keyring: secrets, and the ids that belong to them.
pub(crate) const KEYRING_KEYS: [&str; 6] = [
    "public_api_key",
    "private_api_key",
    "client_id",
    "client_secret",
    "access_token",
    "refresh_token",
];

/// Returns `true` for the key of a secret.
pub(crate) fn is_secret(key: &str) -> bool {
    KEYS.contains(&key)
}

/// Stores a secret in the keyring, in the format of the official CLI. Returns `false` without a keyring.
#[cfg(feature = "keyring")]
pub(crate) fn store(profile: &str, key: &str, secret: &str) -> bool {
    entry(profile, key).is_some_and(|entry| entry.set_password(secret).is_ok())
}

/// Removes a secret from the keyring.
#[cfg(feature = "keyring")]
pub(crate) fn remove(profile: &str, key: &str) {
    if let Some(entry) = entry(profile, key) {
        // a missing entry counts as removed
        drop(entry.delete_credential());
    }
}

/// Moves the secrets of a profile in the keyring to another profile.
#[cfg(feature = "keyring")]
pub(crate) fn rename(old: &str, new: &str) {
    for key in KEYRING_KEYS {
        remove(new, key);
        let secret = entry(old, key).and_then(|entry| entry.get_secret().ok());
        if let (Some(secret), Some(target)) = (secret, entry(new, key))
            && target.set_secret(&secret).is_ok()
        {
            remove(old, key);
        }
    }
}

/// Returns `true` if the keyring has this secret.
#[cfg(feature = "keyring")]
pub(crate) fn has(profile: &str, key: &str) -> bool {
    entry(profile, key).is_some_and(|entry| entry.get_secret().is_ok())
}

/// Returns `true` if there is a keyring.
#[cfg(feature = "keyring")]
pub(crate) fn is_available() -> bool {
    keyring::Entry::store_status().is_ok()
}

#[cfg(feature = "keyring")]
fn entry(profile: &str, key: &str) -> Option<keyring_core::Entry> {
    if keyring::Entry::store_status().is_err() {
        return None;
    }
    let service = format!("atlascli_{profile}");
    let target = format!("{service}:{key}");
    let mut modifiers = std::collections::HashMap::new();
    if cfg!(windows) {
        modifiers.insert("target", target.as_str());
    }
    keyring_core::Entry::new_with_modifiers(&service, key, &modifiers).ok()
}

/// Returns `false`: this build has no keyring.
#[cfg(not(feature = "keyring"))]
pub(crate) fn store(_profile: &str, _key: &str, _secret: &str) -> bool {
    false
}

/// Does nothing: this build has no keyring.
#[cfg(not(feature = "keyring"))]
pub(crate) fn remove(_profile: &str, _key: &str) {}

/// Does nothing: this build has no keyring.
#[cfg(not(feature = "keyring"))]
pub(crate) fn rename(_old: &str, _new: &str) {}

/// Returns `false`: this build has no keyring.
#[cfg(not(feature = "keyring"))]
pub(crate) fn has(_profile: &str, _key: &str) -> bool {
    false
}

/// Returns `false`: this build has no keyring.
#[cfg(not(feature = "keyring"))]
pub(crate) fn is_available() -> bool {
    false
}
