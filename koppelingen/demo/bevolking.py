"""Families until the region has its number of youths of 5 to 27, and their place in the package."""

from datetime import date, timedelta
from typing import Final

from koppelingen.demo import namen
from koppelingen.demo.gebied import BY_CODE, GEMEENTEN
from koppelingen.demo.kans import Kans, Nummers
from koppelingen.demo.pakket import Demopakket
from koppelingen.demo.personen import Gezin, Jongere, Ouder, Woning, make_woning

AANDELEN: Final = {g.code: g.aandeel for g in GEMEENTEN}
KINDEREN: Final = {1: 30.0, 2: 46.0, 3: 18.0, 4: 6.0}
JONGST, OUDST = 5, 28  # half open, in years
JAAR: Final = timedelta(days=365)
VLUCHT: Final = {"oekraiens": "OEKRAINE", "syrisch": "STATUSHOUDER", "eritrees": "STATUSHOUDER"}


class Bevolking:
    def __init__(self, peildatum: date) -> None:
        self.peildatum = peildatum
        self.kans = Kans("bevolking")
        self.bsn, self.ouder_bsn = Nummers("96"), Nummers("97")
        self.jongeren: list[Jongere] = []
        self.gezinnen = 0

    def make(self, aantal: int) -> list[Jongere]:
        while len(self.jongeren) < aantal:
            self._make_gezin()
        del self.jongeren[aantal:]
        return self.jongeren

    def _make_gezin(self) -> None:
        kans = self.kans
        geboren = self._birth_dates()
        if not geboren:
            return
        self.gezinnen += 1
        stock = namen.stock_of(kans.weighted(namen.AANDEEL))
        voorvoegsel, achternaam = kans.pick(stock.achternamen)
        aankomst = self._arrival(stock.naam, geboren)
        begin = aankomst or geboren[0] - timedelta(days=kans.between(30, 1500))
        gezin = Gezin(
            self.gezinnen,
            stock,
            voorvoegsel,
            achternaam,
            self._homes(begin),
            self._parents(stock, voorvoegsel, achternaam, geboren[0]),
            aankomst=aankomst,
            geheim=kans.chance(0.006),
        )
        for dag in geboren:
            self.jongeren.append(self._make_jongere(gezin, dag))

    def _birth_dates(self) -> list[date]:
        """Birthdays of siblings, eldest first; who is too young or too old is left out."""
        kans, peil = self.kans, self.peildatum
        oudste = peil - timedelta(days=kans.between(JONGST * 365 + 2, OUDST * 365 + 5 * 365))
        dagen = [oudste]
        for _ in range(kans.weighted(KINDEREN) - 1):
            tussen = 0 if kans.chance(0.02) else kans.between(420, 1500)
            dagen.append(dagen[-1] + timedelta(days=tussen))
        low, high = _years_before(peil, OUDST), _years_before(peil, JONGST)
        return [dag for dag in dagen if low < dag <= high]

    def _arrival(self, stock: str, geboren: list[date]) -> date | None:
        """The day on which a family came to the Netherlands, for some of some backgrounds."""
        kans = self.kans
        if stock == "oekraiens":
            return kans.day(max(date(2022, 3, 10), self.peildatum - 4 * JAAR), self.peildatum)
        if stock in ("syrisch", "eritrees") or (stock == "pools" and kans.chance(0.4)):
            dag = kans.day(self.peildatum - 8 * JAAR, self.peildatum - timedelta(days=20))
            return dag if dag > geboren[-1] else None
        return None

    def _homes(self, begin: date) -> list[Woning]:
        kans, peil = self.kans, self.peildatum
        code = kans.weighted(AANDELEN)
        woningen = [make_woning(kans, BY_CODE[code], begin)]
        worp = kans.rng.random()
        dag = kans.day(max(begin + JAAR, peil - 6 * JAAR), peil - timedelta(days=10))
        if dag <= begin + timedelta(days=30) or dag >= peil:
            return woningen
        if worp < 0.14:
            woningen.append(make_woning(kans, BY_CODE[code], dag))
        elif worp < 0.19:
            ander = kans.pick([g for g in GEMEENTEN if g.code != code])
            woningen.append(make_woning(kans, ander, dag))
        elif worp < 0.22:  # moved in from elsewhere
            woningen = [make_woning(kans, None, begin), make_woning(kans, BY_CODE[code], dag)]
        elif worp < 0.235:  # moved out of the region
            woningen.append(make_woning(kans, None, dag))
        return woningen

    def _parents(
        self, stock: namen.Achtergrond, voorvoegsel: str, achternaam: str, oudste: date
    ) -> list[Ouder]:
        kans = self.kans
        ouders = []
        for geslacht in ("V", "M"):
            eigen = geslacht == "M" or kans.chance(0.3)
            naam = (voorvoegsel, achternaam) if eigen else kans.pick(stock.achternamen)
            voornaam = kans.pick(namen.OUDERS_M if geslacht == "M" else namen.OUDERS_V)
            geboren = oudste - timedelta(days=kans.between(21 * 365, 38 * 365))
            ouders.append(Ouder(geslacht, voornaam, *naam, self.ouder_bsn.next(), geboren))
        if kans.chance(0.09):
            return ouders[:1]
        if kans.chance(0.22):  # live apart; now and then one of them has no gezag
            code = kans.weighted(AANDELEN)
            ouders[1].elders = make_woning(kans, BY_CODE[code], oudste + JAAR)
            ouders[1].gezag = "N" if kans.chance(0.2) else "J"
        if kans.chance(0.01):
            ouders = [ouders[0]]
            ouders[0].soort, ouders[0].gezag = "VOOGD", "J"
        return ouders

    def _make_jongere(self, gezin: Gezin, geboren: date) -> Jongere:
        kans = self.kans
        geslacht = "M" if kans.chance(0.51) else "V"
        stock = gezin.achtergrond
        voornamen = stock.jongens if geslacht == "M" else stock.meisjes
        jongere = Jongere(
            f"j{len(self.jongeren) + 1:05}",
            gezin,
            self.bsn.next(),
            kans.pick(voornamen),
            kans.pick(voornamen) if kans.chance(0.4) else "",
            geslacht,
            geboren,
            list(gezin.woningen),
        )
        self._leave_home(jongere)
        self._end(jongere)
        return jongere

    def _leave_home(self, jongere: Jongere) -> None:
        kans, peil = self.kans, self.peildatum
        if jongere.leeftijd(peil) < 19 or not kans.chance(0.45):
            return
        dag = kans.day(_years_after(jongere.geboren, 18), peil - timedelta(days=20))
        if dag <= jongere.woningen[-1].van:
            return
        code = jongere.woningen[-1].gemeente
        ander = None if kans.chance(0.15) else BY_CODE.get(code)
        if ander and kans.chance(0.1):
            ander = kans.pick(GEMEENTEN)
        jongere.woningen.append(make_woning(kans, ander, dag))

    def _end(self, jongere: Jongere) -> None:
        kans, peil = self.kans, self.peildatum
        worp = kans.rng.random()
        dag = kans.day(peil - 5 * JAAR, peil - timedelta(days=30))
        if dag <= jongere.woningen[-1].van or dag <= jongere.geboren + 5 * JAAR:
            return
        if worp < 0.0006:
            jongere.overleden = dag
        elif worp < 0.008:
            jongere.vertrokken = dag


def _years_before(day: date, jaren: int) -> date:
    return _years_after(day, -jaren)


def _years_after(day: date, jaren: int) -> date:
    return day.replace(year=day.year + jaren, day=min(day.day, 28) if day.month == 2 else day.day)


class Schrijver:
    """Youths, their relaties and addresses as rows."""

    def __init__(self, pakket: Demopakket, peildatum: date, vanaf: date) -> None:
        self.pakket, self.peildatum, self.vanaf = pakket, peildatum, vanaf
        self.kans = Kans("personen")

    def write(self, jongere: Jongere) -> None:
        self._jongere(jongere)
        self._adressen(jongere)
        if jongere.leeftijd(self.peildatum) < 21:
            for ouder in jongere.gezin.ouders:
                self._relatie(jongere, ouder)

    def _jongere(self, j: Jongere) -> None:
        kans, gezin = self.kans, j.gezin
        volwassen = j.leeftijd(self.peildatum) >= 12
        nieuw = gezin.aankomst is not None and gezin.aankomst > j.geboren
        tolk = nieuw and kans.chance(0.5)
        self.pakket.add(
            "jongeren",
            bron_id=j.bron_id,
            bsn=j.bsn,
            achternaam=gezin.achternaam,
            voorvoegsel=gezin.voorvoegsel,
            voornamen=f"{j.voornaam} {j.tweede}".strip(),
            roepnaam=j.voornaam,
            geboortedatum=j.geboren,
            geslacht=j.geslacht,
            geboorteland=gezin.achtergrond.land if nieuw else "6030",
            gemeentecode=j.gemeente_op(self.peildatum),
            gezin_id=gezin.id,
            geheimhouding=gezin.geheim,
            datum_overlijden=j.overleden,
            datum_vestiging_nl=gezin.aankomst if nieuw else None,
            datum_vertrek=j.vertrokken,
            herkomst=_origin(gezin.achtergrond.naam) if nieuw else "",
            telefoon=f"06-0000{kans.between(1000, 9999)}" if volwassen else "",
            email=f"{j.bron_id}@jongere.example" if volwassen and kans.chance(0.6) else "",
            voorkeurstaal=gezin.achtergrond.taal if tolk else "",
            tolk=tolk,
        )

    def _adressen(self, j: Jongere) -> None:
        for number, woning in enumerate(j.woningen):
            volgende = j.woningen[number + 1].van if number + 1 < len(j.woningen) else None
            tot = volgende or j.vertrokken
            te_oud = tot is not None and tot <= max(self.vanaf, j.geboren)
            if te_oud or (j.overleden and woning.van >= j.overleden):
                continue
            self.pakket.add(
                "adressen",
                bron_id=self.pakket.next_id("adressen", "a"),
                jongere_id=j.bron_id,
                geheim=j.gezin.geheim,
                tot=tot,
                van=max(woning.van, j.geboren),
                **_place(woning),
            )

    def _relatie(self, j: Jongere, ouder: Ouder) -> None:
        kans = self.kans
        bron_id = self.pakket.next_id("relaties", "r")
        self.pakket.add(
            "relaties",
            bron_id=bron_id,
            jongere_id=j.bron_id,
            soort=ouder.soort,
            bsn=ouder.bsn,
            achternaam=ouder.achternaam,
            voorvoegsel=ouder.voorvoegsel,
            voornamen=ouder.voornaam,
            geboortedatum=ouder.geboren,
            gezag=ouder.gezag if j.leeftijd(self.peildatum) < 18 else "N",
            contactpersoon=ouder.geslacht == "V",
            telefoon=f"06-0000{kans.between(1000, 9999)}",
            email=f"ouder.{bron_id}@ouders.example" if kans.chance(0.7) else "",
            adres_zelfde=ouder.elders is None,
            van=j.geboren,
            herkomst="BRP",
        )
        if ouder.elders:
            self.pakket.add(
                "adressen",
                bron_id=self.pakket.next_id("adressen", "a"),
                relatie_id=bron_id,
                van=ouder.elders.van,
                **_place(ouder.elders),
            )


def _origin(achtergrond: str) -> str:
    return VLUCHT.get(achtergrond, "OVERIG_BUITENLAND")


def _place(woning: Woning) -> dict[str, object]:
    return {
        "soort": "WOON",
        "straat": woning.straat,
        "huisnummer": woning.huisnummer,
        "postcode": woning.postcode,
        "woonplaats": woning.woonplaats,
        "gemeentecode": woning.gemeente,
    }
