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
