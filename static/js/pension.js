/* A proposal decided from the keyboard: 1 accepts, 2 declines with a reason, 3 puts off, arrows go along the list. */
(() => {
  "use strict";

  const form = document.getElementById("decide");
  const reason = document.getElementById("reason");
  const presses = (key) => form?.querySelector(`button[data-press="${key}"]`);
  let sent = false;

  const decide = (key) => {
    if (key === "2" && !reason.value.trim()) {
      reason.focus();
      return;
    }
    if (!sent) form.requestSubmit(presses(key));
  };

  form?.addEventListener("submit", (event) => {
    if (event.submitter?.value === "rejected" && !reason.value.trim()) {
      event.preventDefault();
      reason.focus();
      return;
    }
    sent = true;
  });

  reason?.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      decide("2");
    } else if (event.key === "Escape") {
      reason.blur();
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest("input, select, textarea, dialog, [role=region]")) return;
    const along = { ArrowDown: "next", ArrowUp: "previous" }[event.key];
    if (presses(event.key)) {
      event.preventDefault();
      decide(event.key);
    } else if (along) {
      const link = document.querySelector(`a[data-proposal="${along}"]`);
      if (!link) return;
      event.preventDefault();
      link.click();
    }
  });

  window.addEventListener("pageshow", () => {
    sent = false;
  });
})();
