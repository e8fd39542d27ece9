from django.urls import path

from workplace.views import lists, people

urlpatterns = [
    path("recipients/", people.recipients, name="recipients"),
    path("recipients/suggestions/", people.suggestions, name="recipient-suggestions"),
    path("lists/views/", lists.saved_views, name="saved-views"),
    path("lists/views/<int:pk>/delete/", lists.saved_view_delete, name="saved-view-delete"),
]
