"""Korean words that are surely wrong, and what is meant: particles in a form that
nothing has there, and misspellings that everybody reads alike.

Somebody translated what stood there. Where it may be another word, it is not wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import normalize

from translate_flow.text.korean import PAIRS, fitted
from translate_flow.text.misspellings import RULES, SLIPS
from translate_flow.text.sounds import (
    FIRST,
    LAST,
    LONGEST,
    MARKS,
    coda,
    jamo,
    of_syllable,
)

# --- wrong particles put right ----------------------------------------------

IMPOSSIBLE: tuple[tuple[str, str, str, re.Pattern[str]], ...] = (
    ("C", "를", "을", re.compile("를$")),
    ("", "을", "를", re.compile("을$")),
    ("C", "와", "과", re.compile("와(?:는|도|의|만)?$")),
    ("", "으로", "로", re.compile("으로(?:서|써|부터|까지)?(?:는|도|만|의)?$")),
    ("", "은", "는", re.compile("은$")),
)
"""How a stem ends, the form that no word has after it, and the right one (part H)."""

REAL = re.compile(
    r"(?:.*(?:마을|노을|휘저을|내저을|매듭지을|결론지을|관련지을|특징지을|퍼부을"
    r"|쏟아부을|뒤이을|더나은|퍼부은|쏟아부은|뒤이은)|[초늦올갈]?가을|지난가을"
    r"|(?:불러|긁어|쓸어|그러|끌어)?모을|[고너지이나부그저쏘꼬자]을)$"
)
"""Words that only look like a vowel with 을 or 은."""
RATE = re.compile(r"(?<=[가-힣])[율률]")
SURE_AFTER_DIGITS = re.compile(r"[은는을를와이]\W|으로")
"""Particles that are nothing else after 3 or API: 제2과 and 종로3가 are names."""
LEAST_WITH_TOPIC = 3
"""A word with 은 after a vowel must be so long: 지은 and 나은 are verbs."""

EYO = (("에요", "예요", ""), ("이예요", "이에요", ""))
ENDS = tuple(
    (re.compile(rf"(?P<form>{c}|{v})(?P<tail>{tail})[\W_]*$"), c, v)
    for c, v, tail in (*PAIRS, ("이였", "이었", ".*"), *EYO)
)
"""Particles at the end of a word."""
ALWAYS = ("였", "여", "예요", "이었", "이에요", "이어", "야말로")
"""Forms that nothing else ends in: of 먹였다 and 먹이었다 both are the same word."""
BEHIND = ")]}`%℃>+#$=\ue000\ue001\ue002"
"""What code and the like end in."""
LONG_ENOUGH = 2
BEFORE_I = "사나아로까"
"""사나이, 새로이: words that an 이 belongs to."""
BEFORE_GWA = "무사보리계아후부기외의어제회지도교치취내"
"""총무과, 소아과: words that a 과 belongs to."""
LOAN_CLOSED = (
    "들것곳값템션팅링셋폰닛턴핑딩닝싱킹밍릭틱픽믹킷핏빗넷펙벨델널털클글플딜팀톤폼럼먼런킨림"
    "팸릿맷켓켈젯잭"
)
SETTLED = re.compile(
    "(?:사람|이름|파일|타입|버튼|배열|문자열|화면|방법|조건|도메인|모듈|모델|[컬칼]럼|스택|콜백|문법"
    "|속성|시간|공간|순간|구간|동안|방식|형식|표현식|의존성|결과물|[가-힣][성형])$"
)
"""How nouns end behind which 가 is no family, no price, and 로 no street."""
VERBS = (
    "먹막박죽녹속식썩찍적익작약숙묵축꺾깎닦묶섞엮겪볶낚솎신안앉얹많않끊닫믿뜯받얻걷묻싣뻗쏟"
    "돋굳곧듣긷담남넘숨감심참품뿜검삼잠춤듬금옮굶닮삶곪젊잡입씹접집꼽뽑업줍굽눕돕곱춥덥좁뵙"
    "쉽렵럽겁갑답맙넓밟짧얇떫엷밝맑늙긁붉굵갉낡읽묽있없겠었았했씻짓잇붓낫젓긋웃벗빗솟앗뺏찾맞"
    "잊찢꽂짖젖늦맺갖낮궂쫓좇갚덮엎짚높깊싶맡붙뱉흩같얕넣놓낳쌓닿좋땋찧빻읊긴른은한된던앓잃끓꿇뚫싫옳닳곯핥훑"
    "얽옭딛붇멎짙삭갇벋깁렇떻갛"
)
"""Consonants that verbs have before 는, or that may be the end of one."""
NOUNS = re.compile(
    "(?:[방형공의지수서인]식|현식|[목누추실흔면]적|[동시제조]작|[예제요]약|[접상]속"
    "|[작수기산사졸영]업|[수도대진삽가투유구]입|[수편모밀]집|[직간인면]접|[제상작부식물]품"
    "|[관중핵의양결]심|[공예영체]감|[부상농]담|[방제대보]안|[통수송자갱최확당]신|[자천]막"
    "|[대압숙]박|[소무기권제유]한|[압단건농]축|[연계구]속|[해정응대]답|마지막|대신|주입|동안|[정동논]적"
    "|논리적|제곱|모던)$"
)
"""Nouns that end as verbs do."""
TWICE_OVER = re.compile(
    r"(?<=[^\s])(?P<one>을|를|는|은|에|에서|에게|으로|까지|부터|처럼|들|습니다|니다"
    r"|(?<=[니었했됐있없])다)(?P=one)(?P<rest>[\W_]*)$"
)


def mended(before_word: str, after_word: str) -> bool:
    """Say whether a changed 어절 is the same stem whose impossible particle was put
    right: 조약를 → 조약을, 60를 → 60을. False wherever the old form may be a word:
    먹는 → 먹은, 가을 → 가를."""
    if before_word == after_word or not 0 < len(before_word) <= LONGEST:
        return False
    if after_word in _mendings(before_word) or after_word == _once(before_word):
        return True
    return any(
        after_word == word and _is_wrong(stem, form, tail)
        for word, stem, form, tail in _exchanged(before_word)
    )


def _mendings(word: str) -> set[str]:
    found = {_rate(word)} | _digits_mended(word)
    stripped = re.sub(r"[\W_]+$", "", word)
    rest = word[len(stripped) :]
    for end, _, right, shape in IMPOSSIBLE:
        if (wrong := shape.search(stripped)) and _surely(stripped, wrong, end):
            tail = re.sub("^(?:으로|[을를은와])", "", wrong[0])
            found.add(stripped[: wrong.start()] + right + tail + rest)
    return found


def _surely(word: str, wrong: re.Match[str], end: str) -> bool:
    stem = _bare(word[: wrong.start()])
    if not stem or not FIRST <= stem[-1] <= LAST or REAL.match(word):
        return False
    if wrong[0] == "은" and len(word) < LEAST_WITH_TOPIC:
        return False
    heard = of_syllable(stem[-1])
    if wrong[0].startswith("으로"):
        return heard in ("", "ㄹ")
    return (heard != "") if end else heard == ""


def _exchanged(word: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield a word with what may be a particle at its end in the other form; the stem,
    the form that stood there, and what follows it."""
    for shape, closed, opened in ENDS:
        if found := shape.search(word):
            stem, rest = word[: found.start()], word[found.end("form") :]
            other = opened if found["form"] == closed else closed
            yield stem + other + rest, stem, found["form"], found["tail"]


def _is_wrong(stem: str, form: str, tail: str) -> bool:
    """Whether a form is part of no word behind a stem, and not the one that fits:
    연습장는, 서버이라는. Behind code either form is nothing but the particle."""
    if form in ("이예요", "이였", "에요"):
        return form != "에요" or (coda(stem) == "" and stem[-1] not in "니이")
    if fitted(stem, form + tail) == form + tail and coda(stem) is not None:
        return False
    stem = _bare(stem)
    last = stem[-1:]
    if not FIRST <= last <= LAST:
        if last.isdigit():
            return form not in "과와가이" and not stem.isdigit()
        return last.isalpha() or (last in BEHIND and last != "")
    vowel = of_syllable(last) == ""
    if form in ALWAYS:
        return vowel == (form in ("이었", "이에요", "이어"))
    if len(stem) < LONG_ENOUGH and last not in "것곳값":
        return False
    if vowel:
        with_i = form[0] == "이" and last not in BEFORE_I
        return with_i or (form == "과" and last not in BEFORE_GWA)
    return _is_wrong_after_consonant(stem, form, tail)


def _is_wrong_after_consonant(stem: str, form: str, tail: str) -> bool:
    last, rieul = stem[-1], of_syllable(stem[-1]) == "ㄹ"
    settled = last in LOAN_CLOSED or bool(SETTLED.search(stem))
    if form == "는":
        return rieul or _is_noun(stem)
    if form in ("나", "든", "랑") or (form == "라" and tail):
        return settled or (last not in "말달살팔별" if rieul else _is_noun(stem))
    if form == "며":
        return not rieul and (settled or _is_noun(stem))
    if form == "란":
        return last in LOAN_CLOSED
    return form in ("가", "로") and settled


def _is_noun(stem: str) -> bool:
    """Whether a word that ends in a consonant is surely the stem of no verb."""
    if jamo(stem[-1])[2] == "ㅆ":
        return False
    return stem[-1] not in VERBS or bool(NOUNS.search(stem))


def _once(word: str) -> str:
    """Return a word without a particle or an ending that stands there twice."""
    found = TWICE_OVER.search(word)
    if found is None:
        return word
    stem, one = _bare(word[: found.start()]), found["one"]
    sound = of_syllable(stem[-1]) if FIRST <= stem[-1:] <= LAST else None
    fits = sound is None or (sound == "") == (one in "는를")
    if one in ("을", "를", "은") and not fits:
        return word
    return word[: found.end("one")] + found["rest"]


def _bare(stem: str) -> str:
    """Leave out the marks that a stem ends in."""
    while (bare := MARKS.sub("", stem)) != stem:
        stem = bare
    return stem


def _digits_mended(word: str) -> set[str]:
    """After digits, units and acronyms a particle is part of no other word."""
    stem = re.sub(r"[가-힣]+\W*$", "", word)
    particle = word[len(stem) :]
    if not re.search(r"[A-Za-z\d%℃]\W*$", _bare(stem)) or "(" in stem:
        return set()
    sure = SURE_AFTER_DIGITS.match(f"{particle} ")
    return {stem + fitted(stem, particle)} if sure else set()


def _rate(word: str) -> str:
    """Write 율 after a vowel and after ㄴ, 률 after anything else."""
    return RATE.sub(lambda m: _rate_after(word[m.start() - 1]), word)


def _rate_after(syllable: str) -> str:
    return "율" if jamo(syllable)[2] in " ㄴ" else "률"


# --- misspelt words ---------------------------------------------------------

KS_X_1001 = 2
"""Bytes of a syllable of the standard; the codec spells all others out, in eight."""
CLUSTERS = "ㄳㄵㄶㄺㄻㄼㄽㄾㄿㅀㅄㄲ"
CONTRACTED = "ㅏㅐㅑㅒㅓㅔㅕㅖㅘㅙㅝㅞ"
"""Vowels before the ㅆ of a past tense; 됬 has none of them."""
WITHOUT_YAE = "ㄲㄴㄷㄸㄹㅁㅂㅃㅆㅉㅊㅋㅌㅍㅎ"
JOKES = "뷁뙇"
LAUGHING = "ㅋㅎㅠㅜㅡㅇㄷㄴㄱㅅ"
LONE = re.compile(
    rf"[{FIRST}-{LAST}]([ㄱ-ㅎㅏ-ㅣ])(?:[{FIRST}-{LAST}]|\W*$)"
    r"|[가-힣][ㅏ-ㅣ]+\W*$"
)
TWICE = re.compile(r"(?<=[가-힣])([ㄱ-ㅎ])(?=([가-힣]))")
ABOUT_LETTERS = re.compile(r"자음|모음|받침|초성|중성|종성|글자|동사|어미|홀소리")


def misspelt(word: str) -> bool:
    """Say whether a Hangul 어절 is surely no Korean word as it is written.

    True only for what is no word in any sense: 몇일, 됬다, 했읍니다; not for 금새,
    바램, 문안하다, which are words, though others are often meant.
    """
    bare = re.sub(r"^[\W_]+|[\W_]+$", "", normalize("NFC", word))
    if not re.search("[가-힣]", bare):
        return False
    if any(_impossible(letter) for letter in bare if FIRST <= letter <= LAST):
        return True
    return _lone_jamo(bare) or any(wrong.search(bare) for wrong, _ in RULES)


def righted(word: str) -> str:
    """Return what a misspelt 어절 means, if all who read it read the same; an empty
    string if not, or if it is not surely misspelt."""
    right = _unbroken(word)
    for wrong, instead in (*SLIPS, *RULES):
        if wrong.search(right) and not instead:
            return ""
        right = wrong.sub(instead, right)
    return "" if right == word or misspelt(right) else right


def _unbroken(word: str) -> str:
    """Return a word without letters that stand alone because a key was pressed twice:
    밝ㅎ혔다."""
    return TWICE.sub(lambda at: "" if jamo(at[2])[0] == at[1] else at[1], word)


def _impossible(syllable: str) -> bool:
    """Whether a syllable is in no word: outside the 2,350 of KS X 1001, and of a shape
    that no loanword and no contraction has (똠, 펲, 하얬 are outside too)."""
    if len(syllable.encode("euc-kr")) == KS_X_1001 or syllable in JOKES:
        return False
    onset, vowel, end = jamo(syllable)
    if end == "ㅆ" and vowel not in CONTRACTED:
        return True
    return end in CLUSTERS or (vowel == "ㅒ" and onset in WITHOUT_YAE)


def _lone_jamo(word: str) -> bool:
    if ABOUT_LETTERS.search(word):
        return False
    found = LONE.search(word)
    if found is None:
        return False
    chatting = found.end() == len(word) and found[0].rstrip()[-1] in LAUGHING
    return not chatting
