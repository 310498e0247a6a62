// The grid of grades: what a low grade wants opens beside it, Enter goes from member to member, the excellent are counted.
"use strict";
document.querySelectorAll("[data-grades]").forEach((grid) => {
  const choices = [...grid.querySelectorAll(".grade-row select")];
  const count = document.querySelector("[data-grade-count]");
  function show() {
    choices.forEach((choice) => {
      const row = choice.closest("tr"), kept = [...row.nextElementSibling.querySelectorAll("textarea")].some((area) => area.value);
      row.classList.toggle("is-low", kept || /^(basically_|un)qualified$/.test(choice.value));
    });
    if (!count) return;
    const cap = count.dataset.cap, here = choices.filter((choice) => choice.value === "excellent").length;
    const best = here + +count.dataset.others; // with those that are decided already
    count.hidden = false;
    count.querySelector("b").textContent = cap === "" ? best : `${best} / ${cap}`;
    count.classList.toggle("overdue", cap !== "" && best > +cap);
  }
  grid.addEventListener("change", show);
  grid.addEventListener("keydown", (event) => {
    const at = choices.indexOf(event.target);
    if (at < 0 || event.key !== "Enter") return;
    event.preventDefault(); // sends nothing by accident
    const next = choices[at + (event.shiftKey ? -1 : 1)];
    if (next) next.focus();
  });
  grid.classList.add("is-scripted");
  show();
});
