from django import forms
from django.apps import AppConfig

# In place of "Dit veld is vereist.": says what to do.
LEEG = "Vul dit in."
KEUZE = "Maak een keuze."


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Toegang"

    def ready(self) -> None:
        forms.Field.default_error_messages["required"] = LEEG
        forms.ChoiceField.default_error_messages["required"] = KEUZE
