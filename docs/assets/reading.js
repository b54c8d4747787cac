/* For pages of text: one sentence a line, the two-letter indent, how far one has read, and reading aloud when asked. */
(() => {
  "use strict";
  const root = document.documentElement;
  const memory = globalThis.workreportMemory;

  function toggle(name) {
    const button = document.querySelector(`[data-${name}]`);
    if (!button) return;
    function set(on) {
      root.classList.toggle(`wr-${name}`, on);
      button.setAttribute("aria-pressed", String(on));
    }
    set(memory.get(name) === "on");
    button.addEventListener("click", () => {
      /* What one is reading stays where it is. */
      const at = document.elementFromPoint(window.innerWidth / 3, window.innerHeight / 2);
      const line = at && at.closest(".s");
      const before = line && line.getBoundingClientRect().top;
      const on = !root.classList.contains(`wr-${name}`);
      set(on);
      memory.set(name, on ? "on" : "");
      if (line) window.scrollBy(0, line.getBoundingClientRect().top - before);
    });
  }
  toggle("lines");
  toggle("indent");

  const text = document.querySelector(".text");
  const sentences = text ? text.querySelectorAll(".cite[data-n]") : [];
  if (sentences.length > 3) {
    const mark = document.createElement("div");
    mark.className = "wr-progress";
    mark.setAttribute("aria-hidden", "true");
    document.body.appendChild(mark);
    let asked = false;
    const measure = () => {
      asked = false;
      const box = text.getBoundingClientRect();
      const whole = box.height - window.innerHeight;
      mark.style.transform = `scaleX(${whole > 0 ? Math.min(Math.max(-box.top / whole, 0), 1) : 0})`;
    };
    const ask = () => {
      if (!asked) { asked = true; requestAnimationFrame(measure); }
    };
    window.addEventListener("scroll", ask, { passive: true });
    window.addEventListener("resize", ask);
    measure();
  }

  /* Where one is, in the contents: the last entry whose place has passed the upper third of the window. */
  const list = document.getElementById("wr-contents");
  const entries = list ? Array.from(list.querySelectorAll('a[href^="#"]'))
    .map((link) => ({ link, at: document.getElementById(globalThis.workreportAnchor(link.hash)) }))
    .filter((entry) => entry.at && entry.link.closest(".within")) : [];
  /* A long list follows, without moving the page. */
  function follow(link) {
    const top = link.getBoundingClientRect().top - list.getBoundingClientRect().top + list.scrollTop;
    if (top < list.scrollTop || top > list.scrollTop + list.clientHeight - 48) list.scrollTop = top - list.clientHeight / 3;
  }
  const page = list && list.querySelector('[aria-current="page"]');
  if (page) follow(page);
  if (entries.length) {
    let asked = false, resized = false, now;
    const look = () => {
      asked = false;
      const passed = entries.filter((entry) => entry.at.getBoundingClientRect().top < window.innerHeight / 3);
      const found = passed[passed.length - 1];
      if (found === now && !resized) return;
      resized = false;
      if (now) now.link.removeAttribute("aria-current");
      now = found;
      if (!now) return;
      now.link.setAttribute("aria-current", "location");
      follow(now.link);
    };
    const ask = () => {
      if (!asked) { asked = true; requestAnimationFrame(look); }
    };
    window.addEventListener("scroll", ask, { passive: true });
    window.addEventListener("resize", () => { resized = true; ask(); });
    look();
  }

  const aloud = document.querySelector("[data-aloud]");
  if (aloud) {
    let coming = false;
    aloud.addEventListener("click", () => {
      if (globalThis.workreportAloud) { globalThis.workreportAloud(aloud, text); return; }
      if (coming) return;
      coming = true;
      const script = document.createElement("script");
      script.src = aloud.dataset.aloud;
      script.onload = () => { globalThis.workreportAloud(aloud, text); };
      script.onerror = () => { coming = false; };
      document.head.appendChild(script);
    });
  }
})();
