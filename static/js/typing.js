/* A grid of inputs: arrows and Enter move along a column, cells pasted from a spreadsheet spread right and down. */
(() => {
  "use strict";

  const grid = document.querySelector("table[data-grid]");
  if (!grid) return;
  const rows = [...grid.tBodies[0].rows].map((row) => [...row.querySelectorAll("input, select")]);
  const said = document.querySelector("[data-pasted]");

  const placeOf = (input) => {
    const row = rows.findIndex((inputs) => inputs.includes(input));
    return { row, column: row < 0 ? -1 : rows[row].indexOf(input) };
  };

  /* A choice is pasted by its word; what is no word of it leaves it as it was. */
  const fill = (input, text) => {
    if (input.tagName !== "SELECT") {
      input.value = text;
      return;
    }
    const option = [...input.options].find((one) => one.text.trim().toLowerCase() === text.toLowerCase());
    if (option) input.value = option.value;
  };

  const step = (input, by) => {
    const { row, column } = placeOf(input);
    const next = rows[row + by]?.[column];
    if (!next) return;
    next.focus();
    next.select?.();
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
    const lines = text.replace(/\r?\n$/, "").split(/\r?\n/);
    lines.forEach((line, down) => {
      line.split("\t").forEach((cell, right) => {
        const input = rows[row + down]?.[column + right];
        if (input) fill(input, cell.trim());
      });
    });
    const room = rows.length - row;
    said.hidden = false;
    said.textContent =
      lines.length > room
        ? `Вставлено строк: ${room} из ${lines.length}. Для остальных строк таблицы нет, вставьте их через «Вставить из таблицы».`
        : `Вставлено строк: ${lines.length}. Проверьте их и запишите.`;
  });
})();
