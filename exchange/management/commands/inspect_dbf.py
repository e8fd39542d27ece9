import sys
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from exchange.dbf.archive_inspection import look_through
from exchange.dbf.encodings import AUTO, CHOSEN_BY
from exchange.dbf.inspection import Inspected, Json

ROWS_SHOWN = 10


class Command(BaseCommand):
    help = "Показывает, что лежит в файле DBF: поля, строки, странности и нечитаемые ячейки."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--encoding", default=AUTO, help="cp866, cp1251 или auto (по умолчанию)")
        parser.add_argument("--rows", type=_count, help="сколько строк показать")
        parser.add_argument("--json", action="store_true", help="по одному документу JSON на файл или таблицу архива")

    def handle(self, *args: Any, **options: Any) -> None:
        refused = False
        if options["json"]:
            self.stdout.ending = ""  # a document comes in pieces
        for path in options["files"]:
            for inspected in look_through(path, encoding=options["encoding"]):
                tell = self._tell_as_json if options["json"] else self._tell_as_text
                refused = not tell(inspected, options["rows"]) or refused
        if refused:
            sys.exit(2)

    def _tell_as_json(self, inspected: Inspected, rows: int | None) -> bool:
        return inspected.write_json(self.stdout, rows=rows)

    def _tell_as_text(self, inspected: Inspected, rows: int | None) -> bool:
        document = inspected.document(rows=ROWS_SHOWN if rows is None else rows)
        self._tell(document)
        return "refused" not in document

    def _tell(self, document: dict[str, Any]) -> None:
        if "refused" in document:
            self.stdout.write(f"{document['file']}: отказано ({document['refused']['code']}).")
            self.stdout.write(f"  {document['refused']['text']}")
            return
        self.stdout.write(f"{document['file']}: {document['version']}, {document['bytes']} байт")
        self.stdout.write(
            f"  кодировка {document['encoding']} ({CHOSEN_BY[document['encoding_from']]}),"
            f" байт кодировки {document['language_byte']}"
        )
        self.stdout.write(
            f"  строк по заголовку {document['records_in_header']}, в файле {document['records_in_file']},"
            f" удалённых {document['deleted']}"
        )
        fields = ", ".join(_field(field) for field in document["fields"])
        self.stdout.write(f"  поля ({len(document['fields'])}): {fields}")
        for notice in document["notices"]:
            mark = "При загрузке — отказ: " if notice["import_refuses"] else "Замечено: "
            self.stdout.write(f"  {mark}{notice['text']}")
        for fault in document["faults"]:
            self.stdout.write(f"  строка {fault['row']}, поле {fault['field']}: {fault['text']} [{fault['raw']}]")
        for row in document["rows"]:
            self.stdout.write("  " + " | ".join(_cell(value) for value in row))


def _count(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise ArgumentTypeError("сколько строк показать — целое число от нуля")
    return int(text)


def _field(field: dict[str, Any]) -> str:
    width = f"{field['length']}.{field['decimals']}" if field["decimals"] else field["length"]
    return f"{field['name']} {field['type']}({width})"


def _cell(value: Json) -> str:
    return "—" if value is None else str(value)
