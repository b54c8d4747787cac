/* Knows the index: the sentences of all reports, their readings and their amounts. Leaves searching it to find. */

const HEADING = 1, NOTED = 2, NAMED = 4, TARGET = 8, RESULT = 16, PLANNED = 32, REVIEWED = 64;
/* What a whole index holds; of a collection, the parts that were read stand in 80-collection.js. */
const parts = [];
const reports = [];
const sections = [];
const said = new Map();
const letters = new Uint16Array(0x10000);
const syllables = new Set();
const entries = new Map();
/* Other names of measures, folded, and what the vocabulary calls these: 社零, 社会消费品零售总额. */
const otherNames = new Map();

function start(head) {
  for (let i = 0, all = [...head.forms]; i + 1 < all.length; i += 2) forms.set(all[i], all[i + 1]);
  table.fill(UNKNOWN);
  learn(head.units);
  for (const [name, label] of head.also || []) otherNames.set(fold(name), label);
  if (head.readings) hear(head.readings);
}
/* Learns the usual readings: "ya亚压 yun运云". */
function hear(readings) {
  for (const group of readings.split(" ")) {
    const [reading] = /^[a-z]*/.exec(group);
    syllables.add(reading);
    for (const c of group.slice(reading.length)) {
      for (const one of [c, plain(c)]) {
        if (one !== c && said.has(one)) continue;
        said.set(one, reading);
        if (one.length === 1) letters[one.charCodeAt(0)] = reading.charCodeAt(0);
      }
    }
  }
}
function entry(words, kind, count) {
  const key = fold(words);
  if (key.length < 2) return;
  const known = entries.get(key);
  if (known) { known.count += count; return; }
  const heard = [...key].map((c) => said.get(c) || c);
  entries.set(key, { words, key, kind, count, heard, sound: heard.join(""), first: heard.map((s) => s[0]).join("") });
}
/* A part: sentences with their folded texts, joined so that a search over all of them is one search. */
function partOf(sentences, sectionOf) {
  const part = { rows: [], starts: [], text: "", order: 0 };
  const texts = [];
  let at = 0;
  for (const [id, section, text, flags = 0, unusual, figures = []] of sentences) {
    const folded = fold(text);
    part.rows.push({ id, section: sectionOf(section), text, folded, flags, unusual: unusual || [], figures, place: part.rows.length, part });
    part.starts.push(at);
    texts.push(folded);
    at += folded.length + 1;
  }
  part.text = `${texts.join("\n")}\n`;
  return part;
}
function addReport(name, place, year) {
  const report = { name, place, year, number: reports.length };
  reports.push(report);
  return report;
}
/* Adds a report of a whole index. */
function add(report) {
  const offset = sections.length;
  for (const [page, label] of report.sections) sections.push({ page, label, report: report.name, number: sections.length });
  const part = partOf(report.sentences, (section) => offset + section);
  for (const { unusual, flags, text, figures } of part.rows) {
    for (let i = 1; i < unusual.length; i += 2) syllables.add(unusual[i]);
    if (flags & HEADING) entry(text.replace(/^[（(]?[一二三四五六七八九十\d]+[）)、.．]\s*|[。：:]$/g, ""), "章节", 1);
    for (const figure of figures) entry(figure[3], "指标", 1);
  }
  for (const [name, count] of report.names) entry(name, "名称", count);
  part.order = parts.length;
  part.report = addReport(report.name, report.place || "", report.year || 0);
  part.report.promises = report.promises || "";
  parts.push(part);
}
function amountsOf(part) {
  if (!part.amounts) {
    part.amounts = amounts(part.text);
    part.amountAt = new Map(part.amounts.map((a) => [a.start, a]));
  }
  return part.amounts;
}
/* The first letters of the pinyin of a part, one per character, and the unusual readings by position. */
function soundsOf(part) {
  if (part.first) return part;
  const codes = new Uint16Array(part.text.length);
  for (let i = 0; i < codes.length; i++) {
    const code = part.text.charCodeAt(i);
    codes[i] = letters[code] || (code === 10 || (code >= 97 && code <= 122) || (code >= 48 && code <= 57) ? code : 45);
  }
  part.odd = new Map();
  for (const row of part.rows) {
    if (!row.unusual.length) continue;
    const from = placesOf(row);
    for (let i = 0; i < row.unusual.length; i += 2) {
      const at = part.starts[row.place] + before(from, row.unusual[i]);
      part.odd.set(at, row.unusual[i + 1]);
      codes[at] = row.unusual[i + 1].charCodeAt(0);
    }
  }
  part.first = fromCodes(codes);
  return part;
}
function readSo(part, at, way) {
  for (let i = 0; i < way.length; i++) if ((part.odd.get(at + i) || said.get(part.text[at + i])) !== way[i]) return false;
  return true;
}
function before(sorted, value) {
  let low = 0, high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (sorted[middle] <= value) low = middle; else high = middle - 1;
  }
  return low;
}
