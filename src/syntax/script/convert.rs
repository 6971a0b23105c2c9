//! Expressions of the parser as values that outlive it.

use std::ops::Range;

use oxc_ast::ast::{
    Argument, ArrayExpressionElement, CallExpression, ChainElement, Expression, ObjectPropertyKind,
    TemplateLiteral,
};
use oxc_span::{GetSpan, Span};

use super::value::{Entry, Value, ValueKind};

/// A place as a range.
pub fn range(span: Span) -> Range<usize> {
    span.start as usize..span.end as usize
}

/// An expression as a value.
pub fn value_of(expression: &Expression<'_>) -> Value {
    let expression = expression.get_inner_expression();
    let kind = match expression {
        Expression::StringLiteral(text) => ValueKind::Text(text.value.to_string()),
        Expression::NumericLiteral(number) => ValueKind::Number(number.value),
        Expression::TemplateLiteral(template) => template_of(template),
        Expression::ArrayExpression(list) => ValueKind::List(list.elements.iter().map(element_of).collect()),
        Expression::ObjectExpression(object) => {
            ValueKind::Object(object.properties.iter().map(entry_of).collect())
        }
        Expression::LogicalExpression(either) => {
            ValueKind::OneOf(vec![value_of(&either.left), value_of(&either.right)])
        }
        Expression::ConditionalExpression(either) => {
            ValueKind::OneOf(vec![value_of(&either.consequent), value_of(&either.alternate)])
        }
        Expression::BinaryExpression(binary) if binary.operator.as_str() == "+" => {
            ValueKind::Joined(vec![value_of(&binary.left), value_of(&binary.right)])
        }
        Expression::AwaitExpression(awaited) => return value_of(&awaited.argument),
        Expression::ArrowFunctionExpression(_) | Expression::FunctionExpression(_) => ValueKind::Function,
        Expression::NewExpression(new) => ValueKind::New {
            class: path_of(&new.callee).unwrap_or_default(),
            arguments: new.arguments.iter().map(argument_of).collect(),
        },
        Expression::CallExpression(call) => call_of(call),
        Expression::ChainExpression(chain) => match &chain.expression {
            ChainElement::CallExpression(call) => call_of(call),
            _ => path_of(expression).map_or(ValueKind::Other, ValueKind::Path),
        },
        _ => path_of(expression).map_or(ValueKind::Other, ValueKind::Path),
    };
    Value { at: range(expression.span()), kind }
}

fn template_of(template: &TemplateLiteral<'_>) -> ValueKind {
    if template.expressions.is_empty() {
        return ValueKind::Text(text_of(template));
    }
    let mut parts = Vec::new();
    for (at, text) in template.quasis.iter().enumerate() {
        let cooked = text.value.cooked.as_ref().unwrap_or(&text.value.raw);
        if !cooked.is_empty() {
            parts.push(Value { at: range(text.span), kind: ValueKind::Text(cooked.to_string()) });
        }
        parts.extend(template.expressions.get(at).map(value_of));
    }
    ValueKind::Joined(parts)
}

/// A template's text, with `${}` for each value in it.
pub fn text_of(template: &TemplateLiteral<'_>) -> String {
    let texts = template.quasis.iter().map(|text| text.value.cooked.as_ref().unwrap_or(&text.value.raw));
    texts.map(|text| text.as_str()).collect::<Vec<_>>().join("${}")
}

fn call_of(call: &CallExpression<'_>) -> ValueKind {
    ValueKind::Call {
        callee: path_of(&call.callee).unwrap_or_default(),
        arguments: call.arguments.iter().map(argument_of).collect(),
    }
}

/// An argument as a value; a spread one says nothing.
pub fn argument_of(argument: &Argument<'_>) -> Value {
    argument.as_expression().map_or_else(|| other(argument.span()), value_of)
}

fn element_of(element: &ArrayExpressionElement<'_>) -> Value {
    element.as_expression().map_or_else(|| other(element.span()), value_of)
}

fn entry_of(property: &ObjectPropertyKind<'_>) -> Entry {
    match property {
        ObjectPropertyKind::ObjectProperty(property) => Entry {
            key: property.key.static_name().map(|name| name.to_string()).filter(|_| !property.computed),
            key_at: range(property.key.span()),
            value: value_of(&property.value),
        },
        ObjectPropertyKind::SpreadProperty(spread) => {
            Entry { key: None, key_at: range(spread.span), value: value_of(&spread.argument) }
        }
    }
}

fn other(span: Span) -> Value {
    Value { at: range(span), kind: ValueKind::Other }
}

/// The way to a property: `req.route.path`. `None` for what does not start with a name.
pub fn path_of(expression: &Expression<'_>) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut now = expression.get_inner_expression();
    loop {
        match now {
            Expression::Identifier(name) => parts.push(name.name.to_string()),
            Expression::ThisExpression(_) => parts.push("this".to_owned()),
            Expression::CallExpression(call) => {
                parts.push("()".to_owned());
                now = call.callee.get_inner_expression();
                continue;
            }
            Expression::NewExpression(new) => parts.push(format!("new {}()", path_of(&new.callee)?)),
            Expression::AwaitExpression(awaited) => {
                now = awaited.argument.get_inner_expression();
                continue;
            }
            Expression::ChainExpression(chain) => match &chain.expression {
                ChainElement::CallExpression(call) => {
                    parts.push("()".to_owned());
                    now = call.callee.get_inner_expression();
                    continue;
                }
                element => {
                    let member = element.as_member_expression()?;
                    parts.push(member.static_property_name().map_or("[]", |name| name).to_owned());
                    now = member.object().get_inner_expression();
                    continue;
                }
            },
            _ => {
                let member = now.as_member_expression()?;
                parts.push(member.static_property_name().map_or("[]", |name| name).to_owned());
                now = member.object().get_inner_expression();
                continue;
            }
        }
        break;
    }
    let mut path = String::new();
    for part in parts.iter().rev() {
        if !path.is_empty() && part != "()" && part != "[]" {
            path.push('.');
        }
        path.push_str(part);
    }
    Some(path)
}
