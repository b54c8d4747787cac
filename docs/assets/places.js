/* Sifts the table of reports by place, level and year. What is chosen stands in the address (#year=2026&level=province), so
   that it can be sent on; without this script all reports are shown. */
(() => {
  "use strict";
  const box = document.querySelector("[data-choose]");
  if (!box) return;
  const name = box.querySelector("input[data-key=place]");
  const links = Array.from(box.querySelectorAll("nav[data-key] a"));
  const shown = box.querySelector("[data-shown]");
  const tables = Array.from(document.querySelectorAll("table.places"));
  const total = document.querySelectorAll("table.places .report").length;

  /* What the address names: keys that are not known are left out. */
  function chosen() {
    const named = new URLSearchParams(location.hash.slice(1));
    return { place: named.get("place") || "", level: named.get("level") || "", year: named.get("year") || "" };
  }

  function address(choice) {
    const named = new URLSearchParams();
    Object.keys(choice).forEach((key) => choice[key] && named.set(key, choice[key]));
    return `#${named}`;
  }

  function fits(row, choice) {
    const place = row.querySelector("th").textContent;
    const named = !choice.place || row.dataset.place === choice.place || place.includes(choice.place);
    return named && (!choice.level || row.dataset.level === choice.level);
  }

  /* Hides the columns of other years; returns how many reports of a row are left. */
  function cells(row, choice) {
    let left = 0;
    row.querySelectorAll("[data-year]").forEach((cell) => {
      cell.hidden = Boolean(choice.year) && cell.dataset.year !== choice.year;
      left += cell.hidden ? 0 : cell.querySelectorAll(".report").length;
    });
    return left;
  }

  function show() {
    const choice = chosen();
    let count = 0;
    tables.forEach((table) => {
      cells(table.tHead.rows[0], choice);
      let some = 0;
      Array.from(table.tBodies[0].rows).forEach((row) => {
        const left = cells(row, choice);
        row.hidden = !left || !fits(row, choice);
        some += row.hidden ? 0 : left;
      });
      table.hidden = !some;
      table.previousElementSibling.hidden = !some;
      count += some;
    });
    links.forEach((link) => {
      const key = link.closest("nav").dataset.key;
      const on = link.dataset.value === choice[key];
      if (on) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
      link.setAttribute("href", address({ ...choice, [key]: on ? "" : link.dataset.value }));
    });
    if (document.activeElement !== name) name.value = choice.place;
    shown.textContent = count === total ? `共 ${total} 份` : `显示 ${count} 份，共 ${total} 份`;
    if (choice.place || choice.level || choice.year) box.open = true;
  }

  name.addEventListener("input", () => {
    history.replaceState(null, "", address({ ...chosen(), place: name.value.trim() }));
    show();
  });
  window.addEventListener("hashchange", show);
  box.open = window.matchMedia("(min-width: 48rem)").matches;
  show();
})();
