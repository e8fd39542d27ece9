from django.urls import path

from workplace.views import protocols, verification, verification_acts

urlpatterns = [
    path("exchange/checks/", verification.queue, name="verification-queue"),
    path("exchange/files/<int:pk>/check/", verification.check, name="verification"),
    path("exchange/files/<int:pk>/check/more/", verification.more, name="verification-more"),
    path("exchange/files/<int:pk>/check/sheet/", verification_acts.sheet, name="verification-sheet"),
    path("exchange/files/<int:pk>/check/alike/", verification_acts.alike, name="verification-alike"),
    path("exchange/files/<int:pk>/check/load/", verification_acts.load, name="verification-load"),
    path("exchange/files/<int:pk>/check/protocol/", protocols.form, name="protocol-form"),
    path("exchange/files/<int:pk>/check/<int:row>/", verification.side, name="discrepancy"),
    path("exchange/files/<int:pk>/check/<int:row>/decide/", verification.decide, name="discrepancy-decide"),
    path("exchange/protocols/", protocols.protocols, name="protocols"),
    path("exchange/protocols/<int:pk>/", protocols.protocol, name="protocol"),
    path("exchange/protocols/<int:pk>/send/", protocols.send, name="protocol-send"),
]
