/* Sifts a list of promises by theme, and on the page of a place its series too. The choice lives in the address
   (#theme=elderly), so that it can be sent on; without this script the same links lead to the headings and folds. */
(() => {
  "use strict";
  const nav = document.querySelector("[data-themes]");
  if (!nav) return;
  const links = Array.from(nav.querySelectorAll("a"));
  const shown = document.querySelector("[data-shown]");
  const box = nav.closest("details");
  const lists = "ol.promise-list, ol.pairs, .unpaired ul, .series-grid, #two-years tbody";
  const groups = Array.from(document.querySelectorAll(lists)).map((list) => {
    const fold = list.closest("details");
    return { list, fold, heading: fold || list.previousElementSibling, items: Array.from(list.children) };
  });
  const folds = groups.map((group) => group.fold).filter(Boolean).map((fold) => ({ fold, open: fold.open }));
  const strips = Array.from(document.querySelectorAll("h2 + .strip")).map((strip) => (
    { heading: strip.previousElementSibling, folds: Array.from(strip.children) }
  ));
  const total = groups.reduce((sum, group) => sum + group.items.length, 0);
  let before = "";

  links.forEach((link) => {
    const theme = /^#theme-(.+)$/.exec(link.getAttribute("href"));
    link.setAttribute("href", theme ? `#theme=${theme[1]}` : "#theme=all");
  });

  /* The theme that the address names, "" for all: #theme=elderly, #theme-elderly and ?theme=elderly are the same. */
  function chosen() {
    const named = /^#theme[=-](.+)$/.exec(location.hash);
    const theme = named ? decodeURIComponent(named[1]) : new URLSearchParams(location.search).get("theme");
    return links.some((link) => link.getAttribute("href") === `#theme=${theme}`) && theme !== "all" ? theme : "";
  }

  function show() {
    const theme = chosen();
    let count = 0;
    groups.forEach((group) => {
      const whole = !theme || (group.heading && group.heading.id === `theme-${theme}`);
      let some = false;
      group.items.forEach((item) => {
        const fits = whole || item.classList.contains(`theme-${theme}`);
        item.hidden = !fits;
        some = some || fits;
        count += fits ? 1 : 0;
      });
      group.list.hidden = !some;
      if (group.heading) group.heading.hidden = !some;
      const box = group.list.closest(".tickets > section");
      if (box) box.hidden = !some;
    });
    strips.forEach((one) => (one.heading.hidden = one.folds.every((fold) => fold.hidden)));
    /* What a fold has of the theme is shown; it is as it was when all themes are chosen again. */
    if (theme !== before) folds.forEach((one) => (one.fold.open = theme ? !one.fold.hidden : one.open));
    before = theme;
    links.forEach((link) => {
      const on = link.getAttribute("href") === `#theme=${theme || "all"}`;
      if (on) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
    shown.textContent = `显示 ${count} 项，共 ${total} 项`;
  }

  window.addEventListener("hashchange", show);
  if (box) box.open = window.matchMedia("(min-width: 48rem)").matches || Boolean(chosen());
  show();
})();
