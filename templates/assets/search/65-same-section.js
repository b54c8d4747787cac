/* Knows sections in which the words of a query stand in several sentences (同一节里), where no sentence of the section holds them
   all. Leaves the sentences that do to query. */

/* One sentence for each word, the first that holds it, in the order of the text: hits of rows of one section. `held` are pairs of
   a row and the spans of each word of `found` in it. Null unless every word stands somewhere. */
function heldTogether(held, found, filter) {
  const firsts = new Map();
  for (let word = 0; word < found.length; word++) {
    const first = held.find(([row, spans]) => spans[word] && passes(row, filter));
    if (!first) return null;
    firsts.set(first[0], first[1]);
  }
  return [...firsts].sort(([a], [b]) => a.part.order - b.part.order || a.place - b.place).map(([row, lists]) => {
    const own = lists.filter(Boolean);
    const spans = own.length > 1 ? merged(own.flat(), []) : own[0];
    return { row, spans, rank: 0, figures: hitFigures(row, spans, found) };
  });
}
/* The rows of a part in which any word stands, each with the spans of every word. */
function heldIn(part, lists) {
  const maps = lists.map((spans) => bySentence(part, spans));
  const places = new Set(maps.flatMap((map) => [...map.keys()]));
  return [...places].sort((a, b) => a - b).map((place) => [part.rows[place], maps.map((map) => map.get(place))]);
}
/* The sections of a whole index: {section, hits}, in the order of the text. `result` is of `search`. */
function sameSections({ found, hits, filter }) {
  if (found.length < 2) return [];
  const known = new Set(hits.map(({ row }) => row.section));
  return parts.flatMap((part, n) => {
    const lists = found.map(({ spans }) => spans[n] || []);
    if (lists.some((spans) => !spans.length)) return [];
    const groups = new Map();
    for (const one of heldIn(part, lists)) {
      const { section } = one[0];
      if (known.has(section)) continue;
      if (groups.has(section)) groups.get(section).push(one); else groups.set(section, [one]);
    }
    return [...groups].map(([section, held]) => ({ section: sections[section], hits: heldTogether(held, found, filter) })).filter((group) => group.hits);
  });
}
