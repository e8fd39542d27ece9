from django.urls import path

from workplace.views import late_answers, loose_rows, receiving, receiving_letters, remembered_matches, typing

urlpatterns = [
    path("exchange/receiving/", receiving.receiving, name="receiving"),
    path("exchange/receiving/files/", receiving.rows, name="receiving-files"),
    path("exchange/receiving/verify/", receiving.verify_all, name="verify-files"),
    path("exchange/receiving/close/", receiving.close, name="receiving-close"),
    path("exchange/files/<int:pk>/", receiving.exchange_file, name="exchange-file"),
    path("exchange/files/<int:pk>/provider/", receiving.choose_provider, name="choose-provider"),
    path("exchange/files/<int:pk>/verify/", receiving.verify, name="verify-file"),
    path("exchange/files/<int:pk>/letter/", receiving_letters.letter, name="file-letter"),
    *(
        path(f"exchange/files/<int:pk>/{which}/", loose_rows.loose, {"which": which}, name=f"file-{which}")
        for which in loose_rows.LISTS
    ),
    path("exchange/rows/<int:pk>/", loose_rows.match, name="match-row"),
    path("exchange/rows/<int:pk>/back/", loose_rows.take_back, name="match-row-back"),
    path("exchange/typing/", typing.providers, name="typing"),
    path("exchange/typing/paper/", typing.on_paper, name="typing-paper"),
    path("exchange/typing/<int:pk>/", typing.grid, name="typing-grid"),
    path("exchange/files/<int:pk>/late/", late_answers.take, name="take-late"),
    path("exchange/late/", late_answers.late, name="late-answers"),
    path("exchange/late/<int:pk>/", late_answers.late_answer, name="late-answer"),
    path("exchange/matches/", remembered_matches.remembered, name="remembered-matches"),
    path("exchange/matches/<int:pk>/", remembered_matches.end, name="remembered-match"),
]
