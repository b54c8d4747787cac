(() => {
"use strict";

/* The search as a reader meets it. Knows what its parts share: the box, the loading of scripts, elements.
   Leaves what is right to search.js and what was meant to search-offers.js. */

const engine = globalThis.workreportSearch;
const FIRST = 10, NEXT = 100, PAGE = 20, LIT = 8, PAUSE = 200, RECENT = "workreport.recent", KEPT = 8;
/* In a single file results stand in the very page, and its address names places only. */
const single = () => "single" in box.dataset;
const base = () => (single() ? "" : box.dataset.root.replace(/index\.html$/, ""));
let box, input, results, count, chips, list, recent, chosen = -1, composing = false, turn = 0, wait = 0, told = 0, opened = false;

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}
function button(className, text, act) {
  const made = element("button", className, text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

function load(src) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = src;
    script.onload = resolve;
    script.onerror = () => reject(new Error(src));
    document.head.appendChild(script);
  });
}

/* Knows the recent queries, which stay on the device. */

function remembered() {
  try {
    const all = JSON.parse(localStorage.getItem(RECENT) || "[]");
    return Array.isArray(all) ? all.filter((words) => typeof words === "string").slice(0, KEPT) : [];
  } catch { return []; }
}
function remember(all) {
  try { localStorage.setItem(RECENT, JSON.stringify(all)); } catch { /* a reader may forbid it */ }
}
function keep() {
  const words = input.value.trim();
  if (words && results.querySelector("[data-sentence]")) remember([words, ...remembered().filter((w) => w !== words)].slice(0, KEPT));
}
function showRecent() {
  const all = remembered();
  recent.textContent = "";
  recent.hidden = Boolean(input.value.trim()) || !all.length;
  if (recent.hidden) return;
  recent.appendChild(element("span", "wr-search-label", "最近搜索"));
  for (const words of all) recent.appendChild(button("wr-word", words, () => { askFor(words); input.focus(); }));
  recent.appendChild(button("wr-forget", "清除", () => { remember([]); showRecent(); input.focus(); }));
}

/* Knows the filters that a reader sets. Leaves what passes them to search.js. */

/* What a reader may tick: the name of its field and what a chip says of it. */
const TICKED = { figures: "有指标", notes: "有说明", names: "有名称" };
/* Fields of which one may be chosen: each value is the name of what is filtered. */
const CHOSEN = ["part", "stated"];
/* So many options are made at a time. */
const OPTIONS = 150;
/* Words of the query that name a place or a year, which the reader wants to look for in the text instead. */
const kept = new Set();

const field = (name) => box.querySelector("form").elements[name];
function filters() {
  const of = (name) => (field(name) ? field(name).value : "");
  const [section, place, year] = ["section", "place", "year"].map(of);
  const filter = { section: section === "" ? null : Number(section), kept };
  for (const name of Object.keys(TICKED)) filter[name] = field(name).checked;
  for (const name of CHOSEN) if (of(name)) filter[of(name)] = true;
  if (place || year) filter.report = (report) => (!place || report.place === place) && (!year || String(report.year) === year);
  filter.narrowed = Boolean(section || place || year || CHOSEN.some(of) || Object.keys(TICKED).some((name) => filter[name]));
  return filter;
}
function option(text, value) {
  const made = element("option", "", text);
  made.value = value;
  return made;
}
/* The fields that depend on the reports: sections where the whole index is there, places and years of a collection. */
function fillFields(collection) {
  const select = field("section");
  if (!collection) { sections(select); return; }
  const fill = (name, label, all, values) => {
    const made = document.createElement("select");
    made.name = name;
    made.setAttribute("aria-label", label);
    made.append(option(all, ""));
    select.before(made);
    // Thousands at once would hold up the page.
    const some = (from) => {
      made.append(...values.slice(from, from + OPTIONS).map((value) => option(name === "year" ? `${value}年` : value, String(value))));
      if (from + OPTIONS < values.length) setTimeout(some, 0, from + OPTIONS);
    };
    some(0);
  };
  const { reports } = engine;
  fill("place", "地方", "全部地方", [...new Set(reports.map(({ place }) => place))].filter(Boolean).sort(new Intl.Collator("zh").compare));
  fill("year", "年份", "全部年份", [...new Set(reports.map(({ year }) => year))].filter(Boolean).sort((a, b) => b - a));
  select.remove();
}
function sections(select) {
  const several = new Set(engine.sections.map((s) => s.report)).size > 1;
  const groups = new Map();
  for (const section of engine.sections) {
    const made = option(section.label, String(section.number));
    if (!several) { select.appendChild(made); continue; }
    if (!groups.has(section.report)) {
      const group = document.createElement("optgroup");
      group.label = section.report;
      groups.set(section.report, group);
      select.appendChild(group);
    }
    groups.get(section.report).appendChild(made);
  }
}
/* What narrows the results, each with a button that takes it off. */
function showChips(scopes, words) {
  chips.textContent = "";
  const chip = (text, off) => {
    const made = button("wr-word wr-chip", text, () => { off(); show(); input.focus(); });
    const cross = element("span", "", " ×");
    cross.setAttribute("aria-hidden", "true");
    made.append(cross);
    made.title = "不限";
    chips.appendChild(made);
  };
  for (const { label, text } of scopes) chip(label, () => kept.add(text));
  for (const { also, text } of words) if (also) chip(`也按 ${also} 查找`, () => kept.add(text));
  for (const name of ["section", "place", "year", ...CHOSEN]) {
    const select = field(name);
    if (select && select.value) chip(select.selectedOptions[0].textContent, () => { select.value = ""; });
  }
  for (const [name, text] of Object.entries(TICKED)) if (field(name).checked) chip(text, () => { field(name).checked = false; });
  chips.hidden = !chips.children.length;
}

/* Knows the words to choose while typing. Leaves which they are to search.js and search-offers.js. */

const CHOICES = 7;

/* The last word that is typed, and what stands before it. */
function lastTyped() {
  const [last] = /\S*$/.exec(input.value);
  return [last, input.value.slice(0, input.value.length - last.length)];
}
async function suggest() {
  const asking = input.value.trim() && document.activeElement === input;
  if (!asking || !engine.isCollection()) { offerChoices(asking ? engine.choices(input.value) : []); return; }
  const [last, first] = lastTyped();
  const typedNow = input.value;
  const words = await engine.typedWords(last, CHOICES).catch(() => []);
  if (input.value !== typedNow || document.activeElement !== input) return;
  offerChoices(words.map(({ words: name, kind }) => ({ words: name, kind, query: first + (/\s/.test(name) ? `“${name}”` : name) })));
}
function offerChoices(all) {
  list.textContent = "";
  chosen = -1;
  all.forEach((choice, n) => {
    const item = element("li", "", choice.words);
    item.id = `wr-choice-${n}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.query = choice.query;
    item.appendChild(element("span", "kind", choice.kind));
    // Before the box loses the focus, by mouse, pen and finger alike.
    item.addEventListener("pointerdown", (event) => event.preventDefault());
    item.addEventListener("click", () => { askFor(choice.query); input.focus(); });
    list.appendChild(item);
  });
  list.hidden = !all.length;
  input.setAttribute("aria-expanded", String(all.length > 0));
  input.removeAttribute("aria-activedescendant");
}
function closeList() {
  list.hidden = true;
  chosen = -1;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}
function choose(step) {
  const items = [...list.children];
  if (list.hidden || !items.length) return false;
  if (chosen >= 0) items[chosen].setAttribute("aria-selected", "false");
  chosen = (chosen + step + items.length + 1) % (items.length + 1);
  if (chosen === items.length) { chosen = -1; input.removeAttribute("aria-activedescendant"); return true; }
  items[chosen].setAttribute("aria-selected", "true");
  items[chosen].scrollIntoView({ block: "nearest", inline: "nearest" });
  input.setAttribute("aria-activedescendant", items[chosen].id);
  return true;
}

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

/* Knows what is shown for a query where the whole index is there. Leaves a collection to show-collection. */

/* Says of which reports nothing was found, where words of the query named them. */
function nothingFound(scopes) {
  const meant = scopes.map(({ label }) => label).join("、");
  return `${meant ? `${meant}的报告里` : ""}没有找到含有这些词的句子。`;
}
function show() {
  const mine = ++turn;
  clearTimeout(wait);
  const query = input.value;
  const ready = () => { if (mine === turn) results.dataset.state = "ready"; };
  results.textContent = "";
  results.dataset.state = "loading";
  results.dataset.query = query;
  showRecent();
  clearTimeout(told);
  told = setTimeout(inAddress, 300, query);
  const filter = filters();
  if (engine.isCollection()) { wait = setTimeout(showCollection, TYPING, query, filter, mine); return; }
  const found = engine.search(query, filter);
  showChips(found.scopes, found.words);
  if (!found.words.length) { count.textContent = ""; ready(); return; }
  const promises = engine.promisesOf(found);
  if (!found.hits.length) {
    const without = filter.narrowed ? engine.search(query, { kept }).hits.length : 0;
    count.textContent = without ? `在所选范围里没有；不限范围有 ${without} 句。` : nothingFound(found.scopes);
    drawTogether(found);
    showPromises(promises);
    // In a collection an offer is sought when a reader pauses: it must not hold up the next key.
    const pause = without ? -1 : engine.parts.length > 1 ? PAUSE : 0;
    if (pause > 0) { wait = setTimeout(() => { showOffers(engine.offers(found)); ready(); }, pause); return; }
    if (pause === 0) showOffers(engine.offers(found));
    ready();
    return;
  }
  count.textContent = `${found.hits.length} 句，见于 ${found.groups.length} 章`;
  showPromises(promises);
  const steps = drawing(found.groups);
  const next = () => {
    if (mine !== turn) return;
    if (!steps.next().done) { wait = setTimeout(next); return; }
    drawTogether(found);
    ready();
  };
  next();
}
/* Sections in which the words stand in several sentences, behind all sentences that hold them all. */
function drawTogether(found) {
  const groups = engine.sameSections(found);
  if (groups.length) beginTogether();
  for (const { section, hits } of groups) {
    const part = element("section", "wr-hits");
    const heading = element("h3", "", section.label);
    if (section.report) heading.append(element("span", "where", section.report));
    part.append(heading, ...hits.map((hit) => drawHit(hit, "beside")));
    results.append(part);
  }
}
/* Not at every key: browsers slow a page that changes its address often. */
function inAddress(query) {
  clearTimeout(told);
  if (single()) return;
  const address = new URL(location.href);
  if ((address.searchParams.get("q") || "") === query) return;
  if (query) address.searchParams.set("q", query); else address.searchParams.delete("q");
  try { history.replaceState(history.state, "", address); } catch { /* not from every disk */ }
}
function askFor(words) {
  input.value = words;
  closeList();
  show();
}

/* Knows what is shown for a query in a collection: a page of results by report, how many there are, and a way to go on. Leaves what
   is right to search.js. */

/* So long after a key a query is asked: each may load files. */
const TYPING = 60;
/* So many sections are shown at a time in which no sentence holds all words. */
const MOST_SECTIONS = 10;

async function showCollection(query, filter, mine) {
  const current = () => mine === turn;
  try {
    if (!query.trim()) { count.textContent = ""; showChips([], []); return; }
    count.textContent = "正在查找……";
    const state = await engine.ask(query, filter);
    if (!current()) return;
    showChips(state.scopes, state.words);
    if (!state.words.length) { count.textContent = ""; return; }
    await nextPage(state, filter, current);
    const promises = await engine.promisesInCollection(state);
    if (current()) showPromises(promises);
  } catch {
    if (current()) count.textContent = "索引没有读全，请再搜一次。";
  } finally {
    if (current()) results.dataset.state = "ready";
  }
}
async function nextPage(state, filter, current) {
  const from = state.hits.length;
  await engine.more(state, PAGE);
  if (!current()) return;
  for (const hit of state.hits.slice(from)) drawInReport(hit);
  tellCount(state);
  if (!state.done) { results.append(goOn(state, filter, current)); return; }
  if (!await nextSections(state, filter, current) || state.hits.length) return;
  const without = filter.narrowed ? await engine.ask(state.query, { kept }).then((all) => engine.more(all, 1)) : null;
  if (!current()) return;
  if (without && without.hits.length) { count.textContent = "在所选范围里没有；不限范围有。"; return; }
  const offers = await engine.collectionOffers(state);
  if (current()) showOffers(offers);
}
/* Sections in which the words stand in several sentences. Returns whether nothing newer is shown. */
async function nextSections(state, filter, current) {
  if (state.found.length < 2) return true;
  const from = state.together ? state.together.hits.length : 0;
  const together = await engine.moreTogether(state, MOST_SECTIONS);
  if (!current()) return false;
  if (!from && together.hits.length) beginTogether();
  for (const { hits } of together.hits.slice(from)) for (const hit of hits) drawInReport(hit, "beside");
  if (!together.done) results.append(goOn(state, filter, current));
  return true;
}
function tellCount(state) {
  const { count: all, sure } = engine.countedHits(state);
  if (state.done && !all) count.textContent = nothingFound(state.scopes);
  else if (!state.hits.length) count.textContent = `已查 ${engine.sectionsLookedThrough(state)} 节，还没有找到。`;
  else if (state.done) count.textContent = `${all} 句，见于 ${new Set(state.hits.map(({ row }) => row.part.report)).size} 份报告`;
  else count.textContent = `${sure ? "" : "约 "}${all} 句，已列出 ${state.hits.length} 句`;
}
/* The button that reads on: the next page, or, where nothing was found in many sections, further sections. */
function goOn(state, filter, current) {
  const text = state.done ? "继续查找同一节里" : `已查 ${engine.sectionsLookedThrough(state)} 节，继续查找`;
  const read = button("wr-more", text, async () => {
    read.disabled = true;
    results.dataset.state = "loading";
    try {
      await nextPage(state, filter, current);
      if (!current()) return;
      read.remove();
      results.dataset.state = "ready";
    } catch {
      if (!current()) return;
      read.disabled = false;
      results.dataset.state = "ready";
      count.textContent = "索引没有读全，请再试。";
    }
  });
  return read;
}
/* Draws a hit below its report and section, which stand once above all of theirs. */
function drawInReport(hit, attribute) {
  const { report } = hit.row.part;
  let group = results.lastElementChild;
  while (group && !group.matches("section, .wr-same")) group = group.previousElementSibling;
  if (!group || group.dataset.report !== String(report.number)) {
    group = element("section", "wr-hits");
    group.dataset.report = String(report.number);
    group.append(element("h2", "", report.name));
    results.append(group);
  }
  if (group.dataset.section !== String(hit.row.section)) {
    group.dataset.section = String(hit.row.section);
    group.append(element("h3", "", engine.sections[hit.row.section].label));
  }
  group.append(drawHit(hit, attribute));
}

/* Knows the keys and buttons of the box, and when its index is loaded. */

async function open() {
  const index = globalThis.workreportIndex;
  engine.start(index);
  if (index.lists) {
    const folder = box.dataset.index.replace(/\.js$/, "/");
    engine.openCollection(index, (name) => load(`${folder}${name}.js`));
  } else {
    for (const report of index.data) {
      engine.add(report);
      if (index.data.length > 1) await new Promise((resolve) => setTimeout(resolve));
    }
    index.data = [];
  }
  fillFields(engine.isCollection());
  opened = true;
  // What a first query of letters or figures would wait for.
  let part = 0;
  const warm = () => {
    if (part >= engine.parts.length) return;
    engine.amountsOf(engine.parts[part]);
    engine.soundsOf(engine.parts[part++]);
    setTimeout(warm, 20);
  };
  if (engine.parts.length > 1) setTimeout(warm, 200); else warm();
}

function listen() {
  input.addEventListener("compositionstart", () => { composing = true; });
  input.addEventListener("compositionend", () => { composing = false; typed(); });
  input.addEventListener("input", (event) => { if (!composing && !event.isComposing) typed(); });
  input.addEventListener("keydown", (event) => {
    if (composing || event.isComposing || event.keyCode === 229) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      // Up and down: left and right move within what is typed.
      if (choose(event.key === "ArrowDown" ? 1 : -1)) event.preventDefault();
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      askFor(list.children[chosen].dataset.query);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      closeList();
    }
  });
  box.querySelector("form").addEventListener("change", (event) => {
    if (event.target === input) return;
    closeList();
    show();
  });
  box.querySelector("form").addEventListener("submit", () => { closeList(); keep(); });
  results.addEventListener("click", (event) => {
    if (!event.target.closest("a[data-sentence], a[data-beside], a[data-figure]")) return;
    keep();
    inAddress(input.value);
  });
  for (const example of box.querySelectorAll("[data-example]")) {
    example.addEventListener("click", () => { askFor(example.dataset.example); input.focus(); });
  }
}
function typed() {
  show();
  suggest();
}

let opening;
/* Opens (once) what the box needs and shows what it asks. */
globalThis.workreportOpen = (at) => {
  box = at;
  if (!opening) {
    input = box.querySelector("#wr-query");
    results = box.querySelector("#search-results");
    count = box.querySelector(".wr-search-count");
    chips = box.querySelector(".wr-chips");
    list = box.querySelector("#wr-choices");
    recent = box.querySelector(".wr-recent");
    opening = open().then(listen);
  }
  const before = input.value;
  return opening.then(() => {
    // Closed before the index came: what was typed is not asked any more.
    if (!opened || composing || box.hidden) return;
    show();
    // What was typed while the index was on its way.
    if (input.value !== before) suggest();
  });
};
globalThis.workreportClosed = () => {
  if (!opened) return;
  keep();
  closeList();
  inAddress("");
};
})();
