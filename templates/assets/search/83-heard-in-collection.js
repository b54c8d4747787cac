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
