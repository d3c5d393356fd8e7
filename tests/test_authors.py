"""A text that a machine's commit brought in is that machine's draft until a person
takes it; what other tools say of their texts is heeded."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import polib
import pytest
from conftest import Once, Tflow, Write

from translate_flow.actors.claims import claim
from translate_flow.actors.naming import KNOWN
from translate_flow.catalog import parse
from translate_flow.model import Mark, Unit

KO = "배는 아홉 시에 떠난다."
CATALOG = "translations/ko/boat.po"


def git(*words: str, **environ: str) -> None:
    """Run git in the test's folder."""
    subprocess.run(
        ["git", *words], check=True, capture_output=True, env={**os.environ, **environ}
    )


def unit(n: int, name: str = CATALOG) -> Unit:
    """Return a unit of a catalog as it is saved, by its segment's number."""
    return parse(Path(name).read_text(), name=name).units[n - 1]


def mark(n: int) -> Mark:
    """Return the mark of a unit."""
    return unit(n).mark or Mark()


def typed(n: int, text: str, name: str = CATALOG) -> None:
    """Type a target in another editor, which takes the flag off."""
    po = polib.pofile(name, wrapwidth=0)
    po[n - 1].msgstr, po[n - 1].fuzzy = text, False
    po.save()


def committed(message: str = "work", **environ: str) -> None:
    """Commit everything."""
    git("add", "-A")
    git("commit", "-qm", message, **environ)


def state(tflow: Tflow, n: int) -> str:
    """Return the state of a unit, as it is without a sync of one's own."""
    found: str = tflow("show", f"boat:{n}", "--json").json["units"][0]["state"]
    return found


@pytest.fixture
def repository(project: Path, write: Write, tflow: Tflow, once: Once) -> Path:
    """The project in a repository, with its catalog, nothing translated."""

    @once
    def arrange() -> None:
        write(".gitignore", ".tflow/\n")
        git("init", "-q")
        tflow("sync")
        committed("start")

    return project


# --- commits ----------------------------------------------------------------

MACHINES = {
    "Assisted-by: Some-Agent": "some-agent",
    "Assisted-by: Claude:claude-opus-4-7 coccinelle": "claude",
    "Assisted-by: SomeTool <noreply@sometool.example>": "sometool",
    "Assisted-by: generic LLM chatbot": "generic-llm-chatbot",
    "Co-authored-by: Claude <noreply@anthropic.com>": "claude",
    "Co-Authored-By: Claude Opus 4.5 <noreply@anthropic.com>": "claude",
    "Co-authored-by: Copilot <198982749+Copilot@users.noreply.github.com>": "copilot",
    "Co-authored-by: Cursor <cursoragent@cursor.com>": "cursor",
    "Co-authored-by: aider (gpt-4o) <aider@aider.chat>": "aider",
    "Co-authored-by: gemini-cli <x@example.org>": "gemini",
    "co-authored-by: translate-bot[bot] <1+t[bot]@users.noreply.github.com>": (
        "translate-bot"
    ),
    "Generated-by: ChatGPT 5": "chatgpt",
    "AI-assisted: yes": "machine",
    "Signed-off-by: dependabot[bot] <support@github.com>": "dependabot",
    "Co-authored-by: Devin AI <x@example.org>\n\nmore words after it": "devin",
    "🤖 Generated with [Claude Code](https://claude.com/claude-code)": "claude",
    "💘 Generated with Crush": "crush",
    "  assisted-by:Codex:GPT-5.5  ": "codex",
}
"""What messages say, and the origins that come of it."""

PEOPLE = (
    "Co-authored-by: Bob Smith <bob@example.org>",
    "Co-authored-by: Claude Dupont <claude.dupont@example.org>",
    "Co-authored-by: Devin Jones <devin@example.org>",
    "Co-authored-by: Tanaka Ai <ai@example.org>",
    "Assisted-by: Bob Smith <bob@example.org>",
    "Assisted-by: none",
    "Reviewed-by: Claude <noreply@anthropic.com>",
    "Signed-off-by: Mina <mina@example.org>",
    "The table was generated with Sphinx.",
    "This has nothing to do with Claude or Copilot.",
)
"""What messages say of people, or not of who wrote."""


@pytest.mark.parametrize(("says", "origin"), MACHINES.items())
def test_a_commit_that_names_a_machine_brings_its_drafts(
    tflow: Tflow, repository: Path, says: str, origin: str
) -> None:
    """What came in a commit whose message names a machine stays a draft of it."""
    typed(3, KO)
    committed(f"translate\n\n{says}")
    assert state(tflow, 3) == "draft"
    tflow("sync")
    assert (mark(3).origin, mark(3).ok, unit(3).fuzzy) == (origin, None, True)
    tflow("sync", "--check")


@pytest.mark.parametrize("says", PEOPLE)
def test_a_commit_of_people_brings_what_they_typed(
    tflow: Tflow, repository: Path, says: str
) -> None:
    """Names that are people's, and words that are no trailers, take nothing away."""
    typed(3, KO)
    committed(f"translate\n\n{says}")
    tflow("sync")
    assert state(tflow, 3) == "translated"
    assert mark(3).origin == "human"


WRITERS = {
    "Claude <noreply@anthropic.com>": "claude",
    "Cursor Agent <cursoragent@cursor.com>": "cursor",
    "Jane Doe (aider) <jane@example.org>": "aider",
    "github-actions[bot] <1+github-actions[bot]@users.noreply.github.com>": (
        "github-actions"
    ),
    "Google Translate <noreply-mt-google-translate@weblate.org>": "google",
    "Weblate (bot) <hosted@weblate.org>": "weblate-bot",
    "Acme Agent <x@example.org>": "acme-agent",
}


@pytest.mark.parametrize(("author", "origin"), WRITERS.items())
def test_an_author_that_is_a_machine(
    tflow: Tflow, repository: Path, author: str, origin: str
) -> None:
    """What a machine commits in its own name is its draft."""
    typed(3, KO)
    name, _, address = author.rstrip(">").partition(" <")
    committed(GIT_AUTHOR_NAME=name, GIT_AUTHOR_EMAIL=address)
    tflow("sync")
    assert (state(tflow, 3), mark(3).origin) == ("draft", origin)


@pytest.mark.parametrize(
    ("committer", "found"),
    [
        ("GitHub <noreply@github.com>", "translated"),
        ("Weblate <hosted@weblate.org>", "translated"),
        ("mergify[bot] <1+mergify[bot]@users.noreply.github.com>", "translated"),
        ("Claude <noreply@anthropic.com>", "draft"),
    ],
)
def test_who_only_passes_on(
    tflow: Tflow, repository: Path, committer: str, found: str
) -> None:
    """A server or a bot that commits in a person's name is not who wrote; an agent that
    does may be."""
    typed(3, KO)
    name, _, address = committer.rstrip(">").partition(" <")
    committed(GIT_COMMITTER_NAME=name, GIT_COMMITTER_EMAIL=address)
    assert state(tflow, 3) == found


@pytest.mark.parametrize(
    ("setting", "says", "found"),
    [
        ('machines = ["Acme Writer"]', "Co-authored-by: Acme Writer <a@b.c>", "draft"),
        ('machines = ["a@b.c"]', "Co-authored-by: Anybody <a@b.c>", "draft"),
        ('people = ["claude"]', "Co-authored-by: Claude <c@x.y>", "translated"),
        ('people = ["Some-Agent"]', "Assisted-by: Some-Agent", "translated"),
    ],
)
def test_a_project_names_its_machines_and_people(
    tflow: Tflow, repository: Path, write: Write, setting: str, says: str, found: str
) -> None:
    """Settings add names of machines, and say which known ones are people's."""
    told = Path("translate_flow.toml").read_text()
    write("translate_flow.toml", f"{told}[authors]\n{setting}\n")
    typed(3, KO)
    committed(f"translate\n\n{says}")
    assert state(tflow, 3) == found


AGENT = "translate\n\nCo-authored-by: Claude <noreply@anthropic.com>"


def test_a_persons_own_later_act_counts(tflow: Tflow, repository: Path) -> None:
    """A person may take the draft, mend it elsewhere, or type another text: that is
    accepted, and what began as a machine's text stays labelled."""
    for n, text in ((1, "마지막 배"), (3, KO), (4, "기다리지 않는다.")):
        typed(n, text)
    committed(AGENT)
    tflow("sync")
    tflow("accept", "boat:1")
    typed(3, f"{KO} 정말이다.")
    committed("mended")
    typed(4, "안 기다린다.")
    tflow("sync")
    assert [state(tflow, n) for n in (1, 3, 4)] == ["translated"] * 3
    assert {mark(n).origin for n in (1, 3, 4)} == {"claude"}


def test_a_persons_commit_on_top_changes_nothing(
    tflow: Tflow, repository: Path
) -> None:
    """What an agent brought in stays its own when people commit other things, wrap the
    catalog anew or rename the article before anybody has synced."""
    typed(3, KO)
    committed(AGENT)
    typed(4, "기다리지 않는다.")
    committed("mine")
    subprocess.run(["msgcat", "-w", "30", CATALOG, "-o", CATALOG], check=True)
    committed("wrapped")
    git("mv", "sources/boat.md", "sources/ferry.md")
    git("mv", CATALOG, "translations/ko/ferry.po")
    committed("renamed")
    units = tflow("show", "ferry", "--json").json["units"]
    assert [one["state"] for one in units[2:]] == ["draft", "translated"]
    assert units[2]["mark"]["origin"] == "claude"


@pytest.mark.parametrize(
    "how", ["merge", "cherry-pick", "squash", "squash in silence", "rebase"]
)
def test_a_branch_of_an_agent(tflow: Tflow, repository: Path, how: str) -> None:
    """However an agent's branch comes in, its texts are its own; those of people who
    worked on the main branch meanwhile are theirs."""
    git("branch", "-M", "main")
    git("checkout", "-qb", "agent")
    typed(3, KO)
    committed(AGENT)
    git("checkout", "-q", "main")
    typed(1, "마지막 배")
    committed("mine")
    if how == "merge":
        git("merge", "-q", "-m", "merge", "agent")
    elif how == "cherry-pick":
        git("cherry-pick", "agent")
    elif how == "squash":
        git("merge", "-q", "--squash", "agent")
        committed("squashed\n\n* translate\n\nCo-authored-by: Claude <c@anthropic.com>")
    elif how == "squash in silence":
        git("merge", "-q", "--squash", "agent")
        committed("work")
    else:
        git("checkout", "-q", "agent")
        git("rebase", "-q", "main")
    assert [state(tflow, n) for n in (1, 3)] == ["translated", "draft"]


def test_a_merge_that_is_not_committed_yet(tflow: Tflow, repository: Path) -> None:
    """While a merge of an agent's branch is going on, its texts are known as well."""
    git("branch", "-M", "main")
    git("checkout", "-qb", "agent")
    typed(3, KO)
    committed(AGENT)
    git("checkout", "-q", "main")
    git("merge", "-q", "--no-commit", "--no-ff", "agent")
    assert state(tflow, 3) == "draft"


def test_what_a_person_took_is_not_the_agents_that_commits_it(
    tflow: Tflow, repository: Path
) -> None:
    """A person sets a text with tflow, and an agent commits: the person took it, also
    when the text comes back later."""
    tflow("set", "boat:3", KO)
    committed(AGENT)
    assert state(tflow, 3) == "translated"
    tflow("set", "boat:3", "아홉 시 출항.")
    typed(3, KO)
    committed("as it was")
    assert state(tflow, 3) == "translated"


def test_an_agent_that_overwrites_an_accepted_text(
    tflow: Tflow, repository: Path
) -> None:
    """An accepted, signed text that an agent's commit exchanges is a draft, flagged or
    not; the person's text in git comes back with its state."""
    tflow("set", "boat:3", KO)
    tflow("sign", "boat:3", "--by", "bob")
    committed("mine")
    typed(3, "배는 열 시에 떠난다.")
    committed(AGENT)
    assert state(tflow, 3) == "draft"
    git("checkout", "-q", "HEAD~1", "--", CATALOG)
    assert state(tflow, 3) == "reviewed"


def test_a_draft_that_an_agent_left_flagged_is_its_own(
    tflow: Tflow, repository: Path
) -> None:
    """A flagged text of an agent's commit has the agent as its origin: taken unchanged,
    it stays labelled."""
    po = polib.pofile(CATALOG, wrapwidth=0)
    po[2].msgstr, po[2].fuzzy = KO, True
    po.save()
    committed(AGENT)
    tflow("sync")
    tflow("accept", "boat:3")
    assert (state(tflow, 3), mark(3).origin) == ("translated", "claude")
    assert mark(3).draft == mark(3).tgt


def test_an_agent_that_takes_a_flag_off(tflow: Tflow, repository: Path) -> None:
    """A person was unsure of a text and left it flagged; an agent's commit takes the
    flag off: nobody took it, and it is as safe as a person's."""
    po = polib.pofile(CATALOG, wrapwidth=0)
    po[2].msgstr, po[2].fuzzy = KO, True
    po.save()
    committed("mine, unsure")
    typed(3, KO)
    committed(AGENT)
    tflow("sync")
    assert state(tflow, 3) == "draft"
    tflow("set", "boat:3", "다른 글", "--machine", "claude", code=2)


# --- what nobody has committed ----------------------------------------------


def test_what_is_not_committed_is_whose_sync_it_is(
    tflow: Tflow, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was typed since the last commit counts as typed by who runs sync: a person
    took it; a machine only drafted it, and cannot overwrite it, since a person may have
    typed it. What people committed stays theirs, whoever runs sync."""
    typed(1, "마지막 배")
    committed("mine")
    typed(3, KO)
    assert state(tflow, 3) == "translated"
    monkeypatch.setenv("TFLOW_ACTOR", "machine:claude")
    tflow("sync")
    assert [state(tflow, n) for n in (1, 3)] == ["translated", "draft"]
    assert mark(3).origin == "claude"
    tflow("set", "boat:3", "다른 글", code=2)
    monkeypatch.delenv("TFLOW_ACTOR")
    tflow("sync")
    assert state(tflow, 3) == "draft"
    tflow("accept", "boat:3")
    made = tflow("status", "--json").json["articles"][0]["made"]
    assert made["unedited"] == 1


@pytest.mark.parametrize(
    ("first", "last"), [(KO, "나"), (KO, KO), ("나", "가"), ("나", KO)]
)
@pytest.mark.parametrize("by", [["sync"], ["set", "boat:4", "넷"]], ids=["sync", "set"])
def test_what_a_machine_types_over_its_draft(
    tflow: Tflow,
    repository: Path,
    monkeypatch: pytest.MonkeyPatch,
    first: str,
    last: str,
    by: list[str],
) -> None:
    """A machine that edits its draft in the file and takes the flag off has a draft,
    whichever command absorbs that: also if its text is that of another segment that a
    person took, or of a draft that was committed."""
    tflow("set", "boat:2", "가")
    monkeypatch.setenv("TFLOW_ACTOR", "machine:claude")
    tflow("set", "boat:3", KO)
    committed("drafts")
    tflow("set", "boat:3", first)
    typed(3, last)
    tflow(*by)
    assert (state(tflow, 3), mark(3).origin, mark(3).ok) == ("draft", "claude", None)
    assert state(tflow, 2) == "translated"
    monkeypatch.delenv("TFLOW_ACTOR")
    tflow("sync")
    assert state(tflow, 3) == "draft"
    told = tflow("export", "boat", "--release", code=1)
    assert "boat:3 (ko): draft" in told.out + told.err


@pytest.mark.parametrize("text", [KO, "다른 글"])
def test_a_machine_is_not_sure_in_a_persons_place(
    tflow: Tflow, repository: Path, text: str
) -> None:
    """A text that a person committed and was unsure of stays a draft where a machine's
    sync meets it without its flag, and no machine may overwrite it."""
    po = polib.pofile(CATALOG, wrapwidth=0)
    po[2].msgstr, po[2].fuzzy = text, True
    po.save()
    committed("mine, unsure")
    typed(3, text)
    tflow("sync", "--machine", "claude")
    assert (state(tflow, 3), unit(3).target) == ("draft", text)
    tflow("set", "boat:3", "또 다른 글", "--machine", "claude", code=2)
    tflow("accept", "boat:3")
    assert state(tflow, 3) == "translated"


def test_without_git_a_machine_takes_nothing(
    tflow: Tflow, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no repository is, what a machine absorbs is a draft all the same."""
    tflow("sync")
    typed(3, KO)
    tflow("sync", "--machine", "claude")
    assert state(tflow, 3) == "draft"


# --- catalogs of other tools ------------------------------------------------

FOREIGN = """\
msgid ""
msgstr ""
"Language: ko\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
{header}
msgid "Harbour"
msgstr "항구"

{marks}
msgid "The boat leaves at 9."
msgstr "배는 아홉 시에 떠난다."
"""

MARKS = {
    "#, ai": "machine",
    "#, ai-translated": "machine",
    "#, no-wrap, automatically-translated": "machine",
    "#, ai[gemini]": "gemini",
    "# Machine-translated via DeepL": "deepl",
    "# Machine-translated via Google Translate on 2026-01-02": "google",
    "# AI-TRANSLATED": "machine",
    "# ai-translated": "machine",
    "#. machine translation": "machine",
    "#. AI-generated": "machine",
    "#. AI_TRANSLATED": "machine",
    "# Translated by ChatGPT": "chatgpt",
    "# MT: papago": "papago",
    "# 기계 번역": "machine",
    "# AI 번역": "machine",
    "# Machine translated, reviewed by nobody": "machine",
}

HEADERS = {
    '"X-Generator: gpt-po-translator 2.0\\n"': "gpt-po-translator-2.0",
    '"X-Generator: Claude Code\\n"': "claude",
    '"X-Generator: Claude (machine translation, review welcome)\\n"': "claude",
    '"X-Generator: DeepL\\n"': "deepl",
    '"Last-Translator: Claude <noreply@anthropic.com>\\n"': "claude",
    '"X-Translated-By: Google Translate\\n"': "google",
}

HARMLESS = (
    "# translated by Mina",
    "# not machine translated",
    "# machine translation checked by Mina",
    "# AI translation is what the text is about",
    "#. AI generated content warning",
    "#, no-wrap",
    "#, python-format",
    "# 기계 번역은 여기서 논하는 주제",
)


@pytest.mark.parametrize(("marks", "origin"), MARKS.items())
def test_a_foreign_entry_that_says_a_machine_made_it(
    tflow: Tflow, project: Path, write: Write, marks: str, origin: str
) -> None:
    """An entry whose flags or comments say so comes in as a draft of that origin, its
    neighbours as accepted; the words go once they are read."""
    write(CATALOG, FOREIGN.format(header="", marks=marks))
    tflow("sync")
    assert [state(tflow, n) for n in (2, 3)] == ["translated", "draft"]
    assert mark(3).origin == origin
    assert not any(claim(line, KNOWN) for line in unit(3).comments)
    assert not {"ai", "ai-translated", "automatically-translated"} & {*unit(3).flags}
    tflow("accept", "boat:3")
    typed(3, "아홉 시 출항.")
    tflow("sync")
    assert state(tflow, 3) == "translated"


@pytest.mark.parametrize(("header", "origin"), HEADERS.items())
def test_a_foreign_catalog_that_a_machine_made(
    tflow: Tflow, project: Path, write: Write, header: str, origin: str
) -> None:
    """A catalog whose header names a machine that wrote it comes in as drafts."""
    write(CATALOG, FOREIGN.format(header=header, marks="# by nobody"))
    tflow("sync")
    assert [state(tflow, n) for n in (2, 3)] == ["draft", "draft"]
    assert {mark(n).origin for n in (2, 3)} == {origin}


def test_a_comment_above_the_header_speaks_for_the_whole_catalog(
    tflow: Tflow, project: Path, write: Write
) -> None:
    """What a comment of the header says holds for every entry."""
    text = FOREIGN.format(header="", marks="#")
    write(CATALOG, f"# Machine-translated via DeepL\n#\n{text}")
    tflow("sync")
    assert {state(tflow, n) for n in (2, 3)} == {"draft"}
    assert mark(3).origin == "deepl"


@pytest.mark.parametrize("marks", HARMLESS)
@pytest.mark.parametrize("header", ["", '"X-Generator: Poedit 3.5\\n"'])
def test_words_that_say_no_such_thing(
    tflow: Tflow, project: Path, write: Write, marks: str, header: str
) -> None:
    """Comments of people, other flags and editors in the header take nothing away."""
    write(CATALOG, FOREIGN.format(header=header, marks=marks))
    tflow("sync")
    assert state(tflow, 3) == "translated"
    if marks.startswith("# "):
        assert marks[2:] in unit(3).comments


@pytest.mark.parametrize("name", ["flag", "comment", "extracted", "generator"])
def test_a_tool_that_fills_a_catalog_of_ours(
    tflow: Tflow, project: Path, name: str
) -> None:
    """A tool that fills our catalog and says so leaves drafts; a text that a person
    types beside it in the same session is told apart, if the tool marks entries."""
    tflow("sync")
    po = polib.pofile(CATALOG, wrapwidth=0)
    po[1].msgstr, po[2].msgstr = "항구", KO
    one = po[2]
    if name == "flag":
        one.flags.append("ai")
    elif name == "comment":
        one.tcomment = f"AI-TRANSLATED\n{one.tcomment}"
    elif name == "extracted":
        one.comment = f"{one.comment}\nAI-generated"
    else:
        po.metadata["X-Generator"] = "gpt-po 1"
    po.save()
    tflow("sync")
    other = "draft" if name == "generator" else "translated"
    assert [state(tflow, n) for n in (2, 3)] == [other, "draft"]
    tflow("sync", "--check")
    typed(3, "아홉 시 출항.")
    tflow("sync")
    assert state(tflow, 3) == "translated"


def test_a_foreign_catalog_that_an_agent_committed(
    tflow: Tflow, repository: Path, write: Write
) -> None:
    """A catalog without marks that came in an agent's commit is taken in as drafts; one
    that a person committed, as accepted."""
    write("sources/north.md", "# Harbour\n\nThe boat leaves at 9.\n")
    text = FOREIGN.format(header="", marks="# x")
    git("rm", "-q", "--cached", CATALOG)
    write(CATALOG, text)
    committed(AGENT)
    write("translations/ko/north.po", text)
    committed("mine")
    assert state(tflow, 3) == "draft"
    units = tflow("show", "north", "--json").json["units"]
    assert [one["state"] for one in units] == ["translated", "translated"]


@pytest.mark.parametrize("message", ["work", "work\n\nCo-authored-by: Claude <x@y.z>"])
def test_what_a_shallow_clone_cannot_know(
    tflow: Tflow,
    repository: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    message: str,
) -> None:
    """Whoever typed a text before a shallow clone begins, there it is a draft at best;
    what is typed in the clone is a person's."""
    typed(2, KO)
    committed(message)
    Path("sources/other.md").write_text("Something else.\n")
    committed("more")
    clone = tmp_path / "shallow"
    git("clone", "-q", "--depth", "1", f"file://{repository.resolve()}", str(clone))
    monkeypatch.chdir(clone)
    assert state(tflow, 2) == "draft"
    typed(3, "기다리지 않는다.")
    assert state(tflow, 3) == "translated"
