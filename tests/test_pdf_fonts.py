"""PDF editions on machines with few fonts: what is printed, read back, refused."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import BOAT, Tflow, Write
from editions import edition
from machines import fonts
from pypdf import PdfReader
from test_pdf import article, program, said, texts

from translate_flow.errors import FlowError
from translate_flow.exporters import pdf
from translate_flow.exporters.pdf.browser import MORE_FLAGS, more_flags, printed
from translate_flow.exporters.pdf.fonts import advice, told

DEBIAN = {"ID": "debian"}
MACHINES = (
    ("Noto CJK",),
    ("Nanum",),
    ("Nanum", "Noto CJK"),
    ("DejaVu", "Noto CJK"),
    ("Liberation", "Nanum"),
)
SOME = MACHINES[1:4:2]
"""Machines with one face for all, and with one for each script."""


def readers(data: bytes, file: Path) -> dict[str, str]:
    """Return the text of a PDF as three programs read it."""
    from pdfminer.high_level import extract_text

    file.write_bytes(data)
    pages = PdfReader(io.BytesIO(data)).pages
    return {
        "pdftotext": said("pdftotext", file, "-"),
        "pypdf": "\n".join(page.extract_text() for page in pages),
        "pdfminer": extract_text(io.BytesIO(data)),
    }


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    "names",
    [
        pytest.param(names, marks=() if names in SOME else pytest.mark.long)
        for names in MACHINES
    ],
    ids=" and ".join,
)
def test_words_come_out_whole(
    names: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever faces there are, each program reads each word of both languages with
    its blanks, but for what is hyphenated at the end of a line."""
    monkeypatch.setenv("FONTCONFIG_FILE", fonts(tmp_path / "f", *names))
    made = article("opinion/unborn-conscripts", "ko")
    data = pdf.export(made, layout="facing")
    lines = "By Helen Marsh · Translated by Park Mina", "글 헬렌 마시 · 옮김 박미나"
    wanted = {
        w for tag in ("en", "ko") for text in texts(made, tag) for w in text.split()
    }
    plain = {word for word in wanted if "-" not in word}
    assert len(plain) > 1000
    for name, text in readers(data, tmp_path / "made.pdf").items():
        whole = " ".join(text.split())
        broken = re.sub(r"-\s+", "", text).split()
        assert not plain - set(whole.split()) - set(broken), name
        assert all(line in whole for line in lines), name


@pytest.mark.slow
@pytest.mark.parametrize(
    ("latin", "korean"),
    [
        ("DejaVu", "Noto CJK"),
        ("Liberation", "Nanum"),
        pytest.param("DejaVu", "Nanum", marks=pytest.mark.long),
        pytest.param("Liberation", "Noto CJK", marks=pytest.mark.long),
    ],
)
def test_english_is_set_in_a_latin_face(
    latin: str, korean: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Text, labels, numbers and code of an English page are in no Korean face, if there
    is a Latin one."""
    monkeypatch.setenv("FONTCONFIG_FILE", fonts(tmp_path / "f", latin, korean))
    made = edition("# One\n\nTwo `three`.\n\n    four five\n", {}, {})
    reader = PdfReader(io.BytesIO(pdf.export(made, layout="source")))
    others: list[str] = []

    def seen(text: str, *rest: Any) -> None:
        face = (rest[-2] or {}).get("/BaseFont", "no name")
        if f"+{latin}" not in face:
            others.append(text)

    for page in reader.pages:
        page.extract_text(visitor_text=seen)
    # the colophon has the name of Korean in Korean
    assert "".join(others).split() == ["한국어"]


@pytest.mark.slow
def test_latin_within_korean_is_set_in_a_latin_face(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names and figures in a Korean text are in a Latin face, bold ones too, if there
    is one; all else is in the Korean one."""
    monkeypatch.setenv("FONTCONFIG_FILE", fonts(tmp_path / "f", "Liberation", "Nanum"))
    made = edition(
        "One.\n", {"One": "‘국회’의 Han River 9호와 **Bold** 글."}, {}, proof=False
    )
    reader = PdfReader(io.BytesIO(pdf.export(made, layout="target")))
    faces: dict[str, str] = {}

    def seen(text: str, *rest: Any) -> None:
        face = (rest[-2] or {}).get("/BaseFont", "no name")
        faces.update(dict.fromkeys(text.split(), face))

    reader.pages[0].extract_text(visitor_text=seen)
    for word in ("Han", "River", "9", "Bold"):
        assert "+LiberationSerif" in faces[word], word
    assert faces["Bold"].endswith("-Bold")
    assert "+NanumMyeongjo" in faces["글."]


MISSING = (
    (
        "Liberation",
        "# 배\n\n는 간다.\n\n- [x] two\n\n## 항구\n\n해[^a] 진[^a]라.\n\n[^a]: 글\n",
        "배는간다☑항구해진라글한국어",
    ),
    (
        "Noto CJK",
        "# One\n\nA boat \N{SAILBOAT}\U0001f6a3 and one \U0001f6a3.\n\n"
        "하나 둘 \ufe0f셋\u200d넷\u00ad. 畓 文\n",
        "⛵🚣",
    ),
    ("Nanum", "# One\n\n*\N{THAI CHARACTER KO KAI}* or \ue000.\n", "ก\ue000"),
)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "text", "letters"), MISSING)
def test_letters_that_no_font_has(
    name: str,
    text: str,
    letters: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """All that are printed as empty boxes are known, whatever script or sign; what has
    no shape of its own is not missed."""
    monkeypatch.setenv("FONTCONFIG_FILE", fonts(tmp_path / "f", name))
    made = replace(edition(text, {}, {}), proof=False)
    data = pdf.export(made, layout="source")
    assert sorted(pdf.missing(data, made, "source")) == sorted(letters)


@pytest.mark.parametrize(
    ("letters", "debian", "others"),
    [
        ("배", "fonts-nanum", "Korean"),
        ("畓あ", "fonts-noto-cjk", "CJK"),
        ("éя", "fonts-liberation", "Latin"),
        ("\U0001f6a3", "fonts-noto-color-emoji", "emoji"),
        ("☑", "fonts-dejavu-core", "symbols"),
        ("ก", "fonts-noto-core", "other scripts"),
        ("배간\U0001f6a3", "fonts-nanum fonts-noto-color-emoji", "Korean, emoji"),
    ],
)
def test_what_to_install(letters: str, debian: str, others: str) -> None:
    """On Debian and its kin the packages are named, elsewhere the kind."""
    assert advice(letters, DEBIAN) == f"sudo apt-get install {debian}"
    mint = {"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}
    assert advice(letters, mint) == f"sudo apt-get install {debian}"
    assert advice(letters, {"ID": "fedora"}) == f"install a font for {others}"
    assert advice(letters, {}) == f"install a font for {others}"


def test_letters_that_have_no_package() -> None:
    """A private letter has none; one that is not known cannot have one; of many some
    are named."""
    assert advice("\ue000", DEBIAN).startswith("take them out")
    assert told("\ufffd") == "no font here has one of its letters"
    assert told("".join(map(chr, range(0xAC00, 0xAC20)))).endswith(" and 20 more")


@pytest.mark.slow
def test_a_release_needs_its_fonts(
    project: Path, tflow: Tflow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proof says what it lacks; a release is refused and nothing is written; both are
    made anew when the font is there, though no word changed."""
    for n, text in enumerate(("마지막 배", "항구", "배는 간다.", "늦는다."), 1):
        tflow("set", f"boat:{n}", text)
    monkeypatch.setenv("FONTCONFIG_FILE", fonts(tmp_path / "poor", "Liberation"))
    pages = ("export", "boat", "--format", "pdf")
    proof = tflow(*pages)
    assert "editions/boat.en-ko.pdf: no font here has " in proof.err
    assert Path("editions/boat.en-ko.pdf").is_file()
    again = tflow(*pages, "--json").json["editions"][0]
    assert "배" in again["missing"]
    assert again["written"]
    before = Path("editions/boat.en-ko.pdf").read_bytes()
    refused = tflow(*pages, "--release", code=1)
    assert "refused boat:" in refused.err
    assert "no font here has " in refused.err
    told_json = tflow(*pages, "--release", "--json", code=1).json
    assert told_json["editions"] == []
    assert [one["check"] for one in told_json["refused"]] == ["font"]
    assert Path("editions/boat.en-ko.pdf").read_bytes() == before
    assert not Path("translations/releases/boat.toml").exists()
    rich = fonts(tmp_path / "rich", "Liberation", "Nanum")
    monkeypatch.setenv("FONTCONFIG_FILE", rich)
    assert "no font" not in tflow(*pages).err
    assert Path("editions/boat.en-ko.pdf").read_bytes() != before
    tflow(*pages, "--release")
    assert tflow(*pages, "--release").out.endswith("unchanged\n")


@pytest.mark.slow
@pytest.mark.parametrize(
    "layouts", ["source", pytest.param("target,source", marks=pytest.mark.long)]
)
def test_a_font_for_one_article_holds_no_other(
    project: Path,
    tflow: Tflow,
    write: Write,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    layouts: str,
) -> None:
    """What can be printed is released beside what cannot."""
    write("sources/plain.md", "Plain.\n")
    monkeypatch.setenv("FONTCONFIG_FILE", fonts(tmp_path / "f", "Liberation", "Nanum"))
    write("sources/boat.md", BOAT.replace("boat", "\U0001f6a3"))
    for place in ("plain:1", "boat:1", "boat:2", "boat:3", "boat:4"):
        tflow("set", place, "Latin.")
    words = ("export", "--format", "pdf", "--layout", layouts, "--release")
    done = tflow(*words, "--json", code=1).json
    assert {one["slug"] for one in done["editions"]} == {"plain"}
    assert {one["slug"] for one in done["refused"]} == {"boat"}


# --- the browser ------------------------------------------------------------

SANDBOX = (
    "[9:9:1130/2:ERROR:content/browser/zygote_host/zygote_host_impl_linux.cc:130] No "
    "usable sandbox! If this is a Debian system, please install the chromium-sandbox"
)


@pytest.mark.parametrize(
    ("log", "wrong", "hint"),
    [
        (SANDBOX, "No usable sandbox", "chromium-sandbox.*TFLOW_CHROMIUM_FLAGS"),
        (SANDBOX.replace("ERROR", "FATAL"), "No usable sandbox", "chromium-sandbox"),
        (
            "[1:ERROR:a.cc:2] Could not find any font: , sans.",
            "no fonts",
            "fonts-nanum",
        ),
    ],
)
def test_what_a_browser_says_of_its_end(
    tmp_path: Path, log: str, wrong: str, hint: str
) -> None:
    """It is passed on with what to do, however severe the browser finds it."""
    browser = program(tmp_path, "browser", f"echo '{log}' >&2; exit 1")
    with pytest.raises(FlowError, match=f"printed nothing: .*{wrong}.*{hint}"):
        printed("<p>x", browser)


def test_flags_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They reach the browser as a shell would part them, after ours."""
    assert more_flags({}) == ()
    assert more_flags({MORE_FLAGS: "--a --b='c d'"}) == ("--a", "--b=c d")
    with pytest.raises(FlowError, match="TFLOW_CHROMIUM_FLAGS: a quote is not closed"):
        more_flags({MORE_FLAGS: "--b='c"})
    got = tmp_path / "got"
    keep = f'printf "%s\\n" "$@" > "{got}"'
    browser = program(tmp_path, "browser", keep)
    monkeypatch.setenv(MORE_FLAGS, "--no-sandbox --b='c d'")
    monkeypatch.setenv("TFLOW_BROWSER", browser)
    with pytest.raises(FlowError):
        pdf.export(edition(), layout="facing")
    words = got.read_text().splitlines()
    assert words.index("--headless") < words.index("--no-sandbox")
    assert "--b=c d" in words
