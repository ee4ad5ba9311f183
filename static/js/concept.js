// Keeps what someone types in a form with data-concept="key" as a draft in this browser.
// One user's drafts are never shown to another; they go at logout, after saving and after a day.
(function () {
  "use strict";
  var VOORVOEGSEL = "leerrecht-concept:";
  var DAG = 24 * 60 * 60 * 1000;

  function gebruiker() { return document.body.dataset.gebruiker; }
  function sleutel(form) { return VOORVOEGSEL + gebruiker() + ":" + form.dataset.concept; }

  function lees(naam) {
    try { return JSON.parse(localStorage.getItem(naam)); } catch (fout) { return null; }
  }
  function schrijf(naam, waarde) {
    try { localStorage.setItem(naam, JSON.stringify(waarde)); } catch (fout) { /* full or forbidden */ }
  }
  function namen() {
    try {
      return Object.keys(localStorage).filter(function (naam) { return naam.startsWith(VOORVOEGSEL); });
    } catch (fout) { return []; }
  }
  function weg(keuze) {
    namen().forEach(function (naam) { if (keuze(naam, lees(naam))) localStorage.removeItem(naam); });
  }

  var VELDEN = "textarea[name], input[type=text][name], input[type=number][name], " +
    "input[type=radio][name], input[type=checkbox][name], select[name]:not([multiple])";
  function velden(form) {
    return Array.from(form.querySelectorAll(VELDEN))
      .filter(function (veld) { return !("geenConcept" in veld.dataset); });
  }
  function vink(veld) { return veld.type === "radio" || veld.type === "checkbox"; }
  // Of a tick the value belongs to the name: more of them have the same name.
  function naam(veld) { return vink(veld) ? veld.name + "=" + veld.value : veld.name; }
  function waarde(veld) { return vink(veld) ? veld.checked : veld.value; }
  function zet(veld, nieuw) {
    if (vink(veld)) veld.checked = nieuw; else veld.value = nieuw;
  }
  // What the server had filled in.
  function begin(veld) {
    if (vink(veld)) return veld.defaultChecked;
    if (veld.tagName !== "SELECT") return veld.defaultValue;
    var gekozen = Array.from(veld.options).filter(function (o) { return o.defaultSelected; })[0];
    return (gekozen || veld.options[0] || { value: "" }).value;
  }

  function bewaar(form) {
    var waarden = {};
    var gewijzigd = false;
    velden(form).forEach(function (veld) {
      waarden[naam(veld)] = waarde(veld);
      if (waarde(veld) !== begin(veld)) gewijzigd = true;
    });
    if (gewijzigd) schrijf(sleutel(form), { tijd: Date.now(), waarden: waarden });
  }

  function meld(form, tijd) {
    var vak = document.createElement("div");
    vak.className = "utrecht-alert utrecht-alert--info lr-alert lr-alert--info lr-concept";
    vak.setAttribute("role", "status");
    var tekst = document.createElement("p");
    var uur = new Date(tijd).toLocaleTimeString("nl-NL", { hour: "2-digit", minute: "2-digit" });
    tekst.textContent = "Wat u om " + uur + " uur invulde, is teruggezet. Het is nog niet opgeslagen.";
    var knop = document.createElement("button");
    knop.type = "button";
    knop.className = "nl-button nl-button--secondary lr-knop-klein";
    knop.textContent = "Weggooien en leeg beginnen";
    knop.addEventListener("click", function () {
      localStorage.removeItem(sleutel(form));
      velden(form).forEach(function (veld) { zet(veld, begin(veld)); });
      vak.remove();
      var eerste = velden(form)[0];
      if (eerste) eerste.focus();
    });
    vak.append(tekst, knop);
    form.prepend(vak);
  }

  function zetTerug(form) {
    var concept = lees(sleutel(form));
    if (!concept || document.querySelector("[data-foutenlijst]")) return;
    var anders = false;
    velden(form).forEach(function (veld) {
      var oud = concept.waarden[naam(veld)];
      if (oud !== undefined && oud !== waarde(veld)) {
        zet(veld, oud);
        anders = true;
      }
    });
    if (anders) meld(form, concept.tijd);
  }

  function volg(form) {
    if (form.dataset.conceptGevolgd) return;
    form.dataset.conceptGevolgd = "1";
    zetTerug(form);
    form.addEventListener("input", function () { bewaar(form); });
    form.addEventListener("submit", function () {
      bewaar(form);
      var concept = lees(sleutel(form));
      if (concept) {
        concept.verzonden = true;
        schrijf(sleutel(form), concept);
      }
    });
  }

  function start() {
    if (!gebruiker()) return;
    var eigen = VOORVOEGSEL + gebruiker() + ":";
    // Saved: the server says so on the next page.
    var opgeslagen = Boolean(document.querySelector("[data-bericht=success]"));
    weg(function (naam, concept) {
      return !naam.startsWith(eigen) || !concept || Date.now() - concept.tijd > DAG ||
        (opgeslagen && concept.verzonden);
    });
    document.querySelectorAll("form[data-concept]").forEach(volg);
    var uitloggen = document.querySelector("[data-uitloggen]");
    if (uitloggen) uitloggen.addEventListener("submit", function () { weg(function () { return true; }); });
  }

  document.addEventListener("DOMContentLoaded", start);
  document.addEventListener("htmx:afterSwap", function (event) {
    if (gebruiker()) event.target.querySelectorAll("form[data-concept]").forEach(volg);
  });
})();
