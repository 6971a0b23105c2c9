//! What a JavaScript file calls and which texts it holds: enough to see whether a script runs a
//! command, sends SQL or writes a file. Texts that are put together from fixed parts are read as
//! one, also through a `const` and through `path.join()`.

use std::collections::BTreeMap;
use std::ops::Range;

use camino::Utf8Path;
use oxc_allocator::Allocator;
use oxc_ast::ast;
use oxc_ast_visit::{Visit, walk};
use oxc_parser::Parser;
use oxc_span::{GetSpan, SourceType};

use super::fixed_text::{Fixed, Known, callee_of, range_of, string};

pub use super::fixed_text::Text;

/// What a script does, as far as its text says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScriptCalls {
    pub calls: Vec<Call>,
    /// Every text at any place, with the call that it is an argument of.
    pub texts: Vec<(Text, Option<String>)>,
    /// `row.name === 'text'`: the property's name, and the text.
    pub comparisons: Vec<(String, Text)>,
    /// Texts that stand in for a missing value: `process.env.A || 'text'`.
    pub fallbacks: Vec<Range<usize>>,
    /// Comments with their marks.
    pub comments: Vec<Range<usize>>,
}

/// A call, also of a template's tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// `fs.writeFileSync`, `execSync`, `db.query`; `?` stands for what has no name.
    pub callee: String,
    pub arguments: Vec<Argument>,
    pub span: Range<usize>,
}

/// An argument of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    pub text: Option<Text>,
    /// The texts of a list.
    pub list: Vec<Text>,
    pub span: Range<usize>,
}

impl Call {
    /// The last part of the callee's name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.callee.rsplit('.').next().unwrap_or("")
    }
}

const MAX_BYTES: usize = 512 * 1024;

/// The parser and the walk go by recursion; code that people write stays far below these.
const MAX_DEPTH: u32 = 400;
const MAX_OPERATORS: u32 = 1500;

/// Whether code nests or chains so deep that following it could exhaust the stack.
fn is_too_deep(text: &str) -> bool {
    let (mut depth, mut operators) = (0_u32, 0_u32);
    text.bytes().any(|byte| {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            b';' | b',' => operators = 0,
            b'+' | b'-' | b'*' | b'/' | b'%' | b'&' | b'|' | b'^' | b'!' | b'~' | b'?' | b'.' | b'<'
            | b'>' | b'=' => operators += 1,
            _ => {}
        }
        depth > MAX_DEPTH || operators > MAX_OPERATORS
    })
}

/// Reads a script; one that is no JavaScript has no calls.
#[must_use]
pub fn parse_script_calls(path: &Utf8Path, text: &str) -> ScriptCalls {
    if text.len() > MAX_BYTES || is_too_deep(text) {
        return ScriptCalls::default();
    }
    let source = SourceType::from_path(path.as_std_path()).unwrap_or_else(|_| SourceType::cjs());
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, text, source).parse();
    if parsed.panicked {
        return ScriptCalls::default();
    }
    let mut reader =
        Reader { text, names: BTreeMap::new(), found: ScriptCalls::default(), inside: Vec::new() };
    reader.found.comments = parsed.program.comments.iter().map(|it| range_of(it.span)).collect();
    let mut names = Names { text, found: BTreeMap::new() };
    names.visit_program(&parsed.program);
    reader.names = names.found;
    reader.visit_program(&parsed.program);
    reader.found
}

/// Collects the names of fixed texts first: functions use them before they are written.
struct Names<'s> {
    text: &'s str,
    found: Known,
}

impl<'a> Visit<'a> for Names<'_> {
    fn visit_variable_declarator(&mut self, it: &ast::VariableDeclarator<'a>) {
        if let (ast::BindingPattern::BindingIdentifier(name), Some(init)) = (&it.id, &it.init) {
            let values = Fixed { text: self.text, names: &self.found }.list(init);
            let known = self.found.get(name.name.as_str());
            let value = (known.is_none() && !values.is_empty()).then_some(values);
            if value.is_some() || known.is_some() {
                self.found.insert(name.name.to_string(), value);
            }
        }
        walk::walk_variable_declarator(self, it);
    }
}

struct Reader<'s> {
    text: &'s str,
    names: Known,
    found: ScriptCalls,
    /// The calls that the walk is inside of.
    inside: Vec<String>,
}

impl Reader<'_> {
    fn argument(&self, expression: &ast::Expression<'_>) -> Argument {
        let fixed = Fixed { text: self.text, names: &self.names };
        Argument {
            text: fixed.text(expression, 0),
            list: fixed.list(expression),
            span: range_of(expression.span()),
        }
    }

    fn note(&mut self, text: Option<Text>) {
        let callee = self.inside.last().cloned();
        self.found.texts.extend(text.map(|text| (text, callee)));
    }
}

impl<'a> Visit<'a> for Reader<'_> {
    fn visit_call_expression(&mut self, it: &ast::CallExpression<'a>) {
        let callee = callee_of(&it.callee);
        let arguments =
            it.arguments.iter().filter_map(|it| it.as_expression()).map(|it| self.argument(it)).collect();
        self.found.calls.push(Call { callee: callee.clone(), arguments, span: range_of(it.span) });
        self.inside.push(callee);
        walk::walk_call_expression(self, it);
        self.inside.pop();
    }

    fn visit_new_expression(&mut self, it: &ast::NewExpression<'a>) {
        self.inside.push(callee_of(&it.callee));
        walk::walk_new_expression(self, it);
        self.inside.pop();
    }

    fn visit_tagged_template_expression(&mut self, it: &ast::TaggedTemplateExpression<'a>) {
        let callee = callee_of(&it.tag);
        let fixed = Fixed { text: self.text, names: &self.names };
        let argument =
            Argument { text: fixed.template(&it.quasi, 0), list: Vec::new(), span: range_of(it.quasi.span) };
        self.found.calls.push(Call {
            callee: callee.clone(),
            arguments: vec![argument],
            span: range_of(it.span),
        });
        self.inside.push(callee);
        walk::walk_tagged_template_expression(self, it);
        self.inside.pop();
    }

    fn visit_import_expression(&mut self, it: &ast::ImportExpression<'a>) {
        let arguments = vec![self.argument(&it.source)];
        self.found.calls.push(Call { callee: "import".to_owned(), arguments, span: range_of(it.span) });
        walk::walk_import_expression(self, it);
    }

    fn visit_import_declaration(&mut self, it: &ast::ImportDeclaration<'a>) {
        let text = string(self.text, &it.source);
        let argument = Argument { span: text.span.clone(), text: Some(text), list: Vec::new() };
        self.found.calls.push(Call {
            callee: "import".to_owned(),
            arguments: vec![argument],
            span: range_of(it.span),
        });
    }

    fn visit_binary_expression(&mut self, it: &ast::BinaryExpression<'a>) {
        let fixed = Fixed { text: self.text, names: &self.names };
        for (member, value) in [(&it.left, &it.right), (&it.right, &it.left)] {
            if it.operator.is_equality()
                && let ast::Expression::StaticMemberExpression(member) = member
                && let Some(text) = fixed.text(value, 0)
            {
                self.found.comparisons.push((member.property.name.to_string(), text));
            }
        }
        walk::walk_binary_expression(self, it);
    }

    fn visit_logical_expression(&mut self, it: &ast::LogicalExpression<'a>) {
        if it.operator != ast::LogicalOperator::And {
            self.found.fallbacks.push(range_of(it.right.span()));
        }
        walk::walk_logical_expression(self, it);
    }

    fn visit_string_literal(&mut self, it: &ast::StringLiteral<'a>) {
        self.note(Some(string(self.text, it)));
    }

    fn visit_template_literal(&mut self, it: &ast::TemplateLiteral<'a>) {
        let text = Fixed { text: self.text, names: &self.names }.template(it, 0);
        self.note(text);
        walk::walk_template_literal(self, it);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> ScriptCalls {
        parse_script_calls("a.js".into(), text)
    }

    fn first_text(text: &str) -> Option<String> {
        Some(read(text).calls.first()?.arguments.first()?.text.clone()?.value)
    }

    #[test]
    fn texts_are_put_together() {
        for (text, value) in [
            ("db.query('CREATE ' + 'INDEX')", "CREATE INDEX"),
            ("db.query(`CREATE ${kind} x`)", "CREATE ${} x"),
            ("const SQL = `a b`; db.query(SQL)", "a b"),
            ("fs.readFileSync(path.join(__dirname, '..', 'solution', 'x.sql'))", "../solution/x.sql"),
            ("db.query(['a', 'b'].join(' '))", "a b"),
            ("const words = ['a', 'b']; db.query(words.join(' '))", "a b"),
            ("sql`SELECT 1`", "SELECT 1"),
            ("import x from './y.js'", "./y.js"),
        ] {
            assert_eq!(first_text(text).as_deref(), Some(value), "{text}");
        }
        assert_eq!(first_text("let a = 'x'; a = 'y'; let b = 1; f(b)"), None);
    }

    #[test]
    fn calls_have_names_and_lists() {
        let found =
            read("await fs.promises.cp('a', 'b'); spawnSync('psql', ['-f', 'x.sql'], { stdio: 'inherit' })");
        let names: Vec<&str> = found.calls.iter().map(|call| call.callee.as_str()).collect();
        assert_eq!(names, ["fs.promises.cp", "spawnSync"]);
        let list: Vec<&str> =
            found.calls[1].arguments[1].list.iter().map(|text| text.value.as_str()).collect();
        assert_eq!(list, ["-f", "x.sql"]);
    }

    #[test]
    fn comments_are_no_texts() {
        let found = read("// 'a'\nconsole.log('b'); /* `c` */ const d = solution/ 2;");
        assert_eq!(found.comments.len(), 2);
        let texts: Vec<&str> = found.texts.iter().map(|(text, _)| text.value.as_str()).collect();
        assert_eq!(texts, ["b"]);
        assert_eq!(found.texts[0].1.as_deref(), Some("console.log"));
    }

    #[test]
    fn comparisons_name_the_property() {
        let found = read("rows.some((row) => row.indexname === 'idx_a')");
        assert_eq!(found.comparisons[0].0, "indexname");
        assert_eq!(found.comparisons[0].1.value, "idx_a");
    }

    #[test]
    fn endless_chains_are_no_reason_to_fail() {
        let _ = read(&format!("const a = {}1;", "1+".repeat(100_000)));
        let _ = read(&format!("const a = {}1{};", "(".repeat(10_000), ")".repeat(10_000)));
        let _ = read("const = (");
    }
}
