"""Numbers that are names though no header says so, words for yes and no, and headers written as one word."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from lone_columns import N, drawn, role_of, whole
from raw_tables import cleaned, raw_table_of, roles_of, settings_of

from reportgen.errors import ReportgenError
from reportgen.records.table import Role


@pytest.mark.parametrize(
    ("name", "cells", "role"),
    [
        ("field_7", whole(100_000_000, 999_999_999), Role.ID),
        ("KVK", whole(10_000_000, 99_999_999), Role.ID),
        ("attr", drawn("512345678", "498765432", "389214567"), Role.CODE),
        ("mcc", drawn("5411", "5812", "5541", "5999"), Role.CODE),
        ("opened", drawn("1990", "2004", "2019", "2025"), Role.CODE),
        ("FY", drawn("2023", "2024"), Role.CODE),
        ("store", [str(i % 40 + 1) for i in range(N)], Role.CODE),
        ("dow", [str(i % 7) for i in range(N)], Role.CODE),
        ("coord_x", [f"9.{i:06}" for i in range(N)], Role.PERSONAL),
        ("easting", whole(300_000, 600_000), Role.PERSONAL),
        ("N° SIREN", whole(300_000_000, 900_000_000), Role.ID),
        ("Zufallsstartwert", whole(1_000_000, 2_000_000), Role.ID),
        ("LAST_ROOM", whole(100, 999), Role.CODE),
        ("GMTOFF", drawn("-8", "-5", "-4"), Role.CODE),
        ("SalesAccount", drawn("200", "210", "260"), Role.CODE),
        ("Fee Sched", drawn("1", "2", "5"), Role.CODE),
        ("SALES TERR", drawn("101", "102", "214"), Role.CODE),
        ("Color Index", [str(i % 12) for i in range(N)], Role.CODE),
        ("Nº Ficha", whole(2_000, 9_000), Role.ID),
        ("N. tessera", whole(20_000, 90_000), Role.ID),
        ("Sachbearbeiter", drawn("4711", "4712", "4890"), Role.CODE),
        ("Depot", drawn("104", "110", "221"), Role.CODE),
        ("C.POSTAL", [f"0{number}" for number in whole(1_000, 9_999)], Role.CODE),
    ],
)
def test_numbers_that_are_names_shape_no_segments(name: str, cells: list[str], role: Role) -> None:
    """Registry numbers, codes of trades, years, shops and places are no amounts."""
    assert role_of(name, cells) is role


@pytest.mark.parametrize(
    ("name", "cells", "role"),
    [
        ("balance", [f"{number}00" for number in whole(100_000, 999_999)], Role.MONEY),
        ("worth of it", [f"{number}000" for number in whole(10_000, 99_999)], Role.MEASURE),
        ("worth of it", drawn("25000", "50000", "75000"), Role.MEASURE),
        ("store", [str(i % 40) for i in range(N)], Role.MEASURE),
        ("calories", whole(1_500, 2_600), Role.MEASURE),
        ("Days Overdue", drawn("0", "12", "45"), Role.MEASURE),
        ("Días de pago", drawn("0", "30", "60"), Role.MEASURE),
        ("Days Sales Outstanding (DSO)", whole(1, 999), Role.MEASURE),
        ("Late Payments 12m", drawn("0", "1", "2", "3"), Role.COUNT),
        ("Missed Appts", drawn("0", "1", "2"), Role.COUNT),
        ("Anz. Schäden", drawn("0", "1", "2"), Role.COUNT),
        ("No Shows", drawn("0", "1", "2"), Role.COUNT),
        ("Wie oft haben Sie bei uns bestellt?", whole(0, 400), Role.COUNT),
        ("Valore la relación calidad-precio", drawn("1", "2", "3", "5"), Role.SCORE),
        ("Would you recommend our brand?", drawn("0", "5", "8", "10"), Role.SCORE),
        ("CA TTC 12 mois", whole(1_000, 9_999), Role.MONEY),
        ("Aufträge Anzahl", [str(i % 23) for i in range(N)], Role.COUNT),
        ("No. of pages", whole(1_000, 9_999), Role.COUNT),
    ],
)
def test_amounts_stay_amounts(name: str, cells: list[str], role: Role) -> None:
    """Round ones, those under a header that names money, and those that count."""
    assert role_of(name, cells) is role


@pytest.mark.parametrize(
    "words",
    [
        ("sim", "não"),
        ("tak", "nie"),
        ("да", "нет"),
        ("evet", "hayır"),
        ("はい", "いいえ"),
        ("active", "inactive"),
        ("+", "-"),
    ],
)
def test_yes_and_no_of_any_language_are_a_flag(words: tuple[str, str]) -> None:
    """Among them plus and minus, where a dash is no missing word."""
    assert role_of("opted in", drawn(*words)) is Role.FLAG


def test_minus_beside_plus_stays_a_value() -> None:
    """Cleaning takes no cell out."""
    cells = drawn("+", "-")
    table = cleaned(
        raw_table_of({"id": [f"C{i}" for i in range(N)], "vip": cells, "spent": [f"{i}.5" for i in range(N)]})
    )
    assert list(table.frame["vip"]) == cells


@pytest.mark.parametrize(
    ("name", "role"), [("MONTHLYCHARGES", Role.MONEY), ("totalamount", Role.MONEY), ("ORDERCOUNT", Role.COUNT)]
)
def test_words_that_a_database_writes_as_one_are_told_apart(name: str, role: Role) -> None:
    """Capitals alone do not part them."""
    cells = [f"{i + 20}.25" if role is Role.MONEY else str(i % 40) for i in range(N)]
    assert role_of(name, cells) is role


def test_the_customers_word_alone_is_the_id_though_a_record_stands_twice() -> None:
    """Whether it does is cleaning's question, as under any other header of an id."""
    cells = [f"A{i:04}" for i in range(N - 1)]
    assert role_of("customer", [*cells, cells[-1]]) is Role.ID


@pytest.mark.parametrize(
    "cells", [["2025-01", "2025-02", "2024-12"], ["Jan 25", "Mar 25", "Dec 24"], ["01/2025", "12/2024"]]
)
def test_months_with_their_year_are_dates(cells: list[str]) -> None:
    """Read as their first day, whatever the header says."""
    draw = random.Random(2)
    assert role_of("first seen", [draw.choice(cells) for _ in range(N)]) is Role.DATE


@pytest.mark.parametrize(
    ("name", "cells", "role"),
    [
        ("season", ["Q1 2025", "Q2 2025"], Role.CATEGORY),
        ("last order", ["Q1 2025", "Q2 2025"], Role.DATE),
        ("price", ["1.2019", "12.2020"], Role.MONEY),
        ("last order", ["1.2019", "12.2020"], Role.DATE),
    ],
)
def test_the_header_decides_where_months_may_be_something_else(name: str, cells: list[str], role: Role) -> None:
    """A quarter is a level as well, and `12.2020` a number."""
    draw = random.Random(2)
    assert role_of(name, [draw.choice(cells) for _ in range(N)]) is role


@pytest.mark.parametrize(
    "write",
    [
        "0{h}:{m:02}:16",
        "{h}h {m}m",
        "{h} yrs {h} mos",
        "P{h}Y{h}M",
        "PT{h}H{m}M",
        "{m} days 04:{m:02}:00",
    ],
)
def test_lengths_of_time_are_no_ids(write: str) -> None:
    """However many differ: they measure."""
    cells = [write.format(h=i % 9 + 1, m=i * 7 % 60) for i in range(N)]
    assert role_of("call time", cells) is Role.MEASURE


def test_hours_or_minutes_are_no_ids() -> None:
    """14:07 below `call time` may be either: the reader is told that it is not read."""
    assert role_of("call time", [f"1{i % 9 + 1}:{i * 7 % 60:02}" for i in range(N)]) is Role.TEXT


@pytest.mark.parametrize("header", ["Fecha nac.", "geb.", "Né(e) le", "OXBIRTHDATE", "GEB_JAHR"])
def test_a_day_of_birth_is_known_by_its_short_names(header: str) -> None:
    """The age was lost, and the day a date like any other."""
    assert role_of(header, [f"{1950 + i % 50}-03-{i % 28 + 1:02d}" for i in range(N)]) is Role.BIRTH


@pytest.mark.parametrize("header", ["USt-ID", "KvK-nummer", "NIFCLI", "FIN", "Nr IMEI", "SIREN"])
@pytest.mark.parametrize("own", ["KD-Nr", "GP-Code", "CODCLI", "Nr abonenta", "Code (tiers)"])
def test_the_house_number_of_a_customer_goes_before_a_registers(header: str, own: str) -> None:
    """Customers numbered from 1 on without a gap were keyed by their car, telephone or tax number."""
    columns = {
        own: [str(10_001 + i) for i in range(N)],
        header: [f"{number}" for number in whole(100_000_000, 999_999_999)],
        "Umsatz": [f"{i * 37 % 91}.50" for i in range(N)],
    }
    found = roles_of(raw_table_of(columns))
    assert (found[own].role, found[header].role) == (Role.ID, Role.ID)
    assert found[own].confidence > found[header].confidence


@pytest.mark.parametrize(("n_without", "key"), [(3, "user_id"), (40, "amplitude_id")])
def test_an_id_that_many_lack_is_no_key_beside_one_that_all_have(n_without: int, key: str) -> None:
    """88 of 700 users were set aside for want of a login, and another column names them all."""
    columns = {
        "amplitude_id": [str(400_000_000_000 + i) for i in range(N)],
        "user_id": [None if i < n_without else f"u{i * 7:05d}" for i in range(N)],
        "revenue": [f"{i * 37 % 91}.50" for i in range(N)],
    }
    assert cleaned(raw_table_of(columns)).id_column == key


def test_never_among_dates_is_missing() -> None:
    """`Last Open` of never in a fifth of the records was free text."""
    cells = ["Never" if i % 5 == 0 else f"2026-{i % 12 + 1:02d}-{i % 28 + 1:02d}" for i in range(N)]
    assert role_of("Last Open", cells) is Role.DATE


def test_the_label_of_no_shows_says_no() -> None:
    """`Shows` turned the meaning round; `12 mois` behind an amount is its time, no unit."""
    columns = {
        "id": [f"C{i}" for i in range(N)],
        "No Shows": drawn("0", "1", "2"),
        "CA TTC 12 mois": whole(1_000, 9_999),
    }
    found = roles_of(raw_table_of(columns))
    assert (found["No Shows"].label, found["CA TTC 12 mois"].unit) == ("No shows", "")


def times(step: str) -> list[str]:
    """Days, ends of months, quarters and years, N of each."""
    days = [dt.date(2015, 1, 1) + dt.timedelta(days=i) for i in range(N)]
    firsts = [dt.date(2015 + i // 12, i % 12 + 1, 1) for i in range(N + 1)]
    return {
        "days": [f"{day:%d.%m.%Y}" for day in days],
        "months": [(first - dt.timedelta(days=1)).isoformat() for first in firsts[1:]],
        "quarters": [f"Q{i % 4 + 1} {1990 + i // 4}" for i in range(N)],
        "years": [str(1900 + i) for i in range(N)],
    }[step]


@pytest.mark.parametrize("step", ["days", "months", "quarters", "years"])
def test_a_series_of_times_is_asked_about(step: str) -> None:
    """The quarters of one firm were 77 customers."""
    header = {"years": "Year", "quarters": "Quarter"}.get(step, "Period")
    columns = {header: times(step), "Sales": whole(100, 900), "Visitors": whole(50, 600)}
    with pytest.raises(ReportgenError, match=f"a series of {step}") as fault:
        roles_of(raw_table_of(columns))
    assert fault.value.code == "RG-009"
    roles_of(raw_table_of(columns), settings_of(orders={"mode": "never"}))
    roles_of(raw_table_of(columns), settings_of(input={"id_column": header}))


def test_days_in_uneven_steps_or_beside_an_id_are_no_series() -> None:
    uneven = {"Joined": random.Random(2).sample(times("days"), N // 2), "Sales": whole(100, 900)[: N // 2]}
    roles_of(raw_table_of(uneven))
    roles_of(
        raw_table_of({"Customer ID": [f"C{i}" for i in range(N)], "Joined": times("days"), "Sales": whole(1, 900)})
    )
    roles_of(
        raw_table_of({"Name": [f"Robin Person {i}" for i in range(N)], "Joined": times("days"), "Sales": whole(1, 900)})
    )


def test_the_number_of_a_group_of_customers_is_no_customers() -> None:
    """`customerGroupId` of three values was the key, and the records were asked about, beside an `id` of each."""
    columns = {
        "id": [f"{185_000_850 + i * 7}" for i in range(N)],
        "customerGroupId": drawn("46372", "46373", "0"),
        "salesValue": [f"{i * 37 % 91}.50" for i in range(N)],
    }
    assert cleaned(raw_table_of(columns)).id_column == "id"


def test_an_id_that_comes_again_is_no_key_beside_one_that_does_not() -> None:
    """The mobile cell of a customer's home was the key of 1,800 subscribers."""
    columns = {
        "MSISDN": [f"{4_917_451_866_625 + i * 7_001}" for i in range(N)],
        "cell_id_home": [f"{65_059 + i * 3}" for i in range(N - 2)] + ["65059", "65062"],
        "spend": [f"{i * 37 % 91}.50" for i in range(N)],
    }
    assert cleaned(raw_table_of(columns)).id_column == "MSISDN"


def test_the_day_of_a_first_sale_may_be_a_serial_number() -> None:
    """`First Sale` of 45425 was money."""
    assert role_of("First Sale", whole(44_000, 46_000)) is Role.DATE


def test_gaps_of_an_id_are_told_of_all_records_where_few_are_looked_at() -> None:
    """Those missing among the records looked at were taken from all records: past a few thousand no id had gaps."""
    n, draw = 20_000, random.Random(4)
    columns = {
        "amplitude_id": [str(400_000_000_000 + i) for i in range(n)],
        "user_id": [None if draw.random() < 0.125 else f"u{i * 7:06d}" for i in range(n)],
        "revenue": [f"{i * 37 % 91}.50" for i in range(n)],
    }
    found = roles_of(raw_table_of(columns))
    assert found["user_id"].reason.endswith("many records have none")
    assert found["user_id"].confidence < found["amplitude_id"].confidence


def test_few_names_with_an_amount_in_them_are_a_category_and_no_unread_amounts() -> None:
    plans = drawn("Basic (9 €/mo)", "Pro (29 €/mo)", "Team (99 €/mo)", "Free (0 €/mo)")
    amounts = [f"Plan at {9 + i} €/mo" for i in range(N)]
    assert (role_of("Plan", plans), role_of("xyz", plans)) == (Role.CATEGORY, Role.CATEGORY)
    assert (role_of("xyz", amounts), role_of("xyz", drawn("€€1.50", "€€2.50"))) == (Role.TEXT, Role.TEXT)


@pytest.mark.parametrize(
    ("name", "cells", "role"),
    [
        ("Код клиента", whole(10_000, 90_000), Role.ID),
        ("Сумма покупок", whole(100, 90_000), Role.MONEY),
        ("Количество заказов", drawn(*map(str, range(40))), Role.COUNT),
        ("Последний заказ", [str(20250000 + 100 * (1 + i % 12) + 1 + i % 28) for i in range(N)], Role.DATE),
        ("Возраст", drawn(*map(str, range(18, 80))), Role.AGE),
        ("Город", drawn("101", "102", "203"), Role.CODE),
        ("Телефон", [f"7916{i:07}" for i in range(N)], Role.PERSONAL),
        ("Кількість замовлень", drawn(*map(str, range(40))), Role.COUNT),
        ("Ciro", whole(100, 90_000), Role.MONEY),
        ("Sipariş sayısı", drawn(*map(str, range(40))), Role.COUNT),
        ("Sipariş No", whole(10_000, 90_000), Role.ID),
        ("Şehir", drawn("34", "6", "35"), Role.CODE),
        ("Müşteri No", whole(10_000, 90_000), Role.ID),
        ("Tržby", whole(100, 90_000), Role.MONEY),
        ("Počet objednávek", drawn(*map(str, range(40))), Role.COUNT),
        ("Věk", drawn(*map(str, range(18, 80))), Role.AGE),
    ],
)
def test_plain_words_of_more_languages_are_known(name: str, cells: list[str], role: Role) -> None:
    assert role_of(name, cells) is role
