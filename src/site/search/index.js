// The index: what `search/index.rs` has weighed, taken up from the tables in `search-index.js`; only looked up the other way round here.

/** How many parts a bit of information has. */
const BIT = 16;
/** A word that is in no flow; in a signature, anything. */
const UNKNOWN = -1;
/** Places of the same two words in a row beyond which they lead nowhere. */
const MAX_PAIR = 256;

const words = new Map(DATA.words.map((word, n) => [stem(word), n]));
/** By word: what it says of a topic, and the flows that have it, each with the field it stands in. */
const topics = DATA.topics.map(([says, ...flows]) => ({ says, flows: flows.map((one) => [one >> 2, one & 3]) }));
const signatures = DATA.signatures.map(([flow, ...numbers]) => {
  const units = [];
  for (let n = 0; n < numbers.length; n += 2) units.push({ word: numbers[n], weight: numbers[n + 1] });
  return { flow, units, total: units.reduce((sum, { weight }) => sum + weight, 0) };
});
/** By signature: the places of the words that tell it from messages like it. */
const telling = new Map(DATA.telling);
const codes = new Map(DATA.codes.map(([word, known]) => [
  word,
  known.map(([flow, isPlain, isName, rest]) => ({ flow, isNumber: isPlain, isName, rest })),
]));
const families = new Set(DATA.families);

const push = (map, key, value) => {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
};

/** By word, and by two words in a row: the signatures and the places in them. */
const places = DATA.words.map(() => []);
const pairs = new Map();
const pairOf = (one, two) => one * DATA.words.length + two;
signatures.forEach(({ units }, n) => units.forEach(({ word }, at) => {
  if (word === UNKNOWN) return;
  places[word].push([n, at]);
  const next = units[at + 1]?.word ?? UNKNOWN;
  if (next !== UNKNOWN) push(pairs, pairOf(word, next), [n, at]);
}));
for (const [pair, found] of pairs) if (found.length > MAX_PAIR) pairs.delete(pair);

/** By the first and by the last letters: the words. One with other letters than a to z is never one typo away. */
const ends = new Map();
const endsOf = (word) => (word.length < 4 ? [] : [`<${word.slice(0, 2)}`, `>${word.slice(-2)}`]);
words.forEach((n, word) => { if (/^[\x00-\x7f]*$/.test(word)) endsOf(word).forEach((end) => push(ends, end, n)); });

/** Returns the number of a word, if a flow has it. */
const wordOf = (word) => words.get(stem(word)) ?? UNKNOWN;

/** Tells whether one edit leads from a word to another. */
const isOneOff = (a, b) => {
  let [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let same = 0;
  while (same < short.length && short[same] === long[same]) same += 1;
  [short, long] = [short.slice(same), long.slice(same)];
  if (short.length < long.length) return short === long.slice(1);
  const isSwapped = short.length > 1 && short[0] === long[1] && short[1] === long[0] && short.slice(2) === long.slice(2);
  return short.length > 0 && (isSwapped || short.slice(1) === long.slice(1));
};

/** Finds the word that was mistyped: one letter wrong, missing, too many, or two that changed places. */
const meant = (typed) => {
  const SHORTEST = 5;
  if (typed.length < SHORTEST || !/^[a-z_]+$/.test(typed)) return UNKNOWN;
  const short = stem(typed);
  let best = UNKNOWN;
  for (const end of endsOf(short)) {
    for (const n of ends.get(end) ?? []) {
      const known = DATA.words[n];
      const isNear = () => known.length >= SHORTEST && (isOneOff(typed, known) || isOneOff(short, stem(known)));
      if ((best === UNKNOWN || n < best) && isNear()) best = n;
    }
  }
  return best;
};

/** Returns what the codes of a family begin with: letters before a number, or the first two words of a longer name. */
const familyOf = (code) => {
  const front = letterFamily(code);
  if (front.length < code.length) return front;
  const first = code.indexOf('_');
  const second = first < 0 ? -1 : code.indexOf('_', first + 1);
  if (first >= 0) return code.slice(0, (second < 0 ? first : second) + 1);
  const error = code.indexOf('error');
  return error > 0 ? code.slice(0, error + 'error'.length) : code;
};

/** Tells whether a word is of a family of which several codes are known. */
const isOfFamily = (word) => {
  const family = familyOf(word);
  return family.length < word.length && families.has(family);
};

/** Returns the codes that a word is; also one that was mistyped or, where the text ends, cut off, if it can be only one; and whether it is the code itself. */
const codesLike = (word, isEnd) => {
  const [LEAST, PREFIX] = [14, 'usererror'];
  const bare = word.startsWith(PREFIX) ? word.slice(PREFIX.length) : '';
  const exact = codes.get(word) ?? (size(bare) >= LEAST ? codes.get(bare) : undefined);
  if (exact) return [exact, true];
  if (words.has(word)) return [[], true];
  if (size(word) < LEAST) return [[], false];
  if (isEnd && !isNumbered(word)) {
    const longer = DATA.codes.filter(([code]) => code.startsWith(word));
    if (longer.length === 1) return [codes.get(longer[0][0]), false];
  }
  return [codes.get(DATA.words[meant(word)]) ?? [], false];
};
