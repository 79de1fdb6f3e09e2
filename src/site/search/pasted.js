// What was pasted: its words, the codes in it, and the signatures that stand in it. As `search/pasted.rs` and `search/align.rs` do it.

/** As many bytes of the beginning and of the end of a text are looked at. */
const MAX_SIDE = 512 * 1024;
/** As many different words are looked at for a typo. */
const MAX_TYPOS = 400;
/** Places of a word beyond which it leads to no signature by itself. */
const MAX_PLACES = 24;
/** As many signatures are aligned. */
const MAX_ALIGNED = 64;

/** Returns the beginning and the end of a text that is too long. */
const bounded = (text) => {
  const bytes = new TextEncoder().encode(text);
  const read = (from, to) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(from, to));
  if (bytes.length <= 2 * MAX_SIDE) return read(0, bytes.length);
  const isInside = (at) => (bytes[at] & 0xc0) === 0x80;
  let [begin, end] = [MAX_SIDE, bytes.length - MAX_SIDE];
  while (isInside(begin)) begin -= 1;
  while (isInside(end)) end += 1;
  return `${read(0, begin)}\n\n${read(end, bytes.length)}`;
};

/** Joins words that were parted: by the end of a line, or a code from its number. */
const join = (text, all) => {
  const joined = [];
  for (const token of all) {
    const before = joined.at(-1);
    if (before) {
      const gap = text.slice(before.end, token.start);
      const isParted = isNumber(token.word) && letterFamily(before.word) === before.word && !token.isAfterLine && size(gap) <= 2;
      if (token.isAfterLine || isParted) {
        const both = before.word + token.word;
        const isKnown = codes.has(both) || (isParted && isOfFamily(both));
        const areWords = () => wordOf(before.word) !== UNKNOWN && wordOf(token.word) !== UNKNOWN;
        const isHyphen = size(gap.replace(/\p{White_Space}+$/u, '')) <= 1;
        if (isKnown || (token.isAfterLine && isHyphen && wordOf(both) !== UNKNOWN && !areWords())) {
          [before.word, before.end] = [both, token.end];
          before.humps += token.humps;
          continue;
        }
      }
    }
    joined.push(token);
  }
  return joined;
};

/** Tells whether something without spaces names a place: `://` in it, or two dots between small letters and digits. */
const isAddress = (chunk) => chunk.includes('://') || (!/[A-Z]/.test(chunk) && (chunk.match(/[a-z0-9]\.(?=[a-z0-9])/g) ?? []).length >= 2);

/** Tells of each word whether it stands in an address. */
const inAddresses = (text, all) => {
  const found = [];
  for (const { 0: chunk, index } of text.matchAll(/[^ \t\n\r"'<>()[\]{},;|\\&?#]+/g)) {
    const is = isAddress(chunk);
    while (found.length < all.length && all[found.length].start < index + chunk.length) found.push(is);
  }
  while (found.length < all.length) found.push(false);
  return found;
};

/** Reads a text: its words, by their number and by that of the word that was meant. */
const readText = (whole) => {
  const text = bounded(whole);
  const all = join(text, tokens(text));
  const typos = new Map();
  const seen = all.map(({ word }) => {
    const known = wordOf(word);
    if (known !== UNKNOWN) return { word: known, meant: UNKNOWN };
    if (!typos.has(word) && typos.size < MAX_TYPOS) typos.set(word, meant(word));
    return { word: UNKNOWN, meant: typos.get(word) ?? UNKNOWN };
  });
  return { text, tokens: all, isAddress: inAddresses(text, all), seen, words: seen.map((one) => (one.word === UNKNOWN ? one.meant : one.word)) };
};

/** Tells whether a word stands in quotes by itself. */
const isQuoted = ({ text, tokens: all }, n) => /['"]/.test(text.charAt(all[n].start - 1)) && /['"]/.test(text.charAt(all[n].end));

/** Returns what a code says: by whether it is a plain number, and whether the flow is named by it. */
const pointsOf = ({ isNumber: isPlain, isName }) => (isPlain ? (isName ? 32 : 26) : isName ? 40 : 34) * BIT;

/** Returns the codes of flows that stand in the text; and whether a word is a code, but of no flow. */
const codesIn = (pasted) => {
  const { text, tokens: all } = pasted;
  const hits = [];
  let [covered, hasUnknown] = [0, false];
  const like = new Map();
  all.forEach((token, n) => {
    const { word } = token;
    const isPlain = isNumber(word) && isNumberCode(text, all, n);
    const before = hits.length;
    const isEnd = n + 1 === all.length || /^(?:…|\.\.\.)/.test(text.slice(token.end, token.end + 3));
    const key = isEnd ? `${word} ` : word;
    if (!like.has(key)) like.set(key, codesLike(word, isEnd));
    const [known, isExact] = like.get(key);
    for (const code of known) {
      const stands = code.rest.every((part, at) => all[n + 1 + at]?.word === part);
      if (!stands || (code.isNumber && !isPlain)) continue;
      const [points, to] = [pointsOf(code), n + code.rest.length];
      hits.push({ flow: code.flow, points: isExact ? points : Math.floor((points * 3) / 4), isNumber: code.isNumber, from: n, to });
      covered = Math.max(covered, to + 1);
    }
    // A code that several errors have says less of each.
    const halvings = hits.length > before ? 31 - Math.clz32(hits.length - before) : 0;
    for (const hit of hits.slice(before)) hit.points -= Math.min(halvings * 5 * BIT, 20 * BIT);
    const isValue = () => isCode(token) && isAnnounced(text, all, n);
    const isUnknown = isDigits(word) ? isPlain : (isOfFamily(word) || isValue()) && wordOf(word) === UNKNOWN;
    hasUnknown ||= isUnknown && n >= covered;
  });
  return { hits, hasUnknown };
};

// The ways in which a part of a signature and a word of the text go together.
const [STOP, BOTH, LEAVE_PART, LEAVE_WORD] = [0, 1, 2, 3];

/** Aligns a signature with words of a text; the best place wins, the first of several. */
const align = (units, text) => {
  const [EXTRA_WORD, VARIABLE_WORD] = [2 * BIT, 1];
  const width = text.length + 1;
  const ways = new Uint8Array((units.length + 1) * width);
  let [above, row] = [new Int32Array(width), new Int32Array(width)];
  let [best, i, j] = [0, 0, 0];
  units.forEach(({ word, weight }, part) => {
    row[0] = 0;
    text.forEach((seen, at) => {
      let [points, way] = [0, STOP];
      const offer = (offered, by) => { if (offered > points) [points, way] = [offered, by]; };
      if (word === UNKNOWN) {
        offer(above[at + 1], LEAVE_PART);
        offer(row[at] - VARIABLE_WORD, LEAVE_WORD);
      } else {
        if (seen.word === word) offer(above[at] + weight, BOTH);
        else if (seen.meant === word) offer(above[at] + Math.floor((weight * 3) / 4), BOTH);
        offer(above[at + 1] - Math.floor(weight / 2), LEAVE_PART);
        offer(row[at] - EXTRA_WORD, LEAVE_WORD);
      }
      row[at + 1] = points;
      ways[(part + 1) * width + at + 1] = way;
      if (points > best) [best, i, j] = [points, part + 1, at + 1];
    });
    [above, row] = [row, above];
  });
  const found = [];
  for (;;) {
    const way = ways[i * width + j];
    if (way === STOP) break;
    if (way !== LEAVE_WORD) i -= 1;
    if (way !== LEAVE_PART) j -= 1;
    if (way === BOTH) found.push([i, j]);
  }
  return { points: best, pairs: found.reverse() };
};

/** Aligns a signature where most of what leads to it stands together: words of the text, each followed by the part of the signature. */
const alignAtBest = (units, seen, leads) => {
  const weight = (lead) => units[leads[lead + 1]].weight;
  /** As many words a variable part is looked through. */
  const VARIABLE_WORDS = 24;
  const variables = units.filter(({ word }) => word === UNKNOWN).length;
  const reach = units.length + VARIABLE_WORDS * variables + 8;
  let [from, sum, best, bestFrom] = [0, 0, 0, 0];
  for (let lead = 0; lead < leads.length; lead += 2) {
    sum += weight(lead);
    while (leads[from] + reach < leads[lead]) {
      sum -= weight(from);
      from += 2;
    }
    if (sum > best) [best, bestFrom] = [sum, leads[from]];
  }
  const first = Math.max(0, bestFrom - Math.min(units.length, 8));
  const found = align(units, seen.slice(first, Math.min(bestFrom + reach + 8, seen.length)));
  return { points: found.points, pairs: found.pairs.map(([part, word]) => [part, word + first]) };
};

/** Tells of each word of the text, and of each two in a row, at which part of which signature they stand. */
const follow = (typed, take) => typed.forEach((word, n) => {
  if (word === UNKNOWN) return;
  if (places[word].length <= MAX_PLACES) for (const [signature, at] of places[word]) take(signature, n, at);
  const next = typed[n + 1] ?? UNKNOWN;
  if (next === UNKNOWN) return;
  for (const [signature, at] of pairs.get(pairOf(word, next)) ?? []) {
    take(signature, n, at);
    take(signature, n + 1, at + 1);
  }
});

/** Returns the signatures that stand in the text, whole or in part. */
const signaturesIn = ({ words: typed, seen }) => {
  // A long text leads to signatures millions of times: first to which parts, then only for the best of them from where.
  const isLed = signatures.map(({ units }) => new Uint8Array(units.length));
  follow(typed, (signature, _, at) => { isLed[signature][at] = 1; });
  const best = signatures
    .map(({ units }, signature) => ({ signature, points: units.reduce((sum, { weight }, at) => sum + isLed[signature][at] * weight, 0) }))
    .filter(({ points }) => points >= 4 * BIT)
    .sort((a, b) => b.points - a.points || a.signature - b.signature)
    .slice(0, MAX_ALIGNED);
  const leads = new Map(best.map(({ signature }) => [signature, []]));
  follow(typed, (signature, n, at) => { leads.get(signature)?.push(n, at); });
  const aligned = ({ signature }) => ({ signature, ...alignAtBest(signatures[signature].units, seen, leads.get(signature)) });
  return best.map(aligned).filter(({ points }) => points > 0);
};
