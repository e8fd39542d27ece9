/* Keys, focus and disclosure for every page. Nothing here is needed to finish a task with the mouse alone. */
(() => {
  "use strict";

  const typing = (element) => element instanceof HTMLElement && element.matches("input,select,textarea,[contenteditable]");

  const combination = (event) => {
    const held = [event.ctrlKey && "Ctrl", event.altKey && "Alt", event.shiftKey && event.key.length > 1 && "Shift"];
    return [...held.filter(Boolean), event.key].join("+");
  };

  const openHelp = () => {
    const help = document.getElementById("help");
    if (help && !help.open) help.showModal();
  };

  const focusSearch = () => {
    const search = document.getElementById("q");
    if (!search) return;
    search.focus();
    search.select();
  };

  const fieldsOf = (form) =>
    [...form.elements].filter((field) => field.matches("input:not([type=hidden]),select,textarea,button:not([type=button])") && !field.disabled && field.offsetParent);

  const step = (event) => {
    const field = event.target;
    const form = field.form;
    if (!form || !form.hasAttribute("data-enter-next") || field.matches("textarea,button,[type=submit]")) return;
    const fields = fieldsOf(form);
    const next = fields[fields.indexOf(field) + (event.shiftKey ? -1 : 1)];
    event.preventDefault();
    if (next) next.focus();
  };

  const press = (event) => {
    const wanted = combination(event);
    const target = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === wanted && one.offsetParent);
    if (!target) return false;
    event.preventDefault();
    target.click();
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const key = combination(event);
    if (key === "F1" || (key === "?" && !typing(event.target))) {
      event.preventDefault();
      openHelp();
    } else if (key === "F3" || key === "Ctrl+k" || key === "Ctrl+л") {
      event.preventDefault();
      focusSearch();
    } else if ((key === "Ctrl+Enter" || key === "Ctrl+s" || key === "Ctrl+ы") && event.target.form) {
      event.preventDefault();
      event.target.form.requestSubmit();
    } else if (event.key === "Enter" && !event.ctrlKey && !event.altKey) {
      step(event);
    } else if (key === "ArrowRight" || key === "ArrowLeft") {
      arrow(event, key === "ArrowRight");
    } else if (event.key.startsWith("F") || event.ctrlKey || !typing(event.target)) {
      press(event);
    }
  });

  const toggle = (button, open) => {
    const row = document.getElementById(button.getAttribute("aria-controls"));
    if (!row) return;
    const wanted = open ?? button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", String(wanted));
    row.hidden = !wanted;
  };

  const arrow = (event, open) => {
    const button = event.target.closest("button.tgl[aria-controls]");
    if (!button) {
      press(event);
      return;
    }
    event.preventDefault();
    toggle(button, open);
  };

  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const button = event.target.closest("button.tgl[aria-controls]");
    if (button) toggle(button);
    if (event.target.closest("[data-help]")) openHelp();
    if (event.target.closest("[data-print]")) window.print();
    const all = event.target.closest("[data-open-all]");
    if (all) document.querySelectorAll(`${all.dataset.openAll} button.tgl`).forEach((one) => toggle(one, true));
    const row = event.target.closest("tr[data-href]");
    if (row && !event.target.closest("a,button,input,label,select") && !String(getSelection())) location.assign(row.dataset.href);
    document.querySelectorAll("details.chooser[open]").forEach((chooser) => {
      if (!chooser.contains(event.target)) chooser.open = false;
    });
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details.chooser[open]").forEach((chooser) => {
      chooser.open = false;
      chooser.querySelector("summary").focus();
    });
  });

  const takeFocus = (root) => {
    const wanted = root.querySelector("[data-autofocus]");
    if (!wanted) return;
    wanted.focus();
    if (wanted.classList.contains("summary")) document.title = `Ошибка: ${document.title}`;
  };

  const say = (sentence) => {
    const place = document.getElementById("messages");
    const note = document.createElement("p");
    note.className = "note error";
    note.textContent = sentence;
    place.replaceChildren(note);
    place.scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("DOMContentLoaded", () => takeFocus(document));
  document.addEventListener("htmx:afterSettle", (event) => takeFocus(event.target));
  document.addEventListener("htmx:sendError", () => say("Нет связи с сервером. Проверьте сеть и повторите: введённое осталось на экране."));
  document.addEventListener("htmx:responseError", (event) => {
    const status = event.detail.xhr.status;
    say(
      status === 401 ? "Вы вышли из системы. Войдите в соседней вкладке и повторите: введённое осталось на экране."
        : status === 403 ? "Это действие вам не разрешено, или страница открыта слишком давно. Обновите её."
        : status === 404 ? "Этого уже нет: возможно, запись изменил другой сотрудник. Обновите страницу."
          : "У нас сбой, действие не выполнено. Повторите через минуту.",
    );
  });
})();
