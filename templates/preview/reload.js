/* The live preview alone loads this script: it reloads the page when the server has newer pages, at the same place.
   Leaves building to the server; `data-version` is the version of the pages that this page belongs to. */
(() => {
  "use strict";
  const own = document.currentScript.dataset;
  const KEY = "workreport-preview-place";
  const PAUSE = 500; // milliseconds between two questions

  /* The first element with an id that is seen, and how far below the top of the window it starts. */
  function place() {
    const seen = (element) => {
      const box = element.getBoundingClientRect();
      return box.height > 0 && box.bottom > 0;
    };
    const first = [...document.querySelectorAll("#content [id]")].find(seen);
    const top = first ? first.getBoundingClientRect().top : 0;
    return { page: location.pathname, scroll: window.scrollY, id: first ? first.id : "", top };
  }

  /* Scrolls to the place before the reload: to the same element, or, if it is gone, as far down as before. */
  function goBack() {
    const kept = JSON.parse(window.sessionStorage.getItem(KEY));
    window.sessionStorage.removeItem(KEY);
    if (!kept || kept.page !== location.pathname || kept.scroll === 0) return;
    history.scrollRestoration = "manual"; // the browser's own restoring knows pixels only
    const element = document.getElementById(kept.id);
    const top = element ? element.getBoundingClientRect().top + window.scrollY - kept.top : kept.scroll;
    window.scrollTo({ top, behavior: "instant" });
  }

  /* Asks again and again; a server that has ended or is starting again answers later. */
  async function ask() {
    let version = own.version;
    try {
      const answer = await window.fetch(own.asks, { cache: "no-store" });
      if (answer.ok) version = await answer.text();
    } catch {
      // no server now
    }
    if (version === own.version) {
      setTimeout(ask, PAUSE);
      return;
    }
    window.sessionStorage.setItem(KEY, JSON.stringify(place()));
    location.reload();
  }

  window.addEventListener("load", goBack);
  ask();
})();
