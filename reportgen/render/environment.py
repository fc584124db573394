"""Makes the Jinja environment of every output: escaping on, an undefined name is an error, numbers through wording."""

from __future__ import annotations

from types import CodeType

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, pass_eval_context
from jinja2.bccache import Bucket
from jinja2.nodes import EvalContext
from markupsafe import Markup

from reportgen import language, wording
from reportgen.render.tokens import design_tokens
from reportgen.resources import find_resource
from reportgen.theme import Theme

FILTERS = {
    "count": wording.format_count,
    "number": wording.format_number,
    "share": wording.format_share,
    "sd": wording.format_sd,
    "amount": wording.format_amount,
    "sentence_case": wording.sentence_case,
    "scrub": wording.scrub,
}


@pass_eval_context
def translated(context: EvalContext, message: str, **parts: object) -> str:
    """The text in the language spoken: its markup is a catalogue's and stands, that of its parts is escaped."""
    if not context.autoescape:
        return language.text(message, **parts)
    found = Markup(language.text(message))  # noqa: S704 - of the code or a catalogue, with nothing of the export in it
    return found.format_map(parts) if parts else found


class CompiledOnce(BytecodeCache):
    """Keeps compiled templates for every environment of this process."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code:
            self._codes[bucket.key, bucket.checksum] = bucket.code


COMPILED = CompiledOnce()


def environment(theme: Theme) -> Environment:
    """The environment over `templates/`, with `theme`, its `tokens` and `_` as the only globals.

    `autoescape` is given outright: `select_autoescape()` looks at the file's ending and leaves `.j2` unescaped.
    """
    made = Environment(
        loader=FileSystemLoader(find_resource("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=COMPILED,
    )
    made.globals.clear()
    made.globals.update(theme=theme, tokens=design_tokens(theme), _=translated)
    made.filters.update(FILTERS)
    return made
