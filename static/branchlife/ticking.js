// A register ticked without leaving the keyboard: attendance lists and whatever else goes through the members of a branch.
"use strict";
const tick = (list) => {
  const rows = [...list.querySelectorAll("[data-member]")];
  const ticked = (row) => row.querySelector("input[type=radio]:checked");
  const choose = (row) => { if (row) (ticked(row) || row.querySelector("input[type=radio]")).focus(); };
  const plain = (event) => !event.isComposing && !event.altKey && !event.ctrlKey && !event.metaKey;

  // The first word for everybody who has none yet, but for those who need not come.
  const everybody = list.querySelector("[data-everybody]");
  everybody.hidden = false;
  everybody.addEventListener("click", () => {
    rows.filter((row) => !ticked(row) && row.dataset.exempt !== "1").forEach((row) => {
      row.querySelector("input[type=radio]").checked = true;
    });
    list.dispatchEvent(new Event("change", { bubbles: true }));
  });
  // Letters lead to the name with these initials: zs to 张三, zs again to the next one.
  let letters = "", last = 0;
  list.addEventListener("keydown", (event) => {
    const row = event.target.closest("[data-member]");
    if (!row || !event.target.matches("input[type=radio]") || !plain(event)) return;
    if (!/^[a-z]$/i.test(event.key)) return;
    event.preventDefault();
    const goesOn = event.timeStamp - last < 1000;
    letters = (goesOn ? letters : "") + event.key.toLowerCase();
    last = event.timeStamp;
    const at = rows.indexOf(row), order = [...rows.slice(at + 1), ...rows.slice(0, at + 1)];
    const here = goesOn && row.dataset.initials.startsWith(letters) ? row : null;
    choose(here || order.find((one) => one.dataset.initials.startsWith(letters)));
  });
  // Up and down walk through the register in the same column; left and right change the tick, as in any radio group.
  list.addEventListener("keydown", (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const row = event.target.closest("[data-member]");
    if (!step || !row || !plain(event)) return;
    event.preventDefault();
    const next = rows[rows.indexOf(row) + step];
    if (!next) return;
    const place = [...row.querySelectorAll("[data-next]")].indexOf(event.target);
    const field = [...next.querySelectorAll("[data-next]")][place];
    if (field && !field.closest(".is-idle")) field.focus();
    else choose(next);
  });
  // 1, 2, 3 tick the first, second, third word and go on: a register is ticked without leaving the number keys. Enter
  // leads to the next field of the line that is in sight, and from the last to the next member; it never sends the form.
  list.addEventListener("keydown", (event) => {
    const row = event.target.closest("[data-member]"), radio = event.target.matches("input[type=radio]");
    if (!row || !plain(event)) return;
    const number = radio && ["1", "2", "3"].includes(event.key);
    if (!number && event.key !== "Enter") return;
    event.preventDefault();
    if (number) row.querySelectorAll("input[type=radio]")[event.key - 1].click();
    const fields = [...row.querySelectorAll("[data-next]")].filter((field) => !field.closest(".is-idle"));
    const field = number ? null : fields[fields.indexOf(event.target) + 1];
    if (field) field.focus();
    else choose(rows[rows.indexOf(row) + 1]);
  });
};
document.querySelectorAll("[data-ticking]").forEach(tick);
