/* Steps that are put in order by moving their rows. Without this file each step has a menu of places, which is all that is sent. */
(() => {
  "use strict";

  const rowsOf = (list) => [...list.querySelectorAll("[data-step]")];
  const menuOf = (row) => row.querySelector("select");

  /* Each menu says where its row stands; the first row cannot go up, nor the last one down. */
  function number(list) {
    const rows = rowsOf(list);
    rows.forEach((row, index) => {
      menuOf(row).value = String(index + 1);
      row.querySelector("[data-by='-1']").disabled = index === 0;
      row.querySelector("[data-by='1']").disabled = index === rows.length - 1;
    });
  }

  function move(row, to) {
    const list = row.closest("[data-steps]");
    const rows = rowsOf(list);
    const from = rows.indexOf(row);
    if (to === from || to < 0 || to >= rows.length) return;
    const held = document.activeElement;
    rows[to][to > from ? "after" : "before"](row);
    number(list);
    const keeps = held.disabled ? row.querySelector(".nudge:enabled") : held;
    keeps.focus();
    list.parentElement.querySelector("[data-moved]").textContent = `Place ${to + 1} of ${rows.length}`;
  }

  /* Rows that came back with their places stand in that order. */
  function prepare() {
    for (const list of document.querySelectorAll("[data-steps]:not([data-moves])")) {
      const rows = rowsOf(list);
      if (rows.every((row) => menuOf(row).value)) {
        rows.sort((one, other) => menuOf(one).value - menuOf(other).value);
        list.append(...rows);
      }
      for (const row of rows) menuOf(row).options[0].remove();
      for (const button of list.querySelectorAll(".nudge")) button.hidden = false;
      list.dataset.moves = "";
      number(list);
    }
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-steps] .nudge");
    if (!button) return;
    const row = button.closest("[data-step]");
    move(row, rowsOf(row.closest("[data-steps]")).indexOf(row) + Number(button.dataset.by));
  });
  document.addEventListener("change", ({ target }) => {
    const row = target.closest("[data-moves] [data-step]");
    if (row) move(row, Number(target.value) - 1);
  });
  document.addEventListener("htmx:afterSettle", prepare);
  prepare();
})();
