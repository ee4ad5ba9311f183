"""Password rules in Dutch where Django 5.2 has no Dutch sentence any more."""

from django.contrib.auth.password_validation import MinimumLengthValidator


class MinsteLengte(MinimumLengthValidator):
    def get_error_message(self) -> str:
        return f"Dit wachtwoord is te kort. Kies {self.min_length} tekens of meer."
