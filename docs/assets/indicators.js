/* Sorts and sifts the table of indicators. The state lives in the address, so that a view can be shared; without this
   script the table stands as printed. */
(function () {
  "use strict";
  var KEYS = ["section", "kind", "unit", "status", "level", "sort", "up"];
  var form = document.querySelector("form[data-table]");
  var table = document.querySelector("table.indicators");
  if (!form || !table) return;
  /* In a single file the state stands in the fragment: an attachment has no address to add a query to. */
  var single = Boolean(document.querySelector("[data-single]"));
  var groups = Array.from(table.tBodies);
  var rows = [];
  groups.forEach(function (group) {
    Array.from(group.querySelectorAll("tr[data-figure]")).forEach(function (row) {
      rows.push({ row: row, group: group, order: rows.length, data: row.dataset });
    });
  });
  var sorted = document.createElement("tbody");
  var upward = false;

  /* The heads of three columns sort, too; a second press turns the order. */
  var heads = {};
  [["size", 1], ["change", 2], ["place", 3]].forEach(function (pair) {
    var head = table.tHead.rows[0].cells[pair[1]];
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.addEventListener("click", function () {
      upward = form.elements.sort.value === pair[0] ? !upward : pair[0] === "place";
      form.elements.sort.value = pair[0];
      show(true);
    });
    head.textContent = "";
    head.appendChild(button);
    heads[pair[0]] = head;
  });

  function fits(one, state) {
    return (!state.section || one.group.id === state.section) &&
      (!state.kind || one.data.kind === state.kind) &&
      (!state.unit || one.data.unit === state.unit) &&
      (!state.status || one.data.status === state.status) &&
      (!state.level || one.data.level.split("|").indexOf(state.level) >= 0);
  }

  /* Rows without the value stand last in either order; values are compared within one unit only. */
  function byKey(key, up) {
    return function (a, b) {
      var x = a.data[key], y = b.data[key];
      if (!x || !y) return (x ? 0 : 1) - (y ? 0 : 1) || a.order - b.order;
      if (key === "size" && a.data.unit !== b.data.unit) return order[a.data.unit] - order[b.data.unit];
      return (up ? x - y : y - x) || a.order - b.order;
    };
  }
  var order = {};
  rows.forEach(function (one) {
    if (!(one.data.unit in order)) order[one.data.unit] = Object.keys(order).length;
  });

  function state() {
    var found = {};
    KEYS.forEach(function (key) {
      found[key] = key === "up" ? (upward ? "1" : "") : form.elements[key].value;
    });
    return found;
  }

  var shown = rows;
  function show(keep) {
    var now = state();
    shown = rows.filter(function (one) { return fits(one, now); });
    var among = new Set(shown);
    if (now.sort) shown.sort(byKey(now.sort, upward));
    rows.forEach(function (one) { one.row.hidden = !among.has(one); });
    if (now.sort) {
      shown.forEach(function (one) { sorted.appendChild(one.row); });
      table.appendChild(sorted);
    } else if (sorted.parentNode) {
      /* Back to the order of the text. */
      rows.forEach(function (one) { one.group.appendChild(one.row); });
      sorted.remove();
    }
    groups.forEach(function (group) {
      var here = shown.filter(function (one) { return one.group === group; }).length;
      group.hidden = Boolean(now.sort) || !here;
      group.querySelector("tr.group .n").textContent = here + " 项";
    });
    Object.keys(heads).forEach(function (key) {
      if (now.sort === key) heads[key].setAttribute("aria-sort", upward ? "ascending" : "descending");
      else heads[key].removeAttribute("aria-sort");
    });
    form.querySelector("[data-shown]").textContent = "显示 " + shown.length + " 项，共 " + rows.length + " 项";
    form.querySelector("[data-export]").disabled = !shown.length;
    if (!keep) return;
    try { history.replaceState(null, "", address()); } catch (_) { /* not from every viewer */ }
  }

  function address() {
    var query = new URLSearchParams();
    var now = state();
    KEYS.forEach(function (key) { if (now[key]) query.set(key, now[key]); });
    var told = query.toString();
    if (single) return "#table" + (told ? "?" + told : "");
    return location.pathname + (told ? "?" + told : "") + (told ? "#table" : "");
  }

  /* A table program takes a leading =, +, - or @ for a formula; a number it may. */
  function cell(words) {
    var text = words.replace(/\s+/g, " ").trim();
    if (/^[=+\-@]/.test(text) && !/^[+-]?[\d.]+%?$/.test(text)) text = "'" + text;
    return /[",\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  }
  function words(row, query) {
    var at = row.querySelector(query);
    if (!at) return "";
    at = at.cloneNode(true);
    at.querySelectorAll(".aloud, .copylink, .arrow").forEach(function (extra) { extra.remove(); });
    return Array.from(at.querySelectorAll(".rank")).map(function (one) { return one.textContent; }).join("；") || at.textContent;
  }
  function sheet() {
    var lines = [["指标", "数值", "单位", "变化", "位次", "属于", "章节", "类别", "状态", "原句", "网址"]];
    shown.forEach(function (one) {
      var row = one.row;
      var unit = words(row, ".fig .unit");
      lines.push([
        words(row, "th"), words(row, ".fig").slice(0, unit ? -unit.length || undefined : undefined), unit, words(row, "[data-label=变化]"),
        words(row, "[data-label=位次]"), words(row, "[data-label=属于]"), one.group.querySelector("tr.group a").textContent,
        one.data.kind, one.data.status, words(row, ".quote a"), row.querySelector(".quote a").href,
      ]);
    });
    return "\ufeff" + lines.map(function (line) { return line.map(cell).join(","); }).join("\r\n") + "\r\n";
  }

  form.addEventListener("change", function (event) {
    if (event.target.name === "sort") upward = event.target.value === "place";
    show(true);
  });
  form.addEventListener("reset", function () {
    upward = false;
    setTimeout(function () { show(true); });
  });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.querySelector("[data-export]").addEventListener("click", function () {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([sheet()], { type: "text/csv" }));
    link.download = form.dataset.file;
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
  });
  form.querySelector("[data-share]").addEventListener("click", function () { window.workreportCopy(location.href, "已复制本视图的链接"); });

  var given = new URLSearchParams(single ? location.hash.split("?")[1] || "" : location.search);
  KEYS.forEach(function (key) {
    if (key === "up") upward = given.get(key) === "1";
    else if (given.get(key) !== null) form.elements[key].value = given.get(key);
    /* A value that this table does not know chooses nothing. */
    if (key !== "up" && form.elements[key].selectedIndex < 0) form.elements[key].value = "";
  });
  if (KEYS.some(function (key) { return given.get(key); })) {
    show(false);
    if (single) form.scrollIntoView();
  }
})();
