"""What an object gets that is made at a police process (Wpg)."""

from typing import Any

from django.utils import timezone

from casework.codes import Regime
from casework.models import Werkproces
from casework.politiecodes import Wpggrond
from casework.schooljaar import amsterdam_date


def follow(werkproces: Werkproces | None) -> dict[str, Any]:
    """Fields of an object made at this werkproces; nothing when that is no police process."""
    if werkproces is None or not werkproces.is_wpg:
        return {}
    ground = Wpggrond.ARTIKEL_9 if werkproces.onderzoek_id else Wpggrond.ARTIKEL_8
    return {
        "regime": Regime.WPG,
        "eerste_verwerking": amsterdam_date(timezone.now()),
        "wpg_grond": werkproces.wpg_grond or ground,
        "herkomst": werkproces.herkomst,
        "categorie": werkproces.categorie,
        "onderzoek_id": werkproces.onderzoek_id,
    }
