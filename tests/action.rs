//! The GitHub action, the example workflow and the documents about the linter: they can be parsed,
//! they name options that exist, and they agree with each other.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests make files and say what they skip"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use scenarist::diag::Sink;
use scenarist::source::Files;
use scenarist::syntax::yaml::{Node, parse_yaml};

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path))
        .unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn yaml(path: &str) -> Node {
    let mut files = Files::default();
    let file = files.add_text(path, &read(path));
    let sink = Sink::default();
    let node = parse_yaml(&files, file, &sink);
    let faults: Vec<String> = sink.into_sorted(&files).into_iter().map(|finding| finding.message).collect();
    assert!(faults.is_empty(), "{path}: {faults:?}");
    node.expect("a document").as_ref().clone()
}

fn keys(node: Option<&Node>) -> BTreeSet<String> {
    node.map(Node::entries).unwrap_or_default().iter().map(|(key, _)| key.text.clone()).collect()
}

/// Long options that a verb of the program understands, aliases included.
fn options(verb: &str) -> BTreeSet<String> {
    let mut command = scenarist::cli::command();
    command.build();
    let verb = command.find_subcommand(verb).expect("the verb");
    let global = command.get_arguments().chain(verb.get_arguments());
    global.filter_map(|argument| argument.get_long()).map(|name| format!("--{name}")).collect()
}

/// Every `--option` on lines, or in cells of tables, that are about `scenarist lint`.
fn named_options(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in text.match_indices("--") {
        let before = text[..at].chars().next_back();
        let name: String =
            text[at + 2..].chars().take_while(|c| c.is_ascii_lowercase() || *c == '-').collect();
        let starts = before.is_none_or(|c| c.is_whitespace() || "(`\"'".contains(c));
        if starts && name.starts_with(|c: char| c.is_ascii_lowercase()) {
            found.insert(format!("--{name}"));
        }
    }
    found
}

/// The section of docs/ci.md about `scenarist publish`.
const PUBLISHING: &str = "The learners' repository\n";

#[test]
fn documents_and_the_action_name_options_that_exist() {
    let known = options("lint");
    // What belongs to cargo, which builds the program.
    let of_cargo = ["--locked", "--git", "--tag", "--path", "--root"];
    for path in ["action.yml", "docs/examples/lint.yml", "docs/ci.md", "docs/linting.md"] {
        // Other verbs have options of their own.
        let others = ["Rehearsals\n", PUBLISHING];
        let is_about_lint = |section: &&str| !others.iter().any(|title| section.starts_with(title));
        let text: String = read(path).split("\n## ").filter(is_about_lint).collect();
        for name in named_options(&text) {
            let is_known =
                known.contains(&name) || (path == "action.yml" && of_cargo.contains(&name.as_str()));
            assert!(is_known, "{path} names `{name}`, which `scenarist lint` does not have");
        }
    }
    let ci = read("docs/ci.md");
    let publishing = ci.split("\n## ").find(|section| section.starts_with(PUBLISHING)).expect("a section");
    let lines = publishing.lines().filter(|line| !line.starts_with("git "));
    for name in lines.flat_map(named_options) {
        assert!(
            options("publish").contains(&name),
            "docs/ci.md names `{name}`, which `publish` does not have"
        );
    }
    assert!(named_options("a --fix (--diff) `--deny x` a--b ---").len() == 3);
    assert!(known.contains("--changed-since") && known.contains("--root"));
}

#[test]
fn the_action_uses_every_input_that_it_declares() {
    let action = yaml("action.yml");
    let text = read("action.yml");
    let inputs = keys(action.get("inputs"));
    for name in ["args", "version", "format", "baseline", "changed-since", "path", "sarif"] {
        assert!(inputs.contains(name), "no input `{name}`");
        assert!(text.contains(&format!("inputs.{name}")), "the input `{name}` has no effect");
    }
    for (name, input) in action.get("inputs").expect("inputs").entries() {
        let complete = keys(Some(input)) == BTreeSet::from(["default".to_owned(), "description".to_owned()]);
        assert!(complete, "the input `{}` needs a description and a default", name.text);
    }
    let runs = action.get("runs").expect("runs");
    assert_eq!(runs.get("using").and_then(Node::as_text), Some("composite"));
    for step in runs.get("steps").expect("steps").items() {
        let run = step.get("run");
        assert_eq!(run.is_some(), step.get("shell").is_some(), "a step that runs needs a shell");
        // An input in a script would be code; it belongs into the environment.
        let script = run.and_then(Node::as_text).unwrap_or("");
        assert!(!script.contains("${{"), "{script}");
    }
}

#[test]
fn the_example_workflow_passes_inputs_that_exist() {
    let inputs = keys(yaml("action.yml").get("inputs"));
    let workflow = yaml("docs/examples/lint.yml");
    let mut uses = 0;
    for (_, job) in workflow.get("jobs").expect("jobs").entries() {
        for step in job.get("steps").expect("steps").items() {
            if step.get("uses").and_then(Node::as_text).is_some_and(|used| used.contains("/scenarist@")) {
                uses += 1;
                let passed = keys(step.get("with"));
                assert!(passed.is_subset(&inputs), "{passed:?} are not all inputs of the action");
            }
        }
    }
    assert_eq!(uses, 2);
    let documented: BTreeSet<String> = read("docs/ci.md")
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next().map(str::to_owned))
        .collect();
    assert_eq!(documented, inputs, "docs/ci.md lists the inputs");
}

/// The workflow that a build puts into the learner monorepo.
#[test]
fn the_workflow_of_the_monorepo_passes_inputs_that_exist() {
    const WORKFLOW: &str = "src/emit/monorepo/audit.yml";
    let inputs = keys(yaml("action.yml").get("inputs"));
    let workflow = yaml(WORKFLOW);
    let steps = workflow.get("jobs").and_then(|jobs| jobs.get("audit")?.get("steps")).expect("steps");
    let uses = |step: &&Node| step.get("uses").and_then(Node::as_text) == Some("./.scenarist");
    let step = steps.items().iter().find(uses).expect("the action");
    let with = step.get("with").expect("inputs");
    assert!(keys(Some(with)).is_subset(&inputs), "{:?}", keys(Some(with)));
    assert_eq!(with.get("verb").and_then(Node::as_text), Some("audit"));
    let known = options("audit");
    let args = with.get("args").and_then(Node::as_text).expect("options");
    assert!(named_options(args).is_subset(&known) && !named_options(args).is_empty(), "{args}");
    let documented = read("docs/ci.md");
    let ignored = args.split("--ignore ").nth(1).and_then(|rest| rest.split(' ').next()).expect("groups");
    assert!(documented.contains(&format!("--ignore {ignored}")), "docs/ci.md names what is left out");
    for name in ["SCENARIST_REPOSITORY", "SCENARIST_VERSION"] {
        assert!(read(WORKFLOW).contains(&format!("vars.{name}")) && documented.contains(name), "{name}");
    }
}

/// The scripts of the action, by the names of their steps.
fn scripts() -> Vec<(String, String)> {
    let action = yaml("action.yml");
    let steps = action.get("runs").and_then(|runs| runs.get("steps")).expect("steps").items().to_vec();
    let text = |step: &Node, key: &str| step.get(key).and_then(Node::as_text).map(str::to_owned);
    steps.iter().filter_map(|step| Some((text(step, "name")?, text(step, "run")?))).collect()
}

/// Runs a script as a runner does, in a folder with a course that has a warning.
fn run_script(name: &str, folder: &Path, env: &[(&str, &str)]) -> (Option<i32>, String) {
    let (_, script) = scripts().into_iter().find(|(step, _)| step == name).expect("the step");
    let output = Command::new("bash")
        .args(["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", &script])
        .current_dir(folder)
        .env("HOME", folder)
        .env("RUNNER_TEMP", folder)
        .env("GITHUB_OUTPUT", folder.join("output"))
        .env("GITHUB_ACTION_PATH", env!("CARGO_MANIFEST_DIR"))
        .envs(env.iter().copied())
        .output()
        .expect("bash");
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    (output.status.code(), printed + &String::from_utf8_lossy(&output.stderr))
}

#[cfg(unix)]
#[test]
fn the_scripts_of_the_action_do_what_they_say() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    let program = env!("CARGO_BIN_EXE_scenarist");
    fs::create_dir_all(home.join(".scenarist-action/bin")).expect("a folder");
    std::os::unix::fs::symlink(program, home.join(".scenarist-action/bin/scenarist")).expect("a link");
    assert!(
        Command::new(program)
            .args(["new", "course", "c", "-q"])
            .current_dir(home)
            .status()
            .expect("it runs")
            .success()
    );
    let page = home.join("c/content/scenarios/everything-at-once/scenario.md");
    let text = fs::read_to_string(&page).expect("the page");
    fs::write(&page, text + "\n```\nx\n```\n").expect("a file");
    let mut env =
        vec![("ROOT", "c"), ("FORMAT", "github"), ("BASELINE", ""), ("CHANGED_SINCE", ""), ("MORE", "")];
    let (code, printed) = run_script("Lint", home, &env);
    assert_eq!(code, Some(0), "{printed}");
    assert!(printed.contains("::warning file=c/content/") && printed.contains("::group::"), "{printed}");
    env[4] = ("MORE", "--deny warning --ignore link");
    assert_eq!(run_script("Lint", home, &env).0, Some(1));
    let small = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/adopt/small").display().to_string();
    let of_audit =
        [("VERB", "audit"), ("ROOT", small.as_str()), ("FORMAT", "github"), ("MORE", "--select adopt")];
    let (code, printed) = run_script("Lint", home, &of_audit);
    assert!(code == Some(0) && printed.contains("2 scenarios"), "{printed}");
    env[2] = ("BASELINE", "nowhere.json");
    assert_eq!(run_script("Lint", home, &env).0, Some(3));
    let (code, printed) = run_script("Write findings for code scanning", home, &env[..1]);
    assert_eq!(code, Some(0), "{printed}");
    let sarif = fs::read_to_string(home.join("scenarist.sarif")).expect("the SARIF file");
    assert!(sarif.contains("source/untagged-code-fence"), "{sarif}");
    let (code, printed) = run_script("Name the build", home, &[("VERSION", "")]);
    assert_eq!(code, Some(0), "{printed}");
    let outputs = fs::read_to_string(home.join("output")).expect("outputs");
    let name = outputs.lines().find_map(|line| line.strip_prefix("name=")).expect("a name");
    assert!(name.len() == 32 && outputs.contains("file="), "{outputs}");
}

/// The settings that the document shows are ones that a course can have.
#[test]
fn settings_in_the_document_can_be_used() {
    let text = read("docs/linting.md");
    let mut shown = 0;
    for block in text.split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next()) {
        shown += 1;
        let folder = tempfile::tempdir().expect("a folder");
        let program = env!("CARGO_BIN_EXE_scenarist");
        let new =
            Command::new(program).args(["new", "course", "c", "-q"]).current_dir(folder.path()).output();
        assert!(new.expect("the program").status.success());
        let path = folder.path().join("c/content/course.yml");
        let course = fs::read_to_string(&path).expect("course.yml");
        fs::write(&path, format!("{course}\n{block}")).expect("a file");
        let lint = Command::new(program).args(["lint", "--root", "c"]).current_dir(folder.path()).output();
        let printed = String::from_utf8_lossy(&lint.expect("the program").stdout).into_owned();
        assert!(!printed.contains("error["), "{printed}");
    }
    assert_eq!(shown, 2);
}

const SITE_WORKFLOW: &str = "src/cli/scaffold/course/.github/workflows/site.yml";

#[test]
fn the_workflow_of_a_course_publishes_its_site_and_nothing_else() {
    let workflow = yaml(SITE_WORKFLOW);
    let steps: Vec<Node> = workflow
        .get("jobs")
        .expect("jobs")
        .entries()
        .iter()
        .flat_map(|(_, job)| job.get("steps").expect("steps").items().to_vec())
        .collect();
    let text = |step: &Node, key: &str| step.get(key).and_then(Node::as_text).unwrap_or("").to_owned();
    let uploads: Vec<String> = steps
        .iter()
        .filter(|step| text(step, "uses").contains("upload"))
        .map(|step| text(step.get("with").expect("what is uploaded"), "path"))
        .collect();
    assert_eq!(uploads, ["dist/site"]);
    let at = |what: &str| {
        steps.iter().position(|step| text(step, "name") == what || text(step, "uses").contains(what))
    };
    assert!(at("Look at what is published") < at("upload-pages-artifact"), "it looks before it publishes");
    for step in &steps {
        // A variable in a script would be code; it belongs into the environment.
        assert!(!text(step, "run").contains("${{"), "{}", text(step, "run"));
        assert!(!text(step, "run").contains("--review"));
    }
    let documented = read("docs/ci.md");
    for name in ["SCENARIST_REPOSITORY", "SCENARIST_VERSION"] {
        assert!(read(SITE_WORKFLOW).contains(&format!("vars.{name}")) && documented.contains(name), "{name}");
    }
}

#[cfg(unix)]
#[test]
fn the_workflow_of_a_course_refuses_a_review_build() {
    let workflow = yaml(SITE_WORKFLOW);
    let steps = workflow.get("jobs").and_then(|jobs| jobs.get("build")?.get("steps")).expect("steps");
    let named = |step: &&Node| step.get("name").and_then(Node::as_text) == Some("Look at what is published");
    let script =
        steps.items().iter().find(named).and_then(|step| step.get("run")?.as_text()).expect("a script");
    let folder = tempfile::tempdir().expect("a folder");
    let run = || {
        let bash = ["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script];
        Command::new("bash").args(bash).current_dir(folder.path()).output().expect("bash").status.code()
    };
    assert_eq!(run(), Some(1), "there is no site");
    fs::create_dir_all(folder.path().join("dist/site")).expect("a folder");
    let page = folder.path().join("dist/site/index.html");
    fs::write(&page, "<title>A course</title>").expect("a file");
    assert_eq!(run(), Some(0));
    fs::write(&page, "<meta name=\"robots\" content=\"noindex\">").expect("a file");
    assert_eq!(run(), Some(1), "all pages of a review build ask not to be listed");
}
