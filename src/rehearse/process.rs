//! Programs that end: started in a process group of their own, fed, read, and ended with everything
//! they have started when they take too long or somebody asks to stop.

use std::io::{ErrorKind, Read, Write};
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};

use super::driver::Ran;
use super::fault::Fault;
use super::interrupt;
use super::janitor::{Janitor, Task};

/// How long a group has to end by itself before it is killed.
const GRACE: Duration = Duration::from_secs(3);

/// How long output is waited for after the program itself has ended.
const REST: Duration = Duration::from_millis(500);

/// How often is looked whether something has happened.
const STEP: Duration = Duration::from_millis(10);

/// Runs a program to its end. Its group is ended after `limit`, and then [`Ran::code`] is `None`. It
/// reads `input`, or nothing; what it prints that is no UTF-8 is replaced.
///
/// # Errors
/// [`Fault::Interrupted`] if somebody asks to stop, before or meanwhile; [`Fault::Machine`] if it
/// cannot be started.
pub fn run_limited(command: &mut Command, input: Option<&str>, limit: Duration) -> Result<Ran, Fault> {
    run_following(command, input, limit, &mut |_| {})
}

/// As [`run_limited`], and calls `follow` with each line that it prints as an error, as it comes.
///
/// # Errors
/// Those of [`run_limited`].
pub fn run_following(
    command: &mut Command,
    input: Option<&str>,
    limit: Duration,
    follow: &mut dyn FnMut(&str),
) -> Result<Ran, Fault> {
    run(command, input, limit, Heed::Requests, None, follow)
}

/// As [`run_following`], and the janitor ends the group if this program is killed meanwhile.
///
/// # Errors
/// Those of [`run_limited`].
pub fn run_guarded(
    command: &mut Command,
    input: Option<&str>,
    limit: Duration,
    janitor: &mut Janitor,
    follow: &mut dyn FnMut(&str),
) -> Result<Ran, Fault> {
    run(command, input, limit, Heed::Requests, Some(janitor), follow)
}

/// As [`run_limited`], but requests to stop are not heeded: for cleaning up after one.
///
/// # Errors
/// [`Fault::Machine`] if it cannot be started.
pub fn run_cleanup(command: &mut Command, limit: Duration) -> Result<Ran, Fault> {
    run(command, None, limit, Heed::Nothing, None, &mut |_| {})
}

/// Sends a signal to every process of a group; a group that is gone is no fault.
pub(super) fn signal_group(group: u32, signal: Signal) {
    if let Some(pid) = pid_of(group) {
        let _ = kill_process_group(pid, signal);
    }
}

/// 0 and 1 are refused: they would mean one's own group, or everything.
pub(super) fn pid_of(id: u32) -> Option<Pid> {
    i32::try_from(id).ok().filter(|id| *id > 1).and_then(Pid::from_raw)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Heed {
    Requests,
    Nothing,
}

impl Heed {
    fn is_stopped(self) -> bool {
        self == Self::Requests && interrupt::is_asked()
    }
}

/// How the wait for a program ended.
enum End {
    Itself,
    Limit,
    Interruption,
}

fn run(
    command: &mut Command,
    input: Option<&str>,
    limit: Duration,
    heed: Heed,
    janitor: Option<&mut Janitor>,
    follow: &mut dyn FnMut(&str),
) -> Result<Ran, Fault> {
    if heed.is_stopped() {
        return Err(Fault::Interrupted);
    }
    let stdin = if input.is_some() { Stdio::piped() } else { Stdio::null() };
    command.stdin(stdin).stdout(Stdio::piped()).stderr(Stdio::piped()).process_group(0);
    let mut child = command.spawn().map_err(|error| not_started(command, &error))?;
    let mut guarded = janitor.map(|janitor| {
        let id = janitor.at_end(Task::end_group(child.id()));
        (janitor, id)
    });
    feed(&mut child, input);
    let stdout = child.stdout.take().map(Output::read);
    let stderr = child.stderr.take().map(Output::read);
    let mut followed = 0;
    let end = await_end(&child, Instant::now() + limit, heed, &mut || {
        followed += stderr.as_ref().map_or(0, |output| output.follow(followed, follow));
    });
    let outputs = [&stdout, &stderr];
    if !matches!(end, End::Itself) {
        end_group(&child);
    } else if !await_outputs(outputs, REST) {
        // Something that it has left behind still holds its output. The program is not reaped yet,
        // so that nobody else can have its number.
        signal_group(child.id(), Signal::KILL);
    }
    let status = child.wait().ok();
    if let Some((janitor, id)) = guarded.take() {
        janitor.done(id);
    }
    await_outputs(outputs, REST);
    let ran = Ran {
        code: status.filter(|_| matches!(end, End::Itself)).and_then(|status| status.code()),
        stdout: stdout.map(Output::text).unwrap_or_default(),
        stderr: stderr.map(Output::text).unwrap_or_default(),
    };
    if matches!(end, End::Interruption) { Err(Fault::Interrupted) } else { Ok(ran) }
}

fn not_started(command: &Command, error: &std::io::Error) -> Fault {
    let program = command.get_program().to_string_lossy();
    let help = if error.kind() == ErrorKind::NotFound {
        format!("`command -v {program}` shows whether it is installed and in the `PATH`")
    } else {
        format!("`ls -l \"$(command -v {program})\"` shows whether it may be run")
    };
    Fault::machine(format!("`{program}` cannot be started: {error}"), help)
}

/// Writes the input in a thread of its own, since a program may print before it has read everything.
fn feed(child: &mut Child, input: Option<&str>) {
    if let (Some(mut stdin), Some(input)) = (child.stdin.take(), input) {
        let input = input.to_owned();
        // A program that does not read its input to the end is no fault.
        thread::spawn(move || drop(stdin.write_all(input.as_bytes())));
    }
}

fn await_end(child: &Child, deadline: Instant, heed: Heed, meanwhile: &mut dyn FnMut()) -> End {
    loop {
        meanwhile();
        if has_ended(child) {
            return End::Itself;
        }
        if heed.is_stopped() {
            return End::Interruption;
        }
        if Instant::now() >= deadline {
            return End::Limit;
        }
        thread::sleep(STEP);
    }
}

/// Whether a child has ended. It is not reaped by this, so its number stays its own.
fn has_ended(child: &Child) -> bool {
    let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
    pid_of(child.id()).is_none_or(|pid| !matches!(waitid(WaitId::Pid(pid), options), Ok(None)))
}

/// Ends a group: politely, then at once, also those that have outlived the program itself.
fn end_group(child: &Child) {
    signal_group(child.id(), Signal::TERM);
    await_end(child, Instant::now() + GRACE, Heed::Nothing, &mut || {});
    signal_group(child.id(), Signal::KILL);
}

fn await_outputs(outputs: [&Option<Output>; 2], limit: Duration) -> bool {
    let deadline = Instant::now() + limit;
    loop {
        if outputs.iter().all(|output| output.as_ref().is_none_or(|output| output.reader.is_finished())) {
            return true;
        }
        if Instant::now() >= deadline {
            return false;
        }
        thread::sleep(STEP);
    }
}

/// What a program prints, read as it comes.
struct Output {
    bytes: Arc<Mutex<Vec<u8>>>,
    reader: JoinHandle<()>,
}

impl Output {
    fn read(mut from: impl Read + Send + 'static) -> Self {
        let bytes = Arc::new(Mutex::new(Vec::new()));
        let shared = Arc::clone(&bytes);
        let reader = thread::spawn(move || {
            let mut part = [0; 8192];
            loop {
                match from.read(&mut part) {
                    Ok(length @ 1..) => {
                        let mut bytes = shared.lock().unwrap_or_else(PoisonError::into_inner);
                        bytes.extend_from_slice(&part[..length]);
                    }
                    Err(error) if error.kind() == ErrorKind::Interrupted => {}
                    Ok(0) | Err(_) => break,
                }
            }
        });
        Self { bytes, reader }
    }

    /// Calls `follow` with the whole lines from an offset on, and says how many bytes they are.
    fn follow(&self, from: usize, follow: &mut dyn FnMut(&str)) -> usize {
        let lines = {
            let bytes = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
            let new = bytes.get(from..).unwrap_or(&[]);
            let whole = new.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
            new[..whole].to_vec()
        };
        String::from_utf8_lossy(&lines).lines().for_each(follow);
        lines.len()
    }

    /// Everything until now. A process that has left the group may keep the pipe open: it is not
    /// waited for.
    fn text(self) -> String {
        String::from_utf8_lossy(&self.bytes.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(20);

    fn sh(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    /// Whether a process runs; one that has ended and was not fetched by its parent does not.
    fn runs(pid: &str) -> bool {
        let ps = Command::new("ps").args(["-o", "stat=", "-p", pid.trim()]).output().expect("ps");
        let state = String::from_utf8_lossy(&ps.stdout).trim().to_owned();
        !state.is_empty() && !state.starts_with('Z')
    }

    #[test]
    fn a_program_is_fed_and_read_at_once() {
        // More than a pipe holds, in both directions.
        let input = "0123456789abcdef\n".repeat(40_000);
        let ran = run_limited(&mut sh("tee /dev/stderr; exit 3"), Some(&input), LONG).expect("it runs");
        assert_eq!(ran.code, Some(3));
        assert!(ran.stdout == input && ran.stderr == input);
        let ran = run_limited(&mut sh("cat; echo end"), None, LONG).expect("it runs");
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), "end\n"));
        let ran = run_limited(&mut sh("exec true"), Some(&input), LONG).expect("input may stay unread");
        assert!(ran.is_ok());
    }

    #[test]
    fn the_limit_ends_the_whole_group() {
        let before = Instant::now();
        let ran = run_limited(&mut sh("sleep 60 & echo $!; wait"), None, Duration::from_millis(300));
        let ran = ran.expect("a limit is no fault");
        assert_eq!(ran.code, None);
        assert!(before.elapsed() < GRACE, "it ends when asked");
        assert!(!runs(&ran.stdout), "{} still runs", ran.stdout);
    }

    #[test]
    fn who_ignores_the_request_is_killed() {
        let ran = run_limited(&mut sh("trap '' TERM; echo $$; while :; do sleep 0.1; done"), None, STEP * 20)
            .expect("a limit is no fault");
        assert_eq!(ran.code, None);
        assert!(!runs(&ran.stdout), "{} still runs", ran.stdout);
    }

    #[test]
    fn what_a_program_leaves_behind_does_not_hold_us_up() {
        let before = Instant::now();
        let ran = run_limited(&mut sh("sleep 60 & echo $!"), None, LONG).expect("it runs");
        assert!(ran.is_ok());
        assert!(before.elapsed() < LONG / 2);
        assert!(!runs(&ran.stdout), "{} still runs", ran.stdout);
    }

    #[test]
    fn a_program_that_is_missing_is_named() {
        let fault = run_limited(&mut Command::new("no-such-program"), None, LONG).expect_err("missing");
        assert!(fault.to_string().contains("`no-such-program` cannot be started"), "{fault}");
    }
}
