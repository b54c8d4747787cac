// On a page of a place without links: leads to the newest version, which current.js names; search words and anchors go along.
(() => {
  "use strict";
  const current = globalThis.workreportCurrent;
  if (!current) return;
  const page = document.documentElement.dataset;
  const kept = Object.prototype.hasOwnProperty.call(current.kept, page.path) ? current.kept[page.path] : null;
  const rest = location.search + location.hash;
  function place(version, path) { return `${page.up}v/${version}/${path}${rest}`; }
  function link(into, before, words, href) {
    const a = document.createElement("a");
    a.href = href;
    a.textContent = words;
    into.replaceChildren(document.createTextNode(before), a, document.createTextNode("。"));
  }
  if (!kept) {
    location.replace(place(current.version, page.path));
    return;
  }
  link(document.getElementById("there"), "这一页在最新的一版里没有了，它最后一次出现在 ", `${kept.version} 版`, place(kept.version, page.path));
  const told = kept.renamed ? "这份报告改了网址，现在请看：" : "其中的句子现在多数在：";
  if (kept.now) link(document.getElementById("now"), told, "最新版的这一页", place(current.version, kept.now));
})();
