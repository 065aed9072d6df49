//! Readers that have seen enough, and disks that are full.

use std::process::Stdio;

use crate::support::{Atlas, plain};

#[test]
fn a_reader_that_has_gone_is_no_failure() {
    let atlas = Atlas::sized(40, 3);
    let mut child = plain(&atlas, &["-l", "-lc"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();

    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();

    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[test]
fn clusters_are_paused_even_if_nobody_reads_it() {
    let atlas = Atlas::sized(40, 2);
    let id = atlas.project("Project 0001");
    let arguments = ["-l", "-lc", "-p", "Cluster0", "-p", "Cluster1", "-pid", &id];
    let mut child = plain(&atlas, &arguments)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();

    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();

    assert_eq!(output.status.code(), Some(0));
    let list = atlas.run(&["-lc", "-pid", &id]).data();
    assert_eq!(list.matches("'paused': True").count(), 2);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_a_failure() {
    let atlas = Atlas::sized(1, 1);
    let full = std::fs::File::options()
        .write(true)
        .open("/dev/full")
        .unwrap();

    let output = plain(&atlas, &["-l"]).stdout(full).output().unwrap();

    assert_eq!(output.status.code(), Some(1));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(
        stderr.starts_with("error: the output cannot be written: "),
        "{stderr}"
    );
}
