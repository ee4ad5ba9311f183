"""When the scheduled work runs, in Dutch time."""

from celery.schedules import crontab


def timetable(*, keten_seconds: int, concept_dag: tuple[int, int]) -> dict[str, dict[str, object]]:
    """Beat entries; the arguments are settings that other code reads too."""
    return {
        "kalender": {
            "task": "doorstroompunt.follow_calendar",
            "schedule": crontab(hour=3, minute=30),
        },
        "vrijstellingen": {
            "task": "leerplicht.follow_vrijstellingen",
            "schedule": crontab(hour=3, minute=0),
        },
        "absoluut-verzuim": {
            "task": "leerplicht.signal_absoluut",
            "schedule": crontab(hour=3, minute=10),
        },
        "einde-plicht": {
            "task": "leerplicht.follow_plicht",
            "schedule": crontab(hour=3, minute=35),
        },
        "thuiszitters": {
            "task": "leerplicht.follow_thuiszitters",
            "schedule": crontab(hour=3, minute=40),
        },
        "meldplicht": {
            "task": "leerplicht.follow_meldplicht",
            "schedule": crontab(hour=3, minute=45),
        },
        "politiegegevens-verwijderen": {
            "task": "casework.remove_police_data",
            "schedule": crontab(hour=2, minute=50),
        },
        "boa-akten": {"task": "casework.follow_akten", "schedule": crontab(hour=3, minute=35)},
        "documenten-scannen": {"task": "casework.scan_waiting", "schedule": crontab(minute="*/5")},
        "brieven": {"task": "casework.make_due_brieven", "schedule": crontab(minute="*/5")},
        "inzages-opruimen": {
            "task": "casework.forget_inzages",
            "schedule": crontab(hour=2, minute=40),
        },
        "vernietiging": {
            "task": "casework.propose_vernietiging",
            "schedule": crontab(hour=3, minute=50),
        },
        "pakketten-opruimen": {
            "task": "koppelingen.forget_packages",
            "schedule": crontab(hour=2, minute=30),
        },
        "duo-berichten": {"task": "koppelingen.exchange_duo", "schedule": crontab(minute="*/15")},
        "logboek-keten": {
            "task": "accounts.chain_logboek",
            "schedule": keten_seconds,
            "options": {"expires": keten_seconds},
        },
        "rechten-aflopen": {"task": "accounts.end_rights", "schedule": crontab(hour=0, minute=5)},
        "logboek-signalen": {
            "task": "accounts.look_for_signals",
            "schedule": crontab(minute=5),
        },
        "logboek-controle": {
            "task": "accounts.check_logboek",
            "schedule": crontab(hour=4, minute=15),
        },
        "jaarverslag-concepten": {
            "task": "reporting.make_concepten",
            "schedule": crontab(
                month_of_year=concept_dag[0],
                day_of_month=concept_dag[1],
                hour=6,
                minute=0,
            ),
        },
    }
