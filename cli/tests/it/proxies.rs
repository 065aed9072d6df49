//! Tests the proxy environment variables.

use std::io::ErrorKind;
use std::net::TcpListener;

use crate::support::{Atlas, atlascli, run};

#[test]
fn malformed_proxy_address_is_a_configuration_error() {
    let proxy = TcpListener::bind("127.0.0.1:0").unwrap();
    proxy.set_nonblocking(true).unwrap();
    let address = proxy.local_addr().unwrap();
    let mut command = atlascli(&["--list"]);
    command.envs([
        ("ATLAS_PUBLIC_KEY", "zmmrboas"),
        ("ATLAS_PRIVATE_KEY", "1111-2222"),
        ("ATLAS_BASE_URL", "https://atlas.invalid"),
        ("HTTPS_PROXY", &format!("http://svc:p@ss#1@{address}")),
    ]);

    let run = run(command);

    assert_eq!((run.exit, run.stdout.as_str()), (Some(1), ""), "{run}");
    let (error, hint) = run.error_and_hint();
    assert_eq!(
        error,
        "the proxy address in `HTTPS_PROXY` has an unencoded `#`, `@`, `?`, `/` or `\\` before its \
         last `@`"
    );
    for encoding in ["`%23`", "`%40`", "`%3F`", "`%2F`"] {
        assert!(hint.contains(encoding), "{hint}");
    }
    let secrets = ["svc", "p@ss", "ss#1"];
    assert!(
        secrets.iter().all(|secret| !run.stderr.contains(secret)),
        "{run}"
    );
    assert_eq!(proxy.accept().unwrap_err().kind(), ErrorKind::WouldBlock);
}

#[test]
fn loopback_base_url_ignores_malformed_proxy_addresses() {
    let atlas = Atlas::demo();
    let mut command = atlas.command(&["--list"]);
    command.envs([
        ("HTTPS_PROXY", "::::"),
        ("HTTP_PROXY", "::::"),
        ("ALL_PROXY", "::::"),
    ]);

    assert_eq!(atlas.run_command(command).exit, Some(0));
}
