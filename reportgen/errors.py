"""What a user can do wrong, each with a sentence, a hint, a stable code and an exit code."""

from __future__ import annotations

from typing import NamedTuple


class Fault(NamedTuple):
    """One kind of user's mistake."""

    exit_code: int
    """Process exit code, sysexits.h numbering."""
    meaning: str
    """What the code stands for, as the reference page prints it."""


ALERT, STRICT = 3, 4
DATA, NO_INPUT, UNAVAILABLE, SOFTWARE, CANNOT_CREATE, IO, TEMPORARY, PERMISSION, CONFIG = (
    65,
    66,
    69,
    70,
    73,
    74,
    75,
    77,
    78,
)

EXIT_CODES: dict[int, str] = {
    0: "done; the verdict (segments or no segments) is in study.json",
    1: "`verify` or `doctor` found something that does not hold",
    2: "the command line is wrong",
    ALERT: "the report was made, but the export is not like the month before (`--fail-on-alert`)",
    STRICT: "the export needs repairs or is not like the month before, and `--strict` refuses it",
    DATA: "the export cannot be used as it is",
    NO_INPUT: "the export cannot be found or is not a file",
    UNAVAILABLE: "a message was refused for good; the report is published",
    SOFTWARE: "a fault of reportgen itself",
    CANNOT_CREATE: "the output directory cannot be used",
    IO: "writing the output failed",
    TEMPORARY: "try again later",
    PERMISSION: "not allowed to read the export",
    CONFIG: "the settings are wrong",
    130: "stopped by Ctrl-C",
    143: "stopped by a termination signal",
}

FAULTS: dict[str, Fault] = {
    "RG-001": Fault(DATA, "the file is empty"),
    "RG-002": Fault(DATA, "the file has a header but no data rows"),
    "RG-003": Fault(DATA, "too few customers to segment"),
    "RG-004": Fault(DATA, "the table has only one column"),
    "RG-005": Fault(DATA, "the content is not a table of a kind that can be read"),
    "RG-006": Fault(TEMPORARY, "the file is still being written"),
    "RG-007": Fault(DATA, "two readings are possible and a setting must decide"),
    "RG-008": Fault(DATA, "the text encoding cannot be determined"),
    "RG-009": Fault(DATA, "the customer ids are not unique, missing in most records, or rounded by a spreadsheet"),
    "RG-010": Fault(DATA, "no column can shape segments"),
    "RG-011": Fault(DATA, "all customers are the same"),
    "RG-012": Fault(DATA, "the rows do not fit the header"),
    "RG-013": Fault(DATA, "too many rows had to be set aside"),
    "RG-014": Fault(STRICT, "the export needs repairs, and --strict refuses them"),
    "RG-015": Fault(STRICT, "the export is not like the month before, and --strict refuses it"),
    "RG-021": Fault(DATA, "the table is too large"),
    "RG-022": Fault(DATA, "a cell is too large"),
    "RG-031": Fault(DATA, "the container expands far beyond its size"),
    "RG-032": Fault(DATA, "the file is damaged or cut off"),
    "RG-033": Fault(DATA, "the file is encrypted"),
    "RG-034": Fault(DATA, "the file declares entities or external parts"),
    "RG-035": Fault(DATA, "the JSON is nested too deeply"),
    "RG-036": Fault(DATA, "a JSON object names a key twice"),
    "RG-041": Fault(CONFIG, "the query is not one SELECT"),
    "RG-042": Fault(NO_INPUT, "the database or the table does not exist"),
    "RG-043": Fault(PERMISSION, "the database refused the login"),
    "RG-044": Fault(TEMPORARY, "the database does not answer"),
    "RG-045": Fault(TEMPORARY, "no Spark cluster takes work"),
    "RG-046": Fault(CONFIG, "the table does not fit into the memory that is set"),
    "RG-051": Fault(NO_INPUT, "the export does not exist"),
    "RG-052": Fault(NO_INPUT, "the export is not a regular file"),
    "RG-053": Fault(PERMISSION, "the export may not be read"),
    "RG-054": Fault(CONFIG, "the export is a web address"),
    "RG-060": Fault(CONFIG, "the settings file is wrong"),
    "RG-061": Fault(CONFIG, "the settings file holds a secret"),
    "RG-062": Fault(CONFIG, "a setting names a column that the export does not have"),
    "RG-063": Fault(CONFIG, "a setting asks for what this export cannot give"),
    "RG-064": Fault(CONFIG, "part of the installation is missing"),
    "RG-071": Fault(CANNOT_CREATE, "the output directory cannot be used"),
    "RG-072": Fault(IO, "writing the output failed"),
    "RG-073": Fault(TEMPORARY, "another run is at work in the output directory"),
    "RG-074": Fault(TEMPORARY, "a process of the run was ended from outside"),
    "RG-081": Fault(NO_INPUT, "the run directory is missing or not a run"),
    "RG-082": Fault(NO_INPUT, "the source of a finished run cannot be found"),
    "RG-083": Fault(DATA, "the history of the months cannot be used"),
    "RG-084": Fault(NO_INPUT, "the months that a finished run was compared with cannot be found"),
    "RG-085": Fault(NO_INPUT, "the month is not remembered"),
    "RG-090": Fault(CONFIG, "the settings do not say how to send, or to whom"),
    "RG-091": Fault(TEMPORARY, "whether a message was accepted is not known; a person decides"),
    "RG-092": Fault(TEMPORARY, "a message could not be sent yet"),
    "RG-093": Fault(UNAVAILABLE, "a message was refused"),
    "RG-094": Fault(NO_INPUT, "there is no such message"),
    "RG-095": Fault(IO, "the outbox cannot be used, so nothing is sent"),
    "RG-096": Fault(DATA, "the message fails the check before sending, so it is not sent"),
    "RG-097": Fault(PERMISSION, "a password file may be read by others"),
    "RG-098": Fault(PERMISSION, "the mail server refused the sign-in"),
}


class ReportgenError(Exception):
    """A user's mistake: what was found and where, what to do, a stable code, an exit code."""

    def __init__(self, code: str, sentence: str, hint: str = "") -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.hint = hint

    @property
    def exit_code(self) -> int:
        return FAULTS[self.code].exit_code

    def __reduce__(self) -> tuple[type[ReportgenError], tuple[str, str, str]]:
        return (type(self), (self.code, self.sentence, self.hint))


class StageFailedError(Exception):
    """A fault of our own, with the stage it happened in; exit 70, the cause chained."""


class NotApplicable(Exception):  # noqa: N818 - a plug-in declining is an answer, not an error
    """A plug-in has nothing to say about this data; the reason is printed in the appendix."""
