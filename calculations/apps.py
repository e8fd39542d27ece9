from django.apps import AppConfig


class CalculationsConfig(AppConfig):
    name = "calculations"
    verbose_name = "Расчёт"
    default_auto_field = "django.db.models.BigAutoField"
