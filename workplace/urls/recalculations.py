from django.urls import path

from workplace.views import fact_changes, recalculation_endings, recalculations, recalculations_list

urlpatterns = [
    path("recalculations/", recalculations_list.recalculations, name="recalculations"),
    path("recalculations/<int:pk>/", recalculations.recalculation, name="recalculation"),
    path("recalculations/<int:pk>/approve/", recalculations.approve, name="recalculation-approve"),
    path("recalculations/<int:pk>/refuse/", recalculations.refuse, name="recalculation-refuse"),
    path("recalculations/<int:pk>/recount/", recalculations.recount, name="recalculation-recount"),
    path("recalculations/<int:pk>/end/<int:recipient_id>/", recalculation_endings.end, name="recalculation-end"),
    path("recipients/<int:pk>/change/<slug:kind>/", fact_changes.change, name="card-change"),
]
