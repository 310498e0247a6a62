// Keeps the server's copy of what is being written: two seconds after the last keystroke, and at least every ten.
"use strict";
document.querySelectorAll("[data-autosave]").forEach((line) => {
  const form = line.closest("form");
  const revision = form.elements.revision;
  let timer = 0, firstChange = 0, sending = null, again = false, renewed = false;

  // A second sign-in makes the token of this page void: the same person gets a new one and goes on.
  async function renew() {
    const answer = await fetch(form.dataset.copyKey, { credentials: "same-origin", cache: "no-store" });
    const told = answer.ok && !answer.redirected ? await answer.json() : {};
    if (told.owner !== form.dataset.copyOwner) return false;
    form.elements.csrfmiddlewaretoken.value = told.token;
    return true;
  }

  // What is to be saved: everything but the marks of the page itself.
  const words = () => JSON.stringify([...new FormData(form)].filter(([name]) => !["csrfmiddlewaretoken", "revision"].includes(name)));
  let known = null; // what the server has, as far as this page has seen

  async function save() {
    clearTimeout(timer);
    timer = 0;
    firstChange = 0;
    if (sending) { again = true; return; }
    if (!navigator.onLine) { // asked again by itself, without a fault at every try
      line.textContent = line.dataset.offline;
      timer = setTimeout(save, 10000);
      return;
    }
    const sent = words();
    sending = fetch(line.dataset.autosave, { method: "POST", body: new FormData(form), credentials: "same-origin" });
    try {
      const answer = await sending;
      if (answer.redirected) { // to the sign-in page: nothing was saved, and waiting does not help
        line.textContent = line.dataset.signedOut;
        line.classList.add("overdue");
        return;
      }
      if (answer.status === 403 || answer.status === 404) {
        again = !renewed && await renew();
        renewed = again;
        if (!again) line.textContent = line.dataset.signedOut;
        line.classList.toggle("overdue", !again);
        return;
      }
      const told = await answer.json();
      if (answer.ok) {
        renewed = false;
        line.classList.remove("overdue");
        revision.value = told.revision;
        known = sent;
        if (words() === known) form.dispatchEvent(new CustomEvent("kept", { bubbles: true }));
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

  const soon = () => {
    clearTimeout(timer);
    firstChange = firstChange || Date.now();
    timer = setTimeout(save, Date.now() - firstChange > 8000 ? 0 : 2000);
  };
  form.addEventListener("input", soon);
  // Leaving a field tells of a change once more; what the server has already is none.
  form.addEventListener("change", () => {
    if (words() === known) setTimeout(() => form.dispatchEvent(new CustomEvent("kept", { bubbles: true })));
    else soon(); // a button that ticks many lines tells of no input
  });
  // Back from the window in which one has signed in again.
  window.addEventListener("focus", () => { if (line.classList.contains("overdue")) save(); });
  // A submission waits for a save under way: its revision number goes with the form.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (!sending) return;
    event.preventDefault();
    const button = event.submitter;
    sending.finally(() => setTimeout(() => form.requestSubmit(button), 50));
  });
});
