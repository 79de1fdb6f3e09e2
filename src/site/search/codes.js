// Codes: which words of a pasted text are codes. As `search/codes.rs` does it; the lists of words come with the index.

const asSet = (name) => new Set(DATA.lists[name]);
const [ERROR_WORDS, CODE_WORDS, OTHER_CODES, FILLERS, UNITS] = ['errorWords', 'codeWords', 'otherCodes', 'fillers', 'units'].map(asSet);
/** How far back a word is looked for that makes a number a code. */
const REACH = 4;
const ANNOUNCING = ['errorcode', 'error_code', 'code', 'gatewaypipelineerrorcode', 'fehlercode'];
const CARRYING = ['with', 'w', 'mit', 'con', 'avec'];
const COUNTING = ['total', 'count', 'found', 'of', 'had'];
const NAMING = ['error', 'fehler', 'エ'];
const NEAR_GAP = /^[\p{White_Space}:="'#([\\\-,.{`*/“”‘’：]*$/u;

const isDigits = (word) => /^[0-9]+$/.test(word);

/** Returns what the codes of a family begin with: the letters before the number. */
const letterFamily = (word) => /^([a-z]*)[0-9]*$/.exec(word)?.[1] ?? word;

/** Tells whether a word is letters and then a number. */
const isNumbered = (word) => {
  const found = /^([a-z]*)([0-9]*)$/.exec(word);
  return found !== null && found[2].length >= 4 && found[1].length >= 2 && word.length <= 20;
};

/** Tells whether a word looks like a code and like nothing else. */
const isCode = ({ word, humps }) => {
  const hasLetter = /[a-z]/.test(word);
  const isJoined = word.includes('_') && hasLetter && size(word) >= 6;
  return isNumbered(word) || isJoined || (humps >= 2 && size(word) >= 8 && hasLetter);
};

/** Tells whether a word is a number as long as codes are. */
const isNumber = (word) => /^[0-9]{4,7}$/.test(word);

/** Tells whether a word stands where a code is expected. */
const isAnnounced = (text, all, n) => {
  if (n === 0) return false;
  const gap = text.slice(all[n - 1].end, all[n].start);
  return /[:=]/.test(gap) && size(gap) <= 12 && !/[{[,]/.test(gap) && ANNOUNCING.includes(all[n - 1].word);
};

/** Tells whether a number is not a part of something longer, nor a count. */
const isAlone = (text, all, n) => {
  const { start, end } = all[n];
  const isJoinedBehind = /^[-.:/%@][\p{Alphabetic}\p{N}]/u.test(text.slice(end, end + 3));
  const isError = () => n > 0 && all[n - 1].end + 1 === start && ERROR_WORDS.has(all[n - 1].word);
  const isJoinedBefore = start > 0 && './@$€+-'.includes(text[start - 1]) && !(text[start - 1] === '-' && isError());
  const next = all[n + 1];
  const isCounted = next !== undefined && /^ *$/.test(text.slice(end, next.start)) && UNITS.has(next.word);
  return !isJoinedBehind && !isJoinedBefore && !isCounted;
};

const isNamedBefore = (text, all, n) => {
  let before = '';
  for (let at = n - 1; at >= Math.max(0, n - 6) && [...all[at].word].every((c) => isIdeograph(c.codePointAt(0))); at -= 1) before = all[at].word + before;
  if (DATA.lists.ideographs.some((ending) => before.endsWith(ending))) return true;
  for (let at = n - 1; at >= Math.max(0, n - REACH); at -= 1) {
    const [{ word, start, end }, next] = [all[at], all[at + 1]];
    const gap = text.slice(end, next.start);
    if (!NEAR_GAP.test(gap) || gap.includes('\n\n') || (next.isAfterLine && !/[:=]/.test(gap))) return false;
    if (gap.includes('/') && word !== 'w') return false;
    if (ERROR_WORDS.has(word)) return true;
    if (CODE_WORDS.has(word)) {
      const other = all[at - 1];
      const isOther = other !== undefined && /^[ \-_]*$/.test(text.slice(other.end, start)) && OTHER_CODES.has(other.word);
      return !isOther;
    }
    if (CARRYING.includes(word)) return at > 0 && DATA.lists.endings.some((ending) => all[at - 1].word.startsWith(ending));
    const isList = isNumber(word) && gap.includes(',');
    if (!isList && !FILLERS.has(word)) return false;
  }
  return false;
};

const isNamedAfter = (text, all, n) => {
  const next = all[n + 1];
  if (next === undefined || !/^[ -]*$/.test(text.slice(all[n].end, next.start)) || !NAMING.includes(next.word)) return false;
  const isCounted = all[n + 2] !== undefined && UNITS.has(all[n + 2].word);
  const isCount = n > 0 && COUNTING.includes(all[n - 1].word);
  return !isCounted && !isCount;
};

/** Tells whether the text begins with the number, a colon and a word. */
const begins = (text, all, n) =>
  n === 0 && all.length > 1 && text.slice(all[0].end, all[1].start).startsWith(': ') && !isDigits(all[1].word);

/** Tells whether nothing but the number was typed. */
const isAll = (all, n) => {
  const saysNothing = (word) => ERROR_WORDS.has(word) || CODE_WORDS.has(word) || FILLERS.has(word);
  return all.length <= 4 && all.every(({ word }, at) => at === n || saysNothing(word));
};

/** Tells whether a number in a text is an error's code. */
const isNumberCode = (text, all, n) =>
  isAlone(text, all, n) && (isNamedBefore(text, all, n) || isNamedAfter(text, all, n) || isAll(all, n) || begins(text, all, n));
