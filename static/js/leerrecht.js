// Small helps on top of pages that work without them.
(function () {
  "use strict";

  function menu() {
    var knop = document.querySelector("[data-menu]");
    if (!knop) return;
    var inhoud = document.getElementById(knop.getAttribute("aria-controls"));
    knop.hidden = false;
    knop.addEventListener("click", function () {
      var open = inhoud.classList.toggle("lr-nav__inhoud--open");
      knop.setAttribute("aria-expanded", String(open));
    });
  }

  function gebruikersmenu() {
    var menu = document.querySelector(".lr-gebruiker");
    if (!menu) return;
    document.addEventListener("click", function (event) {
      if (!menu.contains(event.target)) menu.open = false;
    });
    menu.addEventListener("keydown", function (event) {
      if (event.key === "Escape") {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
    });
  }

  function fouten(bereik) {
    var lijst = bereik.querySelector("[data-foutenlijst]");
    if (lijst) lijst.focus();
  }

  // A long answer of the server must not be asked for twice.
  function dubbelVerzenden() {
    document.addEventListener("submit", function (event) {
      var form = event.target;
      if (form.method !== "post" || event.defaultPrevented) return;
      if (form.dataset.verzonden) {
        event.preventDefault();
        return;
      }
      form.dataset.verzonden = "1";
      window.setTimeout(function () { delete form.dataset.verzonden; }, 5000);
    });
    window.addEventListener("pageshow", function () {
      document.querySelectorAll("form[data-verzonden]").forEach(function (form) {
        delete form.dataset.verzonden;
      });
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    menu();
    gebruikersmenu();
    fouten(document);
    dubbelVerzenden();
  });
  document.addEventListener("htmx:afterSwap", function (event) { fouten(event.target); });
})();
