"""The house rules that a machine can check."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "reportgen"
MODULES = sorted(PACKAGE.rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.j2"))

LONGEST_MODULE = 300
LONGEST_FUNCTION = 40
MOST_BRANCHES = 8

LONG_MODULES: dict[str, str] = {}
"""Path → why this module may be longer."""

LONG_FUNCTIONS: dict[str, str] = {}
"""`path:function` → why it may be longer or branch more."""

HEAVY = (
    "pandas",
    "numpy",
    "duckdb",
    "pyarrow",
    "pyspark",
    "sklearn",
    "scipy",
    "matplotlib",
    "seaborn",
    "missingno",
    "jinja2",
    "weasyprint",
    "pydantic",
)
FORBIDDEN_CALLS = {
    "eval": "no code from data",
    "exec": "no code from data",
    "to_html": "pandas' HTML is not ours to trust",
    "to_pickle": "models are plain numbers",
}
BRANCHES = (ast.If, ast.For, ast.While, ast.ExceptHandler, ast.IfExp, ast.match_case)


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> list[ast.FunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def body_lines(function: ast.FunctionDef) -> int:
    """Lines of the body without its docstring."""
    first = function.body[1] if ast.get_docstring(function) and len(function.body) > 1 else function.body[0]
    return (function.end_lineno or 0) - first.lineno + 1


def count_branches(function: ast.FunctionDef) -> int:
    return sum(isinstance(node, BRANCHES) for node in ast.walk(function))


def test_stages_import_only_downwards() -> None:
    """The import contracts of pyproject.toml hold: stages never import each other, heavy libraries have one home."""
    outcome = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome.returncode == 0, outcome.stdout


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    """A module opens with one sentence."""
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_modules_stay_short(path: Path) -> None:
    """A module has at most 300 lines, or a reason."""
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST_MODULE or relative(path) in LONG_MODULES


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_functions_stay_short(path: Path) -> None:
    """A function has at most 40 lines and 8 branches, or a reason."""
    faults = [
        f"{function.name}: {body_lines(function)} lines, {count_branches(function)} branches"
        for function in functions(path)
        if (body_lines(function) > LONGEST_FUNCTION or count_branches(function) > MOST_BRANCHES)
        and f"{relative(path)}:{function.name}" not in LONG_FUNCTIONS
    ]
    assert not faults


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_nothing_runs_code_from_data(path: Path) -> None:
    """No eval, exec, pickle, joblib, query or unescaped HTML of a frame library."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called = {
        node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
    }
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert not called & set(FORBIDDEN_CALLS)
    assert not imported & {"pickle", "joblib", "marshal", "shelve"}


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_templates_escape_everything(path: Path) -> None:
    """No template switches escaping off, except for our own pictures and styles, which are marked in Python."""
    assert not re.search(r"\|\s*safe\b|autoescape\s+false|xmlattr|urlize", path.read_text(encoding="utf-8"))


def test_help_loads_nothing_heavy() -> None:
    """`reportgen --help` imports no heavy library."""
    script = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from reportgen.cli.main import cli\n"
        "assert CliRunner().invoke(cli, ['--help']).exit_code == 0\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    outcome = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert outcome.stdout.strip() == "[]"


def test_printing_asks_no_compiler() -> None:
    """The printer finds WeasyPrint's libraries without running a program: ctypes would run gcc for each."""
    script = (
        "import sys\n"
        "from reportgen.parallel import PRINTER, load\n"
        "sys.addaudithook(lambda event, told: event == 'subprocess.Popen' and print(told[0]))\n"
        "load(PRINTER)\n"
        "print('weasyprint' in sys.modules)\n"
    )
    outcome = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert outcome.stdout.split() == ["True"]


def test_helpers_of_a_run_load_only_what_they_use() -> None:
    """The processes that search, draw and print import neither pandas nor pydantic, a second in every run."""
    script = (
        "import importlib, sys\n"
        "from reportgen.parallel import ARTIST, PRINTER\n"
        "for name in (*ARTIST, *PRINTER): importlib.import_module(name.partition(':')[0])\n"
        "print([name for name in ('pandas', 'pydantic', 'scipy', 'seaborn', 'sklearn') if name in sys.modules])\n"
    )
    outcome = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert outcome.stdout.strip() == "[]"
