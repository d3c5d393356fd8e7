"""``export --publish``: one post for an article, made once and changed after that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from blog import PASSWORD, TOKEN, USER, Blog
from conftest import BOAT, Tflow, Write, machine_drafts
from servers import serving
from werkzeug import Response

Spoil = Callable[[Response], Response]

SOURCE = Path("sources/boat.md")
PNG = b"\x89PNG\r\n\x1a\n and so on"


@pytest.fixture
def blog(monkeypatch: pytest.MonkeyPatch) -> Iterator[Blog]:
    """A site where Mina may write."""
    with serving() as server:
        made = Blog(server)
        monkeypatch.setenv("WORDPRESS_URL", made.url)
        monkeypatch.setenv("WORDPRESS_USER", USER)
        monkeypatch.setenv("WORDPRESS_PASSWORD", PASSWORD)
        yield made


def publish(tflow: Tflow, *more: str, code: int = 0) -> dict:
    """Post the article, and return what is told of it."""
    words = ("export", "boat", "--publish", *more, "--yes", "--json")
    return tflow(*words, code=code).json


def finish(tflow: Tflow) -> None:
    """Take machine text for all of the article."""
    machine_drafts(tflow)
    tflow("accept", "boat", "--unread")


# --- the post ---------------------------------------------------------------


def test_a_post_is_made_once(project: Path, tflow: Tflow, blog: Blog) -> None:
    """The first time it is a draft, noted in front matter; after that it is changed:
    its id, address and status stay. What readers have is changed by a release only."""
    finish(tflow)
    (first,) = publish(tflow)["posts"]
    assert (first["new"], first["status"], first["id"]) == (True, "draft", 100)
    post = blog.posts[100]
    assert "The boat leaves at 9." in post["content"]
    assert "<!-- wp:columns " in post["content"]
    assert post["title"].startswith("The last boat")
    post["status"] = "publish"
    tflow("set", "boat:3", "배는 아홉 시에 떠난다.")
    told = publish(tflow, code=2)["error"]
    assert told["message"] == "readers have this post"
    assert "배는 아홉 시에" not in blog.posts[100]["content"]
    (again,) = publish(tflow, "--release")["posts"]
    assert (again["new"], again["status"], again["id"]) == (False, "publish", 100)
    assert "배는 아홉 시에 떠난다." in blog.posts[100]["content"]
    assert len(blog.posts) == 1


def test_the_article_stays_as_it_is(project: Path, tflow: Tflow, blog: Blog) -> None:
    """Only one line of front matter is new, and no translation has drifted; undo takes
    it back."""
    finish(tflow)
    publish(tflow)
    said = f'"url": "{blog.url}/?p=100", "site": "{blog.url}/wp-json/wp/v2"'
    line = f'wordpress: {{"en-ko": {{"id": 100, {said}}}}}\n'
    title = "title: The last boat\n"
    assert SOURCE.read_text() == BOAT.replace(title, title + line)
    states = tflow("status", "--json").json["articles"][0]["states"]
    assert states == {"translated": 4}
    tflow("undo")
    assert SOURCE.read_text() == BOAT


def test_each_language_has_its_post(project: Path, tflow: Tflow, blog: Blog) -> None:
    """Posts of one language are others than the post with both."""
    finish(tflow)
    for layout in ("facing", "source", "target"):
        publish(tflow, "--layout", layout)
    assert len(blog.posts) == 3
    assert "The boat leaves" not in blog.posts[102]["content"]
    publish(tflow, "--layout", "target")
    assert len(blog.posts) == 3


def test_images_are_brought_once(
    project: Path, tflow: Tflow, write: Write, blog: Blog
) -> None:
    """The post shows them from the site; known by what they hold, not by the clone."""
    write("sources/ferry dusk.png", PNG)
    SOURCE.write_text(f"{BOAT}\n![A ferry](ferry%20dusk.png)\n")
    finish(tflow)
    assert publish(tflow)["posts"][0]["images"] == 1
    (image,) = blog.media
    assert image["slug"].startswith("ferry-dusk-")
    assert image["type"] == "image/png"
    assert f'src="{image["source_url"]}"' in blog.posts[100]["content"]
    publish(tflow)
    assert len(blog.media) == 1


# --- who may see it ---------------------------------------------------------


def test_images_that_differ_only_in_name(
    project: Path, tflow: Tflow, write: Write, blog: Blog
) -> None:
    """What shows the same is brought once, under whatever names, today and later."""
    for name in ("a.png", "b.png", "c.png"):
        write(f"sources/{name}", PNG)
    SOURCE.write_text(f"{SOURCE.read_text()}\n![](a.png)\n\n![](b.png)\n")
    assert publish(tflow)["posts"][0]["images"] == 2
    SOURCE.write_text(SOURCE.read_text().replace("(a.png)", "(c.png)"))
    publish(tflow)
    assert len(blog.media) == 1
    assert blog.posts[100]["content"].count(blog.media[0]["source_url"]) == 2


def test_articles_lead_to_each_others_posts(
    project: Path, tflow: Tflow, write: Write, blog: Blog
) -> None:
    """A link to another article's file leads to its post, as soon as it has one; until
    then, to where its front matter says, or it is no link. No path of ours goes out."""
    write("sources/quay.md", "# Quay\n")
    write("sources/moon.md", "---\ncanonical: https://e.org/moon\n---\n\n# Moon\n")
    links = "[Quay](quay.md) and [the moon](./moon.md#a)."
    SOURCE.write_text(f"{SOURCE.read_text()}\n{links}\n")
    publish(tflow)
    assert "quay.md" not in blog.posts[100]["content"]
    assert '<a href="https://e.org/moon#a">the moon</a>' in blog.posts[100]["content"]
    tflow("export", "quay", "--publish", "--yes")
    publish(tflow)
    led = f'<a href="{blog.url}/?p=101">Quay</a>'
    assert led in blog.posts[100]["content"]


def test_only_finished_text_is_shown_to_everybody(
    project: Path, tflow: Tflow, blog: Blog
) -> None:
    """--status publish asks for --release, and that for finished text."""
    words = ("export", "boat", "--publish", "--status", "publish", "--yes")
    assert "say --release" in tflow(*words, code=2).err
    assert "refused boat:1" in tflow(*words, "--release", code=1).err
    assert blog.asked == []
    finish(tflow)
    tflow(*words, "--release")
    assert blog.posts[100]["status"] == "publish"
    assert Path("translations/releases/boat.toml").exists()


def test_a_draft_is_not_what_readers_have(
    project: Path, tflow: Tflow, blog: Blog
) -> None:
    """Finished text in a draft of WordPress is no release yet."""
    finish(tflow)
    tflow("export", "boat", "--publish", "--release", "--yes")
    assert not Path("translations/releases/boat.toml").exists()


def test_nothing_is_posted_that_could_not_be_found_again(
    project: Path, tflow: Tflow, blog: Blog
) -> None:
    """Where front matter has no place for the post, nothing is sent."""
    SOURCE.write_text(BOAT.replace("title: The last boat", "wordpress: &a {}\nb: *a"))
    assert "cannot be set" in publish(tflow, code=2)["error"]["message"]
    assert blog.asked == []


def test_the_source_of_two_translations_is_one_post(
    project: Path, tflow: Tflow, write: Write, blog: Blog
) -> None:
    """Its own language has one post, however many it is translated into."""
    settings = Path("translate_flow.toml").read_text()
    write("translate_flow.toml", settings.replace('"ko"]', '"ko", "de"]'))
    publish(tflow, "--layout", "source")
    assert list(blog.posts) == [100]


def test_options_that_do_not_go_together(
    project: Path, tflow: Tflow, blog: Blog
) -> None:
    """What would be ignored is refused."""
    for words in (("boat:2", "--publish"), ("boat", "--status", "draft"),
                  ("boat", "--publish", "-o", "x")):  # fmt: skip
        tflow("export", *words, "--yes", code=2)
    assert blog.asked == []


def test_nothing_is_sent_unasked(project: Path, tflow: Tflow, blog: Blog) -> None:
    """Without --yes and without a person to ask nothing goes out."""
    err = tflow("export", "boat", "--publish", code=2).err
    assert "1 post goes to" in err
    assert "say --yes" in err
    assert blog.asked == []


# --- what goes wrong --------------------------------------------------------


WARNING = "<br />\\n<b>Warning</b>: foreach() {0} in [a.php] on line 3<br />\\n"


def spoiled(before: str = "", *, body: str | None = None, status: int = 0) -> Spoil:
    """Return what makes of an answer one that is hard to read."""

    def spoil(answer: Response) -> Response:
        own = answer.get_data(as_text=True) if body is None else body
        code = status or answer.status_code
        said = Response(before + own, code, content_type="text/html; charset=UTF-8")
        said.headers["Retry-After"] = "0"
        return said

    return spoil


@pytest.mark.parametrize(
    "spoil",
    [
        spoiled(WARNING),
        spoiled("\ufeff"),
        spoiled(WARNING, body=""),
        spoiled(body=""),
        spoiled(body="<html>Created</html>"),
        spoiled(body='{"id": "?"}'),
        spoiled(body="Gateway Timeout", status=504),
    ],
)
def test_an_answer_that_cannot_be_read_loses_no_post(
    project: Path, tflow: Tflow, blog: Blog, spoil: Spoil
) -> None:
    """What the site made it finds by its address; the article says so, and the next run
    changes that post."""
    finish(tflow)
    blog.spoiling = [spoil, spoil]
    (first,) = publish(tflow)["posts"]
    assert (first["new"], first["id"]) == (True, 100)
    (again,) = publish(tflow)["posts"]
    assert (again["new"], again["id"]) == (False, 100)
    assert len(blog.posts) == 1
    assert blog.posts[100]["slug"] == "boat-en-ko"


def test_a_broken_site_gets_no_second_post(
    project: Path, tflow: Tflow, blog: Blog
) -> None:
    """Making a post is not tried again: nobody knows whether it was made. Where it may
    be is told, and the next run looks there first."""
    finish(tflow)
    made: list[Response] = []

    def lost(answer: Response) -> Response:
        made.append(answer)
        blog.failing = [500] * 10
        return Response("", 504)

    blog.spoiling = [lost]
    told = publish(tflow, code=2)["error"]
    assert f"the post may be there: {blog.url}/?name=boat-en-ko" in told["message"]
    assert blog.asked.count("POST /wp-json/wp/v2/posts") == 1
    assert "wordpress" not in SOURCE.read_text()
    blog.failing = []
    (post,) = publish(tflow)["posts"]
    assert post["id"] == 100
    assert len(blog.posts) == len(made) == 1
    assert '"id": 100' in SOURCE.read_text()


def test_a_post_of_somebody_else_is_left_alone(
    project: Path, tflow: Tflow, blog: Blog
) -> None:
    """What stands at that address under another title is not changed."""
    finish(tflow)
    blog.posts[7] = {"id": 7, "slug": "boat-en-ko", "title": "Mine", "status": "draft",
                     "link": f"{blog.url}/?p=7"}  # fmt: skip
    told = publish(tflow, code=2)["error"]
    assert told["message"] == "another post has this address"
    assert told["file"] == f"{blog.url}/?p=7"
    assert len(blog.posts) == 1


def test_a_change_is_tried_again(project: Path, tflow: Tflow, blog: Blog) -> None:
    """The same change twice is one change."""
    finish(tflow)
    publish(tflow)
    blog.failing = [503]
    assert publish(tflow)["posts"][0]["new"] is False


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("WORDPRESS_PASSWORD", "wrong", "does not let you (401"),
        ("WORDPRESS_PASSWORD", "", "nobody says which WordPress"),
        ("WORDPRESS_URL", "http://blog.example", "over https alone"),
    ],
)
def test_who_may_not_write(
    project: Path,
    tflow: Tflow,
    blog: Blog,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    value: str,
    says: str,
) -> None:
    """One line says what is wrong, and never the password."""
    monkeypatch.setenv(name, value)
    done = tflow("export", "boat", "--publish", "--yes", code=2)
    assert says in done.err
    for secret in (PASSWORD, PASSWORD.replace(" ", "")):
        assert secret not in done.err
    assert not blog.posts


def test_a_token_instead_of_a_password(
    project: Path, tflow: Tflow, blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As wordpress.com asks for; here at an address that is an API itself."""
    monkeypatch.setenv("WORDPRESS_TOKEN", TOKEN)
    monkeypatch.setenv("WORDPRESS_URL", f"{blog.url}/rest/wp/v2/sites/boat.example")
    publish(tflow)
    posts = "/rest/wp/v2/sites/boat.example/posts"
    assert blog.asked == [f"GET {posts}", f"POST {posts}"]


def test_a_post_of_another_site_is_left_alone(
    project: Path, tflow: Tflow, blog: Blog
) -> None:
    """An id means nothing elsewhere; and what is gone is not made anew in silence."""
    post = '{"id": 7, "url": "x", "site": "https://other.example/wp-json/wp/v2"}'
    line = f'wordpress: {{"en-ko": {post}}}\n'
    SOURCE.write_text(BOAT.replace("---\n\n", f"{line}---\n\n", 1))
    assert "other.example" in publish(tflow, code=2)["error"]["message"]
    ours = line.replace("https://other.example", blog.url)
    SOURCE.write_text(BOAT.replace("---\n\n", f"{ours}---\n\n", 1))
    told = publish(tflow, code=2)["error"]
    assert "has no such thing (404: Invalid post ID.)" in told["message"]
    assert not blog.posts
