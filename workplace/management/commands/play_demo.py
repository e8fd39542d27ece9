import datetime as dt
import shutil
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from offices.models import Office
from offices.refusals import Refusal
from workplace.demo.calendar import production_calendar
from workplace.demo.places import district
from workplace.management.commands.run_month import here, play
from workplace.selectors.written import rows_written
from workplace.services.playing.days import days_of
from workplace.services.playing.demo import demo_steps
from workplace.simulation.manners import Delivery


class Command(BaseCommand):
    help = "Разыгрывает в учебной области прошлые месяцы целиком и месяц в работе на заданный день"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("day", type=dt.date.fromisoformat, help="день показа, ГГГГ-ММ-ДД")
        parser.add_argument("--offices", nargs="*", default=[], help="только эти районы (коды); без них все")

    def handle(self, *, day: dt.date, offices: Sequence[str], **options: Any) -> None:
        before = rows_written()
        days = days_of(today=day, calendar=production_calendar())
        try:
            steps = demo_steps(days=days, calculate=here, fill_inbox=fill_inbox, office_codes=offices)
            play(steps, tell=self.stderr.write)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        whole = ", ".join(f"{month:%Y-%m}" for month in days.whole)
        written = rows_written() - before
        self.stdout.write(f"Проведены месяцы {whole}; в работе {days.in_progress:%Y-%m}. Записано строк: {written}.")


def fill_inbox(office: Office, deliveries: Sequence[Delivery]) -> None:
    """Lay the files that an office has still to receive into its folder, in the place of what lay there."""
    folder = inbox_of(office.code)
    shutil.rmtree(folder, ignore_errors=True)
    for delivery in deliveries:
        path = folder / delivery.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(delivery.content)


def inbox_of(district_code: str) -> Path:
    """Return the folder with the files that a district has still to receive."""
    return settings.APP_VAR / "demo" / "inbox" / district(district_code).slug
