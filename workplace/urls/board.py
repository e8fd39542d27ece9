from django.urls import path

from workplace.views import board

urlpatterns = [
    path("board/", board.board, name="board"),
    path("board/remind/", board.board_remind, name="board-remind"),
    path("board/remind-late/", board.board_remind_late, name="board-remind-late"),
    path("board/excel/", board.board_excel, name="board-excel"),
    path("board/schedule/", board.schedule, name="schedule"),
]
