import datetime as dt
from argparse import ArgumentParser

from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.timezone import get_default_timezone

from offices import months
from offices.refusals import Refusal
from offices.services.schedule import ANSWERS_BEGIN_ON
from workplace.demo.staff import staff
from workplace.seeding.employees import PASSWORD
from workplace.seeding.region import Region, seed_region

SHOWN = (
    ("smolensk-raschet", "специалист района: обмен и расчёт"),
    ("smolensk-proverka", "специалист района: проверка файлов"),
    ("smolensk-priem", "специалист района: приём заявлений"),
    ("smolensk-nachalnik", "начальник отдела района"),
    ("lgoty-1", "проверяющий отдела субсидий"),
    ("vyplata", "отдел организации выплат"),
    ("auditor", "аудитор: видит всё, не меняет ничего"),
    ("admin", "администратор: справочники и роли, без людей и сумм"),
)


class Command(BaseCommand):
    help = "Создаёт учебную область: одна и та же для одного и того же числа --seed"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--recipients", type=int, default=2000, help="сколько получателей")
        parser.add_argument("--seed", type=int, default=7)
        parser.add_argument("--month", default="2026-10", help="первый месяц начислений, ГГГГ-ММ")
        parser.add_argument(
            "--answers-from",
            type=int,
            choices=range(1, 29),
            metavar="ДЕНЬ",
            default=ANSWERS_BEGIN_ON,
            help="с какого числа график ждёт ответов предприятий",
        )

    def handle(self, *args: object, **options: object) -> None:
        try:
            month = months.parse_month(str(options["month"]))
        except months.NotAMonth as reason:
            raise CommandError(str(reason)) from reason
        region = Region(
            int(str(options["recipients"])), int(str(options["seed"])), month, int(str(options["answers_from"]))
        )
        at = dt.datetime.combine(month, dt.time(9), tzinfo=get_default_timezone())
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):  # a database just made
            call_command("migrate", verbosity=0)
        try:
            is_new = seed_region(region, at=at, tell=self.stderr.write)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stderr.write("Область создана." if is_new else "Область уже есть.")
        known = {one.username for one in staff()}
        self.stderr.write(f"Учебные входы (пароль у всех «{PASSWORD}»):")
        for username, who in SHOWN:
            if username in known:
                self.stderr.write(f"  {username:<20} {who}")
