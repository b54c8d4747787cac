/* Copying links, light and dark, opening the search. Every page reads and works without it. */
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");

  function remembered(key) {
    try { return localStorage.getItem(key); } catch { return null; }
  }
  function remember(key, value) {
    try { localStorage.setItem(key, value); } catch { /* a reader may forbid it; then it is not remembered */ }
  }

  globalThis.workreportMemory = {
    get(name) { return remembered(`workreport.${name}`); },
    set(name, value) { remember(`workreport.${name}`, value); },
  };

  /* Large type (适老化): on every page once chosen. */
  function setElder(on) {
    root.classList.toggle("wr-elder", on);
    document.querySelectorAll("[data-elder]").forEach((button) => {
      button.setAttribute("aria-pressed", String(on));
      button.textContent = on ? "标准" : "大字";
    });
    /* A narrow page has no room for the pictures then, and shows their tables. */
    if (on) document.querySelectorAll("details.data").forEach((fold) => { fold.open = true; });
  }
  if (remembered("workreport.elder") === "on") setElder(true);

  /* The frame of the window (theme-color) follows the choice of light or dark; else the system's. */
  const tints = [...document.querySelectorAll('meta[name="theme-color"]')].map((meta) => [meta, meta.content]);
  function setScheme(chosen) {
    root.dataset.scheme = chosen;
    const tint = tints[chosen === "dark" ? 1 : 0];
    if (tint) tints.forEach(([meta]) => { meta.content = tint[1]; });
  }
  const scheme = remembered("workreport.scheme");
  if (scheme) setScheme(scheme);

  /* The manifest, for who puts the site on a home screen: from a disk a browser cannot read it, and complains; a first
     visit shall not wait for it. */
  const manifest = document.querySelector('meta[name="wr-manifest"]');
  if (manifest && location.protocol.startsWith("http")) {
    window.addEventListener("pointerdown", () => {
      const link = document.createElement("link");
      link.rel = "manifest";
      link.href = manifest.content;
      document.head.appendChild(link);
    }, { once: true, passive: true });
  }

  function nextScheme() {
    const dark = root.dataset.scheme
      ? root.dataset.scheme === "dark"
      : window.matchMedia("(prefers-color-scheme: dark)").matches;
    setScheme(dark ? "light" : "dark");
    remember("workreport.scheme", root.dataset.scheme);
  }

  /* A quiet word at the foot of the window. */
  let notice, timer;
  function say(words, asked, into) {
    if (notice && notice.parentNode !== (into || document.body)) (into || document.body).appendChild(notice);
    if (!notice) {
      notice = document.createElement("p");
      notice.className = "wr-notice";
      notice.setAttribute("role", "status");
      (into || document.body).appendChild(notice);
    }
    notice.textContent = words;
    notice.classList.toggle("asks", Boolean(asked));
    (asked || []).forEach(({ words: name, then }) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = name;
      button.addEventListener("click", () => { notice.classList.remove("shown"); then(); });
      notice.appendChild(button);
    });
    notice.classList.add("shown");
    clearTimeout(timer);
    timer = setTimeout(() => { notice.classList.remove("shown"); }, asked ? 6000 : 1800);
  }

  /* `into` is the dialog that is open: what stands outside it is neither seen nor focused; `asked` buttons behind the word. */
  function copy(text, done, into, asked) {
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(text).then(() => { say(done, asked, into); }, () => { copyOldWay(text, done, into, asked); });
    } else {
      copyOldWay(text, done, into, asked);
    }
  }
  function copyOldWay(text, done, into, asked) {
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "wr-aloud";
    (into || document.body).appendChild(area);
    area.select();
    let worked = false;
    try { worked = document.execCommand("copy"); } catch { /* told below */ }
    area.remove();
    say(worked ? done : "不能复制，请从地址栏复制", asked, into);
  }

  globalThis.workreportCopy = copy;
  globalThis.workreportSay = say;

  /* Search: its code and its index come only when a reader turns to it. */
  let box, opener, loading;
  function load(src) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = src;
      script.async = false;
      script.onload = resolve;
      script.onerror = reject;
      document.head.appendChild(script);
    });
  }
  function whole() {
    return new Promise((resolve) => {
      if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", resolve);
      else resolve();
    });
  }
  function ready() {
    /* In a single file all of it stands at the end. */
    loading = loading || ("single" in box.dataset ? whole() : Promise.all(`${box.dataset.index} ${box.dataset.code}`.split(" ").map(load)));
    return loading;
  }
  /* It stands behind the bar: on a slow line a reader turns to it long before the page is whole. */
  function searchBox() {
    if (!box && document.getElementById("search-results")) box = document.getElementById("wr-search");
    return box;
  }
  function openSearch(words) {
    if (!searchBox()) return;
    if (box.hidden) opener = document.activeElement;
    box.hidden = false;
    root.classList.add("wr-searching");
    const input = box.querySelector("input");
    if (typeof words === "string") input.value = words;
    input.focus();
    const results = box.querySelector("#search-results");
    if (results.dataset.state !== "ready") results.dataset.state = "loading";
    ready().then(() => globalThis.workreportOpen(box)).catch(() => {
      results.dataset.state = "failed";
      results.textContent = "搜索没有打开，请从“全文”或“名称”查找。";
    });
  }
  function closeSearch() {
    /* A browser takes the focus from a hidden box only when it next draws: until then a "/" would count as typed in it. */
    if (box.contains(document.activeElement)) document.activeElement.blur();
    box.hidden = true;
    root.classList.remove("wr-searching");
    if (globalThis.workreportClosed) globalThis.workreportClosed();
    if (opener && opener.focus) opener.focus({ preventScroll: true });
  }

  /* Citing, and a sentence as a picture: texts and dialogs come when a reader asks. */
  let citing;
  function cite(button, sentence, drawn) {
    citing = citing || Promise.all(button.dataset.cite.split(" ").map(load));
    citing.then(() => {
      const place = button.dataset.place.replace(/\/(?:index\.html)?$/, "");
      if (drawn) globalThis.workreportPicture.open(place, sentence);
      else globalThis.workreportCite(place, sentence);
    }).catch(() => { citing = undefined; say("引用没有打开，请用“下载与引用”页"); });
  }
  /* The button that cites the page, where there is one: it knows the scripts. */
  function citer() {
    const button = document.querySelector("[data-cite]");
    return button && button.offsetParent ? button : undefined;
  }
  /* What makes a picture of the sentence that holds an element, with the figure of this id lit; undefined where none can be made. */
  globalThis.workreportDrawer = (within, figure) => {
    const button = citer(), sentence = within.closest(".s");
    const number = sentence && document.querySelector(`.cite[data-n][href="#${CSS.escape(sentence.id)}"]`);
    return button && number ? () => { cite(button, { id: sentence.id, number: number.dataset.n, figure }, true); } : undefined;
  };
  function citeOf(at) {
    const button = at.dataset.n && citer();
    if (!button) return undefined;
    const sentence = { id: decodeURIComponent(at.hash.slice(1)), number: at.dataset.n };
    return [
      { words: "引用这一句", then: () => { cite(button, sentence); } },
      { words: "做成图片", then: () => { cite(button, sentence, true); } },
    ];
  }

  /* The contents as a sheet: the very list of the page, put into a dialog while it is open. */
  let sheet;
  function openContents() {
    const list = document.getElementById("wr-contents");
    if (!list || !list.parentNode.insertBefore || !window.HTMLDialogElement) return false;
    if (!sheet) {
      sheet = document.createElement("dialog");
      sheet.className = "wr-sheet md-typeset";
      sheet.setAttribute("aria-label", "目录");
      const close = document.createElement("button");
      close.type = "button";
      close.className = "wr-sheet-close";
      close.textContent = "关闭";
      sheet.appendChild(close);
      sheet.addEventListener("click", (event) => {
        if (event.target === sheet || event.target.closest("a, .wr-sheet-close")) sheet.close();
      });
      const home = document.createComment("");
      list.parentNode.insertBefore(home, list);
      sheet.addEventListener("close", () => { home.parentNode.insertBefore(list, home.nextSibling); });
      document.body.appendChild(sheet);
    }
    sheet.appendChild(list);
    sheet.showModal();
    const here = list.querySelector("[aria-current=location]") || list.querySelector("[aria-current]");
    if (here) sheet.scrollTop += here.getBoundingClientRect().top - sheet.getBoundingClientRect().top - sheet.clientHeight / 2;
    return true;
  }

  /* The bar at the foot makes room for what is read, and comes back when a reader turns. */
  let before = 0, moved = false;
  function turned() {
    moved = false;
    const at = Math.max(window.scrollY, 0);
    const end = at + window.innerHeight > root.scrollHeight - 80;
    if (Math.abs(at - before) < 8 && !end) return;
    root.classList.toggle("wr-down", at > before && at > 80 && !end);
    before = at;
  }
  window.addEventListener("scroll", () => {
    if (!moved) { moved = true; requestAnimationFrame(turned); }
  }, { passive: true });

  /* The page itself is shared by its public address; from a disk without one there is none. */
  function sharePage() {
    const canonical = document.querySelector("link[rel=canonical]");
    const served = location.protocol.startsWith("http");
    const url = canonical && !served ? canonical.href : served ? location.href : "";
    if (!url) { say("这一页存在本机，没有网址；点句末的小数字，可以把一句话做成图片"); return; }
    if (navigator.share) navigator.share({ title: document.title, url }).catch(() => { /* the reader thought better of it */ });
    else copy(url, "已复制本页网址");
  }

  document.addEventListener("click", (event) => {
    const at = event.target.closest("a, button");
    if (!at) return;
    if (at.matches(".cite, .pilcrow")) {
      copy(at.href, "已复制链接", undefined, citeOf(at));
    } else if (at.matches("[data-cite]")) {
      cite(at);
    } else if (at.matches(".copylink")) {
      event.preventDefault();
      copy(at.href, "已复制链接");
    } else if (at.matches("[data-copy]")) {
      copy(document.querySelector(at.dataset.copy).textContent, "已复制");
    } else if (at.matches("[data-scheme-next]")) {
      nextScheme();
    } else if (at.matches("[data-elder]")) {
      setElder(!root.classList.contains("wr-elder"));
      remember("workreport.elder", root.classList.contains("wr-elder") ? "on" : "");
    } else if (at.matches("[data-contents]")) {
      if (openContents()) event.preventDefault();
    } else if (at.matches("[data-share-page]")) {
      sharePage();
    } else if (at.matches("[data-search]")) {
      event.preventDefault();
      openSearch();
    } else if (at.matches("[data-search-close]")) {
      closeSearch();
    }
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches(".find, .wr-search form")) return;
    event.preventDefault();
    openSearch(form.querySelector("input").value);
  });

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest && event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "Escape" && box && !box.hidden) {
      event.preventDefault();
      closeSearch();
    } else if ((event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) ||
               (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey))) {
      event.preventDefault();
      openSearch();
    } else if (event.key === "Tab" && box && !box.hidden) {
      keepInside(event);
    }
  });
  function keepInside(event) {
    const all = Array.from(box.querySelectorAll("a[href], button, input, select, summary"))
      .filter((e) => e.offsetParent && (e.matches("summary") || !e.closest("details:not([open])")));
    const first = all[0], last = all[all.length - 1];
    if (event.shiftKey && document.activeElement === first) { event.preventDefault(); last.focus(); }
    else if (!event.shiftKey && document.activeElement === last) { event.preventDefault(); first.focus(); }
  }

  /* The id that an anchor names. As for browsers, an anchor with a broken code (#%) names what is written there. */
  globalThis.workreportAnchor = (hash) => {
    const written = hash.slice(1);
    if (document.getElementById(written)) return written;
    try {
      return decodeURIComponent(written);
    } catch {
      return written;
    }
  };

  /* A fold that holds what the address names opens itself; for printing all folds open. */
  function openTarget() {
    const id = globalThis.workreportAnchor(location.hash);
    const at = id && document.getElementById(id);
    let shut = false;
    for (let fold = at && at.closest("details"); fold; fold = fold.parentElement.closest("details")) {
      shut = shut || !fold.open;
      fold.open = true;
    }
    if (shut) at.scrollIntoView();
  }
  window.addEventListener("hashchange", () => {
    if (box && !box.hidden) closeSearch();
    openTarget();
  });
  window.addEventListener("beforeprint", () => {
    document.querySelectorAll("details.copy, details.data, .strip details").forEach((fold) => { fold.open = true; });
  });

  document.addEventListener("DOMContentLoaded", () => {
    setElder(root.classList.contains("wr-elder"));
    openTarget();
    const explanations = document.querySelector("[data-glosses]");
    if (explanations) load(explanations.dataset.glosses);
    const address = new URLSearchParams(location.search);
    if (!searchBox()) return;
    if (address.get("q") !== null && box.hidden) openSearch(address.get("q"));
    else if (address.has("lit") && box.dataset.lit) load(box.dataset.lit);
  });
})();
