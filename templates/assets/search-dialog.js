/* The search as a reader meets it: box, words to choose, filters, results, offers, recent queries.
   Leaves what is right to search.js and what was meant to search-offers.js. */
(() => {
  "use strict";
  const engine = globalThis.workreportSearch;
  const FIRST = 10, NEXT = 100, LIT = 8, PAUSE = 200, RECENT = "workreport.recent", KEPT = 8;
  /* In a single file results stand in the very page, and its address names places only. */
  const single = () => "single" in box.dataset;
  const base = () => (single() ? "" : box.dataset.root.replace(/index\.html$/, ""));
  let box, input, results, count, list, recent, chosen = -1, composing = false, turn = 0, wait = 0, told = 0, opened = false;

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

  /* The index ----------------------------------------------------------------------------------------------------------- */

  function load(src) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = src;
      script.onload = resolve;
      script.onerror = () => reject(new Error(src));
      document.head.appendChild(script);
    });
  }
  async function open() {
    const index = globalThis.workreportIndex;
    await Promise.all(index.parts.map((path) => load(base() + path)));
    engine.start(index);
    for (const reports of index.data) {
      engine.add(reports);
      if (index.data.length > 1) await new Promise((resolve) => setTimeout(resolve));
    }
    index.data = [];
    sections();
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

  /* Recent queries stay on the device ------------------------------------------------------------------------------------- */

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
    for (const words of all) recent.appendChild(button("wr-word", words, () => { ask(words); input.focus(); }));
    recent.appendChild(button("wr-forget", "清除", () => { remember([]); showRecent(); input.focus(); }));
  }

  /* Filters --------------------------------------------------------------------------------------------------------------- */

  function filters() {
    const form = box.querySelector("form");
    const place = form.elements.section.value;
    return {
      section: place === "" ? null : Number(place),
      figures: form.elements.figures.checked, notes: form.elements.notes.checked, names: form.elements.names.checked,
    };
  }
  function sections() {
    const select = box.querySelector("select");
    const several = new Set(engine.sections.map((s) => s.report)).size > 1;
    const groups = new Map();
    for (const section of engine.sections) {
      const option = element("option", "", section.label);
      option.value = String(section.number);
      if (!several) { select.appendChild(option); continue; }
      if (!groups.has(section.report)) {
        const group = document.createElement("optgroup");
        group.label = section.report;
        groups.set(section.report, group);
        select.appendChild(group);
      }
      groups.get(section.report).appendChild(option);
    }
  }

  /* Words to choose while typing ------------------------------------------------------------------------------------------ */

  function suggest() {
    const all = input.value.trim() && document.activeElement === input ? engine.choices(input.value) : [];
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
      item.addEventListener("click", () => { ask(choice.query); input.focus(); });
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

  /* Results ---------------------------------------------------------------------------------------------------------------- */

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
  function drawHit(hit) {
    const { row } = hit;
    const spans = engine.spansInText(hit);
    const page = single() ? "" : base() + engine.sections[row.section].page;
    const words = [...new Set(spans.map(([start, end]) => row.text.slice(start, end).replace(/\s+/g, "")))];
    const query = words.filter((w) => w.length <= 80).slice(0, LIT).map((w) => `lit=${encodeURIComponent(w)}`).join("&");
    const item = element("div", "wr-hit");
    const link = element("a", "wr-sentence");
    link.href = `${page}${query && !single() ? `?${query}` : ""}#${row.id}`;
    link.dataset.sentence = row.id;
    link.append(lit(row.text, spans));
    item.append(link);
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
  function offer(found) {
    const { kind, list: all } = engine.offers(found);
    if (!all.length) return;
    const line = element("p", "wr-offers", kind === "near" ? "您是不是要找：" : "报告里常说到：");
    for (const words of all) {
      const link = element("a", "wr-word", words);
      link.href = single() ? "#top" : `${box.dataset.root}?q=${encodeURIComponent(words)}`;
      link.dataset.suggestion = words;
      link.addEventListener("click", (event) => { event.preventDefault(); event.stopPropagation(); ask(words); input.focus(); });
      line.append(link);
    }
    results.append(line);
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
    const narrowed = filter.section !== null || filter.figures || filter.notes || filter.names;
    const found = engine.search(query, filter);
    if (!found.words.length) { count.textContent = ""; ready(); return; }
    if (!found.hits.length) {
      const without = narrowed ? engine.search(query).hits.length : 0;
      count.textContent = without ? `在所选范围里没有；不限范围有 ${without} 句。` : "没有找到含有这些词的句子。";
      // In a collection an offer is sought when a reader pauses: it must not hold up the next key.
      const pause = without ? -1 : engine.parts.length > 1 ? PAUSE : 0;
      if (pause > 0) { wait = setTimeout(() => { offer(found); ready(); }, pause); return; }
      if (pause === 0) offer(found);
      ready();
      return;
    }
    count.textContent = `${found.hits.length} 句，见于 ${found.groups.length} 章`;
    const steps = drawing(found.groups);
    const next = () => {
      if (mine !== turn) return;
      if (steps.next().done) ready(); else wait = setTimeout(next);
    };
    next();
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
  function ask(words) {
    input.value = words;
    closeList();
    show();
  }

  /* The box ---------------------------------------------------------------------------------------------------------------- */

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
        ask(list.children[chosen].dataset.query);
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
      if (!event.target.closest("a[data-sentence], a[data-figure]")) return;
      keep();
      inAddress(input.value);
    });
    for (const example of box.querySelectorAll("[data-example]")) {
      example.addEventListener("click", () => { ask(example.dataset.example); input.focus(); });
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
