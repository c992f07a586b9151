/* Keys, told by aria-keyshortcuts on the element that acts; and focus after a swap. Every page works without this file. */
(() => {
  "use strict";

  const SWITCH = "coldstart.keys";
  const TYPED = "input:not([type=radio], [type=checkbox], [type=submit], [type=button]), textarea, select, [contenteditable]";
  const dialog = document.getElementById("keys");

  function isOn() {
    try {
      return localStorage.getItem(SWITCH) !== "off";
    } catch {
      return true;
    }
  }

  function remember(on) {
    try {
      localStorage.setItem(SWITCH, on ? "on" : "off");
    } catch {
      /* a browser that keeps nothing still has keys */
    }
  }

  function nameOf(event) {
    return event.key.length === 1 ? event.key.toUpperCase() : event.key;
  }

  function actor(key) {
    const all = document.querySelectorAll(`[aria-keyshortcuts~="${CSS.escape(key)}"]`);
    const waits = (element) => !element.disabled && !element.matches("[open] > summary") && element.checkVisibility();
    const found = [...all].filter(waits);
    return found.find((element) => element.closest("main")) ?? found[0]; // what the page has, before where the masthead leads
  }

  /* An option is chosen and nothing else: a row that would answer at a tap only takes the focus. */
  function act(element) {
    element.focus();
    if (element.matches("input[type=radio]")) element.checked = true;
    else if (element.matches("input[type=checkbox]")) element.checked = !element.checked;
    else if (!element.matches(`${TYPED}, button.option`)) return element.click();
    else return;
    element.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function hasItsOwnUse(key, target) {
    return (key === "Enter" || key === " ") && target.closest("a, button, summary, label, input");
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
    if (event.defaultPrevented || event.target.closest(TYPED) || dialog?.open || !isOn()) return;
    const key = nameOf(event);
    if (hasItsOwnUse(key, event.target)) return;
    const element = actor(key);
    if (!element) return;
    event.preventDefault();
    act(element);
  });

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) document.getElementById(opener.dataset.opens).showModal();
  });

  /* What is uncovered is read next. */
  document.addEventListener("toggle", ({ target }) => target.open && target.querySelector("[tabindex='-1']")?.focus(), true);

  /* The reader is taken to what is new: what the part marks, else its first heading. After settling: only then does htmx
     act on the new links, and a key pressed at once must not load a whole page. */
  document.addEventListener("htmx:afterSettle", ({ target }) => {
    if (target.closest("[data-stays]")) return; // what follows a control leaves the reader at it
    if (target.contains(document.activeElement) && document.activeElement.matches("[autofocus]")) return;
    const heading = target.querySelector('[data-new] [tabindex="-1"]') ?? target.querySelector('[tabindex="-1"]:not(.track *)') ?? target.querySelector("h1, h2, h3");
    if (!heading) return;
    heading.tabIndex = -1;
    heading.focus();
  });

  for (const opener of document.querySelectorAll("[data-opens]")) opener.hidden = false;
  const keysOn = document.getElementById("keys-on");
  if (keysOn) {
    keysOn.checked = isOn();
    keysOn.addEventListener("change", () => remember(keysOn.checked));
  }
})();
