"""Reasons to look at police data, as a test needs them."""

from datetime import date

from accounts.rechten import Politiezicht


def with_reason(user, *jongeren, dag=date(2025, 9, 10), gericht=False):
    """The user of a request in which a reason holds for these youths."""
    keys = [jongere.pk for jongere in jongeren]
    user.politiezicht = Politiezicht(
        dag, dict.fromkeys(keys, "OPSPORING"), frozenset(keys if gericht else ())
    )
    return user


def give_reason(client, jongere, *, gericht=False, code="OPSPORING"):
    """As a boa does it on the screen; the targeted way shows what is older than a year too."""
    if not gericht:
        return client.post(f"/jongere/{jongere.uuid}/politiegegevens/", {"code": code})
    person = {"achternaam": jongere.achternaam, "geboren": f"{jongere.geboortedatum:%d-%m-%Y}"}
    return client.post("/politiegegevens/zoeken/", {"code": code, **person})
