/* The board's matrix is one stop of Tab: arrows move over its cells, Enter opens the panel, Esc closes it. */
(() => {
  "use strict";

  // htmx puts a new page in place of the old one when somebody goes back, so the table is looked for each time.
  const matrix = () => document.getElementById("mx");
  const rowsOf = (table) =>
    [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll("a.c")]).filter((cells) => cells.length);
  const stopOf = (table) => table.querySelector('a.c[tabindex="0"]');

  const stand = (table, cell) => {
    const former = stopOf(table);
    if (former) former.tabIndex = -1;
    cell.tabIndex = 0;
  };

  const begin = () => {
    const table = matrix();
    if (!table) return;
    const cells = rowsOf(table).flat();
    if (!cells.length) return;
    cells.forEach((cell) => {
      cell.tabIndex = -1;
    });
    stand(table, table.querySelector("a.c[aria-current]") || table.querySelector("a.c.late") || cells[0]);
  };

  const aim = (event, y, x, rows) => {
    switch (event.key) {
      case "ArrowUp": return [y - 1, x];
      case "ArrowDown": return [y + 1, x];
      case "ArrowLeft": return [y, x - 1];
      case "ArrowRight": return [y, x + 1];
      case "Home": return [event.ctrlKey ? 0 : y, 0];
      case "End": return [event.ctrlKey ? rows.length - 1 : y, rows[y].length - 1];
      default: return null;
    }
  };

  const within = (value, size) => Math.max(0, Math.min(size - 1, value));

  const walk = (event) => {
    const cell = event.target instanceof Element && event.target.closest("#mx a.c");
    if (!cell || event.altKey || event.metaKey) return;
    const table = matrix();
    const rows = rowsOf(table);
    const y = rows.findIndex((cells) => cells.includes(cell));
    const aimed = aim(event, y, rows[y].indexOf(cell), rows);
    if (!aimed) return;
    event.preventDefault();
    const cells = rows[within(aimed[0], rows.length)];
    const next = cells[within(aimed[1], cells.length)];
    stand(table, next);
    next.focus();
  };

  const choose = (address) => {
    const table = matrix();
    if (!table) return;
    const wanted = new URL(address, location.href).searchParams;
    rowsOf(table).flat().forEach((cell) => {
      const own = new URL(cell.href).searchParams;
      if (own.get("o") === wanted.get("o") && own.get("i") === wanted.get("i")) {
        cell.setAttribute("aria-current", "true");
        stand(table, cell);
      } else {
        cell.removeAttribute("aria-current");
      }
    });
  };

  const close = (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    if (document.querySelector("dialog[open],details.chooser[open]")) return;
    const shut = document.querySelector("#panel [data-close]");
    if (shut) shut.click();
  };

  document.addEventListener("keydown", walk, true);
  document.addEventListener("keydown", close);
  document.addEventListener("focusin", (event) => {
    const cell = event.target.closest("#mx a.c");
    if (cell) stand(matrix(), cell);
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target && event.detail.target.id === "panel") choose(event.detail.pathInfo.requestPath);
  });
  document.addEventListener("htmx:historyRestore", begin);
  begin();
})();
