/* A drill's question: the arrow keys move along the ruler, and how long the question was in view goes along with its answer.
   Without this file the links do, and no time is told. */
(() => {
  "use strict";

  const STEPS = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 };
  let counted = null, inView = 0, since = performance.now();

  /* One stop for the Tab key on the ruler: the arrows go on from there. */
  document.addEventListener("keydown", (event) => {
    const ruler = event.target.closest(".ruler");
    if (!ruler || !(event.key in STEPS)) return;
    const stops = [...ruler.querySelectorAll("a, [aria-current]")];
    const next = stops[stops.indexOf(event.target) + STEPS[event.key]];
    event.preventDefault();
    next?.focus();
  });

  /* The Enter key in a report sends the report, and not the answer that stands in the same form. */
  document.addEventListener("keydown", (event) => {
    const report = event.key === "Enter" && event.target.matches("input") && event.target.closest(".report");
    if (!report) return;
    event.preventDefault();
    report.querySelector("button").click();
  });

  function settle() {
    const links = document.querySelectorAll(".ruler a");
    links.forEach((link, index) => {
      link.tabIndex = index === links.length - 1 ? 0 : -1;
    });
    const shown = document.querySelector("[name=token]");
    if (shown === counted) return;
    counted = shown;
    inView = Number(shown?.form.elements.device_ms.value) || 0;
    since = performance.now();
  }

  function count() {
    if (!document.hidden) inView += performance.now() - since;
    since = performance.now();
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) inView += performance.now() - since;
    since = performance.now();
  });

  /* Every way of sending the form begins with a click on one of its buttons: so does the Enter key. */
  document.addEventListener("click", ({ target }) => {
    const field = target.closest("button")?.form?.elements.device_ms;
    if (!field) return;
    count();
    field.value = String(Math.round(inView));
  }, true);

  document.addEventListener("htmx:afterSettle", settle);
  settle();
})();
