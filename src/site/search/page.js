// The page: the form is shown, and what is typed or pasted into it is searched for. All that is shown is put in as text.

/** What acts instead of being read, as `text.rs` knows it. */
const HOSTILE = new RegExp(
  '[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f'
    + '\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\uffa0\\ufff0-\\ufffb\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}\\u{e0000}-\\u{e0fff}]',
  'gu',
);

/** Returns a text as one line in which nothing acts. */
const oneLine = (text) => text
  .replace(/\r\n/g, '\n')
  .replace(HOSTILE, (c) => `\\u{${c.codePointAt(0).toString(16)}}`)
  .split(/\p{White_Space}+/u).filter(Boolean).join(' ');

/** Returns at most 90 columns of a line. What is wide in a terminal counts twice; emoji of several parts may be counted otherwise there. */
const shorten = (line) => {
  const WIDE = /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6fc}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;
  const widthOf = (c) => (WIDE.test(c) ? 2 : /[\p{Mn}\p{Me}]/u.test(c) ? 0 : 1);
  const [FRAGMENT, all] = [90, [...line]];
  if (all.reduce((sum, c) => sum + widthOf(c), 0) <= FRAGMENT) return line;
  let [out, used] = ['', 0];
  for (const c of all) {
    used += widthOf(c);
    if (used + 1 > FRAGMENT) break;
    out += c;
  }
  return `${out.replace(/\p{White_Space}+$/u, '')}…`;
};

const form = document.getElementById('search');
const field = document.getElementById('search-text');
const results = document.getElementById('search-results');
const said = document.getElementById('search-said');

/** Milliseconds without a key after which is searched: so soon that it follows the typing, so late that it does not stop it. */
const PAUSE = 200;
/** As many errors are shown. */
const MOST = 5;

const element = (name, className, ...children) => {
  const made = document.createElement(name);
  made.className = className;
  made.append(...children);
  return made;
};

/** Makes the line of an error: a link to its page, its product, and why it fits. */
const lineOf = (flow, why) => {
  const [page, code, title, product] = DATA.flows[flow];
  const link = element('a', '', element('span', 'code', code), ` ${title}`);
  link.href = page;
  const reasons = why.map(({ evidence, fragment }) => element('p', 'why', `${evidence}: `, element('q', '', fragment)));
  return element('li', '', link, ' ', element('span', 'severity', product), ...reasons);
};

const show = () => {
  const text = field.value;
  const { matches, nearest: near } = /\S/.test(text) ? rank(text) : { matches: [], nearest: [] };
  const lines = matches.slice(0, MOST).map(({ flow, score, why }) => {
    const line = lineOf(flow, why);
    line.dataset.score = score;
    return line;
  });
  const nothing = near.length > 0 ? 'No error on these pages fits this text. Nearest by topic:' : 'No error on these pages fits this text.';
  const some = `${matches.length} ${matches.length === 1 ? 'error fits' : 'errors fit'}${matches.length > MOST ? `, the best ${MOST}:` : matches.length > 1 ? ', the best first:' : ':'}`;
  said.textContent = /\S/.test(text) ? (matches.length > 0 ? some : nothing) : '';
  results.replaceChildren(...(lines.length > 0 ? lines : near.map((flow) => lineOf(flow, []))));
  results.className = lines.length > 0 ? 'errors found' : 'errors near';
};

let waiting = 0;
field.addEventListener('input', () => {
  clearTimeout(waiting);
  waiting = setTimeout(show, PAUSE);
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  show();
});
// Enter searches, as in every search; with Shift it begins a line. What an input method takes is left to it.
field.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});
// A browser that goes back to the page may bring the text with it.
addEventListener('pageshow', () => { if (field.value) show(); });
form.hidden = false;
