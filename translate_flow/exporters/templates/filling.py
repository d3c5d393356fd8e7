"""Templates of pages, filled in: the package's own, or a project's in their place."""

from __future__ import annotations

import math
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from translate_flow.errors import FlowError

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER = "templates"
"""Where a project keeps its own; errors name it."""


@dataclass(frozen=True, slots=True)
class Template:
    """A template of ours and what takes its place."""

    package: str
    """The package that it lies in."""

    ours: str
    """Its file; at its top it lists its variables."""

    theirs: str
    """The project's file, which may extend ours by its name."""


def rendered(
    template: Template,
    own: Mapping[str, str],
    values: Mapping[str, Any],
    *,
    largest: float = math.inf,
) -> str:
    """Return a page, in this process and as long as that takes.

    :param largest: characters of the page.
    :raises FlowError: with file and line, if a template is wrong, or the page too long.
    """
    from jinja2 import TemplateSyntaxError

    name = template.theirs if template.theirs in own else template.ours
    try:
        environment = _environment(template, tuple(sorted(own.items())))
        parts, size = [], 0
        for part in environment.get_template(name).generate(values):
            size += len(part)
            if size > largest:
                raise MemoryError("the page is too long")
            parts.append(part)
        return "".join(parts) + "\n"
    except TemplateSyntaxError as error:
        raise _wrong(template, error, error.name or name, error.lineno) from error
    except Exception as error:
        # a template may do sums and call filters: any error of these is its own
        if not own:
            raise
        place = _place(error, {template.ours, *own}, name)
        raise _wrong(template, error, *place) from error


@lru_cache(maxsize=8)
def _environment(
    template: Template, own_items: tuple[tuple[str, str], ...]
) -> Environment:
    """Return what compiles templates, the same for all pages of a run."""
    own = dict(own_items)
    from jinja2 import FunctionLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    def load(name: str) -> tuple[str, str, None] | None:
        if name == template.ours:
            return (files(template.package) / name).read_text("utf-8"), name, None
        return (own[name], name, None) if name in own else None

    return SandboxedEnvironment(
        loader=FunctionLoader(load),
        autoescape=True,
        undefined=StrictUndefined,
    )


def _place(error: BaseException, known: Set[str], name: str) -> tuple[str, int]:
    """Return the template and line that an error comes from."""
    place, trace = (name, 1), error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file in known:
            place = file, trace.tb_lineno
        trace = trace.tb_next
    return place


def _wrong(template: Template, error: Exception, name: str, line: int) -> FlowError:
    from jinja2 import TemplateNotFound

    says = " ".join(str(error).split()) or type(error).__name__
    if isinstance(error, TemplateNotFound):
        says = f"no template {error.name!r}"
    file = name if name == template.ours else f"{FOLDER}/{name}"
    hint = f"its variables are listed at the top of {template.ours}"
    return FlowError(f"template: {says}", file, line, hint=hint)
