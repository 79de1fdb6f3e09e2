// Ranking: what speaks for each flow, summed up, the best first. As `search/topic.rs`, `search/sum.rs` and `search/rank.rs` do it.

const [NAME, MESSAGE, MEANING] = [0, 1, 2];
const worth = (says, field) =>
  field === NAME ? says : field === MESSAGE ? Math.floor((says * 3) / 4) : field === MEANING ? Math.floor((says * 2) / 3) : Math.floor(says / 4);

const [SILENT, GENERAL] = ['silent', 'general'].map(asSet);
/** As many errors are named where nothing fits. */
const NEAREST = 3;
/** Whoever types no more words than these names a topic; more words tell a story. */
const MAX_WORDS = 16;

/** Returns what each flow shares with words, most first. */
const shared = (typed) => {
  const found = new Map();
  for (const word of new Set(typed)) {
    // A word of many flows is near to none.
    if (word === UNKNOWN || topics[word].says < 3 * BIT) continue;
    for (const [flow, field] of topics[word].flows) found.set(flow, (found.get(flow) ?? 0) + worth(topics[word].says, field));
  }
  return [...found].map(([flow, points]) => ({ flow, points })).sort((a, b) => b.points - a.points || a.flow - b.flow);
};

/** As many flows are named to which not all words lead. */
const MOST_NEAR = 3;

/** Returns the flows of which a story may tell. */
const story = ({ tokens: all, words: typed, isAddress: isPlace }) => {
  const [MAX_STORY, LEAST_OF_STORY, LEAST] = [40, 30 * BIT, 6 * BIT];
  if (all.length > MAX_STORY) return [];
  const found = shared(typed.filter((_, n) => !isPlace[n]));
  // It is no message: less than a few words that all fit.
  const isTold = ({ points }) => points >= LEAST_OF_STORY && points * 3 >= found[0].points * 2;
  return found.slice(0, MOST_NEAR).filter(isTold).map(({ flow }) => ({ flow, points: LEAST }));
};

/** Of two flows the one to which more of the words lead. */
const worthTogether = ({ points, count }) => points * count;

/** Returns where a few words lead: the flows that one of them names, best first, how many words say something, and what they say. */
const led = (pasted) => {
  /** What a word says that no flow has. */
  const STRANGE = 8 * BIT;
  // A strange word in quotes is the name of something: what a message says of it is the rest.
  const isName = (n) => pasted.words[n] === UNKNOWN && isQuoted(pasted, n);
  const wanted = pasted.words.filter((_, n) => !SILENT.has(pasted.tokens[n].word) && !pasted.isAddress[n] && !isName(n));
  const known = [...new Set(wanted.filter((word) => word !== UNKNOWN))];
  const strange = wanted.filter((word) => word === UNKNOWN).length;
  const all = known.length + strange;
  const allSay = known.reduce((sum, word) => sum + topics[word].says, strange * STRANGE);
  const found = new Map();
  for (const word of known) {
    const { says, flows } = topics[word];
    for (const [flow, field] of flows) {
      const one = found.get(flow) ?? { flow, count: 0, says: 0, points: 0, isNamed: false };
      one.count += 1;
      one.says += says;
      one.points += worth(says, field);
      one.isNamed ||= field <= MESSAGE;
      found.set(flow, one);
    }
  }
  const best = [...found.values()].filter(({ isNamed }) => isNamed);
  best.sort((a, b) => worthTogether(b) - worthTogether(a) || a.flow - b.flow);
  return { best, all, allSay };
};

/** Returns the flows in which every word that was typed occurs, or most of what they say, with what the words say of them. */
const fewWords = (pasted) => {
  const [LEAST, LEAST_OF_MANY] = [6 * BIT, 11 * BIT];
  if (pasted.tokens.length > MAX_WORDS) return story(pasted);
  const { best, all, allSay } = led(pasted);
  const leadsAll = (one) => one.count === all && one.points >= LEAST;
  const leadsMost = (one) => one.points >= LEAST_OF_MANY && one.says * 5 >= allSay * 3 && worthTogether(one) * 3 >= worthTogether(best[0]) * 2;
  return best.filter((one, n) => leadsAll(one) || (n < MOST_NEAR && leadsMost(one)));
};

/** Tells whether all that was typed is what errors of any program are told in: then what it leads to is near and no more. */
const isVague = ({ tokens: all }) => all.length <= MAX_WORDS && all.every(({ word }) => SILENT.has(word) || GENERAL.has(word));

/** Returns the flows that share most with a text, best first; of a few words that say little, those to which the most lead. */
const nearest = (pasted) => {
  const [NEAR, LEAST_NEAR] = [7 * BIT, 2];
  const isFew = pasted.tokens.length <= MAX_WORDS;
  const near = shared(pasted.words).filter(({ points }) => points >= (isFew ? NEAR : 2 * NEAR));
  const several = near.length > 0 || !isFew ? near : led(pasted).best.filter(({ count }) => count >= LEAST_NEAR);
  return several.slice(0, NEAREST).map(({ flow }) => flow);
};

/** Beyond this a message says a quarter. */
const FULL_MESSAGE = 48 * BIT;
/** What the code that stands last says more. */
const LAST_CODE = 14 * BIT;
/** Where the product stands in what is known of a flow. */
const PRODUCT = 3;
/** What has to speak for a specific error by itself. */
const LEAST_SPECIFIC = 16 * BIT;

const newSum = () => ({
  code: 0, message: 0, words: 0, isSure: false, codes: [], spelled: new Set(), best: null, whole: null, isContradicted: false, whyWords: false, covered: [], share: 0,
});

const pointsFor = ({ code, message, words: said, share }) =>
  Math.max(code + Math.min(message, FULL_MESSAGE) + Math.floor(Math.max(0, message - FULL_MESSAGE) / 4), said) + Math.floor((share * BIT) / 1000);

/** Returns how sure it is, in thousandths. */
const scoreOf = (points) => Math.floor((1000 * points * points) / (points * points + 16 * BIT * 16 * BIT));

const sumOf = (sums, flow) => {
  if (!sums.has(flow)) sums.set(flow, newSum());
  return sums.get(flow);
};

const addCodes = (pasted, sums, hits) => {
  // Of each flow its first code; a code that is repeated stands no deeper.
  const firsts = new Map();
  for (const hit of hits) if (!hit.isNumber && !firsts.has(hit.flow)) firsts.set(hit.flow, hit.from);
  const last = [...firsts.values()].reduce((most, first) => Math.max(most, first), -1);
  const isOne = [...firsts.values()].every((first) => first === last);
  for (const hit of hits) {
    const sum = sumOf(sums, hit.flow);
    sum.code = Math.max(sum.code, hit.points + (!isOne && firsts.get(hit.flow) === last ? LAST_CODE : 0));
    sum.isSure = true;
    for (let n = hit.from; n <= hit.to; n += 1) sum.spelled.add(pasted.tokens[n].word);
    sum.codes.push(hit);
  }
};

/** Tells whether so much of a message stands in the text that it is the one. */
const isEnough = (total, { points, pairs: found }, count, isDoubtful) => {
  const covered = Math.floor((points * 100) / Math.max(total, 1));
  if (isDoubtful) return points >= 16 * BIT && covered >= 70;
  const [first, last] = [found[0], found.at(-1)];
  const isRun = found.length >= 6 && last[1] - first[1] < found.length + 1 && last[0] - first[0] < found.length + 1;
  const isWholeText = found.length * 10 >= count * 6;
  return (points >= 20 * BIT && covered >= 55)
    || (points >= 32 * BIT && covered >= 35)
    || (points >= 14 * BIT && covered >= 85)
    || (points >= 18 * BIT && isRun)
    || (points >= 9 * BIT && covered >= 85 && isWholeText);
};

/** Tells whether a text has another word where one stands that tells a signature from others like it. As `search/siblings.rs` does it. */
const isContradicted = ({ signature, pairs: found }, count) => {
  const [at, taken] = [new Map(found), new Set(found.map(([, word]) => word))];
  const isOther = (word) => word >= 0 && word < count && !taken.has(word);
  return (telling.get(signature) ?? []).filter((part) => !at.has(part)).some((part) => {
    const [behind, before] = [at.get(part - 1), at.get(part + 1)];
    return (behind !== undefined && isOther(behind + 1)) || (before !== undefined && isOther(before - 1));
  });
};

const addMessages = (pasted, sums, isDoubtful) => {
  const count = pasted.tokens.filter(({ word }) => !/[0-9]/.test(word)).length;
  const hits = signaturesIn(pasted).sort((a, b) => b.points - a.points || a.signature - b.signature);
  for (const hit of hits) {
    const { flow, units, total } = signatures[hit.signature];
    const sum = sumOf(sums, flow);
    if (isContradicted(hit, pasted.tokens.length)) {
      sum.isContradicted = true;
      continue;
    }
    // An address says where something was asked, not what came of it.
    const beside = hit.pairs.reduce((points, [part, word]) => points + (pasted.isAddress[word] ? 0 : units[part].weight), 0);
    if (beside < 4 * BIT) continue;
    const enough = isEnough(total, hit, count, isDoubtful);
    const isNew = ([, word]) => !sum.covered.includes(word) && !sum.spelled.has(pasted.tokens[word].word);
    const added = hit.pairs.filter(isNew).reduce((points, [part]) => points + units[part].weight, 0);
    sum.isSure ||= enough;
    // What the code says is not said twice.
    const isPart = hit.points >= 8 * BIT && hit.points * 5 >= total * 2 && added >= 4 * BIT;
    if (!enough && !isPart) continue;
    // What is not there whole says less: where nearly nothing is, half.
    sum.message += Math.floor((Math.min(added, hit.points) * (total + Math.min(hit.points, total))) / (2 * Math.max(total, 1)));
    sum.covered.push(...hit.pairs.map(([, word]) => word));
    if (added < 4 * BIT || hit.pairs.length === 0) continue;
    const [from, to] = [hit.pairs[0][1], hit.pairs.at(-1)[1]];
    sum.best ??= { points: Math.min(added, hit.points), from, to };
    if (hit.points * 100 >= total * 85) sum.whole ??= { points: hit.points, from };
  }
};

/** Tells which flows stand there with a code, or with a whole message in words that do not speak for the other: general, specific. */
const apartPairs = (sums) => {
  /** As many words make a message. */
  const LEAST = 4;
  const sure = [...sums].filter(([, { isSure }]) => isSure);
  const isApart = (outer, sum) =>
    sum.codes.length > 0 || (sum.whole !== null && sum.covered.filter((word) => !outer.covered.includes(word)).length >= LEAST);
  const of = ([general, outer]) =>
    sure.filter(([, sum]) => isApart(outer, sum)).map(([specific]) => `${general} ${specific}`);
  return new Set(sure.flatMap(of));
};

/** Returns which flows have their codes, or a whole message, behind all that speaks for another flow: general, specific. A message is that of the same product. */
const behindPairs = (sums) => {
  const found = new Set();
  for (const [general, outer] of sums) {
    const ended = outer.codes.filter(({ isNumber: isPlain }) => !isPlain).map(({ to }) => to);
    if (ended.length === 0) continue;
    const code = ended.reduce((least, to) => Math.min(least, to));
    const message = outer.best && outer.best.points >= LEAST_SPECIFIC && outer.best.from > code ? outer.best.to : code;
    const isSame = (specific) => DATA.flows[specific][PRODUCT] === DATA.flows[general][PRODUCT];
    const isBehind = (specific, { codes: own, whole }) =>
      own.length > 0
        ? own.every(({ isNumber: isPlain, from }) => !isPlain && from > message)
        : isSame(specific) && whole !== null && whole.points >= LEAST_SPECIFIC && whole.from > message;
    for (const [specific, sum] of sums) if (isBehind(specific, sum)) found.add(`${general} ${specific}`);
  }
  return found;
};

const sortMatches = (matches) => matches.sort((a, b) => b.points - a.points || a.flow - b.flow);

/** Puts a flow that another one hands off to before that one, if it stands there by itself; so one whose code or message is behind the other. */
const specificFirst = (matches, apart, behind) => {
  const BEST = 5;
  const best = matches.slice(0, BEST);
  const { handOffs } = DATA;
  for (const { flow: general } of best) {
    for (const { flow: specific } of best) {
      if (general === specific) continue;
      const [handsOff, isBack] = [handOffs[general].includes(specific), handOffs[specific].includes(general)];
      const pair = `${general} ${specific}`;
      const isInside = (handsOff && !isBack && apart.has(pair)) || ((handsOff || !isBack) && behind.has(pair));
      const { points } = best.find(({ flow }) => flow === general);
      const one = best.find(({ flow }) => flow === specific);
      if (isInside && LEAST_SPECIFIC <= one.points && one.points <= points) one.points = points + BIT;
    }
  }
  sortMatches(matches);
};

/** Returns the fragments of the text that speak for a flow. */
const whyOf = (pasted, sum) => {
  const fragment = (from, to) => shorten(oneLine(pasted.text.slice(pasted.tokens[from].start, pasted.tokens[to].end)));
  const all = sum.codes.map(({ from, to }) => ({ evidence: 'code', fragment: fragment(from, to) }));
  if (sum.best) all.push({ evidence: 'message', fragment: fragment(sum.best.from, sum.best.to) });
  if (sum.whyWords || all.length === 0) all.push({ evidence: 'words', fragment: fragment(0, pasted.tokens.length - 1) });
  const isFirst = (one, n) => all.findIndex((other) => other.fragment === one.fragment) === n;
  return all.filter(isFirst).slice(0, 4);
};

/** Ranks the flows by a pasted or typed text: those that fit, best first, with why; the nearest by topic where none does. */
const rank = (whole) => {
  const pasted = readText(whole);
  const sums = new Map();
  const { hits, hasUnknown } = codesIn(pasted);
  // Beside a code that is known, one that is not is some detail.
  const isDoubtful = hits.length === 0 && hasUnknown;
  addCodes(pasted, sums, hits);
  addMessages(pasted, sums, isDoubtful);
  for (const [flow, sum] of sums) sum.share = Math.min(Math.floor((sum.message * 1000) / Math.max(DATA.says[flow], 1)), 1000);
  const byTopic = isDoubtful ? [] : fewWords(pasted);
  const vague = isVague(pasted);
  for (const { flow, points } of vague ? [] : byTopic) {
    const sum = sumOf(sums, flow);
    if (sum.isContradicted && !sum.isSure) continue;
    sum.whyWords = points > pointsFor(sum);
    [sum.words, sum.isSure] = [points, true];
  }
  let matches = [...sums].filter(([, { isSure }]) => isSure).map(([flow, sum]) => ({ flow, points: pointsFor(sum), sum }));
  specificFirst(sortMatches(matches), apartPairs(sums), behindPairs(sums));
  matches = matches.filter(({ points }) => points * 4 >= matches[0].points);
  return {
    matches: matches.map(({ flow, points, sum }) => ({ flow, score: scoreOf(points), why: whyOf(pasted, sum) })),
    nearest: matches.length > 0 ? [] : vague ? byTopic.slice(0, NEAREST).map(({ flow }) => flow) : nearest(pasted),
  };
};
