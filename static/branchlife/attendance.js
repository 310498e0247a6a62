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
    const freed = (row) => row.dataset.exempt === "1" && !present(row);
    const needed = Math.ceil(votingDue / 2), lacking = Math.max(0, needed - votingPresent);
    show("due", due);
    show("present", sum(present));
    show("absent", sum((row) => ticked(row) === "absent" && row.dataset.exempt === "0"));
    show("leave", sum((row) => ticked(row) === "on_leave" && row.dataset.exempt === "0"));
    show("voting-due", votingDue);
    show("voting-present", votingPresent);
    show("lacking", lacking);
    show("listed", rows.length);
    show("freed", sum(freed));
    show("due-sum", due);
    show("freed-voting", sum((row) => freed(row) && votes(row)));
    show("voting-sum", votingDue);
    show("needed", needed);
    list.querySelector("[data-freed]").hidden = sum(freed) === 0;
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
  // Up and down walk through the register in the same column; left and right change the tick, as in any radio group.
  list.addEventListener("keydown", (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const row = event.target.closest("[data-member]");
    if (!step || !row || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const next = rows[rows.indexOf(row) + step];
    if (!next) return;
    const reason = event.target.matches("[data-reason]") && !next.querySelector(".is-idle");
    const target = reason ? "[data-reason]" : "input[type=radio]:checked";
    (next.querySelector(target) || next.querySelector("input[type=radio]")).focus();
  });
  // 1, 2, 3 tick the first, second, third word and go on: a register is ticked without leaving the number keys.
  list.addEventListener("keydown", (event) => {
    const row = event.target.closest("[data-member]");
    if (!row || !event.target.matches("input[type=radio]") || !"123".includes(event.key) || event.ctrlKey) return;
    event.preventDefault();
    row.querySelectorAll("input[type=radio]")[event.key - 1].click();
    const next = rows[rows.indexOf(row) + 1];
    const away = event.key !== "1" && row.dataset.exempt === "0";
    const target = away ? row.querySelector("[data-reason]") : next && (next.querySelector("input:checked") || next.querySelector("input[type=radio]"));
    if (target) target.focus();
  });
  list.addEventListener("change", count);
  count();
});
