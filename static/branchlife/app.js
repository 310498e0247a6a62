/* The only script of the frame. Every page works without it; here it asks, guards, opens drawers and shows calendars. */
(function () {
  "use strict";

  const root = document.documentElement;
  root.classList.add("js");

  const words = function () { return document.getElementById("words").dataset; };

  /* Runs `each(element)` for all that match, now and in everything htmx brings later. */
  const enhance = function (selector, each) {
    const known = new WeakSet(); // htmx tells of the first page as well as of what it brings
    const once = function (element) {
      if (known.has(element)) return;
      known.add(element);
      each(element);
    };
    const within = function (scope) {
      if (scope.matches && scope.matches(selector)) once(scope);
      scope.querySelectorAll(selector).forEach(once);
    };
    within(document);
    document.addEventListener("htmx:load", function (event) { within(event.detail.elt); });
  };

  const say = function (text) {
    const place = document.getElementById("messages");
    if (!place) return;
    const note = document.createElement("div");
    note.className = "note note-error";
    note.setAttribute("role", "alert");
    note.textContent = text;
    place.replaceChildren(note);
    note.scrollIntoView({ block: "nearest" });
  };

  /* --- htmx: token, short addresses, sessions that ended, answers that say no ------------------------------------ */

  document.addEventListener("htmx:configRequest", function (event) {
    const request = event.detail;
    if (request.verb !== "get") {
      const token = document.querySelector("[name=csrfmiddlewaretoken]");
      if (token) request.headers["X-CSRFToken"] = token.value;
      return;
    }
    Array.from(request.formData.entries()).forEach(function (entry) {
      if (entry[1] === "") request.formData.delete(entry[0]);
    });
  });

  document.addEventListener("htmx:beforeSwap", function (event) {
    const address = event.detail.xhr.responseURL;
    const asked = event.detail.pathInfo.requestPath.split("?")[0];
    // Led elsewhere, most often to the sign-in page: go there as a whole page and come back here afterwards.
    if (address && new URL(address).pathname !== new URL(asked, location.href).pathname) {
      event.detail.shouldSwap = false;
      location.reload();
    }
  });

  document.addEventListener("htmx:responseError", function (event) {
    const status = event.detail.xhr.status;
    say(status === 404 ? words().missing : status === 403 ? words().refused : words().failed);
  });
  document.addEventListener("htmx:sendError", function () { say(words().offline); });

  /* --- Drawer: a link with data-drawer opens its page at the right ------------------------------------------------ */

  document.addEventListener("click", function (event) {
    const link = event.target.closest("a[data-drawer]");
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!link || !plain || !window.htmx) return;
    event.preventDefault();
    htmx.ajax("GET", link.href, { target: "#drawer-body", swap: "innerHTML" }).then(function () {
      if (!document.getElementById("drawer-body").childElementCount) return;
      bootstrap.Offcanvas.getOrCreateInstance("#drawer").show();
    });
  });

  enhance("#drawer", function (drawer) {
    drawer.addEventListener("click", function (event) {
      if (!event.target.closest("[data-cancel]")) return;
      event.preventDefault();
      bootstrap.Offcanvas.getInstance(drawer).hide();
    });
    drawer.addEventListener("hide.bs.offcanvas", function (event) {
      const form = drawer.querySelector("form[data-changed]");
      if (!form) return;
      event.preventDefault();
      ask({ title: words().leave, text: words().unsaved, label: words().leave }, function () {
        delete form.dataset.changed;
        bootstrap.Offcanvas.getInstance(drawer).hide();
      });
    });
    drawer.addEventListener("shown.bs.offcanvas", function () {
      const first = drawer.querySelector(".form-body input:not([type=hidden]), .form-body select, .form-body textarea");
      if (first) first.focus();
    });
    drawer.addEventListener("hidden.bs.offcanvas", function () {
      document.getElementById("drawer-body").replaceChildren();
    });
  });

  /* --- Questions before what cannot easily be taken back ---------------------------------------------------------- */

  const ask = function (question, then) {
    const box = document.getElementById("confirm");
    const form = box.querySelector("form");
    const input = box.querySelector("[data-word-input]");
    const yes = box.querySelector("[data-yes]");
    const modal = bootstrap.Modal.getOrCreateInstance(box);
    box.querySelector("[data-title]").textContent = question.title;
    box.querySelector("[data-text]").textContent = question.text || "";
    box.querySelector("[data-word]").textContent = question.word || "";
    box.querySelector("[data-word-row]").hidden = !question.word;
    yes.textContent = question.label;
    input.value = "";
    const check = function () { yes.disabled = Boolean(question.word) && input.value.trim() !== question.word; };
    check();
    input.oninput = check;
    form.onsubmit = function (event) {
      event.preventDefault();
      modal.hide();
      then(input.value.trim());
    };
    box.addEventListener("shown.bs.modal", function () { (question.word ? input : yes).focus(); }, { once: true });
    modal.show();
  };

  const addHidden = function (form, name, value) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    form.append(field);
  };

  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (!form.matches("[data-confirm]") || form.elements.confirmed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const button = event.submitter || form.querySelector("button");
    const question = { title: form.dataset.title, text: form.dataset.text, word: form.dataset.word };
    ask(Object.assign(question, { label: button.textContent.trim() }), function (word) {
      addHidden(form, "confirmed", "yes");
      addHidden(form, "confirm_word", word);
      form.requestSubmit(button);
    });
  }, true);

  /* --- Nothing typed is lost, nothing is sent twice ---------------------------------------------------------------- */

  const markChanged = function (event) {
    const form = event.target.form;
    if (form && form.matches("[data-guard]")) form.dataset.changed = "yes";
  };
  document.addEventListener("input", markChanged);
  document.addEventListener("change", markChanged);
  document.addEventListener("kept", function (event) { delete event.target.dataset.changed; }); // autosave.js

  window.addEventListener("beforeunload", function (event) {
    if (!document.querySelector("form[data-changed]:not([data-sent])")) return;
    event.preventDefault();
    event.returnValue = words().unsaved;
  });

  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.matches("[data-confirm-form]")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    // After the browser has read the form, or the pressed button would be missing from it.
    setTimeout(function () { lock(form, true); });
    // An answer that is a file leaves the page where it is.
    setTimeout(function () { unlock(form); }, 8000);
  });
  const lock = function (form, locked) {
    form.querySelectorAll("button").forEach(function (button) { button.disabled = locked; });
  };
  const unlock = function (form) {
    delete form.dataset.sent;
    lock(form, false);
  };
  window.addEventListener("pageshow", function () { document.querySelectorAll("form[data-sent]").forEach(unlock); });

  /* Copies of unsaved words (copies.js): gone once the server has them, and when their owner signs out. */

  const dropCopies = function (prefix) {
    try {
      Object.keys(localStorage).filter(function (name) { return name.startsWith(prefix); }).forEach(function (name) {
        localStorage.removeItem(name);
      });
    } catch (fault) { /* no storage, no copies */ }
  };
  if (document.querySelector(".note[data-saved]")) {
    const sent = sessionStorage.getItem("copy-sent");
    if (sent) localStorage.removeItem(sent);
    sessionStorage.removeItem("copy-sent");
  }
  document.addEventListener("submit", function (event) {
    const owner = event.target.dataset.copiesOf;
    if (owner && !event.defaultPrevented) dropCopies("copy:" + owner + ":");
  });

  /* --- What is asked beside certain choices of another field only; never folded away while it holds something ------- */

  enhance("[data-shown-with]", function (field) {
    const parts = field.dataset.shownWith.split(":");
    const wanted = parts[1].split(",");
    const asked = field.form.elements[parts[0]];
    const place = document.getElementById("div_" + field.id);
    const part = place && place.closest(".col-md") || place;
    if (!asked || !part) return;
    const show = function () {
      part.hidden = !wanted.includes(asked.value) && !field.value && !part.querySelector(".invalid-feedback");
    };
    field.form.addEventListener("change", show);
    show();
  });

  enhance("[data-focus]", function (element) { element.focus(); });

  /* --- Small menus close when one clicks elsewhere or presses Escape ------------------------------------------------ */

  const closeMenus = function (event) {
    document.querySelectorAll("details[data-closes][open]").forEach(function (menu) {
      if (event.key !== "Escape" && menu.contains(event.target)) return;
      menu.open = false;
      if (event.key === "Escape") menu.querySelector("summary").focus();
    });
  };
  document.addEventListener("click", closeMenus);
  document.addEventListener("keydown", function (event) { if (event.key === "Escape") closeMenus(event); });

  /* --- Filter: the conditions beyond the first row stay folded unless one is set ---------------------------------- */

  enhance("form.filter", function (form) {
    const button = form.querySelector("[data-fold]");
    form.querySelectorAll(".filter-field").forEach(function (place) {
      const controls = Array.from(place.querySelectorAll("input, select"));
      const isSet = controls.some(function (control) { return control.value && control.type !== "checkbox"; });
      place.classList.toggle("is-set", isSet || place.classList.contains("is-wrong"));
    });
    if (!button) return;
    const more = button.textContent;
    button.hidden = false;
    button.addEventListener("click", function () {
      const folded = form.classList.toggle("folded");
      button.setAttribute("aria-expanded", String(!folded));
      button.textContent = folded ? more : button.dataset.less;
    });
  });

  /* --- Files: our words instead of the browser's --------------------------------------------------------------------- */

  enhance("input[data-file]", function (input) {
    if (input.closest(".file-row")) return;
    const row = document.createElement("div");
    const button = document.createElement("span");
    const name = document.createElement("span");
    row.className = "file-row";
    button.className = "btn btn-outline-secondary";
    button.textContent = input.dataset.file;
    button.setAttribute("aria-hidden", "true");
    name.className = "hint";
    name.setAttribute("aria-live", "polite");
    input.before(row);
    row.append(input, button, name);
    input.classList.add("visually-hidden");
    button.addEventListener("click", function () { input.click(); });
    const show = function () {
      const files = Array.from(input.files);
      const many = files.length + " " + words().files;
      name.textContent = files.length > 1 ? many : files.length ? files[0].name : input.dataset.fileNone;
    };
    input.addEventListener("change", show);
    show();
  });

  /* --- Calendar -------------------------------------------------------------------------------------------------------- */

  const pad = function (number) { return String(number).padStart(2, "0"); };
  const written = function (day) { return day.getFullYear() + "-" + pad(day.getMonth() + 1) + "-" + pad(day.getDate()); };
  const shifted = function (day, days) { return new Date(day.getFullYear(), day.getMonth(), day.getDate() + days); };
  const read = function (text) {
    const match = /^\s*(\d{4})\D?(\d{1,2})\D?(\d{1,2})\D*(?:(\d{1,2})\D(\d{1,2}))?/.exec(text);
    const day = match && new Date(+match[1], +match[2] - 1, +match[3]);
    if (!match || day.getMonth() !== +match[2] - 1) return null;
    return { day: day, hour: +(match[4] || 0), minute: +(match[5] || 0), timed: Boolean(match[4]) };
  };
  let opened = null;

  const closeCalendar = function (back) {
    if (!opened) return;
    const button = opened.button;
    opened.box.remove();
    button.setAttribute("aria-expanded", "false");
    opened = null;
    if (back) button.focus();
  };

  const openCalendar = function (input, button) {
    const box = document.getElementById("calendar-template").content.firstElementChild.cloneNode(true);
    const find = function (selector) { return box.querySelector(selector); };
    const language = root.lang.startsWith("en") ? "en" : "zh-CN";
    const chosen = read(input.value);
    const today = new Date();
    const moments = input.dataset.date === "moment";
    let focused = chosen ? chosen.day : shifted(today, 0);

    const fill = function (select, count, step, value) {
      for (let number = 0; number < count; number += step) select.append(new Option(pad(number), number));
      if (value % step) select.append(new Option(pad(value), value));
      select.value = value;
    };
    if (moments) {
      find("[data-time]").hidden = false;
      fill(find("[data-hour]"), 24, 1, chosen && chosen.timed ? chosen.hour : 9);
      fill(find("[data-minute]"), 60, 5, chosen && chosen.timed ? chosen.minute : 0);
    }

    const set = function (text) {
      input.value = text;
      input.dispatchEvent(new Event("input", { bubbles: true }));
      input.dispatchEvent(new Event("change", { bubbles: true }));
    };
    const withTime = function (day) {
      return written(day) + (moments ? " " + pad(find("[data-hour]").value) + ":" + pad(find("[data-minute]").value) : "");
    };
    const choose = function (day) {
      set(withTime(day));
      closeCalendar(true);
    };

    const cell = function (day) {
      const td = document.createElement("td");
      const pick = document.createElement("button");
      pick.type = "button";
      pick.textContent = day.getDate();
      pick.dataset.day = written(day);
      pick.tabIndex = written(day) === written(focused) ? 0 : -1;
      pick.setAttribute("aria-label", written(day));
      if (day.getMonth() !== focused.getMonth()) pick.className = "other";
      if (written(day) === written(today)) pick.setAttribute("aria-current", "date");
      td.setAttribute("role", "gridcell");
      td.setAttribute("aria-selected", Boolean(chosen) && written(day) === written(chosen.day));
      pick.addEventListener("click", function () { choose(day); });
      td.append(pick);
      return td;
    };
    const draw = function (focus) {
      const first = new Date(focused.getFullYear(), focused.getMonth(), 1);
      const monday = shifted(first, -((first.getDay() + 6) % 7));
      const weekday = new Intl.DateTimeFormat(language, { weekday: "narrow" });
      const rows = [];
      find("[data-month]").textContent = new Intl.DateTimeFormat(language, { year: "numeric", month: "long" }).format(first);
      const head = document.createElement("tr");
      for (let column = 0; column < 7; column += 1) {
        const th = document.createElement("th");
        th.scope = "col";
        th.textContent = weekday.format(shifted(monday, column));
        head.append(th);
      }
      for (let week = 0; week < 6; week += 1) {
        const row = document.createElement("tr");
        for (let column = 0; column < 7; column += 1) row.append(cell(shifted(monday, week * 7 + column)));
        rows.push(row);
      }
      find("thead").replaceChildren(head);
      find("tbody").replaceChildren.apply(find("tbody"), rows);
      if (focus) find('[data-day="' + written(focused) + '"]').focus();
    };
    const moveMonths = function (months, focus) {
      const last = new Date(focused.getFullYear(), focused.getMonth() + months + 1, 0).getDate();
      focused = new Date(focused.getFullYear(), focused.getMonth() + months, Math.min(focused.getDate(), last));
      draw(focus);
    };

    box.addEventListener("click", function (event) {
      const step = event.target.closest("[data-step]");
      if (step) moveMonths(+step.dataset.step, false);
      if (event.target.closest("[data-today]")) choose(today);
      if (event.target.closest("[data-clear]")) {
        set("");
        closeCalendar(true);
      }
    });
    box.addEventListener("change", function () {
      const now = read(input.value);
      if (now) set(withTime(now.day));
    });
    box.addEventListener("keydown", function (event) {
      const days = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key];
      const months = { PageUp: -1, PageDown: 1 }[event.key];
      if (event.key === "Escape") {
        event.stopPropagation();
        closeCalendar(true);
      } else if ((days || months) && event.target.dataset.day) {
        event.preventDefault();
        if (months) return moveMonths(months * (event.shiftKey ? 12 : 1), true);
        focused = shifted(focused, days);
        draw(true);
      }
    });

    closeCalendar(false);
    input.parentNode.append(box);
    const room = window.innerHeight - input.getBoundingClientRect().bottom;
    box.style.top = room > 320 ? "calc(100% + 2px)" : "auto";
    box.style.bottom = room > 320 ? "auto" : "calc(100% + 2px)";
    button.setAttribute("aria-expanded", "true");
    opened = { box: box, button: button };
    draw(true);
  };

  enhance("input[data-date]", function (input) {
    if (input.closest(".with-button")) return;
    const holder = document.createElement("div");
    const button = document.createElement("button");
    const icon = document.createElement("i");
    holder.className = "with-button" + (input.classList.contains("is-invalid") ? " is-invalid" : "");
    button.type = "button";
    button.setAttribute("aria-label", words().calendar);
    button.setAttribute("aria-expanded", "false");
    icon.className = "bi bi-calendar3";
    icon.setAttribute("aria-hidden", "true");
    button.append(icon);
    input.before(holder);
    holder.append(input, button);
    button.disabled = input.disabled || input.readOnly;
    button.addEventListener("click", function () {
      if (opened && opened.button === button) closeCalendar(true);
      else openCalendar(input, button);
    });
  });
  /* --- Paper --------------------------------------------------------------------------- */

  enhance("[data-print]", function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });

  document.addEventListener("mousedown", function (event) {
    if (opened && !opened.box.contains(event.target) && !opened.button.contains(event.target)) closeCalendar(false);
  });
  document.addEventListener("focusin", function (event) {
    if (opened && !opened.box.contains(event.target) && event.target !== opened.button) closeCalendar(false);
  });
}());
