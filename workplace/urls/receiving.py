from django.urls import path

from workplace.views import receiving

urlpatterns = [
    path("exchange/receiving/", receiving.receiving, name="receiving"),
    path("exchange/receiving/files/", receiving.rows, name="receiving-files"),
    path("exchange/receiving/verify/", receiving.verify_all, name="verify-files"),
    path("exchange/receiving/close/", receiving.close, name="receiving-close"),
    path("exchange/files/<int:pk>/", receiving.exchange_file, name="exchange-file"),
    path("exchange/files/<int:pk>/provider/", receiving.choose_provider, name="choose-provider"),
    path("exchange/files/<int:pk>/verify/", receiving.verify, name="verify-file"),
]
