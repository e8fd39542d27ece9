from django.urls import path

from workplace.views import recalculations, recalculations_list

urlpatterns = [
    path("recalculations/", recalculations_list.recalculations, name="recalculations"),
    path("recalculations/<int:pk>/", recalculations.recalculation, name="recalculation"),
    path("recalculations/<int:pk>/approve/", recalculations.approve, name="recalculation-approve"),
    path("recalculations/<int:pk>/refuse/", recalculations.refuse, name="recalculation-refuse"),
]
