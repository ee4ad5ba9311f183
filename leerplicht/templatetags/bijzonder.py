"""The ground of an exemption or leave, as far as this user may know it."""

from django import template

from accounts.models import Gebruiker
from leerplicht.domain.bijzonder import ground_for
from leerplicht.models import Verlof, Vrijstelling

register = template.Library()


@register.filter
def grond_voor(row: Vrijstelling | Verlof, user: Gebruiker) -> str:
    return ground_for(row, user)
