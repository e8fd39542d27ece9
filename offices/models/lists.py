"""Views of lists that members of staff keep for themselves."""

from django.db import models
from django.db.models import Q

from offices.models.staff import Staff


class SavedView(models.Model):
    """Filters, order and columns of a list's page under a name, seen by their owner only.

    `query` is the query part of the address without month, district and page.
    """

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, verbose_name="сотрудник", related_name="saved_views")
    page = models.CharField("страница", max_length=40)
    name = models.CharField("название", max_length=60)
    query = models.CharField("что показать", max_length=1000)

    class Meta:
        verbose_name = "сохранённый вид списка"
        verbose_name_plural = "сохранённые виды списков"
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "page", "name"],
                name="saved_view_has_its_name_once",
                violation_error_message="Вид с таким названием на этой странице уже есть.",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(page=""),
                name="saved_view_has_a_name",
                violation_error_message="Дайте виду название.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
