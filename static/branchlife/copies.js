/* Keeps a copy of what is typed on this computer until the server has it: no network, an ended session, a closed window.
   The copy is cipher text under a key that only the person who typed it gets, while signed in (docs/decisions/0017). */
(function () {
  "use strict";

  const form = document.querySelector("form[data-copy]");
  if (!form) return;
  const find = function (name) { return form.querySelector("[data-copy-" + name + "]"); };
  const line = find("line"), found = find("found");
  const place = form.dataset.copy, older = place + "~";
  const BASE = ["version", "revision", "client_key"]; // what the writer had opened: kept, not compared
  const DAYS = 14;
  let key = null, timer = 0, saved = "";

  /* --- The form as a list of [name, value], and back --------------------------------------------------------------- */

  const fields = function () {
    return [...new FormData(form).entries()].filter(function (pair) {
      return typeof pair[1] === "string" && pair[0] !== "csrfmiddlewaretoken";
    });
  };
  const compared = function (pairs) { return JSON.stringify(pairs.filter(function (pair) { return !BASE.includes(pair[0]); })); };

  const fill = function (pairs) {
    const kept = new Map(pairs);
    [...form.elements].forEach(function (control) {
      if (!control.name || control.name === "csrfmiddlewaretoken" || ["submit", "button", "file"].includes(control.type)) return;
      const ticks = control.type === "radio" || control.type === "checkbox";
      if (ticks) {
        const tick = kept.get(control.name) === control.value;
        if (control.checked === tick) return;
        control.checked = tick;
      } else if (kept.has(control.name) && control.value !== kept.get(control.name)) {
        control.value = kept.get(control.name);
      } else return;
      control.dispatchEvent(new Event("input", { bubbles: true }));
      control.dispatchEvent(new Event("change", { bubbles: true }));
    });
  };

  /* --- Cipher ---------------------------------------------------------------------------------------------------------- */

  const bytes = function (text, step, base) {
    return Uint8Array.from(text.match(step), function (part) { return parseInt(part, base); });
  };
  const learn = async function () {
    const answer = await fetch(form.dataset.copyKey, { credentials: "same-origin", cache: "no-store" });
    if (answer.redirected || !answer.ok) return null;
    return answer.json();
  };
  const lock = async function (pairs) {
    const start = crypto.getRandomValues(new Uint8Array(12));
    const words = new TextEncoder().encode(JSON.stringify(pairs));
    const locked = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv: start }, key, words));
    const hex = function (part) { return Array.from(part, function (byte) { return byte.toString(16).padStart(2, "0"); }).join(""); };
    return Date.now() + "." + hex(start) + hex(locked);
  };
  const unlock = async function (text) {
    const all = bytes(text.slice(text.indexOf(".") + 1), /../g, 16);
    const words = await crypto.subtle.decrypt({ name: "AES-GCM", iv: all.slice(0, 12) }, key, all.slice(12));
    return JSON.parse(new TextDecoder().decode(words));
  };

  const read = async function (name) {
    const text = localStorage.getItem(name);
    if (!text) return null;
    try {
      return { at: new Date(+text.slice(0, text.indexOf("."))), pairs: await unlock(text) };
    } catch (fault) { // another key, or not ours at all
      localStorage.removeItem(name);
      return null;
    }
  };
  const write = async function () {
    timer = 0;
    if (!key) return;
    const pairs = fields();
    if (compared(pairs) === saved) {
      localStorage.removeItem(place);
      line.textContent = "";
      return;
    }
    try {
      const locked = await lock(pairs);
      if (compared(pairs) === saved) return; // meanwhile the server has it: nothing is left to be kept, or to be told
      localStorage.setItem(place, locked);
      line.textContent = line.dataset.kept + " " + new Date().toTimeString().slice(0, 5);
    } catch (fault) { // a private window, or no room
      line.textContent = line.dataset.none;
    }
  };

  /* --- What was found ------------------------------------------------------------------------------------------------ */

  const labelOf = function (name) {
    const control = form.querySelector('[name="' + CSS.escape(name) + '"]');
    if (!control) return "";
    if (control.type === "radio") return control.closest("[role=group]").getAttribute("aria-label");
    const label = control.labels && control.labels[0];
    return (label ? label.textContent : control.getAttribute("aria-label") || name).replace("*", "").trim();
  };
  const wordOf = function (name, value) {
    const control = form.querySelector('[name="' + CSS.escape(name) + '"]');
    if (control && control.type === "radio") {
      const option = form.querySelector('[name="' + CSS.escape(name) + '"][value="' + CSS.escape(value) + '"]');
      return option && option.labels[0] ? option.labels[0].textContent : value;
    }
    if (control && control.tagName === "SELECT") {
      const option = [...control.options].find(function (one) { return one.value === value; });
      return option ? option.textContent : value;
    }
    return value;
  };
  const offer = function (copy) {
    const now = new Map(fields());
    const list = find("words");
    list.replaceChildren();
    copy.pairs.forEach(function (pair) {
      if (BASE.includes(pair[0]) || now.get(pair[0]) === pair[1] || !labelOf(pair[0])) return;
      const head = document.createElement("h3"), words = document.createElement("div");
      head.textContent = labelOf(pair[0]);
      words.textContent = wordOf(pair[0], pair[1]) || "--";
      list.append(head, words);
    });
    find("at").textContent = copy.at.toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
    found.hidden = false;
    find("restore").addEventListener("click", function () {
      fill(copy.pairs);
      localStorage.removeItem(older);
      found.hidden = true;
      line.textContent = line.dataset.restored;
      line.focus();
      write();
    }, { once: true });
    find("discard").addEventListener("click", function () {
      localStorage.removeItem(older);
      found.hidden = true;
    }, { once: true });
  };

  /* --- The life of the page --------------------------------------------------------------------------------------------- */

  const sweep = function () {
    Object.keys(localStorage).filter(function (name) { return name.startsWith("copy:"); }).forEach(function (name) {
      const at = parseInt(localStorage.getItem(name), 10);
      if (!(Date.now() - at < DAYS * 86400000)) localStorage.removeItem(name);
    });
  };

  const begin = async function () {
    if (!window.crypto || !crypto.subtle) {
      line.textContent = line.dataset.none;
      return;
    }
    const told = await learn().catch(function () { return null; });
    if (!told || told.owner !== form.dataset.copyOwner) return;
    key = await crypto.subtle.importKey("raw", bytes(told.key, /../g, 16), "AES-GCM", false, ["encrypt", "decrypt"]);
    sweep();
    const last = await read(place);
    if (form.hasAttribute("data-copy-unsaved")) write();
    else if (last && compared(last.pairs) !== compared(fields())) { // typing goes on in its own place while this one waits
      localStorage.setItem(older, localStorage.getItem(place));
      localStorage.removeItem(place);
    } else localStorage.removeItem(place);
    const waiting = await read(older);
    if (waiting && compared(waiting.pairs) !== compared(fields())) offer(waiting);
    else localStorage.removeItem(older);
    if (form.dataset.changed) write(); // typed before the key came
  };

  saved = form.hasAttribute("data-copy-unsaved") ? "" : compared(fields());
  const soon = function () {
    clearTimeout(timer);
    timer = setTimeout(write, 250);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("kept", function () { // autosave.js: the server has all of it
    saved = compared(fields());
    clearTimeout(timer);
    localStorage.removeItem(place);
    line.textContent = "";
  });
  form.addEventListener("submit", function (event) {
    if (event.defaultPrevented) return;
    if (!navigator.onLine) {
      event.preventDefault();
      event.stopImmediatePropagation();
      line.textContent = line.dataset.offline;
      return;
    }
    write();
    try { sessionStorage.setItem("copy-sent", place); } catch (fault) { /* the copy stays until it is too old */ }
  });
  // A page called back from memory: whoever looks at it may be somebody else by now.
  window.addEventListener("pageshow", function (event) {
    if (!event.persisted) return;
    learn().then(function (told) { if (!told || told.owner !== form.dataset.copyOwner) location.reload(); }, function () {});
  });
  // Back from a window in which one has signed in again: the old token of this page is void.
  window.addEventListener("focus", function () {
    learn().then(function (told) {
      if (told && told.owner === form.dataset.copyOwner) form.elements.csrfmiddlewaretoken.value = told.token;
    }, function () {});
  });
  begin();
})();
