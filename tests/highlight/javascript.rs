//! JavaScript and TypeScript against the tokens of oxc.

use oxc_allocator::Allocator;
use oxc_parser::config::TokensParserConfig;
use oxc_parser::{Kind, Parser};
use oxc_span::SourceType;

use crate::agreement::{Agreement, texts};
use crate::spans::classes;

/// Identifiers may have any of these.
const NAMES: &[&str] = &["plain", "function", "type", "attribute", "variable"];

const TYPESCRIPT: &str = r#"
import type { Pool } from "pg";
interface Order<T> extends Base { readonly id: string; total?: number; tags: Array<string> }
export type Id = keyof Order<any> | "none" | `a-${string}`;
enum Kind { A = 1, B = A << 2 }
export abstract class Shop implements Repo {
  static #count = 0;
  private constructor(private readonly pool: Pool, public name = 'x') { super(); }
  get size(): number { return Shop.#count / 2; }
  async *rows(limit: number): AsyncGenerator<Order<any>> {
    for await (const row of this.pool.query(`select ${limit / 2} /* no comment */`)) yield row as Order<any>;
  }
}
function isOrder(x: unknown): x is Order<any> { return /^[a-z/]+$/u.test((x as any).id) satisfies boolean; }
declare module "x" { export function f(a: never): void; }
"#;

const MARKUP: &str = r#"
import { useState } from 'react';
export function Row({ order, ...rest }) {
  const [open, setOpen] = useState(false);
  return (
    <li className="row" key={order.id} data-open={open ? 'yes' : "no"} {...rest}>
      {/* a note */}
      It's {order.total > 10 ? <b>for real</b> : <Small n={1 + 2} />} if `not`
      <>{order.items.map((item) => <Item key={item.id}>{`no ${item.n}`}</Item>)}</>
    </li>
  );
}
const half = 10 / 2, less = half < 6;
"#;

#[test]
fn tokens_have_the_classes_that_oxc_gives_them() {
    let mut agreement = Agreement::default();
    for (path, text) in texts(&["js", "mjs", "cjs"]) {
        let _ = path;
        compare(&mut agreement, "js", SourceType::mjs(), &text);
    }
    agreement.assert_at_least(0.999, 25_000);
}

#[test]
fn types_and_elements_agree_too() {
    let mut agreement = Agreement::default();
    compare(&mut agreement, "ts", SourceType::ts(), TYPESCRIPT);
    compare(&mut agreement, "jsx", SourceType::jsx(), MARKUP);
    compare(&mut agreement, "tsx", SourceType::tsx(), MARKUP);
    agreement.assert_at_least(0.99, 150);
}

/// The comparison notices what is wrong.
#[test]
fn colors_of_another_language_do_not_agree() {
    let mut agreement = Agreement::default();
    let text = "// note\nexport const all = new Map(); if (all.size > 10) throw new Error(`no ${'a'}`);\n";
    compare(&mut agreement, "yaml", SourceType::mjs(), text);
    let (share, list) = agreement.report();
    assert!(share < 0.6, "{list}");
}

/// A piece has the classes that it has in the whole, unless it begins inside a template or a comment.
#[test]
fn pieces_are_colored_like_the_whole() {
    let (mut same, mut all, mut inside, mut pieces) = (0_usize, 0_usize, 0_usize, 0_usize);
    for (_, text) in texts(&["js", "mjs", "cjs"]) {
        let whole = classes("js", &text);
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
        let starts: Vec<usize> = starts.collect();
        for window in (0..starts.len()).step_by(7) {
            let from = starts[window];
            let to = starts.get(window + 20).copied().unwrap_or(text.len());
            pieces += 1;
            let open = if from == 0 { "plain" } else { whole[from - 1] };
            if open == "string" || open == "comment" && !text[from..].trim_start().starts_with("//") {
                inside += 1;
                continue;
            }
            let piece = classes("js", &text[from..to]);
            all += piece.len();
            same += piece.iter().zip(&whole[from..to]).filter(|(a, b)| a == b).count();
        }
    }
    #[allow(clippy::cast_precision_loss, reason = "a few million")]
    let share = same as f64 / all as f64;
    println!(
        "{:.2} % of {all} bytes in windows of 20 lines; {inside} of {pieces} begin inside",
        share * 100.0
    );
    assert!(all > 100_000 && share >= 0.99, "{share}");
}

fn compare(agreement: &mut Agreement, language: &str, source_type: SourceType, text: &str) {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, text, source_type).with_config(TokensParserConfig).parse();
    // Tests of this repository have broken files on purpose.
    if parsed.panicked || !parsed.diagnostics.is_empty() {
        assert_eq!(language, "js", "{:?}", parsed.diagnostics);
        return;
    }
    let classes = classes(language, text);
    for comment in &parsed.program.comments {
        let range = comment.span.start as usize..comment.span.end as usize;
        agreement.look(text, &classes, range, &["comment"]);
    }
    let mut before = Kind::Eof;
    for token in &parsed.tokens {
        let (mut start, mut end) = (token.start() as usize, token.end() as usize);
        let kind = token.kind();
        let behind = std::mem::replace(&mut before, kind);
        // A name behind a dot, or the key of a property.
        let property = matches!(behind, Kind::Dot | Kind::QuestionDot)
            || matches!(behind, Kind::LCurly | Kind::Comma) && text[end..].trim_start().starts_with(':');
        let wanted: &[&str] = match kind {
            Kind::Str | Kind::NoSubstitutionTemplate | Kind::RegExp => &["string"],
            Kind::TemplateHead => {
                end -= 2;
                &["string"]
            }
            Kind::TemplateMiddle => {
                (start, end) = (start + 1, end - 2);
                &["string"]
            }
            Kind::TemplateTail => {
                start += 1;
                &["string"]
            }
            Kind::JSXText => &["plain"],
            Kind::True | Kind::False | Kind::Null if property => NAMES,
            Kind::True | Kind::False | Kind::Null => &["number", "type"],
            kind if kind.is_number() => &["number"],
            kind if kind.is_reserved_keyword() && property => NAMES,
            // A type in TypeScript.
            Kind::Void if language != "js" => &["keyword", "type"],
            kind if kind.is_reserved_keyword() => &["keyword"],
            // What these are depends on where they stand, which tokens do not tell.
            kind if kind.is_any_keyword() => continue,
            Kind::Ident if ["undefined", "NaN", "Infinity"].contains(&&text[start..end]) => &["number"],
            // The name of an element.
            Kind::Ident if language.ends_with('x') && text[..start].ends_with(['<', '/']) => {
                &["keyword", "type"]
            }
            Kind::Ident => NAMES,
            _ => continue,
        };
        agreement.look(text, &classes, start..end, wanted);
    }
}
