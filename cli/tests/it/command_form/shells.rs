//! Tests completion scripts in real shells. A shell that is not installed is skipped with a message; `.ci/run`
//! installs bash, zsh and fish.

use std::{fs, process::Command};

use crate::support::{atlascli, run};

/// Runs a script in a shell that has loaded the completion script; returns `None` if the shell is not installed.
#[expect(clippy::print_stdout, reason = "a test says that it skips a shell")]
fn complete(shell: &str, script: &str) -> Option<String> {
    if Command::new(shell).arg("--version").output().is_err() {
        println!("skipped: {shell} is not installed");
        return None;
    }
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("completion");
    fs::write(&file, run(atlascli(&["completion", shell])).data()).unwrap();
    let script = script.replace("FILE", file.to_str().unwrap());
    let mut command = Command::new(shell);
    if shell == "zsh" {
        command.arg("-f");
    }
    let output = command
        .args(["-c", &script])
        .env("HOME", directory.path())
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{shell}: {stderr}");
    assert_eq!(stderr, "", "{shell}");
    Some(String::from_utf8(output.stdout).unwrap())
}

#[test]
fn bash_completes_commands_and_flags() {
    let script = r#"
        . FILE
        complete_line() {
            COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
            _atlascli atlascli "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
            echo "${COMPREPLY[@]}"
        }
        complete -p atlascli >/dev/null
        complete_line atlascli clus
        complete_line atlascli clusters pau
        complete_line atlascli clusters list --til
        complete_line atlascli clusters list --tie
    "#;

    if let Some(words) = complete("bash", script) {
        assert_eq!(words, "clusters\npause\n\n--tier\n");
    }
}

#[test]
fn fish_completes_commands_and_flags() {
    let script = r"
        source FILE
        complete -C 'atlascli clusters pau' | string split -f1 \t
        complete -C 'atlascli clusters list --tie' | string split -f1 \t
    ";

    if let Some(words) = complete("fish", script) {
        assert_eq!(words, "pause\n--tier\n");
    }
}

#[test]
fn zsh_loads_the_completion() {
    let script = r#"
        autoload -Uz compinit && compinit -D -u
        . FILE
        print -r -- "$_comps[atlascli] $+functions[_atlascli__clusters_commands] $+functions[_atlascli__subcmd__clusters_commands]"
    "#;

    if let Some(words) = complete("zsh", script) {
        assert!(
            words.starts_with("_atlascli ") && words.contains('1'),
            "{words}"
        );
    }
}
