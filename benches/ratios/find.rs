//! Finding an error by a message, against full-text search in `SQLite` and a plain scan of the same texts: how fast, and how often right.

use std::collections::HashSet;
use std::hint::black_box;
use std::time::{Duration, Instant};

use rootwalk::catalog::{Catalog, Layers};
use rootwalk::flow::Head;
use rootwalk::search::Index;
use rusqlite::Connection;

use super::{median, random, ratio};

/// A message, and the flow it leads to.
#[derive(serde::Deserialize)]
struct Message {
    text: String,
    flow: Option<String>,
}

/// Returns the first flow that a text leads to.
type Find<'a> = Box<dyn Fn(&str) -> Option<String> + 'a>;

pub(super) fn find() {
    let start = Instant::now();
    let catalog = Catalog::look(&Layers::default()).expect("no folder is named");
    let looked = start.elapsed();
    let heads = catalog.heads().0;
    let read = start.elapsed().checked_sub(looked).unwrap_or_default();
    let start = Instant::now();
    black_box(Index::new(&heads));
    println!(
        "find: {} flows: files looked for {looked:.1?}, heads read {read:.1?}, index {:.1?}",
        heads.len(),
        start.elapsed()
    );
    let messages = std::fs::read_to_string("tests/fixtures/find/messages.jsonl").expect("run in the repository");
    let messages: Vec<Message> = messages.lines().map(|line| serde_json::from_str(line).expect("a message")).collect();
    compare("the catalog", &heads, &messages, &|id| catalog.hand_offs(id));
    let (heads, messages) = generated(10_000);
    compare("10,000 generated flows (goal ≤ 20 ms)", &heads, &messages, &|_| Vec::new());
}

fn compare(name: &str, heads: &[Head], messages: &[Message], hand_offs: &dyn Fn(&str) -> Vec<String>) {
    let index = Index::new(heads);
    let ours: Find<'_> = Box::new(|text| {
        let ranking = index.rank(text, &|flow| hand_offs(index.id(flow)));
        ranking.matches.first().map(|one| index.id(one.flow).to_owned())
    });
    let database = full_text(heads);
    let sqlite: Find<'_> = Box::new(|text| by_full_text(&database, text));
    let texts: Vec<(String, Vec<String>)> = heads.iter().map(|head| (head.id.clone(), fixed_parts(head))).collect();
    let scan: Find<'_> = Box::new(|text| by_scan(&texts, text));
    println!("  {name}: one text (median, slowest), the right flow first, others refused");
    let mut base = None;
    for (name, find) in [("rootwalk find", ours), ("SQLite FTS5 bm25", sqlite), ("plain scan", scan)] {
        let (mut took, mut right, mut refused) = (Vec::new(), 0, 0);
        for message in messages {
            let start = Instant::now();
            let found = black_box(find(&message.text));
            took.push(start.elapsed());
            right += usize::from(message.flow.is_some() && found == message.flow);
            refused += usize::from(message.flow.is_none() && found.is_none());
        }
        let errors = messages.iter().filter(|message| message.flow.is_some()).count();
        let slowest = took.iter().max().copied().unwrap_or_default();
        let median: Duration = median(took);
        let base = *base.get_or_insert(median);
        println!(
            "    {name:<18} {median:>9.1?} {slowest:>9.1?}   {:>6.2} ×   {:>5.1} %   {refused} of {}",
            ratio(median, base),
            100.0 * right as f64 / errors.max(1) as f64,
            messages.len() - errors
        );
    }
}

/// Puts the same texts into a table that `SQLite` indexes.
fn full_text(heads: &[Head]) -> Connection {
    let database = Connection::open_in_memory().expect("memory");
    database.execute_batch("CREATE VIRTUAL TABLE flows USING fts5(id UNINDEXED, code, title, meaning, signatures, tokenize = 'porter unicode61')").expect("FTS5 is compiled in");
    for head in heads {
        let error = &head.error;
        let row = (&head.id, &error.code, &error.title, &error.meaning, error.signatures.join("\n"));
        database.execute("INSERT INTO flows VALUES (?1, ?2, ?3, ?4, ?5)", row).expect("it takes text");
    }
    database
}

/// Asks for any of the words, the best by bm25.
fn by_full_text(database: &Connection, text: &str) -> Option<String> {
    let words: HashSet<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let query = words.into_iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" OR ");
    let mut statement =
        database.prepare_cached("SELECT id FROM flows WHERE flows MATCH ?1 ORDER BY bm25(flows) LIMIT 1").expect("SQL");
    statement.query_row([query], |row| row.get(0)).ok()
}

/// The code and the fixed parts of the signatures, in lower case.
fn fixed_parts(head: &Head) -> Vec<String> {
    let fixed =
        |text: &String| text.split(['<', '>', '%', '{', '}']).map(str::trim).map(str::to_lowercase).collect::<Vec<_>>();
    let parts = head.error.signatures.iter().chain([&head.error.code]).flat_map(fixed);
    parts.filter(|part| part.len() >= 8).collect()
}

/// The flow of which most letters stand in the text as they are.
fn by_scan(texts: &[(String, Vec<String>)], text: &str) -> Option<String> {
    let text = text.to_lowercase();
    let found = |parts: &[String]| parts.iter().filter(|part| text.contains(part.as_str())).map(String::len).max();
    let best = texts.iter().filter_map(|(id, parts)| Some((found(parts)?, id)));
    best.max().map(|(_, id)| id.clone())
}

/// Flows with messages of random words, and texts that wrap some of them.
fn generated(flows: usize) -> (Vec<Head>, Vec<Message>) {
    let mut random = random::Random(1);
    let mut word = |most: usize| {
        let mut n = random.below(most);
        // Common words are more common.
        n = n * (1 + random.below(100)) / 100;
        let syllable = |n: usize| ["ka", "re", "mo", "tin", "sol", "fer", "dan", "pul"][n % 8];
        [syllable(n), syllable(n / 8), syllable(n / 64), syllable(n / 512)].concat()
    };
    let mut phrase = |words: usize| (0..words).map(|_| word(4_000)).collect::<Vec<_>>().join(" ");
    let mut heads = Vec::new();
    let mut messages = Vec::new();
    for n in 0..flows {
        let (first, second, title) = (phrase(6), phrase(5), phrase(3));
        let text = format!(
            "Flow(id: \"flow-{n}\", error: (code: \"MadeUpError{n:05}\", title: \"{title}\", product: \"P\", category: \"c\", severity: Low, \
             meaning: \"{}\", signatures: [\"{first} '<name>' {second}.\"], source: \"s\", checked: \"2026-01-01\"))",
            phrase(12)
        );
        heads.push(rootwalk::flow::head(&text).expect("a head"));
        if n % 50 == 0 {
            let text = format!(
                "Operation on target X{n} failed: {{\"message\": \"{first} \\u0027srv-{n}\\u0027 {second}.\", \"id\": \"8e5c-{n}\"}}"
            );
            messages.push(Message { text, flow: Some(format!("flow-{n}")) });
        }
    }
    (heads, messages)
}
