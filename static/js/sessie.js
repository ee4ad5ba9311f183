// Warns two minutes before the session ends and lets the user stay; never loses text (concept.js).
(function () {
  "use strict";
  var WAARSCHUW = 120;

  function start() {
    var url = document.body.dataset.sessieUrl;
    var vak = document.getElementById("sessie");
    if (!url || !vak || !vak.showModal) return;
    var tekst = vak.querySelector("[data-sessie-tekst]");
    var verleng = vak.querySelector("[data-sessie-verleng]");
    var klok = null;

    function straks(seconden) {
      window.clearTimeout(klok);
      var wacht = seconden > WAARSCHUW ? seconden - WAARSCHUW : seconden + 1;
      klok = window.setTimeout(vraag, Math.max(1, wacht) * 1000);
    }

    // Another tab may have been used meanwhile, so ask the server before warning.
    function vraag() {
      fetch(url, { headers: { "X-Achtergrond": "1" } }).then(lees).then(function (stand) {
        if (!stand) return einde();
        if (stand.seconden <= WAARSCHUW) waarschuw(stand);
        else if (vak.open) vak.close();
        straks(stand.seconden);
      }).catch(function () { straks(WAARSCHUW + 30); });
    }

    function lees(antwoord) {
      return antwoord.ok && !antwoord.redirected ? antwoord.json() : null;
    }

    function waarschuw(stand) {
      var minuten = Math.max(1, Math.round(stand.seconden / 60));
      tekst.textContent = "Over " + minuten + (minuten === 1 ? " minuut" : " minuten") +
        " loggen wij u uit. " + (stand.verlengbaar ?
        "U hebt een tijd niets gedaan." : "Uw sessie is dan te lang open; log daarna opnieuw in.") +
        " Uw tekst blijft in deze browser bewaard.";
      verleng.hidden = !stand.verlengbaar;
      if (!vak.open) vak.showModal();
    }

    function einde() {
      window.location.assign("/account/login/?next=" +
        encodeURIComponent(window.location.pathname + window.location.search));
    }

    verleng.addEventListener("click", function () {
      var koppen = JSON.parse(document.body.getAttribute("hx-headers"));
      fetch(url, { method: "POST", headers: koppen }).then(lees).then(function (stand) {
        if (!stand) return einde();
        vak.close();
        straks(stand.seconden);
      }).catch(function () { tekst.textContent = "Er is geen verbinding. Probeer het nog eens."; });
    });
    vak.querySelector("[data-sessie-sluit]").addEventListener("click", function () { vak.close(); });
    straks(Number(document.body.dataset.sessieEinde));
  }

  document.addEventListener("DOMContentLoaded", start);
})();
