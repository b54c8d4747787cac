/* Sifts a list of promises by theme. The choice lives in the address (#theme=elderly), so that it can be sent on; without
   this script the same links lead to the headings. */
(() => {
  "use strict";
  const nav = document.querySelector("[data-themes]");
  if (!nav) return;
  const links = Array.from(nav.querySelectorAll("a"));
  const shown = nav.querySelector("[data-shown]");
  const groups = Array.from(document.querySelectorAll("ol.promise-list, ol.pairs, .unpaired ul")).map((list) => {
    const heading = list.previousElementSibling;
    return { list, heading, items: Array.from(list.children) };
  });
  const total = groups.reduce((sum, group) => sum + group.items.length, 0);

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
      const whole = !theme || group.heading.id === `theme-${theme}`;
      let some = false;
      group.items.forEach((item) => {
        const fits = whole || item.classList.contains(`theme-${theme}`);
        item.hidden = !fits;
        some = some || fits;
        count += fits ? 1 : 0;
      });
      group.heading.hidden = group.list.hidden = !some;
    });
    links.forEach((link) => {
      const on = link.getAttribute("href") === `#theme=${theme || "all"}`;
      if (on) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
    shown.textContent = `显示 ${count} 项，共 ${total} 项`;
  }

  window.addEventListener("hashchange", show);
  show();
})();
