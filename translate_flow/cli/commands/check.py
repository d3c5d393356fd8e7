"""``check``: what a translation must not lose, unit by unit."""

from __future__ import annotations

import typer

from translate_flow.cli.face import face
from translate_flow.cli.options import All, Command, FailOn, Form, Lang, Places, all_of
from translate_flow.cli.terminal.findings import show_findings


def check(
    context: typer.Context,
    places: Places = None,
    everything: All = False,
    lang: Lang = None,
    fail_on: FailOn = "error",
    form: Form = "text",
) -> None:
    """Show what translations lost or invented."""
    named = all_of(places, everything)
    show_findings(face(context), named, lang, fail_on=fail_on, form=form)


COMMANDS = {
    "check": Command(
        check,
        (
            "tflow check                 # all articles; exit 1 for an error",
            "tflow check russia:7",
            "tflow check --fail-on warning --format github",
            "tflow check --format sarif > tflow.sarif",
        ),
    ),
}
