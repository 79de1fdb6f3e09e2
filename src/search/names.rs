//! Names: a flow by its id, code or title, and the lists one picks from.

use crate::diag::nearest;
use crate::flow::{Head, Severity};

/// Holds the names by which a flow is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The id.
    pub id: String,
    /// The error's code.
    pub code: String,
    /// The error's title.
    pub title: String,
    /// Where it occurs.
    pub product: String,
    /// What kind of error it is.
    pub category: String,
    /// How much it hurts.
    pub severity: Severity,
}

impl From<Head> for Named {
    fn from(Head { id, error, .. }: Head) -> Self {
        Self {
            id,
            code: error.code,
            title: error.title,
            product: error.product,
            category: error.category,
            severity: error.severity,
        }
    }
}

/// Says what a name leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// One flow, by its place in the list.
    One(usize),
    /// Several flows have this code or name.
    Several(Vec<usize>),
    /// None; the nearest id or code, if any is near.
    None(Option<String>),
}

/// Finds the flow that a person names by id, code, title or the number in its code, in that order; case and punctuation do not count.
pub fn find(wanted: &str, flows: &[Named]) -> Found {
    let slug = slug(wanted);
    let by = |name: fn(&Named) -> &str| -> Vec<usize> {
        let matches = |(_, flow): &(usize, &Named)| !slug.is_empty() && self::slug(name(flow)) == slug;
        flows.iter().enumerate().filter(matches).map(|(n, _)| n).collect()
    };
    let names: [fn(&Named) -> &str; 4] =
        [|flow| &flow.id, |flow| &flow.code, |flow| &flow.title, |flow| number(&flow.code)];
    for name in names {
        match by(name).as_slice() {
            [] => {}
            [one] => return Found::One(*one),
            several => return Found::Several(several.to_vec()),
        }
    }
    // A number with a digit more or less is another number.
    let is_near = |name: &&str| !is_number(wanted) || (is_number(name) && name.len() == wanted.len());
    let names = flows.iter().flat_map(|flow| [flow.id.as_str(), flow.code.as_str()]).filter(is_near);
    Found::None(nearest(wanted, names).map(str::to_owned))
}

/// Returns the number behind the letters of a code such as `AADSTS53003`; nothing where it has another form.
fn number(code: &str) -> &str {
    let number = code.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    if is_number(number) { number } else { "" }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns the flows in which every word typed occurs, best first: a word that starts a name counts more than one inside, and an id or
/// code more than a title.
pub fn filter(typed: &str, flows: &[Named]) -> Vec<usize> {
    let words: Vec<String> = typed.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let score = |flow: &Named| -> Option<u32> {
        let names =
            [flow.code.to_lowercase(), flow.id.to_lowercase(), flow.title.to_lowercase(), flow.product.to_lowercase()];
        words
            .iter()
            .map(|word| {
                names
                    .iter()
                    .zip([8, 4, 2, 1])
                    .filter_map(|(name, weight)| fit(word, name).map(|fit| fit * weight))
                    .max()
            })
            .sum()
    };
    let mut hits: Vec<(u32, usize)> =
        flows.iter().enumerate().filter_map(|(n, flow)| Some((score(flow)?, n))).collect();
    hits.sort_by_key(|&(score, n)| (std::cmp::Reverse(score), n));
    hits.into_iter().map(|(_, n)| n).collect()
}

/// Returns the texts in which every word typed occurs, in their order.
pub fn containing(typed: &str, texts: &[String]) -> Vec<usize> {
    let words: Vec<String> = typed.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let has_all = |text: &String| {
        let text = text.to_lowercase();
        words.iter().all(|word| text.contains(word))
    };
    texts.iter().enumerate().filter(|(_, text)| has_all(text)).map(|(n, _)| n).collect()
}

fn fit(word: &str, name: &str) -> Option<u32> {
    let at = name.find(word)?;
    let starts_word = name[..at].chars().next_back().is_none_or(|before| !before.is_alphanumeric());
    Some(if name == word {
        8
    } else if starts_word {
        3
    } else {
        1
    })
}

/// Returns a name in the form ids have: lower-case words joined by `-`.
pub fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flows() -> Vec<Named> {
        let named = |id: &str, code: &str, title: &str| Named {
            id: id.to_owned(),
            code: code.to_owned(),
            title: title.to_owned(),
            product: "Microsoft Fabric".to_owned(),
            category: "authentication".to_owned(),
            severity: Severity::High,
        };
        vec![
            named("fabric-pipeline-error-2403", "2403", "Managed identity token not obtained"),
            named("powerbi-not-authorized-exception", "PowerBINotAuthorizedException", "Embedding refused"),
            named("powerbi-token-expired", "TokenExpired", "Token has run out"),
        ]
    }

    #[test]
    fn a_flow_is_found_by_id_code_and_title_in_any_case() {
        for wanted in
            ["fabric-pipeline-error-2403", "Fabric Pipeline Error 2403", "2403", "managed identity token not obtained"]
        {
            assert_eq!(find(wanted, &flows()), Found::One(0), "{wanted}");
        }
        assert_eq!(find("powerbinotauthorizedexception", &flows()), Found::One(1));
    }

    #[test]
    fn a_mistyped_name_leads_to_the_nearest() {
        assert_eq!(
            find("fabric-pipline-eror-2403", &flows()),
            Found::None(Some("fabric-pipeline-error-2403".to_owned()))
        );
        assert_eq!(find("TokenExpird", &flows()), Found::None(Some("TokenExpired".to_owned())));
        assert_eq!(find("???", &flows()), Found::None(None));
    }

    #[test]
    fn a_number_is_that_of_a_code_and_no_other() {
        let mut flows = flows();
        flows[1].code = "AADSTS53003".to_owned();
        assert_eq!(find("53003", &flows), Found::One(1));
        assert_eq!(find("2403", &flows), Found::One(0));
        assert_eq!(find("2404", &flows), Found::None(Some("2403".to_owned())));
        assert_eq!(find("24030", &flows), Found::None(None));
    }

    #[test]
    fn the_filter_wants_every_word_and_puts_codes_first() {
        assert_eq!(filter("token", &flows()), [2, 0]);
        assert_eq!(filter("fabric identity", &flows()), [0]);
        assert_eq!(filter("zzz", &flows()), Vec::<usize>::new());
        assert_eq!(filter("", &flows()).len(), 3);
    }
}
