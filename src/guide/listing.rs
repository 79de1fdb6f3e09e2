//! The errors there are: chosen by product, category and severity, grouped for a person, one line each for a pipe.

use std::collections::BTreeSet;

use serde::Serialize;
use thiserror::Error;
use unicode_width::UnicodeWidthStr as _;

use crate::diag::did_you_mean;
use crate::flow::{ErrorFacts, Severity};
use crate::text::{letters, one_line, plural, shorten};

/// Holds an error among others. Its JSON is what `rootwalk list --format json` prints: no field is ever renamed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Listed {
    /// The flow's id.
    pub id: String,
    /// The code as the product prints it.
    pub code: String,
    /// The error in a few words.
    pub title: String,
    /// Where it occurs.
    pub product: String,
    /// What kind of error it is.
    pub category: String,
    /// How much it hurts.
    pub severity: Severity,
    /// Where the flow comes from, in a word.
    pub origin: &'static str,
}

impl Listed {
    /// Lists a flow by what it says of its error.
    pub fn new(id: &str, error: &ErrorFacts, origin: &'static str) -> Self {
        Self {
            id: id.to_owned(),
            code: error.code.clone(),
            title: error.title.clone(),
            product: error.product.clone(),
            category: error.category.clone(),
            severity: error.severity,
            origin,
        }
    }
}

/// Says which errors are wanted. Several values of a kind mean any of them; none means all.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// The products.
    pub products: Vec<String>,
    /// The categories.
    pub categories: Vec<String>,
    /// The severities.
    pub severities: Vec<Severity>,
}

/// Says that no error has a value that is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("no error has the {kind} `{given}`")]
pub struct Unknown {
    kind: &'static str,
    given: String,
    /// What may have been meant, or else what there is.
    pub help: String,
}

impl Wanted {
    /// Returns the errors that are wanted, by product, category, severity and id.
    pub fn choose(&self, mut all: Vec<Listed>) -> Result<Vec<Listed>, Unknown> {
        let products = resolve("product", &self.products, &all.iter().map(|listed| &*listed.product).collect())?;
        let categories = resolve("category", &self.categories, &all.iter().map(|listed| &*listed.category).collect())?;
        let has = |wanted: &[String], value: &String| wanted.is_empty() || wanted.contains(value);
        all.retain(|listed| {
            has(&products, &listed.product)
                && has(&categories, &listed.category)
                && (self.severities.is_empty() || self.severities.contains(&listed.severity))
        });
        sort(&mut all);
        Ok(all)
    }
}

/// Sorts errors by product, category, severity and id.
pub fn sort(all: &mut [Listed]) {
    let key = |listed: &Listed| (listed.product.to_lowercase(), listed.category.to_lowercase(), listed.severity);
    all.sort_by(|a, b| key(a).cmp(&key(b)).then_with(|| a.id.cmp(&b.id)));
}

/// Returns the values that are meant: those of which the letters and digits are given, whatever their case; where none is, those in which
/// these occur.
fn resolve(kind: &'static str, wanted: &[String], values: &BTreeSet<&str>) -> Result<Vec<String>, Unknown> {
    let mut meant = Vec::new();
    for given in wanted {
        // `powerbi` and `power-bi` are `Power BI`.
        let read = |text: &str| letters(text).collect::<String>();
        let wanted = read(given);
        let mut found: Vec<&str> = values.iter().copied().filter(|value| read(value) == wanted).collect();
        if found.is_empty() && !wanted.is_empty() {
            found = values.iter().copied().filter(|value| read(value).contains(&wanted)).collect();
        }
        if found.is_empty() {
            // A word of a name is enough, so a mistyped word is compared with words.
            let words = values.iter().flat_map(|value| value.split_whitespace());
            let all = || values.iter().copied().collect::<Vec<_>>().join(", ");
            let help = did_you_mean(given, values.iter().copied().chain(words))
                .unwrap_or_else(|| format!("there are: {}", one_line(&all())));
            return Err(Unknown { kind, given: one_line(given), help });
        }
        meant.extend(found.into_iter().map(str::to_owned));
    }
    Ok(meant)
}

/// Columns of the widest id that others are aligned with.
const WIDEST_ID: usize = 48;
/// Columns that a title needs beside the rest; with fewer it gets a line of its own.
const TITLE: usize = 24;

/// Writes sorted errors for a person, under their product and category, in lines of at most `columns`.
pub fn grouped(all: &[Listed], columns: usize) -> String {
    let width = all.iter().map(|listed| listed.id.width()).filter(|&width| width <= WIDEST_ID).max().unwrap_or(0);
    let mut out = String::new();
    for group in all.chunk_by(|a, b| a.product == b.product) {
        if !out.is_empty() {
            out.push('\n');
        }
        let head = format!("{} · {}", one_line(&group[0].product), plural(group.len(), "error"));
        out.push_str(&format!("{}\n", shorten(&head, columns)));
        for kind in group.chunk_by(|a, b| a.category == b.category) {
            out.push_str(&format!("  {}\n", shorten(&one_line(&kind[0].category), columns.saturating_sub(2))));
            for listed in kind {
                write(&mut out, listed, width, columns);
            }
        }
    }
    out
}

fn write(out: &mut String, listed: &Listed, width: usize, columns: usize) {
    let severity = listed.severity.word();
    let title = one_line(&listed.title);
    let left = columns.saturating_sub(4 + width.max(listed.id.width()) + 2 + 8 + 2);
    let id = one_line(&listed.id);
    if left >= TITLE {
        out.push_str(&format!("    {id:width$}  {severity:8}  {}\n", shorten(&title, left)));
    } else {
        // The id is what one types: it is never cut.
        out.push_str(&format!("    {id}\n{}\n", shorten(&format!("      {severity} · {title}"), columns)));
    }
}

/// Writes errors for a pipe: a line each, its fields parted by tabs: id, code, severity, product, category, title.
pub fn lines(all: &[Listed]) -> String {
    let line = |listed: &Listed| {
        let fields =
            [&*listed.id, &*listed.code, listed.severity.word(), &*listed.product, &*listed.category, &*listed.title];
        fields.map(one_line).join("\t") + "\n"
    };
    all.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(id: &str, product: &str, category: &str, severity: Severity) -> Listed {
        let own = str::to_owned;
        let title = own("The token has run out long before its time");
        Listed {
            id: own(id),
            code: own("1"),
            title,
            product: own(product),
            category: own(category),
            severity,
            origin: "user",
        }
    }

    fn all() -> Vec<Listed> {
        vec![
            listed("b-low", "Power BI", "refresh", Severity::Low),
            listed("b-high", "Power BI", "refresh", Severity::High),
            listed("embedded", "Power BI Embedded", "authentication", Severity::High),
            listed("fabric", "Microsoft Fabric", "Authentication", Severity::Critical),
        ]
    }

    fn chosen(products: &[&str], categories: &[&str]) -> Result<Vec<String>, Unknown> {
        let own = |all: &[&str]| all.iter().map(|&one| one.to_owned()).collect();
        let wanted = Wanted { products: own(products), categories: own(categories), severities: Vec::new() };
        Ok(wanted.choose(all())?.into_iter().map(|listed| listed.id).collect())
    }

    #[test]
    fn the_order_is_product_category_severity_and_id() {
        assert_eq!(chosen(&[], &[]), Ok(["fabric", "b-high", "b-low", "embedded"].map(str::to_owned).into()));
    }

    #[test]
    fn a_value_in_any_case_is_meant_and_a_part_of_one_where_none_is_named_whole() {
        assert_eq!(chosen(&["power bi"], &[]), Ok(["b-high", "b-low"].map(str::to_owned).into()));
        assert_eq!(chosen(&["powerbi"], &[]), chosen(&["Power-BI"], &[]));
        assert_eq!(chosen(&["powerbi"], &[]), chosen(&["power bi"], &[]));
        assert_eq!(chosen(&["FABRIC"], &[]), Ok(["fabric"].map(str::to_owned).into()));
        assert_eq!(chosen(&[], &["AUTHENTICATION"]), Ok(["fabric", "embedded"].map(str::to_owned).into()));
        assert_eq!(chosen(&["fabric"], &["refresh"]), Ok(Vec::new()));
    }

    #[test]
    fn of_an_unknown_value_the_nearest_is_offered_or_all() {
        let unknown = chosen(&[], &["authentification"]).expect_err("none has it");
        assert_eq!(unknown.to_string(), "no error has the category `authentification`");
        assert!(unknown.help.starts_with("did you mean `"), "{}", unknown.help);
        let unknown = chosen(&["xyz"], &[]).expect_err("none has it");
        assert_eq!(unknown.help, "there are: Microsoft Fabric, Power BI, Power BI Embedded");
        assert!(chosen(&[" "], &[]).is_err());
    }

    #[test]
    fn no_line_for_a_person_is_wider_than_the_terminal() {
        let mut all = all();
        sort(&mut all);
        for columns in [30, 40, 60, 80, 120] {
            let text = grouped(&all, columns);
            assert!(text.lines().all(|line| line.width() <= columns), "{columns}\n{text}");
            assert_eq!(text.matches("fabric\n").count() + text.matches("fabric  ").count(), 1, "{text}");
        }
        assert_eq!(
            lines(&all[..1]),
            "fabric\t1\tcritical\tMicrosoft Fabric\tAuthentication\tThe token has run out long before its time\n"
        );
    }
}
