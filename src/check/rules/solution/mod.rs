//! No magic: the learner makes the change.

/// The small course's page with a statement that learners type for the fix.
macro_rules! typed_page {
    ($statement:expr) => {
        concat!(
            "## The page is slow {.situation}\n\nA small feed answers one visitor at a time, and each of them waits. Your team wants to know why.\n\n![A browser asks the app, and the app asks the database.](diagrams/system.svg \"The system\")\n\n## Before you start {.concepts}\n\n### A busy loop {#busy-loop}\n\nA **busy loop** keeps the processor occupied without doing anything useful. While it runs, nobody else gets a turn.\n\n![A loop that goes round and round while three requests wait in line.](diagrams/busy-loop.svg \"A busy loop, and those who wait for it\")\n\n## Measure it {.observe #measure}\n\n::loadtest{#baseline}\n\n:::question{#first-guess kind=prediction}\nHow long will an answer take?\n\n:::answer\nAlmost a second, because every request counts to a billion.\n:::\n:::\n\n:::question{#what-you-see kind=observation}\nWhat does the panel [](panel:http-request-duration-ms-p50) show while the load test runs?\n\n:::answer\nIt climbs to several seconds, since the requests wait for one another.\n:::\n:::\n\n## Read the code {.understand #read}\n\nOpen `src/server.js` and look at the route that the load test asks for.\n\n:::question{#where kind=comprehension}\nWhich line of the route is a busy loop, and who has to wait for it?\n\n:::answer\nThe `for` line before the answer. Every other request waits, because the app runs on one thread.\n:::\n:::\n\n## Change it {.fix #repair}\n\n### Answer at once {#fast}\n\n:::options\n- {#remove} **Remove the loop.** The work is gone for good. Somebody has to be sure that nobody needed it.\n- {#more-machines} **Run more copies of the app.** Nothing has to be understood first. Each copy costs money and wastes it in the same way.\n\n:::question{#which-way kind=reflection}\nWhich one takes the cause away, and what would make you choose the other?\n\n:::rubric\n- names the wasted work as the cause\n- says what more copies leave in place\n:::\n\n:::answer\n[](option:remove) takes away the work itself. More copies pay off when the work is really needed.\n:::\n:::\n:::\n\n:::hint\nWhich part of the route does not depend on the database?\n:::\n\n:::hint\nWhat would be missing from the answer if that part were not there?\n:::\n\n:::change{file=src/server.js region=answer}\n- the loop is gone\n:::\n",
            "\nThen in psql:\n\n```bash\npsql postgresql://postgres:postgres@postgres:5432/feed\n```\n\n```sql {in=psql}\n",
            $statement,
            "\n```\n",
            "\n::loadtest{#after}\n\n## Compare {.verify #compare}\n\n::results{#final stages=\"broken fast\" measures=\"success rps p50 p99\"}\n\n## What stays {.learned}\n\nWork that nobody needs is the cheapest to remove.\n\n## Stuck? {.stuck}\n\n| Problem | What to do |\n|---|---|\n| The load test finds no app | Look at the end of `logs/app.log` and correct what it names |\n| The answers are still slow | Compare your file with [](solution:fast/src/server.js) and your statement with [](solution:fast/fix.sql) |\n",
        )
    };
}
/// The small course's scenario.yml whose fix has statements as well.
macro_rules! typed_scenario {
    () => {
        "title: A slow answer\nstatus: ready\nminutes: 20\nabout: A small feed\nintroduces: [busy-loop]\nfacts: {posts: {value: 500, in: db/seed.js}}\nenvironment:\n  stack: node-postgres\n  app: {title: A small feed, port: 3000, database: feed}\n  ready: {table: posts, rows: 500}\nmetrics:\n  - {name: http_requests_total, type: counter, labels: [method, route, status_code], help: Answered requests.}\n  - name: http_request_duration_ms\n    type: histogram\n    labels: [method, route, status_code]\n    unit: ms\n    help: Time to the end of an answer.\n    buckets: [5, 10, 25, 50, 100, 250, 500, 750, 1000, 1500, 2500, 5000, 10000]\nloadtests:\n  - {id: main, requests: [{id: feed, path: /feed}], connections: 20, seconds: 5}\nfixes: [{id: fast, sql: [fix.sql]}]\n"
    };
}
/// An example with a statement on the page and one in the solution, and further files.
macro_rules! typed_example {
    ($page:expr, $solution:expr $(, ($path:literal, $text:expr))* $(,)?) => {
        $crate::diag::Example::files(&[
            ("content/scenarios/first/scenario.yml", typed_scenario!()),
            ("content/scenarios/first/scenario.md", typed_page!($page)),
            ("content/scenarios/first/solution/fast/fix.sql", $solution),
            $(($path, $text)),*
        ])
    };
}

rules! {
    applied_by_script,
    change_too_large,
    fix_not_in_solution,
    mentioned_early,
    outside_solution_folder,
    simulation_not_lifted,
    unchanged,
}

mod commands;
mod facts;
mod faults;
