"""A region of many people written by single statements: enough that a plan without an index would show."""

from decimal import Decimal

from django.db import connection

from calculations.models import CalculationRun
from offices.models import Office
from tests import factories as make
from tests.factories import AT, LONG_AGO, MONTH
from tests.rows import ground

OFFICES = 27
FIRST_NUMBER = 60_000
"""Codes of the crowd begin here: tests beside it number their own rows from 1."""
STATEMENTS = """
ALTER TABLE recipients_person DISABLE TRIGGER USER;
ALTER TABLE recipients_recipient DISABLE TRIGGER USER;
ALTER TABLE housing_street DISABLE TRIGGER USER;
ALTER TABLE housing_address DISABLE TRIGGER USER;
ALTER TABLE housing_dwelling DISABLE TRIGGER USER;
ALTER TABLE housing_supporteddwelling DISABLE TRIGGER USER;
ALTER TABLE providers_serviceaccount DISABLE TRIGGER USER;
ALTER TABLE recipients_application DISABLE TRIGGER USER;
ALTER TABLE recipients_entitlement DISABLE TRIGGER USER;
ALTER TABLE calculations_accrual DISABLE TRIGGER USER;
INSERT INTO recipients_person (id, last_name, first_name, middle_name, sex, birth_date, snils, document_kind,
    document_series, document_number, document_issuer, phone)
SELECT 1000000 + n, initcap(a || b || c) || 'ова', (ARRAY['Анна', 'Мария', 'Ольга', 'Ирина', 'Вера'])[1 + n % 5],
    (ARRAY['Ивановна', 'Петровна', 'Юрьевна', 'Олеговна'])[1 + n % 4], 'f', date '1930-01-01' + n % 30000,
    lpad((200000000 + n)::text, 9, '0') || lpad(((((200000000 + n) / 100000000 % 10) * 9
        + ((200000000 + n) / 10000000 % 10) * 8 + ((200000000 + n) / 1000000 % 10) * 7
        + ((200000000 + n) / 100000 % 10) * 6 + ((200000000 + n) / 10000 % 10) * 5
        + ((200000000 + n) / 1000 % 10) * 4 + ((200000000 + n) / 100 % 10) * 3
        + ((200000000 + n) / 10 % 10) * 2 + (200000000 + n) % 10) % 101 % 100)::text, 2, '0'), '', '', '', '', ''
FROM generate_series(1, {people}) AS n, LATERAL (SELECT
    (ARRAY['ба', 'ве', 'ги', 'до', 'жу', 'за', 'ки', 'ло', 'му', 'не', 'пи', 'ро', 'су'])[1 + n % 13] AS a,
    (ARRAY['бр', 'вл', 'гр', 'др', 'зл', 'кр', 'мл', 'нт', 'пр', 'рс', 'ск'])[1 + n / 13 % 11] AS b,
    (ARRAY['аб', 'ев', 'иг', 'од', 'уж', 'аз', 'ек', 'ил', 'ом', 'ун', 'ап', 'ер', 'ис', 'от', 'уф', 'ах', 'ец'])
        [1 + n / 143 % 17] AS c) AS parts;
INSERT INTO recipients_recipient (id, person_id, office_id, case_number, shelf, opened_on, created_by_id)
SELECT 1000000 + n, 1000000 + n, ('{{{offices}}}'::bigint[])[1 + n % {office_count}], 'Э-' || lpad(n::text, 6, '0'), '',
    date '{since}', {staff} FROM generate_series(1, {people}) AS n;
INSERT INTO housing_street (id, settlement_id, code, name)
SELECT 1000000 + n, {settlement}, lpad(n::text, 5, '0'), 'ул. ' || initcap(a || b) || 'ская ' || n
FROM generate_series(1, 2000) AS n, LATERAL (SELECT
    (ARRAY['бар', 'вер', 'гир', 'дор', 'жур', 'зар', 'кир'])[1 + n % 7] AS a,
    (ARRAY['бан', 'вен', 'гин', 'дон', 'жун', 'зан'])[1 + n / 7 % 6] AS b) AS parts;
INSERT INTO housing_address (id, street_id, house, building, flat, room, postal_index)
SELECT 1000000 + n, 1000001 + n % 2000, (1 + n / 2000)::text, '', (1 + n / 50000)::text, '', '214000'
FROM generate_series(1, {people}) AS n;
INSERT INTO housing_dwelling (id, address_id, district_id)
SELECT 1000000 + n, 1000000 + n, {district} FROM generate_series(1, {people}) AS n;
INSERT INTO housing_supporteddwelling (id, recipient_id, dwelling_id, basis, valid_from)
SELECT 1000000 + n, 1000000 + n, 1000000 + n, 'permanent', date '{since}' FROM generate_series(1, {people}) AS n;
INSERT INTO providers_serviceaccount (id, provider_id, dwelling_id, number, valid_from)
SELECT 1000000 + n, {provider}, 1000000 + n, lpad((n * 7)::text, 10, '0'), date '{since}'
FROM generate_series(1, {people}) AS n;
INSERT INTO recipients_application (id, office_id, kind, way, number, received_on, registered_at, registered_by_id,
    applicant_id, disabled_person_id, category, address, is_place_of_stay, channel, status, facts, recipient_id,
    decided_at, decided_by_id)
SELECT 1000000 + n, ('{{{offices}}}'::bigint[])[1 + n % {office_count}], 'equivalent', 'in_person', 'т' || n,
    date '{since}', '{at}', {staff}, 1000000 + n, 1000000 + n, '2', '', false, 'почта', 'granted', '', 1000000 + n,
    '{at}', {staff} FROM generate_series(1, {people}) AS n;
INSERT INTO recipients_entitlement (id, recipient_id, disabled_person_id, application_id, holder, category, certificate,
    granted_at, granted_by_id, valid_from)
SELECT 1000000 + n, 1000000 + n, 1000000 + n, 1000000 + n, 'adult', (1 + n % 3)::text, 'МСЭ', '{at}', {staff},
    date '{since}' FROM generate_series(1, {people}) AS n;
INSERT INTO calculations_accrual (id, run_id, office_id, month, recipient_id, entitlement_id, billed, accrued, lines)
SELECT 1000000 + n, ('{{{runs}}}'::bigint[])[1 + n % {office_count}], ('{{{offices}}}'::bigint[])[1 + n % {office_count}],
    date '{month}', 1000000 + n, 1000000 + n, 2 * (n % 3000), n % 3000, 1 FROM generate_series(1, {people}) AS n;
"""


def crowd(people: int) -> list[Office]:
    """Write so many recipients over the offices of a region, each at home, with an account, a right and an accrual."""
    ground.start_numbering(FIRST_NUMBER)
    make.open_month(MONTH)
    offices = [make.office() for _ in range(OFFICES)]
    runs = [
        CalculationRun.objects.create(office=office, month=MONTH, started_at=AT, started_by=make.staff(office=office))
        for office in offices
    ]
    settlement = make.settlement(district=offices[0].district)
    told = {
        "people": people,
        "offices": ",".join(str(office.pk) for office in offices),
        "runs": ",".join(str(run.pk) for run in runs),
        "month": MONTH,
        "office_count": OFFICES,
        "staff": make.staff(office=None).pk,
        "settlement": settlement.pk,
        "district": settlement.district_id,
        "provider": make.provider().pk,
        "since": LONG_AGO,
        "at": AT.isoformat(),
    }
    with connection.cursor() as cursor:
        for statement in STATEMENTS.format(**told).split(";\n"):
            if statement.strip():
                cursor.execute(statement.replace("%", "%%"), [])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # checked once here, not again at the end of every test
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(
            "ANALYZE recipients_person, recipients_recipient, housing_street, housing_address, housing_dwelling,"
            " housing_supporteddwelling, providers_serviceaccount, recipients_entitlement, calculations_accrual"
        )
    CalculationRun.objects.filter(pk__in=[run.pk for run in runs]).update(
        status="calculated", calculated_at=AT, recipients=people, lines=people, total=Decimal("1.00")
    )
    return offices
