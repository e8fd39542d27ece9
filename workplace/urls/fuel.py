from django.urls import path

from workplace.views import fuel

urlpatterns = [
    path("runs/fuel/", fuel.fuel, name="fuel"),
    path("runs/fuel/<int:pk>/", fuel.fuel_assignment, name="fuel-assignment"),
    path("recipients/<int:pk>/fuel/", fuel.fuel_new, name="fuel-new"),
]
