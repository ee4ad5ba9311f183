"""A school typed in a form: by name, BRIN or vestigingscode."""

from typing import Any

from django import forms
from django.db.models import Q

from casework.models import School
from casework.namen import normalise


def one_school(text: str) -> School:
    """By name or code. Raises ValidationError when there is none, or more than one."""
    found = list(_schools(text)[:6])
    if not found:
        raise forms.ValidationError("Deze school is niet gevonden. Probeer de BRIN-code.")
    exact = [s for s in found if s.vestigingscode == text.upper()]
    if len(found) > 1 and not exact:
        names = "; ".join(f"{s.naam} ({s.vestigingscode or s.brin})" for s in found[:5])
        raise forms.ValidationError(f"Er zijn meer scholen: {names}. Typ de code.")
    return (exact or found)[0]


def _schools(text: str) -> Any:
    code = text.upper()
    by_code = School.objects.filter(Q(brin=code) | Q(vestigingscode=code))
    if by_code.exists():
        return by_code.order_by("naam", "pk")
    rows = School.objects.filter(tot__isnull=True)
    for woord in normalise(text).split():
        rows = rows.filter(zoeknaam__contains=woord)
    return rows.order_by("naam", "pk")
