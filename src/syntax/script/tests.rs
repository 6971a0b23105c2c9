//! Facts about small programs.

use camino::Utf8Path;

use super::*;

fn script(text: &str) -> Script {
    parse_script(Utf8Path::new("src/server.js"), text)
}

#[test]
fn metrics_know_names_labels_and_who_changes_them() {
    let found = script(
        "const { Histogram: H } = require('prom-client');\nconst prom = require('prom-client');\n\
         const LABELS = ['route', 'status'];\nconst took = new prom.Histogram({ name: 'took_ms', labelNames: LABELS, buckets: prom.linearBuckets(10, 10, 3) });\n\
         app.use((req, res, next) => { res.on('finish', () => { const labels = { route: req.route?.path ?? 'none' }; took.observe(labels, 1); took.labels({ status: 1 }).observe(2); }); next(); });\n",
    );
    assert!(found.faults.is_empty(), "{:?}", found.faults);
    let metrics = found.metrics();
    assert_eq!(metrics.len(), 1);
    assert_eq!(metrics[0].variable.as_deref(), Some("took"));
    assert_eq!(metrics[0].labels.as_ref().map(Vec::len), Some(2));
    assert_eq!(metrics[0].buckets.as_ref().map(|it| it.0.clone()), Some(vec![10.0, 20.0, 30.0]));
    let uses = found.metric_uses();
    assert_eq!(uses.len(), 2, "{uses:?}");
    assert_eq!(uses[0].labels[0].0, "route");
    let around: Vec<_> = found.around(uses[0].function).filter_map(|it| it.passed.clone()).collect();
    assert_eq!(around[0].callee, "res.on");
    assert_eq!(around[0].first.as_deref(), Some("finish"));
    assert_eq!(around[1].callee, "app.use");
}

#[test]
fn routes_mounts_and_ports() {
    let found = script(
        "app.use('/api', router);\napp.get('/feed', (req, res) => res.get('X'));\nrouter.route('/posts/:id').get(show);\n\
         app.get('env');\nconst port = Number(process.env.PORT) || 3000;\napp.listen(port, () => {});\ncache.get('/x');\n",
    );
    let routes: Vec<_> = found.routes().into_iter().filter_map(|route| route.path).collect();
    assert_eq!(routes, ["/feed", "/posts/:id"]);
    assert_eq!(found.mounts()[0].path.as_deref(), Some("/api"));
    assert_eq!(found.port_of(&found.listens()[0].port), (Some(3000), true));
}

#[test]
fn a_port_that_stands_for_itself_ends() {
    let port = |text: &str| {
        let found = script(text);
        found.port_of(&found.listens()[0].port)
    };
    assert_eq!(port("const port = Number(process.env.PORT || port);\napp.listen(port);\n"), (None, true));
    assert_eq!(port("const a = b || 1;\nconst b = 2 || a;\napp.listen(a);\n"), (Some(1), false));
    assert_eq!(
        port("const PORT = Number.parseInt(process.env.PORT ?? '4000', 10);\napp.listen(PORT);\n"),
        (Some(4000), true)
    );
}

#[test]
fn comments_imports_and_syntax() {
    let found = script(
        "//: pg talks to PostgreSQL.\nconst { Pool } = require('pg'); // one\nconst a = req.params?.id ?? `x${1}`;\n",
    );
    let comments: Vec<_> =
        found.comments.iter().map(|it| (it.text.as_str(), it.explains, it.own_line)).collect();
    assert_eq!(comments, [("pg talks to PostgreSQL.", true, true), ("one", false, false)]);
    assert_eq!(found.imports.len(), 1);
    assert_eq!(found.imports[0].bindings[0].name, "Pool");
    let kinds: Vec<_> = found.syntax.iter().map(|it| it.kind).collect();
    for kind in [
        Syntax::Destructuring,
        Syntax::RequestParams,
        Syntax::OptionalChaining,
        Syntax::NullishCoalescing,
        Syntax::FilledTemplate,
    ] {
        assert!(kinds.contains(&kind), "{kind:?} of {kinds:?}");
    }
}

#[test]
fn a_fault_has_a_place_and_nothing_panics() {
    let found = script("const a = ;\n");
    assert_eq!(found.faults.len(), 1);
    assert_eq!(found.faults[0].at.start, 10);
    assert!(script("import x from 'y';\nawait x();\n").faults.is_empty());
    for deep in ["!".repeat(100_000), "a+".repeat(100_000), "if(a)b;else ".repeat(50_000), "[".repeat(9000)] {
        script(&deep);
    }
    script(&format!("x = {}1;", "1+".repeat(2000)));
    script(&format!("{}1;", "if(a)b;else ".repeat(2000)));
}

#[test]
fn references_say_what_they_are_for() {
    let found = script(
        "const total = new C({ name: 'x' });\ntotal.inc();\nmodule.exports = { sum: total };\nregister(total);\nf(() => total);\n",
    );
    let roles: Vec<_> = found.references["total"].iter().map(|it| it.role.clone()).collect();
    assert_eq!(
        roles,
        [Role::Method("inc".to_owned()), Role::Exported, Role::Argument("register".to_owned()), Role::Other]
    );
    assert_eq!(found.exports[0].name, "sum");
}
