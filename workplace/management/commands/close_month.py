from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now

from offices import months
from offices.models import Staff
from offices.refusals import Refusal
from workplace.selectors.closing import closing_checklist
from workplace.services.closing import close_month


class Command(BaseCommand):
    help = "Закрывает месяц, если выполнено всё, что для этого нужно; с --check только показывает, чего не хватает"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("month", metavar="ГГГГ-ММ")
        parser.add_argument("--by", default="", help="имя пользователя, который закрывает месяц")
        parser.add_argument("--check", action="store_true", help="только показать")

    def handle(self, *args: object, **options: object) -> None:
        try:
            month = months.parse_month(str(options["month"]))
        except months.NotAMonth as reason:
            raise CommandError(str(reason)) from reason
        for item in closing_checklist(month):
            self.stdout.write(f"{'✓' if item.is_done else '—'} {item.title}")
            for missing in item.missing:
                self.stdout.write(f"      не хватает: {missing}")
        if not options["check"]:
            self.close(month, str(options["by"]))

    def close(self, month: object, username: str) -> None:
        by = Staff.objects.filter(username=username).first()
        if by is None:
            raise CommandError("Укажите --by: имя пользователя, который закрывает месяц.")
        try:
            close_month(month=month, by=by, at=now())
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write("Месяц закрыт.")
