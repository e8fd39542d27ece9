"""Routes of the pages, a module for each screen."""

from django.urls import path

from workplace.urls import board, card, documents, home, jobs, people, providers, receiving, review, runs, verification
from workplace.views.home import home as home_page

urlpatterns = [
    *home.urlpatterns,
    *people.urlpatterns,
    *card.urlpatterns,
    *receiving.urlpatterns,
    *jobs.urlpatterns,
    *verification.urlpatterns,
    *board.urlpatterns,
    *providers.urlpatterns,
    *runs.urlpatterns,
    *review.urlpatterns,
    *documents.urlpatterns,
]

# Screens on their way: until a module above names the route, the menu leads home.
COMING = {
    "board", "schedule", "recipients", "recipient-suggestions", "receiving", "verification-queue", "protocols",
    "providers", "run", "review", "documents", "jobs", "jobs-running",
}  # fmt: skip
urlpatterns += [path(f"coming/{name}/", home_page, name=name) for name in COMING - {one.name for one in urlpatterns}]
