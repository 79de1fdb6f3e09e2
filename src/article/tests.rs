//! Tests of articles: what is read of them, and that every draft can be checked and walked as it is.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::check::{self, Subject};
use crate::diag::{Severity as Bad, render};
use crate::flow::{self, Flow};
use crate::rehearse::rehearse;
use crate::source::Source;

/// The articles that rootwalk began with.
const ARTICLES: [(&str, &str); 3] = [
    ("fabric-pipeline-error-2403", include_str!("../../tests/fixtures/articles/fabric-pipeline-error-2403.txt")),
    ("fabric-pipeline-error-4121", include_str!("../../tests/fixtures/articles/fabric-pipeline-error-4121.txt")),
    (
        "powerbi-not-authorized-exception",
        include_str!("../../tests/fixtures/articles/powerbi-not-authorized-exception.txt"),
    ),
];

/// Returns the flow of a draft, in which no rule finds an error; nothing of the article is lost on the way.
fn flow_of(article: &Article) -> (Flow, Draft) {
    let draft = write(article, "a \"test\" \\ of it", date(2026, 11, 21));
    let source = Source::new(format!("{}.ron", article.id), draft.text.clone());
    let mut checked = flow::draft(&source);
    let flow = checked.flow.clone().unwrap_or_else(|| panic!("{}\n{}", render(&checked.findings, false), draft.text));
    checked.add(check::check(&Subject { flow: &flow, stem: Some(&article.id), catalog: &[] }));
    checked.add(rehearse(&flow));
    assert_eq!(checked.findings.count(Bad::Error), 0, "{}\n{}", render(&checked.findings, false), draft.text);

    assert_eq!(flow.questions().len(), flow.causes().len());
    let whys: Vec<&str> = flow.causes().iter().map(|cause| cause.why.as_str()).collect();
    if !article.causes.is_empty() {
        assert_eq!(whys, article.causes);
    }
    for (step, said) in flow.steps().iter().zip(&article.steps) {
        assert!(step.text == said.text || said.text.is_empty(), "{step:?} {said:?}");
        assert_eq!(step.command, said.command);
    }
    assert!(flow.steps().len() >= article.steps.len());
    let asked: Vec<&str> = flow.faq().iter().map(|entry| entry.question.as_str()).collect();
    assert_eq!(asked, article.faq.iter().map(|entry| entry.question.as_str()).collect::<Vec<_>>());
    (flow, draft)
}

/// Reads an article and drafts it: its causes, steps and FAQ entries, counted.
fn check(text: &str, format: Format, expected: (usize, usize, usize)) -> Article {
    let article = read(text, format, None).unwrap_or_else(|refusal| panic!("{refusal}: {text}"));
    assert_eq!((article.causes.len(), article.steps.len(), article.faq.len()), expected, "{article:#?}");
    flow_of(&article);
    article
}

#[test]
fn the_first_articles_keep_every_cause_step_and_entry() {
    for (id, text) in ARTICLES {
        let article = check(text, Format::Plain, (4, 5, 2));
        assert_eq!(article.id, id);
        assert_eq!(article.category, Fact::Said("authentication".to_owned()));
        assert_eq!(article.left_out, ["metricsign", "Start free", "Other authentication errors"]);
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 4) {
            assert!(
                format!("{article:?} Frequently asked questions Common causes").contains(word) || is_heading(word),
                "{word}"
            );
        }
    }
}

#[test]
fn a_code_before_the_words_of_a_title_is_the_code() {
    let title = |title: &str| {
        let article = check(&format!("{title}\n\nCommon causes\n\n- The plug is out\n"), Format::Plain, (1, 0, 0));
        (article.code.known().cloned(), article.title.known().cloned())
    };
    let of = |code: &str, words: &str| (Some(code.to_owned()), Some(words.to_owned()));
    assert_eq!(title("AADSTS50034: The account does not exist"), of("AADSTS50034", "The account does not exist"));
    assert_eq!(title("GW-OFF: The gateway cannot be reached"), of("GW-OFF", "The gateway cannot be reached"));
    assert_eq!(title("Fabric Pipeline Error 2403"), of("2403", "Fabric Pipeline Error 2403"));
}

/// Words of headings, and words glued together.
fn is_heading(word: &str) -> bool {
    ["error", "Error", "Power", "Refresh", "severityauthentication", "severityauthenticationMicrosoft", "causes"]
        .contains(&word)
        || word.starts_with(|c: char| c.is_ascii_digit())
}

#[test]
fn what_the_header_glues_together_is_parted() {
    let header = |line: &str| {
        let article = check(&format!("{line}\nE100 fails\nCauses\n- it is on\n"), Format::Plain, (1, 0, 0));
        let known = |fact: &Fact<String>| fact.known().cloned().unwrap_or_default();
        (article.severity.known().copied(), known(&article.category), known(&article.product))
    };
    let expect = |category: &str, product: &str| (Some(Severity::High), category.to_owned(), product.to_owned());
    assert_eq!(header("High severityauthenticationMicrosoft Fabric"), expect("authentication", "Microsoft Fabric"));
    assert_eq!(header("High severity authentication"), expect("authentication", ""));
    assert_eq!(header("high · Data source · Power BI"), expect("data source", "Power BI"));
    assert_eq!(header("High severityNetworkContoso Sync"), expect("network", "Contoso Sync"));
    assert_eq!(header("High severityMicrosoft Fabric"), expect("", "Microsoft Fabric"));
    assert_eq!(header("Severity: High\nCategory: Data\nProduct: Contoso"), expect("data", "Contoso"));
    assert_eq!(header("Highly odd"), (None, String::new(), String::new()));
}

#[test]
fn the_id_is_made_of_the_words_of_the_title() {
    assert_eq!(id_of("PowerBINotAuthorizedException"), "powerbi-not-authorized-exception");
    assert_eq!(id_of("Power BI: Gateway “down”"), "powerbi-gateway-down");
    assert_eq!(id_of("Größe überschritten"), "grose-uberschritten");
    assert_eq!(id_of("HTTPError 500"), "http-error-500");
    assert_eq!(id_of("超時"), "");
    assert_eq!(folder_of("Microsoft Fabric"), "fabric");
    assert_eq!(folder_of("Power BI Embedded"), "powerbi");
    assert_eq!(folder_of("../../etc"), "etc");
    assert_eq!(folder_of("超時"), "other");
}

#[test]
fn a_step_goes_to_the_causes_it_speaks_of_and_a_test_comes_last() {
    let article = check(
        "Causes\n- The password has expired\n- The disk is full\nFix\n1. Test the connection\n2. Change the expired password\n\
         3. Make room on the disk\n4. Set up alerts so that no password expires in future\n5. Call the desk\n",
        Format::Plain,
        (2, 5, 0),
    );
    let (flow, _) = flow_of(&article);
    let titles = |steps: &[flow::StepIx]| steps.iter().map(|&step| flow.step(step).title.clone()).collect::<Vec<_>>();
    let [password, disk] = flow.causes() else { panic!("two causes") };
    assert_eq!(titles(&password.fix), ["Change the expired password", "Call the desk", "Test the connection"]);
    assert_eq!(titles(&disk.fix), ["Make room on the disk", "Call the desk", "Test the connection"]);
    assert_eq!(titles(&password.prevent), ["Set up alerts so that no password expires in future"]);
    assert_eq!(titles(&disk.prevent), [""; 0]);
}

#[test]
fn a_command_is_taken_out_of_its_step() {
    let step = |text: &str| {
        let article = check(&format!("Causes\n- it is on\nFix\n1. {text}\n"), Format::Plain, (1, 1, 0));
        (article.steps[0].text.clone(), article.steps[0].command.clone())
    };
    let expect = |text: &str, command: &str| (text.to_owned(), Some(command.to_owned()));
    assert_eq!(step("Use the CLI (`az login --tenant <id>`)."), expect("Use the CLI.", "az login --tenant <id>"));
    assert_eq!(step("Run `Get-Service` now"), expect("Run the command now", "Get-Service"));
    assert_eq!(step("`az login now`"), expect("the command", "az login now"));
    assert_eq!(step("(`az login now`)").1, Some("az login now".to_owned()));
    assert_eq!(step("Set `Status` to `On`"), ("Set `Status` to `On`".to_owned(), None));
    assert_eq!(step("An odd ` tick"), ("An odd ` tick".to_owned(), None));
}

#[test]
fn an_article_without_causes_is_refused_and_so_is_what_is_none() {
    let refusal = |text: &str| read(text, Format::of(text, None), None).expect_err("no article");
    assert_eq!(refusal(""), Refusal::Empty);
    assert_eq!(refusal("\u{feff} \n\u{200b}\t\r\n"), Refusal::Empty);
    assert_eq!(refusal("Fix\n1. Do it\n"), Refusal::NoCauses);
    assert_eq!(refusal("<script>x</script><p></p>"), Refusal::Empty);
    assert_eq!(refusal(&"a".repeat(MAX_ARTICLE + 1)), Refusal::TooLarge);
    let many = format!("Causes\n{}", "- a cause\n".repeat(101));
    assert_eq!(refusal(&many), Refusal::TooMany { what: "causes", count: 101, most: 100 });
}

#[test]
fn the_format_is_told_by_the_name_or_the_text() {
    assert_eq!(Format::of("x", Some("MD")), Format::Markdown);
    assert_eq!(Format::of("# x", Some("htm")), Format::Html);
    assert_eq!(Format::of("## Causes\n* x", Some("txt")), Format::Markdown);
    assert_eq!(Format::of("**Causes**\n* x", None), Format::Markdown);
    assert_eq!(Format::of("\n<!DOCTYPE html><title>x", None), Format::Html);
    assert_eq!(Format::of("some <P class=x>text", Some("txt")), Format::Html);
    assert_eq!(Format::of("use <resource-uri>, a < b, #1", None), Format::Plain);
}

#[test]
fn a_flow_begun_from_nothing_can_be_checked_and_says_what_it_lacks() {
    let (flow, draft) = flow_of(&Article::begin("lamp-dark", Essentials::default()));
    assert_eq!((flow.id(), flow.causes().len()), ("lamp-dark", 2));
    assert_eq!(draft.missing.len(), 9, "{:?}", draft.missing);
    let known = Essentials {
        code: Some("L-1\u{202e}".to_owned()),
        title: Some(" ".to_owned()),
        causes: vec!["The plug is out".to_owned(), "\u{200b}".to_owned()],
        ..Essentials::default()
    };
    let (flow, _) = flow_of(&Article::begin("lamp-dark", known));
    assert_eq!((flow.error().code.as_str(), flow.causes().len()), ("L-1", 1));
}

#[test]
fn texts_with_quotes_backslashes_and_lines_come_back_as_they_were() {
    let cause = r#"The "path" C:\new\table is `wrong`, \u{41} // DECIDE: and /* so */ on"#;
    let article = check(&format!("# E\n## Causes\n* {cause}\n"), Format::Plain, (1, 0, 0));
    let (flow, _) = flow_of(&article);
    assert_eq!(flow.causes()[0].why, cause);
    let article = check(
        "# E\n## Causes\n* it is on\n## Fix\n* Do\n\n  ```\n  a \"b\"\n\n  \tc\\d\n  ```\n",
        Format::Markdown,
        (1, 1, 0),
    );
    assert_eq!(article.steps[0].command.as_deref(), Some("a \"b\"\nc\\d"));
}

#[test]
fn html_loses_no_text_and_shows_none_that_is_unseen() {
    let blocks = |text: &str| html::read(text).blocks.into_iter().map(|block| block.text).collect::<Vec<_>>();
    assert_eq!(blocks("<ul><li>a<ul><li>b</ul>c</ul>d"), ["a", "b", "c", "d"]);
    assert_eq!(blocks("<table><tr><td>a<td>b</table>"), ["ab"]);
    assert_eq!(blocks("<table><tr><td>a</td><td>b</td></tr></table>"), ["a: b"]);
    assert_eq!(blocks("<script>if (a<b) '<p>'</script>x<style>p{}</style><!-- c -->y<svg><p>z</svg>"), ["xy"]);
    assert_eq!(blocks("a&lt;b&amp;&eacute;&#x41;&nosuch;<br>c"), ["a<b&éA&nosuch;", "c"]);
    assert_eq!(blocks("use <code>az <b>x</b></code> <resource>"), ["use `az x` <resource>"]);
    assert_eq!(blocks("<li><p>a</p><p>b</p>"), ["a", "b"]);
    assert_eq!(blocks("<li><div>1</div><div>a</div><li><p>404</p>"), ["1 a", "404"]);
    assert_eq!(blocks("</ul></li></td></script>x</p"), [": x"]);
}

/// Pieces of which articles and their accidents are made.
fn pieces() -> impl Strategy<Value = String> {
    let known = [
        "Common causes",
        "## Causes\n",
        "<h2>Causes</h2>",
        "How to fix it",
        "FAQ",
        "Frequently asked questions\n",
        "\n",
        "\n\n",
        "- ",
        "• 1",
        "  1. 1Step 1: ",
        "Cause 1: ",
        "Q: ",
        "A: ",
        "?",
        "<li>",
        "<ul>",
        "</ul>",
        "<table><tr><td>",
        "<script>",
        "<code>",
        "`",
        "```\n",
        "**",
        "Critical severityauthenticationMicrosoft Fabric",
        "Power BI Refresh Error:",
        "Severity: ",
        "is not",
        "has",
        "lacks",
        "or the",
        "no longer",
        " ",
        "\t",
        "\u{a0}",
        "\r\n",
        "\r",
        "\u{feff}",
        "\u{200b}",
        "\u{202e}",
        "\u{1b}[31m",
        "\0",
        "\u{2028}",
        "\"",
        "\\",
        "&amp;",
        "&#0;",
        "&#xd800;",
        "&lt;",
        "the identity",
        "test",
        "set up alerts in future",
        "„“",
        "👩\u{200d}💻",
        "\u{f8ff}",
        "---\n",
        "===\n",
        "(",
        ")",
        "// DECIDE:",
        "*/",
        "ß",
        "İ",
        "ŉ",
    ];
    prop_oneof![6 => proptest::sample::select(known.to_vec()).prop_map(str::to_owned), 1 => ".{0,12}", 1 => "[a-z]{1,9} "]
}

fn formats() -> impl Strategy<Value = Format> {
    proptest::sample::select(vec![Format::Plain, Format::Markdown, Format::Html])
}

/// A text gives a draft without an error, or a refusal; never anything else.
fn holds(text: &str, format: Format) {
    if let Ok(article) = read(text, format, Some("a file")) {
        flow_of(&article);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn whatever_is_read_gives_a_good_draft_or_a_refusal(text in proptest::collection::vec(pieces(), 0..60), format in formats()) {
        let text = text.concat();
        holds(&text, format);
        holds(&format!("Causes\n- {text}\n"), format);
    }

    #[test]
    fn bytes_of_any_kind_give_a_good_draft_or_a_refusal(bytes in proptest::collection::vec(any::<u8>(), 0..300), format in formats()) {
        let text = String::from_utf8_lossy(&bytes);
        holds(&text, format);
        holds(&format!("Causes\n- x{text}\nFix\n1. y{text}\nFAQ\nwhy {text}?\n{text}"), format);
    }

    #[test]
    fn a_damaged_article_gives_a_good_draft_or_a_refusal(
        n in 0..ARTICLES.len(),
        cuts in proptest::collection::vec((any::<proptest::sample::Index>(), 0..200_usize, pieces()), 1..12),
        format in formats(),
    ) {
        let mut text: Vec<char> = ARTICLES[n].1.chars().collect();
        for (at, length, piece) in cuts {
            let at = at.index(text.len().max(1)).min(text.len());
            let end = (at + length).min(text.len());
            text.splice(at..end, piece.chars());
        }
        holds(&text.into_iter().collect::<String>(), format);
    }

    #[test]
    fn a_flow_begun_with_anything_is_good(texts in proptest::collection::vec(".{0,40}", 3..8)) {
        let known = Essentials { title: texts.first().cloned(), meaning: texts.get(1).cloned(), causes: texts[2..].to_vec(), ..Essentials::default() };
        flow_of(&Article::begin("any-thing", known));
    }
}
