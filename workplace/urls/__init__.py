"""Routes of the pages, a module for each screen."""

from workplace.urls import (
    board,
    card,
    documents,
    heirs,
    home,
    jobs,
    layouts,
    pension,
    people,
    providers,
    public,
    receiving,
    region_files,
    review,
    runs,
    verification,
)

urlpatterns = [
    *home.urlpatterns,
    *people.urlpatterns,
    *heirs.urlpatterns,
    *card.urlpatterns,
    *receiving.urlpatterns,
    *region_files.urlpatterns,
    *jobs.urlpatterns,
    *verification.urlpatterns,
    *board.urlpatterns,
    *providers.urlpatterns,
    *layouts.urlpatterns,
    *pension.urlpatterns,
    *runs.urlpatterns,
    *review.urlpatterns,
    *documents.urlpatterns,
    *public.urlpatterns,
]
