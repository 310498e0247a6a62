// Keeps the server's copy of what is being written: two seconds after the last keystroke, and at least every ten.
"use strict";
document.querySelectorAll("[data-autosave]").forEach((line) => {
  const form = line.closest("form");
  const revision = form.elements.revision;
  let timer = 0, firstChange = 0, sending = null, again = false;

  async function save() {
    clearTimeout(timer);
    firstChange = 0;
    if (sending) { again = true; return; }
    sending = fetch(line.dataset.autosave, { method: "POST", body: new FormData(form), credentials: "same-origin" });
    try {
      const answer = await sending;
      if (answer.redirected) { // to the sign-in page: nothing was saved, and waiting does not help
        line.textContent = line.dataset.signedOut;
        line.classList.add("overdue");
        return;
      }
      const told = await answer.json();
      if (answer.ok) {
        revision.value = told.revision;
        line.textContent = `${line.dataset.saved} ${new Date().toTimeString().slice(0, 5)}`;
      } else {
        line.textContent = told.fault;
        line.classList.add("overdue");
      }
    } catch {
      line.textContent = line.dataset.offline;
      timer = setTimeout(save, 10000);
    } finally {
      sending = null;
      if (again) { again = false; save(); }
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    firstChange = firstChange || Date.now();
    timer = setTimeout(save, Date.now() - firstChange > 8000 ? 0 : 2000);
  });
  // A submission waits for a save under way: its revision number goes with the form.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (!sending) return;
    event.preventDefault();
    const button = event.submitter;
    sending.finally(() => setTimeout(() => form.requestSubmit(button), 50));
  });
});
