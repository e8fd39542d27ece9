from django.apps import AppConfig


class WorkplaceConfig(AppConfig):
    name = "workplace"
    verbose_name = "Рабочее место"
    default_auto_field = "django.db.models.BigAutoField"
