/* 一图读懂: a button 发给别人 beside each picture, where the system's own share sheet takes pictures. Pages on a disk cannot read
   their pictures, so that there it is not offered; saving works everywhere without this script. */
(() => {
  "use strict";
  const probe = new File([""], "a.png", { type: "image/png" });
  const can = location.protocol.startsWith("http") && navigator.canShare && navigator.canShare({ files: [probe] });
  async function send(save) {
    const answer = await window.fetch(save.href);
    if (!answer.ok) throw new Error(String(answer.status));
    const file = new File([await answer.blob()], save.download, { type: "image/png" });
    await navigator.share({ files: [file] });
  }
  for (const save of can ? document.querySelectorAll(".shot-of a[download]") : []) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = "发给别人";
    button.addEventListener("click", () => {
      send(save).catch((error) => { if (error.name !== "AbortError") globalThis.workreportSay("没有发成，请先保存图片"); });
    });
    save.after(button);
  }
})();
