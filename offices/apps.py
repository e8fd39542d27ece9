from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class OfficesConfig(AppConfig):
    name = "offices"
    verbose_name = "Учреждения"
    default_auto_field = "django.db.models.BigAutoField"


class AdministrationConfig(AdminConfig):
    default_site = "offices.administration.HouseSite"
