from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView


class SignInForm(AuthenticationForm):
    """A name and a password; what is wrong of the two is not told."""

    error_messages = {
        "invalid_login": "Имя или пароль не подошли. Проверьте раскладку клавиатуры и клавишу Caps Lock.",
        "inactive": "Вход закрыт. Обратитесь к администратору.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name, password = self.fields["username"], self.fields["password"]
        name.label, password.label = "Имя пользователя", "Пароль"
        name.error_messages["required"] = "Введите имя пользователя."
        password.error_messages["required"] = "Введите пароль."
        password.widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})


class SignIn(LoginView):
    """The one door of the house."""

    authentication_form = SignInForm
    redirect_authenticated_user = True
