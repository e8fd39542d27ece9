from django.urls import path

from workplace.views import documents

urlpatterns = [
    path("documents/", documents.documents, name="documents"),
    path("documents/<int:pk>/", documents.document, name="document"),
    path("documents/<int:pk>/pane/", documents.document_pane, name="document-pane"),
    path("documents/<int:pk>/page/<int:number>.png", documents.document_preview, name="document-preview"),
]
