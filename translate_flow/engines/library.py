"""deep-translator, used so that it does no harm.

It calls ``requests.get`` and ``requests.post``: no limits, no second try, the key in
the address. Each engine gets a copy of its module in which ``requests`` is a ``Wire``;
the modules that other programs in this process may use stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from translate_flow.engines.cutting import portions
from translate_flow.engines.engine import Passage
from translate_flow.errors import EngineError, FlowError, Trouble

if TYPE_CHECKING:
    from translate_flow.wire.network import Wire


@lru_cache(maxsize=8)
def maker(wire: Wire, module: str, name: str) -> Callable[..., Any]:
    """Return a class of deep-translator whose requests go by a wire.

    :raises FlowError: if there is no such module.
    """
    names = _names_of(module)
    names["requests"] = wire
    made: Callable[..., Any] = names[name]
    return made


def _names_of(module: str) -> dict[str, Any]:
    """Return the names of a fresh copy of a module of deep-translator.

    :raises FlowError: if there is no such module.
    """
    from importlib.util import find_spec, module_from_spec

    spec = find_spec(f"deep_translator.{module}")
    if spec is None or spec.loader is None:
        message = f"deep-translator is here without {module}"
        raise FlowError(message, hint="install translate-flow again")
    copy = module_from_spec(spec)
    spec.loader.exec_module(copy)
    return vars(copy)


def one_by_one(
    passages: Iterable[Passage],
    ask: Callable[[str], object],
    engine: str,
    fits: Callable[[str], bool],
    at_most: Callable[[str], bool] | None = None,
) -> list[str]:
    """Translate passages, one request for each portion of one.

    :param ask: a call into deep-translator.
    :param fits: whether a portion of several sentences may be this long.
    :param at_most: whether a single sentence may be; None for the same.
    :raises EngineError: if a sentence is too long, or nothing comes back.
    """
    whole = at_most or fits
    return [
        "".join(
            _framed(portion, ask, engine)
            for portion in portions(passage.text, fits, whole, engine)
        )
        for passage in passages
    ]


def _framed(text: str, translate: Callable[[str], object], engine: str) -> str:
    """Translate what stands between the white space at both ends of a text.

    :param translate: a call into deep-translator, which strips texts and answers, and
        stumbles over what it does not expect.
    :raises EngineError: if nothing comes back.
    """
    core = text.strip()
    if not any(map(str.isalnum, core)):
        return text
    try:
        answer = translate(core)
    except EngineError:
        raise
    except Exception as error:
        kind = type(error).__name__
        message = f"{engine} gave an answer that cannot be read ({kind})"
        failure = Trouble(message)
    else:
        if isinstance(answer, str) and answer.strip():
            start = text.index(core)
            return text[:start] + answer.strip() + text[start + len(core) :]
        failure = Trouble(f"{engine} gave an empty answer")
    raise failure
