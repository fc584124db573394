"""Months and weekdays by name, in the languages of Europe that exports speak."""

from __future__ import annotations

MONTHS = {
    month: i + 1
    for i, names in enumerate(
        (
            "jan january januar jän jänner jaenner januari janvier janv ene enero "
            "gen gennaio janeiro sty styczeń stycznia",
            "feb february februar feber februari februarie février févr "
            "fevrier fevr fév febrero febbraio fev fevereiro lut "
            "luty lutego",
            "mar march märz mrz mär maerz mars marzo março marco mrt maart marzec marca",
            "apr april avril avr abr abril aprile kwi kwiecień kwietnia",
            "may mai mayo mag maggio maio mei maj maja",
            "jun june juni juin junio giu giugno junho cze czerwiec czerwca",
            "jul july juli juillet juil julio lug luglio julho lip lipiec lipca",
            "aug august août aout ago agosto augustus augusti sie sierpień sierpnia",
            "sep sept september septembre septiembre set settembre setembro wrz wrzesień września",
            "oct october okt oktober octobre octubre ott ottobre out outubro paź październik października",
            "nov november novembre noviembre novembro lis listopad listopada",
            "dec december dez dezember déc décembre decembre dic diciembre dicembre dezembro des desember gru grudzień "
            "grudnia",
        )
    )
    for month in names.split()
}
"""Month in small letters → 1..12: English, German, French, Spanish, Italian, Portuguese, Dutch, Nordic, Polish."""

WEEKDAYS = frozenset(
    word
    for words in (
        "mon tue tues wed thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday",
        "mo di mi do fr sa so montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag",
        "lun mer jeu ven sam dim lundi mardi mercredi jeudi vendredi samedi dimanche",
        "lu ma mié mie jue vie sáb sab dom lunes martes miércoles miercoles jueves viernes sábado sabado domingo",
        "gio lunedì martedì mercoledì giovedì venerdì sabato domenica seg ter qua qui sex segunda terça quarta quinta",
    )
    for word in words.split()
)
"""In small letters; `mar`, Tuesday of the French and Spanish, is a month too."""

BESIDE_MONTHS = WEEKDAYS | frozenset(
    ("st", "nd", "rd", "th", "er", "º", "ª", "o", "de", "del", "di", "da", "of", "the", "den", "le", "el", "dei")
)
"""Weekdays, endings of ordinals and small words that stand beside a month and say nothing."""

WEEKDAY_OR_MARCH = "mar"
"""French and Spanish Tuesday where another month stands there: `mar. 4 sept. 2012`."""
