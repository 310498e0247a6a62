// A grid of numbers by keyboard, and blocks pasted from a spreadsheet. Without it each cell is a plain field.
"use strict";
document.querySelectorAll("[data-grid]").forEach((grid) => {
  const rows = [...grid.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("td input:not([readonly])")]);
  const placeOf = (input) => {
    const row = rows.findIndex((cells) => cells.includes(input));
    return row < 0 ? null : [row, rows[row].indexOf(input)];
  };
  const go = (row, column) => {
    const cell = rows[row] && rows[row][column];
    if (!cell) return false;
    cell.focus();
    cell.select();
    return true;
  };

  grid.addEventListener("keydown", (event) => {
    const at = placeOf(event.target);
    if (!at || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const [row, column] = at, input = event.target, end = input.value.length;
    const whole = input.selectionStart === 0 && input.selectionEnd === end;
    const steps = {
      Enter: [event.shiftKey ? -1 : 1, 0], ArrowDown: [1, 0], ArrowUp: [-1, 0],
      ArrowLeft: whole || input.selectionEnd === 0 ? [0, -1] : null,
      ArrowRight: whole || input.selectionStart === end ? [0, 1] : null,
    };
    const step = steps[event.key];
    if (!step) return;
    const moved = go(row + step[0], column + step[1]);
    if (moved || event.key === "Enter") event.preventDefault(); // Enter in the last row sends nothing by accident
  });

  grid.addEventListener("paste", (event) => {
    const at = placeOf(event.target), text = event.clipboardData.getData("text/plain").replace(/\r?\n$/, "");
    if (!at || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    let last = event.target;
    text.split(/\r?\n/).forEach((line, down) => line.split("\t").forEach((words, right) => {
      const cell = rows[at[0] + down] && rows[at[0] + down][at[1] + right];
      if (!cell) return;
      cell.value = words.trim().slice(0, cell.maxLength);
      last = cell;
    }));
    last.focus();
    event.target.dispatchEvent(new Event("input", { bubbles: true }));
  });

  const all = grid.querySelector("[data-tick-all]"), ticks = [...grid.querySelectorAll("[name=selected]")];
  if (all && ticks.length) {
    all.hidden = false;
    all.addEventListener("change", () => { ticks.forEach((tick) => { tick.checked = all.checked; }); });
  }
});
