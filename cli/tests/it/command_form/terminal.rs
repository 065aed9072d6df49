//! Tests prompts, progress lines, resize and Ctrl-C in a pseudo-terminal.

use std::{
    io::{Read as _, Write as _},
    process::Child,
    sync::{Arc, Mutex},
    thread::JoinHandle,
    time::Duration,
};

use atlas_simulator::Fault;
use pty_process::blocking::{Command, Pty, open};

use crate::support::{Atlas, VARIABLES};

/// A command that runs in a pseudo-terminal.
struct Terminal {
    pty: Arc<Pty>,
    process: Child,
    /// The output of the command.
    screen: Arc<Mutex<String>>,
    reader: JoinHandle<()>,
}

impl Terminal {
    /// Starts a command in a terminal of this width.
    fn start(atlas: &Atlas, width: u16, line: &[&str]) -> Self {
        let (pty, pts) = open().unwrap();
        pty.resize(pty_process::Size::new(24, width)).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_atlascli")).args(line);
        for variable in VARIABLES {
            command = command.env_remove(variable);
        }
        let state = concat!(env!("CARGO_TARGET_TMPDIR"), "/terminal-state");
        for home in ["HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"] {
            command = command.env(home, state);
        }
        let command = command
            .env("TERM", "xterm-256color")
            .envs(atlas.simulator.environment());
        let process = command.spawn(pts).unwrap();
        let pty = Arc::new(pty);
        let screen = Arc::new(Mutex::new(String::new()));
        let (source, sink) = (Arc::clone(&pty), Arc::clone(&screen));
        let reader = std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            // reading fails when the command has ended
            while let Ok(count @ 1..) = (&*source).read(&mut buffer) {
                let text = String::from_utf8_lossy(&buffer[..count]);
                sink.lock().unwrap().push_str(&text);
            }
        });
        Self {
            pty,
            process,
            screen,
            reader,
        }
    }

    /// Waits until the command has written a text.
    fn expect(&self, expected: &str) -> String {
        for _ in 0..3000 {
            let screen = self.screen.lock().unwrap().clone();
            if screen.contains(expected) {
                return screen;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("no `{expected}` in {:?}", self.screen.lock().unwrap());
    }

    fn press(&self, keys: &str) {
        (&*self.pty).write_all(keys.as_bytes()).unwrap();
    }

    /// Waits for the end; returns the exit code and the output of the command.
    fn finish(mut self) -> (Option<i32>, String) {
        let status = self.process.wait().unwrap();
        self.reader.join().unwrap();
        let screen = self.screen.lock().unwrap().clone();
        (status.code(), screen)
    }
}

const DELETE: [&str; 5] = [
    "clusters",
    "delete",
    "shop-staging",
    "--project",
    "Storefront",
];

fn deletions(atlas: &Atlas) -> usize {
    let requests = atlas.requests();
    requests
        .iter()
        .filter(|request| request.starts_with("DELETE"))
        .count()
}

#[test]
fn deletion_needs_the_typed_name() {
    let atlas = Atlas::demo();
    let terminal = Terminal::start(&atlas, 100, &DELETE);
    terminal.expect("delete cluster `shop-staging`? Type `shop-staging` to confirm: ");

    terminal.press("shop-staging\r");
    let (exit, screen) = terminal.finish();

    assert_eq!(exit, Some(0), "{screen}");
    assert!(
        screen.contains("Deleting cluster 'shop-staging'"),
        "{screen}"
    );
    assert_eq!(deletions(&atlas), 1);
}

#[test]
fn another_answer_declines_the_deletion() {
    let atlas = Atlas::demo();
    let terminal = Terminal::start(&atlas, 100, &DELETE);
    terminal.expect("to confirm: ");

    terminal.press("yes\r");
    let (exit, screen) = terminal.finish();

    assert_eq!(exit, Some(1), "{screen}");
    assert!(screen.contains("declined; nothing was sent"), "{screen}");
    assert_eq!(deletions(&atlas), 0);
}

#[test]
fn ctrl_c_ends_a_prompt() {
    let atlas = Atlas::demo();
    let terminal = Terminal::start(&atlas, 100, &DELETE);
    terminal.expect("to confirm: ");

    terminal.press("\x03");
    let (exit, screen) = terminal.finish();

    assert_eq!(exit, Some(130), "{screen}");
    assert!(screen.contains("interrupted"), "{screen}");
    assert_eq!(deletions(&atlas), 0);
}

#[test]
fn plan_is_confirmed_with_y() {
    let atlas = Atlas::demo();
    let terminal = Terminal::start(&atlas, 100, &["clusters", "pause", "shop-*"]);
    let screen = terminal.expect("[y/N] ");
    assert!(screen.contains("shop-staging"), "{screen}");

    terminal.press("y\r");
    let (exit, screen) = terminal.finish();

    assert_eq!(exit, Some(0), "{screen}");
    assert!(screen.contains("2 done"), "{screen}");
}

const WAIT: [&str; 7] = [
    "clusters",
    "wait",
    "shop-staging",
    "--project",
    "Storefront",
    "--for",
    "paused",
];

#[test]
fn progress_fits_the_terminal_after_a_resize() {
    let atlas = Atlas::demo();
    let terminal = Terminal::start(&atlas, 80, &WAIT);
    let screen = terminal.expect("shop-staging: running, ");
    assert!(screen.contains("\r\u{1b}[K"), "{screen:?}");

    terminal.pty.resize(pty_process::Size::new(24, 20)).unwrap();
    terminal.expect("shop-staging: runn…");
    terminal.press("\x03");
    let (exit, screen) = terminal.finish();

    assert_eq!(exit, Some(130), "{screen:?}");
    let after_resize = screen.rsplit("\r\u{1b}[K").nth(1).unwrap_or_default();
    let line = after_resize.trim_end_matches("^C");
    assert!(line.chars().count() < 20, "{line:?}");
    assert!(
        screen.contains("wait interrupted, state is running"),
        "{screen:?}"
    );
}

#[test]
fn bulk_run_shows_its_progress() {
    let atlas = Atlas::sized(1, 6);
    let line = ["clusters", "pause", "--all", "--yes", "--wait=20m"];
    let terminal = Terminal::start(&atlas, 100, &line);

    let screen = terminal.expect(" pausing, ");
    assert!(screen.contains("pause: "), "{screen:?}");
    terminal.press("\x03");
    let (exit, screen) = terminal.finish();

    assert_eq!(exit, Some(130), "{screen:?}");
    assert!(
        screen.contains("4 timed out") && !screen.contains("finishing"),
        "{screen:?}"
    );
}

#[test]
fn ctrl_c_finishes_the_change_in_flight() {
    let atlas = Atlas::demo();
    let fault = Fault::latency(Duration::from_secs(1)).for_method("PATCH");
    atlas.simulator.inject(fault.when_authorized().always());
    let line = [
        "clusters",
        "pause",
        "shop-staging",
        "--project",
        "Storefront",
    ];
    let terminal = Terminal::start(&atlas, 100, &line);
    while !atlas
        .requests()
        .iter()
        .any(|request| request.starts_with("PATCH"))
    {
        std::thread::sleep(Duration::from_millis(10));
    }

    terminal.press("\x03");
    let (exit, screen) = terminal.finish();

    assert_eq!(exit, Some(130), "{screen}");
    assert!(
        screen.contains("Pausing cluster 'shop-staging'."),
        "{screen}"
    );
}

#[test]
fn table_fits_the_terminal_and_has_colour() {
    let atlas = Atlas::demo();

    let plain = regex::Regex::new("\u{1b}\\[[0-9;]*m").unwrap();

    for width in [80, 120] {
        let terminal = Terminal::start(&atlas, width, &["clusters", "list"]);
        let (exit, screen) = terminal.finish();

        assert_eq!(exit, Some(0), "{screen}");
        assert!(screen.contains("\u{1b}[32mrunning"), "{screen:?}");
        for line in plain.replace_all(&screen, "").lines() {
            assert!(
                line.trim_end().chars().count() <= usize::from(width),
                "{line}"
            );
        }
    }
}
