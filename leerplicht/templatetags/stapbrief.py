"""The letter that goes with a step, as a link."""

from urllib.parse import urlencode

from django import template
from django.urls import reverse

from casework.domain.proces import Stap
from casework.models import Werkproces
from leerplicht.domain.stapbrief import letter_for

register = template.Library()


@register.simple_tag
def brief_url(stap: Stap[Werkproces], werkproces: Werkproces) -> str:
    """Address of its form; empty when the step has no letter."""
    soort = letter_for(stap, werkproces)
    if not soort:
        return ""
    url = reverse("casework:brief_nieuw", args=[werkproces.jongere.uuid, soort])
    return f"{url}?{urlencode({'werkproces': str(werkproces.uuid)})}"
