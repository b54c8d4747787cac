/* Sorts and sifts the table of indicators. The state lives in the address, so that a view can be shared; without this
   script the table stands as printed. */
(() => {
  "use strict";
  const KEYS = ["section", "kind", "unit", "status", "level", "sort", "up"];
  const form = document.querySelector("form[data-table]");
  const table = document.querySelector("table.indicators");
  if (!form || !table) return;
  /* In a single file the state stands in the fragment: an attachment has no address to add a query to. */
  const single = Boolean(document.querySelector("[data-single]"));
  const groups = Array.from(table.tBodies);
  const rows = [];
  groups.forEach((group) => {
    Array.from(group.querySelectorAll("tr[data-figure]")).forEach((row) => {
      rows.push({ row, group, order: rows.length, data: row.dataset });
    });
  });
  const sorted = document.createElement("tbody");
  let upward = false;

  /* The heads of three columns sort, too; a second press turns the order. */
  const heads = {};
  [["size", 1], ["change", 2], ["place", 3]].forEach(([key, column]) => {
    const head = table.tHead.rows[0].cells[column];
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.addEventListener("click", () => {
      upward = form.elements.sort.value === key ? !upward : key === "place";
      form.elements.sort.value = key;
      show(true);
    });
    head.textContent = "";
    head.appendChild(button);
    heads[key] = head;
  });

  function fits(one, state) {
    return (!state.section || one.group.id === state.section) &&
      (!state.kind || one.data.kind === state.kind) &&
      (!state.unit || one.data.unit === state.unit) &&
      (!state.status || one.data.status === state.status) &&
      (!state.level || one.data.level.split("|").includes(state.level));
  }

  /* Rows without the value stand last in either order; values are compared within one unit only. */
  function byKey(key, up) {
    return (a, b) => {
      const x = a.data[key], y = b.data[key];
      if (!x || !y) return (x ? 0 : 1) - (y ? 0 : 1) || a.order - b.order;
      if (key === "size" && a.data.unit !== b.data.unit) return order[a.data.unit] - order[b.data.unit];
      return (up ? x - y : y - x) || a.order - b.order;
    };
  }
  const order = {};
  rows.forEach((one) => {
    if (!(one.data.unit in order)) order[one.data.unit] = Object.keys(order).length;
  });

  /* A report with results alone has no chips for the status. */
  function value(key) {
    if (key === "up") return upward ? "1" : "";
    return form.elements[key] ? form.elements[key].value : "";
  }
  function state() {
    const found = {};
    KEYS.forEach((key) => { found[key] = value(key); });
    return found;
  }
  /* What the filters choose, in the words of the page. */
  function chosen(now) {
    return ["section", "kind", "unit", "status", "level"].filter((key) => now[key]).map((key) => {
      const field = form.elements[key];
      return field.selectedOptions ? field.selectedOptions[0].textContent : now[key];
    });
  }

  /* The links to the sections follow what is shown, with its numbers; in one sorted list there are no sections. */
  const ways = new Map(Array.from(document.querySelectorAll(".jump a[href^='#g-']"), (link) => [link.hash.slice(1), link]));
  function follow(group, here, sorts) {
    const link = ways.get(group.id);
    if (!link) return;
    link.parentNode.hidden = sorts || !here;
    link.querySelector(".n").textContent = String(here);
  }

  const fold = form.querySelector("details");

  let shown = rows;
  function show(keep) {
    const now = state();
    shown = rows.filter((one) => fits(one, now));
    const among = new Set(shown);
    if (now.sort) shown.sort(byKey(now.sort, upward));
    rows.forEach((one) => { one.row.hidden = !among.has(one); });
    if (now.sort) {
      shown.forEach((one) => { sorted.appendChild(one.row); });
      table.appendChild(sorted);
    } else if (sorted.parentNode) {
      /* Back to the order of the text. */
      rows.forEach((one) => { one.group.appendChild(one.row); });
      sorted.remove();
    }
    groups.forEach((group) => {
      const here = shown.filter((one) => one.group === group).length;
      group.hidden = Boolean(now.sort) || !here;
      group.querySelector("tr.group .n").textContent = `${here} 项`;
      follow(group, here, Boolean(now.sort));
    });
    Object.keys(heads).forEach((key) => {
      if (now.sort === key) heads[key].setAttribute("aria-sort", upward ? "ascending" : "descending");
      else heads[key].removeAttribute("aria-sort");
    });
    const told = chosen(now);
    form.querySelector("[data-shown]").textContent =
      told.length ? `显示 ${shown.length} 项：${told.join("、")}（共 ${rows.length} 项）` : `显示 ${shown.length} 项，共 ${rows.length} 项`;
    form.querySelector("[type=reset]").hidden = !told.length && !now.sort;
    form.querySelector("[data-export]").disabled = !shown.length;
    if (!keep) return;
    try { history.replaceState(null, "", address()); } catch { /* not from every viewer */ }
  }

  function address() {
    const query = new URLSearchParams();
    const now = state();
    KEYS.forEach((key) => { if (now[key]) query.set(key, now[key]); });
    const told = query.toString();
    if (single) return told ? `#table?${told}` : "#table";
    return told ? `${location.pathname}?${told}#table` : location.pathname;
  }

  /* A table program takes a leading =, +, - or @ for a formula; a number it may. */
  function cell(words) {
    let text = words.replace(/\s+/g, " ").trim();
    if (/^[=+\-@]/.test(text) && !/^[+-]?[\d.]+%?$/.test(text)) text = `'${text}`;
    return /[",\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  }
  function words(row, query) {
    let at = row.querySelector(query);
    if (!at) return "";
    at = at.cloneNode(true);
    at.querySelectorAll(".aloud, .copylink, .arrow").forEach((extra) => { extra.remove(); });
    return Array.from(at.querySelectorAll(".rank")).map((one) => one.textContent).join("；") || at.textContent;
  }
  function sheet() {
    const lines = [["指标", "数值", "单位", "变化", "位次", "属于", "章节", "类别", "状态", "原句", "网址"]];
    shown.forEach((one) => {
      const row = one.row;
      const unit = words(row, ".fig .unit");
      lines.push([
        words(row, "th"), words(row, ".fig").slice(0, unit ? -unit.length || undefined : undefined), unit, words(row, "[data-label=变化]"),
        words(row, "[data-label=位次]"), words(row, "[data-label=属于]"), one.group.querySelector("tr.group a").textContent,
        one.data.kind, one.data.status, words(row, ".quote a"), row.querySelector(".quote a").href,
      ]);
    });
    return `\ufeff${lines.map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
  }

  form.addEventListener("change", (event) => {
    if (event.target.name === "sort") upward = event.target.value === "place";
    show(true);
  });
  form.addEventListener("reset", () => {
    upward = false;
    setTimeout(() => { show(true); });
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); });
  form.querySelector("[data-export]").addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([sheet()], { type: "text/csv" }));
    link.download = form.dataset.file;
    link.click();
    setTimeout(() => { URL.revokeObjectURL(link.href); }, 1000);
  });
  form.querySelector("[data-share]").addEventListener("click", () => { globalThis.workreportCopy(location.href, "已复制本视图的链接"); });

  const given = new URLSearchParams(single ? location.hash.split("?")[1] || "" : location.search);
  KEYS.forEach((key) => {
    if (key === "up") upward = given.get(key) === "1";
    else if (given.get(key) !== null && form.elements[key]) form.elements[key].value = given.get(key);
    /* A value that this table does not know chooses nothing. */
    if (key !== "up" && form.elements[key] && form.elements[key].selectedIndex < 0) form.elements[key].value = "";
  });
  /* A desk has room for all of it; on a phone it opens for what the address chooses. */
  fold.open = window.matchMedia("(min-width: 60rem)").matches || KEYS.some((key) => key !== "status" && given.get(key));
  if (KEYS.some((key) => given.get(key))) {
    show(false);
    if (single) form.scrollIntoView();
  }
})();
