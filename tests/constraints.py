"""Tables of rows that the database must refuse, by raw SQL, and a proof that a table misses nothing.

An app's test lists a `Violation` for every constraint and trigger of its models and runs both checks:

    VIOLATIONS = [
        changed("offices.District", "district_codes_are_digits", factories.district, code="1234A"),
        copied("offices.District", "unique code", factories.district, fine={"code": "2", "name": "б"}, name="в"),
        stated("offices.Job", "is_never_deleted", factories.job, "DELETE FROM {table} WHERE id = {key}"),
    ]

    @pytest.mark.parametrize("violation", VIOLATIONS, ids=str)
    def test_refuses(violation): violation.check()

    def test_names_every_constraint(): assert unnamed("offices", violations=VIOLATIONS) == set()

`changed` makes a good row and breaks it by UPDATE. `copied` makes a good row, inserts a copy with the `fine` columns
changed, which passes, and then one with only the other columns changed, which is refused. `stated` makes a good row
and runs a statement; {table} and {key} stand for the row's table and quoted key. A good row made by a factory passed
already. Deferred constraints are asked at once. Columns are named as in the database (`office_id`).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, models, transaction

HISTORY_FIELD = "pgh_id"
HISTORY_TRIGGERS = ("insert_insert", "update_update", "delete_delete")


@dataclass(frozen=True, slots=True)
class Violation:
    """A statement that the database refuses, and the constraint or trigger that refuses it.

    `name` is the constraint's or trigger's, or "unique FIELD" for a field that is unique by itself.
    """

    model: str
    name: str
    make: Callable[[], models.Model]
    break_it: Callable[[models.Model], None]
    pass_it: Callable[[models.Model], None] | None = None

    def __str__(self) -> str:
        return f"{self.model} {self.name}"

    def check(self) -> None:
        """Write the good row, then see the bad one refused by the constraint that is named."""
        row = self.make()
        assert row._meta.label == self.model, f"{self.model}'s good row is a {row._meta.label}"
        ask_deferred()
        if self.pass_it is not None:
            self.pass_it(row)
            ask_deferred()
        with pytest.raises(DatabaseError) as refusal, transaction.atomic():
            self._break(row)
        assert refused_by(self, refusal.value), f"{self} was refused by another: {refusal.value}"

    def _break(self, row: models.Model) -> None:
        self.break_it(row)
        ask_deferred()


def changed(model: str, name: str, make: Callable[[], models.Model], /, **columns: object) -> Violation:
    """Break a good row by UPDATE."""
    return Violation(model, name, make, lambda row: update(row, columns))


def copied(
    model: str,
    name: str,
    make: Callable[[], models.Model],
    /,
    *,
    fine: Mapping[str, object] | None,
    **columns: object,
) -> Violation:
    """Insert a copy with the `fine` columns changed, which passes, then one that is refused.

    `fine` is None where no copy can pass without rows of its own: the good row alone is the proof then.
    """
    passing = None if fine is None else lambda row: copy(row, fine)
    return Violation(model, name, make, lambda row: copy(row, columns), passing)


def stated(model: str, name: str, make: Callable[[], models.Model], statement: str) -> Violation:
    """Run a statement against a good row."""
    return Violation(model, name, make, lambda row: run(row, statement))


def _key(row: models.Model) -> str:
    return str(row._meta.pk.column)  # type: ignore[union-attr]


def update(row: models.Model, columns: Mapping[str, object]) -> None:
    listed = ", ".join(f'"{column}" = %s' for column in columns)
    execute(f"UPDATE {row._meta.db_table} SET {listed} WHERE {_key(row)} = %s", [*columns.values(), row.pk])


def copy(row: models.Model, columns: Mapping[str, object]) -> None:
    """Insert a copy of the row with some columns changed; a key of numbers is given anew."""
    table = row._meta.db_table
    kept = [
        field.column
        for field in row._meta.concrete_fields
        if not isinstance(field, models.AutoField) and not field.generated
    ]
    unknown = set(columns) - set(kept)
    assert not unknown, f"{table} has no columns {unknown}"
    values = ", ".join("%s" if column in columns else f'"{column}"' for column in kept)
    given = [columns[column] for column in kept if column in columns]
    names = ", ".join(f'"{column}"' for column in kept)
    execute(f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE {_key(row)} = %s", [*given, row.pk])


def run(row: models.Model, statement: str) -> None:
    with connection.cursor() as cursor:
        key = cursor.mogrify("%s", [row.pk]).decode()
        cursor.execute(statement.format(table=row._meta.db_table, key=key).replace("%", "%%"), [])


def execute(statement: str, values: list[object]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def ask_deferred() -> None:
    """Ask every deferred constraint now."""
    execute("SET CONSTRAINTS ALL IMMEDIATE", [])
    execute("SET CONSTRAINTS ALL DEFERRED", [])


def refused_by(violation: Violation, error: BaseException) -> bool:
    """Tell whether the refusal came from the constraint, the unique field or the trigger named."""
    said: Any = error.__cause__.diag  # type: ignore[union-attr]
    if said.constraint_name:
        model = apps.get_model(violation.model)
        expected = unique_field_constraints(model).get(violation.name, violation.name)
        return bool(isinstance(error, IntegrityError) and declared_name(said.constraint_name) == expected)
    return f"pgtrigger_{violation.name}_" in (said.context or "")


def declared_name(constraint: str) -> str:
    """Return the name that a constraint or unique index of a month's leaf has on the partitioned table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT parent.conname FROM pg_constraint own JOIN pg_constraint parent ON parent.oid = own.conparentid"
            " WHERE own.conname = %s"
            " UNION SELECT parent.relname FROM pg_class own JOIN pg_inherits link ON link.inhrelid = own.oid"
            " JOIN pg_class parent ON parent.oid = link.inhparent WHERE own.relname = %s AND own.relkind = 'i'",
            [constraint, constraint],
        )
        found = cursor.fetchone()
    return str(found[0]) if found else constraint


def unique_field_constraints(model: type[models.Model]) -> dict[str, str]:
    """Map "unique FIELD" to the name PostgreSQL knows, for fields unique by themselves."""
    columns = {field.column: field.name for field in model._meta.local_fields if field.unique}
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, model._meta.db_table)
    return {
        f"unique {columns[facts['columns'][0]]}": name
        for name, facts in found.items()
        if facts["unique"] and len(facts["columns"]) == 1 and facts["columns"][0] in columns
        and not name.endswith("_like")
    }  # fmt: skip


def is_history(model: type[models.Model]) -> bool:
    """Tell whether the model holds events that triggers write."""
    return any(field.name == HISTORY_FIELD for field in model._meta.local_fields)


def named_in(app_label: str) -> set[str]:
    """Name every constraint, unique field and trigger that the app's models declare."""
    names: set[str] = set()
    for model in apps.get_app_config(app_label).get_models():
        if is_history(model):
            continue
        label = model._meta.label
        names |= {f"{label} {constraint.name}" for constraint in model._meta.constraints}
        names |= {
            f"{label} unique {field.name}"
            for field in model._meta.local_fields
            if field.unique and not isinstance(field, models.AutoField)
        }
        triggers = getattr(model._meta, "triggers", [])
        names |= {f"{label} {trigger.name}" for trigger in triggers if trigger.name not in HISTORY_TRIGGERS}
    return names


def unnamed(app_label: str, *, violations: Iterable[Violation]) -> set[str]:
    """Name what the app declares and the table does not violate."""
    return named_in(app_label) - {str(violation) for violation in violations}
