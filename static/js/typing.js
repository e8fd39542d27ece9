/* A grid of sums: arrows and Enter move along a column, cells pasted from a spreadsheet spread right and down. */
(() => {
  "use strict";

  const grid = document.querySelector("table[data-grid]");
  if (!grid) return;
  const rows = [...grid.tBodies[0].rows].map((row) => [...row.querySelectorAll("input")]);

  const placeOf = (input) => {
    const row = rows.findIndex((inputs) => inputs.includes(input));
    return { row, column: row < 0 ? -1 : rows[row].indexOf(input) };
  };

  const step = (input, by) => {
    const { row, column } = placeOf(input);
    const next = rows[row + by]?.[column];
    if (!next) return;
    next.focus();
    next.select();
  };

  grid.addEventListener("keydown", (event) => {
    if (event.target.tagName !== "INPUT" || event.ctrlKey || event.altKey || event.metaKey) return;
    const by = { ArrowDown: 1, ArrowUp: -1, Enter: event.shiftKey ? -1 : 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    step(event.target, by);
  });

  grid.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text/plain");
    const { row, column } = placeOf(event.target);
    if (row < 0 || !/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    text.replace(/\r?\n$/, "").split(/\r?\n/).forEach((line, down) => {
      line.split("\t").forEach((cell, right) => {
        const input = rows[row + down]?.[column + right];
        if (input) input.value = cell.trim();
      });
    });
  });
})();
