"""What editions say in their readers' languages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from translate_flow.model import State

LANGUAGES = {
    "de": "Deutsch",
    "en": "English",
    "es": "Español",
    "fr": "Français",
    "ja": "日本語",
    "ko": "한국어",
    "zh": "中文",
}

STATES: Mapping[str, Mapping[str, str]] = {
    "en": {
        State.UNTRANSLATED: "untranslated",
        State.DRAFT: "draft",
        "unread": "machine draft",
        State.DRIFTED: "source changed",
        State.TRANSLATED: "translated",
        State.REVIEWED: "reviewed",
        State.OMITTED: "left out",
    },
    "ko": {
        State.UNTRANSLATED: "미번역",
        State.DRAFT: "초안",
        "unread": "기계 번역 초안",
        State.DRIFTED: "원문 바뀜",
        State.TRANSLATED: "번역",
        State.REVIEWED: "감수",
        State.OMITTED: "생략",
    },
}

PHRASES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "by": "By {}",
        "translator": "Translated by {}",
        "printed_first": "First printed in {}",
        "printed": "Printed in {}",
        "headline": "as “{}”",
        "adapted": "adapted",
        "proof": "Proof",
        "unfinished": "Not for release: {} of {} segments are unfinished.",
        "ready": "All {} segments are finished.",
        "notes": "Notes",
        "note": "Note {}",
        "back": "Back to note mark {}",
        "segment": "Segment {}",
        "paragraph": "Paragraph {}",
        "heading": "Link to this heading",
        "source": "Source revision",
        "segments": "Segments {}",
        "unread": "Unread machine texts: {}",
        "no_unread": "No unread machine text",
        "edited": "Machine texts edited by people: {}",
        "unedited": "Machine texts taken unchanged: {}",
        "origins": "Translation: {}",
        "taken_by": "Accepted by {}",
        "signed_by": "Reviewed by {}",
        "share": "{} of {}",
        "glossary": "Glossary {}",
        "behind_source": "The translation is behind: {} of {} passages follow an "
        "earlier version of this text.",
        "behind_target": "This translation is behind: {} of {} passages follow an "
        "earlier version of the original.",
        "correction": "Correction, {}: {}",
        "links": "Titles of links",
        "show": "Show",
        "both": "Both",
        "unfold": "Open all",
        "beside": "Side by side",
        "image": "Image",
        "joined": "told in another passage",
        "joined_in": "{} paragraph {}",
        "added": "added in translation",
        "done": "done",
        "open": "not done",
        "contents": "Contents",
        "text": "Text",
        "colophon": "About this edition",
        "access": "All text can be read aloud and enlarged; headings lead through it, "
        "and each passage names its language.",
        "copied": "Link copied",
        "enter": "Type the translation here",
    },
    "ko": {
        "by": "글 {}",
        "translator": "옮김 {}",
        "printed_first": "{} 첫 수록",
        "printed": "{} 수록",
        "headline": "지면 제목 ‘{}’",
        "adapted": "지면에 맞춰 편집",
        "proof": "교정쇄",
        "unfinished": "공개 전: {1}개 단위 가운데 {0}개가 끝나지 않았습니다.",
        "ready": "{}개 단위가 모두 끝났습니다.",
        "notes": "주",
        "note": "주 {}",
        "back": "주 {} 표시로 돌아가기",
        "segment": "단위 {}",
        "paragraph": "단락 {}",
        "heading": "이 제목의 링크",
        "source": "원문 판",
        "segments": "{}개 단위",
        "unread": "확인하지 않은 기계 번역 {}개",
        "no_unread": "확인하지 않은 기계 번역 없음",
        "edited": "사람이 고친 기계 번역 {}개",
        "unedited": "고치지 않고 받아들인 기계 번역 {}개",
        "origins": "번역 출처: {}",
        "taken_by": "번역 확인 {}",
        "signed_by": "감수 {}",
        "share": "{1}개 가운데 {0}개",
        "glossary": "용어집 {}",
        "behind_source": "이 글은 번역한 뒤에 고쳤습니다. 번역문 {1}곳 가운데 {0}곳은 "
        "이전 판을 옮긴 것입니다.",
        "behind_target": "원문은 번역한 뒤에 고쳤습니다. 이 번역 {1}곳 가운데 {0}곳은 "
        "이전 판을 옮긴 것입니다.",
        "correction": "{} 바로잡음: {}",
        "links": "링크 제목",
        "show": "보기",
        "both": "둘 다",
        "unfold": "모두 펼치기",
        "beside": "나란히 읽기",
        "image": "그림",
        "joined": "다른 단락에 합침",
        "joined_in": "{} {}단락",
        "added": "번역에서 덧붙임",
        "done": "완료",
        "open": "미완료",
        "contents": "차례",
        "text": "본문",
        "colophon": "이 판에 대하여",
        "access": "모든 글을 소리로 듣거나 크게 볼 수 있습니다. 제목을 따라 옮겨 다닐 "
        "수 있고, 단락마다 언어가 표시되어 있습니다.",
        "copied": "링크 복사 완료",
        "enter": "여기에 번역 입력",
    },
}

ORIGINS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "human": "people",
        "adopted": "earlier translation",
        "memory": "translation memory",
    },
    "ko": {
        "human": "사람",
        "adopted": "기존 번역",
        "memory": "번역 메모리",
    },
}
"""Where a text first came from; an engine goes by its own name."""

BOXES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "note": "Note",
        "info": "Info",
        "tip": "Tip",
        "warning": "Warning",
        "caution": "Caution",
        "danger": "Danger",
        "important": "Important",
        "question": "Question",
        "example": "Example",
        "quote": "Quote",
        "details": "Details",
    },
    "ko": {
        "note": "참고",
        "info": "정보",
        "tip": "도움말",
        "warning": "주의",
        "caution": "조심",
        "danger": "위험",
        "important": "중요",
        "question": "질문",
        "example": "예",
        "quote": "인용",
        "details": "자세히",
    },
}


PARTS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "note": "Author's note",
        "introduction": "Introduction",
        "afterword": "Afterword",
        "correction": "Correction",
        "editor": "Editor's note",
        "translator": "Translator's note",
        "only": "English only",
    },
    "ko": {
        "note": "글쓴이의 말",
        "introduction": "들어가며",
        "afterword": "뒷이야기",
        "correction": "바로잡습니다",
        "editor": "엮은이의 말",
        "translator": "옮긴이의 말",
        "only": "한국어로만",
    },
}


MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def base(language: str) -> str:
    """Return the language whose words we use for a tag: its own if we have them, else
    English."""
    primary = language.partition("-")[0].lower()
    return primary if primary in PHRASES else "en"


def language_name(language: str) -> str:
    """Return a language's name in itself, or its tag."""
    return LANGUAGES.get(language.partition("-")[0].lower(), language)


def state_name(standing: str, language: str) -> str:
    """Return what readers of a language call a state, or ``unread``."""
    return STATES[base(language)][standing]


def origin_name(origin: str, language: str) -> str:
    """Return what readers of a language call the origin of a text."""
    return ORIGINS[base(language)].get(origin, origin)


def marker(standing: str, language: str) -> str:
    """Return the bracketed marker of what is unfinished: ``[draft]``, ``〔초안〕``."""
    name = state_name(standing, language)
    return f"〔{name}〕" if base(language) == "ko" else f"[{name}]"


def phrase(key: str, language: str, *values: object) -> str:
    """Return a phrase with its values filled in."""
    return PHRASES[base(language)][key].format(*values)


def box_name(kind: str, language: str) -> str:
    """Return what readers call a type of box; empty if it has no common name."""
    return BOXES[base(language)].get(kind.lower(), "")


def part_name(kind: str, language: str) -> str:
    """Return what readers call a part that is there in one language only:
    ``Author's note · English only``."""
    words = PARTS[base(language)]
    known = base(language) == language.partition("-")[0].lower()
    only = words["only"] if known else language_name(language)
    return f"{words.get(kind.lower(), kind)} · {only}"


def long_date(day: date, language: str) -> str:
    """Return a date as readers write it: ``18 November 2013``, ``2013년 11월 18일``."""
    if base(language) == "ko":
        return f"{day.year}년 {day.month}월 {day.day}일"
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
