/* The table of columns: Alt with an arrow leads to the same field of the next row; flags ask for their signs. */
(() => {
  "use strict";

  const table = document.querySelector("table[data-rows]");
  if (!table) return;
  const flags = new Set(table.dataset.flags.split(" "));
  const rows = [...table.tBodies[0].rows];

  table.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by || !event.altKey || !event.target.name) return;
    const row = rows[rows.indexOf(event.target.closest("tr")) + by];
    const field = row?.querySelector(`[name^="${event.target.name.replace(/[0-9]+$/, "")}"]`);
    if (!field) return;
    event.preventDefault();
    field.focus();
  });

  table.addEventListener("change", (event) => {
    if (!event.target.name.startsWith("role-")) return;
    event.target.closest("tr").querySelector(".flag").hidden = !flags.has(event.target.value);
  });
})();
