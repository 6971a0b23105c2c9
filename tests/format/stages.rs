//! Fixes as overlays, the stages they make, code quoted from them.

use scenarist::ir::Node;

use crate::course::{
    APP, FIX, FIXED, FIXED_JS, Loaded, MANIFEST, PAGE, SCENARIO_YML, SERVER_JS, TOP, TRACK, TRACK_YML, load,
    load_page, page,
};

#[test]
fn each_fix_is_an_overlay_that_makes_a_stage() {
    let loaded = load(&[]).clean();
    let ids: Vec<&str> = loaded.written().stages.iter().map(|stage| stage.id.as_str()).collect();
    assert_eq!(ids, ["broken", "fast"]);
    assert!(loaded.text("broken", "src/server.js").is_some_and(|text| text.contains("5_000")));
    assert!(loaded.text("fast", "src/server.js").is_some_and(|text| !text.contains("5_000")));
    assert_eq!(loaded.text("fast", "package.json"), loaded.text("broken", "package.json"));
}

#[test]
fn stages_differ_only_where_a_change_shows_it() {
    let text = load(&[(FIXED, &FIXED_JS.replace("app.listen(3000)", "app.listen(3000, 'localhost')"))]);
    assert!(text.only(&["undeclared-change"]).contains("shown are the regions `answer`"));
    assert!(text.place().contains("localhost"));
    let text = load(&[("content/scenarios/first/solution/fast/src/new.js", "let a;\n")]);
    assert!(text.only(&["undeclared-change"]).contains("adds `src/new.js`"));
}

#[test]
fn a_change_that_changes_nothing_is_found() {
    let text = load(&[(FIXED, SERVER_JS)]);
    assert!(text.codes().contains(&"unchanged-change"), "{:?}", text.lines());
}

#[test]
fn a_change_says_create_add_or_remove() {
    let words = |body: &str, over: &[(&str, &str)]| {
        let fix = format!("{TOP}{FIX}\n{body}");
        let files = [over, &[(PAGE, fix.as_str())]].concat();
        let loaded = load(&files).clean();
        loaded
            .nodes()
            .iter()
            .filter_map(|node| if let Node::Change(change) = node { Some(change.lead.clone()) } else { None })
            .collect::<Vec<_>>()
    };
    let new = ("content/scenarios/first/solution/fast/config/new.conf", "a 1;\n");
    assert_eq!(
        words("::change{file=config/new.conf}\n", &[new]),
        ["In `src/server.js`, before:", "Create `config/new.conf`:"]
    );
    let old = "// #region old\nlet old;\n// #endregion\n";
    let (app, fixed) = (format!("{SERVER_JS}{old}"), FIXED_JS.to_owned());
    assert_eq!(
        words("::change{file=src/server.js region=old}\n", &[(APP, &app), (FIXED, &fixed)]),
        ["In `src/server.js`, before:", "Remove this from `src/server.js`:"]
    );
    let fixed = format!("{FIXED_JS}{old}");
    assert_eq!(
        words("::change{file=src/server.js region=old}\n", &[(FIXED, &fixed)]),
        ["In `src/server.js`, before:", "Add this to `src/server.js`:"]
    );
}

#[test]
fn a_change_stands_under_its_fix() {
    let text = load_page("::change{file=src/server.js region=answer}\n");
    assert!(text.only(&["misplaced-directive"]).contains("under the heading of a fix"));
}

#[test]
fn sql_of_a_fix_is_typed_and_no_overlay() {
    let manifest = SCENARIO_YML.replace("{id: fast}", "{id: fast, sql: [fix.sql]}");
    let sql = ("content/scenarios/first/solution/fast/fix.sql", "CREATE INDEX a ON b (c);\n");
    let loaded = load(&[(MANIFEST, &manifest), sql]).clean();
    assert_eq!(loaded.text("fast", "fix.sql"), None);
    assert!(load(&[(MANIFEST, &manifest)]).only(&["missing-file"]).contains("fix.sql"));
}

#[test]
fn a_fix_can_patch_environment_and_load_tests() {
    let patch = "{id: fast, environment: {parameters: {max-connections: 50}}, loadtest: {connections: 30}}";
    let manifest = SCENARIO_YML.replace("{id: fast}", patch);
    let typed = "\n::change{file=docker-compose.yml}\n\n::change{file=scripts/loadtest.js}\n";
    let loaded = load(&[(MANIFEST, &manifest), (PAGE, &format!("{}{typed}", page("")))]).clean();
    let compose = |stage| loaded.text(stage, "docker-compose.yml").expect("a compose file");
    assert!(compose("fast").contains("50") && compose("fast") != compose("broken"));
    assert_eq!(loaded.stage("fast").loadtests[0].connections.value, 30);
    assert_eq!(loaded.stage("broken").loadtests[0].connections.value, 20);
}

#[test]
fn what_the_stack_makes_anew_for_a_fix_is_shown_too() {
    let patch = "{id: fast, environment: {parameters: {max-connections: 50}}}";
    let text = load(&[(MANIFEST, &SCENARIO_YML.replace("{id: fast}", patch))]);
    let message = text.only(&["undeclared-change"]);
    assert!(message.contains("`docker-compose.yml`") && message.contains("the stack makes"), "{message}");
}

#[test]
fn a_fix_that_is_dropped_is_no_base_for_the_next() {
    let manifest = SCENARIO_YML.replace("[{id: fast}]", "[{id: tried, kept: false}, {id: fast}]");
    let tried = SERVER_JS.replace("5_000", "4_000");
    let body = format!(
        "{TOP}## Fix it {{.fix}}\n\n### Less work {{#tried}}\n\n::change{{file=src/server.js region=answer}}\n\n### Answer at once {{#fast}}\n\n::change{{file=src/server.js region=answer}}\n"
    );
    let folder = "content/scenarios/first/solution/tried/src/server.js";
    let more = ("content/scenarios/first/solution/tried/src/more.js", "let more;\n");
    let body = body.replace("\n### Answer", "\n::change{file=src/more.js}\n\n### Answer");
    let loaded = load(&[(MANIFEST, &manifest), (folder, &tried), more, (PAGE, &body)]).clean();
    assert!(loaded.text("tried", "src/more.js").is_some());
    assert_eq!(loaded.text("fast", "src/more.js"), None);
    let changes = loaded.nodes().into_iter().filter_map(|node| match node {
        scenarist::ir::Node::Change(change) => change.before.as_ref().map(|code| code.text.clone()),
        _ => None,
    });
    let before: Vec<String> = changes.collect();
    assert_eq!(before.len(), 2, "{before:?}");
    assert!(before.iter().all(|text| text.contains("5_000")), "{before:?}");
}

#[test]
fn fixes_stand_in_order_under_their_headings() {
    let manifest = SCENARIO_YML.replace("[{id: fast}]", "[{id: other, sql: [a.sql]}, {id: fast}]");
    let sql = ("content/scenarios/first/solution/other/a.sql", "SELECT 1;\n");
    let body = page("").replace("### Answer", "### Ask {#other}\n\nAsk.\n\n### Answer");
    let loaded = load(&[(MANIFEST, &manifest), sql, (PAGE, &body)]).clean();
    let labels: Vec<&str> = loaded.written().fixes.iter().map(|fix| fix.label.as_str()).collect();
    assert_eq!(labels, ["Fix 1", "Fix 2"]);
    let swapped = format!("{}\n### Ask {{#other}}\n\nAsk.\n", page(""));
    let text = load(&[(MANIFEST, &manifest), sql, (PAGE, &swapped)]);
    assert!(text.only(&["page-structure"]).contains("same order"));
    let text = load(&[(MANIFEST, &manifest), sql]);
    assert!(text.only(&["page-structure"]).contains("no heading for the fix `other`"));
}

#[test]
fn a_solution_folder_belongs_to_a_fix() {
    let text = load(&[("content/scenarios/first/solution/fst/a.js", "let a;\n")]);
    assert!(text.only(&["unused-file"]).contains("did you mean `solution/fast`?"));
}

#[test]
fn a_file_of_app_and_stack_needs_replaces() {
    let own = ("content/scenarios/first/app/Dockerfile", "FROM node:24-bookworm-slim\n");
    assert!(load(&[own]).codes().contains(&"output-path-collision"));
    let manifest = SCENARIO_YML
        .replace("  stack: node-postgres\n", "  stack: node-postgres\n  replaces: [Dockerfile]\n");
    let loaded = load(&[own, (MANIFEST, &manifest)]);
    assert!(!loaded.codes().contains(&"output-path-collision"), "{:?}", loaded.lines());
    assert_eq!(loaded.text("broken", "Dockerfile"), Some("FROM node:24-bookworm-slim\n"));
}

#[test]
fn a_devcontainer_beside_the_scenario_stands_in_for_the_stacks() {
    let made = |loaded: &Loaded| {
        let written = loaded.scenario("first").written.as_ref().expect("it has a folder");
        written.devcontainer.as_ref().map(|made| made.text.clone()).expect("a devcontainer")
    };
    let own = "// Ours.\n{\n  \"service\": \"app\",\n}\n";
    let loaded = load(&[("content/scenarios/first/devcontainer.json", own)]).clean();
    assert_eq!(made(&loaded), own);
    let template = "{\n  \"name\": \"[= scenario.folder|safe =]\"\n}\n";
    let loaded = load(&[("content/scenarios/first/devcontainer.json.j2", template)]).clean();
    assert_eq!(made(&loaded), "{\n  \"name\": \"scenario-01-first\"\n}\n");
    let bare = ("devcontainers/bare/stack.yml", "title: Bare\n");
    let manifest = SCENARIO_YML.replace("stack: node-postgres", "stack: bare");
    let codes = |files: &[(&str, &str)]| load(files).lines().join("\n");
    let without = codes(&[bare, (MANIFEST, &manifest)]);
    assert!(without.contains("the stack needs the key `devcontainer`"), "{without}");
    let with = codes(&[bare, (MANIFEST, &manifest), ("content/scenarios/first/devcontainer.json", own)]);
    assert!(!with.contains("the stack needs the key"), "{with}");
}

#[test]
fn a_scenario_can_start_from_a_stage_of_another() {
    let track = TRACK_YML
        .replace("{id: later, title: Later on, summary: Something breaks., introduces: []}", "later");
    let manifest = "title: Later on\nstatus: draft\nminutes: 10\nextends: {scenario: first, stage: STAGE}\nenvironment:\n  stack: node-postgres\n  app: {title: Small app, port: 3000, database: smallapp}\nloadtests:\n  - {id: main, requests: [{id: page, path: /}], connections: 20, seconds: 10}\n";
    let over = |stage: &str| {
        load(&[
            (TRACK, &track),
            ("content/scenarios/later/scenario.yml", &manifest.replace("STAGE", stage)),
            ("content/scenarios/later/scenario.md", TOP),
        ])
    };
    let loaded = over("fast").clean();
    let written = loaded.scenario("later").written.as_ref().expect("it has a folder");
    let text = written.stages[0].text("src/server.js".into()).unwrap_or_default();
    assert!(text.contains("app.get") && !text.contains("5_000"));
    // Without a stage it is the last one that is kept: a dropped fix leaves only the broken one.
    let dropped = load(&[
        (TRACK, &track),
        (MANIFEST, &SCENARIO_YML.replace("{id: fast}", "{id: fast, kept: false}")),
        ("content/scenarios/later/scenario.yml", &manifest.replace(", stage: STAGE", "")),
        ("content/scenarios/later/scenario.md", TOP),
    ])
    .clean();
    let written = dropped.scenario("later").written.as_ref().expect("it has a folder");
    assert!(written.stages[0].text("src/server.js".into()).unwrap_or_default().contains("5_000"));
    let wrong = over("slow");
    assert_eq!(wrong.codes().first(), Some(&"unresolved-reference"), "{:?}", wrong.lines());
    assert_eq!(wrong.findings[0].help.as_deref(), Some("its stages are broken, fast"));
}

#[test]
fn learners_get_no_markers_and_ordinary_comments() {
    let text = load(&[]).clean();
    let text = text.text("broken", "src/server.js").unwrap_or_default();
    assert!(!text.contains("#region") && !text.contains("//:"));
    assert!(text.contains("// express answers requests.") && text.contains("// work that nobody needs"));
}

#[test]
fn with_twins_the_file_has_no_explaining_comments() {
    let course = format!("{}comments: twin\n", crate::course::COURSE_YML);
    let loaded = load(&[(crate::course::COURSE, &course)]).clean();
    let text = loaded.text("broken", "src/server.js").unwrap_or_default();
    assert!(!text.contains("express answers requests") && !text.contains("nobody needs"));
}

#[test]
fn a_fence_shows_a_file_of_the_learners_tree() {
    let shown = |body: &str| -> String {
        let loaded = load_page(body).clean();
        loaded
            .nodes()
            .iter()
            .find_map(|node| if let Node::Code(code) = node { Some(code.text.clone()) } else { None })
            .unwrap_or_default()
    };
    assert!(shown("```js {file=src/server.js region=answer}\n```\n").starts_with("app.get('/'"));
    assert!(shown("```js {file=src/server.js region=answer stage=fast}\n```\n").contains("=> {\n  res.send"));
    assert!(shown("```yaml {file=docker-compose.yml}\n```\n").contains("postgres"));
    assert!(
        load_page("```js {file=src/sever.js}\n```\n")
            .only(&["unresolved-reference"])
            .contains("src/server.js")
    );
    assert!(
        load_page("```js {file=src/server.js region=anser}\n```\n")
            .only(&["region-missing"])
            .contains("`answer`")
    );
    assert!(load_page("```js {file=../secret.js}\n```\n").codes().contains(&"path-leaves-tree"));
}

#[test]
fn the_stage_of_a_fence_is_the_one_at_its_place() {
    let body = format!("{TOP}{FIX}\n```js {{file=src/server.js region=answer}}\n```\n");
    let loaded = load(&[(PAGE, &body)]).clean();
    let code =
        loaded.nodes().iter().any(|node| matches!(node, Node::Code(code) if !code.text.contains("5_000")));
    assert!(code);
}

#[test]
fn code_that_stands_in_the_page_is_compared_with_the_file() {
    let same = "```js {file=src/server.js region=answer stage=fast}\napp.get('/', (req, res) => {\n  res.send('done');\n});\n```\n";
    load_page(same).clean();
    let text = load_page(&same.replace("'done'", "'ready'"));
    text.only(&["stale-snippet"]);
    assert!(text.findings[0].fix.is_some());
}

#[test]
fn regions_pair_up() {
    let text = load(&[(APP, &SERVER_JS.replace("// #endregion\n", ""))]);
    assert!(text.codes().contains(&"region-unclosed"), "{:?}", text.lines());
}

#[test]
fn the_hash_of_a_run_ignores_prose_and_position() {
    let hash = |over: &[(&str, &str)]| load(over).written().inputs.clone();
    let before = hash(&[]);
    assert_eq!(hash(&[(PAGE, &page("Another sentence.\n"))]), before);
    let moved = TRACK_YML
        .replace("      - {id: first, why: Because it comes first.}\n", "")
        .replace("introduces: []}\n", "introduces: []}\n      - first\n");
    assert_eq!(hash(&[(TRACK, &moved)]), before);
    assert_eq!(hash(&[(APP, &SERVER_JS.replace("work that nobody needs", "useless"))]), before);
    assert_ne!(hash(&[(APP, &SERVER_JS.replace("'done'", "'ready'"))]), before);
    assert_ne!(hash(&[(MANIFEST, &SCENARIO_YML.replace("connections: 20", "connections: 21"))]), before);
}
