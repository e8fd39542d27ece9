from django.urls import path

from workplace.views import documents

urlpatterns = [
    path("documents/<int:pk>/", documents.document, name="document"),
]
