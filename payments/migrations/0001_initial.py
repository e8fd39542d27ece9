import datetime
from decimal import Decimal

import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.lookups
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("calculations", "0002_lines"),
        ("offices", "0001_initial"),
        ("offices", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("recipients", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReturnReason",
            fields=[
                ("code", models.CharField(max_length=3, primary_key=True, serialize=False, verbose_name="код")),
                (
                    "channel",
                    models.CharField(
                        choices=[("bank", "банк"), ("post", "почта")], max_length=4, verbose_name="откуда"
                    ),
                ),
                ("title", models.CharField(max_length=150, verbose_name="причина")),
                ("needs_new_requisites", models.BooleanField(default=False, verbose_name="нужны новые реквизиты")),
                ("stops_payment", models.BooleanField(default=False, verbose_name="повторно не включать")),
            ],
            options={
                "verbose_name": "причина возврата",
                "verbose_name_plural": "причины возвратов",
            },
        ),
        migrations.CreateModel(
            name="ReturnReasonEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("code", models.CharField(max_length=3, serialize=False, verbose_name="код")),
                (
                    "channel",
                    models.CharField(
                        choices=[("bank", "банк"), ("post", "почта")], max_length=4, verbose_name="откуда"
                    ),
                ),
                ("title", models.CharField(max_length=150, verbose_name="причина")),
                ("needs_new_requisites", models.BooleanField(default=False, verbose_name="нужны новые реквизиты")),
                ("stops_payment", models.BooleanField(default=False, verbose_name="повторно не включать")),
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
                        to="payments.returnreason",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="HeirDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, verbose_name="№ решения")),
                ("relation", models.CharField(max_length=60, verbose_name="кем приходился")),
                ("total", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="сумма, руб.")),
                (
                    "status",
                    models.CharField(
                        choices=[("prepared", "подготовлено"), ("confirmed", "утверждено")],
                        max_length=9,
                        verbose_name="состояние",
                    ),
                ),
                ("prepared_at", models.DateTimeField(verbose_name="подготовлено")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="утверждено")),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="recipients.application",
                        verbose_name="заявление",
                    ),
                ),
                (
                    "claimant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="recipients.person",
                        verbose_name="член семьи",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="утвердил",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="offices.storedfile",
                        verbose_name="решение (PDF)",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="offices.office", verbose_name="отдел"
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="подготовил",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="recipients.recipient",
                        verbose_name="умерший получатель",
                    ),
                ),
            ],
            options={
                "verbose_name": "решение о выплате члену семьи",
                "verbose_name_plural": "решения о выплате членам семьи",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("office", "number"),
                        name="heir_decision_number_is_unique_in_its_office",
                        violation_error_message="Решение с этим номером уже есть.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("total__gte", 0), ("total__lte", Decimal("9999999.99"))),
                        name="heir_total_is_a_number",
                        violation_error_message="Сумма вне допустимых границ.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                            models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="heir_decision_is_confirmed_by_someone",
                        violation_error_message="Утверждение: время и сотрудник указываются вместе.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at__isnull", True), ("status", "prepared")),
                            models.Q(("confirmed_at__isnull", False), ("status", "confirmed")),
                            _connector="OR",
                        ),
                        name="heir_decision_status_fits_its_facts",
                        violation_error_message="Состояние решения не соответствует отметкам.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confirmed_by", models.F("prepared_by")), _negated=True),
                        name="heir_decision_is_not_confirmed_by_its_author",
                        violation_error_message="Решение утверждает не тот, кто его подготовил.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HeirDecisionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("number", models.CharField(max_length=20, verbose_name="№ решения")),
                ("relation", models.CharField(max_length=60, verbose_name="кем приходился")),
                ("total", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="сумма, руб.")),
                (
                    "status",
                    models.CharField(
                        choices=[("prepared", "подготовлено"), ("confirmed", "утверждено")],
                        max_length=9,
                        verbose_name="состояние",
                    ),
                ),
                ("prepared_at", models.DateTimeField(verbose_name="подготовлено")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="утверждено")),
                (
                    "application",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="recipients.application",
                        verbose_name="заявление",
                    ),
                ),
                (
                    "claimant",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="recipients.person",
                        verbose_name="член семьи",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="утвердил",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="offices.storedfile",
                        verbose_name="решение (PDF)",
                    ),
                ),
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
                        to="payments.heirdecision",
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="подготовил",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="recipients.recipient",
                        verbose_name="умерший получатель",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="HeirPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("payable", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="сумма, руб.")),
                (
                    "accrual",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="calculations.accrual",
                        verbose_name="начисление",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="payments.heirdecision",
                        verbose_name="решение",
                    ),
                ),
            ],
            options={
                "verbose_name": "сумма члену семьи",
                "verbose_name_plural": "суммы членам семьи",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("decision", "accrual"),
                        name="accrual_is_in_a_decision_once",
                        violation_error_message="Это начисление в решении уже есть.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("payable__gt", 0), ("payable__lte", Decimal("9999999.99"))),
                        name="heir_part_is_positive",
                        violation_error_message="Сумма больше нуля.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaymentList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(verbose_name="месяц начислений")),
                ("paid_month", models.DateField(verbose_name="месяц выплаты")),
                (
                    "kind",
                    models.CharField(
                        choices=[("regular", "основной"), ("supplementary", "дополнительный")],
                        max_length=13,
                        verbose_name="вид",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("built", "сформирован"), ("handed_over", "передан в отдел выплат")],
                        max_length=12,
                        verbose_name="состояние",
                    ),
                ),
                ("rows", models.PositiveIntegerField(verbose_name="получателей")),
                ("total", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="к выплате, руб.")),
                ("built_at", models.DateTimeField(verbose_name="сформирован")),
                ("handed_at", models.DateTimeField(blank=True, null=True, verbose_name="передан")),
                (
                    "built_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто сформировал",
                    ),
                ),
                (
                    "handed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто передал",
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
                "verbose_name": "список на выплату",
                "verbose_name_plural": "списки на выплату",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("office", "month", "kind"),
                        name="district_has_one_list_of_a_kind_a_month",
                        violation_error_message="Список района за этот месяц уже есть.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(django.db.models.functions.datetime.ExtractDay("month"), 1),
                            ("month__gte", datetime.date(2007, 1, 1)),
                            ("month__lt", datetime.date(2100, 1, 1)),
                        ),
                        name="payment_list_month_is_a_first_day",
                        violation_error_message="Месяц хранится первым числом, с 2007 по 2099 год.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(
                                django.db.models.functions.datetime.ExtractDay("paid_month"), 1
                            ),
                            ("paid_month__gte", datetime.date(2007, 1, 1)),
                            ("paid_month__lt", datetime.date(2100, 1, 1)),
                        ),
                        name="payment_list_paid_month_is_a_first_day",
                        violation_error_message="Месяц хранится первым числом, с 2007 по 2099 год.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("total__gte", 0), ("total__lte", Decimal("9999999999.99"))),
                        name="payment_list_total_is_a_number",
                        violation_error_message="Итог вне допустимых границ.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("paid_month__gte", models.F("month"))),
                        name="list_is_paid_no_earlier_than_billed",
                        violation_error_message="Месяц выплаты раньше месяца начислений.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("handed_at__isnull", True), ("handed_by__isnull", True)),
                            models.Q(("handed_at__isnull", False), ("handed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="payment_list_is_handed_over_by_someone",
                        violation_error_message="Передача: время и сотрудник указываются вместе.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("handed_at__isnull", True), ("status", "built")),
                            models.Q(("handed_at__isnull", False), ("status", "handed_over")),
                            _connector="OR",
                        ),
                        name="payment_list_status_fits_its_facts",
                        violation_error_message="Состояние списка не соответствует отметкам.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaymentLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("bank", "банк"), ("post", "почта"), ("other", "иной способ")],
                        max_length=5,
                        verbose_name="способ",
                    ),
                ),
                ("account", models.CharField(blank=True, max_length=20, verbose_name="счёт")),
                ("payee_name", models.CharField(max_length=190, verbose_name="ФИО")),
                ("address", models.CharField(max_length=300, verbose_name="фактический адрес")),
                ("postal_address", models.CharField(max_length=300, verbose_name="почтовый адрес")),
                ("payable", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="к выплате, руб.")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("listed", "в списке"),
                            ("registered", "в реестре"),
                            ("sent", "отправлено"),
                            ("paid", "выплачено"),
                            ("returned", "возвращено"),
                        ],
                        default="listed",
                        max_length=10,
                        verbose_name="состояние",
                    ),
                ),
                (
                    "accrual",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payment_lines",
                        to="calculations.accrual",
                        verbose_name="начисление",
                    ),
                ),
                (
                    "bank",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="offices.bank",
                        verbose_name="банк",
                    ),
                ),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="recipients.paymentchannel",
                        verbose_name="способ выплаты",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="offices.office", verbose_name="отдел"
                    ),
                ),
                (
                    "payee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="recipients.person",
                        verbose_name="кому",
                    ),
                ),
                (
                    "post_office",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="offices.postoffice",
                        verbose_name="отделение",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="recipients.recipient",
                        verbose_name="получатель",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="payments.paymentline",
                        verbose_name="вместо возвращённой",
                    ),
                ),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="payments.paymentlist",
                        verbose_name="список",
                    ),
                ),
            ],
            options={
                "verbose_name": "строка списка на выплату",
                "verbose_name_plural": "строки списков на выплату",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "returned"), _negated=True),
                        fields=("accrual",),
                        name="an_accrual_is_paid_once",
                        violation_error_message="Это начисление уже в списке на выплату.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("payable__gte", Decimal("0.01")), ("payable__lte", Decimal("9999999.99"))),
                        name="payable_is_positive",
                        violation_error_message="К выплате — от 0,01 рубля.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("bank__isnull", False),
                                ("kind", "bank"),
                                ("post_office__isnull", True),
                                models.Q(("account", ""), _negated=True),
                            ),
                            models.Q(
                                ("account", ""),
                                ("bank__isnull", True),
                                ("kind", "post"),
                                ("post_office__isnull", False),
                            ),
                            models.Q(
                                ("account", ""),
                                ("bank__isnull", True),
                                ("kind", "other"),
                                ("post_office__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="payment_line_requisites_fit_its_channel",
                        violation_error_message="Реквизиты строки не подходят к способу выплаты.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replaces__isnull", True),
                            models.Q(("replaces", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="a_line_does_not_replace_itself",
                        violation_error_message="Строка не может заменять саму себя.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaymentRegister",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "channel",
                    models.CharField(choices=[("bank", "банк"), ("post", "почта")], max_length=4, verbose_name="кому"),
                ),
                ("month", models.DateField(verbose_name="месяц начислений")),
                ("paid_month", models.DateField(verbose_name="месяц выплаты")),
                ("number", models.PositiveSmallIntegerField(verbose_name="№ реестра")),
                (
                    "status",
                    models.CharField(
                        choices=[("formed", "сформирован"), ("released", "отправлен"), ("answered", "ответ получен")],
                        max_length=8,
                        verbose_name="состояние",
                    ),
                ),
                ("rows", models.PositiveIntegerField(verbose_name="строк")),
                ("total", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="сумма, руб.")),
                ("formed_at", models.DateTimeField(verbose_name="сформирован")),
                ("released_at", models.DateTimeField(blank=True, null=True, verbose_name="отправлен")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="ответ получен")),
                (
                    "answer_file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="offices.storedfile",
                        verbose_name="файл ответа",
                    ),
                ),
                (
                    "bank",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="offices.bank",
                        verbose_name="банк",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="offices.storedfile",
                        verbose_name="файл",
                    ),
                ),
                (
                    "formed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто сформировал",
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто отправил",
                    ),
                ),
            ],
            options={
                "verbose_name": "реестр на выплату",
                "verbose_name_plural": "реестры на выплату",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("month", "channel", "bank", "number"),
                        name="payment_register_number_is_given_once",
                        nulls_distinct=False,
                        violation_error_message="Реестр с этим номером уже есть.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(django.db.models.functions.datetime.ExtractDay("month"), 1),
                            ("month__gte", datetime.date(2007, 1, 1)),
                            ("month__lt", datetime.date(2100, 1, 1)),
                        ),
                        name="payment_register_month_is_a_first_day",
                        violation_error_message="Месяц хранится первым числом, с 2007 по 2099 год.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("total__gte", 0), ("total__lte", Decimal("9999999999.99"))),
                        name="payment_register_total_is_a_number",
                        violation_error_message="Итог вне допустимых границ.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("bank__isnull", False), ("channel", "bank")),
                            models.Q(("bank__isnull", True), ("channel", "post")),
                            _connector="OR",
                        ),
                        name="only_a_bank_register_has_a_bank",
                        violation_error_message="Банк указывают у банковского реестра и только у него.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("released_at__isnull", True), ("released_by__isnull", True)),
                            models.Q(("released_at__isnull", False), ("released_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="register_is_released_by_someone",
                        violation_error_message="Отправка: время и сотрудник указываются вместе.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer_file__isnull", True), ("answered_at__isnull", True)),
                            models.Q(("answer_file__isnull", False), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="register_answer_has_its_file",
                        violation_error_message="Ответ: время и файл указываются вместе.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at__isnull", True), ("released_at__isnull", True), ("status", "formed")
                            ),
                            models.Q(
                                ("answered_at__isnull", True), ("released_at__isnull", False), ("status", "released")
                            ),
                            models.Q(
                                ("answered_at__isnull", False), ("released_at__isnull", False), ("status", "answered")
                            ),
                            _connector="OR",
                        ),
                        name="payment_register_status_fits_its_facts",
                        violation_error_message="Состояние реестра не соответствует отметкам.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("released_by", models.F("formed_by")), _negated=True),
                        name="register_is_not_released_by_its_author",
                        violation_error_message="Реестр отправляет не тот, кто его сформировал.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaymentDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("summary", "сводная ведомость"),
                            ("covering", "сопроводительная ведомость"),
                            ("list", "список получателей"),
                            ("postal_orders", "адресные поручения"),
                        ],
                        max_length=14,
                        verbose_name="документ",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="offices.storedfile", verbose_name="файл"
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="offices.office",
                        verbose_name="район",
                    ),
                ),
                (
                    "register",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="payments.paymentregister",
                        verbose_name="реестр",
                    ),
                ),
            ],
            options={
                "verbose_name": "выплатной документ",
                "verbose_name_plural": "выплатные документы",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("register", "kind", "office"),
                        name="payment_document_is_made_once",
                        nulls_distinct=False,
                        violation_error_message="Этот документ уже сформирован.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RegisterEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row_number", models.PositiveIntegerField(verbose_name="№")),
                (
                    "line",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entry",
                        to="payments.paymentline",
                        verbose_name="строка",
                    ),
                ),
                (
                    "register",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="payments.paymentregister",
                        verbose_name="реестр",
                    ),
                ),
            ],
            options={
                "verbose_name": "строка реестра на выплату",
                "verbose_name_plural": "строки реестров на выплату",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("register", "row_number"),
                        name="register_entry_number_is_unique",
                        violation_error_message="Номер строки реестра уже занят.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReturnedPayment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("returned_on", models.DateField(verbose_name="возвращено")),
                ("recorded_at", models.DateTimeField(verbose_name="записано")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("open", "выясняется"),
                            ("relist", "включить в дополнительный список"),
                            ("heirs", "наследникам"),
                            ("closed", "закрыто"),
                        ],
                        default="open",
                        max_length=6,
                        verbose_name="что делать",
                    ),
                ),
                ("clarification", models.CharField(blank=True, max_length=300, verbose_name="что выяснено")),
                ("clarified_at", models.DateTimeField(blank=True, null=True, verbose_name="выяснено")),
                (
                    "clarified_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто выяснил",
                    ),
                ),
                (
                    "line",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="returned",
                        to="payments.paymentline",
                        verbose_name="строка",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="offices.office", verbose_name="отдел"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто записал",
                    ),
                ),
                (
                    "reason",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="payments.returnreason", verbose_name="причина"
                    ),
                ),
            ],
            options={
                "verbose_name": "возврат выплаты",
                "verbose_name_plural": "возвраты выплат",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("clarification", ""),
                                ("clarified_at__isnull", True),
                                ("clarified_by__isnull", True),
                                ("outcome", "open"),
                            ),
                            models.Q(
                                models.Q(("outcome", "open"), _negated=True),
                                ("clarified_at__isnull", False),
                                ("clarified_by__isnull", False),
                                models.Q(("clarification", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="return_is_clarified_as_a_whole",
                        violation_error_message="Выяснение: что, кем и когда указывают вместе.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("clarified_by", models.F("recorded_by")), _negated=True),
                        name="return_is_not_clarified_by_its_recorder",
                        violation_error_message="Причину выясняет не тот, кто записал возврат.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReturnedPaymentEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("returned_on", models.DateField(verbose_name="возвращено")),
                ("recorded_at", models.DateTimeField(verbose_name="записано")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("open", "выясняется"),
                            ("relist", "включить в дополнительный список"),
                            ("heirs", "наследникам"),
                            ("closed", "закрыто"),
                        ],
                        default="open",
                        max_length=6,
                        verbose_name="что делать",
                    ),
                ),
                ("clarification", models.CharField(blank=True, max_length=300, verbose_name="что выяснено")),
                ("clarified_at", models.DateTimeField(blank=True, null=True, verbose_name="выяснено")),
                (
                    "clarified_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто выяснил",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="payments.paymentline",
                        verbose_name="строка",
                    ),
                ),
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
                        to="payments.returnedpayment",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто записал",
                    ),
                ),
                (
                    "reason",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="payments.returnreason",
                        verbose_name="причина",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="returnreason",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "payments_returnreasonevent" ("channel", "code", "needs_new_requisites", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stops_payment", "title") VALUES (NEW."channel", NEW."code", NEW."needs_new_requisites", _pgh_attach_context(), NOW(), \'insert\', NEW."code", NEW."stops_payment", NEW."title"); RETURN NULL;',
                    hash="9cc14103caed9750f9dd00dfdf9013a95e5f6232",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_acd87",
                    table="payments_returnreason",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="returnreason",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "payments_returnreasonevent" ("channel", "code", "needs_new_requisites", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stops_payment", "title") VALUES (NEW."channel", NEW."code", NEW."needs_new_requisites", _pgh_attach_context(), NOW(), \'update\', NEW."code", NEW."stops_payment", NEW."title"); RETURN NULL;',
                    hash="29fcdb7b5173ba4a402abd63c6ad8e385d26ae9c",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_bc5b6",
                    table="payments_returnreason",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="heirdecision",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "payments_heirdecisionevent" ("application_id", "claimant_id", "confirmed_at", "confirmed_by_id", "document_id", "id", "number", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_at", "prepared_by_id", "recipient_id", "relation", "status", "total") VALUES (NEW."application_id", NEW."claimant_id", NEW."confirmed_at", NEW."confirmed_by_id", NEW."document_id", NEW."id", NEW."number", NEW."office_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."prepared_at", NEW."prepared_by_id", NEW."recipient_id", NEW."relation", NEW."status", NEW."total"); RETURN NULL;',
                    hash="b54c96e46eb39c382fca3dabb155be04908bcce6",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e0ebf",
                    table="payments_heirdecision",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="heirdecision",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "payments_heirdecisionevent" ("application_id", "claimant_id", "confirmed_at", "confirmed_by_id", "document_id", "id", "number", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_at", "prepared_by_id", "recipient_id", "relation", "status", "total") VALUES (NEW."application_id", NEW."claimant_id", NEW."confirmed_at", NEW."confirmed_by_id", NEW."document_id", NEW."id", NEW."number", NEW."office_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."prepared_at", NEW."prepared_by_id", NEW."recipient_id", NEW."relation", NEW."status", NEW."total"); RETURN NULL;',
                    hash="b569ff5e78da4f5a222a31e5315af80d2391e86a",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f46ce",
                    table="payments_heirdecision",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="heirpart",
            trigger=pgtrigger.compiler.Trigger(
                name="heirs_get_no_more_than_was_unpaid",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE given numeric; accrued_sum numeric;",
                    func="SELECT accrued INTO accrued_sum FROM calculations_accrual WHERE id = NEW.accrual_id FOR UPDATE; SELECT sum(payable) INTO given FROM payments_heirpart WHERE accrual_id = NEW.accrual_id; IF given > accrued_sum OR EXISTS (SELECT 1 FROM payments_paymentline WHERE accrual_id = NEW.accrual_id AND status <> 'returned') THEN RAISE EXCEPTION 'the accrual is paid or given already' USING ERRCODE = 'check_violation'; END IF; RETURN NULL;",
                    hash="469938c1636b8f8e5e7d01374be6f05517d4cda9",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_heirs_get_no_more_than_was_unpaid_df2e1",
                    table="payments_heirpart",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paymentlist",
            trigger=pgtrigger.compiler.Trigger(
                name="month_is_open",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE row_month date;",
                    func="IF TG_OP = 'INSERT' THEN row_month := NEW.month; ELSE row_month := OLD.month; END IF; PERFORM 1 FROM offices_billingmonth WHERE month = row_month AND closed_at IS NULL FOR KEY SHARE; IF NOT FOUND THEN RAISE EXCEPTION 'month % is not open', row_month USING ERRCODE = 'restrict_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;",
                    hash="8d3e289f69e57f73f35188dc08f5f014299f0104",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_month_is_open_cd460",
                    table="payments_paymentlist",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paymentlist",
            trigger=pgtrigger.compiler.Trigger(
                name="is_never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of this table are never deleted' USING ERRCODE = 'restrict_violation';",
                    hash="c3ff6f0221da98de3c90f52a7888a7bb1e59af9e",
                    operation="DELETE",
                    pgid="pgtrigger_is_never_deleted_8856a",
                    table="payments_paymentlist",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paymentlist",
            trigger=pgtrigger.compiler.Trigger(
                name="is_never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN RAISE EXCEPTION 'the table is append-only' USING ERRCODE = 'restrict_violation'; END IF; RETURN NULL;",
                    hash="e4ac3d923bdf379cd344bd25d35e763925abc8e2",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_is_never_emptied_7b6b6",
                    table="payments_paymentlist",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paymentline",
            trigger=pgtrigger.compiler.Trigger(
                name="only_the_status_changes",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF (to_jsonb(NEW) - 'status') <> (to_jsonb(OLD) - 'status') THEN RAISE EXCEPTION 'only the status of a payment line changes' USING ERRCODE = 'restrict_violation'; END IF; IF (OLD.status, NEW.status) NOT IN (('listed','registered'), ('registered','sent'), ('sent','paid'), ('sent','returned'), ('paid','returned')) AND OLD.status <> NEW.status THEN RAISE EXCEPTION 'a payment line does not go from % to %', OLD.status, NEW.status USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW;",
                    hash="984aedd4813f8764b0b2938085402c4eb6d36a5d",
                    operation="UPDATE",
                    pgid="pgtrigger_only_the_status_changes_774c9",
                    table="payments_paymentline",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paymentline",
            trigger=pgtrigger.compiler.Trigger(
                name="a_replacement_repeats_a_returned_line",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."replaces_id" IS NOT NULL)',
                    declare="DECLARE old_line payments_paymentline;",
                    func="SELECT * INTO old_line FROM payments_paymentline WHERE id = NEW.replaces_id; IF old_line.status <> 'returned' OR old_line.accrual_id <> NEW.accrual_id OR old_line.payable <> NEW.payable THEN RAISE EXCEPTION 'a replacement repeats a returned line' USING ERRCODE = 'check_violation'; END IF; RETURN NEW;",
                    hash="6e071989afc0fbab8325b8346f29b35747ae6ef9",
                    operation="INSERT",
                    pgid="pgtrigger_a_replacement_repeats_a_returned_line_ad45c",
                    table="payments_paymentline",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paymentline",
            trigger=pgtrigger.compiler.Trigger(
                name="is_never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of this table are never deleted' USING ERRCODE = 'restrict_violation';",
                    hash="376a65f55008eabf835692dc9170bd53f5c00dcb",
                    operation="DELETE",
                    pgid="pgtrigger_is_never_deleted_73616",
                    table="payments_paymentline",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paymentline",
            trigger=pgtrigger.compiler.Trigger(
                name="is_never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN RAISE EXCEPTION 'the table is append-only' USING ERRCODE = 'restrict_violation'; END IF; RETURN NULL;",
                    hash="3173c360d403e762844a9531991192d6fbaf375d",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_is_never_emptied_633a6",
                    table="payments_paymentline",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paymentregister",
            trigger=pgtrigger.compiler.Trigger(
                name="month_is_open",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE row_month date;",
                    func="IF TG_OP = 'INSERT' THEN row_month := NEW.month; ELSE row_month := OLD.month; END IF; PERFORM 1 FROM offices_billingmonth WHERE month = row_month AND closed_at IS NULL FOR KEY SHARE; IF NOT FOUND THEN RAISE EXCEPTION 'month % is not open', row_month USING ERRCODE = 'restrict_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;",
                    hash="624b19e01455ab835db36db438d0e81e73147b2e",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_month_is_open_cf36b",
                    table="payments_paymentregister",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paymentregister",
            trigger=pgtrigger.compiler.Trigger(
                name="is_never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of this table are never deleted' USING ERRCODE = 'restrict_violation';",
                    hash="2d2cad7bdeecb37bc1629dabbbc6a5c296406b5f",
                    operation="DELETE",
                    pgid="pgtrigger_is_never_deleted_2b1c7",
                    table="payments_paymentregister",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paymentregister",
            trigger=pgtrigger.compiler.Trigger(
                name="is_never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN RAISE EXCEPTION 'the table is append-only' USING ERRCODE = 'restrict_violation'; END IF; RETURN NULL;",
                    hash="5debc1f6705148dd16fa86f50c7ef6008880eaa9",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_is_never_emptied_63258",
                    table="payments_paymentregister",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="registerentry",
            trigger=pgtrigger.compiler.Trigger(
                name="is_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of this table are never changed' USING ERRCODE = 'restrict_violation';",
                    hash="f8d3cf4be129e274ca205bb34964f110a531fe17",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_is_append_only_81822",
                    table="payments_registerentry",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="registerentry",
            trigger=pgtrigger.compiler.Trigger(
                name="is_never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF current_setting('app.allow_truncate', true) IS DISTINCT FROM 'on' THEN RAISE EXCEPTION 'the table is append-only' USING ERRCODE = 'restrict_violation'; END IF; RETURN NULL;",
                    hash="01bc6241424d5859c89ac474768b2e2a80afbcc6",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_is_never_emptied_d02be",
                    table="payments_registerentry",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="returnedpayment",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "payments_returnedpaymentevent" ("clarification", "clarified_at", "clarified_by_id", "id", "line_id", "office_id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason_id", "recorded_at", "recorded_by_id", "returned_on") VALUES (NEW."clarification", NEW."clarified_at", NEW."clarified_by_id", NEW."id", NEW."line_id", NEW."office_id", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason_id", NEW."recorded_at", NEW."recorded_by_id", NEW."returned_on"); RETURN NULL;',
                    hash="cc66ea20cb2bfae6d7d76522b07a4ec38928e710",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_acd7c",
                    table="payments_returnedpayment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="returnedpayment",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "payments_returnedpaymentevent" ("clarification", "clarified_at", "clarified_by_id", "id", "line_id", "office_id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason_id", "recorded_at", "recorded_by_id", "returned_on") VALUES (NEW."clarification", NEW."clarified_at", NEW."clarified_by_id", NEW."id", NEW."line_id", NEW."office_id", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason_id", NEW."recorded_at", NEW."recorded_by_id", NEW."returned_on"); RETURN NULL;',
                    hash="ef31832a14b495c5bab5a6db0d0df05699e46a96",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_fffb4",
                    table="payments_returnedpayment",
                    when="AFTER",
                ),
            ),
        ),
    ]
