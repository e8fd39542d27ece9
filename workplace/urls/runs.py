from django.urls import path

from workplace.views import run_acts, runs

urlpatterns = [
    path("runs/", runs.run, name="run"),
    path("runs/<int:pk>/", runs.run_result, name="run-result"),
    path("runs/<int:pk>/submission/", run_acts.run_submission, name="run-submission"),
    path("runs/<int:pk>/discard/", run_acts.run_discard, name="run-discard"),
]
