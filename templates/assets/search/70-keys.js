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
