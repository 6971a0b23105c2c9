//! Questions about the tree of an expression.

use promql_parser::parser::{AggregateExpr, Expr, LabelModifier};

pub fn bare(tree: &Expr) -> &Expr {
    let mut tree = tree;
    while let Expr::Paren(inner) = tree {
        tree = &inner.expr;
    }
    tree
}

pub fn keeps_le(sum: &AggregateExpr) -> bool {
    match &sum.modifier {
        Some(LabelModifier::Include(labels)) => labels.labels.iter().any(|label| label == "le"),
        Some(LabelModifier::Exclude(labels)) => labels.labels.iter().all(|label| label != "le"),
        None => false,
    }
}

/// Whether a tree reads any metric.
pub fn reads(tree: &Expr) -> bool {
    match tree {
        Expr::VectorSelector(_) | Expr::MatrixSelector(_) => true,
        Expr::Aggregate(found) => reads(&found.expr),
        Expr::Unary(found) => reads(&found.expr),
        Expr::Paren(found) => reads(&found.expr),
        Expr::Subquery(found) => reads(&found.expr),
        Expr::Binary(found) => reads(&found.lhs) || reads(&found.rhs),
        Expr::Call(found) => found.args.args.iter().any(|argument| reads(argument)),
        Expr::NumberLiteral(_) | Expr::StringLiteral(_) | Expr::Extension(_) => false,
    }
}

/// Whether a tree has a result even where no series exists.
pub fn is_never_empty(tree: &Expr) -> bool {
    match tree {
        Expr::NumberLiteral(_) => true,
        Expr::Call(found) => {
            ["vector", "absent", "absent_over_time", "time", "scalar"].contains(&found.func.name)
        }
        Expr::Paren(found) => is_never_empty(&found.expr),
        Expr::Unary(found) => is_never_empty(&found.expr),
        Expr::Binary(found) if found.op.to_string() == "or" => {
            is_never_empty(&found.lhs) || is_never_empty(&found.rhs)
        }
        Expr::Binary(found) => is_never_empty(&found.lhs) && is_never_empty(&found.rhs),
        _ => false,
    }
}
