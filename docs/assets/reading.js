/* For pages of text: one sentence a line, the two-letter indent, how far one has read, and reading aloud when asked. */
(function () {
  "use strict";
  var root = document.documentElement;
  var memory = window.workreportMemory;

  function toggle(name) {
    var button = document.querySelector("[data-" + name + "]");
    if (!button) return;
    function set(on) {
      root.classList.toggle("wr-" + name, on);
      button.setAttribute("aria-pressed", String(on));
    }
    set(memory.get(name) === "on");
    button.addEventListener("click", function () {
      /* What one is reading stays where it is. */
      var at = document.elementFromPoint(window.innerWidth / 3, window.innerHeight / 2);
      var line = at && at.closest(".s");
      var before = line && line.getBoundingClientRect().top;
      var on = !root.classList.contains("wr-" + name);
      set(on);
      memory.set(name, on ? "on" : "");
      if (line) window.scrollBy(0, line.getBoundingClientRect().top - before);
    });
  }
  toggle("lines");
  toggle("indent");

  var text = document.querySelector(".text");
  var sentences = text ? text.querySelectorAll(".cite[data-n]") : [];
  if (sentences.length > 3) {
    var mark = document.createElement("div");
    mark.className = "wr-progress";
    mark.setAttribute("aria-hidden", "true");
    document.body.appendChild(mark);
    var asked = false;
    var measure = function () {
      asked = false;
      var box = text.getBoundingClientRect();
      var whole = box.height - window.innerHeight;
      mark.style.transform = "scaleX(" + (whole > 0 ? Math.min(Math.max(-box.top / whole, 0), 1) : 0) + ")";
    };
    var ask = function () {
      if (!asked) { asked = true; requestAnimationFrame(measure); }
    };
    window.addEventListener("scroll", ask, { passive: true });
    window.addEventListener("resize", ask);
    measure();
  }

  var aloud = document.querySelector("[data-aloud]");
  if (aloud) {
    var coming = false;
    aloud.addEventListener("click", function () {
      if (window.workreportAloud) { window.workreportAloud(aloud, text); return; }
      if (coming) return;
      coming = true;
      var script = document.createElement("script");
      script.src = aloud.dataset.aloud;
      script.onload = function () { window.workreportAloud(aloud, text); };
      script.onerror = function () { coming = false; };
      document.head.appendChild(script);
    });
  }
})();
