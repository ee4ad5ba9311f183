from django.apps import AppConfig


class DoorstroompuntConfig(AppConfig):
    name = "doorstroompunt"
    verbose_name = "Doorstroompunt"
