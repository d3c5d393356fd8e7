"""What a type checker sees of the promised names; nothing here is ever run."""

from __future__ import annotations

from pathlib import Path
from typing import assert_type

import translate_flow as tf


def without_a_project(text: str) -> None:
    """Texts become values, and values texts."""
    article = assert_type(tf.parse(text), tf.Article)
    assert_type(article.segments, tuple[tf.Segment, ...])
    catalog = assert_type(tf.new_catalog("sources/a.md", "en", "ko"), tf.Catalog)
    catalog = assert_type(tf.read_catalog(tf.write_catalog(catalog)), tf.Catalog)
    result = assert_type(tf.sync(article, catalog, today="2026-11-30"), tf.SyncResult)
    assert_type(result.changes, tuple[tf.Change, ...])
    unit = result.catalog.units[0]
    assert_type(tf.take(unit, "배", by="mina", today="2026-11-30"), tf.Unit)
    edition = assert_type(tf.edition(article, result.catalog), tf.Edition)
    assert_type(edition.pairs, tuple[tf.Pair, ...])
    assert_type(edition.pairs[0].state, tf.State)
    layout: tf.Layout = "facing"
    assert_type(tf.export(edition, "html", layout, order="target"), str | bytes)


def with_a_project(folder: Path) -> None:
    """A workspace acts as the command line does."""
    workspace = assert_type(tf.open(folder, machine="claude"), tf.Workspace)
    assert_type(workspace.root, Path)
    assert_type(workspace.articles(), tuple[str, ...])
    assert_type(workspace.translation("russia", "ko"), tf.Edition)
    assert_type(workspace.status(), tuple[tf.Standing, ...])
    assert_type(workspace.drift("russia"), tuple[tf.Drifted, ...])
    assert_type(workspace.sync(check=True), tuple[tf.Change, ...])
    assert_type(workspace.set("russia:7", "배", by="mina"), tuple[tf.Finding, ...])
    assert_type(workspace.accept("russia:7"), int)
    assert_type(workspace.export(formats=["md"], release=True), tf.Exported)


def errors(error: tf.FlowError) -> None:
    """An error says what is wrong, where, and what to do."""
    assert_type(error.message, str)
    assert_type(error.file, str | None)
    assert_type(error.line, int | None)
    assert_type(error.hint, str | None)
