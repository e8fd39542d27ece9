"""Codes of parameters where regions differ; an installation that calculates already is told in rows what it did.

A database without a confirmed discount has calculated nothing and gets no rows: its directory is filled by people.
Sources of the values: Regulation 369 of 30.10.2007, items 2.4.1, 2.4.3 and 2.4.4; Law 181-FZ, article 17; Housing Code,
article 160. No act of the region states the highest withholding or the share: those rows stand on the discount's act,
by which people confirmed what was calculated until now.
"""

import datetime as dt

from django.db import migrations, models

CODES = [
    ("discount", "доля компенсации"),
    ("lag_months", "месяцев от начисления до выплаты"),
    ("repair_groups", "группы для взноса на капремонт (1, 2, 3, child через запятую)"),
    ("change_rule", "изменение состава семьи (first_of_next_month или daily)"),
    ("month_of_death", "месяц смерти (full или days)"),
    ("deviation_percent", "отклонение для проверки, %"),
    ("sample_percent", "выборка для проверки, %"),
    ("share_rule", "чья доля платы компенсируется (own_share или all_family)"),
    ("norm_cap", "норматив потребления (norm или none)"),
    ("arrears_rule", "учёт долга (none, agreement или court_act)"),
    ("fuel_share", "доля в стоимости твёрдого топлива (own_share или whole)"),
    ("gas_share", "доля в стоимости баллонного газа (own_share или whole)"),
    ("withholding_percent", "наибольшее удержание из выплаты, %"),
    ("first_month", "первый оплачиваемый месяц (same или next)"),
]
LAW = ("О социальной защите инвалидов в Российской Федерации", "181-ФЗ", dt.date(1995, 11, 24))
CODE = ("Жилищный кодекс Российской Федерации", "188-ФЗ", dt.date(2004, 12, 29))
LEGISLATOR = "Российская Федерация"
FEDERAL_SINCE = dt.date(2016, 1, 1)
COURT_ACT_SINCE = dt.date(2022, 1, 1)
# Code, value, from which day to which; None is the day of the discount, or no end. The act, None for the discount's.
ROWS = [
    ("share_rule", "own_share", None, None, None),
    ("norm_cap", "norm", FEDERAL_SINCE, None, LAW),
    ("arrears_rule", "none", None, FEDERAL_SINCE, None),
    ("arrears_rule", "agreement", FEDERAL_SINCE, COURT_ACT_SINCE, CODE),
    ("arrears_rule", "court_act", COURT_ACT_SINCE, None, CODE),
    ("fuel_share", "whole", None, None, None),
    ("gas_share", "whole", None, None, None),
    ("withholding_percent", "20", None, None, None),
    ("first_month", "next", None, None, None),
]


def tell_what_was_done(apps, schema_editor):
    parameters = apps.get_model("calculations", "Parameter").objects
    former = parameters.filter(code="discount", confirmed_at__isnull=False).order_by("valid_from").first()
    if former is None:
        return
    decrees = apps.get_model("offices", "Decree").objects
    for code, value, since, until, act in ROWS:
        starts = max(since or former.valid_from, former.valid_from)
        if until is not None and until <= starts:
            continue
        decree = former.decree
        if act is not None:
            title, number, issued_on = act
            decree, _ = decrees.get_or_create(
                number=number, issued_on=issued_on, issuer=LEGISLATOR, defaults={"title": title}
            )
        parameters.create(
            code=code,
            value=value,
            decree=decree,
            valid_from=starts,
            valid_to=until,
            entered_by_id=former.entered_by_id,
            confirmed_by_id=former.confirmed_by_id,
            confirmed_at=former.confirmed_at,
        )


class Migration(migrations.Migration):
    dependencies = [("calculations", "0004_corrections"), ("offices", "0010_notices_are_numbered_apart")]

    operations = [
        migrations.AlterField(
            model_name="parameter",
            name="code",
            field=models.CharField(choices=CODES, max_length=20, verbose_name="параметр"),
        ),
        migrations.AlterField(
            model_name="parameterevent",
            name="code",
            field=models.CharField(choices=CODES, max_length=20, verbose_name="параметр"),
        ),
        migrations.RunPython(tell_what_was_done, migrations.RunPython.noop),
    ]
