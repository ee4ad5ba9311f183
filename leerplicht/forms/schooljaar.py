"""Choosing a schooljaar: this one, or one of the four before."""

from datetime import date
from typing import Any, Final

from django import forms

from casework.schooljaar import Schooljaar

TERUG: Final = 5


class SchooljaarForm(forms.Form):
    schooljaar = forms.ChoiceField(label="Schooljaar", required=False)

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        jaren = [Schooljaar.of(day)]
        while len(jaren) < TERUG:
            jaren.append(jaren[-1].vorige)
        self._jaren = {str(jaar.start.year): jaar for jaar in jaren}
        field = self.fields["schooljaar"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, str(jaar)) for key, jaar in self._jaren.items()]

    @property
    def gekozen(self) -> Schooljaar:
        """The chosen one; the present one without a valid choice."""
        chosen = self.cleaned_data.get("schooljaar") if self.is_valid() else ""
        return self._jaren.get(chosen or "", next(iter(self._jaren.values())))
