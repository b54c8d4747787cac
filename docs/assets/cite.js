/* The dialog to cite a report, a section or a sentence. Its texts come ready from the build, with holes for the sentence, the
   version and the day of citing; here they are only filled (workreport/website/citations.py says which hole is which). */
(() => {
  "use strict";
  const told = globalThis.workreportCitations;
  const OPTIONAL = [["anchor", /\ue004([^\ue005]*)\ue005/g], ["version", /\ue006([^\ue007]*)\ue007/g]];
  const HOLES = { "\ue000": "number", "\ue001": "anchor", "\ue002": "accessed", "\ue003": "version" };

  function filled(text, values) {
    let made = text;
    OPTIONAL.forEach(([name, pattern]) => { made = made.replace(pattern, values[name] ? "$1" : ""); });
    return made.replace(/[\ue000-\ue003]/g, (hole) => values[HOLES[hole]] || "");
  }

  function today() {
    const now = new Date();
    const two = (n) => String(n).padStart(2, "0");
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  }

  function element(name, words, attributes) {
    const made = document.createElement(name);
    if (words) made.textContent = words;
    Object.entries(attributes || {}).forEach(([key, value]) => { made.setAttribute(key, value); });
    return made;
  }

  let dialog, parts;
  function make() {
    dialog = element("dialog", "", { "class": "wr-citing md-typeset", "aria-labelledby": "wr-citing-title" });
    const title = element("h2", "", { id: "wr-citing-title" });
    const close = element("button", "关闭", { type: "button", "class": "wr-citing-close" });
    const of = element("p", "", { "class": "of" });
    const choices = element("fieldset", "", { "class": "forms" });
    choices.appendChild(element("legend", "格式", { "class": "wr-aloud" }));
    told.formats.forEach(([id, name], k) => {
      const label = element("label", "");
      const input = element("input", "", { type: "radio", name: "wr-citing-form", value: String(k), id: `wr-citing-${id}` });
      if (k === 0) input.checked = true;
      input.addEventListener("change", show);
      label.append(input, element("span", name));
      choices.appendChild(label);
    });
    const text = element("pre", "", { tabindex: "0", "aria-label": "引用文字" });
    const copy = element("button", "复制", { type: "button", "class": "button" });
    const save = element("button", "下载", { type: "button", "class": "button" });
    const buttons = element("p", "", { "class": "buttons tight" });
    buttons.append(copy, save);
    const place = element("div", "", { "class": "place" });
    parts = { title, of, text, place, choices };
    dialog.append(close, title, of, choices, text, buttons, place);
    document.body.appendChild(dialog);
    close.addEventListener("click", () => { dialog.close(); });
    copy.addEventListener("click", () => { globalThis.workreportCopy(text.textContent, "已复制引用", dialog); });
    save.addEventListener("click", () => {
      const link = element("a", "", { download: `${parts.name}.${told.formats[chosen()][2]}` });
      link.href = URL.createObjectURL(new Blob([parts.exact], { type: "text/plain;charset=utf-8" }));
      link.click();
      setTimeout(() => { URL.revokeObjectURL(link.href); }, 1000);
    });
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  }

  function chosen() {
    return Number(parts.choices.querySelector("input:checked").value);
  }
  function show() {
    parts.exact = filled(parts.texts[chosen()], parts.values);
    parts.text.textContent = parts.exact.replace(/\r\n/g, "\n").trimEnd();
  }

  /* A QR code with the quiet zone of four modules around it. */
  const QUIET = 4;
  function drawn(rows, words) {
    const made = (name, attributes) => {
      const part = document.createElementNS("http://www.w3.org/2000/svg", name);
      Object.entries(attributes).forEach(([key, value]) => { part.setAttribute(key, value); });
      return part;
    };
    const size = rows.length + 2 * QUIET;
    const svg = made("svg", { viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": words, "class": "one-code" });
    const runs = rows.map((row, r) => row.map((dark, c) => (dark ? `M${c + QUIET} ${r + QUIET}.5h1` : "")).join("")).join("");
    svg.appendChild(made("path", { d: runs, stroke: "#000", "shape-rendering": "crispEdges" }));
    return svg;
  }

  /* The address, to copy, and its QR code: both only where the site has one. */
  function showPlace(key) {
    parts.place.replaceChildren();
    const address = told.addresses[key];
    if (!address) return;
    const url = filled(address, parts.values);
    const row = element("p", "");
    row.append(element("a", url, { href: url }));
    const copy = element("button", "复制网址", { type: "button", "class": "button" });
    copy.addEventListener("click", () => { globalThis.workreportCopy(url, "已复制网址", dialog); });
    const rows = globalThis.workreportCode(url);
    if (rows) parts.place.appendChild(drawn(rows, `二维码：${url}`));
    const words = element("div", "");
    words.append(row, copy);
    parts.place.appendChild(words);
  }

  function keyOf(place) { return Object.prototype.hasOwnProperty.call(told.texts, place) ? place : ""; }
  function versionOf() {
    const found = /\/v\/(\d{4}-\d\d-\d\d\.\d+)\//.exec(location.pathname);
    return found ? found[1] : "";
  }

  /* What a picture of a sentence tells of its source; the address is "" where the site has none. */
  globalThis.workreportSource = (place, sentence) => {
    const key = keyOf(place);
    const whole = key === "" || key === "text";
    return {
      mark: told.mark, title: told.titles[""], day: told.day,
      where: `第${sentence.number}句${whole ? "" : `\u3000${told.titles[key]}`}`,
      address: filled(told.addresses[key] || "", { number: sentence.number, anchor: sentence.id, accessed: today(), version: versionOf() }),
      file: `${told.name}-${sentence.id}`,
    };
  };

  /* `place` is the address of the page within its report; `sentence` has id and number of a sentence, or is undefined. */
  globalThis.workreportCite = (place, sentence) => {
    if (!dialog) make();
    const key = keyOf(place), version = versionOf();
    parts.texts = told.texts[key];
    parts.values = {
      number: sentence ? sentence.number : "",
      anchor: sentence ? sentence.id : "",
      accessed: today(),
      version,
    };
    const whole = key === "" || key === "text";
    parts.title.textContent = sentence ? "引用这一句" : whole ? "引用本报告" : "引用本章";
    parts.of.textContent = `${told.titles[key]}${sentence ? `\u3000第${sentence.number}句` : ""}${version ? `\u3000${version} 版` : ""}`;
    parts.name = [told.name, whole ? "" : key.replace(/\//g, "-"), sentence ? sentence.id : ""].filter(Boolean).join("-");
    show();
    showPlace(key);
    dialog.showModal();
  };
})();
