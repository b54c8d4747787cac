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
