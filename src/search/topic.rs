//! Topics: flows by a few words that were typed, and the nearest ones where nothing fits.

use std::collections::HashMap;

use super::align::{BIT, UNKNOWN};
use super::index::{Field, Index};
use super::pasted::Pasted;
use super::stop::{is_general, is_silent};
use super::tokens::Token;

/// Whoever types no more words than these names a topic; more words tell a story.
const MAX_WORDS: usize = 16;

/// Whoever types more words than these pasted something: words alone never make a match of that.
const MAX_STORY: usize = 40;

/// What words of a story have to say together, and half as much again as of any other flow.
const LEAST_OF_STORY: u32 = 30 * BIT;

/// What the words have to say together to make a match.
const LEAST: u32 = 6 * BIT;

/// What they have to say where not all of them lead there; then three fifths of what they say do.
const LEAST_OF_MANY: u32 = 11 * BIT;

/// As many flows are named to which not all words lead: the first, and what is near it.
const MOST: usize = 3;

/// What a word says that no flow has.
const STRANGE: u32 = 8 * BIT;

/// What the words have to say together to be near.
const NEAR: u32 = 7 * BIT;

/// As many of a few words have to lead to what is near.
const LEAST_NEAR: u32 = 2;

/// Returns the flows in which every word that was typed occurs, with what the words say of them.
pub(super) fn few_words(index: &Index, pasted: &Pasted, words: &[u32]) -> Vec<(usize, u32)> {
    if pasted.tokens.len() > MAX_WORDS {
        return story(index, pasted, words);
    }
    let Led { best, all, all_say } = led(index, pasted, words);
    let first = best.first().map_or(0, worth_together);
    let all_of_them = |shared: &Shared| shared.words == all && shared.points >= LEAST;
    let most_of_them = |shared: &Shared| shared.points >= LEAST_OF_MANY && shared.says * 5 >= all_say * 3;
    let is_near = |one: &(u32, Shared)| worth_together(one) * 3 >= first * 2;
    let fits =
        |(n, one): &(usize, (u32, Shared))| all_of_them(&one.1) || (*n < MOST && most_of_them(&one.1) && is_near(one));
    let fitting = best.into_iter().enumerate().filter(fits);
    fitting.map(|(_, (flow, shared))| (flow as usize, shared.points)).collect()
}

/// Where a few words lead.
struct Led {
    /// The flows that one of them names, best first.
    best: Vec<(u32, Shared)>,
    /// How many words say something.
    all: u32,
    /// What they say together.
    all_say: u32,
}

/// Of two flows the one to which more of the words lead.
fn worth_together((_, shared): &(u32, Shared)) -> u32 {
    shared.points * shared.words
}

fn led(index: &Index, pasted: &Pasted, words: &[u32]) -> Led {
    let tokens = &pasted.tokens;
    // A strange word in quotes is the name of something: what a message says of it is the rest.
    let is_name = |n: usize| words[n] == UNKNOWN && pasted.is_quoted(n);
    let says = |n: &usize| !is_silent(&tokens[*n].word) && !pasted.is_address[*n] && !is_name(*n);
    let mut wanted: Vec<u32> = (0..tokens.len()).filter(says).map(|n| words[n]).collect();
    wanted.sort_unstable();
    wanted.dedup_by(|a, b| a == b && *a != UNKNOWN);
    let all = u32::try_from(wanted.len()).expect("few words");
    let all_say: u32 =
        wanted.iter().map(|&word| if word == UNKNOWN { STRANGE } else { index.topics[word as usize].0 }).sum();
    let mut found: HashMap<u32, Shared> = HashMap::new();
    for &word in wanted.iter().filter(|&&word| word != UNKNOWN) {
        let (says, flows) = &index.topics[word as usize];
        for &(flow, field) in flows {
            let shared = found.entry(flow).or_default();
            shared.words += 1;
            shared.says += says;
            shared.points += worth(*says, field);
            shared.is_named |= field <= Field::Message;
        }
    }
    let mut best: Vec<(u32, Shared)> = found.into_iter().filter(|(_, shared)| shared.is_named).collect();
    best.sort_unstable_by_key(|one| (std::cmp::Reverse(worth_together(one)), one.0));
    Led { best, all, all_say }
}

/// Tells whether all that was typed is what errors of any program are told in: then what it leads to is near and no more.
pub(super) fn is_vague(tokens: &[Token]) -> bool {
    tokens.len() <= MAX_WORDS && tokens.iter().all(|token| is_silent(&token.word) || is_general(&token.word))
}

/// What a flow and a few words have in common.
#[derive(Default)]
struct Shared {
    words: u32,
    /// What these words say.
    says: u32,
    /// The same, less where they stand in what says less of the flow.
    points: u32,
    /// Whether one of them stands in what names the flow.
    is_named: bool,
}

/// Returns the flows of which a story may tell.
fn story(index: &Index, pasted: &Pasted, words: &[u32]) -> Vec<(usize, u32)> {
    if pasted.tokens.len() > MAX_STORY {
        return Vec::new();
    }
    let told: Vec<u32> =
        words.iter().zip(&pasted.is_address).filter(|(_, is_address)| !**is_address).map(|(&word, _)| word).collect();
    let shared = shared(index, &told);
    let first = shared.first().map_or(0, |&(_, points)| points);
    let is_told = |&&(_, points): &&(usize, u32)| points >= LEAST_OF_STORY && points * 3 >= first * 2;
    // It is no message: less than a few words that all fit.
    shared.iter().take(MOST).take_while(is_told).map(|&(flow, _)| (flow, LEAST)).collect()
}

/// Returns the flows that share most with a text, best first, at most `most`; of a few words that say little, those to which the most lead.
pub(super) fn nearest(index: &Index, pasted: &Pasted, words: &[u32], most: usize) -> Vec<usize> {
    let is_few = pasted.tokens.len() <= MAX_WORDS;
    let least = if is_few { NEAR } else { 2 * NEAR };
    let near = shared(index, words).into_iter().take_while(|&(_, points)| points >= least);
    let near: Vec<usize> = near.take(most).map(|(flow, _)| flow).collect();
    if !near.is_empty() || !is_few {
        return near;
    }
    let several = led(index, pasted, words).best.into_iter().filter(|(_, shared)| shared.words >= LEAST_NEAR);
    several.take(most).map(|(flow, _)| flow as usize).collect()
}

/// Returns what each flow shares with words, most first.
fn shared(index: &Index, words: &[u32]) -> Vec<(usize, u32)> {
    let mut known: Vec<u32> = words.iter().copied().filter(|&word| word != UNKNOWN).collect();
    known.sort_unstable();
    known.dedup();
    let mut found: HashMap<u32, u32> = HashMap::new();
    for word in known {
        let (says, flows) = &index.topics[word as usize];
        // A word of many flows is near to none.
        if *says >= 3 * BIT {
            flows.iter().for_each(|&(flow, field)| *found.entry(flow).or_default() += worth(*says, field));
        }
    }
    let mut shared: Vec<(usize, u32)> = found.into_iter().map(|(flow, points)| (flow as usize, points)).collect();
    shared.sort_unstable_by_key(|&(flow, points)| (std::cmp::Reverse(points), flow));
    shared
}

fn worth(says: u32, field: Field) -> u32 {
    match field {
        Field::Name => says,
        Field::Message => says * 3 / 4,
        Field::Meaning => says * 2 / 3,
        Field::Kind => says / 4,
    }
}
