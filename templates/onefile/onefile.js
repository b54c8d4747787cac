/* What only the single file needs: words of a search lit in the sentence that a result opens, and the plain texts saved.
   Leaves all else to the site's own scripts. */
(() => {
  "use strict";
  const results = document.getElementById("search-results");
  let lit = [];

  function put(marks) {
    marks.forEach((mark) => {
      if (!mark.parentNode) return;
      const home = mark.parentNode;
      home.replaceChild(document.createTextNode(mark.textContent), mark);
      home.normalize();
    });
    return [];
  }

  /* A result stands in this very page: the box closes, the sentence shows what was sought. */
  results.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-sentence], a[data-figure]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const words = Array.from(link.querySelectorAll("mark"), (mark) => mark.textContent.replace(/\s+/g, ""));
    const at = document.getElementById(globalThis.workreportAnchor(link.hash));
    if (!at) return;
    setTimeout(() => {
      document.querySelector("[data-search-close]").click();
      lit = put(lit);
      const fold = at.closest("details");
      if (fold) fold.open = true;
      if (words.length) lit = globalThis.workreportLit(at, words.filter(Boolean));
      at.tabIndex = -1;
      at.focus({ preventScroll: true });
      at.scrollIntoView({ block: "center" });
    });
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-save]");
    if (!link) return;
    event.preventDefault();
    const text = document.querySelector(link.getAttribute("href")).textContent;
    const saved = document.createElement("a");
    saved.href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
    saved.download = link.dataset.save;
    saved.click();
    setTimeout(() => { URL.revokeObjectURL(saved.href); }, 1000);
  });
})();
