"""The discrepancies of a file are read in pieces, in the order of their keys."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exchange", "0004_files_know_their_encoding_and_sum")]

    operations = [
        migrations.AddIndex(
            model_name="discrepancy", index=models.Index(fields=["file", "id"], name="discrepancies_of_a_file")
        ),
    ]
