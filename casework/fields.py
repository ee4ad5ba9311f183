from typing import Any

from django.db import models

from accounts.versleuteling import decrypt, encrypt


class VersleuteldField(models.BinaryField):
    """Text kept encrypted; Python sees text, the database sees bytes. Not searchable."""

    # What django-stubs takes for the type of the attribute.
    _pyi_private_set_type: str
    _pyi_private_get_type: str  # type: ignore[assignment]  # bytes in the base class

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", "")
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str:
        return decrypt(bytes(value)) if value else ""

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        data = encrypt(value) if isinstance(value, str) and value else b""
        return super().get_db_prep_value(data, connection, prepared)

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj))

    def get_default(self) -> Any:
        return ""

    def _check_str_default_value(self) -> list[Any]:
        return []  # Python sees text, so the default is text
