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
