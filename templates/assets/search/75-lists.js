/* Knows the lists of a collection's index: which sentences have a key. Sentences are counted over all reports from 0. Loads a
   script only when a list in it is asked for. Leaves the sentences themselves to collection. */

const DIGITS = "!#$%&'()*+,-./0123456789:;=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~";
const LAST = 48, HIGHER = DIGITS.length - LAST;
/* The most scripts of lists that a single character is looked up in; more of them say that it stands everywhere. */
const WIDE = 6;
/* So few sentences are read rather than narrowed down by a long list. */
const FEW = 1;
/* About how many KB a script holds, by the letter that its name begins with. */
const WEIGHTS = { s: 5, k: 6, c: 1, d: 2, w: 7, e: 2, b: 2 };
const digitOf = new Uint8Array(128);
for (let i = 0; i < DIGITS.length; i++) digitOf[DIGITS.charCodeAt(i)] = i;

let index = null, loadScript = null, needed = new Set(), neededWeight = 0;
const scripts = new Map();
const shards = new Map();
const longLists = new Map();
const directories = new Map();
const piecesRead = new Map();

function openLists(head, load) {
  index = head;
  loadScript = load;
}
/* About how many KB were needed since this was last set back, whether or not they had been loaded before: so the same query
   reads equally far each time. */
function weightNeeded() {
  return neededWeight;
}
function countAnew() {
  needed = new Set();
  neededWeight = 0;
}
function need(name) {
  if (needed.has(name)) return;
  needed.add(name);
  neededWeight += WEIGHTS[name[0]];
}
/* What the script with this name holds, loaded once. */
function scriptOf(name) {
  if (!scripts.has(name)) {
    const loading = loadScript(name).then(() => { const value = index.got[name]; delete index.got[name]; return value; });
    // After a failure, such as a lost connection, the next query tries again.
    loading.catch(() => scripts.delete(name));
    scripts.set(name, loading);
  }
  return scripts.get(name);
}
function decoded(text) {
  const numbers = [];
  let number = 0, at = -1;
  for (let i = 0; i < text.length; i++) {
    const digit = digitOf[text.charCodeAt(i)];
    if (digit >= LAST) { number = number * HIGHER + digit - LAST + 1; continue; }
    at += number * LAST + digit + 1;
    numbers.push(at);
    number = 0;
  }
  return numbers;
}
/* The number of the last of these keys that is not after `key`; 0 if all are. */
function shardOf(firsts, key) {
  let low = 0, high = firsts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (firsts[middle] <= key) low = middle; else high = middle - 1;
  }
  return low;
}
async function shard(number) {
  need(`k${number}`);
  if (!shards.has(number)) {
    const text = await scriptOf(`k${number}`);
    if (!shards.has(number)) {
      const lists = new Map();
      for (const line of text.split("\n")) {
        const tab = line.indexOf("\t");
        lists.set(line.slice(0, tab), line.slice(tab + 1));
      }
      shards.set(number, lists);
    }
  }
  return shards.get(number);
}
/* The directory with this number, of lists (d) or of words (e): {first, keys}: the number of its first script, and the first key of
   each. One of lists also tells which of its keys have long lists. */
async function directory(letter, number) {
  const name = letter + number;
  need(name);
  if (!directories.has(name)) {
    const [first, keys, long = []] = await scriptOf(name);
    for (const [key, count, piece, ...steps] of long) {
      let at = 0;
      longLists.set(key, { count, piece, starts: steps.map((step) => { at += step; return at; }) });
    }
    directories.set(name, { first, keys });
  }
  return directories.get(name);
}
/* The numbers of the directories in which texts stand that begin so. */
function directoriesFrom(firsts, start) {
  const low = shardOf(firsts, start), high = shardOf(firsts, `${start}\uffff`);
  return Array.from({ length: high - low + 1 }, (_, n) => low + n);
}
/* The numbers of the scripts in which keys stand that begin so, by the directories with these numbers. */
async function scriptsFrom(letter, numbers, start) {
  const all = await Promise.all(numbers.map((number) => directory(letter, number)));
  const near = all.flatMap(({ first, keys }) => keys.map((key, n) => ({ key, number: first + n })));
  const firsts = near.map(({ key }) => key);
  return near.slice(shardOf(firsts, start), shardOf(firsts, `${start}\uffff`) + 1).map(({ number }) => number);
}
/* Reads the directories in which the keys of what is asked stand. */
async function located(asked) {
  if (asked.key !== undefined) return directory("d", shardOf(index.lists, asked.key));
  if (asked.prefix === undefined) return Promise.all((asked.all || asked.any).map(located));
  const numbers = directoriesFrom(index.lists, asked.prefix);
  return numbers.length <= WIDE ? Promise.all(numbers.map((number) => directory("d", number))) : null;
}
async function shortList(key) {
  const { first, keys } = await directory("d", shardOf(index.lists, key));
  if (!keys.length) return [];
  const lists = await shard(first + shardOf(keys, key));
  const list = lists.get(key) || [];
  if (typeof list !== "string") return list;
  const numbers = decoded(list);
  lists.set(key, numbers);
  return numbers;
}
async function piece(number) {
  need(`c${number}`);
  if (!piecesRead.has(number)) piecesRead.set(number, decoded(await scriptOf(`c${number}`)));
  return piecesRead.get(number);
}
/* The sentences from `from` to before `to` that have a key with a long list. */
async function longList({ piece: first, starts }, from, to) {
  const wanted = starts.map((_, n) => n).filter((n) => starts[n] < to && (n + 1 === starts.length || starts[n + 1] > from));
  const lists = await Promise.all(wanted.map((n) => piece(first + n)));
  return cut([].concat(...lists), from, to);
}
function cut(numbers, from, to) {
  if (!numbers.length || (numbers[0] >= from && numbers[numbers.length - 1] < to)) return numbers;
  return numbers.filter((n) => n >= from && n < to);
}
function common(one, other) {
  const both = [];
  for (let i = 0, k = 0; i < one.length && k < other.length;) {
    if (one[i] === other[k]) { both.push(one[i++]); k++; } else if (one[i] < other[k]) i++; else k++;
  }
  return both;
}
function joined(lists) {
  return lists.length === 1 ? lists[0] : [...new Set([].concat(...lists))].sort((a, b) => a - b);
}
/* All keys that begin with a text; null if they are too many to look up. */
async function keysFrom(prefix) {
  const numbers = directoriesFrom(index.lists, prefix);
  if (numbers.length > WIDE) return null;
  const found = await scriptsFrom("d", numbers, prefix);
  const long = [...longLists.keys()].filter((key) => key.startsWith(prefix));
  if (found.length > WIDE || long.length >= WIDE) return null;
  const short = await Promise.all(found.map(shard));
  return [...long, ...short.flatMap((lists) => [...lists.keys()].filter((key) => key.startsWith(prefix)))];
}
/* The sentences from `from` to before `to` in which what is asked may stand, sorted; null for all of them. */
async function listed(asked, from, to) {
  if (asked.key !== undefined) {
    await located(asked);
    const long = longLists.get(asked.key);
    return long ? longList(long, from, to) : cut(await shortList(asked.key), from, to);
  }
  if (asked.prefix !== undefined) {
    const keys = await keysFrom(asked.prefix);
    return keys && listed({ any: keys.map((key) => ({ key })) }, from, to);
  }
  if (asked.any) {
    const lists = await Promise.all(asked.any.map((one) => listed(one, from, to)));
    return lists.includes(null) ? null : joined(lists.length ? lists : [[]]);
  }
  return listedInAll(asked.all, from, to);
}
async function listedInAll(all, from, to) {
  await located({ all });
  const flat = all.flatMap((one) => one.all || [one]);
  const isLong = ({ key }) => longLists.has(key);
  const short = await Promise.all(flat.filter((one) => !isLong(one)).map((one) => listed(one, from, to)));
  let left = short.filter(Boolean).sort((a, b) => a.length - b.length).reduce((a, b) => a && common(a, b) || b, null);
  const long = flat.filter(isLong).sort((a, b) => longLists.get(a.key).count - longLists.get(b.key).count);
  for (const one of long) {
    if (left && left.length <= FEW) return left;
    const list = await listed(one, from, to);
    left = left ? common(left, list) : list;
  }
  return left;
}
/* Whether what is asked, which must be located, needs lists that are kept in pieces. */
function needsPieces(asked) {
  return asked.key !== undefined ? longLists.has(asked.key) : asked.prefix !== undefined || (asked.all || asked.any).some(needsPieces);
}
