/* The lab: marks of a picture that can be asked about, stepped through with the arrow keys; fields that are wrong; full screen.
   Every page works without this file: each row of a table has a button that asks the same. */
(() => {
  "use strict";

  const AHEAD = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  let asked = 0;
  let changed = -Infinity;

  /* In the order of time, then from top to bottom; both are where they are drawn. */
  function marksOf(svg) {
    const box = (mark) => mark.getBoundingClientRect();
    return [...svg.querySelectorAll("[data-mark]")].sort((a, b) => box(a).x - box(b).x || box(a).y - box(b).y);
  }

  function prepare() {
    for (const svg of document.querySelectorAll(".asks svg")) {
      const marks = marksOf(svg);
      if (marks.length && !marks.some((mark) => mark.tabIndex === 0)) marks[0].setAttribute("tabindex", "0");
    }
    const still = wrong();
    for (const field of document.querySelectorAll("#bench [aria-invalid]")) if (!still.has(field.id)) mend(field);
    for (const id of still) document.getElementById(id)?.setAttribute("aria-invalid", "true");
  }

  function wrong() {
    return new Set([...document.querySelectorAll("#outcome .errors a")].map((link) => link.hash.slice(1)));
  }

  /* What the server had said of it, on a page that began with a wrong value. */
  function mend(field) {
    field.removeAttribute("aria-invalid");
    field.closest("[data-wrong]")?.removeAttribute("data-wrong");
    document.getElementById(`${field.id}_error`)?.remove();
  }

  function ask(mark) {
    const form = mark.closest("form");
    const field = form.querySelector("[data-mark-field]");
    field.disabled = false;
    field.value = mark.dataset.mark;
    form.requestSubmit();
    field.disabled = true;
  }

  function take(mark) {
    const svg = mark.closest("svg");
    for (const each of svg.querySelectorAll("[data-mark][tabindex='0']")) each.setAttribute("tabindex", "-1");
    for (const each of svg.querySelectorAll("[data-mark][aria-current]")) each.removeAttribute("aria-current");
    mark.setAttribute("tabindex", "0");
    mark.setAttribute("aria-current", "true");
    mark.focus();
    clearTimeout(asked);
    asked = setTimeout(ask, 120, mark); // who steps quickly is asked about the last one alone
  }

  document.addEventListener("click", (event) => {
    const mark = event.target.closest(".asks [data-mark]");
    if (mark) return take(mark);
    const screen = event.target.closest("[data-fullscreen]");
    if (screen) document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
  });

  document.addEventListener("keydown", (event) => {
    const toggled = event.key === " " && event.target.closest?.("a[role='switch']");
    if (toggled) return event.preventDefault(), toggled.click(); // a switch is switched with the space bar, too
    const mark = event.target.closest?.(".asks [data-mark]");
    if (!mark || event.ctrlKey || event.metaKey || event.altKey) return;
    const marks = marksOf(mark.closest("svg"));
    const step = AHEAD[event.key];
    if (!step && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    take(step ? (marks[marks.indexOf(mark) + step] ?? mark) : mark);
  });

  /* Enter in a field that was changed is a change and a submit in one: the run that the first asked for is enough. */
  document.addEventListener("change", ({ target, timeStamp }) => target.closest("#bench") && (changed = timeStamp), true);
  document.addEventListener("submit", (event) => {
    if (event.target.id !== "bench" || event.timeStamp - changed > 100) return;
    event.preventDefault();
    event.stopPropagation();
  }, true);

  document.addEventListener("focusin", (event) => {
    if (event.target.matches("input[readonly]")) event.target.select();
  });
  document.addEventListener("htmx:afterSettle", ({ target }) => {
    prepare();
    if (target.id === "why" && document.activeElement === document.body) target.querySelector("h2")?.focus();
  });
  document.addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll("[data-fullscreen]")) button.hidden = !document.fullscreenEnabled;
  });
  prepare();
})();
