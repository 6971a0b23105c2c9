//! The walk over a parsed file that collects its facts.

use std::collections::HashMap;
use std::ops::Range;

use oxc_ast::AstKind;
use oxc_ast::ast::{
    Argument, BindingPattern, CallExpression, Expression, FormalParameters, NewExpression, Statement,
};
use oxc_ast_visit::Visit;
use oxc_span::{GetSpan, Span};

use super::convert::{argument_of, path_of, range, text_of, value_of};
use super::declare::binding_name;
use super::facts::{Call, Export, Function, Passed, Reference, Role, Script, Spin, Syntax, SyntaxUse, Text};

/// Collects facts in one walk.
pub struct Collector<'t> {
    text: &'t str,
    pub(super) script: Script,
    /// Open functions, as indices.
    functions: Vec<usize>,
    /// For each open function, whether a loop and a `catch` are open in it.
    loops: Vec<u32>,
    catches: Vec<u32>,
    /// What a parent knows of a child that begins here.
    pub(super) roles: HashMap<u32, Role>,
    pub(super) names: HashMap<u32, String>,
    passed: HashMap<u32, Passed>,
    awaited: Vec<u32>,
}

impl<'t> Collector<'t> {
    pub fn new(text: &'t str) -> Self {
        Self {
            text,
            script: Script::default(),
            functions: Vec::new(),
            loops: vec![0],
            catches: vec![0],
            roles: HashMap::new(),
            names: HashMap::new(),
            passed: HashMap::new(),
            awaited: Vec::new(),
        }
    }

    /// What was collected, in the order of the text.
    pub fn finish(mut self) -> Script {
        self.script.calls.sort_by_key(|call| (call.at.start, std::cmp::Reverse(call.at.end)));
        self.script.syntax.sort_by_key(|found| found.at.start);
        self.script
    }

    fn open_function(
        &mut self,
        span: Span,
        own: Option<String>,
        parameters: &FormalParameters<'_>,
        returns: Option<&Expression<'_>>,
    ) {
        let function = Function {
            at: range(span),
            name: own.or_else(|| self.names.get(&span.start).cloned()),
            passed: self.passed.get(&span.start).cloned(),
            parent: self.functions.last().copied(),
            parameters: parameters.items.iter().filter_map(|item| binding_name(&item.pattern)).collect(),
            returns: returns.map(value_of).into_iter().collect(),
        };
        self.functions.push(self.script.functions.len());
        self.script.functions.push(function);
        self.loops.push(0);
        self.catches.push(0);
    }

    fn close_function(&mut self) {
        self.functions.pop();
        self.loops.pop();
        self.catches.pop();
    }

    pub(super) fn note(&mut self, kind: Syntax, at: Range<usize>) {
        self.script.syntax.push(SyntaxUse { kind, at });
    }

    fn call(&mut self, span: Span, callee: &Expression<'_>, arguments: &[Argument<'_>], is_new: bool) {
        let path = path_of(callee).unwrap_or_default();
        self.note_roles(callee, &path, arguments, is_new);
        if path == "next" && !is_new {
            self.note(Syntax::Next, range(span));
        }
        self.script.calls.push(Call {
            at: range(span),
            callee_at: range(callee.span()),
            arguments: arguments.iter().map(argument_of).collect(),
            is_new,
            function: self.functions.last().copied(),
            awaited: self.awaited.contains(&span.start),
            in_loop: self.loops.last().is_some_and(|open| *open > 0),
            in_catch: self.catches.last().is_some_and(|open| *open > 0),
            callee: path,
        });
    }

    /// Tells the names and functions below what they are to this call.
    fn note_roles(&mut self, callee: &Expression<'_>, path: &str, arguments: &[Argument<'_>], is_new: bool) {
        if let Some((object, method)) = path.rsplit_once('.') {
            // The name that the way begins with, if the way is only that name or calls of its methods.
            if !object.contains('.') || object.ends_with("()") {
                self.roles.entry(callee.span().start).or_insert_with(|| Role::Method(method.to_owned()));
            }
        } else if !is_new {
            self.roles.entry(callee.span().start).or_insert(Role::Called);
        }
        let first = arguments.first().and_then(|first| argument_of(first).as_text().map(str::to_owned));
        for argument in arguments {
            let start = argument.span().start;
            let passed = Passed { callee: path.to_owned(), first: first.clone() };
            self.passed.insert(start, passed);
            if matches!(argument, Argument::Identifier(_)) {
                self.roles.insert(start, Role::Argument(path.to_owned()));
            }
        }
    }
}

impl<'a> Visit<'a> for Collector<'_> {
    fn enter_node(&mut self, kind: AstKind<'a>) {
        match kind {
            AstKind::Function(it) => {
                if it.r#async {
                    self.note(Syntax::AsyncAwait, range(it.span));
                }
                self.open_function(it.span, it.id.as_ref().map(|id| id.name.to_string()), &it.params, None);
            }
            AstKind::ArrowFunctionExpression(it) => {
                if it.r#async {
                    self.note(Syntax::AsyncAwait, range(it.span));
                }
                self.open_function(it.span, None, &it.params, it.body.as_expression());
            }
            AstKind::ReturnStatement(it) => {
                if let (Some(value), Some(&open)) = (&it.argument, self.functions.last()) {
                    self.script.functions[open].returns.push(value_of(value));
                }
            }
            AstKind::CallExpression(it) => self.enter_call(it),
            AstKind::NewExpression(it) => self.enter_new(it),
            AstKind::AwaitExpression(it) => {
                self.awaited.push(it.argument.get_inner_expression().span().start);
                self.note(Syntax::AsyncAwait, range(it.span));
            }
            AstKind::VariableDeclarator(it) => self.declarator(it),
            AstKind::ImportDeclaration(it) => self.import_declaration(it),
            AstKind::AssignmentExpression(it) => self.assignment(it),
            AstKind::ExportSpecifier(it) => {
                let (name, local) = (it.exported.name().to_string(), it.local.name().to_string());
                self.roles.insert(it.local.span().start, Role::Exported);
                self.script.exports.push(Export { name, local });
            }
            AstKind::IdentifierReference(it) => {
                let role = self.roles.remove(&it.span.start).unwrap_or(Role::Other);
                let uses = self.script.references.entry(it.name.to_string()).or_default();
                uses.push(Reference { at: range(it.span), role });
            }
            AstKind::TryStatement(it) => self.script.tries.push(range(it.span)),
            _ => self.enter_leaf(kind),
        }
        self.count_nesting(kind, true);
    }

    fn leave_node(&mut self, kind: AstKind<'a>) {
        self.count_nesting(kind, false);
        match kind {
            AstKind::Function(_) | AstKind::ArrowFunctionExpression(_) => self.close_function(),
            AstKind::AwaitExpression(_) => {
                self.awaited.pop();
            }
            _ => {}
        }
    }
}

impl Collector<'_> {
    fn enter_call(&mut self, it: &CallExpression<'_>) {
        if it.optional {
            self.note(Syntax::OptionalChaining, range(it.span));
        }
        if let Some(source) = it.common_js_require()
            && !self.script.imports.iter().any(|known| known.at == range(it.span))
        {
            self.import(range(it.span), source.value.as_str(), range(source.span), Vec::new());
        }
        self.call(it.span, &it.callee, &it.arguments, false);
    }

    fn enter_new(&mut self, it: &NewExpression<'_>) {
        self.call(it.span, &it.callee, &it.arguments, true);
    }

    fn enter_leaf(&mut self, kind: AstKind<'_>) {
        match kind {
            AstKind::StringLiteral(it) => self.script.strings.push(Text {
                at: range(it.span),
                value: it.value.to_string(),
                template: false,
                filled: false,
            }),
            AstKind::TemplateLiteral(it) => {
                let filled = !it.expressions.is_empty();
                if filled {
                    self.note(Syntax::FilledTemplate, range(it.span));
                }
                let text = Text { at: range(it.span), value: text_of(it), template: true, filled };
                self.script.strings.push(text);
            }
            AstKind::NumericLiteral(it) => self.script.numbers.push((it.value, range(it.span))),
            AstKind::StaticMemberExpression(it) => {
                if it.optional {
                    self.note(Syntax::OptionalChaining, range(it.span));
                }
                if let Expression::Identifier(object) = it.object.get_inner_expression()
                    && ["req", "request"].contains(&object.name.as_str())
                {
                    match it.property.name.as_str() {
                        "params" => self.note(Syntax::RequestParams, range(it.span)),
                        "query" => self.note(Syntax::RequestQuery, range(it.span)),
                        "body" => self.note(Syntax::RequestBody, range(it.span)),
                        _ => {}
                    }
                }
            }
            AstKind::LogicalExpression(it) if it.operator.as_str() == "??" => {
                self.note(Syntax::NullishCoalescing, range(it.span));
            }
            AstKind::FormalParameter(it)
                if matches!(
                    it.pattern,
                    BindingPattern::ObjectPattern(_) | BindingPattern::ArrayPattern(_)
                ) =>
            {
                self.note(Syntax::Destructuring, range(it.span));
            }
            _ => {}
        }
    }

    fn count_nesting(&mut self, kind: AstKind<'_>, entering: bool) {
        let is_loop = matches!(
            kind,
            AstKind::ForStatement(_)
                | AstKind::WhileStatement(_)
                | AstKind::DoWhileStatement(_)
                | AstKind::ForOfStatement(_)
                | AstKind::ForInStatement(_)
        );
        let open = match kind {
            _ if is_loop => self.loops.last_mut(),
            AstKind::CatchClause(_) => self.catches.last_mut(),
            _ => None,
        };
        if let Some(open) = open {
            *open = if entering { *open + 1 } else { open.saturating_sub(1) };
        }
        if entering {
            self.note_spin(kind);
        }
    }

    /// A loop without a body, and one that only looks at the clock.
    fn note_spin(&mut self, kind: AstKind<'_>) {
        let (span, body, test) = match kind {
            AstKind::ForStatement(it) => (it.span, &it.body, None),
            AstKind::WhileStatement(it) => (it.span, &it.body, Some(it.test.span())),
            _ => return,
        };
        let empty = match body {
            Statement::EmptyStatement(_) => true,
            Statement::BlockStatement(block) => block.body.is_empty(),
            _ => false,
        };
        let clock = test.is_some_and(|test| {
            let test = self.text.get(range(test)).unwrap_or("");
            ["Date.now()", "performance.now()", "hrtime"].iter().any(|clock| test.contains(clock))
        });
        if empty || clock {
            let function = self.functions.last().copied();
            self.script.spins.push(Spin { at: range(span), function });
        }
    }
}
