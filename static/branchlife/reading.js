// Reading through the pile by keyboard: a letter does what stands beside it, arrows go from sentence to sentence.
"use strict";
document.querySelectorAll("[data-reading]").forEach((page) => {
  const sentences = [...page.querySelectorAll(".sentence")].filter((sentence) => sentence.textContent.trim());
  const box = page.querySelector("[data-comments]");
  const keyed = (key) => document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  let here = -1;

  function go(step) {
    if (!sentences.length) return;
    if (here >= 0) sentences[here].classList.remove("is-here");
    here = Math.min(Math.max(here + step, 0), sentences.length - 1);
    sentences[here].classList.add("is-here");
    sentences[here].focus({ preventScroll: true });
    sentences[here].scrollIntoView({ block: "nearest" });
  }

  // What the mouse has marked within one sentence's section, else the sentence one has gone to.
  function passage() {
    const marked = window.getSelection();
    const from = marked.rangeCount && !marked.isCollapsed && marked.anchorNode.parentElement.closest(".sentence");
    if (from) {
      const words = marked.toString().split("\n")[0];
      const inside = Math.max(from.textContent.indexOf(words), 0);
      return { sentence: from, start: Number(from.dataset.start) + inside, quote: words };
    }
    const sentence = sentences[here];
    return sentence && { sentence, start: Number(sentence.dataset.start), quote: sentence.textContent.replace(/\n+$/, "") };
  }

  function anchor() {
    const found = passage();
    const form = box.querySelector("form");
    if (found) {
      form.elements.title.value = found.sentence.closest("[data-title]").dataset.title;
      form.elements.start.value = found.start;
      form.elements.quote.value = found.quote.slice(0, 400);
    }
    const shown = box.querySelector("[data-quote]");
    shown.textContent = form.elements.quote.value || shown.dataset.none;
  }

  function open(details) {
    page.querySelectorAll("details.reading-deed[open]").forEach((other) => { if (other !== details) other.open = false; });
    if (details === box) anchor();
    details.open = true;
    const first = details.querySelector("input[type=checkbox], textarea");
    if (first) first.focus();
  }

  if (box) box.querySelector("summary").addEventListener("click", () => { if (!box.open) anchor(); });

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("textarea, input:not([type=checkbox]), select");
    const within = event.target.closest("details.reading-deed[open]");
    if (event.key === "Escape" && within) {
      within.open = false;
      (sentences[here] || within.querySelector("summary")).focus();
      return;
    }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && within) {
      event.preventDefault();
      within.querySelector("form").requestSubmit();
      return;
    }
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const digit = within && within.querySelector(`[data-digit="${CSS.escape(event.key)}"]`);
    if (digit) {
      event.preventDefault();
      digit.checked = !digit.checked;
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      go(event.key === "ArrowDown" ? 1 : -1);
    } else if (/^[a-z]$/.test(event.key)) {
      const found = keyed(event.key);
      if (!found) return;
      event.preventDefault();
      const asksAgain = found.matches("button") && document.activeElement !== found && document.querySelector("[data-unresolved]");
      if (found.matches("details")) open(found);
      else if (asksAgain) found.focus(); // a comment still waits: the second press passes it
      else found.click();
    }
  });
});
