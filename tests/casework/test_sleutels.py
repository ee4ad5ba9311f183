"""Keys of encrypted fields: one in front, the old one out, nothing lost."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts import versleuteling
from casework.domain import sleutels
from casework.models import Jongere
from tests.factories import JongereFactory, make_bsn

OUD, NIEUW = "o" * 40, "n" * 40


@pytest.fixture
def keys(settings):
    def use(*names):
        settings.FIELD_KEYS = list(names)
        versleuteling._ciphers.cache_clear()

    use(OUD)
    yield use
    versleuteling._ciphers.cache_clear()


def raw_values():
    with connection.cursor() as cursor:
        cursor.execute("SELECT bsn FROM casework_jongere WHERE bsn <> ''::bytea ORDER BY id")
        return [bytes(value) for (value,) in cursor.fetchall()]


@pytest.mark.django_db
@pytest.mark.eis("D1")
def test_change_of_key_in_parts_and_the_old_key_can_go(keys, monkeypatch, capsys):
    monkeypatch.setattr(sleutels, "PARTIJ", 2)
    numbers = [make_bsn(n) for n in range(1, 6)]
    jongeren = [JongereFactory(bsn=number) for number in numbers]
    old = raw_values()

    keys(NIEUW, OUD)
    call_command("wissel_sleutels")
    keys(NIEUW)

    assert "casework_jongere.bsn: 5 opnieuw geschreven" in capsys.readouterr().out
    assert not set(raw_values()) & set(old)
    assert [Jongere.objects.get(pk=j.pk).bsn for j in jongeren] == numbers
    assert not any(number.encode() in value for number in numbers for value in raw_values())
    assert Jongere.objects.with_bsn(numbers[0]).get() == jongeren[0]


@pytest.mark.django_db
def test_a_second_run_changes_nothing(keys):
    JongereFactory(bsn=make_bsn(1))
    before = raw_values()

    call_command("wissel_sleutels")

    assert raw_values() == before


@pytest.mark.django_db
def test_a_key_that_is_gone_is_said_and_nothing_is_lost(keys):
    JongereFactory(bsn=make_bsn(1))
    before = raw_values()

    keys(NIEUW)
    with pytest.raises(CommandError, match="Zet de oude sleutel erbij"):
        call_command("wissel_sleutels")

    assert raw_values() == before


def test_all_encrypted_fields_are_known():
    assert set(sleutels.encrypted_columns()) == {
        ("casework_jongere", "bsn"),
        ("casework_jongere", "onderwijsnummer"),
        ("casework_relatie", "bsn"),
        ("casework_rectificatie", "oud"),
        ("casework_rectificatie", "nieuw"),
        ("accounts_verwerkingsregel", "data_subject_id"),
    }
