from django.apps import AppConfig


class HousingConfig(AppConfig):
    name = "housing"
    verbose_name = "Жильё"
    default_auto_field = "django.db.models.BigAutoField"
