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
