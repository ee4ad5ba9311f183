"""The secret address behind which a calendar program finds the agenda of one user."""

from django.db import models

from accounts.models import Gebruiker


class Agendalink(models.Model):
    """Only the hash of the secret is kept; a new secret takes the place of the old one."""

    gebruiker = models.OneToOneField(Gebruiker, models.CASCADE, related_name="agendalink")
    hash = models.CharField(max_length=64, unique=True)
    gemaakt_op = models.DateTimeField()

    def __str__(self) -> str:
        return f"Agenda van {self.gebruiker}"
