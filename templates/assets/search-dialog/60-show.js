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
