"""Is a misspelt word that was put right told from one that became another word?

    python benchmarks/typos.py [-v]

*Opposed*: words that say the contrary of each other, or other numbers. Each gets every
slip of one key (a letter left out, put in, exchanged, two in the wrong order) that
makes it no word, and is then "mended" to each word that it is opposed to. A translation
was made for one of the two, so none of these edits may keep it.

*Mends*: misspellings that people really make, each with the word that was meant; as
many as possible should keep the translation, for nobody has to look at those.

Korean is slipped letter by letter as it is typed: 불법 is ㅂㅜㄹㅂㅓㅂ.
"""

from __future__ import annotations

import argparse
import string
from collections.abc import Iterable, Iterator
from itertools import permutations

from rapidfuzz.distance import OSA

from translate_flow.drift import classify, is_kept
from translate_flow.drift.spelling import is_word
from translate_flow.text.sounds import jamo

OPPOSED = {
    "en": """
        legal illegal · likely unlikely · possible impossible · able unable ·
        fair unfair able disable enable unable · million billion trillion zillion ·
        increase decrease regular irregular · relevant irrelevant ·
        moral amoral immoral · typical atypical logical illogical ·
        literate illiterate · mature immature · mortal immortal proper improper ·
        formal informal · direct indirect · secure insecure · correct incorrect ·
        active inactive · visible invisible · complete incomplete ·
        dependent independent · equal unequal · safe unsafe · known unknown ·
        stable unstable · happy unhappy · lawful unlawful · usual unusual ·
        necessary unnecessary · armed unarmed agree disagree · appear disappear ·
        approve disapprove · connect disconnect · allow disallow · honest dishonest ·
        loyal disloyal · like dislike · cover discover uncover trust mistrust distrust ·
        friend foe · lead mislead · use misuse disuse · judge misjudge ·
        fatal nonfatal · trivial nontrivial · political apolitical · sexual asexual ·
        symmetric asymmetric · include exclude · import export · internal external ·
        interior exterior inhale exhale · implicit explicit · emigrate immigrate ·
        ascend descend · appreciate depreciate · inflate deflate · inflation deflation ·
        encourage discourage · maximum minimum · maximize minimize · majority minority ·
        superior inferior · upstairs downstairs · upward downward · inside outside ·
        inbound outbound · northern southern eastern western · prewar postwar ·
        overestimate underestimate · overpaid underpaid employer employee ·
        lender lessor lessee · hopeful hopeless · careful careless useful useless ·
        harmful harmless · three tree thirteen thirty ·
        four fourteen forty five fifteen fifty · six sixteen sixty ·
        seven seventeen seventy · eight eighteen eighty · nine nineteen ninety ·
        one none · ten two · first last · before after bilateral unilateral trilateral ·
        monthly bimonthly · weekly biweekly · annual biannual ·
        microscopic macroscopic · hypertension hypotension ·
        internet intranet theist atheist · human inhuman · valid invalid · sane insane ·
        finite infinite accept except · accept reject · allow forbid · support oppose ·
        above below · open close · always never · every any many · more less fewer ·
        must may might · with without · now not · can cannot · former latter ·
        left right · victory defeat winner loser · war peace · alive dead ·
        guilty innocent · ally enemy · hire fire gain lose · gain loss · raise lower ·
        rise fall · love hate · hot cold war was · cast east west · public private ·
        hardly hard · near nearly · late lately prescribe proscribe · precede succeed ·
        affect effect · adverse favorable · ensure insure
        """,
    "ko": """
        합법 불법 · 가능 불가능 · 찬성 반대 · 증가 감소 · 상승 하락 · 승리 패배 ·
        허용 금지 · 수락 거부 필요 불필요 · 안전 불안전 · 완전 불완전 · 공정 불공정 ·
        안정 불안정 · 확실 불확실 · 이상 이하 이전 이후 초과 미만 · 최대 최소 ·
        확대 축소 · 강화 약화 · 성공 실패 · 있다 없다 ·
        된다 안된다 됐다 댔다 됩니다 했다 한다 하다 · 갔다 간다 가다 · 왔다 온다 오다 ·
        봤다 본다 · 많다 적다 · 높다 낮다 · 열다 닫다 · 사다 팔다 이기다 지다 ·
        맞다 틀리다 · 백만 십만 · 억 조 · 하나 둘 셋 · 다섯 여섯 일곱 여덟 ·
        공식 비공식 · 정상 비정상 성년 미성년 · 책임 무책임 · 관심 무관심 ·
        조건 무조건 · 의미 무의미 · 규칙 불규칙 · 평등 불평등 ·
        만족 불만족 먹습니다 먹읍시다 먹습니까 · 갑니다 갑시다 갑니까 ·
        있습니다 없습니다 있습니까 · 했습니다 합니다 합니까 할게요 할까요 ·
        갈게요 갈까요 · 며칠 몇월 · 역할 역설 · 초점 총점 · 위층 아래층 ·
        통째로 통제로 가리키는 가르치는 · 가리켰다 가르쳤다 · 않는다 앓는다 한다 ·
        않았다 앉았다 알았다 · 없음 있음 · 맡다 맞다
        """,
}  # fmt: skip

MENDS = {
    "en": """
        abscence:absence accomodate:accommodate accross:across acheive:achieve
        acknowlege:acknowledge acomplish:accomplish adress:address agressive:aggressive
        agreeement:agreement alot:a_lot amatuer:amateur amunition:ammunition
        anually:annually apparant:apparent appearence:appearance arguement:argument
        assasination:assassination athiest:atheist atheltes:athletes
        attendence:attendance basicly:basically becuase:because becomeing:becoming
        begining:beginning beleive:believe belive:believe beurocracy:bureaucracy
        buisness:business calender:calendar catagory:category cemetary:cemetery
        changable:changeable cheif:chief collegue:colleague comming:coming
        commitee:committee comittee:committee comparision:comparison
        completly:completely concious:conscious configuartion:configuration
        contraversy:controversy convinient:convenient copywrite:copyright
        critisism:criticism curiousity:curiosity decieve:deceive definately:definitely
        definitly:definitely dependancy:dependency desparate:desperate
        developement:development diffrence:difference dilema:dilemma
        disapoint:disappoint disasterous:disastrous dissapear:disappear ecomony:economy
        eigth:eighth embarass:embarrass enviroment:environment equiptment:equipment
        exagerate:exaggerate excellant:excellent exeption:exception existance:existence
        experiance:experience explaination:explanation familar:familiar febuary:february
        finaly:finally flourescent:fluorescent foriegn:foreign forword:foreword
        freind:friend futher:further garantee:guarantee gaurd:guard goverment:government
        govermental:governmental grammer:grammar greatful:grateful happend:happened
        harrass:harass heirarchy:hierarchy hieght:height humourous:humorous
        identicle:identical immediatly:immediately incidently:incidentally
        independant:independent indispensible:indispensable inteligence:intelligence
        interupt:interrupt irresistable:irresistible jewelery:jewelry judgement:judgment
        knowlege:knowledge labratory:laboratory lenght:length liason:liaison
        libary:library lieing:lying lightening:lightning maintainance:maintenance
        maintenence:maintenance managment:management manuever:maneuver medeval:medieval
        millenium:millennium miniscule:minuscule mischievious:mischievous
        mispell:misspell misterious:mysterious neccessary:necessary
        negotations:negotiations neice:niece nieghbor:neighbor noticable:noticeable
        occassion:occasion occasionaly:occasionally occured:occurred
        occurence:occurrence offical:official ommision:omission oportunity:opportunity
        oppinion:opinion orignal:original outragous:outrageous paralel:parallel
        parliment:parliament parlament:parliament particulary:particularly
        pasttime:pastime peice:piece percieve:perceive permanant:permanent
        perseverence:perseverance persistant:persistent personel:personnel
        politican:politician posession:possession potatos:potatoes practicle:practical
        preceeding:preceding prefered:preferred presance:presence priviledge:privilege
        probaly:probably proffesional:professional promiss:promise
        pronounciation:pronunciation propoganda:propaganda publically:publicly
        questionaire:questionnaire recieve:receive recieved:received reccomend:recommend
        recomend:recommend refered:referred refering:referring religous:religious
        rember:remember repitition:repetition resistence:resistance
        responsable:responsible restarant:restaurant rythm:rhythm saftey:safety
        scedule:schedule secratary:secretary seize:seize sieze:seize seperate:separate
        sargent:sergeant similer:similar sincerly:sincerely speach:speech
        strenght:strength strenghten:strengthen succesful:successful
        sucessful:successful successfull:successful supercede:supersede supress:suppress
        suprise:surprise temperture:temperature tendancy:tendency therefor:therefore
        threshhold:threshold tommorow:tomorrow tommorrow:tomorrow tounge:tongue
        truely:truly tyrany:tyranny underate:underrate unfortunatly:unfortunately
        untill:until unuseual:unusual upholstry:upholstery usible:usable vaccum:vacuum
        vegatarian:vegetarian vehical:vehicle visious:vicious wether:whether wich:which
        wierd:weird wellfare:welfare writen:written writting:writing yeild:yield teh:the
        taht:that adn:and thier:their jsut:just fo:of hte:the waht:what whcih:which
        tihs:this knwo:know wiht:with form:from poeple:people peopel:people coudl:could
        shoudl:should woudl:would becasue:because abotu:about aslo:also beacuse:because
        diffrent:different everthing:everything govenment:government
        governmnet:government importent:important intrest:interest minsiter:minister
        minster:minister natinal:national nothern:northern ocupation:occupation
        oposition:opposition organistion:organisation presidnet:president
        presedent:president probelm:problem quater:quarter reserch:research
        sanctons:sanctions senater:senator soldeirs:soldiers statment:statement
        studnets:students symtom:symptom themselfs:themselves togehter:together
        treatey:treaty unaminous:unanimous univeristy:university victum:victim
        vilage:village voluntered:volunteered weapns:weapons yesturday:yesterday
        """,
    "ko": """
        몇일:며칠 역활:역할 희안한:희한한 오랫만에:오랜만에 어떻해:어떡해 일일히:일일이
        곰곰히:곰곰이 깨끗히:깨끗이 틈틈히:틈틈이 설겆이:설거지 왠만하면:웬만하면
        왠만한:웬만한 왠일로:웬일로 웬지:왠지 어의없다:어이없다 않되는:안되는
        않된다:안된다 않돼:안돼 괜찬은:괜찮은 괜찬다:괜찮다 요컨데:요컨대 예컨데:예컨대
        생각컨대:생각건대 서슴치:서슴지 익숙치:익숙지 넉넉치:넉넉지 삼가해:삼가
        짜집기:짜깁기 뒷풀이:뒤풀이 뒷편에:뒤편에 뒷처리는:뒤처리는 윗층에서:위층에서
        촛점:초점 촛점을:초점을 댓가로:대가로 갯수가:개수가 잇점이:이점이 헛점을:허점을
        마굿간:마구간 머릿말:머리말 인삿말:인사말 널부러진:널브러진 덮혀:덮여
        닥달하다:닦달하다 떡볶기:떡볶이 김치찌게:김치찌개 쭈꾸미:주꾸미 숫가락:숟가락
        곱배기:곱빼기 눈쌀을:눈살을 뇌졸증:뇌졸중 폐쇠된:폐쇄된 통채로:통째로
        송두리채:송두리째 아지랭이:아지랑이 재털이:재떨이 무릎쓰고:무릅쓰고
        무릅을:무릎을 희노애락:희로애락 절대절명:절체절명 풍지박산:풍비박산
        홀홀단신:혈혈단신 옛부터:예부터 어쨋든:어쨌든 아뭏든:아무튼 하옇튼:하여튼
        그렇치:그렇지 구렛나루:구레나룻 통털어:통틀어 치뤘다:치렀다 잠궜다:잠갔다
        담궈:담가 추스려:추슬러 쑥맥:숙맥 내노라하는:내로라하는 더우기:더욱이
        일찌기:일찍이 도데체:도대체 하마트면:하마터면 쉽상이다:십상이다 폭팔:폭발
        귀뜸:귀띔 알맞는:알맞은 걸맞는:걸맞은 나즈막한:나지막한 날개짓:날갯짓
        등교길:등굣길 휘발류:휘발유 자그만치:자그마치 안스럽다:안쓰럽다 짖궂은:짓궂은
        허구헌:허구한 해꼬지:해코지 아니예요:아니에요 할께:할게 할께요:할게요 갈께:갈게
        먹을께:먹을게 먹읍니다:먹습니다 갈께요:갈게요 할려고:하려고 볼려면:보려면
        먹을려고:먹으려고 할런지:할는지 있슴:있음 했슴:했음 있읍니다:있습니다
        했읍니다:했습니다 있읍니까:있습니까 안되요:안돼요 생각되요:생각돼요 됬다:됐다
        됬습니다:됐습니다 안됬다:안됐다 괞찮다:괜찮다 떄문에:때문에 밝ㅎ혔다:밝혔다
        않습니다ㅣ:않습니다 햇다:했다 말햇다:말했다 발표햇다:발표했다 왓다:왔다
        갓지만:갔지만 조약를:조약을 바다을:바다를 사람를:사람을 어부은:어부는
        미국와:미국과 정부과:정부와 서울으로:서울로 출산률:출산율 성공율:성공률
        휴계실:휴게실 돌맹이:돌멩이 육계장:육개장 연습장는:연습장은
        사용자들는:사용자들은 제품는:제품은 서버이:서버가 값라고:값이라고
        함수이라는:함수라는 방법나:방법이나 거에요:거예요 값을을:값을
        했습니다다:했습니다 테스트을:테스트를 내용를:내용을 의미을:의미를 코드은:코드는
        메세지:메시지 아키텍쳐:아키텍처 어플리케이션:애플리케이션 작성되서:작성돼서
        디렉토리:디렉터리 컨텐츠:콘텐츠 데이타:데이터 쥬니어:주니어 스케쥴링:스케줄링
        리더쉽:리더십 메소드를:메서드를 블럭을:블록을 클로져:클로저
        컨택스트를:컨텍스트를 크래스:클래스 애러를:에러를 쳅터를:챕터를 백터:벡터
        쉐어웨어:셰어웨어 되요:돼요 호출됬을:호출됐을 만낫을:만났을 번쨰와:번째와
        결과값을:결괏값을 고유값:고윳값 만듬:만듦 다양항:다양한 위핸:위한 위초럼:위처럼
        많음므로:많으므로 줄어드므로:줄어들므로 혹는:혹은 옳바른:올바른
        다행이도:다행히도 그제서야:그제야 그래므로:그러므로 훨신:훨씬 잛은:짧은
        더옥:더욱 현제:현재 존제만으로도:존재만으로도 호완성:호환성 나태낼:나타낼
        배재됩니다:배제됩니다 됬냐구요:됐냐고요 변환됩니:변환됩니다
        일어납니디:일어납니다 됩니니다:됩니다 자바스크림트로:자바스크립트로 컬럽:컬럼
        조희를:조회를 처크하기:체크하기 컨텍스가:컨텍스트가 나머는:나머지는
        동일지만:동일하지만 전홍이:전송이 모둘도:모듈도 렉시켤:렉시컬
        변겅합니다:변경합니다 변헝:변형 전될되는:전달되는 명렁어:명령어
        명세스를:명세서를 나누먼:나누면 제너레티어:제너레이터 가지비:가비지 전히:전혀
        만들진다는:만들어진다는 연산지:연산자 쉽표:쉼표 되없습니다:되었습니다
        에디는:에디터는 호추된:호출된 잉름과:이름과 호촐할:호출할 표현해고:표현하고
        """,
}  # fmt: skip

FARTHEST = 3
"""So many letters apart two words have nothing to do with each other."""

SENTENCES = {
    "en": ("They said that the {} part of it was told yesterday.", "{} was said."),
    "ko": ("그들은 그것이 {} 그렇게 말했다.", "모두 {}"),
}


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("-v", action="store_true", help="print what was not as wished")
    asked = parser.parse_args()
    print("| words | edits | kept | |\n|---|---:|---:|---:|")
    for language in ("en", "ko"):
        for name, edits in (
            ("opposed", opposed(language)),
            ("mends", mends(language)),
        ):
            told = list(edits)
            kept = [edit for edit in told if keeps(*edit, language)]
            share = f"{len(kept) / len(told):.1%}"
            print(f"| {language}, {name} | {len(told):,} | {len(kept):,} | {share} |")
            if asked.v:
                wrong = kept if name == "opposed" else sorted({*told} - {*kept})
                print("   ", " ".join(f"{old}→{new}" for old, new in wrong))


def keeps(old: str, new: str, language: str) -> bool:
    """Whether an edit of one word keeps the translation in any of the sentences."""
    if OSA.distance(_keys(old), _keys(new)) > FARTHEST:
        return False
    return any(
        is_kept(classify(text.format(old), text.format(new), language))
        for text in SENTENCES[language]
    )


def mends(language: str) -> Iterator[tuple[str, str]]:
    """Yield misspelt words with what was meant."""
    for pair in MENDS[language].split():
        old, new = pair.split(":")
        if old != new and "_" not in new:
            yield old, new


def opposed(language: str, groups: str = "") -> Iterator[tuple[str, str]]:
    """Yield words with one slip in them and a word that they are opposed to.

    :param groups: such words; dots stand between groups.
    """
    slip = _english if language == "en" else _korean
    seen = set[tuple[str, str]]()
    for group in (groups or OPPOSED[language]).split("·"):
        for one, other in permutations(group.split(), 2):
            seen.update((bad, other) for bad in slip(one) if bad != other)
    yield from sorted(seen - {*mends(language)})


def _english(word: str) -> Iterator[str]:
    return (bad for bad in _slips(word, string.ascii_lowercase) if not is_word(bad))


def _korean(word: str) -> Iterator[str]:
    """Yield what stands there after one wrong key."""
    keys = "ㄱㄴㄷㄹㅁㅂㅅㅆㅇㅈㅎㅏㅐㅓㅔㅗㅙㅚㅜㅡㅣ"
    words = {*OPPOSED["ko"].split()}
    found = map(_typed, _slips(_keys(word), keys))
    return (bad for bad in found if bad not in words)


def _slips(word: str, keys: Iterable[str]) -> Iterator[str]:
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1 and tail[0] != tail[1]:
            yield head + tail[1] + tail[0] + tail[2:]
        for key in keys:
            yield head + key + tail
            if tail and tail[0] != key:
                yield head + key + tail[1:]


def _keys(word: str) -> str:
    letters = (
        "".join(jamo(one)).strip() if "가" <= one <= "힣" else one for one in word
    )
    return "".join(letters)


ONSETS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
CODAS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"


def _typed(keys: str) -> str:
    """Put letters together as an input method does; what fits nowhere stands alone."""
    out, at = "", 0
    while at < len(keys):
        key, vowel = keys[at], keys[at + 1 : at + 2]
        if key not in ONSETS or not vowel or vowel not in VOWELS:
            out, at = out + key, at + 1
            continue
        coda, after = keys[at + 2 : at + 3], keys[at + 3 : at + 4]
        closed = bool(coda) and coda in CODAS and not (after and after in VOWELS)
        last = CODAS.index(coda) if closed else 0
        place = (ONSETS.index(key) * len(VOWELS) + VOWELS.index(vowel)) * len(CODAS)
        out, at = out + chr(ord("가") + place + last), at + 2 + closed
    return out


if __name__ == "__main__":
    main()
