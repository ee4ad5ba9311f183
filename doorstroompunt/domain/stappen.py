"""The rows of the table: every step of a traject.

Built from what regions print about their work; the law names the group (WEB 9.2.1), the school
first (9.2.5 lid 5) and handing over (9.2.5), not these states.
"""

from functools import partial
from typing import Final

from casework.codes import Onderwijssoort
from casework.domain.proces import Stap, Veld
from doorstroompunt.codes import Intensiteit, Uitstroom
from doorstroompunt.models import Traject

from . import effecten as effect
from . import voorwaarden as eis
from .soorten import BUITEN, PREVENTIEF
from .toestanden import OPEN, TOESTANDEN

SCHRIJVEN: Final = "doorstroompunt.schrijven"
_stap = partial(Stap[Traject], permissie=SCHRIJVEN)
# Outside the group one does not go back: a new signal opens a new traject.
NOG_VOLGEN: Final = frozenset(TOESTANDEN) - {"afgesloten", "buiten_doelgroep"}
IN_BENADERING: Final = frozenset({"in_benadering"})
GESPREK: Final = frozenset({"in_benadering", "intake"})


def _keuzes(*codes: Uitstroom) -> tuple[tuple[str, str], ...]:
    return tuple((code.value, code.label) for code in codes)


ALLE_UITSTROOM: Final = _keuzes(*(u for u in Uitstroom if u != Uitstroom.TRAJECT_DSP))
ONDERWIJS: Final = Veld(
    "uitstroom_onderwijs",
    "Soort onderwijs",
    "keuze",
    verplicht=False,
    keuzes=tuple(Onderwijssoort.choices),
    hulp="Nodig als de jongere met een opleiding start of zich aanmeldde.",
)
WAAROM: Final = Veld("waarom", "Waarom", "lange_tekst")
BEGIN: Final = Veld("datum", "Begeleiding begint op", "datum")

STAPPEN: Final = (
    _stap(
        "screenen",
        "Nagegaan: naar de keuze",
        frozenset({"ontvangen"}),
        "gescreend",
        uitleg="Kijk naar leeftijd, adres, inschrijving, startkwalificatie, werk en uitkering.",
    ),
    _stap(
        "op_werklijst",
        "Op de werklijst zetten",
        frozenset({"gescreend"}),
        "te_benaderen",
        voorwaarden=(eis.in_doelgroep,),
        artikel="WEB 9.2.1",
    ),
    _stap(
        "bij_ander_in_beeld",
        "Alleen meekijken, een ander begeleidt",
        frozenset({"gescreend"}),
        "in_beeld_elders",
        velden=(Veld("wie", "Wie begeleidt", hulp="Zoals een wijkteam of een consulent"),),
    ),
    _stap(
        "alsnog_benaderen",
        "Alsnog zelf benaderen",
        frozenset({"in_beeld_elders"}),
        "te_benaderen",
        velden=(WAAROM,),
        voorwaarden=(eis.in_doelgroep,),
    ),
    _stap(
        "eerste_poging",
        "Eerste poging om contact te krijgen",
        frozenset({"te_benaderen"}),
        "in_benadering",
        knop=False,
    ),
    _stap(
        "intake",
        "Naar de intake",
        IN_BENADERING,
        "intake",
        uitleg="Het eerste echte gesprek is gepland of gevoerd.",
    ),
    _stap(
        "begeleiden",
        "Begeleiding starten",
        frozenset({"intake"}),
        "in_begeleiding",
        velden=(
            BEGIN,
            Veld(
                "intensiteit",
                "Hoe intensief",
                "keuze",
                verplicht=False,
                keuzes=tuple(Intensiteit.choices),
            ),
            Veld("overleg_school_op", "Overleg met de school op", "datum", verplicht=False),
            Veld(
                "overleg_school_reden",
                "Waarom geen overleg met de school",
                "lange_tekst",
                verplicht=False,
                hulp="Alleen als u van de regel afwijkt.",
            ),
        ),
        voorwaarden=(eis.in_doelgroep,),
        controles=(
            eis.not_after_today("datum", sinds_melding=True),
            eis.not_after_today("overleg_school_op"),
            eis.eerst_de_school,
        ),
        effect=effect.start_support,
        uitleg="De jongere wil begeleid worden. Meedoen is vrijwillig.",
        artikel="WEB 9.2.5 lid 5",
    ),
    _stap(
        "zelfredzaam",
        "Zelfredzaam, geen hulp nodig",
        GESPREK,
        "zelfredzaam",
        velden=(
            Veld(
                "uitstroom",
                "Wat doet de jongere",
                "keuze",
                keuzes=_keuzes(
                    Uitstroom.WERK,
                    Uitstroom.WERK_EN_OF_STUDIE_ZELF,
                    Uitstroom.WERK_LEREN_COMBI,
                    Uitstroom.OND_GESTART,
                    Uitstroom.OND_AANGEMELD,
                    Uitstroom.OND_GEBLEVEN,
                    Uitstroom.STARTKW_OF_HO,
                    Uitstroom.WERKZOEKEND,
                ),
            ),
            ONDERWIJS,
        ),
        controles=(eis.onderwijs_ingevuld,),
        effect=effect.take_uitstroom,
    ),
    _stap(
        "geen_behoefte",
        "Wil geen hulp",
        GESPREK,
        "geen_behoefte",
        velden=(
            Veld(
                "uitstroom",
                "Wat is het",
                "keuze",
                keuzes=_keuzes(
                    Uitstroom.GEWEIGERD, Uitstroom.GEEN_MOTIVATIE, Uitstroom.GEEN_VERDERE_VRAAG
                ),
            ),
        ),
        effect=effect.take_uitstroom,
        uitleg="Vanaf 18 jaar mag de jongere weigeren. U kunt later opnieuw contact zoeken.",
    ),
    _stap(
        "niet_traceerbaar",
        "Niet te vinden",
        IN_BENADERING,
        "niet_traceerbaar",
        voorwaarden=(eis.kanalen_gebruikt,),
        effect=effect.set_uitstroom(Uitstroom.ONBEKEND),
    ),
    _stap(
        "afsluiten",
        "Afsluiten met een uitkomst",
        frozenset({"in_begeleiding", "in_beeld_elders"}),
        "afgesloten",
        velden=(Veld("uitstroom", "Uitkomst", "keuze", keuzes=ALLE_UITSTROOM), ONDERWIJS),
        controles=(eis.onderwijs_ingevuld,),
        effect=effect.take_uitstroom,
        uitleg="De uitkomst telt mee in het jaarverslag en verandert daarna niet meer.",
    ),
    _stap(
        "overdragen",
        "Overdragen aan een andere regio of partner",
        frozenset({"in_begeleiding"}),
        "in_overdracht",
        velden=(
            Veld("naar", "Naar welke regio of partner"),
            Veld("contactpersoon", "Contactpersoon"),
            Veld("inhoud", "Wat draagt u over", "lange_tekst"),
        ),
        uitleg="Schrijf geen gegevens over gezondheid of strafrecht op.",
        artikel="WEB 9.2.7 lid 2",
    ),
    _stap(
        "overdracht_aanvaard",
        "De ander neemt over",
        frozenset({"in_overdracht"}),
        "afgesloten",
        effect=effect.set_uitstroom(Uitstroom.VERHUISD),
        uitleg="De uitkomst wordt 'Verhuisd'.",
    ),
    _stap(
        "overdracht_geweigerd",
        "De ander neemt niet over",
        frozenset({"in_overdracht"}),
        "in_begeleiding",
        velden=(WAAROM,),
    ),
    _stap("nazorg", "Nazorg starten", frozenset({"afgesloten"}), "nazorg"),
    _stap("nazorg_klaar", "Nazorg beëindigen", frozenset({"nazorg"}), "afgesloten"),
    _stap(
        "terugval",
        "Terugval: opnieuw begeleiden",
        frozenset({"nazorg"}),
        "in_begeleiding",
        velden=(WAAROM,),
        voorwaarden=(eis.in_doelgroep,),
    ),
    _stap(
        "later_opnieuw",
        "Later opnieuw benaderen",
        frozenset({"niet_traceerbaar", "geen_behoefte"}),
        "herbenaderen",
        velden=(Veld("volgende_benadering", "Opnieuw benaderen op", "datum"),),
        voorwaarden=(eis.in_doelgroep,),
        controles=(eis.datum_later,),
        effect=effect.plan_again,
    ),
    _stap(
        "later_zonder_inkomen",
        "Later opnieuw benaderen (geen inkomen)",
        frozenset({"zelfredzaam"}),
        "herbenaderen",
        velden=(
            Veld("inkomen", "Heeft de jongere inkomen", "ja_nee"),
            Veld("volgende_benadering", "Opnieuw benaderen op", "datum"),
        ),
        voorwaarden=(eis.in_doelgroep,),
        controles=(eis.zonder_inkomen, eis.datum_later),
        effect=effect.plan_again,
    ),
    _stap(
        "opnieuw_benaderen",
        "Opnieuw op de werklijst",
        frozenset({"herbenaderen"}),
        "te_benaderen",
        voorwaarden=(eis.datum_bereikt, eis.in_doelgroep),
        uitleg="Gaat op de datum van de nieuwe benadering vanzelf.",
        nachtelijk=True,
    ),
    _stap(
        "meldt_zich",
        "De jongere neemt zelf contact op",
        frozenset({"niet_traceerbaar", "geen_behoefte", "zelfredzaam", "herbenaderen"}),
        "in_benadering",
        velden=(Veld("hoe", "Hoe en waarover", "lange_tekst"),),
        voorwaarden=(eis.in_doelgroep,),
    ),
    _stap(
        "uitgeschreven",
        "Uitgeschreven bij de opleiding",
        OPEN,
        "afgesloten",
        velden=(Veld("datum_uitval", "Uitgeschreven op", "datum"),),
        controles=(eis.not_after_today("datum_uitval"),),
        effect=effect.open_vsv,
        uitleg="Dit traject sluit. Er begint een nieuw traject als voortijdig schoolverlater.",
        bijzonder=True,
        soorten=PREVENTIEF,
    ),
    _stap(
        "buiten_doelgroep",
        "Hoort niet (meer) bij de doelgroep",
        NOG_VOLGEN,
        "buiten_doelgroep",
        velden=(
            Veld(
                "reden_buiten",
                "Waarom niet",
                "keuze",
                keuzes=tuple((naam, label) for naam, (label, _) in BUITEN.items()),
            ),
        ),
        effect=effect.leave_group,
        artikel="WEB 9.2.1",
        nachtelijk=True,
        bijzonder=True,
    ),
)
