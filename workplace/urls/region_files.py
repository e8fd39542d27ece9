from django.urls import path

from workplace.views import region_files, region_scopes

HOME = "exchange/region/"

urlpatterns = [
    path(HOME, region_files.region_files, name="region-files"),
    path(f"{HOME}send/<int:provider>/", region_files.send, name="region-file-send"),
    path(f"{HOME}<int:pk>/", region_files.region_file, name="region-file"),
    path("exchange/providers/<int:pk>/files/", region_scopes.file_scope, name="provider-files"),
]
