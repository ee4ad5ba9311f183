from django import forms

from accounts.velden import DatumVeld


class GemeldForm(forms.Form):
    datum = DatumVeld(label="Gemeld op")


class NietNodigForm(forms.Form):
    reden = forms.CharField(label="Waarom niet nodig", max_length=180)


class TerugForm(forms.Form):
    """Only a button."""
