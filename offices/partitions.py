"""Tables partitioned by month: how they are made, and how a month's leaves are opened.

An ordinary id stays in the model; the database's primary key is (id, month), so ids come from the
sequence only. Leaves are opened with the month, never inside a run: attaching one locks every
table it refers to.
"""

import datetime as dt
from typing import Any

from django.db import connection, models
from django.db.migrations.operations.base import Operation

from offices.months import next_month


class PartitionByMonth(Operation):
    """Turn a table just created into one partitioned by its month column, still empty.

    Stands right after CreateModel: the constraints made there, but for the primary and unique
    keys, are kept by LIKE; `unique` lists the unique keys to be made again, each with the month.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, model_name: str, unique: dict[str, list[str]]) -> None:
        self.model_name = model_name
        self.unique = unique

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Change nothing: Django's picture of the model stays as it is."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        model: type[models.Model] = to_state.apps.get_model(app_label, self.model_name)
        table = model._meta.db_table
        columns = {field.name: str(field.column) for field in model._meta.local_fields}
        statements = [
            f"ALTER TABLE {table} RENAME TO {table}_shape",
            (
                f"CREATE TABLE {table} (LIKE {table}_shape INCLUDING DEFAULTS INCLUDING IDENTITY"
                " INCLUDING GENERATED INCLUDING CONSTRAINTS, PRIMARY KEY (id, month))"
                " PARTITION BY RANGE (month)"
            ),
            f"DROP TABLE {table}_shape",
        ]
        for name, fields in self.unique.items():
            listed = ", ".join(columns[field] for field in fields)
            statements.append(f"ALTER TABLE {table} ADD CONSTRAINT {name} UNIQUE ({listed})")
        for statement in statements:
            schema_editor.execute(statement)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Leave the table partitioned; the CreateModel before this drops it."""

    def describe(self) -> str:
        return f"Partition {self.model_name} by month"


def open_leaves(month: dt.date) -> list[str]:
    """Make the month's leaf of every table partitioned by month; return the names of new ones.

    Each leaf carries its own guard against TRUNCATE, which a parent's trigger does not see.
    """
    made = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT partrelid::regclass::text FROM pg_partitioned_table ORDER BY 1")
        parents = [row[0] for row in cursor.fetchall()]
        for parent in parents:
            leaf = f"{parent}_{month:%Y_%m}"
            cursor.execute("SELECT to_regclass(%s)", [leaf])
            if cursor.fetchone()[0] is None:
                cursor.execute(
                    f"CREATE TABLE {leaf} PARTITION OF {parent} FOR VALUES"
                    f" FROM ('{month:%Y-%m-%d}') TO ('{next_month(month):%Y-%m-%d}')"
                )
                cursor.execute(
                    f"CREATE TRIGGER leaf_is_never_emptied BEFORE TRUNCATE ON {leaf}"
                    " FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate()"
                )
                made.append(leaf)
    return made
