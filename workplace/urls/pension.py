from django.urls import path

from workplace.views import pension, pension_files

urlpatterns = [
    path("exchange/people/", pension.proposals, name="pension"),
    path("exchange/people/<int:pk>/", pension.proposal, name="pension-proposal"),
    path("exchange/people/<int:pk>/decide/", pension.decide, name="pension-decide"),
    path("exchange/people/alike/", pension.alike, name="pension-alike"),
    path("exchange/people/lists/", pension_files.people_lists, name="pension-files"),
    path("exchange/people/lists/<int:pk>/", pension_files.people_list, name="pension-file"),
    path("exchange/people/lists/<int:pk>/notice/", pension_files.notice, name="pension-notice"),
    path("exchange/people/paper/", pension_files.paper, name="pension-paper"),
    path("exchange/people/certificates/", pension_files.certificates, name="certificates"),
]
