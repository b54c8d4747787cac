/* Sorts and sifts the tables of a measure, and saves what is shown as CSV. What is chosen stands in the address
   (#year=2025&level=province&sort=value&place=330000,440000); without this script all tables are shown in the order of
   division codes. Nothing is sorted across tables: each has one year, one level of places and one unit. */
(() => {
  "use strict";
  const box = document.querySelector("[data-measure]");
  if (!box) return;
  const MOST = 5;
  const tables = Array.from(document.querySelectorAll("table.dots"));
  const links = Array.from(box.querySelectorAll("nav[data-key] a"));
  const order = box.querySelector("select[data-key=sort]");
  const picks = box.querySelector("[data-picks]");
  const shown = box.querySelector("[data-shown]");
  const rows = tables.flatMap((table) => Array.from(table.tBodies[0].rows));
  rows.forEach((row, k) => (row.dataset.order = k));

  const named = {};
  rows.forEach((row) => (named[row.dataset.place] = row.querySelector("th a").textContent));
  Object.keys(named).sort((a, b) => rows.findIndex((r) => r.dataset.place === a) - rows.findIndex((r) => r.dataset.place === b)).forEach((place) => {
    const label = document.createElement("label");
    const input = document.createElement("input");
    input.type = "checkbox";
    input.value = place;
    label.append(input, document.createTextNode(named[place]));
    picks.querySelector(".picks").append(label);
  });
  const boxes = Array.from(picks.querySelectorAll("input"));

  function chosen() {
    const told = new URLSearchParams(location.hash.slice(1));
    const places = (told.get("place") || "").split(",").filter((place) => Object.prototype.hasOwnProperty.call(named, place));
    return { year: told.get("year") || "", level: told.get("level") || "", sort: told.get("sort") || "", place: places.slice(0, MOST).join(",") };
  }

  function address(choice) {
    const told = new URLSearchParams();
    Object.keys(choice).forEach((key) => choice[key] && told.set(key, choice[key]));
    return `#${told}`;
  }

  /* By value or change, the greatest first; behind these what is no exact number or has another base, and what is not stated. */
  function compare(key) {
    if (key !== "value" && key !== "change") return (a, b) => a.dataset.order - b.dataset.order;
    const behind = key === "value" ? "bound" : "other-base";
    const rank = (row) => (row.dataset[key] === "" ? 2 : row.classList.contains(behind) ? 1 : 0);
    return (a, b) => rank(a) - rank(b) || b.dataset[key] - a.dataset[key] || a.dataset.order - b.dataset.order;
  }

  function show() {
    const choice = chosen();
    const places = choice.place ? choice.place.split(",") : [];
    let count = 0;
    tables.forEach((table) => {
      const body = table.tBodies[0];
      const fits = (!choice.year || table.dataset.year === choice.year) && (!choice.level || table.dataset.level === choice.level);
      Array.from(body.rows).sort(compare(choice.sort)).forEach((row) => {
        row.hidden = !fits || (places.length > 0 && !places.includes(row.dataset.place));
        count += row.hidden ? 0 : 1;
        body.append(row);
      });
      const none = Array.from(body.rows).every((row) => row.hidden);
      table.hidden = table.previousElementSibling.hidden = none;
    });
    links.forEach((link) => {
      const key = link.closest("nav").dataset.key;
      const on = link.dataset.value === choice[key];
      if (on) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
      link.setAttribute("href", address({ ...choice, [key]: on ? "" : link.dataset.value }));
    });
    order.value = choice.sort;
    if (order.selectedIndex < 0) order.value = "";
    boxes.forEach((input) => {
      input.checked = places.includes(input.value);
      input.disabled = !input.checked && places.length >= MOST;
    });
    picks.querySelector("[data-picked]").textContent = places.map((place) => named[place]).join("、");
    shown.textContent = `显示 ${count} 行，共 ${rows.length} 行`;
  }

  /* A cell of a CSV file; what a spreadsheet would take for a formula stands behind an apostrophe. */
  function cell(text) {
    const safe = /^(?:[=@\t\r]|[+-](?![\d.,]+[%‰]?$))/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
  }

  function told(td, bound) {
    const link = td.querySelector("a");
    if (!link) return { words: "", sign: "", base: "", href: "" };
    const base = td.querySelector(".base");
    const sign = [td.querySelector(".estimate") ? "预计" : "", bound ? "约数" : ""].filter(Boolean).join("、");
    return { words: link.textContent, sign, base: base ? base.textContent : "", href: link.getAttribute("href") };
  }

  function line(row) {
    const table = row.closest("table");
    const level = told(row.querySelector("td.value"), row.classList.contains("bound"));
    const change = told(row.querySelector("td.change"), row.classList.contains("change-bound"));
    const place = row.dataset.place;
    const heading = table.previousElementSibling.textContent.split(" · ");
    return [
      box.dataset.measure, row.querySelector("th a").textContent, /^\d+$/.test(place) ? place : "", heading[1], table.dataset.year,
      level.words, row.dataset.value, level.words ? table.dataset.unit : "", level.sign,
      change.words, row.dataset.change, change.words ? change.base || "上年" : "", change.sign, level.href, change.href,
    ];
  }

  function save() {
    const found = tables.flatMap((table) => Array.from(table.tBodies[0].rows).filter((row) => !row.hidden).map(line));
    const text = [box.dataset.columns.split("|"), ...found].map((cells) => `${cells.map(cell).join(",")}\r\n`).join("");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([`\ufeff${text}`], { type: "text/csv" }));
    link.download = box.dataset.file;
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  function go(change) {
    location.hash = address({ ...chosen(), ...change });
  }

  order.addEventListener("change", () => go({ sort: order.value }));
  boxes.forEach((input) => input.addEventListener("change", () => go({ place: boxes.filter((one) => one.checked).map((one) => one.value).join(",") })));
  box.querySelector("[data-save]").addEventListener("click", save);
  window.addEventListener("hashchange", show);
  box.open = window.matchMedia("(min-width: 48rem)").matches || location.hash.length > 1;
  show();
})();
