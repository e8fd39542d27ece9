from django.db import migrations, models

# Notices made before took their numbers from the letters to providers: the series of their own goes on after them.
GO_ON = """
DO $$
BEGIN
    IF to_regclass('exchange_fundnotice') IS NOT NULL THEN
        INSERT INTO offices_numberseries (office_id, series, year, last_number)
        SELECT office_id, 'notice', split_part(number, '/', 2)::int, max(split_part(number, '/', 1)::int)
        FROM exchange_fundnotice
        GROUP BY office_id, split_part(number, '/', 2);
    END IF;
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("offices", "0009_charges_are_loaded_by_a_job"),
    ]

    operations = [
        migrations.AlterField(
            model_name="numberseries",
            name="series",
            field=models.CharField(
                choices=[
                    ("journal", "журнал регистрации"),
                    ("application", "заявления"),
                    ("case", "личные дела"),
                    ("decision", "решения"),
                    ("protocol", "протоколы"),
                    ("letter", "письма предприятиям"),
                    ("notice", "уведомления об ошибках в сведениях"),
                ],
                max_length=12,
                verbose_name="что нумеруется",
            ),
        ),
        migrations.RunSQL(GO_ON, migrations.RunSQL.noop),
    ]
