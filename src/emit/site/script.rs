//! Scripts on their way to the site: without what only their authors read, and with the words that
//! they use and no others. What they mean stays as it is; there is no bundler and no minifier.

use std::collections::HashSet;

use serde_json::{Map, Value as Json};

/// A script without lines that hold a comment alone, without blank lines and without indentation.
/// Scripts that came minified have neither and stay as they are.
pub(super) fn lean_script(text: &str) -> String {
    // Lines of a template literal are part of what the script says. Ours hold none; where one is
    // left open at the end of a line, the script is not touched.
    if text.lines().any(|line| line.matches('`').count() % 2 == 1) || text.contains("/*") {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//")) {
        out.push_str(line);
        out.push('\n');
    }
    out
}

/// The words that scripts name: `words.key`, or `` words[`start_${…}`] `` for all that start so.
pub(super) fn words_of_scripts<'a>(words: &Json, scripts: impl Iterator<Item = &'a str>) -> Json {
    let mut keys: HashSet<&str> = HashSet::new();
    let mut starts: Vec<&str> = Vec::new();
    for script in scripts {
        for rest in script.split("words.").skip(1) {
            keys.insert(name_at_start(rest));
        }
        for rest in script.split("words[`").skip(1) {
            starts.push(name_at_start(rest));
        }
    }
    let is_used = |key: &String| {
        keys.contains(key.as_str()) || starts.iter().any(|start| !start.is_empty() && key.starts_with(start))
    };
    let all = words.as_object().cloned().unwrap_or_default();
    Json::Object(all.into_iter().filter(|(key, _)| is_used(key)).collect::<Map<_, _>>())
}

fn name_at_start(text: &str) -> &str {
    let end = text.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    &text[..end.unwrap_or(text.len())]
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{lean_script, words_of_scripts};

    #[test]
    fn comments_on_lines_of_their_own_and_indentation_go() {
        let text = "// About it.\nexport function a() {\n  // Why.\n  return \"// no comment\";\n}\n";
        assert_eq!(lean_script(text), "export function a() {\nreturn \"// no comment\";\n}\n");
    }

    #[test]
    fn a_script_with_text_over_several_lines_stays_as_it_is() {
        let text = "const a = `one\n  // two`;\n";
        assert_eq!(lean_script(text), text);
    }

    #[test]
    fn scripts_get_the_words_that_they_name() {
        let words = json!({"copy": "Copy", "theme_light": "Light", "theme_dark": "Dark", "home": "Home"});
        let scripts = ["words.copy", "words[`theme_${scheme}`]"];
        let found = words_of_scripts(&words, scripts.into_iter());
        assert_eq!(found, json!({"copy": "Copy", "theme_light": "Light", "theme_dark": "Dark"}));
    }
}
