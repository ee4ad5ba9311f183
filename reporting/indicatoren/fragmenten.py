"""Pieces of SQL that several facts share, by the name under which they ask for them."""

from collections.abc import Mapping
from typing import Final

from reporting.indicatoren.codes import hvs_sql, os_name_sql, os_rank_sql, vs_sql

FRAGMENTEN: Final[Mapping[str, str]] = {
    "vs": vs_sql(),
    "hvs_pv": hvs_sql("p"),
    "hvs_halt": hvs_sql("h"),
    # Of enrolment `i`; joined as `o` with its place in the order.
    "os_rang": os_rank_sql("i.onderwijssoort", "i.leerjaar"),
    "os_naam": os_name_sql("o.rang"),
    "os_laatste": os_name_sql(os_rank_sql("t.laatste_onderwijssoort")),
    "os_uitstroom": os_name_sql(os_rank_sql("t.uitstroom_onderwijs")),
    # Melding `m` with its werkproces `w`: withdrawn or no absence at all counts in nothing.
    "geldig": (
        "m.status <> 'I' AND coalesce(nullif(m.resultaat, ''), w.resultaat, '') <> 'geen_verzuim'"
    ),
    # Of traject `t`.
    "traject": (
        "t.id, t.jongere_id AS jongere, t.soort, "
        "coalesce(nullif(t.reden, ''), 'onbekend') AS rdn, "
        "coalesce(nullif(t.uitstroom, ''), 'traject_dsp') AS uit, "
        "CASE WHEN t.begeleid_van IS NULL THEN 'niet_begeleid' ELSE 'begeleid' END AS geb"
    ),
}
