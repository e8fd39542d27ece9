import json
import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from offices import months
from workplace.audit.running import as_json, audit


class Command(BaseCommand):
    help = "Доказывает заново инварианты месяца по базе данных; код выхода 1, если что-то нарушено"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("month", metavar="ГГГГ-ММ")
        parser.add_argument("--json", action="store_true", help="только JSON на стандартном выводе")

    def handle(self, *args: object, **options: object) -> None:
        try:
            month = months.parse_month(str(options["month"]))
        except months.NotAMonth as reason:
            raise CommandError(str(reason)) from reason
        checks = audit(month)
        if options["json"]:
            self.stdout.write(json.dumps(as_json(month, checks), ensure_ascii=False))
        else:
            for check in checks:
                mark = "сходится" if check.ok else f"НАРУШЕНО: {len(check.found)}"
                self.stdout.write(f"{check.code}  {check.title}: проверено {check.looked_at}, {mark}")
                for finding in check.found:
                    self.stdout.write(f"     {finding.where}: должно быть «{finding.expected}», есть «{finding.got}»")
        if not all(check.ok for check in checks):
            sys.exit(1)
