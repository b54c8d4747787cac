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
