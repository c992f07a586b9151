// A slider and the number beside it show one value. The number has the name: it is what a form sends.
// The slider's own `input` and `change` reach the form after the number has moved, since this listens on the way down.
"use strict";

document.addEventListener("input", (event) => {
  const moved = event.target;
  if (!(moved instanceof HTMLInputElement)) return;
  if (moved.matches("input[type=range][data-of]")) {
    const number = document.getElementById(moved.dataset.of);
    if (number) number.value = moved.value;
  } else if (moved.type === "number" && moved.id) {
    const slider = document.querySelector(`input[type=range][data-of="${CSS.escape(moved.id)}"]`);
    if (slider && moved.value !== "") slider.value = moved.value;
  }
}, true);

// Who is told to wait is asked again by itself, with what the fields hold by then.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.xhr.status !== 429 || detail.elt.id !== "bench") return;
  detail.shouldSwap = false;
  const wait = 1000 * (detail.xhr.getResponseHeader("Retry-After") || 1);
  setTimeout(() => detail.elt.isConnected && detail.elt.requestSubmit(), wait);
});
