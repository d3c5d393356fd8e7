"""The settings: shown, changed without a trace of the tool, documented one by one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import Tflow, Write

from translate_flow.engines import ENGINES
from translate_flow.project.settings import KNOWN, by_path

FILE = Path("translate_flow.toml")
PAGE = Path(__file__).parent.parent / "docs" / "settings.md"

OURS = """\
# the site of the harbour
[project]  # languages first
languages = [
  "en", # source
  "ko",
]
source_language = 'en'   # Jane writes English

[draft]
jobs   = 2 # a small machine

# readers pay for these
[release]
require = "reviewed"
"""


@pytest.fixture
def ours(project: Path, write: Write) -> Path:
    """A project whose settings a person wrote with care."""
    return write(str(FILE), OURS)


# --- looking ----------------------------------------------------------------


def test_all_settings_are_shown(
    ours: Path, tflow: Tflow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each setting stands in a line with its value; defaults are marked."""
    monkeypatch.setenv("COLUMNS", "80")
    out = tflow("config").out
    rows = {words[0]: words[1:] for words in map(str.split, out.splitlines())}
    assert {one.path for one in KNOWN} <= set(rows)
    assert rows["project.languages"] == ["en,", "ko"]
    assert rows["draft.jobs"] == ["2"]
    assert rows["draft.engine"] == ["google", "(default)"]
    assert max(map(len, out.splitlines())) <= 80


def test_one_setting_is_shown_as_it_is_typed(ours: Path, tflow: Tflow) -> None:
    """What one setting shows can be given back to the command."""
    shown = tflow("config", "project.languages")
    assert (shown.out, shown.err) == ("en ko\n", "language tags (BCP 47)\n")
    tflow("config", "project.languages", *shown.out.split(), "ja")
    assert tflow("config", "project.languages").out == "en ko ja\n"


def test_settings_as_json(ours: Path, tflow: Tflow) -> None:
    """JSON has each value with its own type, and says which are defaults."""
    found = tflow("config", "--json").json
    assert found["settings"]["draft.jobs"] == 2
    assert found["settings"]["project.languages"] == ["en", "ko"]
    assert found["settings"]["draft.engine"] == "google"
    assert "draft.engine" in found["defaults"]
    assert "draft.jobs" not in found["defaults"]
    assert tflow("config", "draft.jobs", "--json").json == {
        "settings": {"draft.jobs": 2},
        "defaults": [],
    }


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("draft.job", "did you mean draft.jobs?"),
        ("jobs", "did you mean draft.jobs?"),
        ("releases.require", "did you mean release.require?"),
        ("draft", "known: draft.engine, draft.jobs, draft.style"),
        ("engines.google", "see tflow config"),
        ("", "see tflow config"),
    ],
)
@pytest.mark.parametrize("rest", [(), ("3",)])
def test_an_unknown_setting(
    ours: Path, tflow: Tflow, key: str, hint: str, rest: tuple[str, ...]
) -> None:
    """What is no setting is neither shown nor set; the nearest one is named."""
    err = tflow("config", key, *rest, code=2).err
    assert err == f"error: unknown setting {key}; {hint}\n"
    assert FILE.read_text() == OURS


# --- changing ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "old", "new"),
    [
        (("draft.jobs", "8"), "jobs   = 2 #", "jobs   = 8 #"),
        (("draft.engine", "pseudo"), "machine\n", 'machine\nengine = "pseudo"\n'),
        (("project.languages", "en", "ko", "ja"), '"ko",\n', '"ko",\n  "ja",\n'),
        (("project.languages", "en,ko,ja"), '"ko",\n', '"ko",\n  "ja",\n'),
        (("release.require", "translated"), "reviewed", "translated"),
        (("project.front_matter", "제목"), "English\n",
         'English\nfront_matter = ["제목"]\n'),
        (("project.source_language", "ko"), "'en'", '"ko"'),
        (("editions.dir", "out"), '"reviewed"\n',
         '"reviewed"\n\n[editions]\ndir = "out"\n'),
        (("engines.mymemory.email", "m@example.org"), '"reviewed"\n',
         '"reviewed"\n\n[engines.mymemory]\nemail = "m@example.org"\n'),
        (("engines.libretranslate.timeout", "2.5"), '"reviewed"\n',
         '"reviewed"\n\n[engines.libretranslate]\ntimeout = 2.5\n'),
        (("--unset", "draft.jobs"), "jobs   = 2 # a small machine\n", ""),
        (("--unset", "project.source_language"),
         "source_language = 'en'   # Jane writes English\n", ""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_one_place_changes(
    project: Path, tflow: Tflow, write: Write, words: tuple[str, ...], old: str,
    new: str, ends: str
) -> None:  # fmt: skip
    """A setting changes where it stands or comes below its kin; comments, order, blanks
    and line ends stay, and undo brings the old file back."""
    assert OURS.count(old) == 1
    before = OURS.replace("\n", ends).encode()
    write(str(FILE), before)
    tflow("config", *words)
    assert FILE.read_bytes() == OURS.replace(old, new).replace("\n", ends).encode()
    tflow("undo")
    assert FILE.read_bytes() == before


def test_setting_and_unsetting_leaves_no_trace(ours: Path, tflow: Tflow) -> None:
    """A table that was made for a setting goes with it."""
    tflow("config", "engines.mymemory.email", "m@example.org")
    done = tflow("config", "--unset", "engines.mymemory.email")
    assert done.out == (
        "engines.mymemory.email = what the engine does by itself  (default)\n"
    )
    assert FILE.read_text() == OURS


def test_a_byte_order_mark_stays(project: Path, tflow: Tflow) -> None:
    """A file of an editor that marks its bytes keeps the mark."""
    FILE.write_bytes(b"\xef\xbb\xbf" + OURS.encode())
    tflow("config", "draft.jobs", "3")
    assert FILE.read_bytes() == b"\xef\xbb\xbf" + OURS.replace("= 2", "= 3").encode()


@pytest.mark.parametrize(
    ("text", "words", "wanted"),
    [
        ('project = {languages = ["en", "ko"]}\n', ("project.source_language", "ko"),
         'project = {languages = ["en", "ko"],source_language = "ko"}\n'),
        ('project.languages = ["en", "ko"]\ndraft.jobs = 3 # few\n',
         ("draft.jobs", "4"),
         'project.languages = ["en", "ko"]\ndraft.jobs = 4 # few\n'),
        ('engines = {}\n[project]\nlanguages = ["en", "ko"]\n',
         ("engines.google.timeout", "9"),
         'engines = {google = {timeout = 9}}\n[project]\nlanguages = ["en", "ko"]\n'),
        ('[project]\nlanguages = ["en", "ko"]', ("draft.jobs", "4"),
         '[project]\nlanguages = ["en", "ko"]\n\n[draft]\njobs = 4\n'),
    ],
    ids=["inline", "dotted", "nested", "no last line end"],
)  # fmt: skip
def test_other_ways_to_write_a_file(
    project: Path, tflow: Tflow, text: str, words: tuple[str, ...], wanted: str
) -> None:
    """Inline tables, dotted keys and a missing line end are kept as they are."""
    FILE.write_text(text)
    tflow("config", *words)
    assert FILE.read_text() == wanted


def test_tables_in_settings(ours: Path, tflow: Tflow) -> None:
    """A key of a table that is a setting is set like any other."""
    tflow("config", "layout.front.draft", "true")
    tflow("config", "layout.front.layout", "post")
    assert tflow("config", "layout.front").out == '{draft = true, layout = "post"}\n'
    tflow("config", "--unset", "layout.front.draft")
    tflow("config", "--unset", "layout.front.layout")
    assert FILE.read_text() == OURS


def test_what_is_so_already_is_not_written(ours: Path, tflow: Tflow) -> None:
    """A setting that holds already leaves nothing to undo."""
    assert tflow("config", "draft.jobs", "2").err == "nothing had to be changed\n"
    assert (
        tflow("config", "--unset", "editions.dir").err == "nothing had to be changed\n"
    )
    assert "nothing to undo" in tflow("undo", code=2).err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("draft.jobs", "99"), "draft.jobs: must be a number from 1 to 32"),
        (("project.languages", "en", "xx-yy-zzz"),
         "project.languages: 'xx-yy-zzz' is not a language tag"),
        (("project.languages", "en", "korean"),
         "project.languages: 'korean' is not a language tag"),
        (("draft.jobs", "many"), "draft.jobs: must be a number from 1 to 32"),
        (("draft.jobs", "true"), "draft.jobs: must be a number from 1 to 32"),
        (("draft.engine", "a", "b"), "draft.engine: must be a string"),
        (("release.require", "drafted"),
         'release.require: must be "translated" or "reviewed"'),
        (("project.languages", "ko"), "project.languages: needs two languages or more"),
        (("project.languages", "en", "k o"),
         "project.languages: 'k o' is not a language tag"),
        (("project.languages", "ko", "ja"),
         "project.source_language: 'en' is not one of project.languages"),
        (("project.source_language", "ja"),
         "project.source_language: 'ja' is not one of project.languages"),
        (("--unset", "project.languages"),
         "project.languages: needs two languages or more"),
        (("editions.dir", "../out"), "editions.dir: must be a folder of the project"),
        (("engines.libretranslate.timeout", "soon"),
         "engines.libretranslate.timeout: must be a number of seconds up to 3600"),
        (("engines.libretranslate.ulr", "http://localhost/"),
         "unknown setting engines.libretranslate.ulr; "
         "known: url, timeout, per_minute, price"),
        (("engines.libretranslate.api_key", "geheim"),
         "unknown setting engines.libretranslate.api_key; "
         "known: url, timeout, per_minute, price"),
        (("engines.another.api_key", "geheim"),
         f"unknown engine 'another'; engines are {', '.join(ENGINES)}"),
        (("engines.gogle.timeout", "3"),
         f"unknown engine 'gogle'; did you mean google? "
         f"engines are {', '.join(ENGINES)}"),
        (("engines.memory.url", "http://localhost/"),
         f"unknown engine 'memory'; did you mean mymemory? "
         f"engines are {', '.join(ENGINES)}"),
        *(
            (("draft.engine", wrong),
             f"draft.engine: unknown engine {wrong!r}; {near}engines are "
             f"{', '.join(ENGINES)}, memory")
            for wrong, near in (("google2", "did you mean google? "), ("x", ""),
                                ("DeepL", "did you mean deepl? "), ("", ""))
        ),
        *(
            ((f"engines.{engine}.url", wrong),
             f"engines.{engine}.url: {wrong!r} is not an address of the web; "
             "it must begin with http:// or https://")
            for engine in ENGINES for wrong in ("nonsense", "ftp://localhost/")
            if engine != "pseudo"
        ),
        (("engines.openai.temperature", "hot"),
         "engines.openai.temperature: must be a number from 0 to 2"),
        (("engines.openai.batch", "99"),
         "engines.openai.batch: must be a whole number from 1 to 50"),
        (("engines.openai.price", "dear"),
         "engines.openai.price: must be a number, for a million characters; "
         "like 20 or 2.5, without the currency"),
        (("engines.deepl.formality", "polite"),
         "engines.deepl.formality: 'polite' is none; known: default, more, less, "
         "prefer_more, prefer_less"),
        (("engines.papago.honorific", "yes"),
         "engines.papago.honorific: must be true or false"),
        *(
            (("editions.dir", wrong),
             f"editions.dir: {wrong.partition('/')[0]} holds other things; "
             "name another folder")
            for wrong in ("sources", "translations/ko", ".git", ".tflow/editions")
        ),
        (("--unset", "draft.jobs", "2"),
         "--unset takes no value; tflow config --unset draft.jobs"),
        (("--unset",), "unset what?; tflow config --unset KEY"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_not_written(
    ours: Path, tflow: Tflow, words: tuple[str, ...], message: str
) -> None:
    """A wrong value is one clear error, and the file stays as it was."""
    assert tflow("config", *words, code=2).err == f"error: {message}\n"
    assert FILE.read_text() == OURS
    assert "nothing to undo" in tflow("undo", code=2).err


def test_two_wrong_settings_of_an_engine(ours: Path, tflow: Tflow) -> None:
    """What is wrong beside it does not let a wrong value pass."""
    FILE.write_text(OURS + "\n[engines.openai]\nbatch = 99\n")
    err = tflow("config", "engines.openai.temperature", "hot", code=2).err
    assert err == "error: engines.openai.temperature: must be a number from 0 to 2\n"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('[draft]\nengine = "google2"\n', 4,
         f"draft.engine: unknown engine 'google2'; did you mean google? "
         f"engines are {', '.join(ENGINES)}, memory"),
        ('[engines.gogle]\nurl = "http://localhost/"\n', 3,
         f"unknown engine 'gogle'; did you mean google? "
         f"engines are {', '.join(ENGINES)}"),
        ('[editions]\ndir = "sources"\n', 4,
         "editions.dir: sources holds other things; name another folder"),
    ],
)  # fmt: skip
def test_what_cannot_be_in_the_file(
    project: Path, tflow: Tflow, text: str, line: int, message: str
) -> None:
    """A wrong value that somebody wrote into the file is told with its line."""
    FILE.write_text(f'[project]\nlanguages = ["en", "ko"]\n{text}')
    err = tflow("status", code=2).err
    assert err == f"error: {FILE}:{line}: {message}\n"


def test_the_memory_may_be_all_that_drafts(ours: Path, tflow: Tflow) -> None:
    """The engine that drafts may be none."""
    tflow("config", "draft.engine", "memory")
    assert tflow("config", "draft.engine").out == "memory\n"


# --- the page ---------------------------------------------------------------


def documented() -> dict[str, dict[str, str]]:
    """Return what the page says of each setting: the rows of the list below it."""
    found = {}
    for part in re.split(r"^### ", PAGE.read_text(), flags=re.M)[1:]:
        name, _, body = part.partition("\n")
        rows = re.findall(r"^- (\w+): (.+(?:\n  .+)*)$", body, flags=re.M)
        found[name.strip("`")] = {key: " ".join(text.split()) for key, text in rows}
    return found


@pytest.mark.parametrize("path", [one.path for one in KNOWN])
def test_each_setting_is_documented(path: str) -> None:
    """Each setting is described with its values, its true default and an example that
    holds."""
    import tomllib

    setting, told = by_path()[path], documented()[path]
    assert list(told) == ["meaning", "values", "default", "example"]
    if setting.default:
        assert told["default"] == f"`{setting.default}`"
    elif setting.usual:
        assert told["default"].lower() == setting.usual.lower()
    else:
        assert told["default"] in ("none: it must be said", "nothing")
    example = tomllib.loads(told["example"].strip("`"))
    key = path.rpartition(".")[2]
    assert list(example) == [key]
    assert setting.shape(example[key]) is None


def test_nothing_else_is_documented() -> None:
    """The page knows no setting that the program does not know."""
    from translate_flow.engines import ENGINES

    names = set(documented())
    engines = {name for name in names if name.startswith("engines.")}
    assert names - engines == set(by_path())
    known = {key for kind in ENGINES.values() for key in kind.settings}
    assert {name.rpartition(".")[2] for name in engines} == known


def test_one_value_is_not_one_a_name(ours: Path, tflow: Tflow) -> None:
    """A setting that is said once cannot be said for a language beside it."""
    tflow("config", "site.title", "A")
    err = tflow("config", "site.title.ko", "가", code=2).err
    assert err == (
        "error: site.title is one value, not one for each name; "
        "tflow config --unset site.title\n"
    )


@pytest.mark.parametrize("tag", ["ko", "zh-Hant-TW", "sl-rozaj-biske", "de-CH-1901",
                                 "es-419", "en-x-house", "ar-arb"])  # fmt: skip
def test_tags_of_languages(tag: str, project: Path, tflow: Tflow) -> None:
    """Any tag with the parts of BCP 47 is one."""
    tflow("config", "project.languages", "en", tag)


def test_a_server_of_ones_own_needs_no_key(
    project: Path, tflow: Tflow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no key would go along, any server may be named."""
    monkeypatch.delenv("LIBRETRANSLATE_API_KEY", raising=False)
    tflow("config", "engines.libretranslate.url", "https://lt.example.org")
    told = tflow("config", "engines.deepl.url", "https://deepl.example.org", code=2).err
    assert "the key is not for deepl.example.org" in told
