(() => {
"use strict";

/* Knows how text and query are folded, so that they can be compared: width, case, traditional forms, dashes, white space,
   公里 and 千米. Leaves numbers to amounts. */

/* Quotation marks, dots within names, white space, and characters that nobody sees: soft hyphens, marks of direction and width. */
const DROPPED = /["'“”‘’「」『』《》〈〉·•・‧\s\p{Cf}\u034f\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u;
const DASH = /[‐-―－~～]/u;
const THOUSANDS = /(?<=\d),(?=\d{3}(?!\d))|(?<=[０-９])[，,](?=[０-９]{3}(?![０-９]))/g;
const forms = new Map();
const table = new Uint16Array(0x10000);
const UNKNOWN = 0, GONE = 1, LONG = 2;

function plain(character) {
  let folded = "";
  for (const c of character.normalize("NFKC").toLowerCase()) {
    if (!DROPPED.test(c)) folded += DASH.test(c) ? "-" : forms.get(c) || c;
  }
  return folded;
}
/* What a UTF-16 code folds to: a code, GONE (nothing), or LONG (several characters). */
function foldedCode(code) {
  if (table[code] === UNKNOWN) {
    const folded = plain(String.fromCharCode(code));
    table[code] = !folded || folded.charCodeAt(0) <= LONG ? GONE : folded.length > 1 ? LONG : folded.charCodeAt(0);
  }
  return table[code];
}
function folding(text, each) {
  const told = text.includes(",") || text.includes("，") ? text.replace(THOUSANDS, "\u2063") : text;
  for (let i = 0; i < told.length; i++) {
    const code = told.charCodeAt(i);
    if (code >= 0xd800 && code < 0xdc00 && i + 1 < told.length) {
      const folded = plain(told.slice(i, i + 2));
      for (let k = 0; k < folded.length; k++) each(folded.charCodeAt(k), i);
      i++;
      continue;
    }
    const made = foldedCode(code);
    if (made === LONG) {
      const folded = plain(told[i]);
      for (let k = 0; k < folded.length; k++) each(folded.charCodeAt(k), i);
    } else if (made !== GONE) each(made, i);
  }
}
function fromCodes(codes) {
  let text = "";
  for (let at = 0; at < codes.length; at += 8192) text += String.fromCharCode.apply(null, codes.slice(at, at + 8192));
  return text;
}
function sameUnits(folded) {
  return folded.includes("公") ? folded.replace(/公里/g, "千米").replace(/公斤/g, "千克") : folded;
}
function fold(text) {
  const codes = [];
  folding(text, (code) => codes.push(code));
  return sameUnits(fromCodes(codes));
}
/* The position of each folded character in the text. */
function places(text) {
  const from = [];
  folding(text, (_, at) => from.push(at));
  from.push(text.length);
  return from;
}
function placesOf(row) {
  return row.from || (row.from = places(row.text));
}

/* Knows the amounts of a folded text: 10.78亿元 = 107800万元 = 1078000000元; 千亿元 = 1000亿元; 百分之五 = 5%. Leaves which
   amounts a query asks for to find and figures. */

const DIGIT = { 零: 0, 〇: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 };
const POWER = { 万亿: 12, 千亿: 11, 百亿: 10, 亿: 8, 千万: 7, 百万: 6, 十万: 5, 万: 4, 千: 3, 百: 2 };
const NUMERALS = "零〇一二两三四五六七八九十百千万亿";
const SECTION = /^(?:([一二两三四五六七八九])?千)?(?:零?([一二两三四五六七八九])?百)?(?:零?([一二三四五六七八九])?十)?(?:[零〇]?([一二两三四五六七八九]))?$/;
const FALL = /(?:下降|减少|降低|回落|缩减|压减|下滑|收窄)了?约?$/;
const TIMES = new Set(["年", "月", "日", "届", "期"]);
/* Words after a number that are no units: the number is a name there (3月, 12级). */
const NAMING = ["月", "日", "级"];

/* Folded units of the vocabulary. `units`: unit to the characters that it must not stand before (元 before 旦). `baseOf`: unit to
   [base unit, power of ten]. */
const units = new Map();
const baseOf = new Map();
let amountPattern = patternOf([]);

/* Learns the units of the index: rows [unit, characters that it must not stand before, base unit, power of ten]. */
function learn(rows) {
  units.clear();
  baseOf.clear();
  for (const [word, notBefore = "", base = "", power = 0] of [...rows, ...NAMING.map((word) => [word])]) {
    const folded = fold(word);
    if (units.has(folded)) continue;
    units.set(folded, fold(notBefore));
    if (base) baseOf.set(folded, [fold(base), power]);
  }
  amountPattern = patternOf([...units].sort((a, b) => b[0].length - a[0].length));
}
function patternOf(rows) {
  const escaped = (text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
  const unit = ([word, notBefore]) =>
    escaped(word) + (notBefore ? `(?![${escaped(notBefore)}])` : "") + (/[a-z]$/.test(word) ? "(?![a-z])" : "");
  return new RegExp(
    `(百分之|千分之)?(?:(?<!\\d)(?<!\\d\\.)(\\d+(?:\\.\\d+)?)|([${NUMERALS}]+)(点[零〇一二三四五六七八九]+)?)` +
      "([多余来])?(万亿|千亿|百亿|亿|千万|百万|十万|万|千(?![米瓦克卡伏赫字分])|百(?![分帕]))?([多余来])?" +
      `(${rows.map(unit).join("|") || "(?!)"})?`, "g");
}

/* Digits and a power of ten in a form that is equal for equal values: "10.80" is 108e-1. */
function exact(digits, power) {
  const [whole, part = ""] = digits.split(".");
  const all = (whole + part).replace(/^0+/, "");
  const short = all.replace(/0+$/, "");
  return short ? `${short}e${power - part.length + all.length - short.length}` : "0";
}
function numeral(word) {
  for (const [mark, size] of [["亿", 1e8], ["万", 1e4]]) {
    const at = word.lastIndexOf(mark);
    if (at >= 0) {
      const above = at ? numeral(word.slice(0, at)) : 1;
      const below = at + 1 < word.length ? numeral(word.slice(at + 1)) : 0;
      return below < size ? above * size + below : NaN;
    }
  }
  const found = SECTION.exec(word);
  if (!word || !found) return NaN;
  const digit = (n, mark, size) => (found[n] ? DIGIT[found[n]] : word.includes(mark) ? 1 : 0) * size;
  return digit(1, "千", 1000) + digit(2, "百", 100) + digit(3, "十", 10) + (found[4] ? DIGIT[found[4]] : 0);
}
/* Chinese numerals as digits; "" if they are part of a word (一号, 百千万). */
function spelled(word, loose) {
  if ([...word].every((c) => c in DIGIT)) {
    return word.length >= 4 || loose ? [...word].map((c) => DIGIT[c]).join("") : "";
  }
  if (!loose && (word.length < 2 || !/[百千万亿]/.test(word))) return "";
  const value = numeral(word);
  return value > 0 && Number.isSafeInteger(value) ? String(value) : "";
}
/* All amounts of a folded text in order: position, value as written, and value in the base unit. */
function amounts(text) {
  const found = [];
  amountPattern.lastIndex = 0;
  for (let m = amountPattern.exec(text); m; m = amountPattern.exec(text)) {
    const start = m.index;
    let digits = m[2];
    if (digits === undefined) {
      const before = text[start - 1] || "";
      const whole = /[数几上双]/.test(before) ? "" : spelled(m[3], Boolean(m[1] || m[4] || m[6] || (m[8] && /.十|十./.test(m[3]))) || before === "第");
      if (!whole) { amountPattern.lastIndex = start + (m[1] || "").length + m[3].length; continue; }
      digits = m[4] ? `${whole}.${[...m[4].slice(1)].map((c) => DIGIT[c]).join("")}` : whole;
    }
    const unit = m[1] ? (m[1] === "百分之" ? "%" : "‰") : m[8] || "";
    const written = (m[6] || "") + unit;
    const power = m[6] ? POWER[m[6]] : 0;
    const [basic, more] = baseOf.get(unit) || [unit, 0];
    found.push({
      start, end: start + m[0].length, bare: start + m[0].length - (m[8] || "").length, digits, raw: exact(digits, 0),
      value: exact(digits, power), base: exact(digits, power + more), power, unit: basic, bareUnit: unit, written, scaled: power >= 4 || (!m[2] && /[万亿]/.test(m[3])),
      spelt: !m[2], fall: unit === "%" && FALL.test(text.slice(Math.max(start - 6, 0), start)),
    });
  }
  for (let i = found.length - 2; i >= 0; i--) {
    const low = found[i], high = found[i + 1];
    if (!low.written && high.written && high.start - low.end <= 2 && /^(?:--?|至|到)$/.test(text.slice(low.end, high.start))) {
      const [, more] = baseOf.get(high.bareUnit) || ["", 0];
      low.value = exact(low.digits, high.power);
      low.base = exact(low.digits, high.power + more);
      low.unit = high.unit;
      low.bareUnit = high.bareUnit;
      low.written = high.written;
      low.scaled = high.scaled;
    }
  }
  return found;
}
/* Whether an amount of the text matches the one in the query. */
function equal(asked, there) {
  if (asked.base === there.base) {
    if (!asked.unit || asked.unit === there.unit) return true;
    if (asked.unit === "元" && !there.unit && there.scaled) return true;
  }
  return !asked.written && !asked.spelt && asked.raw === there.raw;
}
/* Whether the unit in the text starts with the unit of the query: 3万吨 is found in 3万吨标准煤. */
function begins(asked, there) {
  const longer = asked.bareUnit !== "" && there.bareUnit.length > asked.bareUnit.length;
  return longer && there.bareUnit.startsWith(asked.bareUnit) && asked.value === there.value;
}

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

/* Knows where a word stands: as written, as an amount or as a reading. Each search gives spans [start, end, …] in a part's
   text. Leaves questions about figures to figures. */

function literal(part, word) {
  const spans = [];
  for (let at = part.text.indexOf(word); at >= 0; at = part.text.indexOf(word, at + 1)) spans.push(at, at + word.length);
  return spans;
}
/* Splits a word into pieces that must follow each other: amounts, letters that may be pinyin, and plain text. */
function pieces(word, heard) {
  const list = [];
  const rest = (text) => {
    if (!heard) { if (text) list.push({ text }); return; }
    for (const run of text.match(/[a-z]+|[^a-z]+/g) || []) list.push(/[a-z]/.test(run) ? { text: run, ways: split(run) } : { text: run });
  };
  let at = 0;
  for (const amount of amounts(word)) {
    rest(word.slice(at, amount.start));
    list.push({ amount });
    at = amount.end;
  }
  rest(word.slice(at));
  return list;
}
function follow(part, list, number, at, loose) {
  if (number === list.length) return at;
  const { text, amount, ways } = list[number];
  if (amount) {
    const there = part.amountAt.get(at);
    if (!there) return -1;
    if (!(equal(amount, there) || (loose && (whole(amount, there) || begins(amount, there))))) return -1;
    const digits = !amount.written && !amount.spelt && amount.digits === there.digits && number + 1 === list.length;
    const ends = digits ? [there.start + there.digits.length]
      : begins(amount, there) ? [there.bare + amount.bareUnit.length] : [there.end, there.bare];
    for (const end of ends) {
      const found = follow(part, list, number + 1, end, loose);
      if (found >= 0) return found;
    }
    return -1;
  }
  if (part.text.startsWith(text, at)) {
    const found = follow(part, list, number + 1, at + text.length, loose);
    if (found >= 0) return found;
  }
  for (const way of ways || []) {
    if (!readSo(part, at, way)) continue;
    const found = follow(part, list, number + 1, at + way.length, loose);
    if (found >= 0) return found;
  }
  return ways && part.first.startsWith(text, at) ? follow(part, list, number + 1, at + text.length, loose) : -1;
}
/* 2091 finds 2091.5 if no 2091 is found. */
function whole(asked, there) {
  return !asked.written && there.digits.startsWith(`${asked.digits}.`);
}
function inOrder(part, list, loose) {
  amountsOf(part);
  const spans = [];
  const from = (at) => {
    const end = follow(part, list, 0, at, loose);
    if (end > at) spans.push(at, end);
  };
  const [head] = list;
  if (head.amount) for (const there of part.amounts) from(there.start);
  else if (head.ways) { soundsOf(part); for (let at = 0; at < part.text.length; at++) from(at); }
  else {
    if (list.some((piece) => piece.ways)) soundsOf(part);
    for (let at = part.text.indexOf(head.text); at >= 0; at = part.text.indexOf(head.text, at + 1)) from(at);
  }
  return spans;
}
/* All ways to split letters into syllables of the index: xian is xian and xi'an. */
function split(letters, most = 32) {
  const ways = [];
  const go = (rest, way) => {
    if (ways.length >= most) return;
    if (!rest) { ways.push(way); return; }
    if (rest[0] === "'") { go(rest.slice(1), way); return; }
    for (let n = Math.min(6, rest.length); n > 0; n--) {
      const head = rest.slice(0, n);
      if (n < 2 && !/[aeo]/.test(head)) continue;
      if (syllables.has(head)) go(rest.slice(n), [...way, head]);
    }
  };
  go(letters, []);
  return ways;
}
function readAs(part, ways) {
  soundsOf(part);
  const spans = [];
  for (const way of ways) {
    const wanted = way.map((syllable) => syllable[0]).join("");
    for (let at = part.first.indexOf(wanted); at >= 0; at = part.first.indexOf(wanted, at + 1)) {
      if (readSo(part, at, way)) spans.push(at, at + way.length);
    }
  }
  return spans;
}
function initials(part, letters) {
  soundsOf(part);
  const spans = [];
  for (let at = part.first.indexOf(letters); at >= 0; at = part.first.indexOf(letters, at + 1)) spans.push(at, at + letters.length);
  return spans;
}

/* The ways to find a word without letters; the next one is tried if one finds nothing. `find` gives the spans of a part,
   `keys` what the lists of a collection are asked for. */
function ways(word) {
  if (word.kind !== "text") return [{ find: (part) => figured(part, word), keys: () => figureKeys(word) }];
  if (word.also) return [eitherOf([word.folded, fold(word.also)])];
  const { folded } = word;
  const list = pieces(folded, false);
  const figures = list.filter((piece) => piece.amount);
  const written = { find: (part) => literal(part, folded), keys: () => textKeys(folded) };
  if (!figures.length) return [written, ...numeralWay(folded)];
  const equals = { find: (part) => inOrder(part, list, false), keys: () => listKeys(list, false) };
  const only = figures.every((piece) => piece.amount.spelt);
  const both = { find: (part) => merged(written.find(part), equals.find(part)), keys: () => ({ any: [written.keys(), equals.keys()] }) };
  return [only ? both : equals, { find: (part) => inOrder(part, list, true), keys: () => listKeys(list, true) }];
}
/* Any of several texts. */
function eitherOf(texts) {
  return {
    find: (part) => texts.map((text) => literal(part, text)).reduce(merged), keys: () => ({ any: texts.map((text) => textKeys(text)) }),
  };
}
/* 七十九, which need not be an amount, finds 79枚 where it is not written so itself. */
function numeralWay(folded) {
  const digits = folded.length > 1 && [...folded].every((c) => NUMERALS.includes(c)) ? spelled(folded, true) : "";
  if (!digits) return [];
  const amount = { ...amounts(digits)[0], spelt: false };
  return [{ find: (part) => inOrder(part, [{ amount }], false), keys: () => listKeys([{ amount }], false) }];
}
/* The spans of every part, by each way to find a word. */
function* waysOf(word) {
  const everywhere = (find) => parts.map(find);
  if (word.letters) { yield* heardWays(word, everywhere); return; }
  for (const { find } of ways(word)) yield everywhere(find);
  const { folded } = word;
  if (word.kind === "text" && !word.also && /[a-z]/.test(folded) && /[^a-z]/.test(folded)) {
    parts.forEach(soundsOf);
    const heard = pieces(folded, true);
    yield everywhere((part) => inOrder(part, heard, false));
  }
}
function* heardWays(word, everywhere) {
  const { folded } = word;
  const there = everywhere((part) => literal(part, folded));
  const some = there.some((spans) => spans.length);
  // IP, JK: letters that occur as a word are not meant as pinyin.
  if (folded.length < 2 || (word.capital && some) || there.some((spans, n) => anyAlone(parts[n], spans))) { yield there; return; }
  parts.forEach(soundsOf);
  const spelt = split(word.letters);
  let heard = everywhere((part) => readAs(part, spelt));
  if (!heard.some((spans) => spans.length) && !word.letters.includes("'")) heard = everywhere((part) => initials(part, folded));
  yield there.map((spans, n) => (spans.length && heard[n].length ? merged(spans, heard[n]) : spans.length ? spans : heard[n]));
}
function anyAlone(part, spans) {
  return spans.some((at, i) => i % 2 === 0 && isAlone(part.text, at, spans[i + 1]));
}
function isAlone(text, start, end) {
  return !/[a-z]/.test(text[start - 1] || "") && !/[a-z]/.test(text[end] || "");
}
function merged(one, other) {
  const all = [];
  for (const spans of [one, other]) for (let i = 0; i < spans.length; i += 2) all.push([spans[i], spans[i + 1]]);
  all.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return all.filter((s, i) => !i || s[0] !== all[i - 1][0] || s[1] !== all[i - 1][1]).flat();
}
function spansOf(word) {
  let found = [];
  for (found of waysOf(word)) if (found.some((spans) => spans.length)) return found;
  return found;
}

/* Knows questions about figures: >10%, 100-200亿元, 单位:家, 排名:全省第一. Leaves ordinary words to find. */

function figured(part, word) {
  if (word.kind === "rank") return ranked(part, word);
  const spans = [];
  for (const there of amountsOf(part)) if (word.fits(there)) spans.push(there.start, there.end);
  if (word.kind === "unit" && !word.known) {
    part.rows.forEach((row) => row.figures.forEach((figure) => { if (figure[8] === word.unit) spans.push(...lighted(row, figure)); }));
  }
  return spans;
}
function ranked(part, word) {
  const spans = [];
  for (const row of part.rows) {
    for (const figure of row.figures) {
      if (!(figure[6] || []).some((rank) => placed(rank, word.place))) continue;
      const words = (figure[6] || []).map(([scope, , place]) => fold(scope + place)).filter((w) => row.folded.includes(w));
      const [start, end] = lighted(row, figure);
      const home = part.starts[row.place];
      const at = words.length ? row.folded.indexOf(words[0], Math.max(start - home, 0)) : -1;
      if (at >= 0) spans.push(home + at, home + at + words[0].length); else spans.push(start, end);
    }
  }
  return spans;
}
function placed([scope, what, place, number], asked) {
  const names = [place];
  if (/^(?:首位|首|榜首|第一位)$/.test(place)) names.push("第一");
  if (number && place.startsWith("第")) names.push(`第${number}`);
  return names.some((name) => [scope + name, scope + what + name, what + name].some((all) => fold(all).includes(asked) && (!/\d$/.test(asked) || fold(all).endsWith(asked))));
}
/* Where the figures of a sentence are in its part's text: [start, end of its own words, end of its growth and ranks]. */
function figuresOf(row) {
  if (row.told) return row.told;
  const from = placesOf(row);
  const home = row.part.starts[row.place];
  const at = (place) => { const n = before(from, place); return home + (from[n] < place ? n + 1 : n); };
  const spans = row.figures.map((figure) => [at(figure[1]), at(figure[2])]);
  const starts = spans.map(([start]) => start).sort((a, b) => a - b);
  row.told = spans.map(([start, end], n) => {
    if (!row.figures[n][5] && !(row.figures[n][6] || []).length) return [start, end, end];
    const next = starts.find((other) => other >= end);
    const stop = row.part.text.slice(end, next === undefined ? home + row.folded.length : next);
    const mark = stop.search(/[；;。]/);
    return [start, end, end + (mark < 0 ? stop.length : mark)];
  });
  return row.told;
}
function lighted(row, figure) {
  const [start, end] = figuresOf(row)[row.figures.indexOf(figure)];
  return [start, end];
}
const COMPARED = { ">": (a, b) => a > b, "<": (a, b) => a < b, ">=": (a, b) => a >= b, "<=": (a, b) => a <= b };

function figureWord(text) {
  const folded = fold(text).replace(/≥|=>/, ">=").replace(/≤|=</, "<=");
  let m = /^(>=|<=|>|<)(-?)(.+)$/.exec(folded);
  if (m) {
    const [amount, ...more] = amounts(m[3]);
    if (!amount || more.length || amount.start || amount.end !== m[3].length) return null;
    const limit = Number(amount.base) * (m[2] ? -1 : 1);
    const fits = (there) => right(there, amount) && COMPARED[m[1]](signed(there), limit);
    const up = m[1][0] === ">";
    return { kind: "figure", text, fits, unit: amount.unit, low: up ? limit : -Infinity, high: up ? Infinity : limit };
  }
  m = /^([^-至]+)[-至]([^-至]+)$/.exec(folded);
  if (m) {
    const pair = amounts(folded);
    const [low, high] = pair;
    if (pair.length !== 2 || low.start || low.end !== m[1].length || high.end !== folded.length || low.unit !== high.unit || !high.written) return null;
    if (TIMES.has(high.unit)) return null;
    const fits = (there) => right(there, high) && signed(there) >= Number(low.base) && signed(there) <= Number(high.base);
    return { kind: "figure", text, fits, folded, unit: high.unit, low: Number(low.base), high: Number(high.base) };
  }
  m = /^单位:(.+)$/.exec(folded);
  if (m) {
    const unit = m[1];
    const known = units.has(unit) || units.has(unit.replace(/^(?:万亿|千亿|百亿|亿|千万|百万|十万|万|千|百)/, ""));
    return { kind: "unit", text, unit, known, fits: (there) => there.written === unit || there.bareUnit === unit };
  }
  m = /^(?:排名|位次):(.+)$/.exec(folded);
  return m ? { kind: "rank", text, place: m[1] } : null;
}
function right(there, asked) {
  return asked.unit ? there.unit === asked.unit : !TIMES.has(there.unit);
}
function signed(there) {
  return Number(there.base) * (there.fall ? -1 : 1);
}

/* Knows words of a query that name a place or a year of reports: 湖南 新能源汽车, 生产总值 2026. Such a word says which reports are
   meant, where several are there and other words are left. Leaves the other words to query. */

const LEVELS = "省|市|区|县|州|盟|旗|地区|.{0,9}自治[区州县旗]";

/* The reports that a word names: {label, fits}; null for any other word. */
function scopeOf(word) {
  if (word.kind !== "text" || word.folded.length < 2) return null;
  const year = /^((?:19|20)\d\d)年?$/.exec(word.folded);
  if (year) {
    const fits = (report) => report.year === Number(year[1]);
    return reports.some(fits) ? { label: `${year[1]}年`, fits } : null;
  }
  if (!/^[\u3400-\u9fff]+$/.test(word.folded)) return null;
  const named = new RegExp(`(?:^|[省市区县州盟旗])${word.folded}(?:${LEVELS}|$)`);
  const fits = (report) => named.test(report.folded === undefined ? (report.folded = fold(report.place)) : report.folded);
  return reports.some(fits) ? { label: word.text, fits } : null;
}
/* The words of a query without those that name reports, and the filter with them. `filter.kept`: words that a reader took off
   the filter, so that they are looked for in the text as they are. */
function scoped(words, filter) {
  const several = reports.length > 1;
  const isKept = (word) => Boolean(filter && filter.kept && filter.kept.has(word.text));
  for (const word of words) if (word.also && isKept(word)) word.also = "";
  const all = words.map((word) => [word, several && !isKept(word) && scopeOf(word)]);
  const scopes = all.filter(([, scope]) => scope).map(([word, scope]) => ({ ...scope, text: word.text }));
  if (!scopes.length || scopes.length === words.length) return { words, scopes: [], filter };
  const given = filter && filter.report;
  // 湖南 湖北 means both, 湖南 2026 the reports that are of both.
  const years = scopes.filter(({ label }) => /^\d/.test(label)), places = scopes.filter(({ label }) => !/^\d/.test(label));
  const fits = (list, report) => !list.length || list.some((scope) => scope.fits(report));
  const report = (one) => fits(years, one) && fits(places, one) && (!given || given(one));
  return { words: all.filter(([, scope]) => !scope).map(([word]) => word), scopes, filter: { ...filter, report } };
}

/* Knows queries that ask for what a report promises (明年目标, 今年任务, 2026年重点工作), and the pages that list it. Leaves the sentences in
   which these words stand to query. */

const PROMISED = /^(?:(?:今年|明年|来年|本年|新一年|下一?年|((?:19|20)\d\d)年?)的?(?:主要|重点|工作|预期|发展)*(?:目标|任务|承诺|安排|打算|实事|工作)|(?:承诺|目标|任务)清单)$/;
/* The most reports that are named, and of a collection the most that are looked at for it. */
const MOST_LISTS = 3, MOST_LOOKED_AT = 6;

/* The reports that are asked for what they promise, the newest first; none for any other query. `asked` has the words and the filter
   of a query. */
function askedForPromises({ words, filter }) {
  const found = words.every(({ kind }) => kind === "text") && PROMISED.exec(words.map(({ folded }) => folded).join(""));
  if (!found) return [];
  const fits = (report) => (!found[1] || !report.year || report.year === Number(found[1])) && (!filter || !filter.report || filter.report(report));
  return reports.filter(fits).sort((a, b) => b.year - a.year);
}
/* Those of a whole index that have a page for it. */
function promisesOf(asked) {
  return askedForPromises(asked).filter(({ promises }) => promises).slice(0, MOST_LISTS);
}
/* The same of a collection, where the first part of a report says so. */
async function promisesInCollection(asked) {
  const found = [];
  for (const report of askedForPromises(asked).filter(({ parts: count }) => count).slice(0, MOST_LOOKED_AT)) {
    if (found.length === MOST_LISTS) break;
    await readPart(report.first);
    if (report.promises) found.push(report);
  }
  return found;
}

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

/* Knows sections in which the words of a query stand in several sentences (同一节里), where no sentence of the section holds them
   all. Leaves the sentences that do to query. */

/* One sentence for each word, the first that holds it, in the order of the text: hits of rows of one section. `held` are pairs of
   a row and the spans of each word of `found` in it. Null unless every word stands somewhere. */
function heldTogether(held, found, filter) {
  const firsts = new Map();
  for (let word = 0; word < found.length; word++) {
    const first = held.find(([row, spans]) => spans[word] && passes(row, filter));
    if (!first) return null;
    firsts.set(first[0], first[1]);
  }
  return [...firsts].sort(([a], [b]) => a.part.order - b.part.order || a.place - b.place).map(([row, lists]) => {
    const own = lists.filter(Boolean);
    const spans = own.length > 1 ? merged(own.flat(), []) : own[0];
    return { row, spans, rank: 0, figures: hitFigures(row, spans, found) };
  });
}
/* The rows of a part in which any word stands, each with the spans of every word. */
function heldIn(part, lists) {
  const maps = lists.map((spans) => bySentence(part, spans));
  const places = new Set(maps.flatMap((map) => [...map.keys()]));
  return [...places].sort((a, b) => a - b).map((place) => [part.rows[place], maps.map((map) => map.get(place))]);
}
/* The sections of a whole index: {section, hits}, in the order of the text. `result` is of `search`. */
function sameSections({ found, hits, filter }) {
  if (found.length < 2) return [];
  const known = new Set(hits.map(({ row }) => row.section));
  return parts.flatMap((part, n) => {
    const lists = found.map(({ spans }) => spans[n] || []);
    if (lists.some((spans) => !spans.length)) return [];
    const groups = new Map();
    for (const one of heldIn(part, lists)) {
      const { section } = one[0];
      if (known.has(section)) continue;
      if (groups.has(section)) groups.get(section).push(one); else groups.set(section, [one]);
    }
    return [...groups].map(([section, held]) => ({ section: sections[section], hits: heldTogether(held, found, filter) })).filter((group) => group.hits);
  });
}

/* Knows which lists of a collection's index a word needs: the same keys as workreport/website/search/sentence_keys.py makes of a
   sentence. Every sentence that the word stands in is in the lists; a wrong one is seen when the sentence is read.
   {key}, {prefix}: all keys that begin so, {all: […]}, {any: […]}. Leaves the lists to lists. */

const EQUAL = " =", WHOLE_NUMBER = " .", SIZE = " <", UNIT = " u", RANK = " r", FACT = " f";
const LEAST_SIZE = -9, MOST_SIZE = 24;

/* A text is within a sentence only if its pairs of characters are: as few as cover it. */
function textKeys(text, mark = "") {
  if (text.length < 2) return { prefix: mark + text };
  const keys = [];
  for (let at = 0; at + 1 < text.length; at += 2) keys.push({ key: mark + text.slice(at, at + 2) });
  if (text.length % 2) keys.push({ key: mark + text.slice(-2) });
  return { all: keys };
}
function listKeys(list, loose) {
  const long = list.filter(({ amount, text }) => amount || text.length > 1);
  const all = (long.length ? long : list).map(({ amount, text }) => (amount ? amountKeys(amount, loose) : textKeys(text)));
  return all.length > 1 ? { all } : all[0];
}
function amountKeys(asked, loose) {
  const any = [asked.unit ? `${EQUAL}${asked.base}|${asked.unit}` : EQUAL + asked.base];
  if (!asked.written && !asked.spelt) any.push(EQUAL + asked.raw);
  if (loose) any.push(asked.written ? EQUAL + asked.value : WHOLE_NUMBER + asked.digits);
  return { any: [...new Set(any)].map((key) => ({ key })) };
}
function figureKeys(word) {
  if (word.kind === "rank") return textKeys(word.place, RANK);
  if (word.kind === "unit") return { key: UNIT + word.unit };
  const any = [];
  const size = (name, low, high) => { if (low <= word.high && high >= word.low) any.push({ key: `${SIZE}${word.unit}|${name}` }); };
  size("0", 0, 0);
  for (let e = LEAST_SIZE; e <= MOST_SIZE; e++) {
    size(`e${e}`, 10 ** e, 10 ** (e + 1));
    size(`-e${e}`, -(10 ** (e + 1)), -(10 ** e));
  }
  return { any };
}
function filterKeys(filter) {
  const facts = [["figures", "i"], ["notes", "n"], ["names", "m"], ["targets", "t"], ["results", "d"], ["plans", "p"], ["reviews", "r"]];
  return facts.filter(([name]) => filter && filter[name]).map(([, letter]) => ({ key: FACT + letter }));
}

/* Knows the lists of a collection's index: which sentences have a key. Sentences are counted over all reports from 0. Loads a
   script only when a list in it is asked for. Leaves the sentences themselves to collection. */

const DIGITS = "!#$%&'()*+,-./0123456789:;=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~";
const LAST = 48, HIGHER = DIGITS.length - LAST;
/* The most scripts of lists that a single character is looked up in; more of them say that it stands everywhere. */
const WIDE = 6;
/* So few sentences are read rather than narrowed down by a long list. */
const FEW = 1;
/* About how many KB a script holds, by the letter that its name begins with. */
const WEIGHTS = { s: 5, k: 6, c: 1, d: 2, w: 7, e: 2, b: 2 };
const digitOf = new Uint8Array(128);
for (let i = 0; i < DIGITS.length; i++) digitOf[DIGITS.charCodeAt(i)] = i;

let index = null, loadScript = null, needed = new Set(), neededWeight = 0;
const scripts = new Map();
const shards = new Map();
const longLists = new Map();
const directories = new Map();
const piecesRead = new Map();

function openLists(head, load) {
  index = head;
  loadScript = load;
}
/* About how many KB were needed since this was last set back, whether or not they had been loaded before: so the same query
   reads equally far each time. */
function weightNeeded() {
  return neededWeight;
}
function countAnew() {
  needed = new Set();
  neededWeight = 0;
}
function need(name) {
  if (needed.has(name)) return;
  needed.add(name);
  neededWeight += WEIGHTS[name[0]];
}
/* What the script with this name holds, loaded once. */
function scriptOf(name) {
  if (!scripts.has(name)) {
    const loading = loadScript(name).then(() => { const value = index.got[name]; delete index.got[name]; return value; });
    // After a failure, such as a lost connection, the next query tries again.
    loading.catch(() => scripts.delete(name));
    scripts.set(name, loading);
  }
  return scripts.get(name);
}
function decoded(text) {
  const numbers = [];
  let number = 0, at = -1;
  for (let i = 0; i < text.length; i++) {
    const digit = digitOf[text.charCodeAt(i)];
    if (digit >= LAST) { number = number * HIGHER + digit - LAST + 1; continue; }
    at += number * LAST + digit + 1;
    numbers.push(at);
    number = 0;
  }
  return numbers;
}
/* The number of the last of these keys that is not after `key`; 0 if all are. */
function shardOf(firsts, key) {
  let low = 0, high = firsts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (firsts[middle] <= key) low = middle; else high = middle - 1;
  }
  return low;
}
async function shard(number) {
  need(`k${number}`);
  if (!shards.has(number)) {
    const text = await scriptOf(`k${number}`);
    if (!shards.has(number)) {
      const lists = new Map();
      for (const line of text.split("\n")) {
        const tab = line.indexOf("\t");
        lists.set(line.slice(0, tab), line.slice(tab + 1));
      }
      shards.set(number, lists);
    }
  }
  return shards.get(number);
}
/* The directory with this number, of lists (d) or of words (e): {first, keys}: the number of its first script, and the first key of
   each. One of lists also tells which of its keys have long lists. */
async function directory(letter, number) {
  const name = letter + number;
  need(name);
  if (!directories.has(name)) {
    const [first, keys, long = []] = await scriptOf(name);
    for (const [key, count, piece, ...steps] of long) {
      let at = 0;
      longLists.set(key, { count, piece, starts: steps.map((step) => { at += step; return at; }) });
    }
    directories.set(name, { first, keys });
  }
  return directories.get(name);
}
/* The numbers of the directories in which texts stand that begin so. */
function directoriesFrom(firsts, start) {
  const low = shardOf(firsts, start), high = shardOf(firsts, `${start}\uffff`);
  return Array.from({ length: high - low + 1 }, (_, n) => low + n);
}
/* The numbers of the scripts in which keys stand that begin so, by the directories with these numbers. */
async function scriptsFrom(letter, numbers, start) {
  const all = await Promise.all(numbers.map((number) => directory(letter, number)));
  const near = all.flatMap(({ first, keys }) => keys.map((key, n) => ({ key, number: first + n })));
  const firsts = near.map(({ key }) => key);
  return near.slice(shardOf(firsts, start), shardOf(firsts, `${start}\uffff`) + 1).map(({ number }) => number);
}
/* Reads the directories in which the keys of what is asked stand. */
async function located(asked) {
  if (asked.key !== undefined) return directory("d", shardOf(index.lists, asked.key));
  if (asked.prefix === undefined) return Promise.all((asked.all || asked.any).map(located));
  const numbers = directoriesFrom(index.lists, asked.prefix);
  return numbers.length <= WIDE ? Promise.all(numbers.map((number) => directory("d", number))) : null;
}
async function shortList(key) {
  const { first, keys } = await directory("d", shardOf(index.lists, key));
  if (!keys.length) return [];
  const lists = await shard(first + shardOf(keys, key));
  const list = lists.get(key) || [];
  if (typeof list !== "string") return list;
  const numbers = decoded(list);
  lists.set(key, numbers);
  return numbers;
}
async function piece(number) {
  need(`c${number}`);
  if (!piecesRead.has(number)) piecesRead.set(number, decoded(await scriptOf(`c${number}`)));
  return piecesRead.get(number);
}
/* The sentences from `from` to before `to` that have a key with a long list. */
async function longList({ piece: first, starts }, from, to) {
  const wanted = starts.map((_, n) => n).filter((n) => starts[n] < to && (n + 1 === starts.length || starts[n + 1] > from));
  const lists = await Promise.all(wanted.map((n) => piece(first + n)));
  return cut([].concat(...lists), from, to);
}
function cut(numbers, from, to) {
  if (!numbers.length || (numbers[0] >= from && numbers[numbers.length - 1] < to)) return numbers;
  return numbers.filter((n) => n >= from && n < to);
}
function common(one, other) {
  const both = [];
  for (let i = 0, k = 0; i < one.length && k < other.length;) {
    if (one[i] === other[k]) { both.push(one[i++]); k++; } else if (one[i] < other[k]) i++; else k++;
  }
  return both;
}
function joined(lists) {
  return lists.length === 1 ? lists[0] : [...new Set([].concat(...lists))].sort((a, b) => a - b);
}
/* All keys that begin with a text; null if they are too many to look up. */
async function keysFrom(prefix) {
  const numbers = directoriesFrom(index.lists, prefix);
  if (numbers.length > WIDE) return null;
  const found = await scriptsFrom("d", numbers, prefix);
  const long = [...longLists.keys()].filter((key) => key.startsWith(prefix));
  if (found.length > WIDE || long.length >= WIDE) return null;
  const short = await Promise.all(found.map(shard));
  return [...long, ...short.flatMap((lists) => [...lists.keys()].filter((key) => key.startsWith(prefix)))];
}
/* The sentences from `from` to before `to` in which what is asked may stand, sorted; null for all of them. */
async function listed(asked, from, to) {
  if (asked.key !== undefined) {
    await located(asked);
    const long = longLists.get(asked.key);
    return long ? longList(long, from, to) : cut(await shortList(asked.key), from, to);
  }
  if (asked.prefix !== undefined) {
    const keys = await keysFrom(asked.prefix);
    return keys && listed({ any: keys.map((key) => ({ key })) }, from, to);
  }
  if (asked.any) {
    const lists = await Promise.all(asked.any.map((one) => listed(one, from, to)));
    return lists.includes(null) ? null : joined(lists.length ? lists : [[]]);
  }
  return listedInAll(asked.all, from, to);
}
async function listedInAll(all, from, to) {
  await located({ all });
  const flat = all.flatMap((one) => one.all || [one]);
  const isLong = ({ key }) => longLists.has(key);
  const short = await Promise.all(flat.filter((one) => !isLong(one)).map((one) => listed(one, from, to)));
  let left = short.filter(Boolean).sort((a, b) => a.length - b.length).reduce((a, b) => a && common(a, b) || b, null);
  const long = flat.filter(isLong).sort((a, b) => longLists.get(a.key).count - longLists.get(b.key).count);
  for (const one of long) {
    if (left && left.length <= FEW) return left;
    const list = await listed(one, from, to);
    left = left ? common(left, list) : list;
  }
  return left;
}
/* Whether what is asked, which must be located, needs lists that are kept in pieces. */
function needsPieces(asked) {
  return asked.key !== undefined ? longLists.has(asked.key) : asked.prefix !== undefined || (asked.all || asked.any).some(needsPieces);
}

/* Knows how a query is answered in a collection: the lists say where its words may stand, then the sentences there are read, a few
   parts at a time, and only what they truly hold is shown. Leaves lists to lists and words to query. */

/* About how many KB are read for one page of results, and how many parts at once. */
const MOST_READ_KB = 150, AT_ONCE = 8;
/* After so many milliseconds of work the page is let go on. */
const BREATH = 24;
/* Whether letters are a word of the texts or pinyin is told by so many parts. */
const TELLING = 12;
/* Whether text is read as letters say is told by so many parts before first letters are tried. */
const MOST_TOLD = 24;

/* Of each report the number of its first sentence and of its first part. */
const reportStarts = [], firstParts = [];
const partsRead = new Map();
const sectionNumbers = new Map();
let sentenceCount = 0, partCount = 0;

function openCollection(head, load) {
  openLists(head, load);
  head.placeOf.forEach((place, n) => {
    const report = addReport("", head.places[place], head.years[n]);
    Object.assign(report, { start: sentenceCount, sentences: head.sentences[n], first: partCount, parts: head.parts[n], sections: head.sectionsOf[n] });
    reportStarts.push(sentenceCount);
    firstParts.push(partCount);
    sentenceCount += report.sentences;
    partCount += report.parts;
  });
}
function isCollection() {
  return index !== null;
}
/* The report of a part, the part of a sentence, and the first sentence of a part, each by its number. */
function reportOf(part) {
  return reports[before(firstParts, part)];
}
function partWith(sentence) {
  const { start, sentences, first, parts: count } = reports[before(reportStarts, sentence)];
  return first + Math.floor((sentence - start) * count / sentences);
}
function partStart(part) {
  if (part >= partCount) return sentenceCount;
  const { start, sentences, first, parts: count } = reportOf(part);
  return start + Math.ceil((part - first) * sentences / count);
}
function sectionNumber(report, [number, page, label]) {
  const name = `${report.number}/${number}`;
  if (!sectionNumbers.has(name)) {
    sectionNumbers.set(name, sections.length);
    sections.push({ page, label, report: report.name, number: sections.length });
  }
  return sectionNumbers.get(name);
}
async function readPart(number) {
  need(`s${number}`);
  if (!partsRead.has(number)) {
    const [name, listedSections, sentences, promises = ""] = await scriptOf(`s${number}`);
    await breath();
    if (!partsRead.has(number)) {
      const report = reportOf(number);
      report.name = name;
      if (promises) report.promises = promises;
      const places = new Map(listedSections.map((section) => [section[0], sectionNumber(report, section)]));
      const part = partOf(sentences, (section) => places.get(section));
      part.order = number;
      part.report = report;
      part.start = partStart(number);
      partsRead.set(number, part);
    }
  }
  return partsRead.get(number);
}

/* Where the lists say that something may stand: [number of the part, sentences] from `from` to before `to`. */
async function candidates(asked, from, to) {
  const numbers = await listed(asked, from, to);
  const found = [];
  if (!numbers) {
    for (let n = partWith(from); n < partCount && partStart(n) < to; n++) if (partStart(n) >= from) found.push([n, 1]);
    return found;
  }
  let part = -1, end = -1;
  for (const number of numbers) {
    if (number >= end) { part = partWith(number); end = partStart(part + 1); found.push([part, 0]); }
    found[found.length - 1][1]++;
  }
  return found;
}
/* Where the window that begins at a sentence ends: with a part. */
function windowEnd(from, step) {
  return from + step >= sentenceCount ? sentenceCount : partStart(partWith(from + step));
}
/* Whether a way finds anything in the collection: reads parts until one holds it, at most `most`. */
async function isAnywhere(way, most = Infinity) {
  const asked = way.keys();
  await located(asked);
  const step = needsPieces(asked) ? index.window : sentenceCount;
  let left = most;
  for (let from = 0; from < sentenceCount;) {
    const to = windowEnd(from, step);
    for (const [number] of await candidates(asked, from, to)) {
      if (left-- <= 0) return false;
      if (way.find(await readPart(number)).length) return true;
    }
    from = to;
  }
  return false;
}
/* Up to `most` parts that hold a text. */
async function partsWith(text, most) {
  const found = [];
  for (const [number] of (await candidates(textKeys(text), 0, sentenceCount)).slice(0, most)) {
    const part = await readPart(number);
    if (part.text.includes(text)) found.push(part);
  }
  return found;
}
/* The words of a query, each with the way in which the collection has it: [{word, find, keys}]. */
async function settled(words) {
  const found = [];
  for (const word of words) {
    const asked = word.written && await isAnywhere(ways(word.written)[0]) ? word.written : word;
    found.push(...await settledWord(asked));
  }
  return found;
}
async function settledWord(word) {
  if (word.letters) return [await letterWay(word)];
  const all = ways(word);
  const smaller = smallerWords(word);
  for (const way of all.length > 1 || smaller.length ? all : []) if (await isAnywhere(way)) return [{ word, ...way }];
  if (!smaller.length) return [{ word, ...all[0] }];
  const parted = [];
  for (const one of smaller) parted.push(...await settledWord(one));
  return parted;
}
/* Letters: as written if they are a word somewhere, else as the pinyin of names and indicators, of any text, and as first letters. */
async function letterWay(word) {
  const written = { word, find: (part) => literal(part, word.folded), keys: () => textKeys(word.folded) };
  if (word.folded.length < 2) return written;
  if (await isAnywhere(word.capital ? written : { ...written, find: (part) => (anyAlone(part, written.find(part)) ? [1] : []) }, TELLING)) return written;
  const names = await namesReadAs(word);
  if (names.length) return { word, ...eitherOf([word.folded, ...names]) };
  const heard = await soundWay(word);
  if (heard && await isAnywhere(heard, MOST_TOLD)) return heard;
  const initialled = await namesByInitials(word);
  return initialled.length ? { word, ...eitherOf([word.folded, ...initialled]) } : heard || written;
}

/* Begins to answer a query. `more` reads on; see there for what it fills in. */
async function ask(query, given) {
  const { words, scopes, filter } = scoped(wordsOf(query), given);
  const found = await settled(words);
  const asked = { all: [...found.map(({ keys }) => keys()), ...filterKeys(filter)] };
  await located(asked);
  const alone = asked.all.length === 1 && !(filter && filter.report) && words[0].kind === "text" && words[0].folded.length === 2 && asked.all[0].all;
  return {
    query, words, scopes, found, filter, asked, hits: [], read: new Set(), waiting: [], at: 0, done: !found.length, listed: 0, looked: 0,
    step: needsPieces(asked) ? index.window : sentenceCount,
    // A pair of characters stands in each sentence of its list.
    sure: alone && alone.length === 1 && alone[0].key ? await countOf(alone[0].key) : -1,
    most: await leastCount(asked.all),
  };
}
async function countOf(key) {
  const long = longLists.get(key);
  return long ? long.count : (await shortList(key)).length;
}
/* The fewest sentences of the lists all of which a hit is in. */
async function leastCount(all) {
  let least = sentenceCount;
  for (const one of all.flatMap((some) => some.all || [some])) if (one.key !== undefined) least = Math.min(least, await countOf(one.key));
  return least;
}
/* Lets the page answer a reader where work has taken long. */
let worked = 0;
function breath() {
  if (Date.now() - worked < BREATH) return null;
  return new Promise((resolve) => setTimeout(() => { worked = Date.now(); resolve(); }));
}
/* Reads on until there are `enough` more hits, all is read, or much was. Adds to `hits`, and to `read` the sections that
   were read; `done` says that nothing is left. */
async function more(state, enough) {
  const goal = state.hits.length + enough;
  countAnew();
  while (weightNeeded() < MOST_READ_KB && state.hits.length < goal && !state.done) {
    if (!state.waiting.length) {
      const to = windowEnd(state.at, state.step);
      const found = await candidates(state.asked, state.at, to);
      state.waiting = found.filter(([number]) => !state.filter || !state.filter.report || state.filter.report(reportOf(number)));
      state.listed += state.waiting.reduce((sum, [, count]) => sum + count, 0);
      state.at = to;
      state.done = !state.waiting.length && to === sentenceCount;
      continue;
    }
    let wanted = 0, expected = 0;
    const most = Math.min(AT_ONCE, state.waiting.length, Math.ceil((MOST_READ_KB - weightNeeded()) / WEIGHTS.s));
    while (wanted < most && expected < goal - state.hits.length) expected += state.waiting[wanted++][1];
    const batch = state.waiting.splice(0, wanted);
    const read = await Promise.all(batch.map(([number]) => readPart(number)));
    for (const [n, part] of read.entries()) {
      state.looked += batch[n][1];
      for (const row of part.rows) state.read.add(row.section);
      state.hits.push(...hitsIn(part, state.found, state.found.map(({ find }) => find(part)), state.filter));
      await breath();
    }
    state.done = !state.waiting.length && state.at === sentenceCount;
  }
  return state;
}
/* How many sections were looked through at least: those of the reports before what is still to be read, or those that were read. */
function sectionsLookedThrough(state) {
  const to = state.waiting.length ? partStart(state.waiting[0][0]) : state.at;
  const fits = state.filter && state.filter.report;
  const whole = reports.filter((report) => report.start + report.sentences <= to && (!fits || fits(report)));
  return Math.max(state.read.size, whole.reduce((sum, report) => sum + report.sections, 0));
}
/* How many sentences are right: {count, sure}; not sure before all is read, but for a pair of characters. */
function countedHits(state) {
  if (state.done) return { count: state.hits.length, sure: true };
  if (state.sure >= 0) return { count: state.sure, sure: true };
  const listedInAll = Math.min(state.listed * sentenceCount / Math.max(state.at, 1), state.most);
  const count = Math.max(state.hits.length, Math.round(state.hits.length / Math.max(state.looked, 1) * listedInAll));
  const unit = 10 ** Math.max(String(count).length - 2, 0);
  return { count: Math.round(count / unit) * unit, sure: false };
}

/* Knows the same of a collection: the lists say in which sections each word may stand, then the sentences there are read. Leaves
   what is shown of a section to same-section. */

const beginningsRead = new Map();

/* The sentences with which sections begin, of a window of the index. */
async function beginningsIn(window) {
  need(`b${window}`);
  if (!beginningsRead.has(window)) beginningsRead.set(window, decoded(await scriptOf(`b${window}`)).map((at) => at + window * index.window));
  return beginningsRead.get(window);
}
/* Where the section of a sentence begins and ends. */
async function sectionAround(sentence) {
  const last = Math.floor((sentenceCount - 1) / index.window);
  let low = Math.floor(sentence / index.window), high = low;
  let begin = await beginningsIn(low);
  while (low > 0 && (!begin.length || begin[0] > sentence)) begin = await beginningsIn(--low);
  const from = begin[before(begin, sentence)];
  let next = (await beginningsIn(high)).find((at) => at > sentence);
  while (next === undefined && high < last) [next] = (await beginningsIn(++high)).filter((at) => at > sentence);
  return [from, next === undefined ? sentenceCount : next];
}
/* Reads on until there are `enough` more sections, all is looked through, or as much was read as `more` may. To be called when
   `state` is done. Adds to `state.together`: {hits: [{section, hits}], done}. */
async function moreTogether(state, enough) {
  const { found, filter } = state;
  if (!state.together) await beginTogether(state);
  const { together } = state;
  const goal = together.hits.length + enough;
  while (!together.done && together.hits.length < goal && weightNeeded() < MOST_READ_KB) {
    if (!together.waiting.length) {
      if (together.at === sentenceCount) { together.done = true; break; }
      const to = windowEnd(together.at, index.window);
      together.waiting = await listed(together.order[0].keys(), together.at, to) || [];
      together.at = to;
      continue;
    }
    const [first] = together.waiting;
    const [from, to] = await sectionAround(first);
    together.waiting = together.waiting.filter((n) => n >= to);
    await breath();
    const fits = !filter || !filter.report || filter.report(reportOf(partWith(from)));
    if (!fits || together.known.has(from)) continue;
    const numbers = await sentencesOfEach(together.order, from, to);
    if (!numbers) continue;
    const held = [];
    for (const part of await Promise.all([...new Set(numbers.map(partWith))].map(readPart))) {
      held.push(...heldIn(part, found.map(({ find }) => find(part))).filter(([row]) => part.start + row.place >= from && part.start + row.place < to));
    }
    const hits = heldTogether(held, found, filter);
    if (hits) together.hits.push({ section: sections[hits[0].row.section], hits });
  }
  return together;
}
/* The rarest word leads; one that stands everywhere, or of which nothing is listed, is not sought. */
async function beginTogether(state) {
  const counted = await Promise.all(state.found.map(async (one) => ({ ...one, least: await leastCount([one.keys()]) })));
  const order = counted.sort((a, b) => a.least - b.least);
  const known = new Set();
  for (const { row } of state.hits) known.add((await sectionAround(row.part.start + row.place))[0]);
  const lead = order.length > 1 && !(await isEverywhere(order[0].keys()));
  state.together = { order, known, hits: [], waiting: [], at: 0, done: !lead };
}
async function isEverywhere(asked) {
  await located(asked);
  return await listed(asked, 0, 1) === null;
}
/* The sentences of a section in which any of the words may stand; null if one of them stands nowhere in it. */
async function sentencesOfEach(order, from, to) {
  const all = new Set();
  for (const { keys } of order) {
    const numbers = await listed(keys(), from, to);
    if (numbers && !numbers.length) return null;
    for (const number of numbers || []) all.add(number);
  }
  return [...all].sort((a, b) => a - b);
}

/* Knows how letters are sought in a collection as the sounds of any text, where no name is read so: the pairs of characters that may
   be read like two of the syllables say where, then the readings of the sentences there decide. Leaves names to words. */

/* The most scripts of lists in which such pairs are looked up. */
const MOST_HEARD = 24;
/* By syllable the characters that are ever read so. */
const charactersRead = new Map();

/* Learns the readings of all characters, once. */
async function hearAll() {
  if (charactersRead.size) return;
  const [usual, others] = await scriptOf("readings");
  hear(usual);
  for (const table of [usual, others]) {
    for (const group of table.split(" ")) {
      const [syllable] = /^[a-z]*/.exec(group);
      if (!syllable) continue;
      syllables.add(syllable);
      if (!charactersRead.has(syllable)) charactersRead.set(syllable, new Set());
      for (const c of group.slice(syllable.length)) charactersRead.get(syllable).add(plain(c));
    }
  }
}
/* The way to find text that is read as letters say; null if no pair of characters can be, or too many scripts would be read. */
async function soundWay(word) {
  await hearAll();
  const spelt = split(word.letters).filter((way) => way.length > 1);
  const keys = new Set();
  for (const way of spelt) {
    const found = await pairsReadAs(way);
    if (!found) return null;
    for (const key of found) keys.add(key);
  }
  return keys.size ? { word, find: (part) => readAs(part, spelt), keys: () => ({ any: [...keys].map((key) => ({ key })) }) } : null;
}
/* The pairs of the index that may be read as two neighbours of these syllables, those with the fewest first characters. */
async function pairsReadAs(way) {
  const of = (syllable) => charactersRead.get(syllable) || new Set();
  const starts = way.slice(0, -1).map((syllable, n) => n).sort((a, b) => of(way[a]).size - of(way[b]).size);
  const second = of(way[starts[0] + 1]);
  const numbers = new Set();
  const found = [];
  for (const first of of(way[starts[0]])) {
    for (const number of await scriptsFrom("d", directoriesFrom(index.lists, first), first)) numbers.add(number);
    for (const key of longLists.keys()) if (key.length === 2 && key[0] === first && second.has(key[1])) found.push(key);
    if (numbers.size > MOST_HEARD) return null;
  }
  const firsts = of(way[starts[0]]);
  for (const lists of await Promise.all([...numbers].map(shard))) {
    for (const key of lists.keys()) if (key.length === 2 && firsts.has(key[0]) && second.has(key[1])) found.push(key);
  }
  return found;
}

/* Knows the names and indicators of a collection: which begin as a reader types, in characters or in pinyin. Leaves what a
   reader may have meant to search-offers.js. */

/* The most scripts of words that are read for one beginning. */
const MOST_SHARDS = 3;
const wordShards = new Map();

async function wordShard(number) {
  if (!wordShards.has(number)) {
    const text = await scriptOf(`w${number}`);
    wordShards.set(number, text.split("\n").map((line) => {
      const [key, words, kind, count] = line.split("\t");
      return { key: key.replace(/ /g, ""), heard: /^[a-z ]+$/.test(key) ? key.split(" ") : [], words, kind, count: Number(count) };
    }));
  }
  return wordShards.get(number);
}
/* The words of which a key begins with a text: the folded word, its syllables in one, or ' and their first letters. */
async function wordsFrom(start, most = MOST_SHARDS) {
  if (!index.words.length) return [];
  const numbers = await scriptsFrom("e", directoriesFrom(index.words, start).slice(0, 2), start);
  const near = await Promise.all(numbers.slice(0, most).map(wordShard));
  return near.flatMap((all) => all.filter(({ key }) => key.startsWith(start)));
}
/* The beginnings of names and indicators that are read as letters say. */
async function namesReadAs(word) {
  const letters = word.folded;
  const found = new Set();
  for (const { heard, words } of await wordsFrom(letters)) {
    const key = fold(words);
    // The last syllables of a word are keys too.
    const from = key.length - heard.length;
    for (let n = 1, run = ""; n <= heard.length && run.length < letters.length; n++) {
      run += heard[n - 1];
      if (n > 1 && run === letters) found.add(key.slice(from, from + n));
    }
  }
  return [...found];
}
/* Those whose first letters are these. */
async function namesByInitials(word) {
  if (word.letters.includes("'")) return [];
  const named = await wordsFrom(`'${word.folded}`);
  return [...new Set(named.map(({ words }) => fold(words).slice(0, word.folded.length)))];
}
/* Words to choose while a query is typed, the most frequent first. */
async function typedWords(last, most) {
  const word = fold(last);
  const letters = /^[a-z]+$/.test(word);
  if (!word || (letters && word.length < 2)) return [];
  const found = new Map();
  for (const start of letters ? [word, `'${word}`] : [word]) {
    for (const one of await wordsFrom(start)) if (fold(one.words) !== word) found.set(one.words, one);
  }
  return [...found.values()].sort((a, b) => b.count - a.count || a.words.length - b.words.length || (a.words < b.words ? -1 : 1)).slice(0, most);
}

globalThis.workreportSearch = {
  start, add, hear, search, finds, spansInText, parts, sections, entries, said, fold, amounts, amountsOf, soundsOf, spansOf, textWord,
  decodedList: decoded, openCollection, ask, more, countedHits, typedWords, isCollection, wordsFrom, hearAll, isAnywhere, sameSections, moreTogether, promisesOf, promisesInCollection, sectionsLookedThrough, partsWith, ways, settled, wordsOf, reports,
};
})();
