//! Texts of a script that are known beforehand, also where they are put together: by `+`, in a
//! template, through a `const`, by `path.join()`.

use std::collections::BTreeMap;
use std::ops::Range;

use oxc_ast::ast;

/// A fixed text. What is not fixed in it stands as `${}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    pub value: String,
    /// Where it is written, with its quotes.
    pub span: Range<usize>,
    /// Whether the source between the quotes is the value, byte for byte.
    pub verbatim: bool,
}

impl Text {
    /// Where a part of the value stands in the source; all of it where parts have no place.
    #[must_use]
    pub fn part(&self, range: Range<usize>) -> Range<usize> {
        if self.verbatim {
            self.span.start + 1 + range.start..self.span.start + 1 + range.end
        } else {
            self.span.clone()
        }
    }
}

pub(super) fn range_of(span: oxc_span::Span) -> Range<usize> {
    span.start as usize..span.end as usize
}

/// What a name stands for: fixed texts, or `None` where it is given twice.
pub(super) type Known = BTreeMap<String, Option<Vec<Text>>>;

/// `fs.promises.writeFile` for a chain of names; calls in it count as their names, and what has no
/// name is a `?`.
pub(super) fn callee_of(expression: &ast::Expression<'_>) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let mut here = expression;
    loop {
        match here {
            ast::Expression::StaticMemberExpression(member) => {
                parts.push(member.property.name.as_str());
                here = &member.object;
            }
            ast::Expression::Identifier(name) => {
                parts.push(name.name.as_str());
                break;
            }
            ast::Expression::CallExpression(call) => here = &call.callee,
            ast::Expression::AwaitExpression(awaited) => here = &awaited.argument,
            ast::Expression::ParenthesizedExpression(inner) => here = &inner.expression,
            // `/x/.exec(…)` is not the `exec()` that runs a command.
            _ => {
                parts.push("?");
                break;
            }
        }
    }
    parts.reverse();
    parts.join(".")
}

pub(super) fn string(source: &str, literal: &ast::StringLiteral<'_>) -> Text {
    let span = range_of(literal.span);
    let inner = source.get(span.start + 1..span.end.saturating_sub(1));
    let value = literal.value.to_string();
    Text { verbatim: inner == Some(value.as_str()), value, span }
}

/// Reads expressions whose value is known beforehand.
pub(super) struct Fixed<'s> {
    pub text: &'s str,
    pub names: &'s Known,
}

/// How many parts a text may be put together from.
const MAX_PARTS: usize = 50;

impl Fixed<'_> {
    /// The texts of a list, or the one text that an expression is.
    pub fn list(&self, expression: &ast::Expression<'_>) -> Vec<Text> {
        match expression {
            ast::Expression::ArrayExpression(list) => {
                let items = list.elements.iter().filter_map(|item| item.as_expression());
                items.filter_map(|item| self.text(item, 0)).collect()
            }
            ast::Expression::Identifier(name) => {
                self.names.get(name.name.as_str()).cloned().flatten().unwrap_or_default()
            }
            _ => self.text(expression, 0).into_iter().collect(),
        }
    }

    pub fn text(&self, expression: &ast::Expression<'_>, depth: usize) -> Option<Text> {
        if depth > MAX_PARTS {
            return None;
        }
        match expression {
            ast::Expression::StringLiteral(literal) => Some(string(self.text, literal)),
            ast::Expression::TemplateLiteral(template) => self.template(template, depth),
            ast::Expression::ParenthesizedExpression(inner) => self.text(&inner.expression, depth + 1),
            ast::Expression::Identifier(name) => self.named(name.name.as_str()),
            ast::Expression::BinaryExpression(sum) if sum.operator == ast::BinaryOperator::Addition => {
                let (left, right) = (self.text(&sum.left, depth + 1), self.text(&sum.right, depth + 1));
                let part = |text: Option<Text>| text.map_or_else(|| "${}".to_owned(), |text| text.value);
                (left.is_some() || right.is_some()).then(|| Text {
                    value: part(left) + &part(right),
                    span: range_of(sum.span),
                    verbatim: false,
                })
            }
            ast::Expression::CallExpression(call) => self.called(call, depth),
            ast::Expression::NewExpression(made) if callee_of(&made.callee) == "URL" => {
                self.text(made.arguments.first()?.as_expression()?, depth + 1)
            }
            _ => None,
        }
    }

    /// The texts of a list that stands there or has a name.
    fn items(&self, expression: &ast::Expression<'_>, depth: usize) -> Option<Vec<String>> {
        match expression {
            ast::Expression::ArrayExpression(list) => {
                let items = list.elements.iter().filter_map(|item| item.as_expression());
                Some(items.filter_map(|item| Some(self.text(item, depth + 1)?.value)).collect())
            }
            ast::Expression::Identifier(name) => {
                let texts = self.names.get(name.name.as_str())?.as_ref()?;
                Some(texts.iter().map(|text| text.value.clone()).collect())
            }
            _ => None,
        }
    }

    /// A name is a text when it has one value; a path begins where the script lies.
    fn named(&self, name: &str) -> Option<Text> {
        match self.names.get(name)?.as_deref()? {
            [text] => Some(text.clone()),
            _ => None,
        }
    }

    pub fn template(&self, template: &ast::TemplateLiteral<'_>, depth: usize) -> Option<Text> {
        let mut value = String::new();
        let mut between = template.expressions.iter();
        for part in &template.quasis {
            value.push_str(part.value.cooked.as_ref().map_or("", |text| text.as_str()));
            if let Some(expression) = between.next() {
                match self.text(expression, depth + 1) {
                    Some(text) => value.push_str(&text.value),
                    None => value.push_str("${}"),
                }
            }
        }
        let span = range_of(template.span);
        let inner = self.text.get(span.start + 1..span.end.saturating_sub(1));
        Some(Text { verbatim: inner == Some(value.as_str()), value, span })
    }

    /// `path.join(…)` and `[…].join(…)`.
    fn called(&self, call: &ast::CallExpression<'_>, depth: usize) -> Option<Text> {
        let span = range_of(call.span);
        let joined = |parts: Vec<String>, between: &str| Text {
            value: parts.join(between),
            span: span.clone(),
            verbatim: false,
        };
        let arguments = || call.arguments.iter().filter_map(|it| it.as_expression());
        if let ast::Expression::StaticMemberExpression(member) = &call.callee
            && member.property.name == "join"
            && let Some(parts) = self.items(&member.object, depth)
        {
            let between = arguments().next().and_then(|it| self.text(it, depth + 1));
            return Some(joined(parts, between.as_ref().map_or(",", |text| text.value.as_str())));
        }
        let callee = callee_of(&call.callee);
        let is_path = ["path.join", "path.resolve", "join", "resolve"].contains(&callee.as_str());
        let parts: Vec<String> = arguments().filter_map(|it| Some(self.text(it, depth + 1)?.value)).collect();
        (is_path && !parts.is_empty()).then(|| joined(parts, "/"))
    }
}
