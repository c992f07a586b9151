/* The time zone that the browser knows goes with the form, where the person has not chosen one. */
(() => {
  "use strict";

  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  for (const field of document.querySelectorAll("[name=time_zone]")) {
    if (field.value) continue;
    if (field.matches("select") && ![...field.options].some((option) => option.value === own)) continue;
    field.value = own;
  }
})();
