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
