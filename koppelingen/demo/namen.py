"""Names of invented people: the mix of an ordinary Dutch region."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

Achternaam = tuple[str, str]  # tussenvoegsel, surname


@dataclass(frozen=True, slots=True)
class Achtergrond:
    """A stock of names; `land` is the country code (BRP tabel 34) of who was born abroad."""

    naam: str
    achternamen: tuple[Achternaam, ...]
    jongens: tuple[str, ...]
    meisjes: tuple[str, ...]
    taal: str = ""
    land: str = ""


def _achternamen(text: str) -> tuple[Achternaam, ...]:
    """ "van der|Velde" is tussenvoegsel and surname; without | there is no tussenvoegsel."""
    rows = [part.strip().rpartition("|") for part in text.split(",")]
    return tuple((voor, naam) for voor, _, naam in rows)


def _stock(
    naam: str, achternamen: str, jongens: str, meisjes: str, taal: str = "", land: str = ""
) -> Achtergrond:
    return Achtergrond(
        naam,
        _achternamen(achternamen),
        tuple(jongens.split()),
        tuple(meisjes.split()),
        taal,
        land,
    )


NEDERLANDS: Final = _stock(
    "nederlands",
    "de|Boer, van der|Velde, van den|Akker, Zandstra, Kuipershoek, van|Oudewater, de|Groot,"
    " Veenhuis, ter|Horst, van 't|Zand, Molenkamp, in 't|Veld, van de|Weert, Dijkgraaf,"
    " Rietbergen, Brouwershof, op den|Brink, Vlasblom, Hazelhoff, van|Rossem, Meeuwsen,"
    " Kloosterboer, den|Hartog, Zuurmond, Schaapherder, Lindeboom, van der|Plas, Wagemaker,"
    " Roosenburg, Timmerhuis, Ooijevaar, Kraanvogel, te|Wierik, Hofstraten, Jägers, Böhmer,"
    " van der|Heijde, Nijenhof, Blaauwendraad, Korteweg, Zonderland, van|IJsseldijk, Grashoek,"
    " Kerkdijk, Vermeeren, Woudstra, Postema, Wiersma, Hoekema, Sikkema, Terpstra, Leijendekker,"
    " de|Ruijter, van|Beuningen, Appelmeer, Stroobos, Vreugdenhof, Kamphorst, Uiterwaal, Weijland",
    "Daan Sem Lucas Finn Bram Thijs Milan Jesse Luuk Stijn Ruben Jurre Tygo Mees Siem Joep Hidde"
    " Sven Koen Jelle Niels Floris Pim Guus Wout Teun Casper Mats Olivier Boaz René André Jens"
    " Tijmen Roan Gijs Willem Pieter Hugo Melle",
    "Emma Julia Sophie Zoë Noor Lotte Fleur Tess Saar Eva Anouk Roos Femke Iris Maud Isa Sanne"
    " Jasmijn Lieke Fenna Evi Liv Nienke Puck Merel Anne Marit Chloé Renée Floor Veerle Hanna"
    " Esmée Amber Suze Madelief Jet Wies Linde Elin",
)
OVERIGE: Final[Mapping[str, Achtergrond]] = {
    stock.naam: stock
    for stock in (
        _stock(
            "turks",
            "Yıldızhan, Demirel-Taş, Kaplanoğlu, Çelikbaş, Özkanlı, Şahinbay, Aydıner, Doğanay",
            "Emir Yusuf Mert Kaan Ömer Deniz Burak Çağan",
            "Elif Zeynep Ayşe Defne Büşra İpek Melek Şeyma",
            "Turks",
        ),
        _stock(
            "marokkaans",
            "el|Hamidi, Bouzidi, Aït Lahcen, Benhaddou, Ouchan, El Yaakoubi, Amraoui, Tahiri",
            "Mohamed Ayoub Bilal Younes Ilias Nassim Anas Zakaria",
            "Fatima Yasmina Salma Nour Hafsa Imane Dounia Rania",
            "Arabisch",
        ),
        _stock(
            "surinaams",
            "Ramsoekh, Kalpoeran, Wijntuin, Landveldt, Doorgapersad, Sabajo, Zeefuik, Soerodikromo",
            "Giovanni Rayan Jermaine Dewin Shaquille Ravi Clyde Jaïr",
            "Shanaya Priya Chanelle Indira Naomi Jaya Rosanna Anaïs",
        ),
        _stock(
            "antilliaans",
            "Martina-Croes, Sambolino, Isenia, Koeiman, Provence, Daalwijk",
            "Jayden Roderick Kevin Dayron Elson Jandro",
            "Shanelly Rochelle Jeanine Kiara Alanis Nayeli",
            "Papiaments",
        ),
        _stock(
            "pools",
            "Kowalewski, Nowicka, Wiśniarz, Zielonka, Dąbrowicz, Łukasiak, Górniak, Piątek",
            "Jakub Kacper Szymon Filip Michał Bartosz",
            "Zuzanna Oliwia Maja Łucja Małgorzata Agnieszka",
            "Pools",
            "7028",
        ),
        _stock(
            "oekraiens",
            "Kovalenko, Shevchuk, Bondar, Melnychenko, Tkachuk, Lysenko",
            "Oleksandr Maksym Danylo Artem Bohdan Nazar",
            "Sofiia Anastasiia Mariia Daryna Yeva Zlata",
            "Oekraïens",
            "6038",
        ),
        _stock(
            "syrisch",
            "al|Masri, Haddad, al|Khatib, Darwish, Sabbagh, al|Najjar",
            "Omar Karim Yazan Majd Hamza Tarek",
            "Lina Rima Sara Hala Joudy Maya",
            "Arabisch",
            "7009",
        ),
        _stock(
            "eritrees",
            "Tesfamariam, Gebremeskel, Habtemichael, Woldu, Kidane, Berhane",
            "Samuel Yonas Filmon Natnael Robel Abel",
            "Selam Rahel Winta Feven Bethlehem Lidya",
            "Tigrinya",
            "9003",
        ),
        _stock(
            "aziatisch",
            "Chen, Nguyen, Lim, Santosa, Tan, Huang",
            "Jason Minh Kevin Wei Arya Kenji",
            "Linh Mei Putri Amy Hana Thuy",
        ),
        _stock(
            "overig",
            "D'Angelo, Müller-Weiß, Fernández, Okonkwo, Dubois, O'Reillan, Ivanova, Mendonça",
            "Luca Noah Mateo David Emeka Leon",
            "Sofía Amara Camille Nina Beatriz Elena",
        ),
    )
}
AANDEEL: Final[Mapping[str, float]] = {
    "nederlands": 71.0,
    "turks": 5.0,
    "marokkaans": 5.0,
    "surinaams": 3.5,
    "antilliaans": 1.5,
    "pools": 3.5,
    "oekraiens": 2.0,
    "syrisch": 2.5,
    "eritrees": 1.2,
    "aziatisch": 1.8,
    "overig": 3.0,
}
OUDERS_M: Final = (
    "Jan",
    "Peter",
    "Marco",
    "Erik",
    "Ronald",
    "Dennis",
    "Rachid",
    "Mehmet",
    "Tomasz",
    "Ahmad",
    "Wim",
)
OUDERS_V: Final = (
    "Linda",
    "Sandra",
    "Ingrid",
    "Petra",
    "Samira",
    "Ayten",
    "Ewa",
    "Olena",
    "Monique",
    "Karin",
)

STRATEN: Final = (
    "Zilverreigerlaan",
    "Korenbloemstraat",
    "Molenpad",
    "Havenkade",
    "Oude Dijk",
    "Spoorwegdwarsstraat",
    "Wilgenhof",
    "Kastanjeplein",
    "Baron van Rietlaan",
    "Steenbakkersweg",
    "Veerpoort",
    "Lepelaarstraat",
    "Burgemeester Wintershof",
    "Noorderhof",
    "Zonnedauw",
    "Egelantier",
    "Vuurvlinderpad",
    "Kloosterpad",
    "Papaverhof",
    "Waterlelie",
    "Dorpsbrink",
    "Turfschipper",
    "Schaapsdrift",
    "Looierij",
    "Kwekersweg",
    "Hooimijt",
    "Kompasstraat",
    "Sterrenbeeld",
    "Nieuwe Kade",
    "Hofakker",
)


def stock_of(naam: str) -> Achtergrond:
    return OVERIGE.get(naam, NEDERLANDS)
