/* What only the single file needs: words of a search lit in the sentence that a result opens, and the plain texts saved.
   Leaves all else to the site's own scripts. */
(function () {
  "use strict";
  var results = document.getElementById("search-results");
  var lit = [];

  function put(marks) {
    marks.forEach(function (mark) {
      if (!mark.parentNode) return;
      var home = mark.parentNode;
      home.replaceChild(document.createTextNode(mark.textContent), mark);
      home.normalize();
    });
    return [];
  }

  /* A result stands in this very page: the box closes, the sentence shows what was sought. */
  results.addEventListener("click", function (event) {
    var link = event.target.closest("a[data-sentence], a[data-figure]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    var words = Array.from(link.querySelectorAll("mark"), function (mark) { return mark.textContent.replace(/\s+/g, ""); });
    var at = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!at) return;
    setTimeout(function () {
      document.querySelector("[data-search-close]").click();
      lit = put(lit);
      var fold = at.closest("details");
      if (fold) fold.open = true;
      if (words.length) lit = window.workreportLit(at, words.filter(Boolean));
      at.tabIndex = -1;
      at.focus({ preventScroll: true });
      at.scrollIntoView({ block: "center" });
    });
  });

  document.addEventListener("click", function (event) {
    var link = event.target.closest("[data-save]");
    if (!link) return;
    event.preventDefault();
    var text = document.querySelector(link.getAttribute("href")).textContent;
    var saved = document.createElement("a");
    saved.href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
    saved.download = link.dataset.save;
    saved.click();
    setTimeout(function () { URL.revokeObjectURL(saved.href); }, 1000);
  });
})();
