// Text: a pasted text as letters, and these as words. As `search/letters.rs` and `search/tokens.rs` do it.
//
// The places are counted in UTF-16 units here and in bytes there. That makes no difference: they only cut pieces out of the text, and
// where a length counts it is taken with `size`, in bytes.

/** Returns how many bytes a text has in UTF-8. */
const size = (text) => {
  let bytes = 0;
  for (const c of text) {
    const code = c.codePointAt(0);
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
};

const isWithin = (code, ranges) => ranges.some(([first, last]) => first <= code && code <= last);

/** Letters that are not seen: soft hyphen, zero width, direction, byte order; combining accents, variation selectors. */
const UNSEEN = [[0xad, 0xad], [0x200b, 0x200f], [0x202a, 0x202e], [0x2060, 0x2064], [0xfeff, 0xfeff], [0x300, 0x36f], [0xfe00, 0xfe0f]];
const APOSTROPHES = [0x2018, 0x2019, 0x201b, 0x2032, 0xff07, 0xb4];
const SPACES = [[0xa0, 0xa0], [0x2000, 0x200a], [0x202f, 0x202f], [0x3000, 0x3000]];
const LINES = [0x85, 0x2028, 0x2029];
const [NONE, LINE, SPACE] = [-1, 0x0a, 0x20];

/** Drops what is not seen, and writes what only looks different as what it is. */
const plain = (code) => {
  if (code < 0x80) return code;
  if (isWithin(code, UNSEEN)) return NONE;
  if (APOSTROPHES.includes(code)) return 0x27;
  if (isWithin(code, SPACES)) return SPACE;
  if (LINES.includes(code)) return LINE;
  return 0xff01 <= code && code <= 0xff5e ? code - 0xfee0 : code;
};

/** Reads the number of a character; one that no character has is a space. */
const numbered = (code) => (code > 0x10ffff || (0xd800 <= code && code <= 0xdfff) ? SPACE : plain(code));

const ESCAPE = /(\\+)(?:u([0-9a-fA-F]{4})|([nrt]))?/y;
const ENTITY = /&(?:amp;)*(?:(quot|apos|lt|gt|nbsp);|#[xX]([0-9a-fA-F]{1,6});|#([0-9]{1,6});)?/y;
const PERCENT = /%(?:25(?=[0-9a-fA-F]{2}))*([0-9a-fA-F]{2})/y;
const NAMED = { quot: 0x22, apos: 0x27, lt: 0x3c, gt: 0x3e, nbsp: SPACE };

const matchAt = (pattern, text, at) => {
  pattern.lastIndex = at;
  return pattern.exec(text);
};

/** Reads what begins with a backslash, an ampersand or a percent sign: the character and how long it is written. */
const escaped = (text, at, code) => {
  if (code === 0x5c) {
    const [all, slashes, hex, letter] = matchAt(ESCAPE, text, at);
    if (hex) return [numbered(parseInt(hex, 16)), all.length];
    return letter ? [letter === 't' ? SPACE : LINE, all.length] : [0x5c, slashes.length];
  }
  if (code === 0x26) {
    const [all, name, hex, decimal] = matchAt(ENTITY, text, at);
    if (name) return [NAMED[name], all.length];
    if (hex) return [numbered(parseInt(hex, 16)), all.length];
    return [decimal ? numbered(parseInt(decimal, 10)) : 0x26, all.length];
  }
  const found = matchAt(PERCENT, text, at);
  if (!found) return [0x25, 1];
  const value = parseInt(found[1], 16);
  const read = value === 0x0a || value === 0x0d ? LINE : 0x21 <= value && value <= 0x7e ? value : SPACE;
  return [read, found[0].length];
};

/** Reads the escapes of a text: the characters, and where each began. */
const letters = (text) => {
  const [codes, starts] = [new Uint32Array(text.length), new Uint32Array(text.length)];
  let count = 0;
  for (let at = 0; at < text.length;) {
    const code = text.codePointAt(at);
    let [read, length] = [code, 1];
    if (code === 0x5c || code === 0x26 || code === 0x25) [read, length] = escaped(text, at, code);
    else if (code >= 0x80) [read, length] = [plain(code), code > 0xffff ? 2 : 1];
    if (read !== NONE) {
      codes[count] = read;
      starts[count] = at;
      count += 1;
    }
    at += length;
  }
  return { codes, starts, count };
};

const ACCENTS = 'aaaaaaaceeeeiiiidnooooo*ouuuuypsaaaaaaaceeeeiiiidnooooo*ouuuuypy';
const PARTING = [
  [0x2000, 0x206f], [0x20a0, 0x20cf], [0x2100, 0x2bff], [0x3000, 0x3004], [0x3008, 0x3020], [0x30fb, 0x30fb], [0xd7b0, 0xf8ff],
  [0xfe10, 0xfe6f], [0xff5f, 0xff65], [0xfff0, 0xffff], [0x1f000, 0x1ffff], [0xe0000, 0x10ffff],
];

/** Returns a letter or digit in lower case without its accent; 0 when the character parts words. */
const fold = (code) => {
  if (code < 0x80) {
    if ((0x61 <= code && code <= 0x7a) || (0x30 <= code && code <= 0x39)) return code;
    return 0x41 <= code && code <= 0x5a ? code + 0x20 : 0;
  }
  if (code < 0xc0) return 0;
  if (code <= 0xff) return code === 0xd7 || code === 0xf7 ? 0 : ACCENTS.charCodeAt(code - 0xc0);
  if ((0x100 <= code && code <= 0x137) || (0x14a <= code && code <= 0x177)) return code | 1;
  if ((0x139 <= code && code <= 0x148) || (0x179 <= code && code <= 0x17e)) return code + (code % 2);
  if ((0x391 <= code && code <= 0x3a9) || (0x410 <= code && code <= 0x42f)) return code + 0x20;
  if (0x400 <= code && code <= 0x40f) return code + 0x50;
  return isWithin(code, PARTING) ? 0 : code;
};

const IDEOGRAPHS = [[0x2e80, 0xd7af], [0xf900, 0xfaff], [0xff66, 0xffef], [0x20000, 0x3ffff]];
const isIdeograph = (code) => code >= 0x2e80 && isWithin(code, IDEOGRAPHS);
const isUpper = (code) => 0x41 <= code && code <= 0x5a;
const isLower = (code) => 0x61 <= code && code <= 0x7a;

/** Cuts a text into its words: each with where it stands, whether a line ends before it, and how many words its capitals make of it. */
const tokens = (text) => {
  const { codes, starts, count } = letters(text);
  const folded = (at) => (at < count ? fold(codes[at]) : 0);
  // A word goes on past an underscore, which is kept, and past an apostrophe, which is not.
  const goesOn = (at, word) => {
    if (codes[at] === 0x5f) return folded(at + 1) ? '_' : null;
    if (codes[at] !== 0x27 || !isLower(word.charCodeAt(word.length - 1))) return null;
    const [one, two, three] = [1, 2, 3].map((n) => { const c = folded(at + n); return c ? String.fromCodePoint(c) : ' '; });
    const isEnding = ('tsdm'.includes(one) && two === ' ') || ('rv'.includes(one) && two === 'e' && three === ' ') || (one === 'l' && two === 'l' && three === ' ');
    return isEnding ? '' : null;
  };
  const found = [];
  let isAfterLine = false;
  for (let at = 0; at < count;) {
    if (!folded(at)) {
      isAfterLine ||= codes[at] === LINE;
      at += 1;
      continue;
    }
    const first = at;
    let [word, humps, wasUpper] = ['', 0, false];
    for (; at < count; at += 1) {
      const letter = folded(at);
      if (!letter) {
        const kept = goesOn(at, word);
        if (kept === null) break;
        word += kept;
        continue;
      }
      if (at > first && (isIdeograph(codes[at]) || isIdeograph(codes[at - 1]))) break;
      const upper = isUpper(codes[at]);
      const endsCapitals = wasUpper && upper && at + 1 < count && isLower(codes[at + 1]);
      if (at === first || (upper && !wasUpper) || endsCapitals) humps += 1;
      wasUpper = upper;
      word += String.fromCodePoint(letter);
    }
    found.push({ word, start: starts[first], end: at < count ? starts[at] : text.length, isAfterLine, humps });
    isAfterLine = false;
  }
  return found;
};

/** Returns what a word has in common with its plural and its other forms. */
const stem = (word) => {
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
  if (/..(?:ies|ied)$/.test(word)) return `${word.slice(0, -3)}y`;
  let short = /[^sui]s$/.test(word) ? word.slice(0, -1) : word;
  if (/...ing$/.test(short)) short = short.slice(0, -3);
  else if (/...ed$/.test(short)) short = short.slice(0, -2);
  return /...e$/.test(short) ? short.slice(0, -1) : short;
};
