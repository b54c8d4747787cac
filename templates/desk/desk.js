// Follows a running task, lights the words of the fact that is being looked at, and takes a file that is dropped.
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

  document.querySelectorAll(".task[data-done=no]").forEach(follow);
  document.querySelectorAll("form.facts").forEach(light);
  document.querySelectorAll("form.drop").forEach(drop);
})();
