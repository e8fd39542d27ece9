from django.apps import AppConfig


class OfficesConfig(AppConfig):
    name = "offices"
    verbose_name = "Учреждения"
    default_auto_field = "django.db.models.BigAutoField"
