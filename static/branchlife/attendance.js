// The live counts over an attendance list. The server counts again on saving; this only spares the secretary a wait.
"use strict";
document.querySelectorAll("[data-attendance]").forEach((list) => {
  const rows = [...list.querySelectorAll("[data-member]")];
  const show = (name, value) => { list.querySelector(`[data-count="${name}"]`).textContent = value; };
  const ticked = (row) => (row.querySelector("input[type=radio]:checked") || {}).value || "";

  function count() {
    const sum = (test) => rows.filter(test).length;
    const present = (row) => ticked(row) === "present";
    const votes = (row) => row.dataset.vote === "1";
    // Whoever need not come and came all the same was due on this occasion.
    const due = sum((row) => row.dataset.exempt === "0" || present(row));
    const votingDue = sum(votes), votingPresent = sum((row) => votes(row) && present(row));
    const lacking = Math.max(0, Math.ceil(votingDue / 2) - votingPresent);
    show("due", due);
    show("present", sum(present));
    show("absent", sum((row) => ticked(row) === "absent" && row.dataset.exempt === "0"));
    show("leave", sum((row) => ticked(row) === "on_leave" && row.dataset.exempt === "0"));
    show("voting-due", votingDue);
    show("voting-present", votingPresent);
    show("lacking", lacking);
    const begun = rows.some(ticked);
    list.querySelector('[data-quorum="yes"]').hidden = !begun || lacking > 0 || votingDue === 0;
    list.querySelector('[data-quorum="no"]').hidden = !begun || lacking === 0;
    rows.forEach((row) => {
      const away = ["on_leave", "absent"].includes(ticked(row));
      row.querySelector("[data-reason]").closest("td").classList.toggle("is-idle", !away);
    });
  }

  const everybody = list.querySelector("[data-everybody]");
  everybody.hidden = false;
  everybody.addEventListener("click", () => {
    rows.filter((row) => !ticked(row) && row.dataset.exempt === "0").forEach((row) => {
      row.querySelector('input[value="present"]').checked = true;
    });
    list.dispatchEvent(new Event("change", { bubbles: true }));
  });
  list.addEventListener("change", count);
  count();
});
