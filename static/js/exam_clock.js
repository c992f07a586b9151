/* The clock of a mock exam, ticking between two answers of the server, which alone decides. Every page works without this file. */
(() => {
  "use strict";

  const FIRST = 4, LAST = 96; // percent of the ruler's picture, as exams/clock.py places its marks
  const GRACE_MS = 300;
  let ends = Infinity, hasAsked = false;

  const clock = () => document.getElementById("clock");

  /* What the server said last. */
  function read() {
    const said = clock();
    if (!said) { ends = Infinity; return; }
    ends = Date.now() + 1000 * Number(said.dataset.left);
    hasAsked = false;
    move("pace", Number(said.dataset.pace));
  }

  function spoken(seconds) {
    const two = (number) => String(number).padStart(2, "0");
    const hour = Math.floor(seconds / 3600), minute = Math.floor(seconds / 60) % 60;
    return hour ? `${hour}:${two(minute)}:${two(seconds % 60)}` : `${minute}:${two(seconds % 60)}`;
  }

  function move(hand, percent) {
    for (const one of document.querySelectorAll(`.minutes [data-hand="${hand}"]`)) {
      one.setAttribute(one.closest(".upright") ? "y" : "x", `${percent.toFixed(2)}%`);
    }
  }

  function tick() {
    const said = clock();
    if (!said) return;
    const left = Math.max(0, (ends - Date.now()) / 1000), allowed = Number(said.dataset.allowed);
    said.querySelector(".left").textContent = spoken(Math.ceil(left));
    move("now", FIRST + (LAST - FIRST) * Math.min(1, Math.max(0, 1 - left / allowed)));
    if (!hasAsked && Date.now() > ends + GRACE_MS) ask();
  }

  /* A save that comes too late is refused, and the sitting is handed in; one in time brings the clock right. */
  function ask() {
    hasAsked = true;
    const paper = document.getElementById("paper");
    if (paper) paper.dispatchEvent(new Event("change", { bubbles: true }));
    else location.reload();
  }

  function handIn() {
    document.querySelector("form[data-hands-in]")?.requestSubmit();
  }

  document.addEventListener("htmx:afterSettle", () => { read(); handIn(); });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && document.getElementById("paper")) ask();
  });
  read();
  handIn();
  setInterval(tick, 500);
})();
