(() => {
"use strict";

/* Knows how text and query are folded, so that they can be compared: width, case, traditional forms, dashes, white space,
   公里 and 千米. Leaves numbers to amounts. */

const DROPPED = /["'“”‘’「」『』《》〈〉·•・‧\s\u200b\u2063\ufeff]/u;
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

const HEADING = 1, NOTED = 2, NAMED = 4;
const parts = [];
const sections = [];
const said = new Map();
const letters = new Uint16Array(0x10000);
const syllables = new Set();
const entries = new Map();

function start(head) {
  for (let i = 0, all = [...head.forms]; i + 1 < all.length; i += 2) forms.set(all[i], all[i + 1]);
  table.fill(UNKNOWN);
  learn(head.units);
  for (const group of head.readings.split(" ")) {
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
/* Adds a part of the index: its `reports`. */
function add(reports) {
  const part = { rows: [], starts: [], text: "" };
  const texts = [];
  let at = 0;
  for (const report of reports) {
    const offset = sections.length;
    for (const [page, label] of report.sections) sections.push({ page, label, report: report.name, number: sections.length });
    for (const [id, section, text, flags = 0, unusual = [], figures = []] of report.sentences) {
      for (let i = 1; i < unusual.length; i += 2) syllables.add(unusual[i]);
      const folded = fold(text);
      part.rows.push({ id, section: offset + section, text, folded, flags, unusual, figures, place: part.rows.length, part });
      part.starts.push(at);
      texts.push(folded);
      at += folded.length + 1;
      if (flags & HEADING) entry(text.replace(/^[（(]?[一二三四五六七八九十\d]+[）)、.．]\s*|[。：:]$/g, ""), "章节", 1);
      for (const figure of figures) entry(figure[3], "指标", 1);
    }
    for (const [name, count] of report.names) entry(name, "名称", count);
  }
  part.text = `${texts.join("\n")}\n`;
  part.order = parts.length;
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

/* The ways to find a word; the next one is tried if one finds nothing. Each gives the spans of every part. */
function* waysOf(word) {
  const everywhere = (find) => parts.map(find);
  if (word.kind !== "text") { yield everywhere((part) => figured(part, word)); return; }
  const folded = word.folded;
  if (word.letters) {
    const there = everywhere((part) => literal(part, folded));
    const some = there.some((spans) => spans.length);
    // IP, JK: letters that occur as a word are not meant as pinyin.
    const alone = there.some((spans, n) => spans.some((at, i) => i % 2 === 0 && isAlone(parts[n].text, at, spans[i + 1])));
    if (folded.length < 2 || (word.capital && some) || alone) { yield there; return; }
    parts.forEach(soundsOf);
    const ways = split(word.letters);
    let heard = everywhere((part) => readAs(part, ways));
    if (!heard.some((spans) => spans.length) && !word.letters.includes("'")) heard = everywhere((part) => initials(part, folded));
    yield there.map((spans, n) => (spans.length && heard[n].length ? merged(spans, heard[n]) : spans.length ? spans : heard[n]));
    return;
  }
  const list = pieces(folded, false);
  const figures = list.filter((piece) => piece.amount);
  if (!figures.length) yield everywhere((part) => literal(part, folded));
  else {
    const only = figures.every((piece) => piece.amount.spelt);
    yield everywhere((part) => (only ? merged(literal(part, folded), inOrder(part, list, false)) : inOrder(part, list, false)));
    yield everywhere((part) => inOrder(part, list, true));
  }
  if (/[a-z]/.test(folded) && /[^a-z]/.test(folded)) {
    parts.forEach(soundsOf);
    const heard = pieces(folded, true);
    yield everywhere((part) => inOrder(part, heard, false));
  }
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
    return { kind: "figure", text, fits };
  }
  m = /^([^-至]+)[-至]([^-至]+)$/.exec(folded);
  if (m) {
    const pair = amounts(folded);
    const [low, high] = pair;
    if (pair.length !== 2 || low.start || low.end !== m[1].length || high.end !== folded.length || low.unit !== high.unit || !high.written) return null;
    if (TIMES.has(high.unit)) return null;
    const fits = (there) => right(there, high) && signed(there) >= Number(low.base) && signed(there) <= Number(high.base);
    return { kind: "figure", text, fits, folded };
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

/* Knows what a query means: a sentence is right when it holds every word. Takes a query apart, finds its words and orders
   what is right. Leaves pages to search-dialog.js and what a reader may have meant to search-offers.js. */

const OPEN = /["“”「『]/, CLOSE = { "“": "”", "”": "”", "「": "」", "『": "』", '"': '"' };

function textWord(text) {
  const bare = text.normalize("NFKC");
  const letters = bare.toLowerCase().replace(/[üǖǘǚǜ]/g, "v").normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[’‘ʼ`]/g, "'").replace(/\s/g, "");
  const isLetters = /^'*[a-z][a-z']*$/.test(letters);
  const folded = isLetters ? letters.replace(/'/g, "") : fold(text);
  return { kind: "text", text, folded, letters: isLetters ? letters : "", capital: /[A-Z]/.test(bare) };
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
    if (figure && figure.folded && parts.some((part) => part.text.includes(figure.folded))) push(textWord(text));
    else push(figure || textWord(text));
  }
  return words;
}
/* The spans of each word. A word with punctuation that is not found is replaced by its parts. */
function resolved(words) {
  const found = [];
  for (const word of words) {
    const spans = spansOf(word);
    if (word.kind === "text" && /[，。；：、！？,;:!?]/.test(word.text) && !spans.some((s) => s.length)) {
      const smaller = word.text.split(/[，。；：、！？,;:!?]+/).map(textWord).filter((w) => w.folded);
      if (smaller.length > 1 || (smaller.length && smaller[0].folded !== word.folded)) {
        found.push(...smaller.map((w) => ({ word: w, spans: spansOf(w) })));
        continue;
      }
    }
    found.push({ word, spans });
  }
  return found;
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
    (filter.section === undefined || filter.section === null || row.section === filter.section));
}
/* Whether a query finds anything. */
function finds(query) {
  const found = resolved(wordsOf(query));
  return found.length > 0 && parts.some((part, n) => {
    if (found.some(({ spans }) => !(spans[n] || []).length)) return false;
    const maps = found.map(({ spans }) => bySentence(part, spans[n]));
    return [...maps[0].keys()].some((place) => maps.every((map) => map.has(place)));
  });
}
/* All results in order: {words, hits, groups}. A hit: {row, spans, rank, figures}. */
function search(query, filter) {
  const words = wordsOf(query);
  const found = resolved(words);
  const hits = [];
  if (found.length) {
    parts.forEach((part, n) => {
      const maps = found.map(({ spans }) => bySentence(part, spans[n] || []));
      const [least] = maps.slice().sort((a, b) => a.size - b.size);
      for (const place of least.keys()) {
        const row = part.rows[place];
        if (!maps.every((map) => map.has(place)) || !passes(row, filter)) continue;
        const lists = maps.map((map) => map.get(place));
        const spans = lists.length > 1 ? merged(lists.flat(), []) : lists[0];
        const figures = hitFigures(row, spans, found);
        const rank = (lists.length < 2 || together(lists) ? 0 : 4) + (row.flags & HEADING ? 0 : figures.length ? 1 : 2);
        hits.push({ row, spans, rank, figures });
      }
    });
  }
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
  return { words, hits, groups: list, found };
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

globalThis.workreportSearch = {
  start, add, search, finds, spansInText, parts, sections, entries, said, fold, amounts, amountsOf, soundsOf, spansOf, textWord,
};
})();
