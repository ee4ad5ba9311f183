"""publiccode.yml against the fields that version 0.7.0 of the standard asks for."""

import re
from datetime import date

import pytest
import yaml

from tests.source import ROOT

STATUSES = {"concept", "development", "beta", "stable", "obsolete"}


@pytest.fixture
def publiccode():
    return yaml.safe_load((ROOT / "publiccode.yml").read_text())


def test_mandatory_keys(publiccode):
    assert publiccode["publiccodeYmlVersion"] == "0.7.0"
    assert publiccode["name"] == "Leerrecht"
    assert publiccode["url"].startswith("https://")
    assert publiccode["platforms"] == ["web"]
    assert publiccode["developmentStatus"] in STATUSES
    assert publiccode["softwareType"] == "standalone/web"
    assert publiccode["legal"] == {"license": "EUPL-1.2"}
    assert publiccode["localisation"] == {
        "localisationReady": False,
        "availableLanguages": ["nl"],
    }


@pytest.mark.parametrize("language", ["nl", "en"])
def test_description(publiccode, language):
    description = publiccode["description"][language]

    assert len(description["shortDescription"]) <= 150
    assert 150 <= len(description["longDescription"]) <= 10_000
    assert description["features"] != []


def test_maintenance_names_contacts(publiccode):
    maintenance = publiccode["maintenance"]

    assert maintenance["type"] == "community"
    assert [set(contact) >= {"name"} for contact in maintenance["contacts"]] == [True]
    assert "contractors" not in maintenance


def test_version_and_date_agree_with_the_changelog(publiccode):
    first = re.search(r"^## (\S+) - (\S+)$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)

    assert first.groups() == (
        publiccode["softwareVersion"],
        date.isoformat(publiccode["releaseDate"]),
    )


def test_no_deprecated_keys(publiccode):
    assert publiccode.keys() & {"genericName", "authorsFile", "inputTypes", "outputTypes"} == set()
    assert "repoOwner" not in publiccode["legal"]
