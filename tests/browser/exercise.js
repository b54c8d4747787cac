// A function to run in a page: it opens, clicks, chooses and searches as readers do, and returns the counts of these actions
// (`done`) and what the page's Content-Security-Policy blocked (`refused`). By the counts a test can see that the page was used.
async () => {
  const rest = (ms) => new Promise((done) => setTimeout(done, ms));
  const seen = (e) => e.isConnected && e.offsetParent !== null && !e.disabled;
  const stay = (event) => { if (event.target.closest && event.target.closest("a[href]")) event.preventDefault(); };
  document.addEventListener("submit", (event) => event.preventDefault());
  const done = { buttons: 0, folds: 0, choices: 0, previews: 0, searches: 0, hits: 0 };

  for (const fold of document.querySelectorAll("details")) { fold.open = true; done.folds += 1; }

  // Previews: cards that a link in the text opens in place. `stay` prevents links from leaving the page; the page's own
  // click listeners run before it.
  document.addEventListener("click", stay);
  for (const link of Array.from(document.querySelectorAll("a[data-gloss], a.f, a.n, a.k, a[href^='#']")).filter(seen).slice(0, 12)) {
    for (const kind of ["pointerover", "mouseover", "pointerenter", "mouseenter"]) link.dispatchEvent(new MouseEvent(kind, { bubbles: true }));
    link.focus();
    link.click();
    await rest(20);
    done.previews += document.querySelectorAll("[role='dialog']:not(#wr-search)").length;
  }
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));

  const pressed = new WeakSet();
  const press = async () => {
    for (let button; done.buttons < 90 && (button = Array.from(document.querySelectorAll("button")).find((b) => seen(b) && !pressed.has(b) && b.type !== "reset"));) {
      pressed.add(button);
      button.click();
      done.buttons += 1;
      await rest(25);
    }
  };
  const choose = async (within) => {
    for (const box of Array.from(within.querySelectorAll("input[type='checkbox'], input[type='radio']")).filter(seen).slice(0, 12)) {
      box.click();
      done.choices += 1;
    }
    for (const list of Array.from(within.querySelectorAll("select")).filter(seen)) {
      list.selectedIndex = list.options.length - 1;
      list.dispatchEvent(new Event("change", { bubbles: true }));
      done.choices += 1;
    }
    await rest(40);
  };
  const article = document.querySelector("article");
  if (article) await choose(article);
  await press();

  const opener = document.querySelector("[data-search]");
  const box = document.getElementById("wr-search");
  if (opener && box) {
    if (box.hidden) opener.click();
    const results = document.getElementById("search-results"), input = document.getElementById("wr-query");
    const ready = async () => { for (let k = 0; k < 800 && results.dataset.state !== "ready"; k += 1) await rest(25); };
    for (const words of ["亚运", "100-200亿元", "zhiyuanzhe", "亚韵", "%_<b>\"'"]) {
      input.value = words;
      input.dispatchEvent(new Event("input", { bubbles: true }));
      await rest(60);
      await ready();
      done.searches += results.dataset.state === "ready" ? 1 : 0;
      done.hits += results.querySelectorAll("[data-sentence]").length;
    }
    input.value = "亚运";
    input.dispatchEvent(new Event("input", { bubbles: true }));
    await rest(60);
    await choose(box);
    for (const hit of Array.from(results.querySelectorAll("a, button")).filter(seen).slice(0, 6)) { hit.focus(); hit.click(); await rest(20); }
    await press();
  }
  for (const button of Array.from(document.querySelectorAll("button[type='reset']")).filter(seen)) button.click();
  window.dispatchEvent(new Event("beforeprint"));
  await rest(60);
  return { done, refused: window.refusedByPolicy || [] };
}
