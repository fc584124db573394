"""Months and weekdays by name, in the languages of Europe that exports speak."""

from __future__ import annotations

MONTHS = {
    month: i + 1
    for i, names in enumerate(
        (
            "jan january januar jän jänner jaenner januari janvier janv ene enero "
            "gen gennaio janeiro sty styczeń stycznia led leden ledna ocak oca január ianuarie ian tammikuuta "
            "январь января янв січня ιανουάριος ιανουαρίου ιαν",
            "feb february februar feber februari februarie février févr "
            "fevrier fevr fév febrero febbraio fev fevereiro lut "
            "luty lutego úno únor února şubat şub február febr helmikuuta "
            "февраль февраля фев февр лютого φεβρουάριος φεβρουαρίου φεβ",
            "mar march märz mrz mär maerz mars marzo março marco mrt maart marzec marca "
            "bře březen března mart marts március márc martie maaliskuuta март марта мар березня μάρτιος μαρτίου μαρ",
            "apr april avril avr abr abril aprile kwi kwiecień kwietnia "
            "dub duben dubna nisan nis április ápr aprilie huhtikuuta апрель апреля апр квітня απρίλιος απριλίου απρ",
            "may mai mayo mag maggio maio mei maj maja "
            "kvě květen května mayıs május máj toukokuuta май мая травня μάιος μαΐου μάι μαΐ",
            "jun june juni juin junio giu giugno junho cze czerwiec czerwca "
            "čvn červen června haziran haz június jún iunie iun kesäkuuta июнь июня июн червня ιούνιος ιουνίου ιουν",
            "jul july juli juillet juil julio lug luglio julho lip lipiec lipca "
            "čvc červenec července temmuz tem július júl iulie iul heinäkuuta июль июля июл липня ιούλιος ιουλίου ιουλ",
            "aug august août aout ago agosto augustus augusti sie sierpień sierpnia "
            "srp srpen srpna ağustos ağu augusztus elokuuta август августа авг серпня αύγουστος αυγούστου αυγ",
            "sep sept september septembre septiembre set settembre setembro wrz wrzesień września "
            "zář září eylül eyl szeptember szept septembrie syyskuuta "
            "сентябрь сентября сен сент вересня σεπτέμβριος σεπτεμβρίου σεπ",
            "oct october okt oktober octobre octubre ott ottobre out outubro paź październik października "
            "říj říjen října ekim eki október octombrie lokakuuta октябрь октября окт жовтня οκτώβριος οκτωβρίου οκτ",
            "nov november novembre noviembre novembro lis listopad listopada "
            "listopadu kasım kas noiembrie marraskuuta ноябрь ноября ноя нояб νοέμβριος νοεμβρίου νοε",
            "dec december dez dezember déc décembre decembre dic diciembre dicembre dezembro des desember gru grudzień "
            "grudnia pro prosinec prosince aralık ara decembrie joulukuuta "
            "декабрь декабря дек грудня δεκέμβριος δεκεμβρίου δεκ",
        )
    )
    for month in names.split()
}
"""Month in small letters → 1..12: English, German, French, Spanish, Italian, Portuguese, Dutch, Nordic, Polish, Czech,
Turkish, Hungarian, Romanian, Finnish, Russian, Ukrainian, Greek."""

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
    (
        "st",
        "nd",
        "rd",
        "th",
        "er",
        "º",
        "ª",
        "o",
        "de",
        "del",
        "di",
        "da",
        "of",
        "the",
        "den",
        "le",
        "el",
        "dei",
        "г",
        "года",
        "р",
    )
)
"""Weekdays, endings of ordinals and small words that stand beside a month and say nothing."""

WEEKDAY_OR_MARCH = "mar"
"""French and Spanish Tuesday where another month stands there: `mar. 4 sept. 2012`."""
