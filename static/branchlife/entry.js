// What spares the recorder of a meeting a look: the page works the same without it.
"use strict";
// Why a record comes late is asked only where the day typed makes it so; the server decides.
document.querySelectorAll("[data-late-days]").forEach((field) => {
  const form = field.form, part = document.getElementById(`div_${field.id}`);
  function show() {
    const day = /(\d{4})\D(\d{1,2})\D(\d{1,2})/.exec(form.elements.started_at.value);
    const passed = day ? (new Date(field.dataset.lateOn) - Date.UTC(day[1], day[2] - 1, day[3])) / 86400000 : 0;
    const asked = field.dataset.lateDays !== "" && passed > +field.dataset.lateDays;
    part.hidden = !asked && !field.value && !part.querySelector(".invalid-feedback");
  }
  form.addEventListener("input", show);
  form.addEventListener("change", show);
  show();
});
// The list of another day, or of those away, without leaving the page.
document.querySelectorAll("form [data-attendance]").forEach((first) => {
  const form = first.closest("form"), begins = form.elements.started_at;
  const dayOf = () => (/\d{4}\D\d{1,2}\D\d{1,2}/.exec(begins.value) || [""])[0];
  let day = dayOf();
  const typed = () => new FormData(form);
  const ticks = () => JSON.stringify([...typed()].filter(([name]) => /^(status_|reason_|away)/.test(name)));
  // Where this fails, the button of the list does the same as a whole page, and says what is wrong.
  async function renew() {
    const sent = ticks(), body = typed();
    body.set("save", "refresh");
    const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return;
    const list = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-attendance]");
    if (ticks() !== sent) { renew(); return; } // ticked meanwhile
    const before = form.querySelector("[data-attendance]");
    const focused = before.contains(document.activeElement) ? document.activeElement.id : "";
    before.replaceWith(document.adoptNode(list));
    list.dispatchEvent(new CustomEvent("attendance", { bubbles: true }));
    if (focused && document.getElementById(focused)) document.getElementById(focused).focus();
  }
  form.addEventListener("change", (event) => {
    if (event.target.matches("[data-away]") && event.target.value.trim()) renew().catch(() => {});
    if (event.target === begins && dayOf() && dayOf() !== day) { day = dayOf(); renew().catch(() => {}); }
  });
});
// A ready agenda replaces nothing that was typed: it follows it.
document.querySelectorAll("[data-agendas]").forEach((offers) => {
  offers.hidden = false;
  offers.addEventListener("click", (event) => {
    const ready = event.target.dataset.agenda;
    if (!ready) return;
    const field = document.querySelector("[name=agenda]");
    field.value = [field.value.trim(), ready].filter(Boolean).join("\n");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
});
