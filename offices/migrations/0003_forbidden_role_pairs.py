"""The pairs of roles that one account never holds at once.

An administrator and an auditor hold nothing else; a district's role does not go with a department's;
the head of the department prepares nothing; who verifies, pays and accounts are different people.
Source: Regulation 369 of 30.10.2007, items 3.2 to 3.16, divided by duty.
"""

from itertools import combinations

from django.db import migrations

DISTRICT = ["intake", "calculation", "exchange", "checking", "head"]
DEPARTMENT = [
    "reception", "registries", "payments", "verifier", "accountant", "legal", "department_head",
]  # fmt: skip
ALONE = ["administrator", "auditor"]
WITHIN_DEPARTMENT = [("payments", "verifier"), ("payments", "accountant"), ("verifier", "accountant")]


def pairs() -> list[tuple[str, str]]:
    every = [*DISTRICT, *DEPARTMENT, *ALONE]
    found = {pair for pair in combinations(every, 2) if set(pair) & set(ALONE)}
    found |= {(district, department) for district in DISTRICT for department in DEPARTMENT}
    found |= {(role, "department_head") for role in DEPARTMENT if role != "department_head"}
    found |= set(WITHIN_DEPARTMENT)
    return sorted(found)


def seed(apps, schema_editor):
    pair_model = apps.get_model("offices", "ForbiddenRolePair")
    pair_model.objects.bulk_create(pair_model(first=first, second=second) for first, second in pairs())


class Migration(migrations.Migration):
    dependencies = [("offices", "0002_held_reasons")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
