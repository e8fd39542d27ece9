from django.urls import path

from workplace.views import layout_drafts, layouts

HOME = "exchange/layouts/"

urlpatterns = [
    path(HOME, layouts.layouts, name="layouts"),
    path(f"{HOME}new/", layout_drafts.new, name="layout-new"),
    path(f"{HOME}drafts/<int:pk>/", layout_drafts.draft, name="layout-draft"),
    path(f"{HOME}drafts/<int:pk>/sample/", layout_drafts.sample, name="layout-sample"),
    path(f"{HOME}<int:pk>/", layouts.layout, name="layout"),
    path(f"{HOME}<int:pk>/change/", layout_drafts.change, name="layout-change"),
    path(f"{HOME}<int:pk>/confirm/", layouts.confirm, name="layout-confirm"),
    path(f"{HOME}<int:pk>/withdraw/", layouts.withdraw, name="layout-withdraw"),
]
