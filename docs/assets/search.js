/* Exact search over sentences: every word of the query must stand in the sentence, after folding.
   The index (assets/search-index.js) is a plain list; folding happens here, for text and query alike. */
(function () {
  "use strict";
  var index, sentences;
  var FIRST = 500;

  /* Full and half width, case, white space: gone. Keeps for each folded character where it stood. */
  function fold(text) {
    var folded = "", from = [];
    for (var i = 0; i < text.length; i++) {
      var high = text.charCodeAt(i);
      var pair = high >= 0xd800 && high < 0xdc00;
      var character = pair ? text.slice(i, i + 2) : text[i];
      var plain = character.normalize("NFKC").toLowerCase().replace(/\s/g, "");
      for (var k = 0; k < plain.length; k++) from.push(i);
      folded += plain;
      if (pair) i++;
    }
    from.push(text.length);
    return { folded: folded, from: from };
  }

  function take(all) {
    index = all;
    sentences = all.sentences.map(function (row) {
      var text = fold(row[2]);
      return { id: row[0], section: row[1], text: row[2], heading: row[3] === 1, folded: text.folded, from: text.from };
    });
  }

  /* The words of a query: parted by white space, a quoted phrase whole. */
  function words(query) {
    var found = [];
    var pattern = /["“”]([^"“”]+)["“”]|([^\s"“”]+)/g;
    for (var m = pattern.exec(query); m; m = pattern.exec(query)) {
      var word = fold(m[1] || m[2]).folded;
      if (word && found.indexOf(word) < 0) found.push(word);
    }
    return found;
  }

  function find(asked) {
    var whole = asked.join("");
    var hits = [];
    sentences.forEach(function (sentence, place) {
      for (var i = 0; i < asked.length; i++) if (sentence.folded.indexOf(asked[i]) < 0) return;
      var rank = sentence.folded.indexOf(whole) >= 0 ? 0 : 2;
      hits.push({ sentence: sentence, place: place, rank: rank + (sentence.heading ? 0 : 1) });
    });
    return hits;
  }

  /* Sections in the order of their best hit, inside a section by rank, then as the text runs. */
  function grouped(hits) {
    var groups = new Map();
    hits.forEach(function (hit) {
      var group = groups.get(hit.sentence.section);
      if (!group) groups.set(hit.sentence.section, group = { section: hit.sentence.section, best: hit.rank, place: hit.place, hits: [] });
      if (hit.rank < group.best) { group.best = hit.rank; }
      group.hits.push(hit);
    });
    var list = Array.from(groups.values());
    list.forEach(function (group) { group.hits.sort(function (a, b) { return a.rank - b.rank || a.place - b.place; }); });
    return list.sort(function (a, b) { return a.best - b.best || a.place - b.place; });
  }

  /* The sentence with the words lit, as text nodes and <mark>. */
  function lit(sentence, asked) {
    var on = new Array(sentence.text.length).fill(false);
    asked.forEach(function (word) {
      for (var at = sentence.folded.indexOf(word); at >= 0; at = sentence.folded.indexOf(word, at + 1)) {
        for (var i = sentence.from[at]; i < sentence.from[at + word.length]; i++) on[i] = true;
      }
    });
    var out = document.createDocumentFragment();
    for (var start = 0; start < on.length;) {
      var end = start;
      while (end < on.length && on[end] === on[start]) end++;
      var run = document.createTextNode(sentence.text.slice(start, end));
      if (on[start]) { var mark = document.createElement("mark"); mark.appendChild(run); run = mark; }
      out.appendChild(run);
      start = end;
    }
    return out;
  }

  function element(name, cls, text) {
    var made = document.createElement(name);
    if (cls) made.className = cls;
    if (text) made.textContent = text;
    return made;
  }

  function show(box, query) {
    var results = box.querySelector("#search-results");
    var count = box.querySelector(".wr-search-count");
    var base = box.dataset.root.replace(/index\.html$/, "");
    var asked = words(query);
    results.textContent = "";
    count.textContent = "";
    if (asked.length) {
      var hits = find(asked);
      var groups = grouped(hits);
      count.textContent = hits.length ? hits.length + " 句，见于 " + groups.length + " 章" : "没有找到含有这些词的句子。";
      var left = FIRST;
      groups.forEach(function (group) { left = draw(results, group, asked, base, left); });
      if (hits.length > FIRST) {
        var more = element("button", "button", "显示其余 " + (hits.length - FIRST) + " 句");
        more.type = "button";
        more.addEventListener("click", function () {
          results.textContent = "";
          groups.forEach(function (group) { draw(results, group, asked, base, Infinity); });
        });
        results.appendChild(more);
      }
    }
    results.dataset.state = "ready";
  }

  function draw(results, group, asked, base, left) {
    if (left <= 0) return left;
    var section = index.sections[group.section];
    var part = element("section", "wr-hits");
    var heading = element("h2", "", section[1]);
    if (section[2]) heading.appendChild(element("span", "where", section[2]));
    heading.appendChild(element("span", "n", group.hits.length + " 句"));
    part.appendChild(heading);
    group.hits.slice(0, left).forEach(function (hit) {
      var link = element("a", "wr-hit");
      link.href = base + section[0] + "#" + hit.sentence.id;
      link.dataset.sentence = hit.sentence.id;
      link.appendChild(lit(hit.sentence, asked));
      part.appendChild(link);
    });
    results.appendChild(part);
    return left - group.hits.length;
  }

  var started = false;
  window.workreportSearch = function (box) {
    var input = box.querySelector("input");
    if (!started) {
      started = true;
      take(window.workreportIndex);
      var composing = false;
      input.addEventListener("compositionstart", function () { composing = true; });
      input.addEventListener("compositionend", function () { composing = false; show(box, input.value); });
      input.addEventListener("input", function () { if (!composing) show(box, input.value); });
    }
    show(box, input.value);
  };
})();
