//! `record!` and `choice!`: a struct or enum that is at once the type, the decoder and the schema.

/// Declares a mapping. Each field is a key of the same name in kebab-case (a trailing underscore
/// is dropped, so that `in_` is the key `in`); its documentation is the key's description.
/// `= value` gives a default.
macro_rules! record {
    (
        $(#[doc = $doc:literal])*
        $vis:vis struct $name:ident as $title:literal {
            $( $(#[doc = $field_doc:literal])* $field:ident : $type:ty $(= $default:expr)? ),* $(,)?
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug)]
        $vis struct $name {
            $( $(#[doc = $field_doc])* pub $field: $type, )*
            /// Where the whole mapping stands.
            pub span: $crate::source::Span,
        }

        impl $name {
            /// The record's keys as written in YAML, in order.
            #[must_use]
            pub fn keys() -> &'static [String] {
                static KEYS: std::sync::LazyLock<Vec<String>> =
                    std::sync::LazyLock::new(|| vec![$( $crate::syntax::yaml::kebab(stringify!($field)) ),*]);
                &KEYS
            }
        }

        impl $crate::syntax::yaml::Decode for $name {
            fn decode(node: &$crate::syntax::yaml::Node, sink: &$crate::diag::Sink) -> Option<Self> {
                let keys = Self::keys();
                if !$crate::syntax::yaml::expect_mapping(node, $title, keys, sink) {
                    return None;
                }
                $crate::syntax::yaml::report_unknown_keys(node, $title, keys, sink);
                let mut keys = keys.iter();
                $(
                    #[allow(unused_mut, unused_assignments, reason = "only some fields have a default")]
                    let $field: Option<$type> = {
                        let mut default: Option<fn() -> $type> = None;
                        $( default = Some(|| $default); )?
                        let key = keys.next()?;
                        $crate::syntax::yaml::decode_field(node, $title, key, default, sink)
                    };
                )*
                Some(Self { $( $field: $field?, )* span: node.span })
            }

            fn schema(defs: &mut $crate::syntax::yaml::Defs) -> serde_json::Value {
                defs.define(stringify!($name), |defs| {
                    let mut record = $crate::syntax::yaml::RecordSchema::new(concat!($($doc),*));
                    $(
                        #[allow(unused_mut, unused_assignments, reason = "only some fields have a default")]
                        let default = {
                            let mut default: Option<$type> = <$type as $crate::syntax::yaml::Decode>::absent();
                            $( default = Some($default); )?
                            default
                        };
                        let required = default.is_none();
                        let default = default.and_then(|value| $crate::syntax::yaml::Decode::to_json(&value));
                        let schema = <$type as $crate::syntax::yaml::Decode>::schema(defs);
                        let doc = concat!($($field_doc, "\n"),*);
                        record.field(&$crate::syntax::yaml::kebab(stringify!($field)), schema, doc, required, default);
                    )*
                    record.finish()
                })
            }

            fn expects() -> String {
                $title.to_owned()
            }
        }
    };
}

/// Declares a closed set of words, each written in kebab-case.
macro_rules! choice {
    (
        $(#[doc = $doc:literal])*
        $vis:vis enum $name:ident {
            $( $(#[doc = $variant_doc:literal])* $variant:ident = $word:literal ),* $(,)?
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis enum $name {
            $( $(#[doc = $variant_doc])* $variant ),*
        }

        impl $name {
            /// All words, in order.
            pub const WORDS: &'static [&'static str] = &[$($word),*];

            /// The word as written in sources.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $( Self::$variant => $word ),* }
            }

            /// The variant of a word.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $( $word => Some(Self::$variant), )* _ => None }
            }
        }

        impl $crate::syntax::yaml::Decode for $name {
            fn decode(node: &$crate::syntax::yaml::Node, sink: &$crate::diag::Sink) -> Option<Self> {
                let word = $crate::syntax::yaml::decode_word(node, Self::WORDS, sink)?;
                Self::from_word(&word)
            }

            fn to_json(&self) -> Option<serde_json::Value> {
                Some(serde_json::json!(self.word()))
            }

            fn schema(_: &mut $crate::syntax::yaml::Defs) -> serde_json::Value {
                serde_json::json!({
                    "oneOf": [$( { "const": $word, "description": concat!($($variant_doc),*).trim() } ),*]
                })
            }

            fn expects() -> String {
                $crate::syntax::yaml::one_of(Self::WORDS)
            }
        }
    };
}

pub(crate) use {choice, record};
