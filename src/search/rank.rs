//! Ranking: the flows for which something speaks, the best first.
//!
//! A flow matches when a code names it, or enough of one message stands in the text, or every typed word leads to it. A code of no flow
//! speaks against all that is not sure. What stands inside another's message is the more specific one and comes before it: it stands
//! behind all that speaks for the other, or the other's graph hands off to it.

use std::collections::HashMap;

use super::align::BIT;
use super::codes::Kind;
use super::index::Index;
use super::pasted::Pasted;
use super::sum::{LAST_CODE, Sum, add_codes, add_messages};
use super::topic;
use crate::text::{one_line, shorten};

/// What speaks for a flow when it is as likely as not.
const HALF: u64 = 16 * BIT as u64;

/// Columns of a fragment that is shown.
const FRAGMENT: usize = 90;

/// As many flows are offered where nothing fits.
const NEAREST: usize = 3;

/// Says what a fragment of the text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// A code.
    Code,
    /// A part of the product's message.
    Message,
    /// Words of the topic.
    Words,
}

/// Holds a fragment of the text that speaks for a flow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// What it is.
    pub evidence: Evidence,
    /// The fragment as it stands in the text, on one line, shortened.
    pub fragment: String,
}

/// Holds a flow that fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// The flow, by its place when the index was built.
    pub flow: usize,
    /// How sure it is, in thousandths: what speaks for it, squared, against the square of 16 bits. More evidence is never less.
    pub score: u32,
    /// What speaks for it, in sixteenths of a bit.
    pub points: u32,
    /// Why.
    pub why: Vec<Why>,
}

/// Holds what a text leads to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ranking {
    /// The flows that fit, best first.
    pub matches: Vec<Match>,
    /// The nearest by topic where none fits.
    pub nearest: Vec<usize>,
}

impl Ranking {
    /// Returns the flow that fits, if it is clear which: more speaks for it than that its code stands last.
    pub fn clear(&self) -> Option<&Match> {
        const AHEAD: u32 = LAST_CODE + 2 * BIT;
        let first = self.matches.first()?;
        self.matches.get(1).is_none_or(|second| first.points >= second.points + AHEAD).then_some(first)
    }
}

impl Index {
    /// Ranks the flows by a pasted or typed text. `hand_offs` says where a flow hands off to; it is asked only of the best.
    pub fn rank(&self, text: &str, hand_offs: &dyn Fn(usize) -> Vec<String>) -> Ranking {
        let pasted = Pasted::read(self, text);
        let words = pasted.words();
        let mut sums: HashMap<usize, Sum> = HashMap::new();
        let (codes, unknown) = pasted.codes(self);
        // Beside a code that is known, one that is not is some detail.
        let is_doubtful = codes.is_empty() && !unknown.is_empty();
        add_codes(&pasted, &mut sums, codes);
        add_messages(self, &pasted, &mut sums, is_doubtful);
        for (&flow, sum) in &mut sums {
            sum.share = (sum.message * 1000 / self.says[flow].max(1)).min(1000);
        }
        let by_topic = if is_doubtful { Vec::new() } else { topic::few_words(self, &pasted, &words) };
        let is_vague = topic::is_vague(&pasted.tokens);
        for &(flow, points) in by_topic.iter().filter(|_| !is_vague) {
            let sum = sums.entry(flow).or_default();
            if sum.is_contradicted && !sum.is_sure {
                continue;
            }
            sum.why_words = points > sum.points();
            (sum.words, sum.is_sure) = (points, true);
        }
        let inside = Inside { behind: behind(&sums, &self.products), apart: apart(&sums) };
        let mut matches: Vec<Match> =
            sums.into_iter().filter(|(_, sum)| sum.is_sure).map(|(flow, sum)| as_match(&pasted, flow, &sum)).collect();
        sort(&mut matches);
        self.specific_first(&mut matches, &inside, hand_offs);
        let most = matches.first().map_or(0, |first| first.points);
        matches.retain(|one| one.points * 4 >= most);
        let nearest = match (matches.is_empty(), is_vague) {
            (false, _) => Vec::new(),
            (true, true) => by_topic.iter().take(NEAREST).map(|&(flow, _)| flow).collect(),
            (true, false) => topic::nearest(self, &pasted, &words, NEAREST),
        };
        Ranking { matches, nearest }
    }

    /// Puts a flow that another one hands off to before that one, if it stands there by itself; so one whose code or message stands
    /// behind all that speaks for the other, unless it hands off to that one.
    fn specific_first(&self, matches: &mut [Match], inside: &Inside, hand_offs: &dyn Fn(usize) -> Vec<String>) {
        /// As many of the best are looked at.
        const BEST: usize = 5;
        /// What has to speak for the specific one by itself.
        const LEAST: u32 = 16 * BIT;
        let best: Vec<usize> = matches.iter().take(BEST).map(|one| one.flow).collect();
        if best.len() < 2 {
            return;
        }
        let leads: Vec<Vec<String>> = best.iter().map(|&flow| hand_offs(flow)).collect();
        let names = |ids: &[String], n: usize| ids.iter().any(|id| *id == self.ids[best[n]]);
        let pairs = (0..best.len()).flat_map(|general| (0..best.len()).map(move |specific| (general, specific)));
        for (general, specific) in pairs.filter(|(general, specific)| general != specific) {
            let (from, back) = (&leads[general], &leads[specific]);
            let (hands_off, is_back) = (names(from, specific), names(back, general));
            // Many hand off to what may be taken for them: the other has to stand there by itself.
            let pair = (best[general], best[specific]);
            let is_inside = (hands_off && !is_back && inside.apart.contains(&pair))
                || ((hands_off || !is_back) && inside.behind.contains(&pair));
            let points = matches.iter().find(|one| one.flow == best[general]).map_or(0, |one| one.points);
            let one = matches.iter_mut().find(|one| one.flow == best[specific]);
            if let Some(one) = one.filter(|one| is_inside && (LEAST..=points).contains(&one.points)) {
                one.points = points + BIT;
                one.score = score(one.points);
            }
        }
        sort(matches);
    }
}

/// Says which flows may stand inside another's message: general, specific.
struct Inside {
    /// Behind all that speaks for the other.
    behind: Vec<(usize, usize)>,
    /// With a code, or with a whole message in words that do not speak for the other.
    apart: Vec<(usize, usize)>,
}

fn apart(sums: &HashMap<usize, Sum>) -> Vec<(usize, usize)> {
    /// As many words make a message.
    const LEAST: usize = 4;
    let sure = || sums.iter().filter(|(_, sum)| sum.is_sure);
    let is_apart = |outer: &Sum, sum: &Sum| {
        let own = sum.covered.iter().filter(|word| !outer.covered.contains(word)).count();
        !sum.codes.is_empty() || (sum.whole.is_some() && own >= LEAST)
    };
    let pairs = sure().flat_map(|general| sure().map(move |specific| (general, specific)));
    pairs.filter(|(general, specific)| is_apart(general.1, specific.1)).map(|(one, other)| (*one.0, *other.0)).collect()
}

/// Returns which flows have their codes, or a whole message, behind all that speaks for another flow: general, specific. A message is
/// that of the same product: several products pass on what a database says.
fn behind(sums: &HashMap<usize, Sum>, products: &[String]) -> Vec<(usize, usize)> {
    const LEAST: u32 = 16 * BIT;
    let mut pairs = Vec::new();
    for (&general, outer) in sums {
        let code = outer.codes.iter().filter(|hit| hit.kind == Kind::Word).map(|hit| hit.to).min();
        let Some(code) = code else { continue };
        let message =
            outer.best.filter(|&(points, from, _)| points >= LEAST && from > code).map_or(code, |(_, _, to)| to);
        let is_behind = |flow: usize, sum: &Sum| match sum.codes.as_slice() {
            [] if products[flow] != products[general] => false,
            [] => sum.whole.is_some_and(|(points, from)| points >= LEAST && from > message),
            codes => codes.iter().all(|hit| hit.kind == Kind::Word && hit.from > message),
        };
        let behind = sums.iter().filter(|(flow, sum)| is_behind(**flow, sum));
        pairs.extend(behind.map(|(&specific, _)| (general, specific)));
    }
    pairs
}

fn sort(matches: &mut [Match]) {
    matches.sort_unstable_by_key(|one| (std::cmp::Reverse(one.points), one.flow));
}

/// Returns how sure it is, in thousandths.
fn score(points: u32) -> u32 {
    let square = u64::from(points) * u64::from(points);
    u32::try_from(1000 * square / (square + HALF * HALF)).unwrap_or(1000)
}

fn as_match(pasted: &Pasted, flow: usize, sum: &Sum) -> Match {
    let fragment = |from, to| shorten(&one_line(pasted.fragment(from, to)), FRAGMENT);
    let mut why: Vec<Why> = Vec::new();
    let mut add = |evidence, fragment: String| {
        if !why.iter().any(|known: &Why| known.fragment == fragment) {
            why.push(Why { evidence, fragment });
        }
    };
    sum.codes.iter().for_each(|hit| add(Evidence::Code, fragment(hit.from, hit.to)));
    if let Some((_, from, to)) = sum.best {
        add(Evidence::Message, fragment(from, to));
    }
    if sum.why_words || (sum.codes.is_empty() && sum.best.is_none()) {
        add(Evidence::Words, fragment(0, pasted.tokens.len() - 1));
    }
    why.truncate(4);
    Match { flow, score: score(sum.points()), points: sum.points(), why }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::{Head, head};

    fn flow(id: &str, code: &str, title: &str, signatures: &[&str]) -> Head {
        let text = format!(
            "Flow(id: {id:?}, error: (code: {code:?}, title: {title:?}, product: \"Power BI\", category: \"gateway\", severity: Low, meaning: \"It fails.\", signatures: {signatures:?}, source: \"s\", checked: \"2026-01-01\"))"
        );
        head(&text).expect("a head")
    }

    fn catalog() -> Vec<Head> {
        vec![
            flow(
                "secret",
                "AADSTS7000222",
                "Client secret expired",
                &["The provided client secret keys for app '<app>' are expired."],
            ),
            flow(
                "token",
                "AADSTS50173",
                "Grant revoked",
                &["The provided grant has expired due to it being revoked, a fresh auth token is needed."],
            ),
            flow(
                "linked",
                "UserErrorFailedToConnect",
                "Linked service cannot connect",
                &["Failed to connect to the linked service"],
            ),
            flow(
                "offline",
                "DM_GWPipeline_Gateway_ServerUnreachable",
                "Gateway offline",
                &["The on-premises data gateway is offline or could not be reached"],
            ),
            flow(
                "msi",
                "2403",
                "No token for the managed identity",
                &["Get access token from MSI failed for Datafactory"],
            ),
            flow("report", "LoadReportFailed", "Report does not load", &["Get report failed"]),
        ]
    }

    fn found(text: &str) -> Vec<String> {
        let index = Index::new(&catalog());
        let hand_offs = |flow: usize| match index.id(flow) {
            "linked" => vec!["secret".to_owned()],
            _ => Vec::new(),
        };
        index.rank(text, &hand_offs).matches.iter().map(|one| index.id(one.flow).to_owned()).collect()
    }

    #[test]
    fn a_message_is_found_whatever_wraps_it() {
        for text in [
            "The provided client secret keys for app '2c1d' are expired.",
            "the provided client secret keys for app",
            "…vided client secret keys for app '871c010f-5e61' are expi…",
            r#"{\"m\":\"The provided client\\nsecret keys for app \\u0027x\\u0027 are expired\"}"#,
            "The%20provided%20client%20secret%20keys%20for%20app%20are%20expired",
            "https://a.example/cb?error_description=The%20provided%20client%20secret%20keys%20for%20app%20are%20expired",
            "The provided client secret ke\nys for app \u{2018}x\u{2019} are\u{a0}expired",
            "The provded client secret keys for app 'x' are expird",
            "Fehler: Die Anmeldung ist fehlgeschlagen. The provided client secret keys for app 'x' are expired. Aktivitäts-ID: 99-11",
            "client secret expired",
            "AADSTS 7000222",
            "{\"error\":\"invalid_client\",\"error_codes\":[7000222]}",
            "aadsts7000\n222 in our log",
        ] {
            assert_eq!(found(text).first().map(String::as_str), Some("secret"), "{text}");
        }
    }

    #[test]
    fn what_fits_nothing_is_refused() {
        for text in [
            "",
            "???",
            "hello",
            "the client is out for lunch",
            "AADSTS90999: something else",
            "UserErrorSomethingElse",
            "error code 2999",
            "invoice 2403 of today",
            "the secret life of app makers has expired",
            "failed",
            "connect to the printer",
            "DM_GWPipeline_Gateway_NobodyKnows",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn the_specific_error_comes_before_the_one_that_wraps_it() {
        for text in [
            "UserErrorFailedToConnect: Failed to connect to the linked service: AADSTS7000222",
            "AADSTS7000222 in UserErrorFailedToConnect: Failed to connect to the linked service",
        ] {
            assert_eq!(found(text), ["secret", "linked"], "{text}");
        }
        // Whoever stands behind all that speaks for another is inside it, also where that one does not hand off to it.
        for text in [
            "LoadReportFailed, Get report failed: The on-premises data gateway is offline or could not be reached",
            "LoadReportFailed, Get report failed: DM_GWPipeline_Gateway_ServerUnreachable",
        ] {
            assert_eq!(found(text)[0], "offline", "{text}");
        }
    }

    #[test]
    fn another_word_where_siblings_differ_and_an_address_alone_are_no_match() {
        let heads = [
            flow(
                "401",
                "Unauthorized call",
                "Who asks",
                &["Response status code does not indicate success: 401 (Unauthorized)"],
            ),
            flow(
                "403",
                "Forbidden call",
                "What is asked",
                &["Response status code does not indicate success: 403 (Forbidden)"],
            ),
            flow("xmla", "XMLA", "Tools", &["Cannot connect to powerbi://api.powerbi.com/v1.0/<tenant>/<workspace>"]),
        ];
        let index = Index::new(&heads);
        let found = |text: &str| -> Vec<&str> {
            index.rank(text, &|_| Vec::new()).matches.iter().map(|one| index.id(one.flow)).collect()
        };
        assert_eq!(found("Response status code does not indicate success: 401 (Unauthorized)."), ["401"]);
        assert_eq!(found("Response status code does not indicate success: 404 (Not Found)."), Vec::<&str>::new());
        assert_eq!(found("Cannot connect to powerbi://api.powerbi.com/v1.0/myorg/Sales"), ["xmla"]);
        for place in ["powerbi://api.powerbi.com/v1.0/myorg/Sales", "api.powerbi.com"] {
            assert_eq!(found(place), Vec::<&str>::new(), "{place}");
        }
    }

    #[test]
    fn words_of_any_program_are_near_and_no_match() {
        let index = Index::new(&catalog());
        let ranked = |text| index.rank(text, &|_| Vec::new());
        let vague = ranked("connect failed");
        assert!(vague.matches.is_empty() && index.id(vague.nearest[0]) == "linked", "{vague:?}");
        assert_eq!(index.id(ranked("linked service failed").matches[0].flow), "linked");
    }

    #[test]
    fn more_evidence_is_never_a_lower_score() {
        let scores: Vec<u32> = (0..200 * BIT).map(score).collect();
        assert!(scores.is_sorted() && scores[0] == 0 && scores[199] < 1000);
    }

    #[test]
    fn any_text_is_borne() {
        let index = Index::new(&catalog());
        let whole = "AADSTS7000222: The provided client secret keys for app '\\u0027ž宽' are %27 &#39; expired\n2403";
        for at in (0..whole.len()).filter(|&at| whole.is_char_boundary(at)) {
            let text = format!("{}\u{202e}\\{}%&#", &whole[at..], &whole[..at]);
            index.rank(&text, &|_| Vec::new());
            index.rank(&whole[at..], &|_| Vec::new());
        }
        let long = "宽".repeat(400_000) + "AADSTS7000222";
        assert_eq!(index.rank(&long, &|_| Vec::new()).matches.len(), 1);
        assert_eq!(Index::new(&[]).rank("AADSTS7000222", &|_| Vec::new()), Ranking::default());
    }
}
