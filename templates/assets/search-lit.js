/* Lights the words of a search hit on the page that it opened: `?lit=…`, once for each, white space apart.
   Knows nothing of the index; what to light is told by the address. */
(() => {
  "use strict";
  const address = new URL(location.href);
  const words = address.searchParams.getAll("lit").map((w) => w.replace(/\s+/g, "")).filter(Boolean);

  /* The marks it made; in a single file asked for by each result. */
  const light = globalThis.workreportLit = (element, words) => {
    const made = [];
    const nodes = [], from = [];
    let text = "";
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      for (let i = 0; i < node.data.length; i++) {
        if (/\s/.test(node.data[i])) continue;
        text += node.data[i];
        from.push([nodes.length, i]);
      }
      nodes.push(node);
    }
    const on = nodes.map(() => []);
    for (const word of words) {
      for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
        for (let i = at; i < at + word.length; i++) on[from[i][0]][from[i][1]] = true;
      }
    }
    nodes.forEach((node, n) => {
      if (!on[n].length) return;
      const out = document.createDocumentFragment();
      for (let start = 0; start < node.data.length;) {
        let end = start;
        while (end < node.data.length && Boolean(on[n][end]) === Boolean(on[n][start])) end++;
        const run = node.data.slice(start, end);
        if (on[n][start]) {
          const mark = document.createElement("mark");
          mark.className = "found";
          mark.textContent = run;
          made.push(mark);
          out.append(mark);
        } else out.append(run);
        start = end;
      }
      node.replaceWith(out);
    });
    return made;
  };

  if (words.length) {
    for (const element of document.querySelectorAll("[data-text]")) light(element, words);
    // A link that is copied from here names the sentence, not the search.
    address.searchParams.delete("lit");
    try { history.replaceState(history.state, "", address); } catch { /* not from every disk */ }
  }
})();
