import os
from typing import Any

from celery import Celery, Task

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


class Systeemtaak(Task):
    """Every task here is work of the system: it has all rows, and says so to the database."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        from accounts import muur

        with muur.systeem():
            return super().__call__(*args, **kwargs)


app = Celery("leerrecht", task_cls=Systeemtaak)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
