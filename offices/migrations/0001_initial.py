import datetime
from decimal import Decimal

import django.contrib.auth.models
import django.contrib.auth.validators
import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import django.db.models.lookups
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations, models

import offices.dated
from offices.guards import REFUSE_TRUNCATE
from offices.sql_functions import FUNCTIONS


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        *[migrations.RunSQL(function.create, function.drop) for function in FUNCTIONS],
        migrations.RunSQL(REFUSE_TRUNCATE, "DROP FUNCTION refuse_truncate()"),
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False, verbose_name="день")),
                ("is_working", models.BooleanField(verbose_name="рабочий")),
                ("note", models.CharField(max_length=200, verbose_name="основание")),
            ],
            options={
                "verbose_name": "день производственного календаря",
                "verbose_name_plural": "производственный календарь",
            },
        ),
        migrations.CreateModel(
            name="CalendarDayEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("day", models.DateField(serialize=False, verbose_name="день")),
                ("is_working", models.BooleanField(verbose_name="рабочий")),
                ("note", models.CharField(max_length=200, verbose_name="основание")),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="offices.calendarday",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Decree",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=300, verbose_name="акт")),
                ("number", models.CharField(max_length=50, verbose_name="номер")),
                ("issued_on", models.DateField(verbose_name="дата")),
                ("issuer", models.CharField(max_length=200, verbose_name="кем издан")),
                ("is_assumed", models.BooleanField(default=False, verbose_name="значение принято для демонстрации")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="примечание")),
            ],
            options={
                "verbose_name": "акт",
                "verbose_name_plural": "акты",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("number", "issued_on", "issuer"),
                        name="decree_is_listed_once",
                        violation_error_message="Такой акт уже есть.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DecreeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("title", models.CharField(max_length=300, verbose_name="акт")),
                ("number", models.CharField(max_length=50, verbose_name="номер")),
                ("issued_on", models.DateField(verbose_name="дата")),
                ("issuer", models.CharField(max_length=200, verbose_name="кем издан")),
                ("is_assumed", models.BooleanField(default=False, verbose_name="значение принято для демонстрации")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="примечание")),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="offices.decree",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="District",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=5, unique=True, verbose_name="код ОКАТО")),
                ("name", models.CharField(max_length=100, unique=True, verbose_name="район")),
                ("oktmo", models.CharField(max_length=8, verbose_name="ОКТМО")),
            ],
            options={
                "verbose_name": "район",
                "verbose_name_plural": "районы",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^\\d{5}$"), ("oktmo__regex", "^\\d{8}$")),
                        name="district_codes_are_digits",
                        violation_error_message="Код ОКАТО — пять цифр, ОКТМО — восемь.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DistrictEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("code", models.CharField(max_length=5, verbose_name="код ОКАТО")),
                ("name", models.CharField(max_length=100, verbose_name="район")),
                ("oktmo", models.CharField(max_length=8, verbose_name="ОКТМО")),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="offices.district",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ForbiddenRolePair",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "first",
                    models.CharField(
                        choices=[
                            ("intake", "специалист по приёму"),
                            ("calculation", "специалист по расчёту"),
                            ("exchange", "специалист по обмену"),
                            ("checking", "специалист по проверке"),
                            ("head", "начальник отдела"),
                            ("reception", "приём сведений (отдел выплат)"),
                            ("registries", "ведение реестров (отдел выплат)"),
                            ("payments", "выплатные документы (отдел выплат)"),
                            ("verifier", "проверяющий отдела субсидий"),
                            ("accountant", "бухгалтер"),
                            ("legal", "отдел кадров и права"),
                            ("department_head", "руководитель Департамента"),
                            ("administrator", "администратор"),
                            ("auditor", "аудитор"),
                        ],
                        max_length=20,
                        verbose_name="роль",
                    ),
                ),
                (
                    "second",
                    models.CharField(
                        choices=[
                            ("intake", "специалист по приёму"),
                            ("calculation", "специалист по расчёту"),
                            ("exchange", "специалист по обмену"),
                            ("checking", "специалист по проверке"),
                            ("head", "начальник отдела"),
                            ("reception", "приём сведений (отдел выплат)"),
                            ("registries", "ведение реестров (отдел выплат)"),
                            ("payments", "выплатные документы (отдел выплат)"),
                            ("verifier", "проверяющий отдела субсидий"),
                            ("accountant", "бухгалтер"),
                            ("legal", "отдел кадров и права"),
                            ("department_head", "руководитель Департамента"),
                            ("administrator", "администратор"),
                            ("auditor", "аудитор"),
                        ],
                        max_length=20,
                        verbose_name="несовместима с",
                    ),
                ),
            ],
            options={
                "verbose_name": "запрещённое сочетание ролей",
                "verbose_name_plural": "запрещённые сочетания ролей",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("first", "second"),
                        name="forbidden_role_pair_is_listed_once",
                        violation_error_message="Это сочетание уже есть.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Office",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("district", "районный отдел"),
                            ("subsidies", "отдел ЖК субсидий и льгот"),
                            ("payments", "отдел организации выплат"),
                            ("accounting", "отдел бухгалтерского учёта"),
                            ("legal", "отдел кадров и правового обеспечения"),
                            ("management", "руководство Департамента"),
                            ("administration", "администрирование"),
                        ],
                        max_length=20,
                        verbose_name="вид",
                    ),
                ),
                ("code", models.CharField(max_length=10, unique=True, verbose_name="код")),
                ("name", models.CharField(max_length=200, unique=True, verbose_name="название")),
                ("address", models.CharField(blank=True, max_length=250, verbose_name="адрес")),
                ("phone", models.CharField(blank=True, max_length=50, verbose_name="телефон")),
                (
                    "district",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="office",
                        to="offices.district",
                        verbose_name="район",
                    ),
                ),
            ],
            options={
                "verbose_name": "отдел",
                "verbose_name_plural": "отделы",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("district__isnull", False), ("kind", "district")),
                            models.Q(models.Q(("kind", "district"), _negated=True), ("district__isnull", True)),
                            _connector="OR",
                        ),
                        name="only_a_district_office_has_a_district",
                        violation_error_message="Район указывают у районного отдела и только у него.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HandoverBalance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(verbose_name="месяц")),
                ("item", models.CharField(max_length=5, verbose_name="пункт регламента")),
                ("stage", models.CharField(max_length=60, verbose_name="этап")),
                ("subject", models.CharField(max_length=200, verbose_name="предмет")),
                ("rows_in", models.PositiveIntegerField(verbose_name="поступило записей")),
                ("rows_on", models.PositiveIntegerField(verbose_name="передано записей")),
                ("rows_held", models.PositiveIntegerField(verbose_name="удержано записей")),
                ("roubles_in", models.DecimalField(decimal_places=6, max_digits=16, verbose_name="поступило, руб.")),
                ("roubles_on", models.DecimalField(decimal_places=6, max_digits=16, verbose_name="передано, руб.")),
                ("roubles_held", models.DecimalField(decimal_places=6, max_digits=16, verbose_name="удержано, руб.")),
                ("at", models.DateTimeField(verbose_name="время")),
                (
                    "supersedes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="offices.handoverbalance",
                        verbose_name="вместо баланса",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="offices.office", verbose_name="отдел"
                    ),
                ),
            ],
            options={
                "verbose_name": "баланс передачи",
                "verbose_name_plural": "балансы передач",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "rows_in",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("rows_on"), "+", models.F("rows_held")
                                ),
                            )
                        ),
                        name="handover_rows_balance",
                        violation_error_message="Записи не сходятся: поступило ≠ передано + удержано.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "roubles_in",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("roubles_on"), "+", models.F("roubles_held")
                                ),
                            )
                        ),
                        name="handover_roubles_balance",
                        violation_error_message="Рубли не сходятся: поступило ≠ передано + удержано.",
                    ),
                    models.UniqueConstraint(
                        fields=("month", "item", "stage", "office", "subject"),
                        name="handover_balance_is_struck_once",
                        violation_error_message="Баланс этой передачи уже подведён.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(django.db.models.functions.datetime.ExtractDay("month"), 1),
                            ("month__gte", datetime.date(2007, 1, 1)),
                            ("month__lt", datetime.date(2100, 1, 1)),
                        ),
                        name="handover_balance_month_is_a_first_day",
                        violation_error_message="Месяц хранится первым числом, с 2007 по 2099 год.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("roubles_in__gte", Decimal("-9999999999.99")),
                            ("roubles_in__lte", Decimal("9999999999.99")),
                        ),
                        name="handover_balance_roubles_are_numbers",
                        violation_error_message="Сумма вне допустимых границ.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HeldAmount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=40, verbose_name="причина")),
                ("rows", models.PositiveIntegerField(verbose_name="записей")),
                ("roubles", models.DecimalField(decimal_places=6, max_digits=16, verbose_name="рублей")),
                (
                    "balance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="held",
                        to="offices.handoverbalance",
                        verbose_name="баланс",
                    ),
                ),
            ],
            options={
                "verbose_name": "удержано по причине",
                "verbose_name_plural": "удержано по причинам",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("balance", "reason"),
                        name="held_reason_is_counted_once",
                        violation_error_message="Причина в балансе уже есть.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NumberSeries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "series",
                    models.CharField(
                        choices=[
                            ("journal", "журнал регистрации"),
                            ("application", "заявления"),
                            ("case", "личные дела"),
                            ("decision", "решения"),
                            ("protocol", "протоколы"),
                        ],
                        max_length=12,
                        verbose_name="что нумеруется",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="год")),
                ("last_number", models.PositiveIntegerField(verbose_name="последний номер")),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="offices.office", verbose_name="отдел"
                    ),
                ),
            ],
            options={
                "verbose_name": "нумерация",
                "verbose_name_plural": "нумерация",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("office", "series", "year"),
                        name="numbers_are_given_in_one_series",
                        violation_error_message="Такая нумерация уже есть.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OfficeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("district", "районный отдел"),
                            ("subsidies", "отдел ЖК субсидий и льгот"),
                            ("payments", "отдел организации выплат"),
                            ("accounting", "отдел бухгалтерского учёта"),
                            ("legal", "отдел кадров и правового обеспечения"),
                            ("management", "руководство Департамента"),
                            ("administration", "администрирование"),
                        ],
                        max_length=20,
                        verbose_name="вид",
                    ),
                ),
                ("code", models.CharField(max_length=10, verbose_name="код")),
                ("name", models.CharField(max_length=200, verbose_name="название")),
                ("address", models.CharField(blank=True, max_length=250, verbose_name="адрес")),
                ("phone", models.CharField(blank=True, max_length=50, verbose_name="телефон")),
                (
                    "district",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="offices.district",
                        verbose_name="район",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="offices.office",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PostOffice",
            fields=[
                ("index", models.CharField(max_length=6, primary_key=True, serialize=False, verbose_name="индекс")),
                ("address", models.CharField(max_length=250, verbose_name="адрес")),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="offices.district", verbose_name="район"
                    ),
                ),
            ],
            options={
                "verbose_name": "почтовое отделение",
                "verbose_name_plural": "почтовые отделения",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("index__regex", "^\\d{6}$")),
                        name="post_index_has_six_digits",
                        violation_error_message="Индекс — шесть цифр.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PostOfficeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("index", models.CharField(max_length=6, serialize=False, verbose_name="индекс")),
                ("address", models.CharField(max_length=250, verbose_name="адрес")),
                (
                    "district",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="offices.district",
                        verbose_name="район",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="offices.postoffice",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Staff",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined")),
                ("middle_name", models.CharField(blank=True, max_length=60, verbose_name="отчество")),
                ("position", models.CharField(blank=True, max_length=150, verbose_name="должность")),
                ("snils", models.CharField(blank=True, max_length=11, verbose_name="СНИЛС")),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="staff",
                        to="offices.office",
                        verbose_name="отдел",
                    ),
                ),
            ],
            options={
                "verbose_name": "сотрудник",
                "verbose_name_plural": "сотрудники",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("snils", ""), ("snils__regex", "^\\d{11}$"), _connector="OR"),
                        name="staff_snils_has_eleven_digits",
                        violation_error_message="СНИЛС — одиннадцать цифр.",
                    )
                ],
            },
            managers=[
                ("objects", django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name="BillingMonth",
            fields=[
                ("month", models.DateField(primary_key=True, serialize=False, verbose_name="месяц")),
                ("opened_at", models.DateTimeField(verbose_name="открыт")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="закрыт")),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем закрыт",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем открыт",
                    ),
                ),
            ],
            options={
                "verbose_name": "месяц",
                "verbose_name_plural": "месяцы",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(django.db.models.functions.datetime.ExtractDay("month"), 1),
                            ("month__gte", datetime.date(2007, 1, 1)),
                            ("month__lt", datetime.date(2100, 1, 1)),
                        ),
                        name="billing_month_is_a_first_day",
                        violation_error_message="Месяц хранится первым числом, с 2007 по 2099 год.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", True), ("closed_by__isnull", True)),
                            models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="month_is_closed_by_someone",
                        violation_error_message="Закрытие месяца: время и сотрудник указываются вместе.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at__isnull", True), ("closed_at__gte", models.F("opened_at")), _connector="OR"
                        ),
                        name="month_closes_after_it_opens",
                        violation_error_message="Месяц закрыт раньше, чем открыт.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExchangeSchedule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(unique=True, verbose_name="полугодие с")),
                ("approved_at", models.DateTimeField(verbose_name="утверждён")),
                (
                    "approved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="утвердил",
                    ),
                ),
            ],
            options={
                "verbose_name": "график обмена",
                "verbose_name_plural": "графики обмена",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("starts_on__day", 1), ("starts_on__month__in", [1, 7])),
                        name="schedule_starts_a_half_year",
                        violation_error_message="График начинается 1 января или 1 июля.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ExchangeScheduleEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("starts_on", models.DateField(verbose_name="полугодие с")),
                ("approved_at", models.DateTimeField(verbose_name="утверждён")),
                (
                    "approved_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="утвердил",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="offices.exchangeschedule",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60, verbose_name="вид")),
                ("key", models.CharField(max_length=150, verbose_name="предмет")),
                ("task", models.CharField(max_length=150, verbose_name="задача")),
                ("parameters", models.JSONField(default=dict, verbose_name="параметры")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "в очереди"),
                            ("running", "выполняется"),
                            ("done", "выполнено"),
                            ("failed", "ошибка"),
                            ("quarantined", "остановлено после повторных сбоев"),
                        ],
                        default="queued",
                        max_length=12,
                        verbose_name="состояние",
                    ),
                ),
                ("cursor", models.JSONField(default=dict, verbose_name="где остановились")),
                ("done", models.PositiveIntegerField(default=0, verbose_name="сделано")),
                ("total", models.PositiveIntegerField(default=0, verbose_name="всего")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="попыток")),
                (
                    "progressed_in",
                    models.PositiveSmallIntegerField(default=0, verbose_name="попытка, которая продвинулась"),
                ),
                ("lease_until", models.DateTimeField(blank=True, null=True, verbose_name="занято до")),
                ("rung_at", models.DateTimeField(blank=True, null=True, verbose_name="последний звонок")),
                ("result", models.JSONField(default=dict, verbose_name="итог")),
                ("error", models.TextField(blank=True, verbose_name="ошибка")),
                ("requested_at", models.DateTimeField(verbose_name="запрошено")),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="начато")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="закончено")),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем запрошено",
                    ),
                ),
            ],
            options={
                "verbose_name": "работа",
                "verbose_name_plural": "работы",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["queued", "running"])),
                        fields=["state", "requested_at"],
                        name="live_jobs",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["queued", "running"])),
                        fields=("kind", "key"),
                        name="one_live_job_per_kind_and_key",
                        violation_error_message="Эта работа уже выполняется.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("done__lte", models.F("total")), ("total", 0), _connector="OR"),
                        name="job_does_not_exceed_its_total",
                        violation_error_message="Сделано больше, чем всего.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lease_until__isnull", False), ("state", "running")),
                            models.Q(models.Q(("state", "running"), _negated=True), ("lease_until__isnull", True)),
                            _connector="OR",
                        ),
                        name="only_a_running_job_holds_a_lease",
                        violation_error_message="Занято до — только у выполняемой работы.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_at__isnull", True), ("state__in", ["queued", "running"])),
                            models.Q(("finished_at__isnull", False), ("state__in", ["done", "failed", "quarantined"])),
                            _connector="OR",
                        ),
                        name="a_finished_job_has_its_end",
                        violation_error_message="Конец указывают у законченной работы и только у неё.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="JournalEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="год")),
                ("number", models.PositiveIntegerField(verbose_name="№ записи")),
                ("at", models.DateTimeField(verbose_name="время")),
                ("event", models.CharField(max_length=60, verbose_name="событие")),
                ("item", models.CharField(max_length=5, verbose_name="пункт регламента")),
                ("subject", models.CharField(max_length=300, verbose_name="предмет")),
                ("counterpart", models.CharField(blank=True, max_length=200, verbose_name="с кем")),
                (
                    "way",
                    models.CharField(
                        choices=[("electronic", "электронно"), ("medium", "на носителе"), ("paper", "на бумаге")],
                        default="electronic",
                        max_length=12,
                        verbose_name="способ",
                    ),
                ),
                ("month", models.DateField(blank=True, null=True, verbose_name="месяц")),
                ("file_name", models.CharField(blank=True, max_length=200, verbose_name="файл")),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256")),
                ("rows", models.PositiveIntegerField(blank=True, null=True, verbose_name="записей")),
                (
                    "roubles",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="рублей"),
                ),
                ("handover", models.UUIDField(blank=True, null=True, verbose_name="передача")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="offices.office", verbose_name="отдел"
                    ),
                ),
            ],
            options={
                "verbose_name": "запись журнала",
                "verbose_name_plural": "журнал регистрации",
                "indexes": [models.Index(fields=["month", "event"], name="journal_by_month_and_event")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("office", "year", "number"),
                        name="journal_number_is_given_once",
                        violation_error_message="Этот номер в журнале уже занят.",
                    ),
                    models.UniqueConstraint(
                        fields=("handover", "office"),
                        name="handover_has_one_entry_per_office",
                        violation_error_message="Передача в журнале отдела уже записана.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleGrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="действует с")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="действует до (не включая)")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("intake", "специалист по приёму"),
                            ("calculation", "специалист по расчёту"),
                            ("exchange", "специалист по обмену"),
                            ("checking", "специалист по проверке"),
                            ("head", "начальник отдела"),
                            ("reception", "приём сведений (отдел выплат)"),
                            ("registries", "ведение реестров (отдел выплат)"),
                            ("payments", "выплатные документы (отдел выплат)"),
                            ("verifier", "проверяющий отдела субсидий"),
                            ("accountant", "бухгалтер"),
                            ("legal", "отдел кадров и права"),
                            ("department_head", "руководитель Департамента"),
                            ("administrator", "администратор"),
                            ("auditor", "аудитор"),
                        ],
                        max_length=20,
                        verbose_name="роль",
                    ),
                ),
                ("order", models.CharField(max_length=150, verbose_name="приказ")),
                (
                    "granted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="назначил",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="сотрудник",
                    ),
                ),
            ],
            options={
                "verbose_name": "роль сотрудника",
                "verbose_name_plural": "роли сотрудников",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="role_grant_period_is_not_empty",
                        violation_error_message="Период заканчивается раньше, чем начинается.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("staff", "="),
                            ("role", "="),
                            (offices.dated.DateRange("valid_from", "valid_to"), "&&"),
                        ],
                        name="role_grants_do_not_overlap",
                        violation_error_message="Эта роль у сотрудника уже есть в пересекающийся период.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("granted_by", models.F("staff")), _negated=True),
                        name="role_is_not_granted_to_oneself",
                        violation_error_message="Роль не назначают самому себе.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "intake",
                                    "calculation",
                                    "exchange",
                                    "checking",
                                    "head",
                                    "reception",
                                    "registries",
                                    "payments",
                                    "verifier",
                                    "accountant",
                                    "legal",
                                    "department_head",
                                    "administrator",
                                    "auditor",
                                ],
                            )
                        ),
                        name="role_grant_names_a_known_role",
                        violation_error_message="Такой роли нет.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleGrantEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("valid_from", models.DateField(verbose_name="действует с")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="действует до (не включая)")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("intake", "специалист по приёму"),
                            ("calculation", "специалист по расчёту"),
                            ("exchange", "специалист по обмену"),
                            ("checking", "специалист по проверке"),
                            ("head", "начальник отдела"),
                            ("reception", "приём сведений (отдел выплат)"),
                            ("registries", "ведение реестров (отдел выплат)"),
                            ("payments", "выплатные документы (отдел выплат)"),
                            ("verifier", "проверяющий отдела субсидий"),
                            ("accountant", "бухгалтер"),
                            ("legal", "отдел кадров и права"),
                            ("department_head", "руководитель Департамента"),
                            ("administrator", "администратор"),
                            ("auditor", "аудитор"),
                        ],
                        max_length=20,
                        verbose_name="роль",
                    ),
                ),
                ("order", models.CharField(max_length=150, verbose_name="приказ")),
                (
                    "granted_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="назначил",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="offices.rolegrant",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="сотрудник",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ScheduledStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(verbose_name="месяц")),
                ("item", models.CharField(max_length=5, verbose_name="пункт регламента")),
                ("due_on", models.DateField(verbose_name="срок")),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="offices.office", verbose_name="отдел"
                    ),
                ),
                (
                    "schedule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="offices.exchangeschedule",
                        verbose_name="график",
                    ),
                ),
            ],
            options={
                "verbose_name": "срок графика",
                "verbose_name_plural": "сроки графика",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("office", "month", "item"),
                        name="scheduled_step_is_set_once",
                        violation_error_message="Срок этого пункта для отдела и месяца уже задан.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(django.db.models.functions.datetime.ExtractDay("month"), 1),
                            ("month__gte", datetime.date(2007, 1, 1)),
                            ("month__lt", datetime.date(2100, 1, 1)),
                        ),
                        name="scheduled_step_month_is_a_first_day",
                        violation_error_message="Месяц хранится первым числом, с 2007 по 2099 год.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ScheduledStepEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("month", models.DateField(verbose_name="месяц")),
                ("item", models.CharField(max_length=5, verbose_name="пункт регламента")),
                ("due_on", models.DateField(verbose_name="срок")),
                (
                    "office",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="offices.office",
                        verbose_name="отдел",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="offices.scheduledstep",
                    ),
                ),
                (
                    "schedule",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="offices.exchangeschedule",
                        verbose_name="график",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="StaffEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined")),
                ("middle_name", models.CharField(blank=True, max_length=60, verbose_name="отчество")),
                ("position", models.CharField(blank=True, max_length=150, verbose_name="должность")),
                ("snils", models.CharField(blank=True, max_length=11, verbose_name="СНИЛС")),
                (
                    "office",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="offices.office",
                        verbose_name="отдел",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("name", models.CharField(max_length=200, verbose_name="имя файла")),
                ("size", models.BigIntegerField(verbose_name="байт")),
                ("media_type", models.CharField(max_length=80, verbose_name="тип")),
                ("stored_at", models.DateTimeField(verbose_name="сохранён")),
                (
                    "stored_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кем",
                    ),
                ),
            ],
            options={
                "verbose_name": "файл",
                "verbose_name_plural": "файлы",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$"), ("size__gte", 0)),
                        name="stored_file_has_a_hash_and_a_size",
                        violation_error_message="У файла должны быть контрольная сумма и размер.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Bank",
            fields=[
                ("bik", models.CharField(max_length=9, primary_key=True, serialize=False, verbose_name="БИК")),
                ("name", models.CharField(max_length=200, verbose_name="банк")),
                ("correspondent_account", models.CharField(max_length=20, verbose_name="корр. счёт")),
                ("address", models.CharField(max_length=250, verbose_name="адрес")),
            ],
            options={
                "verbose_name": "банк",
                "verbose_name_plural": "банки",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("bik__regex", "^04\\d{7}$")),
                        name="bik_has_nine_digits",
                        violation_error_message="БИК — девять цифр, первые две 04.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BankEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("bik", models.CharField(max_length=9, serialize=False, verbose_name="БИК")),
                ("name", models.CharField(max_length=200, verbose_name="банк")),
                ("correspondent_account", models.CharField(max_length=20, verbose_name="корр. счёт")),
                ("address", models.CharField(max_length=250, verbose_name="адрес")),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="offices.bank",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="bank",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "offices_bankevent" ("address", "bik", "correspondent_account", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."address", NEW."bik", NEW."correspondent_account", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."bik"); RETURN NULL;',
                    hash="e5c6d1af3217318a49376737d57a1951db846e73",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e4def",
                    table="offices_bank",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="bank",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "offices_bankevent" ("address", "bik", "correspondent_account", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."address", NEW."bik", NEW."correspondent_account", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."bik"); RETURN NULL;',
                    hash="9a220d5153b24726c4fc9c01c7045be9cbc6aeaa",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_860d5",
                    table="offices_bank",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="calendarday",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "offices_calendardayevent" ("day", "is_working", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."day", NEW."is_working", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."day"); RETURN NULL;',
                    hash="3f13f02c5a38552e87cf8be9e2f05015356368e1",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_9404b",
                    table="offices_calendarday",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="calendarday",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "offices_calendardayevent" ("day", "is_working", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."day", NEW."is_working", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."day"); RETURN NULL;',
                    hash="147a10853e0c156c8f54ca7c644de57be210165a",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c55d9",
                    table="offices_calendarday",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="decree",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "offices_decreeevent" ("id", "is_assumed", "issued_on", "issuer", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (NEW."id", NEW."is_assumed", NEW."issued_on", NEW."issuer", NEW."note", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."title"); RETURN NULL;',
                    hash="73159d88d2500758724a079ab747e1a325890ecd",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_45618",
                    table="offices_decree",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="decree",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "offices_decreeevent" ("id", "is_assumed", "issued_on", "issuer", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (NEW."id", NEW."is_assumed", NEW."issued_on", NEW."issuer", NEW."note", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."title"); RETURN NULL;',
                    hash="9a7f74b9b306d717817966468e1fca5cce5db382",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_1bfc6",
                    table="offices_decree",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="district",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "offices_districtevent" ("code", "id", "name", "oktmo", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."id", NEW."name", NEW."oktmo", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                    hash="1c1477493acbd4a0b01263269dff32b4f727f8b2",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_00a62",
                    table="offices_district",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="district",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "offices_districtevent" ("code", "id", "name", "oktmo", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."id", NEW."name", NEW."oktmo", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                    hash="87edeae07bec71f3c627913fb592a210a7676ee1",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_91e80",
                    table="offices_district",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="billingmonth",
            trigger=pgtrigger.compiler.Trigger(
                name="is_never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of this table are never deleted' USING ERRCODE = 'restrict_violation';",
                    hash="6cdc8ad3204a6d14d426cf1ac9a669606706f0a9",
                    operation="DELETE",
                    pgid="pgtrigger_is_never_deleted_c996d",
                    table="offices_billingmonth",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="billingmonth",
            trigger=pgtrigger.compiler.Trigger(
                name="is_never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN RAISE EXCEPTION 'the table is append-only' USING ERRCODE = 'restrict_violation'; END IF; RETURN NULL;",
                    hash="7329e08e48300c33f830f375238a43b158d14fcc",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_is_never_emptied_46e6c",
                    table="offices_billingmonth",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="exchangeschedule",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "offices_exchangescheduleevent" ("approved_at", "approved_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."starts_on"); RETURN NULL;',
                    hash="3c4c609aea6e1f3cdade58b2df9d1647c5cca26e",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_7f3a3",
                    table="offices_exchangeschedule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="exchangeschedule",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "offices_exchangescheduleevent" ("approved_at", "approved_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."starts_on"); RETURN NULL;',
                    hash="d862b52d8a2ce14d0d0258cf8a14196fea6e337f",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_21d1b",
                    table="offices_exchangeschedule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="heldamount",
            trigger=pgtrigger.compiler.Trigger(
                name="is_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of this table are never changed' USING ERRCODE = 'restrict_violation';",
                    hash="8113adf23613de1c5813bfb27df03b21c7a9da2a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_is_append_only_01cb1",
                    table="offices_heldamount",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="heldamount",
            trigger=pgtrigger.compiler.Trigger(
                name="is_never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN RAISE EXCEPTION 'the table is append-only' USING ERRCODE = 'restrict_violation'; END IF; RETURN NULL;",
                    hash="fac3faee0f8ff406909a72ffaf885f62f434222c",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_is_never_emptied_6e426",
                    table="offices_heldamount",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="office",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "offices_officeevent" ("address", "code", "district_id", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone") VALUES (NEW."address", NEW."code", NEW."district_id", NEW."id", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone"); RETURN NULL;',
                    hash="066d0e174ddfb6b3757e493e6899e88da3c5000d",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_40732",
                    table="offices_office",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="office",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "offices_officeevent" ("address", "code", "district_id", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone") VALUES (NEW."address", NEW."code", NEW."district_id", NEW."id", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone"); RETURN NULL;',
                    hash="a639cca2c38ed7acc0e1132d9c0de28c875c714c",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_2fc86",
                    table="offices_office",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="journalentry",
            trigger=pgtrigger.compiler.Trigger(
                name="is_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of this table are never changed' USING ERRCODE = 'restrict_violation';",
                    hash="23d0d1ee4eb8590fe48706ef7e9576387b366d81",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_is_append_only_64ad3",
                    table="offices_journalentry",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="journalentry",
            trigger=pgtrigger.compiler.Trigger(
                name="is_never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN RAISE EXCEPTION 'the table is append-only' USING ERRCODE = 'restrict_violation'; END IF; RETURN NULL;",
                    hash="e0cf00b9d0099f8036868ceb7f5c0f0fbfafd220",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_is_never_emptied_3112f",
                    table="offices_journalentry",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="handoverbalance",
            trigger=pgtrigger.compiler.Trigger(
                name="is_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of this table are never changed' USING ERRCODE = 'restrict_violation';",
                    hash="cde7a7c0609acf77029b3d6742c4b2dc930c9ec1",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_is_append_only_dceee",
                    table="offices_handoverbalance",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="handoverbalance",
            trigger=pgtrigger.compiler.Trigger(
                name="is_never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN RAISE EXCEPTION 'the table is append-only' USING ERRCODE = 'restrict_violation'; END IF; RETURN NULL;",
                    hash="9b314a55b92c337fcfe1bccda8c483bceac51d2b",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_is_never_emptied_a990e",
                    table="offices_handoverbalance",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="handoverbalance",
            trigger=pgtrigger.compiler.Trigger(
                name="held_reasons_add_up",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    declare="DECLARE rows_of_reasons bigint; roubles_of_reasons numeric;",
                    func="SELECT coalesce(sum(rows), 0), coalesce(sum(roubles), 0) INTO rows_of_reasons, roubles_of_reasons FROM offices_heldamount WHERE balance_id = NEW.id; IF rows_of_reasons <> NEW.rows_held OR roubles_of_reasons <> NEW.roubles_held THEN RAISE EXCEPTION 'held reasons do not add up' USING ERRCODE = 'check_violation'; END IF; RETURN NULL;",
                    hash="ef3f6402b4f72f77dc1529131364d644aa55ff59",
                    operation="INSERT",
                    pgid="pgtrigger_held_reasons_add_up_0e17f",
                    table="offices_handoverbalance",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="staff",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "offices_staffevent" ("date_joined", "email", "first_name", "id", "is_active", "is_staff", "is_superuser", "last_name", "middle_name", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "snils", "username") VALUES (NEW."date_joined", NEW."email", NEW."first_name", NEW."id", NEW."is_active", NEW."is_staff", NEW."is_superuser", NEW."last_name", NEW."middle_name", NEW."office_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."snils", NEW."username"); RETURN NULL;',
                    hash="75c631bd464d7ca53106ac3ce021ff97198f5776",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a8c1c",
                    table="offices_staff",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="staff",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."date_joined" IS DISTINCT FROM (NEW."date_joined") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."first_name" IS DISTINCT FROM (NEW."first_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."is_staff" IS DISTINCT FROM (NEW."is_staff") OR OLD."is_superuser" IS DISTINCT FROM (NEW."is_superuser") OR OLD."last_name" IS DISTINCT FROM (NEW."last_name") OR OLD."middle_name" IS DISTINCT FROM (NEW."middle_name") OR OLD."office_id" IS DISTINCT FROM (NEW."office_id") OR OLD."position" IS DISTINCT FROM (NEW."position") OR OLD."snils" IS DISTINCT FROM (NEW."snils") OR OLD."username" IS DISTINCT FROM (NEW."username"))',
                    func='INSERT INTO "offices_staffevent" ("date_joined", "email", "first_name", "id", "is_active", "is_staff", "is_superuser", "last_name", "middle_name", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "snils", "username") VALUES (NEW."date_joined", NEW."email", NEW."first_name", NEW."id", NEW."is_active", NEW."is_staff", NEW."is_superuser", NEW."last_name", NEW."middle_name", NEW."office_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."snils", NEW."username"); RETURN NULL;',
                    hash="70417fec3186ead1e732c411c1d536ddcdffa070",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_fca43",
                    table="offices_staff",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="postoffice",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "offices_postofficeevent" ("address", "district_id", "index", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."address", NEW."district_id", NEW."index", _pgh_attach_context(), NOW(), \'insert\', NEW."index"); RETURN NULL;',
                    hash="d8ea9b3f82f8bc82cefaf30f3d6b5108aed689e5",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_7896f",
                    table="offices_postoffice",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="postoffice",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "offices_postofficeevent" ("address", "district_id", "index", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."address", NEW."district_id", NEW."index", _pgh_attach_context(), NOW(), \'update\', NEW."index"); RETURN NULL;',
                    hash="89fc30e9d69684865129dcb43b97431a12508d93",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_da4bc",
                    table="offices_postoffice",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rolegrant",
            trigger=pgtrigger.compiler.Trigger(
                name="roles_do_not_conflict",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF EXISTS (SELECT 1 FROM offices_rolegrant other JOIN offices_forbiddenrolepair pair ON (pair.first = NEW.role AND pair.second = other.role) OR (pair.second = NEW.role AND pair.first = other.role) WHERE other.staff_id = NEW.staff_id AND other.id <> NEW.id AND daterange(other.valid_from, other.valid_to) && daterange(NEW.valid_from, NEW.valid_to)) THEN RAISE EXCEPTION 'roles conflict' USING ERRCODE = 'check_violation'; END IF; RETURN NULL;",
                    hash="8e5552eac8d61594f6414efee5edc4fa5ffff2de",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_roles_do_not_conflict_9e04e",
                    table="offices_rolegrant",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rolegrant",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "offices_rolegrantevent" ("granted_by_id", "id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "staff_id", "valid_from", "valid_to") VALUES (NEW."granted_by_id", NEW."id", NEW."order", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."role", NEW."staff_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="fca53be35daaaf7d89745167f720be56b0a2e1c9",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_49f39",
                    table="offices_rolegrant",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rolegrant",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "offices_rolegrantevent" ("granted_by_id", "id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "staff_id", "valid_from", "valid_to") VALUES (NEW."granted_by_id", NEW."id", NEW."order", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."role", NEW."staff_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                    hash="f6814d4d6315de6a15f3b04a1426e5975f5de3b1",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_8d2c9",
                    table="offices_rolegrant",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="scheduledstep",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "offices_scheduledstepevent" ("due_on", "id", "item", "month", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "schedule_id") VALUES (NEW."due_on", NEW."id", NEW."item", NEW."month", NEW."office_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."schedule_id"); RETURN NULL;',
                    hash="73210f7f6f4eca42012c8f5b5b5e23be2c32c6c9",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_87083",
                    table="offices_scheduledstep",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="scheduledstep",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "offices_scheduledstepevent" ("due_on", "id", "item", "month", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "schedule_id") VALUES (NEW."due_on", NEW."id", NEW."item", NEW."month", NEW."office_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."schedule_id"); RETURN NULL;',
                    hash="8da5d6ca3448bde75c4d2d796f14947c651bfd75",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_30fdb",
                    table="offices_scheduledstep",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="storedfile",
            trigger=pgtrigger.compiler.Trigger(
                name="is_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of this table are never changed' USING ERRCODE = 'restrict_violation';",
                    hash="0c01d4c19b4798a84a07b10610fd6d60730e08b5",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_is_append_only_7612d",
                    table="offices_storedfile",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="storedfile",
            trigger=pgtrigger.compiler.Trigger(
                name="is_never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN RAISE EXCEPTION 'the table is append-only' USING ERRCODE = 'restrict_violation'; END IF; RETURN NULL;",
                    hash="4553997646086f4040e2799e0062e5f852a455c4",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_is_never_emptied_9eb74",
                    table="offices_storedfile",
                    when="BEFORE",
                ),
            ),
        ),
    ]
