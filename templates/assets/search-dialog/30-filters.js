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
