/* Lists: which columns this computer shows, and the bar over ticked rows. Without it all columns and the bar are there. */
(function () {
  "use strict";

  const read = function (name) {
    try { return JSON.parse(localStorage.getItem(name)) || []; } catch (fault) { return []; }
  };
  const keep = function (name, value) {
    try { localStorage.setItem(name, JSON.stringify(value)); } catch (fault) { /* private window: until the next page */ }
  };

  const columns = function (box) {
    const table = box.closest(".panel").querySelector("table[data-list]");
    const heads = table ? [...table.querySelectorAll("thead th")] : [];
    if (heads.length < 4) return;
    const name = `columns:${table.dataset.list}`;
    const hidden = new Set(read(name));
    const label = (head) => head.textContent.trim();
    // Without its links a list leads nowhere: such a column stays.
    const leads = (head) => Boolean(table.querySelector(`tbody tr > :nth-child(${heads.indexOf(head) + 1}) a[href]`));
    const show = function () {
      heads.forEach(function (head, place) {
        const away = hidden.has(label(head)) && !leads(head);
        table.querySelectorAll(`tr > :nth-child(${place + 1})`).forEach((cell) => { cell.classList.toggle("put-away", away); });
      });
    };
    heads.slice(1).filter((head) => label(head) && !leads(head)).forEach(function (head) {
      const line = document.createElement("label");
      const tick = document.createElement("input");
      tick.type = "checkbox";
      tick.className = "form-check-input";
      tick.checked = !hidden.has(label(head));
      tick.addEventListener("change", function () {
        if (tick.checked) hidden.delete(label(head)); else hidden.add(label(head));
        keep(name, [...hidden]);
        show();
      });
      line.append(tick, ` ${label(head)}`);
      box.querySelector(".column-list").append(line);
    });
    box.hidden = false;
    show();
  };

  const batch = function (bar) {
    const ticks = [...document.querySelectorAll("input[form=batch][name=selected]")];
    const all = bar.querySelector("[data-all]");
    const count = function () {
      const number = ticks.filter((tick) => tick.checked).length;
      bar.querySelector("[data-count]").textContent = number;
      bar.classList.toggle("is-idle", number === 0);
      bar.querySelectorAll("button").forEach((button) => { button.disabled = number === 0; });
      all.checked = ticks.length > 0 && number === ticks.length;
      all.disabled = ticks.length === 0;
      all.indeterminate = number > 0 && number < ticks.length;
      ticks.forEach((tick) => { tick.closest("tr").classList.toggle("is-picked", tick.checked); });
    };
    all.addEventListener("change", function () {
      ticks.forEach((tick) => { tick.checked = all.checked; });
      count();
    });
    ticks.forEach((tick) => { tick.addEventListener("change", count); });
    bar.addEventListener("reset", function () { setTimeout(count); });
    count();
  };

  const enhance = function (scope) {
    scope.querySelectorAll("[data-columns][hidden]").forEach(columns);
    scope.querySelectorAll("[data-batch]").forEach(batch);
  };
  enhance(document);
  document.addEventListener("htmx:afterSettle", function (event) {
    if (event.detail.elt.querySelectorAll) enhance(event.detail.elt.parentNode || event.detail.elt);
  });
})();
