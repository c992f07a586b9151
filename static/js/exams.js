/* A mock exam's question: how long it was in view goes along with each save. */
(() => {
  "use strict";

  let shown = null, inView = 0, since = performance.now();

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
