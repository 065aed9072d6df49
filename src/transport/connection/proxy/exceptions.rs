//! Matches a host against `NO_PROXY`, by the rules of curl and reqwest.

use std::net::IpAddr;

use url::Host;

/// Returns `true` if a comma-separated list of exceptions contains a host.
///
/// An entry is `*`, an IP address, a network such as `10.0.0.0/8`, or a domain, which includes its
/// subdomains.
pub(super) fn contains(list: &str, host: &Host) -> bool {
    let mut entries = list.split(',').map(str::trim);
    entries.any(|entry| {
        entry == "*"
            || match host {
                Host::Domain(name) => is_in_domain(name, entry),
                Host::Ipv4(address) => is_in_network((*address).into(), entry),
                Host::Ipv6(address) => is_in_network((*address).into(), entry),
            }
    })
}

/// Returns `true` if a name is a domain or one of its subdomains.
fn is_in_domain(name: &str, domain: &str) -> bool {
    let domain = domain.strip_prefix('.').unwrap_or(domain);
    let domain = domain.to_ascii_lowercase();
    let prefix = name.strip_suffix(domain.as_str());
    !domain.is_empty() && prefix.is_some_and(|prefix| prefix.is_empty() || prefix.ends_with('.'))
}

/// Returns `true` if an address is in a network, which may be a single address.
fn is_in_network(address: IpAddr, network: &str) -> bool {
    let (start, length) = match network.split_once('/') {
        None => (network, None),
        Some((start, length)) => match length.parse::<u32>() {
            Ok(length) => (start, Some(length)),
            Err(_) => return false,
        },
    };
    match (address, start.parse()) {
        (IpAddr::V4(address), Ok(IpAddr::V4(start))) => {
            shares_prefix(address.to_bits(), start.to_bits(), length, u32::BITS)
        }
        (IpAddr::V6(address), Ok(IpAddr::V6(start))) => {
            shares_prefix(address.to_bits(), start.to_bits(), length, u128::BITS)
        }
        _ => false,
    }
}

/// Returns `true` if the first `length` of `bits` bits are equal; by default all of them.
fn shares_prefix(
    left: impl Into<u128>,
    right: impl Into<u128>,
    length: Option<u32>,
    bits: u32,
) -> bool {
    let length = length.unwrap_or(bits);
    let different = left.into() ^ right.into();
    length <= bits && different.checked_shr(bits - length).unwrap_or(0) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_excepted(host: &str, list: &str) -> bool {
        contains(list, &Host::parse(host).unwrap())
    }

    #[test]
    fn domain_includes_its_subdomains() {
        for list in ["example.com", ".example.com", "a.test, EXAMPLE.com", "*"] {
            assert!(is_excepted("example.com", list), "{list}");
            assert!(is_excepted("cloud.example.com", list), "{list}");
        }
        for list in [
            "",
            ",",
            ".",
            "ample.com",
            "cloud.example.com.test",
            "10.0.0.0/8",
        ] {
            assert!(!is_excepted("cloud.example.com", list), "{list}");
        }
    }

    #[test]
    fn network_includes_its_addresses() {
        for list in [
            "10.1.2.3",
            "10.0.0.0/8",
            "x, 10.1.2.0/24",
            "0.0.0.0/0",
            "10.1.2.3/32",
        ] {
            assert!(is_excepted("10.1.2.3", list), "{list}");
        }
        for list in [
            "10.1.2.4",
            "11.0.0.0/8",
            "10.1.2.3/33",
            "10.1.2.3/x",
            "::/0",
        ] {
            assert!(!is_excepted("10.1.2.3", list), "{list}");
        }
        assert!(is_excepted("[2001:db8::1]", "2001:db8::/32"));
        assert!(is_excepted("[2001:db8::1]", "::/0"));
        assert!(!is_excepted("[2001:db8::1]", "2001:db9::/32"));
    }
}
