from django.urls import path

from workplace.views import arrears, arrears_list, debt_requests

urlpatterns = [
    path("arrears/", arrears_list.arrears, name="arrears"),
    path("arrears/requests/", arrears_list.debt_requests, name="debt-requests"),
    path("arrears/requests/new/", debt_requests.debt_request_new, name="debt-request-new"),
    path("arrears/requests/<int:pk>/", debt_requests.debt_request, name="debt-request"),
    path("arrears/answers/<int:pk>/", debt_requests.debt_answer, name="debt-answer"),
    path("arrears/suspensions/<int:pk>/confirm/", arrears.confirm, name="arrears-confirm"),
    path("arrears/suspensions/<int:pk>/withdraw/", arrears.withdraw, name="arrears-withdraw"),
    path("arrears/suspensions/<int:pk>/resume/", arrears.resume, name="arrears-resume"),
    path("recipients/<int:pk>/arrears/", arrears.case, name="arrears-case"),
    path("recipients/<int:pk>/arrears/ask/", debt_requests.debt_ask, name="debt-ask"),
    path("recipients/<int:pk>/arrears/court-act/", arrears.court_act, name="arrears-court-act"),
    path("recipients/<int:pk>/arrears/prepare/", arrears.prepare, name="arrears-prepare"),
]
