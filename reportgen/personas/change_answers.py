"""What has changed since the month before: who moved, which segments grew, came or went."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen import wording
from reportgen.claims import Piece, joined, phrase, say, tell
from reportgen.language import msgid, text
from reportgen.personas.answers import Names, value_label
from reportgen.personas.numbers import Numbers, listed
from reportgen.records.history import Change, Descent, Movement, SegmentChange
from reportgen.records.study import Claim, Quantity

MOST_TOLD = 3
"""Moves, changed shares and old names that a sentence holds."""

FEWEST_TOLD = 10
"""Customers that a single move must count to be told: fewer are persons, not a movement."""

MOST_FATES = 5
"""Segments that came, went, fell apart or became one that are told one by one; more stand in the table."""

Told = tuple[Piece, ...]


def fill(template: str, /, **parts: Piece | Told) -> Told:
    """The template in the language spoken, with its parts."""
    return (
        phrase(template, **{name: joined(*part) if isinstance(part, tuple) else part for name, part in parts.items()}),
    )


def answer_change(numbers: Numbers, _names: Names) -> Claim:
    """How many customers moved, against what making the segments anew would move; in the first month, the baseline."""
    change = numbers.facts.change
    if change is None:
        return say(
            "answer.change",
            "This run is not compared with an earlier month: its {n} customers can serve as the baseline.",
            n=numbers.all_customers(),
        )
    movement, since = change.movement, wording.month_label(change.since)
    if movement is None:
        before, now = (numbers.at(f"change.{name}", wording.format_count) for name in ("n_before", "n_now"))
        template = msgid(
            "The export holds {now} customers, against {before} in {since}; who moved is not known: {why}."
        )
        why = text(why_unfollowed(numbers, change))
        return tell("answer.change", *fill(template, now=now, before=before, since=since, why=why))
    if movement.n_shared == 0:
        before = numbers.at("change.n_before", wording.format_count)
        template = msgid("None of the {before} customers of {since} is in this export: their ids may have changed.")
        return tell("answer.change", *fill(template, before=before, since=since))
    told = tell_movement(numbers, movement, since, is_quiet=is_quiet(numbers, change))
    anew = f" {text('The segments were made anew this month.')}" if change.mode == "refitted" else ""
    return tell("answer.change", *told, *tell_turnover(numbers, movement), anew)


def why_unfollowed(numbers: Numbers, change: Change) -> str:
    """Why nobody knows who moved, as a clause."""
    if not has_segments(numbers, change):
        return msgid("a month has no segments")
    if numbers.facts.id_column and numbers.facts.features.everyone:
        return msgid("they are too many to be followed one by one")
    return msgid("there is no id to follow them by")


def has_segments(numbers: Numbers, change: Change) -> bool:
    """Whether both months have segments."""
    return bool(numbers.facts.profile.segments) and any(segment.n_before != 0 for segment in change.segments)


def is_quiet(numbers: Numbers, change: Change) -> bool:
    return change.is_quiet and not changed_shares(numbers, change)


def tell_movement(numbers: Numbers, movement: Movement, since: str, *, is_quiet: bool) -> Told:
    parts: dict[str, Piece | Told] = {
        "moved": moved_of(numbers, movement, is_first=not is_quiet),
        "shared": (counted(numbers, "change.movement.n_shared"),)
        if movement.n_shared is not None
        else fill("the then {n}", n=counted(numbers, "change.n_before")),
        "since": since,
        "noise": noise_of(numbers, movement),
        "are": text("is" if movement.n_moved == 1 else "are"),
    }
    if is_quiet:
        template = msgid(
            "Nothing moved beyond noise since {since}: {moved} of {shared} customers {are} in another segment; chance "
            "alone would move {noise}."
        )
    elif movement.is_beyond_noise:
        template = msgid(
            "{moved} of {shared} customers {are} in another segment than in {since}; chance alone would move {noise}."
        )
    else:
        template = msgid(
            "{moved} of {shared} customers {are} in another segment than in {since}, no more than chance alone would "
            "move ({noise})."
        )
    return fill(template, **parts)


def moved_of(numbers: Numbers, movement: Movement, *, is_first: bool) -> Told:
    """`71`; `fewer than 10` or `at least 10` where their number would give few away. `is_first`: of a sentence."""
    if movement.n_moved is not None:
        return (counted(numbers, "change.movement.n_moved"),)
    if movement.fewer_than:
        template, bound = msgid("Fewer than {n}") if is_first else msgid("fewer than {n}"), "fewer_than"
    else:
        template, bound = msgid("At least {n}") if is_first else msgid("at least {n}"), "least"
    return fill(template, n=counted(numbers, f"change.movement.{bound}"))


def noise_of(numbers: Numbers, movement: Movement) -> Told:
    """`2 to 5`."""
    high = counted(numbers, "change.movement.noise_high")
    if movement.noise_low == movement.noise_high:
        return (high,)
    return fill("{low} to {high}", low=counted(numbers, "change.movement.noise_low"), high=high)


def tell_turnover(numbers: Numbers, movement: Movement) -> Told:
    """How many customers are new and how many are gone; nothing where none is, or where it would tell of few."""
    if movement.n_new is None:
        template = msgid(" How many are new or gone is not told: it would tell of fewer than {n} customers.")
        return fill(template, n=counted(numbers, "change.movement.least"))
    if not movement.n_new and not movement.n_lost:
        return ()
    new, lost = (counted(numbers, f"change.movement.{name}") for name in ("n_new", "n_lost"))
    return fill(" {new} {are} new, {lost} {were} gone.", new=new, lost=lost, are=be(new), were=be(lost))


def be(n: Quantity) -> str:
    return text("is" if n.value == 1 else "are")


def counted(numbers: Numbers, path: str) -> Quantity:
    return numbers.at(path, wording.format_count, unit="customers")


def called(entry: SegmentChange, names: Names) -> str:
    """The name as this month has it; of one that is gone, the last it had."""
    known = names.get(entry.segment) if entry.segment is not None else None
    return known.text if known else wording.scrub(entry.name)


def when_compared(change: Change) -> str:
    """With which month the columns are compared."""
    if change.mode == "refitted":
        return text("in {month}", month=wording.month_label(change.since))
    return text("when the segments were made")


def answer_moves(numbers: Numbers, names: Names) -> Claim | None:
    """The largest moves from one segment to another; absent where the movement is noise or every move is small."""
    change = numbers.facts.change
    movement = change.movement if change else None
    if change is None or movement is None or not movement.is_beyond_noise:
        return None
    name_of = {entry.identity: called(entry, names) for entry in change.segments}
    least = max(FEWEST_TOLD, movement.noise_low + 1)
    moves = [
        (n, row, column)
        for row, counts in enumerate(movement.counts)
        for column, n in enumerate(counts)
        if n is not None and n >= least and movement.before[row] != movement.now[column]
    ]
    largest = sorted(moves, key=lambda move: (-move[0], move[1], move[2]))[:MOST_TOLD]
    items = [
        fill(
            "{n} from {before} to {now}",
            n=counted(numbers, f"change.movement.counts[{row}][{column}]"),
            before=name_of[movement.before[row]],
            now=name_of[movement.now[column]],
        )
        for _, row, column in largest
    ]
    moves_are = text("The largest move: " if len(items) == 1 else "The largest moves: ")
    return tell("answer.moves", moves_are, *listed(items), ".") if items else None


def changed_shares(numbers: Numbers, change: Change) -> list[int]:
    """Places of the segments, in `Change.segments`, whose share of customers changed beyond noise, the most first."""
    noise = numbers.facts.evidence.moved_by_refit[1]

    shares = {
        place: (entry.share_before, entry.share_now)
        for place, entry in enumerate(change.segments)
        if entry.fate == "kept" and entry.n_before and entry.share_before is not None and entry.share_now is not None
    }
    gaps = {place: abs(now - before) for place, (before, now) in shares.items() if looks_changed(before, now)}
    beyond = [place for place, gap in gaps.items() if gap > noise]
    return sorted(beyond, key=lambda place: (-gaps[place], place))


def looks_changed(before: float, now: float) -> bool:
    return wording.format_share(before) != wording.format_share(now)


def answer_shares(numbers: Numbers, names: Names) -> Claim | None:
    """Whose share of customers changed beyond noise, and what it carries of value; absent where none did."""
    change = numbers.facts.change
    places = changed_shares(numbers, change)[:MOST_TOLD] if change else []
    if change is None or not places:
        return None
    items = [tell_share(numbers, place, change.segments[place], names) for place in places]
    return tell("answer.shares", *listed(items, "; ", "; "), ".")


def tell_share(numbers: Numbers, place: int, entry: SegmentChange, names: Names) -> Told:
    def share(name: str) -> Quantity:
        return numbers.at(f"change.segments[{place}].{name}", wording.format_share, unit="share", segment=entry.segment)

    verb = text("grew" if (entry.share_now or 0.0) > (entry.share_before or 0.0) else "shrank")
    told = fill(
        "{name} {verb} from {before} to {now} of customers",
        name=called(entry, names),
        verb=verb,
        before=share("share_before"),
        now=share("share_now"),
    )
    if entry.value_share_before is None or entry.value_share_now is None or not numbers.facts.profile.value_column:
        return told
    before, now = share("value_share_before"), share("value_share_now")
    template = msgid(" (of {value}: {before} to {now})")
    return (*told, *fill(template, now=now, value=value_label(numbers), before=before))


def answer_fates(numbers: Numbers, names: Names) -> Claim | None:
    """Which segments are new, retired, empty, split or merged, by name; absent where none is."""
    change = numbers.facts.change
    if change is None or not numbers.facts.profile.segments:
        return None
    in_descents = {identity for descent in change.descents for identity in (*descent.before, *descent.now)}
    told = [tell_descent(numbers, descent, change, names) for descent in change.descents]
    told += [
        tell_fate(numbers, place, entry, names)
        for place, entry in enumerate(change.segments)
        if entry.fate != "kept" and entry.identity not in in_descents
    ]
    pieces = [piece for sentence in told[:MOST_FATES] for piece in (" ", *sentence)][1:]
    return tell("answer.fates", *pieces) if pieces else None


def tell_descent(numbers: Numbers, descent: Descent, change: Change, names: Names) -> Told:
    """What a segment fell into, or which became one."""
    place_of = {entry.identity: place for place, entry in enumerate(change.segments)}

    def items(identities: Sequence[int], field: str) -> list[Told]:
        return [tell_size(numbers, place_of[identity], field, change, names) for identity in identities]

    before, now = listed(items(descent.before, "n_before")), listed(items(descent.now, "n_now"))
    template = msgid("{before} are now one segment, {now}.")
    if descent.kind == "split":
        template = msgid("{before} has split into {now}.")
    return fill(template, before=before, now=now)


def tell_size(numbers: Numbers, place: int, field: str, change: Change, names: Names) -> Told:
    """`Big Spenders (39)`; or that the size is not told."""
    entry = change.segments[place]
    if getattr(entry, field) is None:
        least = counted(numbers, "profile.min_cell")
        return fill("{name} (fewer than {n}, or a size that tells of fewer)", name=called(entry, names), n=least)
    return fill("{name} ({n})", name=called(entry, names), n=counted(numbers, f"change.segments[{place}].{field}"))


UNTOLD_FATES = {
    "new": msgid("{name} is a new segment; its size is not told: it is, or tells of, fewer than {n} customers."),
    "empty": msgid("{name} has no customer this month; in {since} it had fewer than {n}, or a number not told."),
    "retired": msgid(
        "{name} is retired, for no segment is like it any more; in {since} it had fewer than {n} customers, or a "
        "number not told."
    ),
}
"""Where the size is withheld."""


def tell_fate(numbers: Numbers, place: int, entry: SegmentChange, names: Names) -> Told:
    since = wording.month_label(numbers.facts.change.since) if numbers.facts.change else ""
    if (entry.n_now if entry.fate == "new" else entry.n_before) is None:
        least = counted(numbers, "profile.min_cell")
        return fill(UNTOLD_FATES[entry.fate], name=called(entry, names), since=since, n=least)
    templates = {
        "new": msgid("{name} is a new segment: {now} customers."),
        "empty": msgid("{name} has no customer this month; in {since} it had {before}."),
        "retired": msgid(
            "{name} is retired, for no segment is like it any more; in {since} it had {before} customers."
        ),
    }
    return fill(
        templates[entry.fate],
        name=called(entry, names),
        since=since,
        before=counted(numbers, f"change.segments[{place}].n_before"),
        now=counted(numbers, f"change.segments[{place}].n_now"),
    )
