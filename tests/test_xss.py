"""Whatever stands in an article, its front matter or its translation: an HTML edition
runs no script but its own in a real browser, even without its policy."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from editions import edition
from playwright.sync_api import Browser, Page
from test_browser import WIDE, Arrange, arranged, besieged, targets

from translate_flow import exporters
from translate_flow.edition import Correction, Edition

pytestmark = pytest.mark.slow

VECTORS = {
    "script elements": (
        "<script>pwn()</script>",
        "<script >pwn()</script\t>",
        "<SCRIPT>pwn()</ScRiPt>",
        "<script/x>pwn()</script>",
        "<script type=module>pwn()</script>",
        "<script type='text/javascript' defer>pwn()</script>",
        "<script src=data:text/javascript,pwn()></script>",
        "<script src='data:;base64,cHduKCk='></script>",
        "<script>/*</script>*/pwn()</script>",
        "<scr<script>ipt>pwn()</scr</script>ipt>",
        "<<script>pwn()//<</script>",
        "<script\n>pwn()</script\n>",
        "<script\x0c>pwn()</script>",
        "<script>pwn()",
        "<noscript><script>pwn()</script></noscript>",
        "<template><script>pwn()</script></template>",
    ),
    "event handlers": (
        "<img src=x onerror=pwn()>",
        "<img src=x onerror='pwn()'/>",
        "<img/src=x/onerror=pwn()>",
        "<img src=x oNeRrOr=pwn()>",
        "<img src=x onerror\n=\npwn()>",
        "<img src=x onerror=&#112;wn()>",
        "<img src=x on&#101;rror=pwn()>",
        "<img alt='' src=x onload=pwn() onerror=pwn() class=a>",
        "<body onload=pwn()>",
        "<body onpageshow=pwn()>",
        "<html onmouseover=pwn()>",
        "<details open ontoggle=pwn()>x</details>",
        "<details name=a open ontoggle=pwn()><summary onclick=pwn()>x</summary>",
        "<input autofocus onfocus=pwn()>",
        "<select autofocus onfocus=pwn()></select>",
        "<textarea autofocus onfocus=pwn()></textarea>",
        "<button autofocus onfocus=pwn()>x</button>",
        "<a href=# autofocus onfocus=pwn()>x</a>",
        "<p tabindex=1 autofocus onfocusin=pwn()>x</p>",
        "<marquee onstart=pwn()>x</marquee>",
        "<video src=x onerror=pwn()></video>",
        "<video><source src=x onerror=pwn()></video>",
        "<audio src=x onerror=pwn()></audio>",
        "<object data=x onerror=pwn()></object>",
        "<style>@keyframes a{}</style><b style='animation:a' onanimationstart=pwn()>",
        "<b style='transition:1s' ontransitionend=pwn()>x</b>",
        "<p hidden=until-found onbeforematch=pwn()>x</p>",
        "<div contenteditable autofocus onfocus=pwn()>x</div>",
        "<p popover onbeforetoggle=pwn()>x</p>",
    ),
    "addresses": (
        "javascript:pwn()",
        "data:text/html,<script>pwn()</script>",
        "<a href=javascript:pwn()>x</a>",
        "<a href='JaVaScRiPt:pwn()'>x</a>",
        "<a href=' javascript:pwn()'>x</a>",
        "<a href='java\tscript:pwn()'>x</a>",
        "<a href='java&Tab;script:pwn()'>x</a>",
        "<a href='java&NewLine;script:pwn()'>x</a>",
        "<a href='javascript&colon;pwn()'>x</a>",
        "<a href='&#106;avascript:pwn()'>x</a>",
        "<a href='&#x6A&#x61vascript:pwn()'>x</a>",
        "<a href='\x01javascript:pwn()'>x</a>",
        "<a href='vbscript:pwn()'>x</a>",
        "<a href='data:text/html,<script>opener.pwn()</script>'>x</a>",
        "<a href='data:text/html;base64,PHNjcmlwdD5wd24oKTwvc2NyaXB0Pg=='>x</a>",
        "<a href='blob:null/pwn'>x</a>",
        "<a href='//e.org' ping='javascript:pwn()'>x</a>",
        "<a xlink:href=javascript:pwn()>x</a>",
        "<img src=javascript:pwn()>",
        "<img srcset='javascript:pwn() 2x'>",
        "<form action=javascript:pwn()><button>x</button></form>",
        "<form id=f></form><button form=f formaction=javascript:pwn()>x</button>",
        "<isindex type=image src=1 onerror=pwn() action=javascript:pwn()>",
        "<base href=javascript:pwn()//>",
        "<link rel=stylesheet href=javascript:pwn()>",
        "<meta http-equiv=refresh content='0;url=javascript:pwn()'>",
        "<table background=javascript:pwn()><tr><td background=javascript:pwn()>x",
        "<blockquote cite=javascript:pwn()>x</blockquote>",
    ),
    "frames and plug-ins": (
        "<iframe src=javascript:parent.pwn()></iframe>",
        "<iframe srcdoc='<script>parent.pwn()</script>'></iframe>",
        "<iframe srcdoc='&lt;img src=x onerror=parent.pwn()&gt;'></iframe>",
        "<iframe onload=pwn()></iframe>",
        "<frameset onload=pwn()><frame src=javascript:parent.pwn()></frameset>",
        "<object data='data:text/html,<script>parent.pwn()</script>'></object>",
        "<object type=text/html data=javascript:pwn()></object>",
        "<embed src=javascript:pwn()>",
        "<embed src='data:image/svg+xml,<svg onload=parent.pwn() />'>",
        "<applet code=javascript:pwn()></applet>",
        "<portal src=javascript:pwn()></portal>",
    ),
    "foreign content": (
        "<svg onload=pwn()>",
        "<svg/onload=pwn()//",
        "<svg><script>pwn()</script></svg>",
        "<svg><script href=data:,pwn() /></svg>",
        "<svg><a xlink:href=javascript:pwn()><text y=9>x</text></a></svg>",
        "<svg><animate onbegin=pwn() attributeName=x dur=1s>",
        "<svg><set attributeName=onmouseover to=pwn()>",
        "<svg><a><animate attributeName=href values=javascript:pwn() /></a></svg>",
        "<svg><use href='data:image/svg+xml,<svg id=a onload=pwn() />#a'/></svg>",
        "<svg><image href=x onerror=pwn()></svg>",
        "<svg><foreignObject><img src=x onerror=pwn()></foreignObject></svg>",
        "<svg><title><img src=x onerror=pwn()></title></svg>",
        "<svg></p><style><a id='</style><img src=x onerror=pwn()>'>",
        "<svg><desc><![CDATA[</desc><img src=x onerror=pwn()>]]></svg>",
        "<math href=javascript:pwn()>x</math>",
        "<math><maction actiontype=statusline xlink:href=javascript:pwn()>x",
        "<math><mtext><table><mglyph><style><!--</style><img src=x onerror=pwn()>",
        "<math><annotation-xml encoding=text/html><img src=x onerror=pwn()>",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=pwn()>",
    ),
    "parsers that disagree": (
        "<!--><img src=x onerror=pwn()>-->",
        "<!-- --!><img src=x onerror=pwn()> -->",
        "<!-->\n\n<img src=x onerror=pwn()>",
        "<![CDATA[><img src=x onerror=pwn()>]]>",
        "<?xml version='1.0'?><img src=x onerror=pwn()>",
        "<!DOCTYPE x [<!ENTITY y '<img src=x onerror=pwn()>'>]>&y;",
        "<textarea></textarea><img src=x onerror=pwn()>",
        "<title></title><img src=x onerror=pwn()>",
        "<style></style><img src=x onerror=pwn()>",
        "<noembed></noembed><img src=x onerror=pwn()>",
        "<noscript><p title='</noscript><img src=x onerror=pwn()>'>",
        "<xmp><p title='</xmp><img src=x onerror=pwn()>'>",
        "<plaintext><img src=x onerror=pwn()>",
        "<select><option><style></option></select><img src=x onerror=pwn()></style>",
        "<p id='</p><img src=x onerror=pwn()>'>",
        "<img alt='<x' title='/><img src=x onerror=pwn()>'>",
        "<img src='x' alt=`><img src=x onerror=pwn()>`>",
        "<a title=\"x'onmouseover='pwn()\" href='#'>x</a>",
        "<b <img src=x onerror=pwn()>x</b>",
        "</br/><img src=x onerror=pwn()>",
        "\u2028<img src=x\u2029onerror=pwn()>",
        "<i\x00mg src=x onerror=pwn()>",
        "＜script＞pwn()＜/script＞",
        "+ADw-script+AD4-pwn()+ADw-/script+AD4-",
    ),
    "entities": (
        "&lt;script&gt;pwn()&lt;/script&gt;",
        "&#60;img src=x onerror=pwn()&#62;",
        "&amp;lt;img src=x onerror=pwn()&amp;gt;",
        "&lt;<i>img src=x onerror=pwn()</i>&gt;",
        "\\<img src=x onerror=pwn()\\>",
        "&NewLine;&lt;svg onload=pwn()&gt;",
    ),
    "ends of what holds a text": (
        '"><img src=x onerror=pwn()>',
        "'><img src=x onerror=pwn()>",
        '" onmouseover="pwn()" x="',
        "' autofocus onfocus='pwn()",
        "` onerror=`pwn()",
        "</title><script>pwn()</script>",
        "</style><script>pwn()</script>",
        "</script><script>pwn()</script>",
        "</script ><img src=x onerror=pwn()>",
        "<!--<script>",
        "\\u003c/script>\\u003cscript>pwn()",
        '"}]}</script><script>pwn()</script>',
        '","@graph":[],"x":"</script><svg onload=pwn()>',
        "</template><img src=x onerror=pwn()>",
        "</summary></details><img src=x onerror=pwn()>",
        "</pre></code><img src=x onerror=pwn()>",
        "</textarea></main></body><img src=x onerror=pwn()>",
        "]]><img src=x onerror=pwn()>",
        "*/}</style><img src=x onerror=pwn()>",
        '--tracks:0"><img src=x onerror=pwn()>',
    ),
    "Markdown": (
        "[x](javascript:pwn())",
        "[x](<javascript:pwn()>)",
        "[x](java&#115;cript:pwn())",
        "[x](\\javascript:pwn())",
        "[x](javascript&colon;pwn())",
        "[x](data:text/html;base64,PHNjcmlwdD5wd24oKTwvc2NyaXB0Pg)",
        '[x](#" onmouseover="pwn())',
        "[x](# 'a\" onmouseover=\"pwn()')",
        "![x](javascript:pwn())",
        '![x" onerror="pwn()](x)',
        "![x](x 'a\" onerror=\"pwn()')",
        '![`" onerror=pwn() x="`](x)',
        "<javascript:pwn()>",
        '<https://e.org/"onmouseover=pwn()>',
        "[x]: javascript:pwn()",
        '[^x"onmouseover=pwn()]',
        "`<img src=x onerror=pwn()>`",
        "**<img src=x onerror=pwn()>**",
        "[<img src=x onerror=pwn()>](#)",
        "~~</s><img src=x onerror=pwn()>~~",
        "⟦\ue0000\ue000⟧<img src=x onerror=pwn()>",
    ),
    "templates": (
        "{{ 1337 * 1337 }}",
        "{{ ''.__class__.__mro__ }}<img src=x onerror=pwn()>",
        "{% raw %}<script>pwn()</script>{% endraw %}",
        "{{ '<script>pwn()</script>' | safe }}",
        "{# #}<script>pwn()</script>",
        "{{ cycler.__init__.__globals__ }}",
        "${pwn()}",
        "#{pwn()}",
        "<%= pwn() %>",
        "{{constructor.constructor('pwn()')()}}",
        '{{< figure src="x" onerror="pwn()" >}}',
        '::: note" onmouseover="pwn()\n<script>pwn()</script>\n:::',
        "{: onclick=pwn() }",
        "{ #x onmouseover=pwn() }",
        "import x from 'data:text/javascript,pwn()'",
        "export const x = pwn()",
    ),
}
"""What somebody could write to run a script, by the way it takes."""

EVIL = [(kind, evil) for kind, evils in VECTORS.items() for evil in evils]

FOCUS = """() => {
  // Focus all that can be, and come to the end; a page is not scrolled for each.
  const all = [...document.querySelectorAll('a, p')];
  for (const e of all) e.focus({ preventScroll: true });
  all.at(-1).scrollIntoView();
}"""

FOUND = """() => {
  const bad = /^[\\s\\x00-\\x20]*(javascript|vbscript|data|blob):/i;
  const places = ['href', 'src', 'action', 'formaction', 'data', 'ping', 'cite',
    'background', 'srcset', 'xlink:href', 'srcdoc', 'poster'];
  const wrong = [];
  for (const e of document.querySelectorAll(':not([rel=canonical])'))
    for (const { name, value } of e.attributes)
      if (/^on/i.test(name) || (places.includes(name.toLowerCase()) && bad.test(value)
          && !(e.localName === 'img' && value.startsWith('data:image/'))))
        wrong.push(e.outerHTML.slice(0, 200));
  for (const e of document.querySelectorAll('a[href], area'))
    if (bad.test(e.protocol)) wrong.push(e.outerHTML);
  for (const e of document.querySelectorAll('iframe, frame, object, embed, svg, math, '
    + 'form, base, body script, body style, body link, body meta, [autofocus], '
    + 'main input, main template'))
    wrong.push(e.outerHTML.slice(0, 200));
  const [data, script, ...more] = document.scripts;
  JSON.parse(data.text);
  const pwned = window.pwned ?? false;
  return { wrong, script: script.text, more: more.length, pwned };
}"""


def attacked(*evils: str) -> Edition:
    """Return an edition that holds texts wherever one can stand: in all of an
    article's places, its front matter, targets, corrections and address."""
    korean = targets(evils, "말 {0}\n\n{0}")
    korean |= {evil[:8]: f"말 {evil}\n\n{evil}" for evil in evils}
    made = edition(besieged(*evils), korean, {})
    told = tuple(
        Correction("2026-11-26", 1, {"en": evil, "ko": evil}) for evil in evils
    )
    evil = "".join(evils)
    return replace(made, slug=f"a/{evil}", url=evil, terms=evil, corrections=told)


@pytest.fixture(scope="module")
def watched(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A page without a policy of its own, and what happened on it."""
    context = browser.new_context(viewport=WIDE, bypass_csp=True)
    context.add_init_script("window.pwn = () => { window.pwned = true; }")
    page, happened = context.new_page(), list[str]()
    page.on("dialog", lambda dialog: happened.append(f"dialog {dialog.message}"))
    page.on("pageerror", lambda error: happened.append(f"error {error}"))
    page.on("request", lambda request: happened.append(request.url))
    yield page, happened
    context.close()


@pytest.fixture
def page(watched: tuple[Page, list[str]]) -> tuple[Page, list[str]]:
    """That page, on which nothing has happened yet."""
    watched[0].goto("about:blank")
    watched[1].clear()
    return watched


@arranged
@pytest.mark.parametrize("kind", VECTORS)
def test_no_script_runs(
    page: tuple[Page, list[str]], kind: str, tmp_path: Path, arrange: Arrange
) -> None:
    """No script runs, no handler, frame or bad address is left, JSON-LD can be read,
    nothing is asked of anybody, and what looks like a template stands as written."""
    shown, happened = page
    script = (Path(exporters.__file__).parent / "html" / "script.js").read_text("utf-8")
    for n, evils in enumerate(arrange(VECTORS[kind])):
        file = tmp_path / f"{n}.html"
        file.write_text(str(exporters.export(attacked(*evils), "html")), "utf-8")
        shown.goto(file.as_uri())
        shown.evaluate(FOCUS)
        found = shown.evaluate(FOUND)
        assert found == {
            "wrong": [],
            "script": script,
            "more": 0,
            "pwned": False,
        }, evils
        assert "1787569" not in shown.content(), evils
        assert happened == [file.as_uri()], evils
        happened.clear()


def test_the_trap_works(page: tuple[Page, list[str]], tmp_path: Path) -> None:
    """What would run is seen: the test does not pass for want of a script."""
    shown, happened = page
    whole = str(exporters.export(edition(), "html"))
    for evil in ("<img src=x onerror=pwn()>", "<script>pwn()</script>"):
        file = tmp_path / "trap.html"
        file.write_text(whole.replace("<main>", f"<main>{evil}"), "utf-8")
        shown.goto(file.as_uri())
        found = shown.evaluate(FOUND)
        assert found["pwned"] is True
        assert found["wrong"]
    assert len(EVIL) >= 100
    assert json.dumps(happened).count("trap.html") == 2
