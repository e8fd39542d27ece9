from django.urls import path

from workplace.views import heirs, heirs_acts, heirs_not_returned

urlpatterns = [
    path("recipients/heirs/", heirs.heirs, name="heirs"),
    path("recipients/heirs/returns/", heirs.return_notices_page, name="return-notices"),
    path("recipients/heirs/returns/<int:pk>/", heirs_not_returned.not_returned_page, name="not-returned"),
    path("recipients/<int:pk>/heirs/", heirs.heirs_case, name="heirs-case"),
    path("recipients/<int:pk>/heirs/claim/", heirs_acts.claim, name="heirs-claim"),
    path("recipients/<int:pk>/heirs/share/", heirs_acts.share, name="heirs-share"),
    path("recipients/<int:pk>/heirs/cancel/", heirs_acts.cancel, name="heirs-cancel"),
    path("recipients/<int:pk>/heirs/end/", heirs_acts.end_right, name="heirs-end"),
    path("recipients/heirs/claims/<int:pk>/refuse/", heirs_acts.refuse, name="heirs-refuse"),
    path("recipients/heirs/claims/<int:pk>/requisites/", heirs_acts.requisites, name="heirs-requisites"),
    path("recipients/heirs/requisites/<int:pk>/confirm/", heirs_acts.confirm_way, name="heirs-way-confirm"),
    path("recipients/heirs/decisions/<int:pk>/confirm/", heirs_acts.confirm, name="heirs-confirm"),
    path("recipients/heirs/decisions/<int:pk>/withdraw/", heirs_acts.withdraw, name="heirs-withdraw"),
]
