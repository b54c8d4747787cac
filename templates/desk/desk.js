// Follows a running task, lights the words of a fact, takes a file that is dropped, lets cards be dragged, shows the preview.
(() => {
  "use strict";

  const follow = (box) => {
    const ask = () => {
      const request = new window.XMLHttpRequest();
      request.open("GET", `/task/${box.dataset.task}/progress`);
      request.responseType = "json";
      request.onload = () => {
        const told = request.response;
        if (!told || told.done) {
          location.replace(`/task/${box.dataset.task}`);
          return;
        }
        const lines = box.querySelector(".lines");
        told.lines.slice(lines.children.length).forEach((words) => {
          const line = document.createElement("li");
          line.textContent = words;
          lines.append(line);
        });
        const stage = box.querySelector(".stage");
        const words = `${told.stage || "正在进行"}……`;
        if (stage.textContent !== words) stage.textContent = words;
        setTimeout(ask, 400);
      };
      request.onerror = () => {
        box.querySelector(".stage").textContent = "编辑台没有回答。打开它的那个窗口也许已经关了。";
      };
      request.send();
    };
    ask();
  };

  const light = (form) => {
    const marks = [...document.querySelectorAll("mark[data-facts]")];
    const show = (key) => marks.forEach((mark) => {
      const lit = mark.dataset.facts.split(" ").includes(key);
      mark.classList.toggle("lit", lit);
    });
    const near = (event) => {
      const row = event.target.closest("[data-fact]");
      if (row) show(row.dataset.fact);
    };
    form.addEventListener("focusin", near);
    form.addEventListener("pointerover", near);
  };

  const drop = (form) => {
    const input = form.querySelector("input[type=file]");
    const over = (event) => {
      event.preventDefault();
      form.classList.toggle("over", event.type === "dragover");
    };
    form.addEventListener("dragover", over);
    form.addEventListener("dragleave", over);
    form.addEventListener("drop", (event) => {
      over(event);
      if (event.dataTransfer.files.length) {
        input.files = event.dataTransfer.files;
        form.requestSubmit();
      }
    });
  };

  // Cards are dragged by their grip; the form is sent when one is let go at another place.
  const order = (form) => {
    const list = form.querySelector(".cards-of");
    let moved = null;
    let before = null;
    list.addEventListener("dragstart", (event) => {
      moved = event.target.closest("li");
      before = moved.nextElementSibling;
      moved.classList.add("dragged");
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", "");
    });
    list.addEventListener("dragover", (event) => {
      const over = event.target.closest(".cards-of > li");
      if (!moved || !over) return;
      event.preventDefault();
      const box = over.getBoundingClientRect();
      const below = event.clientY > box.top + box.height / 2;
      if (over !== moved) over[below ? "after" : "before"](moved);
    });
    list.addEventListener("drop", (event) => {
      if (moved) event.preventDefault();
    });
    list.addEventListener("dragend", () => {
      moved.classList.remove("dragged");
      if (moved.nextElementSibling !== before) form.requestSubmit();
      moved = null;
    });
  };

  // Shows the pages of the preview as soon as they are of the files as they are now.
  const live = (box) => {
    const state = box.querySelector(".state");
    const ask = () => {
      const request = new window.XMLHttpRequest();
      request.open("GET", box.dataset.asks);
      request.responseType = "json";
      request.onload = () => {
        const told = request.response;
        if (!told || told.state === "building") {
          setTimeout(ask, 500);
          return;
        }
        state.textContent = told.state === "ready" ? "这就是现在的首页。" : told.problem;
        box.querySelector(".screen").hidden = false;
        const frame = box.querySelector("iframe");
        if (!frame.src) frame.src = box.dataset.shows;
      };
      request.onerror = () => {
        state.textContent = "编辑台没有回答。打开它的那个窗口也许已经关了。";
      };
      request.send();
    };
    ask();
  };

  // Asks before a page is left on which something was typed at length and not saved, as after a refused attempt.
  const keep = () => {
    let unsaved = Boolean(document.querySelector(".problem[role=alert]"));
    document.addEventListener("input", (event) => {
      unsaved = unsaved || event.target.matches("textarea");
    });
    document.addEventListener("submit", () => {
      unsaved = false;
    });
    window.addEventListener("beforeunload", (event) => {
      if (!unsaved) return;
      event.preventDefault();
      event.returnValue = "";
    });
  };

  if (document.querySelector("textarea")) keep();
  document.querySelectorAll(".live").forEach(live);
  document.querySelectorAll("form.order").forEach(order);
  document.querySelectorAll(".task[data-done=no]").forEach(follow);
  document.querySelectorAll("form.facts").forEach(light);
  document.querySelectorAll("form.drop").forEach(drop);
})();
