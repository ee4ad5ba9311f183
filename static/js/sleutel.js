// Asks the security key (WebAuthn) for its answer and sends that with the form.
(function () {
  "use strict";

  function vraag(form, event) {
    var veld = form.querySelector("[name=credential]");
    event.preventDefault();
    var uitleg = form.querySelector("[data-sleutel-uitleg]");
    uitleg.textContent = "Raak uw sleutel aan, of volg de vraag van uw browser.";
    var opties = JSON.parse(form.dataset.opties);
    var antwoord = form.dataset.sleutel === "nieuw"
      ? window.webauthnJSON.create(opties)
      : window.webauthnJSON.get(opties);
    antwoord.then(function (gegevens) {
      veld.value = JSON.stringify(gegevens);
      form.submit();
    }).catch(function () {
      uitleg.textContent = "De sleutel gaf geen antwoord. Is het de goede sleutel? Probeer het nog eens.";
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("form[data-sleutel]").forEach(function (form) {
      form.addEventListener("submit", function (event) {
        if (window.webauthnJSON && window.webauthnJSON.supported()) vraag(form, event);
      });
    });
  });
})();
