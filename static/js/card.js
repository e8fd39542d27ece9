/* The accruals of a card: all explanations at once, and the column of the month before. */
(() => {
  "use strict";

  const rows = document.getElementById("services");
  if (!rows) return;
  const all = document.querySelector("[data-rows]");
  const buttons = [...rows.querySelectorAll("button.tgl[aria-controls]")];
  const isOpen = (button) => button.getAttribute("aria-expanded") === "true";

  const set = (button, open) => {
    button.setAttribute("aria-expanded", String(open));
    document.getElementById(button.getAttribute("aria-controls")).hidden = !open;
  };

  const name = () => {
    const every = buttons.every(isOpen);
    all.textContent = every ? "Свернуть все" : "Раскрыть все";
    all.setAttribute("aria-expanded", String(every));
  };

  all.hidden = !buttons.length;
  all.addEventListener("click", () => {
    const open = !buttons.every(isOpen);
    buttons.forEach((button) => set(button, open));
    name();
  });
  new MutationObserver(name).observe(rows, { attributes: true, attributeFilter: ["aria-expanded"], subtree: true });

  // The arrows up and down go along the services.
  rows.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const here = buttons.indexOf(event.target);
    if (!step || here < 0) return;
    event.preventDefault();
    const next = buttons[here + step];
    if (next) next.focus();
  });

  const compare = document.getElementById("compare");
  if (compare) {
    compare.closest("label").hidden = false;
    compare.addEventListener("change", () => rows.classList.toggle("no-change", !compare.checked));
  }
})();
