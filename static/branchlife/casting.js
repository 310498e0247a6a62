/* The casting page without this file asks for the typed code and prints the limit; with it the code comes from the QR
   code and the marks are counted while they are made. Nothing is kept in the browser. */
"use strict";
(function () {
  var door = document.getElementById("door");
  if (door && location.hash.length > 1) {
    door.elements.code.value = decodeURIComponent(location.hash.slice(1));
    history.replaceState(null, "", location.pathname);
    door.querySelector("button").click();
  }
  var ballot = document.getElementById("ballot");
  if (!ballot) return;
  function count() {
    ballot.querySelectorAll("[data-sheet]").forEach(function (sheet) {
      var shown = sheet.querySelector("[data-best]");
      if (!shown) return;
      var best = sheet.querySelectorAll("[data-first]:checked").length;
      shown.textContent = best;
      shown.parentNode.classList.toggle("over", best > Number(shown.parentNode.textContent.split("/")[1]));
    });
  }
  ballot.addEventListener("change", count);
  count();
})();
