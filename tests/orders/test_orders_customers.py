"""What a customer's row says, added up by hand."""

from __future__ import annotations

import pytest
from order_tables import Columns, N, customer, order_lines, story_of, table_of

from reportgen.errors import ReportgenError
from reportgen.records.table import Role


def only(days: dict[str, tuple[str, ...]]) -> Columns:
    """Order lines in which these customers have orders on these days, two lines each; the others as they are."""
    columns = order_lines()
    for key, dates in days.items():
        places = [i for i, value in enumerate(columns["Customer ID"]) if value == key]
        assert len(places) == 2 * len(dates)
        for k, place in enumerate(places):
            columns["Order Date"][place] = dates[k // 2]
    return columns


def test_a_customers_row_adds_up() -> None:
    """C002 has three orders of 24: two products, 72 spent, days to the last day of the export."""
    table = table_of(only({"C002": ("2026-01-10", "2026-03-01", "2026-02-01"), "C004": ("2026-06-30",)}))
    row = customer(table, "C002")
    assert table.orders is not None
    assert table.orders.reference_day == "2026-06-30"
    assert row["Days since last purchase"] == 121
    assert row["Days since first purchase"] == 171
    assert (row["Orders"], row["Spending"], row["Average order value"], row["Product range"]) == (3, 72, 24, 2)


def test_the_reference_date_can_be_set() -> None:
    """Days are counted to it, and what comes later is set aside."""
    columns = only({"C002": ("2026-01-10", "2026-03-01", "2026-02-01"), "C004": ("2026-06-30",)})
    table = table_of(columns, orders={"reference_date": "2026-06-29"})
    row = customer(table, "C002")
    assert row["Days since last purchase"] == 120
    assert table.orders is not None
    assert [entry.reason for entry in table.orders.set_aside] == ["after the reference date 2026-06-29"]


def test_a_reference_date_must_be_a_day() -> None:
    """RG-060."""
    with pytest.raises(ReportgenError, match="no day") as fault:
        table_of(order_lines(), orders={"reference_date": "2026-02-30"})
    assert fault.value.code == "RG-060"


def test_without_an_order_number_a_day_is_an_order() -> None:
    """Two orders of one day are then one, and the column says how it was counted."""
    columns = only({"C002": ("2026-01-10", "2026-01-10", "2026-02-01")})
    assert customer(table_of(columns), "C002")["Orders"] == 3
    del columns["Order No"]
    table = table_of(columns)
    assert customer(table, "C002")["Orders"] == 2
    assert table.column("Orders").reason.startswith("days with a purchase")


def test_columns_have_roles_units_and_are_derived() -> None:
    """Money only where there is money: spending has the unit of the price."""
    columns = order_lines()
    columns["Unit Price"] = [f"€{price}" for price in columns["Unit Price"]]
    columns["Article No"][0] = "10999"
    table = table_of(columns)
    told = {c.name: (c.role, c.unit) for c in table.columns if c.is_derived}
    assert told == {
        "Days since last purchase": (Role.MEASURE, "days"),
        "Orders": (Role.COUNT, ""),
        "Spending": (Role.MONEY, "€"),
        "Average order value": (Role.MONEY, "€"),
        "Days since first purchase": (Role.MEASURE, "days"),
        "Product range": (Role.COUNT, ""),
    }


def test_a_header_of_the_export_keeps_its_name() -> None:
    """A source column called Spending is not overwritten."""
    columns = order_lines()
    columns["Spending"] = ["x"] * len(columns["Order No"])
    assert table_of(columns).shaping[-1] == "Spending (of order lines)"


def test_far_values_are_sums_and_stay() -> None:
    """A large customer is not capped: totals are those of the lines."""
    columns = order_lines()
    columns["Unit Price"][-1] = "90000.00"
    table = table_of(columns)
    assert customer(table, "C030")["Spending"] > 90_000
    assert all(entry.n_capped == 0 for entry in table.quality)


def test_what_describes_the_customer_is_taken_over() -> None:
    """A country is the customer's, as in the last line; a shipping mode is the order's."""
    columns = order_lines()
    ids = columns["Customer ID"]
    columns["Country"] = ["Malta" if key < "C015" else "Italy" for key in ids]
    columns["Ship Mode"] = [("slow", "fast", "same day")[i % 3] for i in range(len(ids))]
    table = table_of(columns)
    assert (customer(table, "C001")["Country"], customer(table, "C020")["Country"]) == ("Malta", "Italy")
    assert table.column("Ship Mode").role is Role.IGNORED
    assert table.column("Ship Mode").reason == "differs from line to line of one customer"


def test_names_stay_personal() -> None:
    """A customer's name is not shown in the samples of lines set aside."""
    columns = order_lines()
    columns["Customer Name"] = [f"Ada Example{key}" for key in columns["Customer ID"]]
    columns["Unit Price"][0] = "0"
    table = table_of(columns)
    assert table.column("Customer Name").role is Role.PERSONAL
    (entry,) = table.set_aside
    assert "10012" in entry.sample
    assert "Ada" not in entry.sample


def test_amounts_of_whole_export_add_up() -> None:
    """The story's total is that of the customers."""
    story = story_of(order_lines())
    n = {i: 1 + i % 4 for i in range(1, 31)}
    assert story.spending == sum((22 + i) * n[i] for i in n)
    assert (story.n_orders, story.first_day >= "2026-01-01") == (sum(n.values()), True)


def test_decimal_commas_and_days_first_are_read_as_everywhere() -> None:
    """Order lines go through the same reading of numbers and dates."""
    columns = order_lines()
    columns["Unit Price"] = [price.replace(".", ",") for price in columns["Unit Price"]]
    columns["Order Date"] = [".".join(reversed(day.split("-"))) for day in columns["Order Date"]]
    assert story_of(columns).spending == story_of(order_lines()).spending


def test_dates_that_cannot_be_read_are_no_dates() -> None:
    """RG-009 says that no column is the date of the purchase."""
    columns = order_lines()
    columns["Order Date"] = [f"week {i % 9}" for i in range(len(columns["Order Date"]))]
    with pytest.raises(ReportgenError, match="no column is the date of the purchase") as fault:
        table_of(columns)
    assert fault.value.code == "RG-009"


@pytest.mark.parametrize(("header", "cell"), [("birth_year", "19{n}"), ("Date of birth", "19{n}-05-17")])
def test_customers_of_orders_may_have_a_birth(header: str, cell: str) -> None:
    """Years of birth beside names are compared as they stand; they were taken for texts, and the run broke off."""
    columns = order_lines()
    columns[header] = [cell.format(n=50 + int(key[1:]) % 40) for key in columns["Customer ID"]]
    columns["Billing Name"] = [f"Robin Person {key}" for key in columns["Customer ID"]]
    table = table_of(columns)
    assert (table.n_customers, table.column(header).role) == (N, Role.BIRTH)


def test_a_date_column_without_a_day_is_said() -> None:
    """RG-063 where the settings name a column in which no cell is a day."""
    columns = order_lines()
    columns["Posted"] = ["soon"] * len(columns["Order No"])
    with pytest.raises(ReportgenError) as fault:
        table_of(columns, orders={"columns": {"date": "Posted"}})
    assert fault.value.code == "RG-063"


def test_the_price_of_an_item_is_its_lines_where_lines_are_numbered() -> None:
    """`item-price` of Amazon's reports is of all pieces: 38,615 for 31,152."""
    columns = order_lines()
    columns["item-price"] = columns.pop("Unit Price")
    assert {part.part.value for part in story_of(columns).parts} >= {"price", "quantity"}
    columns["order-item-id"] = [f"{i:05d}" for i in range(len(columns["item-price"]))]
    assert {part.part.value: part.column for part in story_of(columns).parts}["amount"] == "item-price"


@pytest.mark.parametrize("cells", [("Robin Person {i}",), ("Ulm",), ("Robin {i}", "Kim {i}")])
def test_a_column_of_the_lines_that_is_not_taken_over_has_no_gaps(cells: tuple[str, ...]) -> None:
    """`104 cells were missing, in guest name`, said the page: it is the lines' column, and no customer lacks it."""
    columns = order_lines()
    columns["Contact Name"] = [cells[i % len(cells)].format(i=i // 5) for i in range(len(columns["Order No"]))]
    table = table_of(columns)
    assert sum(found.n_missing for found in table.quality if found.name == "Contact Name") == 0
