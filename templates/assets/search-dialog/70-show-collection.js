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
