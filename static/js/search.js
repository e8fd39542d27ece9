// The search box of the head: suggestions as an ARIA combobox. Without them Enter opens the list of everyone found.
"use strict";
(() => {
  const input = document.querySelector("input[data-suggest]");
  if (!input) return;
  const form = input.form;
  const box = document.createElement("div");
  box.className = "suggest";
  box.id = "suggest";
  box.hidden = true;
  const told = document.createElement("p");
  told.className = "vh";
  told.setAttribute("role", "status");
  form.append(box, told);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-haspopup", "listbox");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", "suggest");
  let timer = 0;
  let asking = null;
  let shown = "";
  const options = () => [...box.querySelectorAll("[role=option]")];
  const chosen = () => box.querySelector("[aria-selected=true]");

  function choose(option) {
    for (const one of options()) one.setAttribute("aria-selected", String(one === option));
    if (!option) { input.removeAttribute("aria-activedescendant"); return; }
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }
  function close() {
    box.hidden = true;
    input.setAttribute("aria-expanded", "false");
    choose(null);
  }
  function open(html) {
    box.innerHTML = html;
    box.hidden = !html.trim();
    input.setAttribute("aria-expanded", String(options().length > 0));
    const list = box.querySelector("[role=listbox]");
    input.setAttribute("aria-controls", list ? list.id : "suggest");
    choose(null);
    const words = box.querySelector(".told");
    told.textContent = words ? words.textContent : "";
  }
  async function ask() {
    const text = input.value.trim();
    if (text === shown) return;
    shown = text;
    if (asking) asking.abort();
    if (text.length < 2) { open(""); close(); return; }
    asking = new AbortController();
    const query = new URLSearchParams(new FormData(form));
    query.set("q", text);
    try {
      const answer = await fetch(`${input.dataset.suggest}?${query}`, {
        headers: { "HX-Request": "true" }, signal: asking.signal, credentials: "same-origin",
      });
      const html = answer.ok ? await answer.text() : "";
      if (input.value.trim() === text && document.activeElement === input) open(html);
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 180); });
  input.addEventListener("blur", () => setTimeout(close, 150));
  input.addEventListener("focus", () => { if (options().length) open(box.innerHTML); });
  input.addEventListener("keydown", (event) => {
    const all = options();
    const at = all.indexOf(chosen());
    if (event.key === "Escape" && !box.hidden) {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && all.length) {
      event.preventDefault();
      if (box.hidden) open(box.innerHTML);
      const step = event.key === "ArrowDown" ? 1 : -1;
      const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step;
      choose(options()[next] || null);
    } else if (event.key === "Enter" && chosen() && !box.hidden) {
      event.preventDefault();
      window.location.assign(chosen().dataset.href);
    }
  });
  box.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    event.preventDefault();
    window.location.assign(option.dataset.href);
  });
})();
