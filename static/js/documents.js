/* The list of documents: arrows choose a row and show it beside; only while the focus is in the list. */
(() => {
  "use strict";

  const region = document.querySelector("[data-documents]");
  if (!region) return;
  let loading = 0;

  const rows = () => [...region.querySelectorAll("tbody tr")];
  const current = () => region.querySelector("tr[aria-current]");

  const select = (row) => {
    rows().forEach((one) => {
      one.classList.toggle("sel", one === row);
      one.removeAttribute("aria-current");
    });
    row.setAttribute("aria-current", "true");
    row.scrollIntoView({ block: "nearest" });
  };

  const show = (row) => {
    clearTimeout(loading);
    loading = setTimeout(() => window.htmx.ajax("GET", row.dataset.pane, { target: "#pane", swap: "innerHTML" }), 160);
  };

  region.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const all = rows();
    const at = all.indexOf(current());
    const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 };
    if (!(event.key in steps)) return;
    event.preventDefault();
    const row = all[Math.max(0, Math.min(all.length - 1, steps[event.key]))];
    select(row);
    show(row);
  });

  region.addEventListener("click", (event) => {
    const row = event.target.closest("tbody tr");
    if (!row) return;
    select(row);
    if (!event.target.closest("a")) show(row);
  });
})();
