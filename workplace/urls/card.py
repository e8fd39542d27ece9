from django.urls import path

from workplace.views import card, card_explanation

urlpatterns = [
    path("recipients/<int:pk>/", card.card, name="card"),
    path("recipients/<int:pk>/accruals/", card.card_accruals, name="card-accruals"),
    path("recipients/<int:pk>/explanation/", card_explanation.card_explanation, name="card-explanation"),
    path("recipients/<int:pk>/person/", card.card_person, name="card-person"),
    path("recipients/<int:pk>/rights/", card.card_rights, name="card-rights"),
    path("recipients/<int:pk>/family/", card.card_family, name="card-family"),
    path("recipients/<int:pk>/home/", card.card_home, name="card-home"),
    path("recipients/<int:pk>/services/", card.card_services, name="card-services"),
    path("recipients/<int:pk>/papers/", card.card_papers, name="card-papers"),
    path("recipients/<int:pk>/payments/", card.card_payments, name="card-payments"),
    path("recipients/<int:pk>/history/", card.card_history, name="card-history"),
    path("recipients/<int:pk>/forms/", card.card_forms, name="card-forms"),
]
