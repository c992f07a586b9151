/* A mock exam's question: X and a letter strike an option out; how long it was in view goes along with each save. */
(() => {
  "use strict";

  const TYPED = "input:not([type=radio], [type=checkbox], [type=submit], [type=button]), textarea, select, [contenteditable]";
  let shown = null, inView = 0, since = performance.now();

  function isOff() {
    try {
      return localStorage.getItem("coldstart.keys") === "off";
    } catch {
      return false;
    }
  }

  function strike(paper, key) {
    const place = "ABCDEFGH".indexOf(key) + 1 || Number(key);
    delete paper.dataset.striking;
    return paper.querySelectorAll("[name=struck]")[place - 1];
  }

  /* Before keys.js hears of it, to which a letter alone means its option. */
  document.addEventListener("keydown", (event) => {
    const paper = document.getElementById("paper");
    if (!paper || isOff() || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.target.closest(TYPED) || document.querySelector("dialog[open]")) return;
    const key = event.key.toUpperCase();
    if (key === "X") paper.dataset.striking = "";
    else if ("striking" in paper.dataset) strike(paper, key)?.click();
    else return;
    event.preventDefault();
  }, true);

  /* What is chosen is not struck out, and the other way round; before the draft is sent. */
  document.addEventListener("change", ({ target }) => {
    if (!target.checked || !target.closest("#paper .pick")) return;
    const other = target.name === "struck" ? "response" : "struck";
    target.closest(".pick").querySelector(`[name=${other}]`).checked = false;
  }, true);

  function count() {
    if (!document.hidden) inView += performance.now() - since;
    since = performance.now();
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) inView += performance.now() - since;
    since = performance.now();
  });

  document.addEventListener("htmx:configRequest", ({ detail, target }) => {
    const paper = document.getElementById("paper");
    if (!paper || !(target === paper || paper.contains(target))) return;
    count();
    detail.parameters.device_ms = Math.round(inView);
    inView = 0;
  });

  /* Another question is another count. */
  document.addEventListener("htmx:afterSettle", () => {
    const paper = document.getElementById("paper");
    if (paper === shown) return;
    shown = paper;
    count();
    inView = 0;
  });
  shown = document.getElementById("paper");
})();
