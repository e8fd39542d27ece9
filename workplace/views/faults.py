from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def page_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "workplace/expired.html", status=403)
