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
