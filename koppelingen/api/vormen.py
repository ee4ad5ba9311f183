"""Shapes of questions and answers; the OpenAPI document is made from these."""

from typing import Any

from rest_framework import serializers

from casework.schooljaar import Schooljaar
from reporting.catalogus import CATALOGUS


class Vraagvorm(serializers.Serializer[Any]):
    """Each parameter may be given more than once."""

    gemeente = serializers.ListField(
        child=serializers.RegexField(r"^\d{4}$", error_messages={"invalid": "Geef een CBS-code."}),
        help_text="CBS-code van vier cijfers",
        error_messages={"required": "Geef ten minste één gemeente, zoals gemeente=0637."},
    )
    schooljaar = serializers.ListField(
        child=serializers.CharField(),
        help_text="JJJJ-JJJJ",
        error_messages={"required": "Geef ten minste één schooljaar: schooljaar=2022-2023."},
    )
    indicator = serializers.ListField(
        child=serializers.CharField(),
        required=False,
        help_text="id uit de catalogus; zonder deze parameter alle cijfers",
    )

    def validate_schooljaar(self, value: list[str]) -> list[Schooljaar]:
        try:
            return sorted({Schooljaar.parse(text) for text in value})
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from error

    def validate_indicator(self, value: list[str]) -> list[str]:
        unknown = [name for name in value if name not in CATALOGUS]
        if unknown:
            raise serializers.ValidationError(
                f"Deze indicator is niet bekend: {', '.join(unknown)}."
            )
        return value


class Cijfervorm(serializers.Serializer[Any]):
    indicator = serializers.CharField()
    schooljaar = serializers.CharField()
    gebied = serializers.CharField()
    dim = serializers.DictField(child=serializers.CharField())
    waarde = serializers.FloatField(allow_null=True)
    teller = serializers.IntegerField(required=False, allow_null=True)
    noemer = serializers.IntegerField(required=False, allow_null=True)


class Antwoordvorm(serializers.Serializer[Any]):
    versie = serializers.IntegerField()
    schooljaren = serializers.ListField(child=serializers.CharField())
    gemeenten = serializers.ListField(child=serializers.CharField())
    cijfers = Cijfervorm(many=True)
    nogNietBeschikbaar = serializers.ListField(child=serializers.CharField())


class Indicatorvorm(serializers.Serializer[Any]):
    id = serializers.CharField()
    thema = serializers.CharField()
    telt = serializers.CharField()
    eenheid = serializers.CharField()
    omschrijving = serializers.CharField()
    dimensies = serializers.ListField(child=serializers.CharField())
    teller = serializers.CharField()
    noemer = serializers.CharField()
    versie = serializers.IntegerField()
    beschikbaar = serializers.BooleanField()


class Probleemvorm(serializers.Serializer[Any]):
    status = serializers.IntegerField()
    title = serializers.CharField()
    detail = serializers.CharField(required=False)
    invalidParams = serializers.ListField(
        child=serializers.DictField(child=serializers.CharField()), required=False
    )
