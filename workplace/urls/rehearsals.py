from django.urls import path

from workplace.views import guard, rehearsals

urlpatterns = [
    path("runs/rehearsals/", rehearsals.rehearsals, name="rehearsals"),
    path("runs/rehearsals/new/", rehearsals.rehearsal_new, name="rehearsal-new"),
    path("runs/rehearsals/<int:pk>/", rehearsals.rehearsal, name="rehearsal"),
    path("runs/guard/", guard.guard, name="guard"),
    path("runs/guard/gaps/", guard.directory_gaps, name="directory-gaps"),
    path("runs/guard/<str:kind>/<int:pk>/", guard.guard_row, name="guard-row"),
]
