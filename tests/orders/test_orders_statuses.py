"""What a status says, whatever shop wrote it, and columns that say it in another way."""

from __future__ import annotations

import pytest
from order_tables import Columns, aside, customer, order_lines, story_of, table_of

from reportgen.errors import ReportgenError
from reportgen.orders._status_words import says_of_lines, status_means
from reportgen.records.table import Role

CANCELLED, WAITING = {"the status says cancelled": 1}, {"the status says not yet paid": 1}


def with_statuses(*statuses: str, header: str = "Status", otherwise: str | None = "completed") -> Columns:
    """Order lines with a status; the first lines have these."""
    columns = order_lines()
    n = len(columns["Order No"]) - len(statuses)
    return {**columns, header: [*statuses, *[otherwise] * n]}


@pytest.mark.parametrize(
    ("status", "meaning"),
    [
        *((text, "void") for text in ("wc-cancelled", "order cancelled", "Bestellung storniert", "Canceled by buyer")),
        *((text, "void") for text in ("CANCELLED_BY_SELLER", "Cancelled - refunded", "Annulée", "Cancelado")),
        *(
            (text, "void")
            for text in ("Geannuleerd", "anulowane", "Storniert (Kunde)", "wc-failed", "trash", "Annullato")
        ),
        *((text, "returned") for text in ("Rücksendung", "Remboursée", "wc-refunded", "Reembolsado", "Zwrot", "Reso")),
        *(
            (text, "partly")
            for text in ("partially refunded", "PARTIALLY_REFUNDED", "Teilstorniert", "teilweise erstattet")
        ),
        *((text, "void") for text in ("No Show", "Não compareceu", "Suspected Fraud", "Erreur de paiement")),
        *((text, "waiting") for text in ("draft", "pending", "on-hold", "unpaid", "incomplete")),
        *((text, "waiting") for text in ("Scheduled", "LAYBY", "past_due", "Agendado")),
        *((text, "sold") for text in ("completed", "Expédiée", "not cancelled", "nicht erstattet", "pending shipment")),
    ],
)
def test_words_inside_a_status_are_known(status: str, meaning: str) -> None:
    """Only whole phrases were compared: `wc-cancelled` was a sale."""
    assert status_means(status) == meaning


@pytest.mark.parametrize(("status", "said"), [("wc-cancelled", CANCELLED), ("on-hold", WAITING)])
@pytest.mark.parametrize("header", ["Status", "Statut", "Estado", "State"])
def test_what_never_took_place_is_set_aside(header: str, status: str, said: dict[str, int]) -> None:
    """By a status in several languages."""
    assert aside(story_of(with_statuses(status, header=header))) == said


def test_what_is_not_paid_can_be_kept() -> None:
    """waiting = keep: a purchase like any other."""
    assert aside(story_of(with_statuses("pending"), orders={"waiting": "keep"})) == {}


@pytest.mark.parametrize("header", ["State", "State/Province", "Billing State", "Shipping State"])
def test_a_place_is_no_status(header: str) -> None:
    """State of addresses: the customer's, not the order's."""
    columns = order_lines()
    columns[header] = [("Texas", "Ohio", "Utah")[int(key[1:]) % 3] for key in columns["Customer ID"]]
    table = table_of(columns)
    assert not [note for note in table.notes if note.step == "statuses"]
    assert table.column(header).role.value == "category"


@pytest.mark.parametrize(
    ("header", "cell", "otherwise"),
    [
        *(
            ("is_cancelled", "true", "false"),
            ("Storniert", "ja", "nein"),
            ("Annulé", "oui", "non"),
            ("cancelled", "1", "0"),
        ),
        *(("Cancelled at", "2026-05-05 10:00:00", None), ("Stornodatum", "05.05.2026", None)),
        ("cancelled_at", "2026-05-05", "0000-00-00"),
    ],
)
@pytest.mark.parametrize("beside", [{}, {"Order Status": "completed"}])
def test_a_column_may_answer_yes_or_hold_a_day(
    header: str, cell: str, otherwise: str | None, beside: dict[str, str]
) -> None:
    """Alone or beside a status that says nothing of it."""
    columns = with_statuses(cell, header=header, otherwise=otherwise)
    columns |= {name: [text] * len(columns["Order No"]) for name, text in beside.items()}
    assert aside(story_of(columns)) == CANCELLED


def test_amounts_and_reasons_are_no_answers() -> None:
    """Refunded Amount, Cancel Reason and Return Quantity say nothing of whole lines."""
    assert [says_of_lines(name) for name in ("Refunded Amount", "Cancel Reason", "Return Quantity")] == ["", "", ""]


def test_statuses_that_count_as_sales_are_listed() -> None:
    """Nothing is silent: each with its lines."""
    table = table_of(with_statuses("shipped", "Abgeholt", "wc-cancelled"))
    assert table.orders is not None
    n = table.orders.n_lines - 3
    (note,) = [note for note in table.notes if note.after == "counted as a sale"]
    assert note.before == f"'completed' in {n} lines, 'Abgeholt' in 1 line and 'shipped' in 1 line"


def test_what_was_refunded_in_part_is_kept_and_said() -> None:
    """How much went back is not known."""
    columns = with_statuses("partially refunded")
    table = table_of(columns)
    assert customer(table, "C001")["Spending"] == customer(table_of(order_lines()), "C001")["Spending"]
    assert [(note.before, note.after) for note in table.notes if "a part of" in note.reason] == [
        ("'partially refunded' in 1 line", "kept")
    ]


DEALS = ("Closed Won", "Won", "Gewonnen", "closedwon", "Gagnée")


@pytest.mark.parametrize(
    "header", ["Stage", "Deal Stage", "Opportunity Stage", "StageName", "Vertriebsphase", "Status"]
)
@pytest.mark.parametrize("won", DEALS)
def test_only_what_is_won_of_a_pipeline_is_sold(header: str, won: str) -> None:
    """A list of deals counted what was lost and what was only offered as purchases."""
    columns = with_statuses("Closed Lost", "Negotiation", "Proposal", "Cancelled", header=header, otherwise=won)
    assert aside(story_of(columns)) == {
        "the stage says lost": 1,
        "the stage says not won yet": 2,
        "the status says cancelled": 1,
    }
    kept = story_of(columns, orders={"waiting": "keep", "cancelled": "keep"})
    assert aside(kept) == {}


@pytest.mark.parametrize("header", ["Stage", "Life Stage", "Phase"])
def test_a_stage_of_life_is_no_status(header: str) -> None:
    """It stays the customer's."""
    columns = order_lines()
    columns[header] = [("student", "family", "retired")[int(key[1:]) % 3] for key in columns["Customer ID"]]
    assert table_of(columns).column(header).role is Role.CATEGORY


def test_what_was_rented_and_came_back_is_asked_about() -> None:
    """`Returned` of a car is no refund: 74,000 of 84,000 were taken off."""
    columns = with_statuses(otherwise="Returned")
    with pytest.raises(ReportgenError, match="100% of the lines that they were returned") as fault:
        story_of(columns)
    assert (fault.value.code, 'ignore = ["Status"]' in fault.value.hint) == ("RG-007", True)


def test_orders_that_try_the_shop_are_set_aside() -> None:
    """`test: true`, as a shop's own export marks them."""
    columns = order_lines()
    columns["test"] = ["true" if i < 2 else "false" for i in range(len(columns["Order No"]))]
    assert aside(story_of(columns)) == {"the status says cancelled": 2}


PAID_NOT = {"the status says not yet paid": 2}


@pytest.mark.parametrize(
    ("header", "statuses", "otherwise", "reasons"),
    [
        ("Status", ("Overdue", "Awaiting Payment", "Draft", "Draft"), "Paid", PAID_NOT),
        ("Status", ("Überfällig", "Offen", "Entwurf", "Entwurf"), "Bezahlt", PAID_NOT),
        ("Estado", ("Vencida", "Pendiente", "Borrador", "Borrador"), "Pagada", PAID_NOT),
        ("Stato", ("Scaduta", "In attesa", "Bozza", "Bozza"), "Pagata", PAID_NOT),
        ("Status", ("Overdue", "Voided"), "Paid", {"the status says cancelled": 1}),
        ("Status", ("past_due", "trialing"), "active", PAID_NOT),
        ("Status", ("Open", "Pending"), "Paid", {"the status says not yet paid": 1}),
        ("Payment Status", ("Open", "Pending"), "Paid", PAID_NOT),
        ("Zahlungsstatus", ("Offen", "Offen"), "Bezahlt", PAID_NOT),
    ],
)
def test_an_invoice_that_was_sent_is_a_purchase_paid_or_not(
    header: str, statuses: tuple[str, ...], otherwise: str, reasons: dict[str, int]
) -> None:
    """`Overdue` and `Open` counted as sales and `Awaiting Payment` of the same list did not."""
    assert aside(story_of(with_statuses(*statuses, header=header, otherwise=otherwise))) == reasons


@pytest.mark.parametrize("header", ["Document Type", "Belegart", "Type", "Kind of entry"])
@pytest.mark.parametrize(
    ("invoice", "payment", "credit"),
    [("Invoice", "Payment", "Credit Memo"), ("Rechnung", "Zahlung", "Gutschrift"), ("Facture", "Règlement", "Avoir")],
)
def test_what_settles_an_invoice_is_no_return(header: str, invoice: str, payment: str, credit: str) -> None:
    """A ledger's payments have a minus before them, and all of them went off what the customer had bought."""
    columns = with_statuses(payment, payment, credit, header=header, otherwise=invoice)
    columns["Unit Price"][:3] = ["-4.00", "-10.00", "-0.50"]
    story = story_of(columns)
    assert (aside(story), story.n_returns) == ({"a payment, or a balance carried forward": 2}, 1)


def test_payments_are_sales_where_nothing_is_invoiced() -> None:
    """The list of a payment service: what was paid is what was bought."""
    assert aside(story_of(with_statuses("Payment", "Payment", header="Type", otherwise="Card payment"))) == {}


def test_what_a_till_books_as_a_refund_goes_off_whatever_its_sign() -> None:
    """A kind of its own beside sales, its amount without a minus: refunds counted as purchases."""
    columns = with_statuses("Rückerstattung", header="Typ", otherwise="Verkauf")
    before = customer(table_of(order_lines()), "C001")["Spending"]
    table = table_of(columns)
    assert table.orders is not None
    assert (table.orders.n_returns, customer(table, "C001")["Spending"]) == (1, before - 2 * 12.0)


def test_a_second_status_is_heard_for_what_went_back() -> None:
    """The order was completed and its payment refunded: nothing was said of it. Not paid yet says nothing here."""
    columns = with_statuses("refunded", "open", "pending", header="payment_state", otherwise="paid")
    columns["order_state"] = ["completed"] * len(columns["Order No"])
    story = story_of(columns)
    assert (aside(story), story.n_returns) == ({}, 1)


def test_a_status_in_words_goes_before_one_in_numbers() -> None:
    """`Status` 7.0 was taken, and `Statusname` said Storniert."""
    columns = with_statuses("Storniert", header="Statusname", otherwise="Versendet")
    columns["Status"] = ["7.0" if i % 2 else "8.0" for i in range(len(columns["Order No"]))]
    assert aside(story_of(columns)) == CANCELLED


def test_an_amount_that_went_back_is_no_day() -> None:
    """`Bedrag terugbetaald` of 0.00 in every line was a day that stands there, and all lines were returned."""
    columns = with_statuses(header="Bedrag terugbetaald", otherwise="0.00")
    assert story_of(columns).n_returns == 0


def test_what_the_seller_sent_back_is_the_recipients() -> None:
    """A payment service writes refunds with sender and recipient exchanged: they were of a customer of their own."""
    columns = order_lines()
    n = len(columns["Order No"])
    columns["From Email Address"] = [f"{key}@mail.example" for key in columns.pop("Customer ID")]
    columns["To Email Address"] = ["Shop@mail.example"] * n
    columns["Unit Price"][0] = "-1.00"
    columns["From Email Address"][0], columns["To Email Address"][0] = "shop@mail.example", "C001@mail.example"
    table = table_of(columns)
    assert table.orders is not None
    assert (table.id_column, aside(table.orders), table.orders.n_returns) == ("From Email Address", {}, 1)
    (note,) = [note for note in table.notes if note.step == "counterparts"]
    assert (note.n_rows, note.after) == (1, "told by To Email Address")


@pytest.mark.parametrize(("status", "n_noted"), [("refunded", 0), ("cancelled", 0), ("completed", 1)])
def test_a_refund_that_the_status_takes_off_is_not_said_to_stay_on(status: str, n_noted: int) -> None:
    """`Amount Refunded not taken off`, said the log of lines that were taken off whole."""
    columns = with_statuses(status)
    columns["Amount Refunded"] = ["12.00", *["0.00"] * (len(columns["Order No"]) - 1)]
    notes = [note for note in table_of(columns).notes if note.step == "not_taken_off"]
    assert [note.n_rows for note in notes] == [1] * n_noted


@pytest.mark.parametrize(
    ("header", "otherwise", "void"),
    [
        ("Result", "SUCCESS", "FAIL"),
        ("Type", "Settled", "Refused"),
        ("Esito", "CONTABILIZZATA", "NEGATA"),
        ("Resultado operación y código", "Autorizada 0000", "Denegada 0190"),
        ("Dokumentart", "Rechnung", "Angebot"),
        ("Rodzaj", "Faktura VAT", "Proforma"),
        ("Status", "Zakończona", "Nieobecność"),
        ("JobStatus", "DONE", "NOFARE"),
    ],
)
def test_what_was_refused_or_only_offered_is_no_sale(header: str, otherwise: str, void: str) -> None:
    """Payments that failed, visits that nobody came to, offers and pro forma invoices counted as purchases."""
    assert aside(story_of(with_statuses(void, header=header, otherwise=otherwise))) == CANCELLED


def test_a_type_of_customer_is_no_status() -> None:
    columns = with_statuses("Wholesale", header="Type", otherwise="Retail")
    assert aside(story_of(columns)) == {}
