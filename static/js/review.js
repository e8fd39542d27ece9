/* The verifier's table: arrows choose a row, 1 accepts, 2 remarks, 3 opens the card; only while the focus is in it. */
(() => {
  "use strict";

  const region = document.querySelector("[data-review]");
  if (!region) return;
  let loading = 0;

  const rows = () => [...region.querySelectorAll("tbody tr")];
  const current = () => region.querySelector("tr[aria-current]") || rows()[0];

  const explain = (row) => {
    clearTimeout(loading);
    loading = setTimeout(() => window.htmx.ajax("GET", row.dataset.panel, { target: "#panel", swap: "innerHTML" }), 180);
  };

  const select = (row, { quietly = false } = {}) => {
    if (!row) return;
    rows().forEach((one) => {
      one.classList.toggle("sel", one === row);
      one.removeAttribute("aria-current");
    });
    row.setAttribute("aria-current", "true");
    row.scrollIntoView({ block: "nearest" });
    if (!quietly) explain(row);
  };

  const step = (by) => {
    const all = rows();
    const next = Math.max(0, Math.min(all.length - 1, all.indexOf(current()) + by));
    select(all[next]);
  };

  region.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.matches("input,select,textarea")) return;
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -rows().length, End: rows().length };
    if (event.key in steps) {
      event.preventDefault();
      step(steps[event.key]);
    } else if (["1", "2", "3"].includes(event.key)) {
      const act = current()?.querySelector(`[data-decide="${event.key}"]`);
      if (!act) return;
      event.preventDefault();
      select(current(), { quietly: true });
      clearTimeout(loading);
      act.click();
    }
  });

  region.addEventListener("click", (event) => {
    const row = event.target.closest("tbody tr");
    if (!row) return;
    const acts = event.target.closest("a,button");
    select(row, { quietly: Boolean(acts) });
    if (acts) clearTimeout(loading);
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    const decided = /^row-\d+$/.test(event.detail.target.id) && document.getElementById(event.detail.target.id);
    if (!decided) return;
    const all = rows();
    const after = all.slice(all.indexOf(decided) + 1);
    const next = after.find((row) => !row.classList.contains("decided")) || all.find((row) => !row.classList.contains("decided"));
    region.focus({ preventScroll: true });
    select(next || decided);
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    const ask = event.detail.target.id === "panel" && event.detail.target.querySelector("form.ask");
    if (ask && !ask.querySelector(".summary")) ask.querySelector("select").focus();
  });

  select(rows()[0], { quietly: true });
})();
