from django.urls import path

from workplace.views import providers, providers_acts, providers_inquiries, providers_letters, providers_transfers

HOME = "exchange/providers/"

urlpatterns = [
    path(HOME, providers.providers, name="providers"),
    path(f"{HOME}letters/", providers_letters.provider_letters, name="provider-letters"),
    path(f"{HOME}inquiries/", providers_inquiries.provider_inquiries, name="provider-inquiries"),
    path(f"{HOME}inquiries/<int:pk>/", providers_inquiries.provider_inquiry, name="provider-inquiry"),
    path(f"{HOME}transfers/<int:pk>/", providers_transfers.provider_transfer, name="provider-transfer"),
    path(f"{HOME}<int:pk>/", providers.provider, name="provider"),
    path(f"{HOME}<int:pk>/remind/", providers.provider_remind, name="provider-remind"),
    path(f"{HOME}<int:pk>/ability/", providers_acts.provider_ability, name="provider-ability"),
    path(f"{HOME}<int:pk>/agreements/new/", providers_acts.provider_agreement_new, name="provider-agreement-new"),
    path(f"{HOME}<int:pk>/agreements/<int:agreement>/", providers_acts.provider_agreement, name="provider-agreement"),
    path(f"{HOME}<int:pk>/inquiries/new/", providers_inquiries.provider_inquiry_new, name="provider-inquiry-new"),
    path(f"{HOME}<int:pk>/transfers/new/", providers_transfers.provider_transfer_new, name="provider-transfer-new"),
]
