/* When the server cannot be reached, the page says so; what was chosen or typed stays. */
(() => {
  "use strict";

  const notice = document.getElementById("offline");
  const show = (is) => () => {
    notice.hidden = !is;
  };
  document.addEventListener("htmx:sendError", show(true));
  document.addEventListener("htmx:timeout", show(true));
  document.addEventListener("htmx:beforeSwap", show(false));
})();
