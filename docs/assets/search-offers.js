(() => {
"use strict";

/* What a reader may have meant: offers where nothing is found (您是不是要找), and words to choose while typing.
   Every offer is tried first, so that none leads to nothing. Leaves what is right to search.js. */

const { parts, entries, said, fold, finds, spansOf, amounts, amountsOf, textWord, hearAll, isAnywhere, partsWith, wordsFrom, ways } = globalThis.workreportSearch;
const MOST = 3, LOOKED = 4000;
const WORD = /^[\u3400-\u9fffa-z0-9]+$/;

/* One character more, less, another, or two changed places. */
function oneEdit(a, b) {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let i = 0;
  while (i < a.length && i < b.length && a[i] === b[i]) i++;
  if (a.length === b.length) {
    return a.slice(i + 1) === b.slice(i + 1) || (a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2));
  }
  return a.length > b.length ? a.slice(i + 1) === b.slice(i) : a.slice(i) === b.slice(i + 1);
}
const soundOf = (text) => [...text].map((c) => said.get(c) || c).join(" ");
const inEntries = (text) => {
  let best = 0;
  for (const { key, count } of entries.values()) if (key === text) return 3; else if (count && key.includes(text)) best = 1;
  return best;
};

/* Text of these parts that differs from the word by one slip, the best first. */
function slips(word, within = parts) {
  const seen = new Map();
  const half = word.length >> 1;
  const [head, tail] = [word.slice(0, half), word.slice(half)];
  const keep = (text) => {
    if (text.length > 1 && WORD.test(text) && oneEdit(text, word)) seen.set(text, (seen.get(text) || 0) + 1);
  };
  for (const { text } of within) {
    let looked = 0;
    for (let at = text.indexOf(head); at >= 0 && looked < LOOKED; at = text.indexOf(head, at + 1), looked++) {
      for (const more of [-1, 0, 1]) keep(text.slice(at, at + word.length + more));
    }
    looked = 0;
    for (let at = text.indexOf(tail); at >= 0 && looked < LOOKED; at = text.indexOf(tail, at + 1), looked++) {
      for (const more of [-1, 0, 1]) if (at - half - more >= 0) keep(text.slice(at - half - more, at + tail.length));
    }
    for (let i = 0; i + 1 < word.length; i++) {
      const turned = word.slice(0, i) + word[i + 1] + word[i] + word.slice(i + 2);
      if (text.includes(turned)) keep(turned);
    }
  }
  const sound = soundOf(word);
  const score = ([text, count]) =>
    (soundOf(text) === sound ? 8 : 0) + (text.length === word.length ? 2 : 0) + 3 * inEntries(text) + Math.min(count, 9) / 3 +
    ([...text].sort().join("") === [...word].sort().join("") ? 6 : 0);
  // Two characters are near to half of everything: then only what has a name or sounds the same.
  const likely = ([text, count]) => word.length > 2 || soundOf(text) === sound || (count > 1 && inEntries(text));
  return [...seen].filter(likely).map((one) => [one[0], score(one)]).sort((a, b) => b[1] - a[1]).map(([text]) => text);
}
/* Words that sound the same, however many characters differ. */
function soundAlikes(word) {
  if (![...word].every((c) => said.has(c))) return [];
  return alikes(textWord([...word].map((c) => said.get(c)).join("'")));
}
function alikes(sounds) {
  const found = new Set();
  spansOf(sounds).forEach((spans, n) => {
    for (let i = 0; i < spans.length && i < 40; i += 2) found.add(parts[n].text.slice(spans[i], spans[i + 1]));
  });
  return [...found];
}
/* Names and indicators read almost as the letters say, or whose reading begins so. */
function readings(letters) {
  const found = [];
  for (const { words, key, heard, sound, first, count } of entries.values()) {
    if (sound.startsWith(letters) || first.startsWith(letters)) found.push([words, 3 + Math.min(count, 9) / 10]);
    for (let i = 0; i < heard.length; i++) {
      for (let j = i + 1, run = heard[i]; j <= heard.length && run.length <= letters.length + 1; run += heard[j++] || "") {
        if (oneEdit(run, letters)) found.push([key.slice(i, j), (i || j < heard.length ? 1 : 2) + Math.min(count, 9) / 10]);
      }
    }
  }
  const latin = new Set();
  for (const { text } of parts) for (const run of text.match(/[a-z]{2,}/g) || []) latin.add(run);
  for (const run of latin) if (oneEdit(run, letters)) found.push([run.toUpperCase(), 2.5]);
  return found.sort((a, b) => b[1] - a[1]).map(([words]) => words);
}
/* The word with its number as one stands in the text that differs by one digit. */
function numbers(word) {
  const found = new Map();
  for (const asked of amounts(word)) {
    for (const part of parts) {
      for (const there of amountsOf(part)) {
        const near = asked.raw === there.raw || oneEdit(asked.digits, there.digits);
        if (!near || there.spelt) continue;
        const written = part.text.slice(there.start, asked.written ? there.end : there.start + there.digits.length);
        const text = word.slice(0, asked.start) + written + word.slice(asked.end);
        const like = (asked.written === there.written ? 4 : 0) + (asked.raw === there.raw ? 2 : 0) + (asked.digits.length === there.digits.length ? 1 : 0);
        found.set(text, Math.max(found.get(text) || 0, like));
      }
    }
  }
  return [...found].sort((a, b) => b[1] - a[1]).map(([text]) => text);
}
/* The longest piece of the word that stands in the text, and names that share characters with it. */
function pieces(word) {
  const found = [];
  for (let length = word.length - 1; length >= 2 && !found.length; length--) {
    for (let at = 0; at + length <= word.length; at++) {
      const piece = word.slice(at, at + length);
      if (WORD.test(piece) && !/^\d|\d$/.test(piece) && parts.some(({ text }) => text.includes(piece))) found.push(piece);
    }
  }
  const shared = [...entries.values()]
    .map((e) => [e.words, [...new Set(word)].filter((c) => e.key.includes(c)).length / Math.sqrt(e.key.length), e.count])
    .filter((one) => one[1] > 0)
    .sort((a, b) => b[1] - a[1] || b[2] - a[2])
    .slice(0, 5);
  return [...found, ...shared.map(([words]) => words)];
}
function near(word) {
  if (word.kind !== "text") return [];
  if (word.letters) return readings(word.folded);
  const list = /\s/.test(word.text) ? [word.text.trim().replace(/\s+/g, " ")] : [];
  if (amounts(word.folded).length) list.push(...numbers(word.folded));
  if (word.folded.length > 1) list.push(...slips(word.folded));
  list.push(...soundAlikes(word.folded));
  const whole = list.filter((text) => text.length >= word.folded.length);
  return [...new Set(whole.length ? whole : [...list, ...pieces(word.folded)])];
}
const quoted = (words) => (/\s/.test(words) ? `“${words}”` : words);

/* Whether what is offered shares a character with what was asked, or sounds like it. */
function isLike(asked, offered) {
  const folded = fold(asked), text = fold(offered);
  if ([...text].some((c) => /[^\s]/.test(c) && folded.includes(c))) return true;
  const sounds = new Set([...folded].map((c) => said.get(c)).filter(Boolean));
  const letters = folded.replace(/[^a-z]/g, "");
  return [...text].some((c) => said.has(c) && (sounds.has(said.get(c)) || (letters.length > 1 && letters.includes(said.get(c)))));
}
const likely = (word) => near(word).filter((text) => isLike(word.text, text));

/* Up to three queries that find something, instead of one that finds nothing. */
function offers({ words, found }) {
  const missing = found.filter(({ spans }) => !spans.some((s) => s.length)).map(({ word }) => word);
  const tried = new Set();
  const good = [];
  const texts = found.map(({ word }) => word);
  const offer = (list) => {
    const query = list.join(" ").trim();
    if (!query || tried.has(query) || good.length >= MOST) return;
    tried.add(query);
    if (tried.size <= 60 && finds(query)) good.push(query);
  };
  for (const word of missing.slice(0, 4)) {
    for (const instead of likely(word).slice(0, 12)) {
      offer(texts.map((w) => (w === word ? instead : quoted(w.text))));
      if (good.length >= (missing.length > 1 ? 1 : MOST)) break;
    }
  }
  if (missing.length && missing.length < texts.length) offer(texts.filter((w) => !missing.includes(w)).map((w) => quoted(w.text)));
  if (missing.length > 1) offer(texts.map((w) => (missing.includes(w) ? likely(w)[0] || "" : quoted(w.text))));
  if (!missing.length && texts.length > 1) {
    for (let i = texts.length - 1; i >= 0; i--) offer(texts.filter((_, n) => n !== i).map((w) => quoted(w.text)));
    for (const w of texts) offer([quoted(w.text)]);
  }
  if (words.length && texts.length > 1) for (const word of missing) for (const instead of likely(word).slice(0, 3)) offer([instead]);
  if (good.length) return { kind: "near", list: good };
  for (const { words: name } of [...entries.values()].filter((e) => e.kind === "名称").sort((a, b) => b.count - a.count).slice(0, MOST)) if (finds(name)) good.push(name);
  return { kind: "common", list: good };
}

/* 0 and more where a name is read so from its start, its initials are these, or it is read so from a later character. */
function soundsLike({ sound, first, heard }, letters) {
  if (sound.startsWith(letters)) return 1;
  if (first.includes(letters)) return 2;
  return sound.includes(letters) && heard.some((_, i) => heard.slice(i).join("").startsWith(letters)) ? 4 : -1;
}
/* Names, indicators and sections that hold what is typed, or are read so. */
function choices(typed, most = 7) {
  const last = /\S*$/.exec(typed)[0];
  const word = fold(last);
  const letters = /^[a-z]+$/.test(word);
  if (!word || (letters && word.length < 2)) return [];
  const found = [];
  for (const e of entries.values()) {
    const at = e.key.indexOf(word);
    const heard = letters ? soundsLike(e, word) : -1;
    if (e.key === word || (at < 0 && heard < 0)) continue;
    found.push([e, at === 0 ? 0 : at > 0 ? 3 : heard]);
  }
  const order = { 名称: 0, 指标: 1, 章节: 2 };
  found.sort((a, b) => a[1] - b[1] || order[a[0].kind] - order[b[0].kind] || b[0].count - a[0].count || a[0].key.length - b[0].key.length);
  const before = typed.slice(0, typed.length - last.length);
  return found.slice(0, most).map(([e]) => ({ words: e.words, query: before + quoted(e.words), kind: e.kind }));
}

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
})();
