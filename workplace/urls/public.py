from django.urls import path

from workplace.views import public

urlpatterns = [
    path("example/", public.example, name="example"),
    path("right/", public.right, name="right"),
    path("questions/", public.questions, name="questions"),
    path("acts/", public.acts, name="acts"),
    path("leaflet/", public.leaflet, name="leaflet"),
    path("acts/sample/<slug:kind>/", public.sample, name="sample"),
]
