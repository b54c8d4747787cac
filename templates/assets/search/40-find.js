/* Knows where a word stands: as written, as an amount or as a reading. Each search gives spans [start, end, …] in a part's
   text. Leaves questions about figures to figures. */

function literal(part, word) {
  const spans = [];
  for (let at = part.text.indexOf(word); at >= 0; at = part.text.indexOf(word, at + 1)) spans.push(at, at + word.length);
  return spans;
}
/* Splits a word into pieces that must follow each other: amounts, letters that may be pinyin, and plain text. */
function pieces(word, heard) {
  const list = [];
  const rest = (text) => {
    if (!heard) { if (text) list.push({ text }); return; }
    for (const run of text.match(/[a-z]+|[^a-z]+/g) || []) list.push(/[a-z]/.test(run) ? { text: run, ways: split(run) } : { text: run });
  };
  let at = 0;
  for (const amount of amounts(word)) {
    rest(word.slice(at, amount.start));
    list.push({ amount });
    at = amount.end;
  }
  rest(word.slice(at));
  return list;
}
function follow(part, list, number, at, loose) {
  if (number === list.length) return at;
  const { text, amount, ways } = list[number];
  if (amount) {
    const there = part.amountAt.get(at);
    if (!there) return -1;
    if (!(equal(amount, there) || (loose && (whole(amount, there) || begins(amount, there))))) return -1;
    const digits = !amount.written && !amount.spelt && amount.digits === there.digits && number + 1 === list.length;
    const ends = digits ? [there.start + there.digits.length]
      : begins(amount, there) ? [there.bare + amount.bareUnit.length] : [there.end, there.bare];
    for (const end of ends) {
      const found = follow(part, list, number + 1, end, loose);
      if (found >= 0) return found;
    }
    return -1;
  }
  if (part.text.startsWith(text, at)) {
    const found = follow(part, list, number + 1, at + text.length, loose);
    if (found >= 0) return found;
  }
  for (const way of ways || []) {
    if (!readSo(part, at, way)) continue;
    const found = follow(part, list, number + 1, at + way.length, loose);
    if (found >= 0) return found;
  }
  return ways && part.first.startsWith(text, at) ? follow(part, list, number + 1, at + text.length, loose) : -1;
}
/* 2091 finds 2091.5 if no 2091 is found. */
function whole(asked, there) {
  return !asked.written && there.digits.startsWith(`${asked.digits}.`);
}
function inOrder(part, list, loose) {
  amountsOf(part);
  const spans = [];
  const from = (at) => {
    const end = follow(part, list, 0, at, loose);
    if (end > at) spans.push(at, end);
  };
  const [head] = list;
  if (head.amount) for (const there of part.amounts) from(there.start);
  else if (head.ways) { soundsOf(part); for (let at = 0; at < part.text.length; at++) from(at); }
  else {
    if (list.some((piece) => piece.ways)) soundsOf(part);
    for (let at = part.text.indexOf(head.text); at >= 0; at = part.text.indexOf(head.text, at + 1)) from(at);
  }
  return spans;
}
/* All ways to split letters into syllables of the index: xian is xian and xi'an. */
function split(letters, most = 32) {
  const ways = [];
  const go = (rest, way) => {
    if (ways.length >= most) return;
    if (!rest) { ways.push(way); return; }
    if (rest[0] === "'") { go(rest.slice(1), way); return; }
    for (let n = Math.min(6, rest.length); n > 0; n--) {
      const head = rest.slice(0, n);
      if (n < 2 && !/[aeo]/.test(head)) continue;
      if (syllables.has(head)) go(rest.slice(n), [...way, head]);
    }
  };
  go(letters, []);
  return ways;
}
function readAs(part, ways) {
  soundsOf(part);
  const spans = [];
  for (const way of ways) {
    const wanted = way.map((syllable) => syllable[0]).join("");
    for (let at = part.first.indexOf(wanted); at >= 0; at = part.first.indexOf(wanted, at + 1)) {
      if (readSo(part, at, way)) spans.push(at, at + way.length);
    }
  }
  return spans;
}
function initials(part, letters) {
  soundsOf(part);
  const spans = [];
  for (let at = part.first.indexOf(letters); at >= 0; at = part.first.indexOf(letters, at + 1)) spans.push(at, at + letters.length);
  return spans;
}

/* The ways to find a word without letters; the next one is tried if one finds nothing. `find` gives the spans of a part,
   `keys` what the lists of a collection are asked for. */
function ways(word) {
  if (word.kind !== "text") return [{ find: (part) => figured(part, word), keys: () => figureKeys(word) }];
  if (word.also) return [eitherOf([word.folded, fold(word.also)])];
  const { folded } = word;
  const list = pieces(folded, false);
  const figures = list.filter((piece) => piece.amount);
  const written = { find: (part) => literal(part, folded), keys: () => textKeys(folded) };
  if (!figures.length) return [written, ...numeralWay(folded)];
  const equals = { find: (part) => inOrder(part, list, false), keys: () => listKeys(list, false) };
  const only = figures.every((piece) => piece.amount.spelt);
  const both = { find: (part) => merged(written.find(part), equals.find(part)), keys: () => ({ any: [written.keys(), equals.keys()] }) };
  return [only ? both : equals, { find: (part) => inOrder(part, list, true), keys: () => listKeys(list, true) }];
}
/* Any of several texts. */
function eitherOf(texts) {
  return {
    find: (part) => texts.map((text) => literal(part, text)).reduce(merged), keys: () => ({ any: texts.map((text) => textKeys(text)) }),
  };
}
/* 七十九, which need not be an amount, finds 79枚 where it is not written so itself. */
function numeralWay(folded) {
  const digits = folded.length > 1 && [...folded].every((c) => NUMERALS.includes(c)) ? spelled(folded, true) : "";
  if (!digits) return [];
  const amount = { ...amounts(digits)[0], spelt: false };
  return [{ find: (part) => inOrder(part, [{ amount }], false), keys: () => listKeys([{ amount }], false) }];
}
/* The spans of every part, by each way to find a word. */
function* waysOf(word) {
  const everywhere = (find) => parts.map(find);
  if (word.letters) { yield* heardWays(word, everywhere); return; }
  for (const { find } of ways(word)) yield everywhere(find);
  const { folded } = word;
  if (word.kind === "text" && !word.also && /[a-z]/.test(folded) && /[^a-z]/.test(folded)) {
    parts.forEach(soundsOf);
    const heard = pieces(folded, true);
    yield everywhere((part) => inOrder(part, heard, false));
  }
}
function* heardWays(word, everywhere) {
  const { folded } = word;
  const there = everywhere((part) => literal(part, folded));
  const some = there.some((spans) => spans.length);
  // IP, JK: letters that occur as a word are not meant as pinyin.
  if (folded.length < 2 || (word.capital && some) || there.some((spans, n) => anyAlone(parts[n], spans))) { yield there; return; }
  parts.forEach(soundsOf);
  const spelt = split(word.letters);
  let heard = everywhere((part) => readAs(part, spelt));
  if (!heard.some((spans) => spans.length) && !word.letters.includes("'")) heard = everywhere((part) => initials(part, folded));
  yield there.map((spans, n) => (spans.length && heard[n].length ? merged(spans, heard[n]) : spans.length ? spans : heard[n]));
}
function anyAlone(part, spans) {
  return spans.some((at, i) => i % 2 === 0 && isAlone(part.text, at, spans[i + 1]));
}
function isAlone(text, start, end) {
  return !/[a-z]/.test(text[start - 1] || "") && !/[a-z]/.test(text[end] || "");
}
function merged(one, other) {
  const all = [];
  for (const spans of [one, other]) for (let i = 0; i < spans.length; i += 2) all.push([spans[i], spans[i + 1]]);
  all.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return all.filter((s, i) => !i || s[0] !== all[i - 1][0] || s[1] !== all[i - 1][1]).flat();
}
function spansOf(word) {
  let found = [];
  for (found of waysOf(word)) if (found.some((spans) => spans.length)) return found;
  return found;
}
