/* Knows how results look. Leaves their order to search.js. */

function lit(text, spans) {
  const out = document.createDocumentFragment();
  let at = 0;
  for (const [start, end] of spans) {
    if (start > at) out.append(text.slice(at, start));
    out.append(element("mark", "", text.slice(start, end)));
    at = end;
  }
  if (at < text.length) out.append(text.slice(at));
  return out;
}
function card(figure, page, id) {
  const link = element("a", "wr-figure");
  link.href = `${page}#${id}-f${figure[0]}`;
  link.dataset.figure = `${id}-f${figure[0]}`;
  link.append(element("span", "name", figure[3]));
  if (figure[4]) link.append(element("span", "value", figure[4]));
  if (figure[5]) link.append(element("span", "change", figure[5]));
  for (const [scope, what, place] of figure[6] || []) link.append(element("span", "place", `${what}${what ? " " : ""}${scope}${place}`));
  return link;
}
/* What a sentence with figures states, and the part of the report that another stands in: flags of its row. */
const STATED = [[8, "目标"], [16, "成果"]], PARTS = [[32, "安排"], [64, "回顾"]];

function tags(flags) {
  const stated = STATED.filter(([flag]) => flags & flag);
  return (stated.length ? stated : PARTS.filter(([flag]) => flags & flag)).map(([, text]) => text);
}
/* `attribute` says what leads to the sentence: "beside" where it holds only some of the words. */
function drawHit(hit, attribute = "sentence") {
  const { row } = hit;
  const spans = engine.spansInText(hit);
  const page = single() ? "" : base() + engine.sections[row.section].page;
  const words = [...new Set(spans.map(([start, end]) => row.text.slice(start, end).replace(/\s+/g, "")))];
  const query = words.filter((w) => w.length <= 80).slice(0, LIT).map((w) => `lit=${encodeURIComponent(w)}`).join("&");
  const item = element("div", "wr-hit");
  const link = element("a", "wr-sentence");
  link.href = `${page}${query && !single() ? `?${query}` : ""}#${row.id}`;
  link.dataset[attribute] = row.id;
  link.append(lit(row.text, spans));
  item.append(link);
  for (const text of tags(row.flags)) item.append(element("span", "wr-stated", text));
  if (hit.figures.length) {
    const cards = element("div", "wr-figures");
    for (const figure of hit.figures) cards.append(card(figure, page, row.id));
    item.append(cards);
  }
  return item;
}
/* Draws in steps, so that a word of ten thousand sentences does not hold up the next key. */
function* drawing(groups) {
  let drawn = 0, step = FIRST;
  for (const group of groups) {
    const part = element("section", "wr-hits");
    const heading = element("h2", "", group.section.label);
    if (group.section.report) heading.append(element("span", "where", group.section.report));
    heading.append(element("span", "n", `${group.hits.length} 句`));
    part.append(heading);
    results.append(part);
    for (const hit of group.hits) {
      part.append(drawHit(hit));
      if (++drawn >= step) { step += NEXT; yield; }
    }
  }
}
/* What stands above sections in which no sentence holds all words. */
function beginTogether() {
  if (!results.querySelector("[data-sentence]")) count.textContent = "没有一句含有全部的词。";
  results.append(element("h2", "wr-same", "同一节里"), element("p", "wr-same-note", "这些词在同一节的不同句子里："));
}
/* The pages that list what reports promise, for a query that asks for it. */
function showPromises(all) {
  if (!all.length || single()) return;
  const line = element("p", "wr-offers", "承诺清单：");
  for (const { name, promises } of all) {
    const link = element("a", "wr-word", name || "这份报告答应今年要办的事");
    link.href = base() + promises;
    line.append(link);
  }
  results.prepend(line);
}
/* Queries to try instead: {kind, list}. */
function showOffers({ kind, list: all }) {
  if (!all.length) return;
  const line = element("p", "wr-offers", kind === "near" ? "您是不是要找：" : "报告里常说到：");
  for (const words of all) {
    const link = element("a", "wr-word", words);
    link.href = single() ? "#top" : `${box.dataset.root}?q=${encodeURIComponent(words)}`;
    link.dataset.suggestion = words;
    link.addEventListener("click", (event) => { event.preventDefault(); event.stopPropagation(); askFor(words); input.focus(); });
    line.append(link);
  }
  results.append(line);
}
