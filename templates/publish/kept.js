// On the page that stands where a page was: its links take the reader's anchor along, so that a link to a sentence finds it.
(() => {
  "use strict";
  if (!location.hash) return;
  document.querySelectorAll("a[data-carry]").forEach((a) => { a.hash = location.hash; });
})();
