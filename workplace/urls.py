from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path
from django.views.generic import RedirectView

from workplace import views

urlpatterns = [
    path("", views.home, name="home"),
    path("month/<str:month>/", views.home, name="home-of-month"),
    path("documents/<int:pk>/", views.document, name="document"),
    path("favicon.ico", RedirectView.as_view(url="/static/img/favicon.svg")),
    path("login/", LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
]
