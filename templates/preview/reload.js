/* The live preview alone loads this script: it reloads the page when the server has newer pages, at the same place.
   Leaves building to the server; `data-version` is the version of the pages that this page belongs to. */
(function () {
  "use strict";
  var own = document.currentScript;
  var KEY = "workreport-preview-place";
  var PAUSE = 500; // milliseconds between two questions

  /* The first element with an id that is seen, and how far below the top of the window it starts. */
  function place() {
    var found = Array.prototype.find.call(document.querySelectorAll("#content [id]"), function (element) {
      var box = element.getBoundingClientRect();
      return box.height > 0 && box.bottom > 0;
    });
    return {
      page: location.pathname,
      scroll: window.scrollY,
      id: found ? found.id : "",
      top: found ? found.getBoundingClientRect().top : 0,
    };
  }

  /* Scrolls to the place before the reload: to the same element, or, if it is gone, as far down as before. */
  function goBack() {
    var kept = JSON.parse(sessionStorage.getItem(KEY) || "null");
    sessionStorage.removeItem(KEY);
    if (!kept || kept.page !== location.pathname || kept.scroll === 0) return;
    history.scrollRestoration = "manual"; // the browser's own restoring knows pixels only
    var element = kept.id ? document.getElementById(kept.id) : null;
    var to = element ? element.getBoundingClientRect().top + window.scrollY - kept.top : kept.scroll;
    window.scrollTo({ top: to, behavior: "instant" });
  }

  function reload() {
    sessionStorage.setItem(KEY, JSON.stringify(place()));
    location.reload();
  }

  /* Asks again and again; a server that has ended or is starting again answers later. */
  function ask() {
    fetch(own.dataset.asks, { cache: "no-store" })
      .then(function (answer) {
        return answer.ok ? answer.text() : own.dataset.version;
      })
      .catch(function () {
        return own.dataset.version;
      })
      .then(function (version) {
        if (version !== own.dataset.version) reload();
        else setTimeout(ask, PAUSE);
      });
  }

  window.addEventListener("load", goBack);
  ask();
})();
