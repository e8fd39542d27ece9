/* The board's matrix is one stop of Tab: arrows move over its cells, Enter opens the panel, Esc closes it. */
(() => {
  "use strict";

  const table = document.getElementById("mx");
  if (!table) return;
  const rows = [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll("a.c")]).filter((cells) => cells.length);
  if (!rows.length) return;

  const chosen = () => table.querySelector("a.c[aria-current]");
  let stop = chosen() || table.querySelector("a.c.late") || rows[0][0];
  rows.flat().forEach((cell) => {
    cell.tabIndex = cell === stop ? 0 : -1;
  });

  const stand = (cell) => {
    stop.tabIndex = -1;
    stop = cell;
    stop.tabIndex = 0;
  };

  const place = () => {
    const y = rows.findIndex((cells) => cells.includes(stop));
    return [y, rows[y].indexOf(stop)];
  };

  const aim = (event) => {
    const [y, x] = place();
    const last = rows.length - 1;
    switch (event.key) {
      case "ArrowUp": return [y - 1, x];
      case "ArrowDown": return [y + 1, x];
      case "ArrowLeft": return [y, x - 1];
      case "ArrowRight": return [y, x + 1];
      case "Home": return [event.ctrlKey ? 0 : y, 0];
      case "End": return [event.ctrlKey ? last : y, rows[y].length - 1];
      default: return null;
    }
  };

  table.addEventListener("focusin", (event) => {
    const cell = event.target.closest("a.c");
    if (cell && cell !== stop) stand(cell);
  });

  table.addEventListener("keydown", (event) => {
    if (event.altKey || event.metaKey || !event.target.closest("a.c")) return;
    const aimed = aim(event);
    if (!aimed) return;
    event.preventDefault();
    const [y, x] = aimed;
    const cells = rows[Math.max(0, Math.min(rows.length - 1, y))];
    stand(cells[Math.max(0, Math.min(cells.length - 1, x))]);
    stop.focus();
  });

  const choose = (address) => {
    const wanted = new URL(address, location.href).searchParams;
    rows.flat().forEach((cell) => {
      const own = new URL(cell.href).searchParams;
      const same = own.get("o") === wanted.get("o") && own.get("i") === wanted.get("i");
      if (same) {
        cell.setAttribute("aria-current", "true");
        stand(cell);
      } else {
        cell.removeAttribute("aria-current");
      }
    });
  };

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id === "panel") choose(event.detail.pathInfo.requestPath);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open],details.chooser[open]")) return;
    const shut = document.querySelector("#panel [data-close]");
    if (shut) shut.click();
  });
})();
