/* Knows what a query means: a sentence is right when it holds every word. Takes a query apart, finds its words and orders
   what is right. Leaves pages to search-dialog.js and what a reader may have meant to search-offers.js. */

const OPEN = /["“”「『]/, CLOSE = { "“": "”", "”": "”", "「": "」", "『": "』", '"': '"' };

function textWord(text) {
  const bare = text.normalize("NFKC");
  const letters = bare.toLowerCase().replace(/[üǖǘǚǜ]/g, "v").normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[’‘ʼ`]/g, "'").replace(/\s/g, "");
  const isLetters = /^'*[a-z][a-z']*$/.test(letters);
  const folded = isLetters ? letters.replace(/'/g, "") : fold(text);
  const also = otherNames.get(folded);
  return { kind: "text", text, folded, letters: isLetters && !also ? letters : "", capital: /[A-Z]/.test(bare), also };
}
/* The words of a query: separated by white space; a quoted phrase is one word; questions about figures. */
function wordsOf(query) {
  const words = [];
  const push = (word) => {
    if (word.kind !== "text" || word.folded) if (!words.some((w) => w.kind === word.kind && (w.folded || w.text) === (word.folded || word.text))) words.push(word);
  };
  const asked = query.replace(/([<>≥≤＞＜]=?|(?:单位|排名|位次)[:：])\s+/g, "$1");
  for (let rest = asked.trim(); rest; rest = rest.trimStart()) {
    if (OPEN.test(rest[0])) {
      let end = rest.indexOf(CLOSE[rest[0]], 1);
      if (end < 0 && rest[0] !== '"') end = rest.indexOf('"', 1);
      if (end < 0) end = rest.length;
      if (end >= rest.length - 1 || /\s/.test(rest[end + 1])) {
        push(textWord(rest.slice(1, end)));
        rest = rest.slice(end + 1);
        continue;
      }
    }
    const [whole] = /^\S+/.exec(rest);
    rest = rest.slice(whole.length);
    // A number while it is typed: 199. is 199 until a digit follows.
    const text = whole.replace(/(\d)[.．,，]+$/, "$1");
    const figure = figureWord(text);
    if (figure && figure.folded) figure.written = textWord(text);
    if (figure && figure.folded && parts.some((part) => part.text.includes(figure.folded))) push(figure.written);
    else push(figure || textWord(text));
  }
  return words;
}
/* The spans of each word. A word with punctuation that is not found is replaced by its parts. */
function resolved(words) {
  const found = [];
  for (const word of words) {
    const spans = spansOf(word);
    const smaller = spans.some((s) => s.length) ? [] : smallerWords(word);
    if (smaller.length) found.push(...smaller.map((w) => ({ word: w, spans: spansOf(w) })));
    else found.push({ word, spans });
  }
  return found;
}
/* The parts of a word with punctuation; none of any other word. */
function smallerWords(word) {
  if (word.kind !== "text" || !/[，。；：、！？,;:!?]/.test(word.text)) return [];
  const smaller = word.text.split(/[，。；：、！？,;:!?]+/).map(textWord).filter((w) => w.folded);
  return smaller.length > 1 || (smaller.length && smaller[0].folded !== word.folded) ? smaller : [];
}
function bySentence(part, spans) {
  const rows = new Map();
  let row = 0;
  const sorted = spans.length > 2 && spans.some((s, i) => i > 1 && i % 2 === 0 && s < spans[i - 2]) ? merged(spans, []) : spans;
  for (let i = 0; i < sorted.length; i += 2) {
    while (row + 1 < part.starts.length && part.starts[row + 1] <= sorted[i]) row++;
    const list = rows.get(row);
    if (list) list.push(sorted[i], sorted[i + 1]); else rows.set(row, [sorted[i], sorted[i + 1]]);
  }
  return rows;
}
/* Whether the words follow each other directly, in the order of the query. */
function together(lists) {
  let ends = new Set();
  lists.forEach((spans, n) => {
    const next = new Set();
    for (let i = 0; i < spans.length; i += 2) if (!n || ends.has(spans[i])) next.add(spans[i + 1]);
    ends = next;
  });
  return ends.size > 0;
}
function hitFigures(row, spans, found) {
  if (!row.figures.length) return [];
  const told = figuresOf(row);
  const asked = found.filter(({ word }) => word.kind === "rank" || word.kind === "figure");
  return row.figures.filter((figure, n) => {
    const [start, , end] = told[n];
    for (let i = 0; i < spans.length; i += 2) if (spans[i] < end && spans[i + 1] > start) return true;
    return asked.some(({ word }) => answers(figure, word));
  });
}
/* Whether a figure matches a question by its growth or rank, which stand outside its own words. */
function answers(figure, word) {
  if (word.kind === "rank") return (figure[6] || []).some((rank) => placed(rank, word.place));
  if (word.kind !== "figure" || !figure[10]) return false;
  const [grown] = amounts(fold(figure[10].replace("-", "")));
  return Boolean(grown) && word.fits({ ...grown, fall: figure[10][0] === "-" });
}
function passes(row, filter) {
  return !filter || ((!filter.figures || row.figures.length) && (!filter.notes || row.flags & NOTED) && (!filter.names || row.flags & NAMED) &&
    (!filter.targets || row.flags & TARGET) && (!filter.results || row.flags & RESULT) &&
    (!filter.plans || row.flags & PLANNED) && (!filter.reviews || row.flags & REVIEWED) && (!filter.report || filter.report(row.part.report)) &&
    (filter.section === undefined || filter.section === null || row.section === filter.section));
}
/* Whether a query finds anything. */
function finds(query) {
  const found = resolved(scoped(wordsOf(query)).words);
  return found.length > 0 && parts.some((part, n) => {
    if (found.some(({ spans }) => !(spans[n] || []).length)) return false;
    const maps = found.map(({ spans }) => bySentence(part, spans[n]));
    return [...maps[0].keys()].some((place) => maps.every((map) => map.has(place)));
  });
}
/* The hits of a part: {row, spans, rank, figures}. `lists` has the spans of each word of `found` in this part. */
function hitsIn(part, found, lists, filter) {
  const hits = [];
  const maps = lists.map((spans) => bySentence(part, spans));
  const [least] = maps.slice().sort((a, b) => a.size - b.size);
  for (const place of least.keys()) {
    const row = part.rows[place];
    if (!maps.every((map) => map.has(place)) || !passes(row, filter)) continue;
    const own = maps.map((map) => map.get(place));
    const spans = own.length > 1 ? merged(own.flat(), []) : own[0];
    const figures = hitFigures(row, spans, found);
    const rank = (own.length < 2 || together(own) ? 0 : 4) + (row.flags & HEADING ? 0 : figures.length ? 1 : 2);
    hits.push({ row, spans, rank, figures });
  }
  return hits;
}
/* All results in order: {words, hits, groups}. */
function search(query, given) {
  const { words, scopes, filter } = scoped(wordsOf(query), given);
  const found = resolved(words);
  const hits = found.length ? parts.flatMap((part, n) => hitsIn(part, found, found.map(({ spans }) => spans[n] || []), filter)) : [];
  const groups = new Map();
  hits.sort((a, b) => a.row.part.order - b.row.part.order || a.row.place - b.row.place);
  hits.forEach((hit, place) => {
    hit.place = place;
    const group = groups.get(hit.row.section);
    if (!group) groups.set(hit.row.section, { section: sections[hit.row.section], best: hit.rank, place, hits: [hit] });
    else { group.hits.push(hit); group.best = Math.min(group.best, hit.rank); }
  });
  const list = [...groups.values()].sort((a, b) => a.best - b.best || a.place - b.place);
  for (const group of list) group.hits.sort((a, b) => a.rank - b.rank || a.place - b.place);
  return { words, scopes, filter, hits, groups: list, found };
}
/* The spans of a hit as positions in the sentence's text: [start, end] in order, without overlaps. */
function spansInText({ row, spans }) {
  const from = placesOf(row);
  const home = row.part.starts[row.place];
  const out = [];
  for (let i = 0; i < spans.length; i += 2) {
    const start = from[spans[i] - home];
    const last = from[spans[i + 1] - 1 - home];
    const end = last + (row.text.codePointAt(last) > 0xffff ? 2 : 1);
    const previous = out[out.length - 1];
    if (previous && start <= previous[1]) previous[1] = Math.max(previous[1], end); else out.push([start, end]);
  }
  return out;
}
