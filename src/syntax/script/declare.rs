//! Declarations, assignments, imports and exports: what names stand for.

use std::ops::Range;

use oxc_ast::ast::{
    AssignmentExpression, AssignmentTarget, BindingPattern, Expression, ImportDeclaration,
    ImportDeclarationSpecifier, VariableDeclarator,
};
use oxc_span::GetSpan;

use super::collect::Collector;
use super::convert::{path_of, range, value_of};
use super::facts::{Binding, Export, Import, Role, Syntax};

impl Collector<'_> {
    pub(super) fn import(
        &mut self,
        at: Range<usize>,
        from: &str,
        from_at: Range<usize>,
        bindings: Vec<Binding>,
    ) {
        self.script.imports.push(Import { from: from.to_owned(), at, from_at, bindings });
    }

    pub(super) fn declarator(&mut self, it: &VariableDeclarator<'_>) {
        if matches!(it.id, BindingPattern::ObjectPattern(_) | BindingPattern::ArrayPattern(_)) {
            self.note(Syntax::Destructuring, range(it.id.span()));
        }
        let Some(init) = &it.init else { return };
        let name = binding_name(&it.id);
        if let Some(name) = &name {
            self.script.variables.entry(name.clone()).or_default().push(value_of(init));
            self.names.insert(init.get_inner_expression().span().start, name.clone());
        }
        // `require('./metrics').histogram` makes one name, too.
        let (call, property) = match init.get_inner_expression() {
            Expression::StaticMemberExpression(member) => {
                (member.object.get_inner_expression(), Some(member.property.name.to_string()))
            }
            other => (other, None),
        };
        if let Expression::CallExpression(call) = call
            && let Some(source) = call.common_js_require()
        {
            let bindings = match &it.id {
                BindingPattern::BindingIdentifier(name) => {
                    vec![Binding { name: name.name.to_string(), imported: property }]
                }
                pattern => pattern_bindings(pattern),
            };
            let at = range(call.span);
            self.import(at, source.value.as_str(), range(source.span), bindings);
        }
    }

    pub(super) fn import_declaration(&mut self, it: &ImportDeclaration<'_>) {
        let bindings = it.specifiers.iter().flatten().map(|specifier| match specifier {
            ImportDeclarationSpecifier::ImportSpecifier(named) => Binding {
                name: named.local.name.to_string(),
                imported: Some(named.imported.name().to_string()),
            },
            ImportDeclarationSpecifier::ImportDefaultSpecifier(whole) => {
                Binding { name: whole.local.name.to_string(), imported: None }
            }
            ImportDeclarationSpecifier::ImportNamespaceSpecifier(whole) => {
                Binding { name: whole.local.name.to_string(), imported: None }
            }
        });
        let bindings = bindings.collect();
        self.import(range(it.span), it.source.value.as_str(), range(it.source.span), bindings);
    }

    pub(super) fn assignment(&mut self, it: &AssignmentExpression<'_>) {
        let target = match &it.left {
            AssignmentTarget::AssignmentTargetIdentifier(name) => Some(name.name.to_string()),
            AssignmentTarget::ObjectAssignmentTarget(_) | AssignmentTarget::ArrayAssignmentTarget(_) => {
                self.note(Syntax::Destructuring, range(it.left.span()));
                None
            }
            other => other.as_member_expression().and_then(|member| {
                let object = path_of(member.object())?;
                Some(format!("{object}.{}", member.static_property_name()?))
            }),
        };
        let Some(target) = target else { return };
        let start = it.right.get_inner_expression().span().start;
        let last = target.rsplit('.').next().unwrap_or("").to_owned();
        self.names.insert(start, last.clone());
        if !target.contains('.') {
            self.script.variables.entry(target).or_default().push(value_of(&it.right));
            return;
        }
        if target == "module.exports" {
            self.export_value(&it.right, None);
        } else if target.starts_with("exports.") || target.starts_with("module.exports.") {
            self.export_value(&it.right, Some(&last));
        }
    }

    fn export_value(&mut self, value: &Expression<'_>, name: Option<&str>) {
        match value.get_inner_expression() {
            Expression::Identifier(local) => {
                self.roles.insert(local.span.start, Role::Exported);
                let local = local.name.to_string();
                self.script.exports.push(Export { name: name.unwrap_or(&local).to_owned(), local });
            }
            Expression::ObjectExpression(object) if name.is_none() => {
                for property in object.properties.iter().filter_map(|property| property.as_property()) {
                    if let Some(key) = property.key.static_name() {
                        self.export_value(&property.value, Some(&key));
                    }
                }
            }
            _ => {}
        }
    }
}

/// The name that a pattern binds, if it is a single one.
pub(super) fn binding_name(pattern: &BindingPattern<'_>) -> Option<String> {
    pattern.get_identifier_name().map(|name| name.to_string())
}

fn pattern_bindings(pattern: &BindingPattern<'_>) -> Vec<Binding> {
    let BindingPattern::ObjectPattern(object) = pattern else { return Vec::new() };
    let properties = object.properties.iter().filter_map(|property| {
        let imported = property.key.static_name()?.to_string();
        Some(Binding { name: binding_name(&property.value)?, imported: Some(imported) })
    });
    properties.collect()
}
