from django.urls import path

from workplace.views import review, review_acts

urlpatterns = [
    path("review/", review.review, name="review"),
    path("review/<int:pk>/", review.review_run, name="review-run"),
    path("review/<int:pk>/rows/<int:accrual>/", review.review_row, name="review-row"),
    path("review/<int:pk>/approval/", review_acts.review_approval, name="review-approval"),
    path("review/<int:pk>/return/", review_acts.review_return, name="review-return"),
]
