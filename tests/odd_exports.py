"""Seventy exports as shops, banks, bookkeepers and old machines write them, each with what a person reads in it."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ingest_exports import archive, workbook

N = 40
"""Customers in each."""


@dataclass(frozen=True)
class Odd:
    """One export and how it is read."""

    content: bytes
    n: int = N
    columns: tuple[str, ...] = ()
    """Expected names; empty: whatever they are."""
    first: tuple[str, ...] = ()
    """The first record's cells as text; empty: not compared."""
    cells: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    """Column → its first cleaned cells."""
    name: str = "export.csv"
    settings: Mapping[str, Any] = field(default_factory=dict)
    not_amounts: tuple[str, ...] = ()
    """Columns that are no numbers to shape segments by."""
    may_ask: bool = False
    """Whether a question is as good as a reading."""


EXPORTS: dict[str, Callable[[], Odd]] = {}


def export(make: Callable[[], Odd]) -> Callable[[], Odd]:
    EXPORTS[make.__name__] = make
    return make


# --- what the customers are ----------------------------------------------------------------------------------------

PLACES = ("Köln", "Zürich", "Wien", "Malmö")


def amount(i: int) -> float:
    """Between 100 and 9,100, with cents, another for each customer."""
    return round(100 + i * 7919 % 9_000 + i * 37 % 100 / 100, 2)


def german(x: float) -> str:
    """1.234,56"""
    return f"{x:,.2f}".translate(str.maketrans(",.", ".,"))


def rows(*makers: Callable[[int], object]) -> list[list[str]]:
    return [[str(make(i)) for make in makers] for i in range(1, N + 1)]


def text(*parts: str | Sequence[Sequence[str]], sep: str = ";", end: str = "\n") -> str:
    """Lines as they are, and rows joined by the delimiter."""

    def lines() -> Iterator[str]:
        for part in parts:
            if isinstance(part, str):
                yield part
            else:
                yield from (sep.join(row) for row in part)

    return end.join(lines()) + end


def id_of(i: int) -> str:
    return f"K{i:05d}"


def place(i: int) -> str:
    return PLACES[i % 4]


def visits(i: int) -> int:
    return i * 13 % 29 + 1


def day(i: int) -> str:
    return f"{i * 7 % 28 + 1:02d}.{i % 12 + 1:02d}.2025"


AMOUNTS = [amount(i) for i in range(1, 6)]
GERMAN = rows(id_of, place, lambda i: german(amount(i)), visits)


# --- bookkeeping and ERP -------------------------------------------------------------------------------------------


@export
def sap_list_with_page_headers() -> Odd:
    """ALV list: framed by dashes, pipes on both sides, the header again on every page."""
    frame, head = "-" * 47, "|Kunde   |Ort         |      Umsatz|Besuche|"
    body = [f"|{a:<8}|{b:<12}|{c:>12}|{d:>7}|" for a, b, c, d in GERMAN]
    pages = [line for i in range(0, N, 20) for line in (frame, head, frame, *body[i : i + 20], frame)]
    content = "\n".join(["25.11.2026      Dynamische Listenausgabe      1", "", *pages]) + "\n"
    return Odd(content.encode("cp1252"), columns=("Kunde", "Ort", "Umsatz", "Besuche"), cells={"Umsatz": AMOUNTS})


@export
def datev_with_two_header_lines() -> Odd:
    """EXTF: a line of meta data, then the header, quotes around texts."""
    meta = '"EXTF";700;16;"Debitoren/Kreditoren";5;20261125120000000;;"RE";"jane";"";1001;1;20260101;4;;;"";"";;"EUR"'
    body = [[id_[1:].lstrip("0").rjust(5, "1"), f'"{b}"', c, d] for id_, b, c, d in GERMAN]
    content = text(meta, "Konto;Ort;Umsatz;Belege", body, end="\r\n")
    return Odd(content.encode("cp1252"), columns=("Konto", "Ort", "Umsatz", "Belege"), cells={"Umsatz": AMOUNTS})


@export
def german_excel_csv() -> Odd:
    """cp1252, semicolons, decimal comma, CRLF."""
    return Odd(
        text("Kundennr;Ort;Umsatz;Besuche", GERMAN, end="\r\n").encode("cp1252"),
        first=tuple(GERMAN[0]),
        cells={"Umsatz": AMOUNTS},
    )


@export
def euros_behind_the_amount() -> Odd:
    """1.234,56 € in every cell, with a blank that does not break."""
    body = [[a, b, f"{c}\u00a0€", d] for a, b, c, d in GERMAN]
    return Odd(text("Kundennr;Ort;Umsatz;Besuche", body).encode("cp1252"), cells={"Umsatz": AMOUNTS})


@export
def debit_and_credit_letters() -> Odd:
    """1.234,56 S and 1.234,56 H: debit and credit of German books."""
    body = [[a, b, f"{c} {'SH'[i % 2]}", d] for i, (a, b, c, d) in enumerate(GERMAN)]
    signed = [-x if i % 2 == 0 else x for i, x in enumerate(AMOUNTS)]
    return Odd(text("Konto;Ort;Saldo;Belege", body).encode(), cells={"Saldo": signed})


@export
def dutch_minus_behind() -> Odd:
    """1.234,56- for money that went out."""
    body = [[a, b, c + ("-" if i % 3 == 0 else ""), d] for i, (a, b, c, d) in enumerate(GERMAN)]
    signed = [-x if i % 3 == 0 else x for i, x in enumerate(AMOUNTS)]
    return Odd(text("klant;plaats;saldo;bezoeken", body).encode(), cells={"saldo": signed})


@export
def odoo_quoted_everything() -> Odd:
    """Every cell in quotes, comma, external ids with a dot."""
    body = [
        [f'"__export__.res_partner_{i}"', f'"{place(i)}"', f'"{amount(i)}"', f'"{visits(i)}"'] for i in range(1, N + 1)
    ]
    content = text('"id","city","total_invoiced","sale_order_count"', body, sep=",")
    return Odd(
        content.encode(),
        cells={"total_invoiced": AMOUNTS},
        first=("__export__.res_partner_1", "Zürich", "8019.37", "14"),
    )


@export
def salesforce_ids_and_footer() -> Odd:
    """18-character ids; below: blank lines, a copyright and who exported it."""
    body = [[f'"001{i:05d}AAAbCdQAK"', f'"{place(i)}"', f'"{amount(i)}"', f'"{visits(i)}"'] for i in range(1, N + 1)]
    content = text(
        '"Account ID","City","Annual Revenue","Closed Deals"',
        body,
        "",
        "",
        '"Customers by revenue"',
        '"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."',
        '"Confidential Information"',
        '"Generated By:  Jane Doe  25.11.2026 10:15"',
        sep=",",
    )
    return Odd(content.encode(), cells={"Annual Revenue": AMOUNTS})


@export
def pivot_with_a_total_column_and_row() -> Odd:
    """Row labels, a month a column, grand totals on both edges."""
    body = [[id_of(i), str(i * 3 % 50), str(i * 7 % 60), str(i * 3 % 50 + i * 7 % 60)] for i in range(1, N + 1)]
    sums = [str(sum(int(row[k]) for row in body)) for k in (1, 2, 3)]
    content = text("Row Labels,2026-09,2026-10,Grand Total", body, [["Grand Total", *sums]], sep=",")
    return Odd(content.encode(), columns=("Row Labels", "2026-09", "2026-10", "Grand Total"))


@export
def subtotals_between_groups() -> Odd:
    """After every ten customers a line of their sum."""
    parts: list[Any] = ["customer,city,revenue,visits"]
    for i in range(0, N, 10):
        group = [[id_of(k), place(k), str(amount(k)), str(visits(k))] for k in range(i + 1, i + 11)]
        parts += [group, [["Subtotal", "", f"{sum(amount(k) for k in range(i + 1, i + 11)):.2f}", ""]]]
    return Odd(text(*parts, sep=",").encode(), cells={"revenue": AMOUNTS})


# --- shops ---------------------------------------------------------------------------------------------------------


@export
def shopify_customers() -> Odd:
    """Ids with an apostrophe in front, yes and no, tags with commas, notes of several lines."""
    body = [
        [
            f"'{6_000_000_000_000 + i}",
            f"c{i}@shop.example",
            "yes" if i % 3 else "no",
            f"{amount(i):.2f}",
            str(visits(i)),
            '"vip, returning"' if i % 2 else "",
            '"calls\nin the morning"' if i % 5 == 0 else "",
        ]
        for i in range(1, N + 1)
    ]
    content = text("Customer ID,Email,Accepts Email Marketing,Total Spent,Total Orders,Tags,Note", body, sep=",")
    return Odd(content.encode(), cells={"Total Spent": AMOUNTS, "Total Orders": [visits(i) for i in range(1, 6)]})


@export
def shopify_orders_with_continuation_rows() -> Odd:
    """An order of two items takes two rows, of which the second has the order's name alone."""
    body = []
    for i in range(1, N + 1):
        body.append([f"#{1000 + i}", f"c{i}@shop.example", f"{amount(i):.2f}", "1", "Mug", "9.90"])
        body.append([f"#{1000 + i}", "", "", "2", "Cup", "4.50"])
    content = text("Name,Email,Total,Lineitem quantity,Lineitem name,Lineitem price", body, sep=",")
    return Odd(content.encode(), n=2 * N, may_ask=True)


@export
def woocommerce_with_html_entities() -> Odd:
    """&amp; in names, prices with the currency as an entity."""
    body = rows(
        id_of, lambda i: "Smith &amp; Sons" if i % 2 else "Jones &amp; Co", lambda i: f"&euro;{amount(i):.2f}", visits
    )
    return Odd(text("customer_id,company,total_spend,orders", body, sep=",").encode(), cells={"total_spend": AMOUNTS})


@export
def amazon_tab_separated_with_quotes_inside() -> Odd:
    """TSV without quoting: inches are written as quotes."""
    body = [[id_of(i), f'TV {40 + i % 5}" "flat"', f"{amount(i):.2f}", str(visits(i))] for i in range(1, N + 1)]
    return Odd(
        text("buyer-id\tlast-item\ttotal\torders", body, sep="\t").encode(),
        first=("K00001", 'TV 41" "flat"', "8019.37", "14"),
    )


@export
def magento_with_json_in_a_cell() -> Odd:
    """Attributes as JSON, quotes doubled."""
    body = [
        [id_of(i), f'"{{""size"": ""M"", ""n"": {i}}}"', f"{amount(i):.2f}", str(visits(i))] for i in range(1, N + 1)
    ]
    return Odd(
        text("id,attributes,lifetime_sales,orders", body, sep=",").encode(),
        first=("K00001", '{"size": "M", "n": 1}', "8019.37", "14"),
    )


@export
def etsy_dates_of_the_us() -> Odd:
    """12/25/25 and dollars with commas in quotes."""
    body = [
        [id_of(i), f"{i % 12 + 1:02d}/{i * 7 % 28 + 1:02d}/25", f'"${amount(i):,.2f}"', str(visits(i))]
        for i in range(1, N + 1)
    ]
    return Odd(
        text("Buyer,Last Order Date,Order Total,Orders", body, sep=",").encode(),
        cells={"Order Total": AMOUNTS, "Last Order Date": ["2025-02-08", "2025-03-15"]},
    )


@export
def stripe_with_unix_times() -> Odd:
    """cus_… ids, created as seconds, amounts in cents."""
    body = rows(
        lambda i: f"cus_{i:014x}", lambda i: 1_735_689_600 + i * 86_400, lambda i: round(amount(i) * 100), visits
    )
    return Odd(
        text("id,Created (UTC),Total Spend,Payment Count", body, sep=",").encode(),
        cells={"Created (UTC)": ["2025-01-02", "2025-01-03"]},
    )


@export
def hubspot_blank_heavy() -> Odd:
    """Thirty columns, most of them empty."""
    header = ["Record ID", "City", "Revenue", "Visits", *(f"Property {k}" for k in range(26))]
    body = [[*row, *([""] * 26)] for row in rows(lambda i: 151 + i, place, amount, visits)]
    return Odd(text([header], body, sep=",").encode(), columns=tuple(header), cells={"Revenue": AMOUNTS})


# --- banks ---------------------------------------------------------------------------------------------------------


@export
def bank_statement_with_preamble() -> Odd:
    """Account, period and balance above, a blank line, then the table; the balance again below."""
    body = [[a, b, c, d] for a, b, c, d in GERMAN]
    content = text(
        '"Konto:";"DE02 1203 0000 0000 2020 51"',
        '"Zeitraum:";"01.10.2026 - 31.10.2026"',
        '"Saldo:";"12.345,67 EUR"',
        "",
        "Kundennr;Ort;Umsatz;Buchungen",
        body,
        "",
        '"Endsaldo:";"99,00 EUR"',
    )
    return Odd(content.encode("cp1252"), columns=("Kundennr", "Ort", "Umsatz", "Buchungen"), cells={"Umsatz": AMOUNTS})


@export
def bank_with_semicolon_comments() -> Odd:
    """A block of lines that begin with a semicolon."""
    content = text(
        "; exported by OnlineBanking 4.2",
        "; account 12345",
        ";",
        "customer,city,balance,bookings",
        rows(id_of, place, amount, visits),
        sep=",",
    )
    return Odd(content.encode(), columns=("customer", "city", "balance", "bookings"), cells={"balance": AMOUNTS})


@export
def french_bank() -> Odd:
    """Narrow spaces for thousands, decimal comma, é in the header."""
    body = rows(id_of, place, lambda i: f"{amount(i):,.2f}".replace(",", "\u202f").replace(".", ","), visits)
    return Odd(text("n° client;ville;dépenses;visites", body).encode(), cells={"dépenses": AMOUNTS})


@export
def swiss_apostrophes() -> Odd:
    """1’234.50 with the curly apostrophe, CHF in front."""
    body = rows(id_of, place, lambda i: f"CHF {amount(i):,.2f}".replace(",", "’"), visits)
    return Odd(text("Kunde;Ort;Umsatz;Besuche", body).encode(), cells={"Umsatz": AMOUNTS})


@export
def indian_lakhs() -> Odd:
    """₹ 12,34,567.00 in quotes."""
    body = rows(id_of, place, lambda i: f'"₹ {i % 90 + 10},{i * 7 % 90 + 10},{i * 3 % 900 + 100}.00"', visits)
    values = [(i % 90 + 10) * 100_000 + (i * 7 % 90 + 10) * 1_000 + i * 3 % 900 + 100 for i in range(1, 6)]
    return Odd(text("Customer,City,Turnover,Visits", body, sep=",").encode(), cells={"Turnover": values})


@export
def lakh_and_crore() -> Odd:
    """₹ 12.5 L beside ₹ 1.25 Cr and ₹ 3.5 lakh."""
    marks = (("L", 5), ("Cr", 7), ("lakh", 5))
    body = rows(id_of, place, lambda i: f"₹ {i + 0.5} {marks[i % 3][0]}", visits)
    values = [(i + 0.5) * 10 ** marks[i % 3][1] for i in range(1, 6)]
    return Odd(text("Customer,City,Turnover,Visits", body, sep=",").encode(), cells={"Turnover": values})


@export
def rupees_credit_and_debit() -> Odd:
    """₹ 512.25 Cr beside ₹ 12.00 Dr, as an Indian bank's balance."""
    body = rows(id_of, place, lambda i: f"₹ {i * 13}.25 {'Dr' if i % 4 == 0 else 'Cr'}", visits)
    values = [(i * 13 + 0.25) * (-1 if i % 4 == 0 else 1) for i in range(1, 6)]
    return Odd(text("Customer,City,Balance,Visits", body, sep=",").encode(), cells={"Balance": values})


@export
def swedish_kronor() -> Odd:
    """1 234:50 kr, as price tags have it."""
    body = rows(id_of, place, lambda i: f"{amount(i):,.2f} kr".replace(",", " "), visits)
    return Odd(text("kundnr;ort;belopp;besök", body).encode("latin-1"), cells={"belopp": AMOUNTS})


@export
def brazilian_reais() -> Odd:
    """R$ 1.234,56"""
    body = rows(id_of, place, lambda i: f"R$ {german(amount(i))}", visits)
    return Odd(text("cliente;cidade;valor;visitas", body).encode(), cells={"valor": AMOUNTS})


@export
def accounting_brackets_and_dashes() -> Odd:
    """(1,234.56) is negative and - is zero or nothing."""
    body = [
        [
            id_of(i),
            place(i),
            '"-"' if i % 10 == 0 else f'"({amount(i):,.2f})"' if i % 4 == 0 else f'"{amount(i):,.2f}"',
            str(visits(i)),
        ]
        for i in range(1, N + 1)
    ]
    signed = [-x if i % 4 == 0 else x for i, x in enumerate(AMOUNTS, start=1)]
    return Odd(text("customer,city,net,visits", body, sep=",").encode(), cells={"net": signed})


# --- encodings -----------------------------------------------------------------------------------------------------


@export
def japanese_shift_jis() -> Odd:
    """顧客番号, 都道府県, 購入金額 in yen."""
    body = rows(
        id_of, lambda i: ("東京都", "大阪府", "愛知県", "北海道")[i % 4], lambda i: round(amount(i)) * 10, visits
    )
    return Odd(
        text("顧客番号,都道府県,購入金額,来店回数", body, sep=",", end="\r\n").encode("cp932"),
        columns=("顧客番号", "都道府県", "購入金額", "来店回数"),
        may_ask=True,
    )


@export
def chinese_gbk() -> Odd:
    """客户编号 in GBK."""
    body = rows(id_of, lambda i: ("北京", "上海", "广州", "深圳")[i % 4], amount, visits)
    return Odd(
        text("客户编号,城市,消费金额,次数", body, sep=",").encode("gbk"),
        columns=("客户编号", "城市", "消费金额", "次数"),
        may_ask=True,
    )


@export
def russian_windows_1251() -> Odd:
    """Клиент;Город;Выручка with decimal comma."""
    body = rows(
        id_of,
        lambda i: ("Москва", "Казань", "Омск", "Пермь")[i % 4],
        lambda i: f"{amount(i):.2f}".replace(".", ","),
        visits,
    )
    return Odd(
        text("Клиент;Город;Выручка;Визиты", body).encode("cp1251"),
        columns=("Клиент", "Город", "Выручка", "Визиты"),
        cells={"Выручка": AMOUNTS},
        may_ask=True,
    )


@export
def excel_unicode_text() -> Odd:
    """UTF-16 LE with mark, tabs, CRLF."""
    return Odd(
        ("\ufeff" + text("Kundennr\tOrt\tUmsatz\tBesuche", GERMAN, sep="\t", end="\r\n")).encode("utf-16-le"),
        first=tuple(GERMAN[0]),
        cells={"Umsatz": AMOUNTS},
    )


@export
def utf8_read_twice() -> Odd:
    """Mojibake made before us: Köln stands in the file as KÃ¶ln; it is read as it stands."""
    return Odd(
        text("Kundennr;Ort;Umsatz;Besuche", GERMAN).encode().decode("cp1252").encode(), cells={"Umsatz": AMOUNTS}
    )


@export
def arabic_headers_and_digits() -> Odd:
    """Headers and digits of Arabic, with its own decimal sign."""
    digits = str.maketrans("0123456789.", "٠١٢٣٤٥٦٧٨٩٫")
    body = rows(
        id_of,
        lambda i: ("الرياض", "جدة", "مكة", "الدمام")[i % 4],
        lambda i: f"{amount(i):.2f}".translate(digits),
        visits,
    )
    return Odd(text("رقم العميل,المدينة,المبلغ,الزيارات", body, sep=",").encode(), cells={"المبلغ": AMOUNTS})


# --- layouts -------------------------------------------------------------------------------------------------------


@export
def pipes_with_one_behind() -> Odd:
    """a|b|c| on every line."""
    body = [[*row, ""] for row in rows(id_of, place, amount, visits)]
    return Odd(
        text("customer|city|revenue|visits|", body, sep="|").encode(), columns=("customer", "city", "revenue", "visits")
    )


@export
def pipes_around() -> Odd:
    """|a|b|c| with blanks for the eye."""
    body = [f"| {a} | {b:<8} | {c:>9} | {d:>3} |" for a, b, c, d in rows(id_of, place, amount, visits)]
    return Odd("\n".join(["| customer | city | revenue | visits |", *body, ""]).encode(), cells={"revenue": AMOUNTS})


@export
def markdown_table() -> Odd:
    """With the ruler of dashes and colons."""
    body = [f"| {a} | {b} | {c} | {d} |" for a, b, c, d in rows(id_of, place, amount, visits)]
    content = "\n".join(["| customer | city | revenue | visits |", "|:---------|------|--------:|-------:|", *body, ""])
    return Odd(content.encode(), columns=("customer", "city", "revenue", "visits"), cells={"revenue": AMOUNTS})


@export
def psql_output() -> Odd:
    """` a | b ` with a ruler of dashes and pluses, and (40 rows) below."""
    body = [f" {a:<8} | {b:<6} | {c:>8} | {d:>6}" for a, b, c, d in rows(id_of, place, amount, visits)]
    head = [" customer |  city  | revenue  | visits", "----------+--------+----------+--------"]
    return Odd(
        "\n".join([*head, *body, "(40 rows)", "", ""]).encode(),
        columns=("customer", "city", "revenue", "visits"),
        cells={"revenue": AMOUNTS},
    )


@export
def mysql_output() -> Odd:
    """Boxes of pluses and dashes, and `40 rows in set` below."""
    rule = "+----------+--------+----------+--------+"
    body = [f"| {a:<8} | {b:<6} | {c:>8} | {d:>6} |" for a, b, c, d in rows(id_of, place, amount, visits)]
    content = "\n".join(
        [rule, "| customer | city   | revenue  | visits |", rule, *body, rule, "40 rows in set (0.00 sec)", ""]
    )
    return Odd(content.encode(), columns=("customer", "city", "revenue", "visits"), cells={"revenue": AMOUNTS})


@export
def mainframe_fixed_width() -> Odd:
    """Columns by position, header above, numbers to the right."""
    body = [f"{a:<10}{b:<12}{c:>12}{d:>8}" for a, b, c, d in rows(id_of, place, lambda i: f"{amount(i):.2f}", visits)]
    return Odd(
        "\n".join([f"{'CUSTNO':<10}{'CITY':<12}{'REVENUE':>12}{'VISITS':>8}", *body, ""]).encode(),
        columns=("CUSTNO", "CITY", "REVENUE", "VISITS"),
        cells={"REVENUE": AMOUNTS},
    )


@export
def fixed_width_with_blanks_inside() -> Odd:
    """City names of two words, some cities missing."""
    body = [
        f"{a:<10}{b:<14}{c:>10}{d:>8}"
        for a, b, c, d in rows(
            id_of,
            lambda i: "" if i % 9 == 0 else ("New York", "Los Angeles", "Oslo")[i % 3],
            lambda i: f"{amount(i):.2f}",
            visits,
        )
    ]
    head = [
        f"{'CUSTNO':<10}{'CITY':<14}{'REVENUE':>10}{'VISITS':>8}",
        "-" * 8 + "  " + "-" * 12 + "  " + "-" * 10 + "  " + "-" * 6,
    ]
    return Odd(
        "\n".join([*head, *body, ""]).encode(),
        columns=("CUSTNO", "CITY", "REVENUE", "VISITS"),
        cells={"REVENUE": AMOUNTS},
    )


@export
def sqlplus_output() -> Odd:
    """Rulers of dashes per column, the header again every 14 rows, `40 rows selected.` below."""
    body = [
        f"{a:<10} {b:<10} {c:>10} {d:>10}" for a, b, c, d in rows(id_of, place, lambda i: f"{amount(i):.2f}", visits)
    ]
    head = [f"{'CUSTNO':<10} {'CITY':<10} {'REVENUE':>10} {'VISITS':>10}", " ".join(["-" * 10] * 4)]
    pages = [line for i in range(0, N, 14) for line in ("", *head, *body[i : i + 14])]
    return Odd(
        "\n".join([*pages, "", "40 rows selected.", ""]).encode(), columns=("CUSTNO", "CITY", "REVENUE", "VISITS")
    )


@export
def hive_control_a() -> Odd:
    """Fields ended by Ctrl-A."""
    return Odd(
        text("customer\x01city\x01revenue\x01visits", rows(id_of, place, amount, visits), sep="\x01").encode(),
        cells={"revenue": AMOUNTS},
    )


@export
def two_characters_between_fields() -> Odd:
    """a||b||c"""
    return Odd(
        text("customer||city||revenue||visits", rows(id_of, place, amount, visits), sep="||").encode(), may_ask=True
    )


@export
def r_write_csv() -> Odd:
    """Row names in front: the first header is empty."""
    body = [[f'"{i}"', f'"{id_of(i)}"', str(amount(i)), str(visits(i))] for i in range(1, N + 1)]
    return Odd(text('"","customer","revenue","visits"', body, sep=",").encode(), cells={"revenue": AMOUNTS})


@export
def r_write_table() -> Odd:
    """Row names without a header: each row has one field more than the header; blanks between."""
    body = [[f'"{i}"', f'"{id_of(i)}"', str(amount(i)), str(visits(i))] for i in range(1, N + 1)]
    return Odd(
        text('"customer" "revenue" "visits"', body, sep=" ").encode(),
        columns=("row", "customer", "revenue", "visits"),
        cells={"revenue": AMOUNTS},
    )


@export
def header_with_units_below() -> Odd:
    """A second line says EUR, which is the unit, and count, which is no part of a name."""
    return Odd(
        text("customer;city;revenue;visits", ";;[EUR];[count]", rows(id_of, place, amount, visits)).encode(),
        cells={"visits": [14, 27]},
    )


@export
def data_types_below_the_header() -> Odd:
    """A second line says string, double, integer, as some tools write."""
    return Odd(
        text(
            "customer,city,revenue,visits", "string,string,double,integer", rows(id_of, place, amount, visits), sep=","
        ).encode(),
        may_ask=True,
    )


@export
def survey_with_questions_below() -> Odd:
    """Qualtrics: names, then the questions, then a line of JSON."""
    questions = '"Response ID","Where do you live?","How much did you spend, roughly?","How often do you visit?"'
    ids = '"{""ImportId"":""_recordId""}","{""ImportId"":""QID1""}","{""ImportId"":""QID2""}","{""ImportId"":""QID3""}"'
    return Odd(
        text("ResponseId,Q1,Q2,Q3", questions, ids, rows(id_of, place, amount, visits), sep=",").encode(), may_ask=True
    )


@export
def blank_line_after_the_header() -> Odd:
    """Header, blank line, data; blank lines between groups."""
    body = rows(id_of, place, amount, visits)
    return Odd(
        text("customer,city,revenue,visits", "", body[:20], "", body[20:], sep=",").encode(), cells={"revenue": AMOUNTS}
    )


@export
def two_lists_with_titles() -> Odd:
    """Active customers, and below them the former ones, of the same columns."""
    body = rows(id_of, place, amount, visits)
    content = text(
        "Active",
        "customer,city,revenue,visits",
        body[:25],
        "",
        "Former",
        "customer,city,revenue,visits",
        body[25:],
        sep=",",
    )
    return Odd(content.encode(), may_ask=True)


@export
def quoted_lines() -> Odd:
    """Every line as a whole in quotes, as a spreadsheet saves a pasted CSV."""
    body = [f'"{",".join(row)}"' for row in rows(id_of, place, amount, visits)]
    return Odd(
        "\n".join(['"customer,city,revenue,visits"', *body, ""]).encode(),
        first=("K00001", "Zürich", "8019.37", "14"),
    )


@export
def amounts_in_thousands() -> Odd:
    """1.2k, 0.9M and 350, as dashboards write them."""
    values = [950.0, 12_300.0, 1_100_000.0]
    body = rows(id_of, place, lambda i: ("950", "12.3k", "1.1M")[i % 3] if i < 4 else f"{i}.{i % 9}k", visits)
    return Odd(text("customer,city,revenue,visits", body, sep=",").encode(), cells={"revenue": values[1:]})


@export
def german_millions_and_approximations() -> Odd:
    """ca. 1,2 Mio. € beside 350 T€."""
    body = rows(id_of, place, lambda i: f"ca. {i},5 Mio. €" if i % 2 else f"{i * 10} T€", visits)
    return Odd(text("Kunde;Ort;Umsatz;Besuche", body).encode(), cells={"Umsatz": [1.5e6, 2e4, 3.5e6]})


@export
def spreadsheet_without_empty_ends() -> Odd:
    """A note and a remark, which most customers lack: their lines end before."""
    tail = (["call", "late"], ["call"], [], [])
    body = [[*row, *tail[i % 4]] for i, row in enumerate(rows(id_of, place, amount, visits))]
    return Odd(
        text("customer,city,revenue,visits,note,remark", body, sep=",").encode(),
        columns=("customer", "city", "revenue", "visits", "note", "remark"),
        cells={"revenue": AMOUNTS},
    )


@export
def regions_with_sums() -> Odd:
    """`Summe Nord;;…` below each region."""
    parts: list[Any] = ["Region;Kunde;Umsatz;Besuche"]
    for region, i in (("Nord", 0), ("Süd", 20)):
        group = [[region, id_of(k), german(amount(k)), str(visits(k))] for k in range(i + 1, i + 21)]
        parts += [group, [[f"Summe {region}", "", german(sum(amount(k) for k in range(i + 1, i + 21))), ""]]]
    return Odd(text(*parts).encode("cp1252"), cells={"Umsatz": AMOUNTS})


@export
def google_trends_style() -> Odd:
    """A category line, a blank line, names with a region in brackets."""
    content = text(
        "Category: All categories",
        "",
        "Customer,Revenue: (Germany),Visits: (Germany)",
        rows(id_of, amount, visits),
        sep=",",
    )
    return Odd(content.encode(), columns=("Customer", "Revenue: (Germany)", "Visits: (Germany)"))


@export
def less_than_and_more_than() -> Odd:
    """<5 and >5000 beside numbers, as anonymised lists have it."""
    body = rows(id_of, place, amount, lambda i: "<5" if i % 13 == 0 else visits(i) + 5)
    return Odd(text("customer,city,revenue,visits", body, sep=",").encode(), cells={"revenue": AMOUNTS})


@export
def ranges_as_labels() -> Odd:
    """18-24, 25-34: no dates and no subtractions."""
    body = rows(id_of, lambda i: ("18-24", "25-34", "35-44", "01-05")[i % 4], amount, visits)
    return Odd(
        text("customer,age group,revenue,visits", body, sep=",").encode(),
        first=("K00001", "25-34", "8019.37", "14"),
        cells={"age group": ["25-34", "35-44", "01-05"]},
    )


@export
def durations() -> Odd:
    """01:23:45 on the site."""
    body = rows(id_of, lambda i: f"{i % 3:02d}:{i * 7 % 60:02d}:{i * 11 % 60:02d}", amount, visits)
    return Odd(text("customer,time on site,revenue,visits", body, sep=",").encode(), cells={"revenue": AMOUNTS})


@export
def scientific_notation_of_excel() -> Odd:
    """Card numbers that Excel has spoilt: 4,91235E+12 are no ids any more; the true id is beside them."""
    body = rows(id_of, lambda i: f"4,9{i:03d}E+12", lambda i: german(amount(i)), visits)
    return Odd(text("Kundennr;Kundenkarte;Umsatz;Besuche", body).encode(), cells={"Umsatz": AMOUNTS})


@export
def no_cents() -> Odd:
    """1.234,- and 99,- are whole amounts, as on price tags; none is negative."""
    body = rows(
        id_of,
        place,
        lambda i: f"{round(amount(i)):,},-".replace(",", ".", 1) if amount(i) >= 1_000 else f"{round(amount(i))},-",
        visits,
    )
    return Odd(text("Kundennr;Ort;Umsatz;Besuche", body).encode(), cells={"Umsatz": [round(x) for x in AMOUNTS]})


@export
def years_as_names() -> Odd:
    """customer,2023,2024,2025: years are names, or there is a way to say so."""
    body = rows(id_of, amount, lambda i: amount(i + 7), lambda i: amount(i + 11))
    return Odd(text("customer,2023,2024,2025", body, sep=",").encode(), columns=("customer", "2023", "2024", "2025"))


@export
def blanks_between_delimiter_and_quote() -> Odd:
    """K1, "Oslo, Norway", 12.5: a blank after each comma, quotes behind it."""
    body = rows(id_of, lambda i: f'"{place(i)}, EU"', amount, visits)
    return Odd(
        text("customer, city, revenue, visits", body, sep=", ").encode(),
        first=("K00001", "Zürich, EU", "8019.37", "14"),
    )


@export
def months_without_a_day() -> Odd:
    """202511 under `last purchase` is a month, no amount."""
    body = rows(id_of, lambda i: f"2025{i % 12 + 1:02d}", amount, visits)
    return Odd(
        text("customer,last purchase,revenue,visits", body, sep=",").encode(),
        not_amounts=("last purchase",),
    )


@export
def two_files_joined_with_their_marks() -> Odd:
    """A second file, byte order mark and header and all, behind the first."""
    body = rows(id_of, place, amount, visits)
    parts = [text("\ufeffcustomer,city,revenue,visits", part, sep=",") for part in (body[:25], body[25:])]
    return Odd("".join(parts).encode(), columns=("customer", "city", "revenue", "visits"), cells={"revenue": AMOUNTS})


@export
def not_available_in_german() -> Odd:
    """n.v. and k. A. stand for nothing."""
    body = rows(
        id_of, place, lambda i: ("n.v.", "k. A.", "entfällt")[i % 3] if i % 9 == 0 else german(amount(i)), visits
    )
    return Odd(text("Kundennr;Ort;Umsatz;Besuche", body).encode(), cells={"Umsatz": AMOUNTS})


# --- workbooks and archives ----------------------------------------------------------------------------------------


@export
def excel_with_merged_title_and_totals() -> Odd:
    """Title, blank row, groups over the names, data, a blank row, totals."""
    body: list[list[object]] = [[id_of(i), place(i), amount(i), visits(i)] for i in range(1, N + 1)]
    sheet: list[list[object]] = [
        ["Customers of October 2026"],
        [],
        ["Customer", "", "Figures", ""],
        ["Id", "City", "Revenue", "Visits"],
        *body,
        [],
        ["Total", "", sum(amount(i) for i in range(1, N + 1)), 600],
    ]
    return Odd(workbook({"Report": sheet}), first=("K00001", "Zürich", "8019.37", "14"), name="a.xlsx")


@export
def excel_that_starts_far_in() -> Odd:
    """The table begins in C5, a note stands beside it."""
    body: list[list[object]] = [["", "", id_of(i), place(i), amount(i), visits(i)] for i in range(1, N + 1)]
    body[3][0] = "check!"
    sheet: list[list[object]] = [[], [], [], [], ["", "", "Id", "City", "Revenue", "Visits"], *body]
    return Odd(workbook({"Report": sheet}), name="a.xlsx")


@export
def excel_with_a_sheet_a_month() -> Odd:
    """Twelve sheets of the same columns."""
    sheets = {
        f"2026-{m:02d}": [
            ["Id", "City", "Revenue", "Visits"],
            *([id_of(i), place(i), amount(i + m), visits(i)] for i in range(1, N + 1)),
        ]
        for m in range(1, 5)
    }
    return Odd(workbook(sheets), name="a.xlsx", may_ask=True, settings={"sheet": "2026-03"})


@export
def gzip_of_a_german_csv() -> Odd:
    """Packed, cp1252."""
    return Odd(
        gzip.compress(text("Kundennr;Ort;Umsatz;Besuche", GERMAN).encode("cp1252")),
        name="export.csv.gz",
        cells={"Umsatz": AMOUNTS},
    )


@export
def zip_with_a_readme() -> Odd:
    """One table, and a text that says what it is."""
    return Odd(
        archive(
            {"export.csv": text("Kundennr;Ort;Umsatz;Besuche", GERMAN), "README.txt": "Exported on 25 November.\n"}
        ),
        name="export.zip",
        cells={"Umsatz": AMOUNTS},
        may_ask=True,
    )


@export
def json_lines_of_a_warehouse() -> Odd:
    """BigQuery: numbers as text, nested address."""
    lines = [
        f'{{"customer_id":"{id_of(i)}","address":{{"city":"{place(i)}"}},"revenue":"{amount(i)}","visits":{visits(i)}}}'
        for i in range(1, N + 1)
    ]
    return Odd("\n".join([*lines, ""]).encode(), name="export.json", cells={"revenue": AMOUNTS})


@export
def json_of_an_api() -> Odd:
    """{"data": […], "paging": …}"""
    items = ",".join(
        f'{{"id":"{id_of(i)}","city":"{place(i)}","revenue":{amount(i)},"visits":{visits(i)}}}' for i in range(1, N + 1)
    )
    return Odd(
        f'{{"data":[{items}],"paging":{{"next":null,"total":40}}}}'.encode(),
        name="page.json",
        cells={"revenue": AMOUNTS},
    )
