/* Opens the report's own explanation of a word beside it. Comes only to pages that have any; without it the links lead
   to the glossary. */
(() => {
  "use strict";
  let card = null, opener = null, glimpse = false, returning = false;

  function link(node) { return node.closest && node.closest("a[data-gloss]"); }

  /* A word that a figure or a doubt cuts into several links is one stop for the keyboard. */
  function again(one) {
    let before = one.previousSibling;
    while (before && before.nodeName === "I") before = before.previousSibling;
    return before && before.dataset && before.dataset.gloss === one.dataset.gloss;
  }
  document.querySelectorAll("a[data-gloss]").forEach((one) => {
    if (!document.getElementById(`x-${one.dataset.gloss}`)) {
      one.removeAttribute("data-gloss");
      return;
    }
    one.setAttribute("role", "button");
    one.setAttribute("aria-haspopup", "dialog");
    one.setAttribute("aria-expanded", "false");
    if (again(one)) one.tabIndex = -1;
  });

  function place() {
    const lines = opener.getClientRects();
    const line = lines[lines.length - 1];
    const home = document.body.getBoundingClientRect();
    const wide = document.documentElement.clientWidth, high = window.innerHeight;
    const left = Math.max(16, Math.min(line.left, wide - card.offsetWidth - 16));
    const above = line.bottom + card.offsetHeight + 16 > high && lines[0].top > card.offsetHeight + 16;
    card.style.left = `${left - home.left}px`;
    card.style.top = `${(above ? lines[0].top - card.offsetHeight - 8 : line.bottom + 8) - home.top}px`;
  }

  /* A figure shows its card as soon as the keys come to it; they stay at the figure until Enter. */
  function byKey(one) {
    try { return one.dataset.gloss.slice(0, 2) === "f-" && one.matches(":focus-visible"); } catch { return false; }
  }
  function enter() {
    glimpse = false;
    card.focus({ preventScroll: true });
    const box = card.getBoundingClientRect();
    if (box.bottom > window.innerHeight || box.top < 0) card.scrollIntoView({ block: "nearest" });
  }

  function open(one) {
    const words = document.getElementById(`x-${one.dataset.gloss}`);
    if (!words) return false;
    card = document.createElement("div");
    card.className = "wr-gloss md-typeset";
    card.tabIndex = -1;
    card.setAttribute("role", "dialog");
    card.setAttribute("aria-label", words.querySelector(".word").textContent);
    Array.from(words.childNodes).forEach((node) => { card.appendChild(node.cloneNode(true)); });
    const shut = document.createElement("button");
    shut.type = "button";
    shut.className = "shut";
    shut.setAttribute("aria-label", "关闭解释");
    shut.textContent = "×";
    card.appendChild(shut);
    const figure = one.dataset.gloss.startsWith("f-") && one.dataset.gloss.slice(2);
    const draw = figure && globalThis.workreportDrawer(one, figure);
    const line = draw && card.querySelector(".all");
    if (line) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "draw";
      button.textContent = "做成图片";
      button.addEventListener("click", () => { close(true); draw(); });
      line.appendChild(button);
    }
    document.body.appendChild(card);
    opener = one;
    opener.setAttribute("aria-expanded", "true");
    place();
    return true;
  }

  function close(back) {
    if (!card) return;
    const gone = card, from = opener;
    card = opener = null;
    glimpse = false;
    from.setAttribute("aria-expanded", "false");
    returning = true;
    if (back) from.focus({ preventScroll: true });
    returning = false;
    gone.remove();
  }

  document.addEventListener("click", (event) => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const one = link(event.target);
    if (card && card.contains(event.target)) {
      if (event.target.closest(".shut")) close(true);
    } else if (one && one === opener && glimpse) {
      enter();
      event.preventDefault();
    } else if (one) {
      const same = one === opener;
      close(same);
      if (same || open(one)) event.preventDefault();
      if (card) enter();
    } else {
      close(!event.target.closest("a, button, input, select, summary"));
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === " " && link(event.target)) {
      event.preventDefault();
      event.target.click();
    } else if (card && event.key === "Escape") {
      event.preventDefault();
      close(true);
    } else if (card && event.key === "Tab" && card.contains(event.target)) {
      const stops = card.querySelectorAll("a[href], button");
      const edge = event.shiftKey ? event.target === card || event.target === stops[0] : event.target === stops[stops.length - 1];
      if (edge) {
        event.preventDefault();
        close(true);
      }
    }
  });

  document.addEventListener("focusin", (event) => {
    if (card && event.target !== opener && !card.contains(event.target)) close(false);
    const one = link(event.target);
    if (one && !card && !returning && byKey(one)) glimpse = open(one);
  });
  window.addEventListener("resize", () => { if (card) place(); });
})();
