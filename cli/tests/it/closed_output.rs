//! Tests output to closed pipes and full disks.

use std::process::Stdio;

use crate::support::{Atlas, std_command};

#[test]
fn closed_pipe_exits_0() {
    let atlas = Atlas::sized(40, 3);
    let mut child = std_command(&atlas, &["-l", "-lc"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();

    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();

    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[test]
fn pauses_clusters_after_pipe_closes() {
    let atlas = Atlas::sized(40, 2);
    let id = atlas.project("Project 0001");
    let arguments = ["-l", "-lc", "-p", "Cluster0", "-p", "Cluster1", "-pid", &id];
    let mut child = std_command(&atlas, &arguments)
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
fn full_disk_exits_1() {
    let atlas = Atlas::sized(1, 1);
    let full = std::fs::File::options()
        .write(true)
        .open("/dev/full")
        .unwrap();

    let output = std_command(&atlas, &["-l"]).stdout(full).output().unwrap();

    assert_eq!(output.status.code(), Some(1));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(
        stderr.starts_with("error: cannot write the output: "),
        "{stderr}"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn pauses_clusters_with_full_disk() {
    let atlas = Atlas::sized(2, 2);
    let id = atlas.project("Project 0001");
    let full = std::fs::File::options()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let arguments = ["-l", "-lc", "-p", "Cluster0", "-p", "Cluster1", "-pid", &id];

    let output = std_command(&atlas, &arguments)
        .stdout(full)
        .output()
        .unwrap();

    assert_eq!(output.status.code(), Some(1));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        stderr.matches("cannot write the output").count(),
        1,
        "{stderr}"
    );
    let list = atlas.run(&["-lc", "-pid", &id]).data();
    assert_eq!(list.matches("'paused': True").count(), 2);
}
