// The live counts over an attendance list. The server counts again on saving; this only spares the secretary a wait.
"use strict";
const attend = (list) => {
  const rows = [...list.querySelectorAll("[data-member]")];
  const show = (name, value) => list.querySelectorAll(`[data-count="${name}"]`).forEach((place) => { place.textContent = value; });
  const ticked = (row) => (row.querySelector("input[type=radio]:checked") || {}).value || "";

  // For each kind of business whether it may be voted on, in whole numbers as meetings/decisions/kinds.py has them.
  const boards = [...list.querySelectorAll("[data-board]")];
  const choice = list.querySelector("[data-board-choice]");
  function quorum(board, due, here) {
    const [times, of] = [Number(board.dataset.times), Number(board.dataset.of)];
    const least = due === 0 ? 0 : Math.floor((of * due + (board.dataset.equal === "1" ? times - 1 : times)) / times);
    const lacking = Math.max(0, least - here), part = (name) => board.querySelector(`[data-board-${name}]`);
    Object.entries({ due, least, present: here, lacking }).forEach(([name, value]) => { part(name).textContent = value; });
    part("yes").hidden = due === 0 || lacking > 0;
    part("no").hidden = lacking === 0;
    part("nobody").hidden = due > 0;
    board.classList.toggle("overdue", due === 0 || lacking > 0);
    board.hidden = board.dataset.board !== choice.querySelector("select").value;
  }

  // Of a decision's fields those that its kind of business asks for; one that holds something stays in sight.
  function fields(row) {
    const business = row.querySelector("[name$=-business]");
    const board = business && boards.find((one) => one.dataset.board === business.value);
    ["written", "announced"].forEach((name) => {
      const field = row.querySelector(`[name$=-${name === "written" ? "written_yes" : name}]`);
      field.closest("[id^=div_]").classList.toggle("is-idle", (!board || board.dataset[name] === "0") && !field.value);
    });
    ["present", "yes", "no", "abstain"].forEach((name) => {
      const field = row.querySelector(`[name$=-${name}]`);
      field.closest("[id^=div_]").classList.toggle("is-idle", !board && !field.value);
    });
  }
  const matters = [...document.querySelectorAll("[data-matter]")];
  if (boards.length) {
    matters.forEach(fields);
    document.addEventListener("change", (event) => {
      const row = event.target.closest("[data-matter]");
      if (row) fields(row);
    });
  }

  function count() {
    const sum = (test) => rows.filter(test).length;
    const present = (row) => ticked(row) === "present";
    const votes = (row) => row.dataset.vote === "1";
    // Whoever need not come and came all the same was due on this occasion.
    const due = sum((row) => row.dataset.exempt === "0" || present(row));
    const votingDue = sum(votes), votingPresent = sum((row) => votes(row) && present(row));
    const freed = (row) => row.dataset.exempt === "1" && !present(row);
    show("due", due);
    show("present", sum(present));
    show("absent", sum((row) => ticked(row) === "absent" && row.dataset.exempt === "0"));
    show("leave", sum((row) => ticked(row) === "on_leave" && row.dataset.exempt === "0"));
    show("voting-due", votingDue);
    show("voting-present", votingPresent);
    show("listed", rows.length);
    show("freed", sum(freed));
    show("due-sum", due);
    show("freed-voting", sum((row) => freed(row) && votes(row)));
    list.querySelector("[data-freed]").hidden = sum(freed) === 0;
    const leftOut = new Set([...document.querySelectorAll("[data-left-out]")].map((field) => field.value));
    const away = sum((row) => votes(row) && !present(row) && leftOut.has(row.dataset.member));
    boards.forEach((board) => quorum(board, votingDue - (board.dataset.excludes === "1" ? away : 0), votingPresent));
    rows.forEach((row) => {
      const away = ["on_leave", "absent"].includes(ticked(row));
      row.querySelector("[data-reason]").closest("td").classList.toggle("is-idle", !away);
    });
  }

  // A fault that was mended is no longer shown, in its row and in the summary above the form.
  function settle() {
    rows.forEach((row) => {
      const [, status, reason] = row.children, field = row.querySelector("[data-reason]");
      const drop = (cell) => cell.querySelectorAll(".invalid-feedback").forEach((fault) => fault.remove());
      if (ticked(row)) drop(status);
      if (ticked(row) === "present" || field.value.trim()) {
        drop(reason);
        field.classList.remove("is-invalid");
      }
    });
    const told = document.querySelector(".note-error a[href='#attendance-title']");
    const left = rows.filter((row) => row.querySelector(".invalid-feedback")).length;
    if (!told) return;
    if (left) told.textContent = told.textContent.replace(/\d+/, left);
    else (told.closest("ul").children.length > 1 ? told.closest("li") : told.closest(".note-error")).remove();
  }

  const all = list.querySelector("[data-all]");
  all.hidden = false;
  all.addEventListener("click", () => {
    rows.filter((row) => row.dataset.exempt === "0").forEach((row) => { row.querySelector('input[value="present"]').checked = true; });
    list.dispatchEvent(new Event("change", { bubbles: true }));
  });
  tick(list);
  if (choice) {
    choice.hidden = false;
    choice.addEventListener("change", count);
  }
  document.addEventListener("change", (event) => {
    if (list.contains(event.target) || event.target.matches("[data-left-out]")) count();
  });
  list.addEventListener("change", settle);
  list.addEventListener("input", settle);
  count();
};
document.querySelectorAll("[data-attendance]").forEach(attend);
// The list comes anew with another day, and when those away were typed: kept like anything typed.
document.addEventListener("attendance", (event) => {
  attend(event.target);
  event.target.dispatchEvent(new Event("change", { bubbles: true }));
});
