//! The search of the site: `rank` of the room `search` as a script, and what it looks through as another one.

use serde::Serialize;

use super::page_name;
use crate::flow::Head;
use crate::search::{Index, Tables};
use crate::text::{is_hostile, one_line};

/// What searches, in the order in which it is built up.
pub(super) const SCRIPT: &str = concat!(
    "'use strict';\n{\nconst DATA = ROOTWALK_INDEX;\n\n",
    include_str!("search/text.js"),
    "\n",
    include_str!("search/codes.js"),
    "\n",
    include_str!("search/index.js"),
    "\n",
    include_str!("search/pasted.js"),
    "\n",
    include_str!("search/rank.js"),
    "\n",
    include_str!("search/page.js"),
    "}\n"
);

#[derive(Serialize)]
struct Document<'a> {
    /// By flow: page, code, title, product.
    flows: Vec<[String; 4]>,
    #[serde(flatten)]
    tables: Tables<'a>,
}

/// Makes what the search looks through of the heads of all flows, as a script. `hand_offs` says where a flow hands off to.
#[expect(clippy::missing_panics_doc, reason = "the document has text keys and whole numbers")]
pub fn search(heads: &[Head], hand_offs: &dyn Fn(&str) -> Vec<String>) -> String {
    let index = Index::new(heads);
    let flow = |Head { id, error, .. }: &Head| {
        [page_name(id), one_line(&error.code), one_line(&error.title), one_line(&error.product)]
    };
    let tables = index.tables(&|flow| hand_offs(index.id(flow)));
    let document = Document { flows: heads.iter().map(flow).collect(), tables };
    let json = serde_json::to_string(&document).expect("text keys and whole numbers");
    let mut script = String::with_capacity(json.len() + 64);
    script.push_str("'use strict';\nconst ROOTWALK_INDEX = ");
    for c in json.chars() {
        if is_hostile(c) {
            c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| script.push_str(&format!("\\u{unit:04x}")));
        } else {
            script.push(c);
        }
    }
    script.push_str(";\n");
    script
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::head;

    fn flow(id: &str, title: &str) -> Head {
        let text = format!(
            "Flow(id: {id:?}, error: (code: \"E{id}\", title: {title:?}, product: \"Power BI\", category: \"gateway\", severity: Low, meaning: \"It fails.\", signatures: [\"{id} of <it> failed\"], source: \"s\", checked: \"2026-01-01\"))"
        );
        head(&text).expect("a head")
    }

    #[test]
    fn the_same_flows_give_the_same_script_with_what_leads_where() {
        let heads = [flow("one", "First"), flow("two", "Second")];
        let hand_offs = |id: &str| match id {
            "one" => vec!["two".to_owned(), "gone".to_owned()],
            _ => vec!["one".to_owned()],
        };
        let script = search(&heads, &hand_offs);
        assert_eq!(script, search(&heads, &hand_offs));
        let json =
            script.split_once("ROOTWALK_INDEX = ").and_then(|(_, json)| json.strip_suffix(";\n")).expect("an index");
        let index: serde_json::Value = serde_json::from_str(json).expect("JSON");
        assert_eq!(index["flows"][1], serde_json::json!(["two.html", "Etwo", "Second", "Power BI"]));
        assert_eq!(index["handOffs"], serde_json::json!([[1], [0]]));
        assert_eq!(index["signatures"][0].as_array().map(Vec::len), Some(1 + 2 * 4));
    }

    #[test]
    fn no_text_of_a_flow_acts_in_the_script() {
        let mut one = flow("one", "First");
        one.error.title = "A\u{61c}b \u{3164}c </script>".to_owned();
        let script = search(&[one], &|_| Vec::new());
        assert!(!script.chars().any(is_hostile), "{script}");
        assert!(script.contains("a\\u061cb"), "{script}");
    }
}
