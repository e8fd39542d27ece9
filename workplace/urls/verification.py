from django.urls import path

from workplace.views import (
    protocol_answers,
    protocols,
    protocols_list,
    verification,
    verification_acts,
    verification_queue,
)

urlpatterns = [
    path("exchange/checks/", verification_queue.queue, name="verification-queue"),
    path("exchange/files/<int:pk>/check/", verification.check, name="verification"),
    path("exchange/files/<int:pk>/check/more/", verification.more, name="verification-more"),
    path("exchange/files/<int:pk>/check/sheet/", verification_acts.sheet, name="verification-sheet"),
    path("exchange/files/<int:pk>/check/alike/", verification_acts.alike, name="verification-alike"),
    path("exchange/files/<int:pk>/check/load/", verification_acts.load, name="verification-load"),
    path("exchange/files/<int:pk>/check/protocol/", protocols.form, name="protocol-form"),
    path("exchange/files/<int:pk>/check/<int:row>/", verification.side, name="discrepancy"),
    path("exchange/files/<int:pk>/check/<int:row>/decide/", verification.decide, name="discrepancy-decide"),
    path("exchange/protocols/", protocols_list.protocols, name="protocols"),
    path("exchange/protocols/<int:pk>/", protocols.protocol, name="protocol"),
    path("exchange/protocols/<int:pk>/send/", protocols.send, name="protocol-send"),
    path("exchange/protocols/<int:pk>/answer/", protocol_answers.answer, name="protocol-answer"),
    path("exchange/protocols/<int:pk>/file/", protocol_answers.link, name="protocol-answer-file"),
    path("exchange/protocols/<int:pk>/remind/", protocol_answers.remind, name="protocol-remind"),
    path("exchange/protocols/<int:pk>/close/", protocol_answers.close, name="protocol-close"),
]
