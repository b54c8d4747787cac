/* Knows what a reader may have meant in a collection: names and indicators that differ by one slip or sound the same, pieces of a
   word, and fewer words. Leaves the names to search.js. */

/* What is sought for an offer reads few parts: a word that these do not hold is taken for missing. */
const MOST_TRIED = 4, LONGEST = 6, MOST_READ = 2;

const anywhere = (text) => isAnywhere(ways({ ...textWord(text), letters: "" })[0], MOST_READ);
/* Names, or beginnings of names, that differ from a word by one slip or sound like it, the likeliest first. */
async function namesNear(word) {
  const sound = soundOf(word);
  const starts = new Set([word.slice(0, -1), word.slice(0, 1), sound.replace(/ /g, "")]);
  const found = new Map();
  for (const start of starts) {
    for (const { words, count } of await wordsFrom(start)) {
      const key = fold(words);
      for (const length of new Set([key.length, word.length - 1, word.length, word.length + 1])) {
        const text = key.slice(0, length);
        if (text.length < 2 || text === word || !(oneEdit(text, word) || soundOf(text) === sound)) continue;
        found.set(text, (found.get(text) || 0) + count + (length === key.length ? 1000 : 0) + (soundOf(text) === sound ? 1e6 : 0));
      }
    }
  }
  return [...found].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([text]) => text);
}
/* The longest beginning or end of a word that is somewhere in the collection. */
async function pieceOf(word) {
  for (let length = Math.min(word.length, LONGEST) - 1; length >= 2; length--) {
    for (const piece of [word.slice(0, length), word.slice(-length)]) if (WORD.test(piece) && await anywhere(piece)) return piece;
  }
  return "";
}
/* Text that differs by one slip, in some parts that hold the beginning or the end of the word. */
async function slipsNear(word) {
  const half = word.length >> 1;
  if (half < 2) return [];
  const within = [...await partsWith(word.slice(0, half), MOST_READ), ...await partsWith(word.slice(half), MOST_READ)];
  return slips(word, within).slice(0, MOST_TRIED);
}
async function nearInCollection(word) {
  if (word.kind !== "text" || word.folded.length < 2) return [];
  await hearAll();
  const found = [];
  const sound = soundOf(word.folded);
  const all = [...await slipsNear(word.folded), ...(await namesNear(word.folded)).slice(0, MOST_TRIED)];
  const alike = all.filter((text) => soundOf(text) === sound);
  for (const text of new Set([...alike, ...all])) if (found.length < MOST && await anywhere(text)) found.push(text);
  if (!found.length) found.push(await pieceOf(word.folded));
  return found.filter(Boolean);
}
/* Up to three queries that find something, instead of one that finds nothing: {kind, list}. */
async function collectionOffers({ found }) {
  const there = [], missing = [];
  for (const one of found) (await isAnywhere(one, MOST_READ) ? there : missing).push(one.word);
  const list = [];
  // Each alone: with the other words they may not stand in one sentence.
  if (missing.length) list.push(...await nearInCollection(missing[0]));
  if (found.length > 1) list.push(...there.map(({ text }) => text));
  return { kind: "near", list: [...new Set(list.map(quoted))].slice(0, MOST) };
}

Object.assign(globalThis.workreportSearch, { offers, choices, collectionOffers });
