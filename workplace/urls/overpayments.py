from django.urls import path

from workplace.views import overpayment_acts, overpayments

urlpatterns = [
    path("overpayments/", overpayments.overpayments, name="overpayments"),
    path("overpayments/<int:pk>/", overpayments.overpayment, name="overpayment"),
    path("overpayments/<int:pk>/consent/", overpayment_acts.consent, name="overpayment-consent"),
    path(
        "overpayments/<int:pk>/consent/withdraw/",
        overpayment_acts.consent_withdraw,
        name="overpayment-consent-withdraw",
    ),
    path("overpayments/<int:pk>/repayment/", overpayment_acts.repayment, name="overpayment-repayment"),
    path("overpayments/<int:pk>/claim/", overpayment_acts.claim, name="overpayment-claim"),
    path("overpayments/<int:pk>/write-off/", overpayment_acts.write_off, name="overpayment-write-off"),
    path(
        "overpayments/<int:pk>/write-off/confirm/",
        overpayment_acts.write_off_confirm,
        name="overpayment-write-off-confirm",
    ),
    path("recipients/<int:pk>/overpayments/new/", overpayments.overpayment_new, name="overpayment-new"),
]
