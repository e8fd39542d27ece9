/* Deciding about discrepancies from the keyboard: one tab stop, every decision written at once, in its order. */
(() => {
  "use strict";

  const DECISIONS = { 1: "hold", 2: "accept", 3: "later", 0: "open" };
  const ALIKE = { Digit1: "hold", Digit2: "accept", Digit3: "later", Digit0: "open" };
  const WORDS = { hold: "в протокол", accept: "принято", later: "отложено", open: "решение снято" };
  const COUNTERS = ["strip", "groups", "tally", "states", "foot"];
  const PAGE = 10;
  const table = document.getElementById("rows");
  if (!table) return;

  const side = document.getElementById("side");
  const said = document.getElementById("said");
  const messages = document.getElementById("messages");
  const token = document.querySelector("#decisions [name=csrfmiddlewaretoken]")?.value ?? "";
  const written = new Map(); // row → the decision the server holds
  const unsent = new Map(); // row → decisions of it on their way
  let underway = 0;
  let queue = Promise.resolve();
  let chosen = null;
  let asked = null;
  let timer = 0;

  const rowsOf = () => [...table.querySelectorAll("tbody tr[data-row]")];
  const nameOf = (row) => row.querySelector("td").textContent.trim();

  const complain = (sentence) => {
    const note = document.createElement("p");
    note.className = "note error";
    note.setAttribute("role", "alert");
    note.textContent = sentence;
    messages.replaceChildren(note);
    note.scrollIntoView({ block: "nearest" });
  };

  const parsed = (html) => {
    const piece = document.createElement("template");
    piece.innerHTML = html;
    return piece.content;
  };

  const untab = (row) => {
    for (const inner of row.querySelectorAll("a, input")) inner.tabIndex = -1;
  };

  const take = (rows) => {
    for (const row of rows) {
      written.set(row, row.dataset.decision);
      row.setAttribute("aria-selected", "false");
      row.tabIndex = -1;
      untab(row);
    }
  };

  /* The panel of the row in focus: the newest question wins. */
  const open = async (row, { focus = false } = {}) => {
    asked?.abort();
    const question = new AbortController();
    asked = question;
    try {
      const answer = await fetch(row.dataset.side + location.search, { headers: { "HX-Request": "true" }, signal: question.signal });
      if (!answer.ok) throw new TypeError(String(answer.status));
      side.innerHTML = await answer.text();
      if (focus) document.getElementById("side-title").focus();
    } catch (error) {
      if (error.name !== "AbortError") complain(`Подробности строки ${nameOf(row)} не открылись: сервер не ответил. Выберите строку ещё раз.`);
    }
  };

  const show = (row) => {
    clearTimeout(timer);
    timer = setTimeout(() => open(row), 120);
  };

  const choose = (row, { focus = true } = {}) => {
    if (!row) return;
    const isNew = row !== chosen;
    if (isNew && chosen) {
      chosen.classList.remove("sel");
      chosen.setAttribute("aria-selected", "false");
      chosen.tabIndex = -1;
    }
    chosen = row;
    row.classList.add("sel");
    row.setAttribute("aria-selected", "true");
    row.tabIndex = 0;
    if (focus) {
      row.focus({ preventScroll: true });
      row.scrollIntoView({ block: "nearest" });
    }
    if (isNew && side.querySelector("[data-shown]")?.dataset.shown !== row.dataset.row) show(row);
  };

  const fetchMore = async () => {
    const link = table.querySelector("a[data-next]:not([data-loading])");
    if (!link) return false;
    link.dataset.loading = "";
    try {
      const answer = await fetch(link.href, { headers: { "HX-Request": "true" } });
      if (!answer.ok) throw new TypeError(String(answer.status));
      const piece = parsed(`<table><tbody>${await answer.text()}</tbody></table>`);
      const rows = [...piece.querySelectorAll("tr")];
      take(rows.filter((row) => row.dataset.row));
      link.closest("tr").replaceWith(...rows);
      for (const next of table.querySelectorAll("a[data-next]")) next.tabIndex = -1;
      return true;
    } catch {
      delete link.dataset.loading;
      complain("Следующие строки не открылись: сервер не ответил. Повторите.");
      return false;
    }
  };

  const move = async (by) => {
    let rows = rowsOf();
    const wanted = rows.indexOf(chosen) + by;
    if (wanted >= rows.length && (await fetchMore())) rows = rowsOf();
    choose(rows[Math.max(0, Math.min(rows.length - 1, wanted))]);
  };

  const draw = (row, decision) => {
    row.dataset.decision = decision;
    for (const radio of row.querySelectorAll("input[type=radio]")) radio.checked = radio.value === decision;
  };

  const redraw = (row, fresh) => {
    const cell = fresh.querySelector("td");
    document.getElementById(cell.id).replaceWith(cell);
    untab(row);
    row.dataset.decision = fresh.dataset.decision;
  };

  const recount = (content) => {
    for (const id of COUNTERS) {
      const fresh = content.getElementById(id);
      if (fresh) document.getElementById(id)?.replaceWith(fresh);
    }
  };

  const send = async (row, decision) => {
    let ended = false;
    try {
      const answer = await fetch(row.dataset.decide, {
        method: "POST",
        body: new URLSearchParams({ decision, seen: written.get(row) }),
        headers: { "HX-Request": "true", "X-CSRFToken": token },
        keepalive: true,
      });
      if (!answer.ok) throw new TypeError(String(answer.status));
      const content = parsed(await answer.text());
      const fresh = content.querySelector("tr[data-row]");
      if (answer.headers.has("HX-Redirect")) {
        ended = true;
        throw new TypeError("the session has ended");
      }
      written.set(row, fresh.dataset.decision);
      if (unsent.get(row) === 1) redraw(row, fresh);
      if (underway === 1) recount(content);
      const refusal = content.getElementById("refusal");
      if (refusal) complain(refusal.textContent);
    } catch {
      if (unsent.get(row) === 1) draw(row, written.get(row));
      const why = ended ? "вход в систему закончился, войдите снова в другой вкладке" : "сервер не ответил";
      complain(`Решение по строке ${nameOf(row)} не записано: ${why}. На экране прежнее решение, повторите.`);
    } finally {
      unsent.set(row, unsent.get(row) - 1);
      underway -= 1;
      table.dataset.underway = String(underway);
      if (chosen === row && !unsent.get(row)) show(row);
    }
  };

  const decide = (row, decision) => {
    if (!row?.dataset.decide || row.dataset.decision === decision) return;
    draw(row, decision);
    said.textContent = `Строка ${nameOf(row)}: ${WORDS[decision]}`;
    unsent.set(row, (unsent.get(row) ?? 0) + 1);
    underway += 1;
    table.dataset.underway = String(underway);
    queue = queue.then(() => send(row, decision));
  };

  /* All rows of one reason are decided on a page that shows them and asks; what was pressed before is written first. */
  const decideAlike = (row, decision) => {
    queue.then(() => {
      const address = new URL(table.dataset.alike, location.href);
      address.searchParams.set("why", row.dataset.code);
      address.searchParams.set("decision", decision);
      location.assign(address);
    });
  };

  const STEPS = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE, Home: -Infinity, End: Infinity };

  table.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const row = event.target.closest("tr[data-row]");
    if (!row) return;
    if (event.shiftKey) {
      if (event.code in ALIKE && row.dataset.decide) {
        event.preventDefault();
        decideAlike(row, ALIKE[event.code]);
      }
      return;
    }
    if (event.key in STEPS) {
      event.preventDefault();
      move(STEPS[event.key]);
    } else if (event.key in DECISIONS && row.dataset.decide) {
      event.preventDefault();
      decide(row, DECISIONS[event.key]);
      move(1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      clearTimeout(timer);
      open(row, { focus: true });
    }
  });

  table.addEventListener("click", (event) => {
    const next = event.target.closest("a[data-next]");
    if (next) {
      event.preventDefault();
      fetchMore();
      return;
    }
    const row = event.target.closest("tr[data-row]");
    if (!row || event.ctrlKey || event.metaKey) return;
    if (event.target.closest("a.no")) event.preventDefault();
    if (!event.target.closest("label")) choose(row);
  });

  table.addEventListener("change", (event) => {
    const row = event.target.closest("tr[data-row]");
    if (!row) return;
    choose(row);
    decide(row, event.target.value);
  });

  table.addEventListener("focusin", (event) => {
    const row = event.target.closest("tr[data-row]");
    if (row && row !== chosen) choose(row, { focus: false });
  });

  side.addEventListener("submit", (event) => {
    const decision = event.submitter?.value;
    if (!chosen || !(decision in WORDS)) return;
    event.preventDefault();
    decide(chosen, decision);
    choose(chosen);
  });

  side.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !chosen) return;
    event.preventDefault();
    choose(chosen);
  });

  document.getElementById("to-rows")?.addEventListener("click", () => choose(chosen ?? rowsOf()[0]));
  window.addEventListener("beforeunload", (event) => {
    if (underway) event.preventDefault();
  });

  table.closest("form").classList.add("live");
  take(rowsOf());
  for (const next of table.querySelectorAll("a[data-next]")) next.tabIndex = -1;
  const wanted = side.querySelector("[data-shown]")?.dataset.shown;
  const rows = rowsOf();
  choose(rows.find((row) => row.dataset.row === wanted) ?? rows.find((row) => row.dataset.decision === "open") ?? rows[0], { focus: false });
})();
