/* The options of a question, in a drill and in a mock exam: X and a letter strike one out, and what is chosen is not struck out.
   keys.js hears the X, at the element that says so. Without this file the boxes do. */
(() => {
  "use strict";

  const LETTERS = "ABCDEFGH";
  let waiting = null; // the options that wait for a letter

  function wait(options) {
    waiting?.removeAttribute("data-striking");
    waiting = options;
    waiting?.setAttribute("data-striking", "");
  }

  document.addEventListener("click", ({ target }) => {
    if (target.closest("[data-strikes]")) wait(document.getElementById("options"));
  });

  /* The letter after X, before keys.js hears of it, to which a letter alone means its option. */
  document.addEventListener("keydown", (event) => {
    if (!waiting?.isConnected || ["Shift", "Control", "Alt", "Meta"].includes(event.key)) return;
    const place = LETTERS.indexOf(event.key.toUpperCase()) + 1 || Number(event.key);
    const box = waiting.querySelectorAll("[name=struck]")[place - 1];
    wait(null);
    if (!box || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    box.focus();
    box.click();
  }, true);

  /* What is chosen is not struck out, and the other way round; before the page hears of the change and sends it. */
  document.addEventListener("change", ({ target }) => {
    if (!target.checked || !target.closest(".pick")) return;
    const other = target.name === "struck" ? "response" : "struck";
    target.closest(".pick").querySelector(`[name=${other}]`).checked = false;
  }, true);

  function settle() {
    for (const each of document.querySelectorAll("[data-strikes]")) each.hidden = false;
  }

  document.addEventListener("htmx:afterSettle", settle);
  settle();
})();
