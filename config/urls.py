"""Addresses: the administration, the health of the process, and the workplace's pages."""

from django.contrib import admin
from django.urls import include, path

from config.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("admin/", admin.site.urls),
    path("", include("workplace.urls")),
]
