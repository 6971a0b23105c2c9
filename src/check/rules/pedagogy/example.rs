//! The page of the small course in pieces, so that examples can leave one out or put another in
//! its place.

macro_rules! system_figure {
    () => {
        "![A browser asks the app, and the app asks the database.](diagrams/system.svg \"The system\")\n\n"
    };
}

macro_rules! situation {
    () => {
        concat!(
            "## The page is slow {.situation}\n\nA small feed answers one visitor at a time, and each of them waits. Your team wants to know why.\n\n",
            system_figure!()
        )
    };
}

macro_rules! concepts {
    () => {
        "## Before you start {.concepts}\n\n### A busy loop {#busy-loop}\n\nA **busy loop** keeps the processor occupied without doing anything useful. While it runs, nobody else gets a turn.\n\n![A loop that goes round and round while three requests wait in line.](diagrams/busy-loop.svg \"A busy loop, and those who wait for it\")\n\n"
    };
}

macro_rules! guess {
    () => {
        ":::question{#first-guess kind=prediction}\nHow long will an answer take?\n\n:::answer\nAlmost a second, because every request counts to a billion.\n:::\n:::\n\n"
    };
}

macro_rules! seen {
    () => {
        ":::question{#what-you-see kind=observation}\nWhat does the panel [](panel:http-request-duration-ms-p50) show while the load test runs?\n\n:::answer\nIt climbs to several seconds, since the requests wait for one another.\n:::\n:::\n\n"
    };
}

macro_rules! observe {
    () => {
        concat!("## Measure it {.observe #measure}\n\n::loadtest{#baseline}\n\n", guess!(), seen!())
    };
}

macro_rules! whose_turn {
    () => {
        ":::question{#where kind=comprehension}\nWhich line of the route is a busy loop, and who has to wait for it?\n\n:::answer\nThe `for` line before the answer. Every other request waits, because the app runs on one thread.\n:::\n:::\n\n"
    };
}

macro_rules! understand {
    () => {
        concat!(
            "## Read the code {.understand #read}\n\nOpen `src/server.js` and look at the route that the load test asks for.\n\n",
            whose_turn!()
        )
    };
}

macro_rules! fix_heading {
    () => {
        "## Change it {.fix #repair}\n\n### Answer at once {#fast}\n\n"
    };
}

macro_rules! option_items {
    () => {
        "- {#remove} **Remove the loop.** The work is gone for good. Somebody has to be sure that nobody needed it.\n- {#more-machines} **Run more copies of the app.** Nothing has to be understood first. Each copy costs money and wastes it in the same way.\n\n"
    };
}

macro_rules! which_way {
    () => {
        ":::question{#which-way kind=reflection}\nWhich one takes the cause away, and what would make you choose the other?\n\n:::rubric\n- names the wasted work as the cause\n- says what more copies leave in place\n:::\n\n:::answer\nThe first takes away the work itself. More copies pay off when the work is really needed.\n:::\n:::\n"
    };
}

macro_rules! options {
    () => {
        concat!(":::options\n", option_items!(), which_way!(), ":::\n\n")
    };
}

macro_rules! hints {
    () => {
        ":::hint\nWhich part of the route does not depend on the database?\n:::\n\n:::hint\nWhat would be missing from the answer if that part were not there?\n:::\n\n"
    };
}

macro_rules! change {
    () => {
        ":::change{file=src/server.js region=answer}\n- the loop is gone\n:::\n\n"
    };
}

macro_rules! after {
    () => {
        "::loadtest{#after}\n\n"
    };
}

macro_rules! fix {
    () => {
        concat!(fix_heading!(), options!(), hints!(), change!(), after!())
    };
}

macro_rules! verify {
    () => {
        "## Compare {.verify #compare}\n\n::results{#final stages=\"broken fast\" measures=\"success rps p50 p99\"}\n\n"
    };
}

macro_rules! learned {
    () => {
        "## What stays {.learned}\n\nWork that nobody needs is the cheapest to remove.\n\n"
    };
}

macro_rules! stuck {
    () => {
        "## Stuck? {.stuck}\n\n| Problem | What to do |\n|---|---|\n| The load test finds no app | Look at the end of `logs/app.log` and correct what it names |\n| The answers are still slow | Compare your file with [](solution:fast/src/server.js) |\n"
    };
}

/// Everything up to the fix.
macro_rules! until_fix {
    () => {
        concat!(situation!(), concepts!(), observe!(), understand!())
    };
}

/// Everything after the fix.
macro_rules! after_fix {
    () => {
        concat!(verify!(), learned!(), stuck!())
    };
}

/// An example of one page, given in pieces.
macro_rules! page {
    ($($piece:expr),* $(,)?) => {
        $crate::diag::Example::file(&[("content/scenarios/first/scenario.md", concat!($($piece),*))])
    };
}

/// An example of one page in a tier that helps less.
macro_rules! page_in {
    ($scaffolding:literal, $($piece:expr),* $(,)?) => {
        $crate::diag::Example::files(&[
            ("content/scenarios/first/scenario.md", concat!($($piece),*)),
            (
                "content/course.yml",
                concat!(
                    "title: Small course\nrepository: owner/small-course\ntiers:\n  - {id: crawling, name: Crawling, scaffolding: ",
                    $scaffolding,
                    "}\ntracks: [main]\n"
                ),
            ),
        ])
    };
}
