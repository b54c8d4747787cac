/* A sentence as a picture to send on: its exact words, its figure lit, where it stands. Drawn in the reader's browser with the
   fonts of the system; nothing of it is loaded, so it works from a disk as well. `plan` says what stands where and is pure;
   `draw` puts it on a canvas. Comes with the dialog to cite (cite.js), whose texts and addresses it uses. */
(() => {
  "use strict";
  const WIDTH = 1080, EDGE = 96, HEAD = 264, FOOT = 236, MARK = 104, CODE = 176;
  /* Sizes of the words in pixels: the largest that fits the square; below the last one the picture grows. */
  const SIZES = [80, 72, 64, 58, 52, 46, 42], LINE = 1.62;
  const CLOSES = /^[，。、；：？！…—·）》〉」』】〕”’％%‰℃,.;:!?)\]}～]/, OPENS = /[（《〈「『【〔“‘([{]$/;
  const ATOM = /[A-Za-z0-9](?:[A-Za-z0-9.,%‰+\-/:]*[A-Za-z0-9%‰])?|——|……|[\s\S]/gu;

  const fonts = {
    words: (size, lit) => `${lit ? 700 : 400} ${size}px song`,
    mark: "700 68px song", title: "700 38px song", small: "400 32px hei", address: "400 27px hei",
  };

  /* What may not be parted: a lit figure, a number or Latin word, and punctuation with what it belongs to. */
  function units(runs) {
    const found = [];
    let open = false;
    runs.forEach(({ text, lit }) => {
      (lit ? [text] : text.match(ATOM) || []).forEach((atom) => {
        if (found.length && (open || CLOSES.test(atom))) found[found.length - 1].push({ text: atom, lit });
        else found.push([{ text: atom, lit }]);
        open = OPENS.test(atom);
      });
    });
    return found;
  }

  /* Lines of pieces no wider than `width`; `measure` gives the width of words in a font. */
  function broken(runs, size, width, measure) {
    const lines = [[]];
    let used = 0;
    const wide = (pieces) => pieces.reduce((sum, piece) => sum + measure(piece.text, fonts.words(size, piece.lit)), 0);
    const put = (pieces) => {
      const room = wide(pieces);
      if (used + room > width && lines[lines.length - 1].length) {
        lines.push([]);
        used = 0;
      }
      if (!used && pieces.every((piece) => !piece.text.trim())) return;
      lines[lines.length - 1].push(...pieces);
      used += room;
    };
    units(runs).forEach((unit) => {
      if (wide(unit) <= width) put(unit);
      else unit.forEach(({ text, lit }) => { Array.from(text).forEach((c) => { put([{ text: c, lit }]); }); });
    });
    return lines;
  }

  /* The first words that fit on one line; … stands for the rest. */
  function fitted(text, font, width, measure) {
    if (measure(text, font) <= width) return text;
    const all = Array.from(text);
    while (all.length && measure(`${all.join("")}…`, font) > width) all.pop();
    return `${all.join("")}…`;
  }

  /* An address has no words to break between: two lines as long as there is room, the second one cut if need be. */
  function twoLines(address, width, measure) {
    const all = Array.from(address);
    let n = all.length;
    while (n > 1 && measure(all.slice(0, n).join(""), fonts.address) > width) n -= 1;
    const rest = all.slice(n).join("");
    return [all.slice(0, n).join(""), ...(rest ? [fitted(rest, fonts.address, width, measure)] : [])];
  }

  /* What is drawn, in pixels: `runs` are the words of the sentence in order, `lit` those of its figure. */
  function plan({ runs, mark, title, day, where, address, code }, measure) {
    const room = WIDTH - 2 * EDGE;
    const high = WIDTH - HEAD - FOOT;
    const size = SIZES.find((one) => broken(runs, one, room, measure).length * one * LINE <= high) || SIZES[SIZES.length - 1];
    const lines = broken(runs, size, room, measure);
    const block = Math.ceil(lines.length * size * LINE);
    const height = HEAD + Math.max(high, block) + FOOT;
    const items = [
      { kind: "box", x: 0, y: 0, width: WIDTH, height, fill: "paper" },
      { kind: "box", x: 0, y: 0, width: WIDTH, height: 16, fill: "accent" },
      { kind: "box", x: EDGE, y: 88, width: MARK, height: MARK, fill: "accent" },
      { kind: "words", part: "mark", x: EDGE + MARK / 2, y: 88 + MARK / 2, font: fonts.mark, fill: "paper", align: "center", text: mark },
    ];
    const beside = EDGE + MARK + 32;
    items.push(
      { kind: "words", part: "title", x: beside, y: 118, font: fonts.title, fill: "ink", text: fitted(title, fonts.title, WIDTH - EDGE - beside, measure) },
      { kind: "words", part: "day", x: beside, y: 170, font: fonts.small, fill: "soft", text: fitted(day, fonts.small, WIDTH - EDGE - beside, measure) },
    );
    let top = HEAD + Math.max(0, (high - block) / 2);
    lines.forEach((line) => {
      let x = EDGE;
      const y = top + size * LINE / 2;
      line.forEach(({ text, lit }) => {
        const font = fonts.words(size, lit), width = measure(text, font);
        if (lit) items.push({ kind: "box", x, y: y - size * 0.62, width, height: size * 1.24, fill: "lit" });
        items.push({ kind: "words", part: "sentence", x, y, font, fill: "ink", lit, text });
        x += width;
      });
      top += size * LINE;
    });
    const foot = height - FOOT;
    const short = address.replace(/^https?:\/\//, "");
    const left = WIDTH - 2 * EDGE - (code ? CODE + 32 : 0);
    items.push(
      { kind: "box", x: EDGE, y: foot + 24, width: left, height: 2, fill: "rule" },
      { kind: "words", part: "where", x: EDGE, y: foot + 72, font: fonts.small, fill: "soft", text: fitted(where, fonts.small, left, measure) },
    );
    if (short) {
      twoLines(short, left, measure).forEach((text, k) => {
        items.push({ kind: "words", part: "address", x: EDGE, y: foot + 120 + 38 * k, font: fonts.address, fill: "soft", text });
      });
    }
    if (code) items.push({ kind: "code", x: WIDTH - EDGE - CODE, y: foot + 10, size: CODE, rows: code, fill: "black" });
    return { width: WIDTH, height, items };
  }

  /* `look` has the colours by name and the two lists of fonts. */
  function fontOf(font, look) { return font.replace(/(song|hei)$/, (name) => look[name]); }
  function measurer(look) {
    const brush = document.createElement("canvas").getContext("2d");
    return (text, font) => {
      brush.font = fontOf(font, look);
      return brush.measureText(text).width;
    };
  }
  function draw(canvas, made, look) {
    canvas.width = made.width;
    canvas.height = made.height;
    const brush = canvas.getContext("2d");
    brush.textBaseline = "middle";
    made.items.forEach((item) => {
      brush.fillStyle = look[item.fill];
      if (item.kind === "box") {
        brush.fillRect(item.x, item.y, item.width, item.height);
      } else if (item.kind === "words") {
        brush.font = fontOf(item.font, look);
        brush.textAlign = item.align || "left";
        brush.fillText(item.text, item.x, item.y);
      } else {
        const cell = item.size / (item.rows.length + 8);
        brush.fillStyle = look.white;
        brush.fillRect(item.x, item.y, item.size, item.size);
        brush.fillStyle = look.black;
        item.rows.forEach((row, r) => {
          row.forEach((dark, c) => {
            if (dark) brush.fillRect(item.x + (c + 4) * cell, item.y + (r + 4) * cell, cell + 0.5, cell + 0.5);
          });
        });
      }
    });
  }

  /* The colours and fonts of a light page in normal type, whatever the reader has chosen for the screen. */
  function lightLook() {
    const root = document.documentElement;
    const scheme = root.dataset.scheme, elder = root.classList.contains("wr-elder");
    root.dataset.scheme = "light";
    root.classList.remove("wr-elder");
    const style = getComputedStyle(dialog);
    const look = { white: "#fff", black: "#000" };
    ["paper", "ink", "soft", "rule", "lit", "accent", "song", "hei"].forEach((name) => { look[name] = style.getPropertyValue(`--wr-${name}`).trim(); });
    if (scheme) root.dataset.scheme = scheme;
    else delete root.dataset.scheme;
    root.classList.toggle("wr-elder", elder);
    return look;
  }

  /* The words of a sentence as the page shows them; lit is the figure with the id `figure`, without one every figure. */
  function runsOf(sentence, figure) {
    const named = figure && document.getElementById(figure);
    const ordinal = named && /(?:^|\s)t(\d+)(?:\s|$)/.exec(named.className);
    const within = ordinal ? `.q${ordinal[1]}` : ".v";
    const query = ordinal && sentence.querySelector(`.v${within}`) ? `.v${within}` : within;
    const walker = document.createTreeWalker(sentence, NodeFilter.SHOW_TEXT);
    const runs = [];
    while (walker.nextNode()) {
      const lit = Boolean(walker.currentNode.parentElement.closest(query)), last = runs[runs.length - 1];
      if (last && last.lit === lit) last.text += walker.currentNode.data;
      else runs.push({ text: walker.currentNode.data, lit });
    }
    return runs;
  }

  let dialog, parts;
  function element(name, words, className) {
    const made = document.createElement(name);
    if (words) made.textContent = words;
    if (className) made.className = className;
    return made;
  }
  function button(words, act) {
    const made = element("button", words, "button");
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }
  function make() {
    dialog = element("dialog", "", "wr-citing wr-plate md-typeset");
    dialog.setAttribute("aria-labelledby", "wr-plate-title");
    const title = element("h2", "做成图片");
    title.id = "wr-plate-title";
    const close = element("button", "关闭", "wr-citing-close");
    close.type = "button";
    close.addEventListener("click", () => { dialog.close(); });
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    const canvas = element("canvas");
    canvas.setAttribute("role", "img");
    const buttons = element("p", "", "buttons tight");
    parts = { canvas, buttons };
    dialog.append(close, title, canvas, buttons);
    document.body.appendChild(dialog);
  }
  function asBlob(act) {
    parts.canvas.toBlob((blob) => { act(blob); }, "image/png");
  }
  function save() {
    asBlob((blob) => {
      const link = element("a");
      link.href = URL.createObjectURL(blob);
      link.download = parts.file;
      link.click();
      setTimeout(() => { URL.revokeObjectURL(link.href); }, 1000);
    });
  }
  function offer() {
    parts.buttons.replaceChildren();
    const say = globalThis.workreportSay;
    if (window.ClipboardItem && navigator.clipboard && navigator.clipboard.write && window.isSecureContext) {
      parts.buttons.appendChild(button("复制图片", () => {
        asBlob((blob) => {
          navigator.clipboard.write([new ClipboardItem({ "image/png": blob })])
            .then(() => { say("已复制图片", undefined, dialog); }, () => { say("不能复制，请保存图片", undefined, dialog); });
        });
      }));
    }
    parts.buttons.appendChild(button("保存图片", save));
    asBlob((blob) => {
      const file = new File([blob], parts.file, { type: "image/png" });
      if (!navigator.canShare || !navigator.canShare({ files: [file] })) return;
      parts.buttons.appendChild(button("发给别人", () => { navigator.share({ files: [file] }).catch(() => { /* thought better of it */ }); }));
    });
  }

  function open(place, sentence) {
    if (!dialog) make();
    const at = document.getElementById(sentence.id);
    const told = globalThis.workreportSource(place, sentence);
    const runs = runsOf(at, sentence.figure);
    const look = lightLook();
    const code = told.address ? globalThis.workreportCode(told.address) : null;
    draw(parts.canvas, plan({ ...told, runs, code }, measurer(look)), look);
    parts.canvas.setAttribute("aria-label", `图片：${runs.map((run) => run.text).join("")}`);
    parts.file = `${told.file}.png`;
    offer();
    dialog.showModal();
  }

  globalThis.workreportPicture = { open, plan, measurer };
})();
