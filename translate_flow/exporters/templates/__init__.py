"""Pages made of templates: ours in this process, a project's in another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from translate_flow.exporters.templates.filling import FOLDER, Template, rendered

__all__ = ["FOLDER", "Template", "filled"]


def filled(
    template: Template, own: Mapping[str, str], values: Mapping[str, Any]
) -> str:
    """Return a page: a template with its values filled in.

    Templates run in Jinja's sandbox: they see the values, and nothing of the machine;
    those of a project in a process that has little time.

    :param own: the project's templates by file name.
    :param values: text, which is escaped; HTML as ``Markup``.
    :raises FlowError: with file and line, if a template is wrong; if it takes too long
        or too much.
    """
    if template.theirs not in own:
        return rendered(template, {}, values)
    from translate_flow.exporters.templates.confined import Work, confined

    return confined(Work(template, own, values), f"{FOLDER}/{template.theirs}")
