from django.urls import path

from workplace.views import lists

urlpatterns = [
    path("lists/views/", lists.saved_views, name="saved-views"),
    path("lists/views/<int:pk>/delete/", lists.saved_view_delete, name="saved-view-delete"),
]
