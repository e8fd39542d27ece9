import csv
import sys
from argparse import ArgumentParser
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand

from calculations.cases.calculation import Calculated, FaultyTable, calculate_table
from calculations.rules.kinds import Group
from calculations.rules.parameters import Parameters

REFUSED = 2

# The command needs no database, so it cannot read the dated parameters. These are those of the law itself:
# half (Regulation 369, item 1.1; Law 181-FZ, article 17), capital repair for groups I and II and children.
PARAMETERS = Parameters(
    discount=Decimal("0.5"),
    capital_repair_groups=frozenset({Group.FIRST, Group.SECOND, Group.CHILD}),
    decree="ст. 17 Закона от 24.11.1995 № 181-ФЗ; Регламент (постановление от 30.10.2007 № 369), п. 1.1",
)


READING = (
    "base — база за полный месяц: начисленное или норматив; где периоды строки разные, база средняя по их дням, "
    "дни права входят в cash_equivalent. share — имеющие право/жильцы каждого периода через «;». reason заполнена, "
    "где строка равна нулю, урезана нормативом или взносом хотя бы на копейку либо право действовало не весь месяц. "
    "Дробная часть — через точку. Пустыми бывают days (весь месяц), regime (по месяцу), area, quantity, tariff и norm, "
    "если правило без них обходится; у зон quantity нужно всегда. Тариф или норматив «0» значит, что его нет. "
    "Ошибки печатаются по строкам и столбцам, код завершения 2."
)


class Command(BaseCommand):
    help = "Считает эквивалент по таблице случаев (CSV). База данных не нужна."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.epilog = READING
        parser.add_argument("cases", type=Path, metavar="IN.csv")
        parser.add_argument("--out", type=Path, metavar="OUT.csv", help="куда записать ответ (иначе на экран)")

    def handle(self, *args: Any, **options: Any) -> None:
        calculated = self._calculated(options["cases"])
        if calculated.unused_columns:
            self.stderr.write(f"Столбцы не используются: {', '.join(calculated.unused_columns)}")
        if options["out"] is None:
            self.stdout.write(calculated.text, ending="")
            return
        try:
            options["out"].write_text(calculated.text, encoding="utf-8", newline="")
        except OSError as fault:
            self._refuse(f"Ответ не записан в {options['out']}: {fault.strerror}")

    def _calculated(self, path: Path) -> Calculated:
        try:
            return calculate_table(path.read_bytes().decode("utf-8-sig"), PARAMETERS)
        except OSError as fault:
            self._refuse(f"Файл {path} не прочитан: {fault.strerror}")
        except UnicodeDecodeError:
            self._refuse(f"Файл {path} не в кодировке UTF-8")
        except csv.Error as fault:
            self._refuse(f"Файл {path} не похож на CSV: {fault}")
        except FaultyTable as table:
            for fault in table.faults:
                column = f", столбец {fault.column}" if fault.column else ""
                self.stderr.write(f"Строка {fault.row}{column}: {fault.text}")
            self._refuse(f"Ничего не посчитано, {table}")

    def _refuse(self, sentence: str) -> NoReturn:
        self.stderr.write(sentence)
        sys.exit(REFUSED)
