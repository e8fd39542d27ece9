from django.contrib.auth.views import LogoutView
from django.urls import path
from django.views.generic import RedirectView

from workplace.views import home, sign_in

urlpatterns = [
    path("", home.home, name="home"),
    path("board/balance/", home.balance, name="balance"),
    path("design/", home.design, name="design"),
    path("favicon.ico", RedirectView.as_view(url="/static/img/favicon.svg"), name="favicon"),
    path("login/", sign_in.SignIn.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
]
