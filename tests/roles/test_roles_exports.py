"""Headers of common shop, CRM and bank exports, and what they mean."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import pytest
from raw_tables import raw_table_of, roles_of

from reportgen.records.table import Role

N = 80
PICK = random.Random(3)
NAMES = [
    a + b for a in ("An", "Ber", "Cla", "Da", "El", "Fre", "Gre", "Hei", "In", "Jo") for b in ("na", "do", "ra", "li")
]

R = Role


def amounts() -> list[str]:
    return [f"{PICK.uniform(3, 900):.2f}" for _ in range(N)]


def small() -> list[str]:
    return [str(PICK.randint(0, 40)) for _ in range(N)]


def tens() -> list[str]:
    return [str(PICK.randint(0, 10)) for _ in range(N)]


def ages() -> list[str]:
    return [str(PICK.randint(18, 85)) for _ in range(N)]


def years() -> list[str]:
    return [str(PICK.randint(1940, 2004)) for _ in range(N)]


def days() -> list[str]:
    return [f"20{PICK.randint(10, 25)}-{PICK.randint(1, 12):02d}-{PICK.randint(1, 28):02d}" for _ in range(N)]


def stamps() -> list[str]:
    return [f"{day} {PICK.randint(0, 23):02d}:15:00" for day in days()]


def german_days() -> list[str]:
    return [f"{PICK.randint(1, 28):02d}.{PICK.randint(1, 12):02d}.20{PICK.randint(10, 25)}" for _ in range(N)]


def births() -> list[str]:
    return [f"{PICK.randint(1, 28):02d}.{PICK.randint(1, 12):02d}.19{PICK.randint(40, 99)}" for _ in range(N)]


def ids() -> list[str]:
    return [f"{700_000 + i * 13}" for i in range(N)]


def tokens() -> list[str]:
    return [f"cus_{i * 7919 % 100_003:05d}Qx" for i in range(N)]


def mails() -> list[str]:
    return [f"{NAMES[i % 40].lower()}{i}@example.org" for i in range(N)]


def phones() -> list[str]:
    return [f"+49 30 {1_000_000 + i * 7919}" for i in range(N)]


def names() -> list[str]:
    return [NAMES[i % 40] + "bcdefgh"[i % 7] for i in range(N)]


def full_names() -> list[str]:
    return [f"{NAMES[i % 40]} {NAMES[i * 3 % 37]}berg" for i in range(N)]


def streets() -> list[str]:
    return [f"{NAMES[i % 40]}weg {i % 50 + 1}" for i in range(N)]


def zips() -> list[str]:
    return [f"{PICK.randint(10_000, 99_999)}" for _ in range(N)]


def cities() -> list[str]:
    return [NAMES[i % 12] + "stadt" for i in range(N)]


def codes() -> list[str]:
    return [str(PICK.randint(1, 4)) for _ in range(N)]


def levels() -> list[str]:
    return [PICK.choice(["Gold", "Silver", "Bronze", "Basic"]) for _ in range(N)]


def countries() -> list[str]:
    return [PICK.choice(["DE", "FR", "AT", "CH", "ES"]) for _ in range(N)]


def yes() -> list[str]:
    return [PICK.choice(["yes", "no"]) for _ in range(N)]


def bits() -> list[str]:
    return [PICK.choice(["0", "1"]) for _ in range(N)]


def truths() -> list[str]:
    return [PICK.choice(["TRUE", "FALSE"]) for _ in range(N)]


def shares() -> list[str]:
    return [f"{PICK.random():.3f}" for _ in range(N)]


def notes() -> list[str]:
    return [f"Called about order {i * 37 % 1009}, will ring back after the holidays" for i in range(N)]


Cells = Callable[[], Sequence[str]] | Sequence[str]
Row = tuple[str, Cells, Role]

SHOPS: list[Row] = [
    # Shopify
    ("Customer ID", ids, R.ID),
    ("First Name", names, R.PERSONAL),
    ("Last Name", names, R.PERSONAL),
    ("Email", mails, R.PERSONAL),
    ("Accepts Email Marketing", yes, R.FLAG),
    ("Default Address Address1", streets, R.PERSONAL),
    ("Default Address City", cities, R.CATEGORY),
    ("Default Address Province Code", countries, R.CATEGORY),
    ("Default Address Country Code", countries, R.CATEGORY),
    ("Default Address Zip", zips, R.CODE),
    ("Default Address Phone", phones, R.PERSONAL),
    ("Accepts SMS Marketing", yes, R.FLAG),
    ("Total Spent", amounts, R.MONEY),
    ("Total Orders", small, R.COUNT),
    ("Tax Exempt", yes, R.FLAG),
    ("orders_count", small, R.COUNT),
    ("total_spent", amounts, R.MONEY),
    ("verified_email", truths, R.FLAG),
    ("created_at", stamps, R.DATE),
    ("Note", notes, R.TEXT),
    # WooCommerce, Magento
    ("user_id", ids, R.ID),
    ("username", names, R.PERSONAL),
    ("billing_first_name", names, R.PERSONAL),
    ("billing_last_name", names, R.PERSONAL),
    ("billing_address_1", streets, R.PERSONAL),
    ("billing_postcode", zips, R.CODE),
    ("billing_city", cities, R.CATEGORY),
    ("billing_country", countries, R.CATEGORY),
    ("billing_phone", phones, R.PERSONAL),
    ("date_registered", stamps, R.DATE),
    ("last_active", stamps, R.DATE),
    ("aov", amounts, R.MONEY),
    ("customer_group", levels, R.CATEGORY),
    ("website_id", codes, R.CODE),
    ("taxvat", tokens, R.PERSONAL),
    ("dob", births, R.BIRTH),
    ("Lifetime Sales", amounts, R.MONEY),
    ("Average Sale", amounts, R.MONEY),
    ("Number of Orders", small, R.COUNT),
    ("store_credit_balance", amounts, R.MONEY),
    ("reward_points", small, R.SCORE),
    ("coupon_usage_count", small, R.COUNT),
    ("items_purchased", small, R.COUNT),
    ("wishlist_items", small, R.COUNT),
    ("cart_value", amounts, R.MONEY),
    ("discount_rate", shares, R.MEASURE),
    ("return_rate", shares, R.MEASURE),
    ("is_guest", bits, R.FLAG),
]
CRM: list[Row] = [
    # Salesforce, HubSpot, Dynamics
    ("AccountNumber", ids, R.ID),
    ("BillingStreet", streets, R.PERSONAL),
    ("BillingPostalCode", zips, R.CODE),
    ("AnnualRevenue", amounts, R.MONEY),
    ("NumberOfEmployees", small, R.COUNT),
    ("Industry", levels, R.CATEGORY),
    ("LeadSource", levels, R.CATEGORY),
    ("OwnerId", tokens, R.ID),
    ("CreatedDate", stamps, R.DATE),
    ("LastActivityDate", days, R.DATE),
    ("Rating", levels, R.CATEGORY),
    ("HasOptedOutOfEmail", truths, R.FLAG),
    ("MobilePhone", phones, R.PERSONAL),
    ("MailingCity", cities, R.CATEGORY),
    ("Contact ID", ids, R.ID),
    ("Record ID", ids, R.ID),
    ("Lifecycle Stage", levels, R.CATEGORY),
    ("Lead Status", levels, R.CATEGORY),
    ("Create Date", stamps, R.DATE),
    ("HubSpot Score", small, R.SCORE),
    ("Number of Pageviews", small, R.COUNT),
    ("Number of Sessions", small, R.COUNT),
    ("Recent Deal Amount", amounts, R.MONEY),
    ("Total Revenue", amounts, R.MONEY),
    ("Days to Close", small, R.MEASURE),
    ("Marketing emails opened", small, R.COUNT),
    ("Job Title", levels, R.CATEGORY),
    ("NPS Score", tens, R.SCORE),
    ("Churn risk", levels, R.CATEGORY),
    ("tickets_open", small, R.COUNT),
    ("ip_address", [f"10.0.{i}.7" for i in range(N)], R.PERSONAL),
    ("Date of Birth", births, R.BIRTH),
    ("Full Name", full_names, R.PERSONAL),
    ("Company Name", full_names, R.PERSONAL),
    ("Age", ages, R.AGE),
    ("Gender", ["F", "M"] * (N // 2), R.CATEGORY),
    # Stripe, banks
    ("id", tokens, R.ID),
    ("Delinquent", truths, R.FLAG),
    ("Total Spend", amounts, R.MONEY),
    ("Payment Count", small, R.COUNT),
    ("Average Order", amounts, R.MONEY),
    ("Refunded Volume", amounts, R.MONEY),
    ("Dispute Losses", amounts, R.MONEY),
    ("Card Brand", levels, R.CATEGORY),
    ("Card Last4", [f"{i * 97 % 9000 + 1000}" for i in range(N)], R.PERSONAL),
    ("Created (UTC)", stamps, R.DATE),
    ("Plan", levels, R.CATEGORY),
    ("MRR", amounts, R.MONEY),
    ("default", yes, R.FLAG),
    ("housing", yes, R.FLAG),
    ("loan", yes, R.FLAG),
    ("job", levels, R.CATEGORY),
    ("marital", levels, R.CATEGORY),
    ("balance", amounts, R.MONEY),
    ("CREDIT_LIMIT", amounts, R.MONEY),
    ("CASH_ADVANCE_TRX", small, R.COUNT),
    ("MonthlyCharges", amounts, R.MONEY),
    ("tenure", small, R.MEASURE),
    ("SeniorCitizen", bits, R.FLAG),
    ("CreditScore", [str(PICK.randint(300, 850)) for _ in range(N)], R.SCORE),
    ("EstimatedSalary", amounts, R.MONEY),
    ("NumOfProducts", codes, R.COUNT),
    ("IsActiveMember", bits, R.FLAG),
    ("HasCrCard", bits, R.FLAG),
    ("Geography", countries, R.CATEGORY),
    ("duration", small, R.MEASURE),
    ("campaign", small, R.MEASURE),
]
GERMAN: list[Row] = [
    # SAP, DATEV, Shopware, Odoo
    ("KUNNR", ids, R.ID),
    ("Kundennummer", ids, R.ID),
    ("Kunden-Nr.", ids, R.ID),
    ("Debitorennummer", ids, R.ID),
    ("Konto", ids, R.ID),
    ("Anrede", ["Herr", "Frau"] * (N // 2), R.CATEGORY),
    ("Vorname", names, R.PERSONAL),
    ("Nachname", names, R.PERSONAL),
    ("Straße und Hausnummer", streets, R.PERSONAL),
    ("PLZ", zips, R.CODE),
    ("Ort", cities, R.CATEGORY),
    ("Land", countries, R.CATEGORY),
    ("Telefon", phones, R.PERSONAL),
    ("E-Mail-Adresse", mails, R.PERSONAL),
    ("Geburtsdatum", births, R.BIRTH),
    ("Kunde seit", german_days, R.DATE),
    ("Letzte Bestellung", german_days, R.DATE),
    ("Anzahl Bestellungen", small, R.COUNT),
    ("Umsatz gesamt", amounts, R.MONEY),
    ("Jahresumsatz", amounts, R.MONEY),
    ("Durchschnittlicher Warenkorb", amounts, R.MONEY),
    ("Retourenquote", shares, R.MEASURE),
    ("Offene Posten", amounts, R.MONEY),
    ("Kreditlimit", amounts, R.MONEY),
    ("Zahlungsart", levels, R.CATEGORY),
    ("Kundengruppe", codes, R.CODE),
    ("Vertriebsweg", codes, R.CODE),
    ("Branche", levels, R.CATEGORY),
    ("Newsletter", ["ja", "nein"] * (N // 2), R.FLAG),
    ("Bemerkung", notes, R.TEXT),
    ("USt-IdNr.", [f"DE{100_000_000 + i * 7919}" for i in range(N)], R.PERSONAL),
    ("Alter", ages, R.AGE),
    ("Bonität", levels, R.CATEGORY),
    ("Mahnstufe", codes, R.CODE),
    ("Rabattsatz", amounts, R.MEASURE),
    ("Besuche pro Monat", small, R.COUNT),
    ("Deckungsbeitrag", amounts, R.MONEY),
    ("Filiale", codes, R.CODE),
    ("Kontostand", amounts, R.MONEY),
    ("Haushaltsgröße", codes, R.COUNT),
    ("Geschlecht", ["m", "w"] * (N // 2), R.CATEGORY),
]
ROMANCE: list[Row] = [
    # French: PrestaShop, Sage
    ("Identifiant client", ids, R.ID),
    ("N° client", ids, R.ID),
    ("Code client", ids, R.ID),
    ("Nom", names, R.PERSONAL),
    ("Prénom", names, R.PERSONAL),
    ("Adresse", streets, R.PERSONAL),
    ("Code postal", zips, R.CODE),
    ("Ville", cities, R.CATEGORY),
    ("Pays", countries, R.CATEGORY),
    ("Téléphone portable", phones, R.PERSONAL),
    ("Date de naissance", births, R.BIRTH),
    ("Date d'inscription", german_days, R.DATE),
    ("Nombre de commandes", small, R.COUNT),
    ("Chiffre d'affaires", amounts, R.MONEY),
    ("Panier moyen", amounts, R.MONEY),
    ("Montant total", amounts, R.MONEY),
    ("Âge", ages, R.AGE),
    ("Sexe", ["F", "H"] * (N // 2), R.CATEGORY),
    ("Civilité", ["M.", "Mme"] * (N // 2), R.CATEGORY),
    ("Ancienneté (mois)", small, R.MEASURE),
    ("Taux de retour", shares, R.MEASURE),
    ("Points fidélité", small, R.SCORE),
    ("Dernier achat", german_days, R.DATE),
    ("Abonné newsletter", ["oui", "non"] * (N // 2), R.FLAG),
    ("Commentaire", notes, R.TEXT),
    # Spanish
    ("ID Cliente", ids, R.ID),
    ("Código de cliente", ids, R.ID),
    ("Nombre", names, R.PERSONAL),
    ("Apellidos", names, R.PERSONAL),
    ("Correo electrónico", mails, R.PERSONAL),
    ("Teléfono", phones, R.PERSONAL),
    ("Dirección", streets, R.PERSONAL),
    ("Código postal", zips, R.CODE),
    ("Ciudad", cities, R.CATEGORY),
    ("Provincia", cities, R.CATEGORY),
    ("Fecha de nacimiento", births, R.BIRTH),
    ("Fecha de alta", german_days, R.DATE),
    ("Número de pedidos", small, R.COUNT),
    ("Importe total", amounts, R.MONEY),
    ("Gasto medio", amounts, R.MONEY),
    ("Edad", ages, R.AGE),
    ("Última compra", german_days, R.DATE),
    ("Puntuación", small, R.SCORE),
    ("Visitas", small, R.COUNT),
    ("DNI", [f"{10_000_000 + i * 7919}X" for i in range(N)], R.PERSONAL),
    ("Sexo", ["H", "M"] * (N // 2), R.CATEGORY),
    ("Observaciones", notes, R.TEXT),
    ("Forma de pago", levels, R.CATEGORY),
    ("Saldo pendiente", amounts, R.MONEY),
    # Italian, Portuguese, Dutch, Polish
    ("Codice cliente", ids, R.ID),
    ("Cognome", names, R.PERSONAL),
    ("Nome", names, R.PERSONAL),
    ("Indirizzo", streets, R.PERSONAL),
    ("CAP", zips, R.CODE),
    ("Città", cities, R.CATEGORY),
    ("Data di nascita", births, R.BIRTH),
    ("Numero ordini", small, R.COUNT),
    ("Spesa totale", amounts, R.MONEY),
    ("Fatturato", amounts, R.MONEY),
    ("Età", ages, R.AGE),
    ("Codice fiscale", tokens, R.PERSONAL),
    ("Código do cliente", ids, R.ID),
    ("Sobrenome", names, R.PERSONAL),
    ("Endereço", streets, R.PERSONAL),
    ("Data de nascimento", births, R.BIRTH),
    ("Receita", amounts, R.MONEY),
    ("Idade", ages, R.AGE),
    ("CPF", tokens, R.PERSONAL),
    ("Klantnummer", ids, R.ID),
    ("Voornaam", names, R.PERSONAL),
    ("Achternaam", names, R.PERSONAL),
    ("Woonplaats", cities, R.CATEGORY),
    ("Geboortedatum", births, R.BIRTH),
    ("Omzet", amounts, R.MONEY),
    ("Aantal bestellingen", small, R.COUNT),
    ("Leeftijd", ages, R.AGE),
    ("Numer klienta", ids, R.ID),
    ("Imię", names, R.PERSONAL),
    ("Nazwisko", names, R.PERSONAL),
    ("Data urodzenia", births, R.BIRTH),
    ("Wartość zamówień", amounts, R.MONEY),
    ("Liczba zamówień", small, R.COUNT),
    ("Wiek", ages, R.AGE),
    ("PESEL", ids, R.PERSONAL),
]
TABLE = [*SHOPS, *CRM, *GERMAN, *ROMANCE]
"""Header, a maker of cells (or cells), role."""
LEAST_RIGHT = 0.95


def found(header: str, cells: Cells) -> Role:
    values = cells() if callable(cells) else cells
    return roles_of(raw_table_of({"Kto": [f"x{i}" for i in range(N)], header: values}))[header].role


def test_the_headers_of_common_exports_are_understood() -> None:
    """At least 95 % of more than 150 headers in eight languages; the wrong ones are shown."""
    wrong = [(header, role.value, got.value) for header, cells, role in TABLE if (got := found(header, cells)) != role]
    assert len(TABLE) >= 150
    assert 1 - len(wrong) / len(TABLE) >= LEAST_RIGHT, wrong


@pytest.mark.parametrize(("header", "cells"), [(h, c) for h, c, role in TABLE if role is Role.PERSONAL])
def test_personal_columns_are_never_taken_for_anything_else(header: str, cells: Cells) -> None:
    """Of what says who a customer is not one column may reach a page."""
    assert found(header, cells) is Role.PERSONAL
