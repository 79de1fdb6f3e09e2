//! The site: the catalog as static pages that work from a folder, without a server and without the net.
//!
//! Purpose: [`page`] is the page of an error, [`index`] all that is beside these pages: the list of all errors, the style, the scripts;
//! [`search`] is what the search on the page of all errors looks through.
//! The same flows give the same bytes. Must not: write files (`cli` does), load anything from elsewhere, or need its script:
//! without it only the buttons that copy and the search are missing. Place: after guide and search; only the command line uses it.

mod search;

use askama::Template;

use crate::graph::Picture;
use crate::guide::{self, Guide, Listed};
use crate::sheet::{self, Frame};
use crate::text::{one_line, plural};

pub use search::search;

/// The page of all errors.
pub const HOME: &str = "index.html";

const TITLE: &str = "Errors and their root causes";
const FOOTER: &str = "These pages work without the net: they load nothing from elsewhere and send nothing anywhere. \
                      Commands are there to be copied; nothing runs them.";
const STYLE: &str = "style.css";
const SCRIPT: &str = "site.js";
const SEARCH_SCRIPT: &str = "search.js";
const SEARCH_INDEX: &str = "search-index.js";

/// Holds a file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name in the folder.
    pub name: String,
    /// What is in it.
    pub text: String,
}

#[derive(Template)]
#[template(path = "index.html", config = "src/site/askama.toml")]
struct Index<'a> {
    title: &'static str,
    summary: String,
    products: Vec<Product<'a>>,
    footer: &'static str,
}

struct Product<'a> {
    anchor: String,
    name: String,

    categories: Vec<Category<'a>>,
}

struct Category<'a> {
    name: String,
    errors: &'a [Listed],
}

/// Returns the name of an error's page. Where the id is one, only the ending is added; no two ids have one name, also where a disk takes
/// `A` for `a`.
pub fn page_name(id: &str) -> String {
    /// Names that Windows keeps for devices, whatever their ending.
    const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
    let stem = id.split('.').next().unwrap_or_default();
    let is_port = stem.len() == 4 && (stem.starts_with("com") || stem.starts_with("lpt"));
    if format!("{id}.html") == HOME || DEVICES.contains(&stem) || is_port {
        // No other name begins with a hyphen.
        return format!("-{id}.html");
    }
    let is_plain =
        |(at, c): (usize, char)| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '.' || (c == '-' && at > 0);
    let plain = |(at, c)| if is_plain((at, c)) { String::from(c) } else { format!("_{:x}_", u32::from(c)) };
    id.char_indices().map(plain).collect::<String>() + ".html"
}

/// Makes the page of an error. `has_page` tells of which other flows there are pages.
pub fn page(guide: &Guide, picture: &Picture, has_page: &dyn Fn(&str) -> bool) -> File {
    let pages = |id: &str| has_page(id).then(|| page_name(id));
    let frame = Frame::Among { home: HOME, title: TITLE, style: STYLE, script: SCRIPT, footer: FOOTER };
    let text = sheet::html(&guide::reading(guide, Some(picture), &pages), frame);
    File { name: page_name(&guide.id), text }
}

/// Makes all that is beside the pages of the errors; the page of all errors comes last. `searched` is what [`search`] made of them. The
/// scripts are classic ones, as a page that was opened from a folder may load no others.
#[expect(clippy::missing_panics_doc, reason = "memory takes every byte")]
pub fn index(errors: &[Listed], searched: &str) -> Vec<File> {
    let mut errors = errors.to_vec();
    guide::sort(&mut errors);
    let products: Vec<Product> = errors
        .chunk_by(|a, b| a.product == b.product)
        .zip(1..)
        .map(|(errors, n): (&[Listed], usize)| Product {
            anchor: format!("p{n}"),
            name: one_line(&errors[0].product),

            categories: errors
                .chunk_by(|a, b| a.category == b.category)
                .map(|errors| Category { name: one_line(&errors[0].category), errors })
                .collect(),
        })
        .collect();
    let summary = format!("{} of {}", plural(errors.len(), "error"), plural(products.len(), "product"));
    let page = Index { title: TITLE, summary, products, footer: FOOTER };
    let file = |name: &str, text: &str| File { name: name.to_owned(), text: text.to_owned() };
    vec![
        file(STYLE, &[sheet::STYLE, include_str!("index.css")].concat()),
        file(SCRIPT, include_str!("site.js")),
        file(SEARCH_INDEX, searched),
        file(SEARCH_SCRIPT, search::SCRIPT),
        file(HOME, &page.render().expect("memory takes every byte")),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::Severity;

    fn listed(id: &str, product: &str, category: &str) -> Listed {
        let own = str::to_owned;
        let title = own("Title <of> it");
        Listed {
            id: own(id),
            code: own("1"),
            title,
            product: own(product),
            category: own(category),
            severity: Severity::Low,
            origin: "user",
        }
    }

    #[test]
    fn no_two_pages_have_one_name_and_none_is_the_first_page() {
        assert_eq!(page_name("fabric-pipeline-error-2403"), "fabric-pipeline-error-2403.html");
        for id in ["index", "con", "com1", "nul.x"] {
            assert_eq!(page_name(id), format!("-{id}.html"));
        }
        assert_eq!(page_name("my flow/ž"), "my_20_flow_2f__17e_.html");
        let ids =
            ["index", "INDEX", "-index", "a b", "a_20b", "a_20_b", "ab", "Ab", "ž", "\u{17}e", "con", "-con", "CON"];
        let names: std::collections::BTreeSet<String> = ids.iter().map(|id| page_name(id).to_lowercase()).collect();
        assert_eq!(names.len(), ids.len(), "{names:?}");
    }

    #[test]
    fn the_first_page_leads_to_each_error_by_product_and_category() {
        let files = index(&[listed("b", "Two & more", "x"), listed("a", "One", "x"), listed("c", "One", "w")], "data");
        let names: Vec<&str> = files.iter().map(|file| &*file.name).collect();
        assert_eq!(names, ["style.css", "site.js", "search-index.js", "search.js", "index.html"]);
        let page = &files[4].text;
        let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("no {text} in {page}"));
        let order = [
            "3 errors of 2 products",
            "id=\"p1\">One<",
            ">w<",
            "href=\"c.html\"",
            ">x<",
            "href=\"a.html\"",
            "id=\"p2\">Two &#38; more<",
            "href=\"b.html\"",
        ];
        assert!(order.windows(2).all(|pair| at(pair[0]) < at(pair[1])), "{page}");
        assert!(!page.contains("<of>"));
    }

    #[test]
    fn a_search_is_two_scripts_and_a_form_that_they_show() {
        let files = index(&[listed("a", "One", "x")], "data");
        let page = &files[4].text;
        let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("no {text} in {page}"));
        assert!(at("search-index.js") < at("\"search.js\""));
        assert!(page.contains("id=\"search\" role=\"search\" hidden") && page.contains("id=\"search-results\""));
    }
}
