/* A drill's question: X and a letter strike an option out, the arrow keys move along the ruler, and how long the question was in
   view goes along with its answer. Without this file the boxes and links do, and no time is told. */
(() => {
  "use strict";

  const LETTERS = "ABCDEFGH";
  const STEPS = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 };
  let isStriking = false;
  let counted = null, inView = 0, since = performance.now();

  /* The letter after X, before keys.js hears of it, to which a letter alone means its option. */
  document.addEventListener("keydown", (event) => {
    if (!isStriking || ["Shift", "Control", "Alt", "Meta"].includes(event.key)) return;
    arm(false);
    const place = LETTERS.indexOf(event.key.toUpperCase()) + 1 || Number(event.key);
    const box = document.querySelectorAll("[name=struck]")[place - 1];
    if (!box || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    box.focus();
    box.click();
  }, true);

  function arm(on) {
    isStriking = on;
    document.querySelector("#options")?.toggleAttribute("data-striking", on);
  }

  document.addEventListener("click", ({ target }) => {
    if (target.closest("[data-strikes]")) arm(true);
  });

  /* What is chosen is not struck out, and the other way round. */
  document.addEventListener("change", ({ target }) => {
    if (!target.checked || !target.closest(".pick")) return;
    const other = target.name === "struck" ? "response" : "struck";
    target.closest(".pick").querySelector(`[name=${other}]`).checked = false;
  });

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
    for (const armer of document.querySelectorAll("[data-strikes]")) armer.hidden = false;
    arm(false);
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
