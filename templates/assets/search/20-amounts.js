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
