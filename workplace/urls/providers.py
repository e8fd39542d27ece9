from django.urls import path

from workplace.views import providers

urlpatterns = [
    path("exchange/providers/", providers.providers, name="providers"),
    path("exchange/providers/<int:pk>/", providers.provider, name="provider"),
    path("exchange/providers/<int:pk>/remind/", providers.provider_remind, name="provider-remind"),
]
