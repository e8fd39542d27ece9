// Lists: addresses without empty filters, boxes that close, print, and the focus after a page was swapped.
"use strict";
(() => {
  document.addEventListener("htmx:configRequest", (event) => {
    if (!event.target.closest("[data-lean]")) return;
    const data = event.detail.formData;
    for (const [name, value] of [...data.entries()]) if (value === "") data.delete(name);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-lean]")) return;
    for (const field of event.target.elements) if (field.name && field.value === "") field.disabled = true;
  });
  document.addEventListener("click", (event) => {
    for (const box of document.querySelectorAll("details.pop[open]")) if (!box.contains(event.target)) box.open = false;
  });
  document.addEventListener("keydown", (event) => {
    const box = event.key === "Escape" && event.target.closest("details.pop[open]");
    if (!box) return;
    event.preventDefault();
    box.open = false;
    box.querySelector("summary").focus();
  });
  // What was in focus is focused again by htmx where its id is still there; a page that ended leaves the table.
  let focused = "";
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.target.id === "list") focused = document.activeElement ? document.activeElement.id : "";
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id !== "list" || !focused) return;
    if (document.activeElement === document.body && !document.getElementById(focused)) {
      const table = document.querySelector("#list .wide") || document.getElementById("main");
      table.focus();
    }
    if (focused.startsWith("page-")) document.getElementById("list").scrollIntoView({ block: "nearest" });
    focused = "";
  });
})();
