"""Public order lines, added up a second time with pandas alone: no code of the project takes part."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from raw_tables import ENGINE
from real_data import real_data

from reportgen.config import Settings
from reportgen.pipeline import look
from reportgen.records.table import CleanTable

pytestmark = pytest.mark.real_data

NO_GOODS = ["POST", "DOT", "C2", "23444", "M", "m", "D", "S", "B", "CRUK", "AMAZONFEE"]
"""Numbers of the retail export that are no goods, read off by eye; gift vouchers and bank charges besides."""
MONTHS = ("2010-12", "2011-01", "2011-02")


@pytest.fixture(scope="module")
def months(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three monthly exports as one file."""
    parts = [real_data("online_retail", "monthly", f"{month}.csv").read_text(encoding="utf-8") for month in MONTHS]
    joined = parts[0] + "".join(part.partition("\n")[2] for part in parts[1:])
    path = tmp_path_factory.mktemp("retail") / "orders.csv"
    path.write_text(joined, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def customers(months: Path) -> CleanTable:
    return look(months, Settings()).table


def read_lines(path: Path) -> pd.DataFrame:
    """The lines that count, by rules written here: net amounts, returns flagged."""
    text = {"InvoiceNo": str, "StockCode": str, "CustomerID": str}
    lines = pd.read_csv(path, dtype=text, keep_default_na=False, na_values=[""]).drop_duplicates()
    lines = lines[lines.CustomerID.notna() & ~lines.StockCode.isin([*NO_GOODS, "BANK CHARGES"])]
    lines = lines[~lines.StockCode.str.startswith("gift_") & (lines.UnitPrice * lines.Quantity != 0)]
    lines["net"] = lines.Quantity * lines.UnitPrice
    lines["back"] = lines.InvoiceNo.str.startswith("C") | (lines.Quantity < 0)
    lines["day"] = pd.to_datetime(lines.InvoiceDate).dt.normalize()
    n_bought = (~lines.back).groupby(lines.CustomerID).sum()
    net = lines.groupby("CustomerID").net.sum().round(4)
    return lines[lines.CustomerID.isin(net.index[(n_bought > 0) & (net >= 0)])]


def expected(path: Path) -> pd.DataFrame:
    """One row a customer."""
    lines = read_lines(path)
    reference = pd.to_datetime(pd.read_csv(path, usecols=["InvoiceDate"]).InvoiceDate).dt.normalize().max()
    bought, by = lines[~lines.back].groupby("CustomerID"), lines.groupby("CustomerID")
    table = pd.DataFrame(
        {
            "Days since last purchase": (reference - bought.day.max()).dt.days,
            "Orders": bought.InvoiceNo.nunique(),
            "Spending": by.net.sum(),
            "Days since first purchase": (reference - bought.day.min()).dt.days,
            "Returns share": 100 * by.back.mean(),
            "Product range": bought.StockCode.nunique(),
        }
    )
    table["Average order value"] = table.Spending / table.Orders
    table.index = table.index.str.removesuffix(".0")
    return table.sort_index()


def test_every_customer_of_the_retail_export_adds_up(months: Path, customers: CleanTable) -> None:
    """Recency, orders, spending, basket, tenure, returns and range of each customer agree with pandas."""
    wanted = expected(months)
    names = [customers.id_column, *wanted.columns]
    found = pd.DataFrame(ENGINE.to_arrays(customers.frame, names)).set_index(customers.id_column).sort_index()
    assert list(found.index) == list(wanted.index)
    pd.testing.assert_frame_equal(found, wanted.astype(float), check_names=False, atol=1e-3, rtol=1e-9)


def test_the_lines_of_the_retail_export_add_up(months: Path, customers: CleanTable) -> None:
    """Purchases, returns and the total are those of pandas; every other line has a reason."""
    lines, story = read_lines(months), customers.orders
    assert story is not None
    assert (story.n_purchases, story.n_returns) == (int((~lines.back).sum()), int(lines.back.sum()))
    assert story.spending == pytest.approx(lines.net.sum(), abs=1e-3)
    assert story.n_lines == story.n_purchases + story.n_returns + sum(entry.n_lines for entry in story.set_aside)
    assert story.n_lines == len(pd.read_csv(months, usecols=["InvoiceNo"]))


@pytest.mark.parametrize("name", ["Sample - Superstore.csv", "Sample - Superstore.xls"])
def test_superstore_adds_up_from_text_and_workbook(name: str) -> None:
    """804 customers, 5,111 orders and every cent of the sales, in both formats."""
    path = real_data("superstore", name)
    lines = pd.read_csv(real_data("superstore", "Sample - Superstore.csv"), encoding="utf-8-sig")
    table = look(path, Settings()).table
    assert table.orders is not None
    found = pd.DataFrame(ENGINE.to_arrays(table.frame, [table.id_column, "Orders", "Spending"]))
    found = found.set_index(table.id_column).sort_index()
    by = lines.groupby("Customer ID")
    assert list(found.index) == sorted(by.groups)
    assert (found.Orders == by["Order ID"].nunique()).all()
    assert found.Spending.to_numpy() == pytest.approx(by.Sales.sum().to_numpy(), abs=0.01)
    assert table.orders.n_set_aside == 0
