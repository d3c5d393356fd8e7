"""Reading and writing files so that each is always old or new, whole.

The one home of filelock. Paths are as the user would type them: errors show them.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from translate_flow.errors import FlowError

PRIVATE = ".tflow"
"""Folder for the lock and other things that may be deleted at any time."""

LOCK_SECONDS = 60.0
"""How long a command waits for another one before it gives up."""

_NOTHING_CHANGED = "nothing was changed; run the command again when that is mended"

_ROOTS: dict[str, str] = {}
"""Folders of projects that were opened, absolute, and where they are without links."""

_REASONS = {
    errno.ENOSPC: "no space left on the disk",
    errno.EDQUOT: "the disk quota is used up",
    errno.EROFS: "the file system is read-only",
    errno.EACCES: "permission denied",
    errno.EPERM: "permission denied",
    errno.ENOTDIR: "a file stands where a folder is needed",
    errno.EEXIST: "a file stands where a folder is needed",
    errno.EISDIR: "a folder stands where a file is needed",
    errno.ENOENT: "no such file",
    errno.ENAMETOOLONG: "the name is too long",
}


def _reason(error: OSError) -> str:
    return _REASONS.get(error.errno or 0) or (error.strerror or str(error)).lower()


def keep_inside(root: Path) -> None:
    """Let nothing below a project's folder lead out of it from now on: a stranger may
    have put links there. The folder itself may be reached by links."""
    _ROOTS[os.path.abspath(root)] = os.path.realpath(root)  # noqa: PTH100


def inside(path: Path) -> Path:
    """Return the path of a file that is read or written: :func:`contained`, and below
    its project it has names that are text.

    :raises FlowError: naming the path and what to do.
    """
    named = os.path.abspath(path)  # noqa: PTH100
    above = next((one for one in _above(named) if one in _ROOTS), named)
    _refuse_bytes(path, os.path.relpath(named, above))
    return contained(path)


def contained(path: Path) -> Path:
    """Return a path, but not one that a link leads out of its project. Where no project
    is, anything may be named.

    :raises FlowError: naming the path and what to do.
    """
    named = os.path.abspath(path)  # noqa: PTH100
    above = next((one for one in _above(named) if one in _ROOTS), None)
    if above is not None:
        try:
            whole = os.path.realpath(path)
        except ValueError as error:
            raise FlowError("is no path", repr(str(path))) from error
        if not Path(whole).is_relative_to(_ROOTS[above]):
            hint = "put the file itself there, or remove the link"
            raise FlowError("a link that leaves the project", str(path), hint=hint)
    return path


def _refuse_bytes(path: Path, name: str) -> None:
    """:raises FlowError: if a name is not text: no file of ours could tell of it."""
    try:
        name.encode()
    except UnicodeEncodeError:
        shown = os.fsencode(path).decode("utf-8", "backslashreplace")
        raise FlowError("its name is not UTF-8", shown, hint="rename it") from None


def _above(path: str) -> Iterator[str]:
    while True:
        yield path
        folder = os.path.dirname(path)  # noqa: PTH120
        if folder == path:
            return
        path = folder


def read_bytes(path: Path) -> bytes:
    """Return what a file holds.

    :raises FlowError: naming the file and why it cannot be read.
    """
    _refuse_pipe(inside(path))
    try:
        return path.read_bytes()
    except OSError as error:
        raise FlowError(f"cannot be read: {_reason(error)}", str(path)) from error


def read_if_there(path: Path) -> bytes | None:
    """Return what a file holds, or None if there is no such file.

    :raises FlowError: if it is there and cannot be read.
    """
    _refuse_pipe(inside(path))
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise FlowError(f"cannot be read: {_reason(error)}", str(path)) from error


def home(environ: Mapping[str, str]) -> Path | None:
    """Return the user's own folder: what the environment names, else what the system
    knows of the user; None if there is none."""
    for name in ("HOME", "USERPROFILE"):
        if (said := Path(environ.get(name, ""))).is_absolute():
            return said
    try:
        import pwd

        own = Path(pwd.getpwuid(os.getuid()).pw_dir)
    except (ImportError, KeyError):
        return None
    return own if own.is_absolute() else None


def _refuse_pipe(path: Path) -> None:
    """:raises FlowError: if a file would never end."""
    with suppress(OSError, ValueError):
        mode = path.stat().st_mode
        if stat.S_ISFIFO(mode) or stat.S_ISCHR(mode) or stat.S_ISSOCK(mode):
            raise FlowError("is not a file", str(path))


def make_folder(path: Path) -> None:
    """Create a folder and those above it.

    :raises FlowError: naming the folder and why it cannot be made.
    """
    inside(path)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _cannot_write(path, error) from error


def write_atomic(path: Path, data: bytes) -> None:
    """Put ``data`` into a file, creating its folder; the file is old or new at any
    instant, and keeps its permissions. A symbolic link is followed, but not out of a
    project.

    :raises FlowError: naming the file and what to do; the old file is then whole and
        no temporary file is left.
    """
    make_folder(inside(path).parent)
    try:
        _replace(Path(os.path.realpath(path)), data)
    except OSError as error:
        raise _cannot_write(path, error) from error


def append_line(path: Path, line: bytes) -> None:
    """Add a line to a file that is there; it is on the disk when this returns.

    :raises FlowError: naming the file and what to do.
    """
    inside(path.parent)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0))
        with os.fdopen(handle, "ab") as file:
            file.write(line + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise _cannot_write(path, error) from error


def delete(path: Path) -> None:
    """Delete a file, if it is there.

    :raises FlowError: naming the file and why it cannot be deleted.
    """
    inside(path.parent)
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        message = f"cannot be deleted: {_reason(error)}"
        raise FlowError(message, str(path), hint=_NOTHING_CHANGED) from error


def _cannot_write(path: Path, error: OSError) -> FlowError:
    message = f"cannot be written: {_reason(error)}"
    return FlowError(message, str(path), hint=_NOTHING_CHANGED)


def _replace(path: Path, data: bytes) -> None:
    temporary = path.with_name(f".{path.name[:100]}.{os.getpid()}.tmp")
    try:
        _write_through(temporary, data, _mode(path))
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(path.parent)


_LEFT = re.compile(r"\.(.+)\.([0-9]{1,10})\.tmp", re.S)
_OLD = 86_400.0
"""Seconds after which nobody writes into a temporary file any more."""


def sweep(files: Iterable[Path]) -> None:
    """Delete what killed programs left beside files that they were writing. The
    project's lock must be held."""
    wanted: dict[Path, set[str]] = {}
    for path in files:
        wanted.setdefault(path.parent, set()).add(path.name[:100])
    for folder, names in wanted.items():
        with suppress(OSError, FlowError):
            for path in inside(folder).iterdir():
                found = _LEFT.fullmatch(path.name)
                if found and found[1] in names and _is_left(path, int(found[2])):
                    path.unlink()


def _is_left(path: Path, process: int) -> bool:
    """Tell whether whoever wrote a temporary file has ended."""
    if path.is_symlink() or not path.is_file():
        return False
    if time.time() - path.stat().st_mtime > _OLD:
        return True
    if os.name == "nt":  # where asking for a process would end it
        return False
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return process > 0
    except PermissionError:
        pass
    return False


def _mode(path: Path) -> int | None:
    """Return the permission bits of a file, or None if it is not there yet."""
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        return None


def _write_through(path: Path, data: bytes, mode: int | None) -> None:
    path.unlink(missing_ok=True)  # a link that waits there would be written through
    with path.open("xb") as file:
        if mode is not None:
            path.chmod(mode)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def private_folder(root: Path) -> Path:
    """Return the project's ``.tflow`` folder, created and hidden from git."""
    folder = root / PRIVATE
    make_folder(folder)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        write_atomic(ignore, b"*\n")
    return folder


def private_file(root: Path, name: str) -> Path:
    """Return where a file of ours lies in ``.tflow``. What stands there and is no file,
    a link say, is not ours and makes room."""
    folder = private_folder(root)
    for suffix in ("", "-wal", "-shm", "-journal"):
        path = folder / f"{name}{suffix}"
        if _stands(path) not in (None, stat.S_IFREG):
            make_room(path)
    return folder / name


def private_place(root: Path, name: str) -> Path:
    """Return where a folder of ours lies in ``.tflow``, as :func:`private_file` does;
    it need not be there."""
    path = private_folder(root) / name
    if _stands(path) not in (None, stat.S_IFDIR):
        make_room(path)
    return path


def _stands(path: Path) -> int | None:
    """Return what kind of file has a name; None if there is none, for then another
    command may make one at any moment, and that is to stay."""
    try:
        return stat.S_IFMT(path.lstat().st_mode)
    except FileNotFoundError:
        return None


def make_room(path: Path) -> None:
    """Take away what stands where something of ours belongs; a folder gets another
    name beside it.

    :raises FlowError: naming what stands there.
    """
    try:
        if path.is_dir() and not path.is_symlink():
            path.rename(path.with_name(f"{path.name}.{time.time_ns()}.broken"))
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise _cannot_write(path, error) from error


@contextmanager
def lock(
    root: Path,
    name: str = "lock",
    busy: str = "another tflow command is writing; waiting for it",
    *,
    waiting: Callable[[str], None] = lambda message: None,
    seconds: float = LOCK_SECONDS,
) -> Iterator[None]:
    """Hold a lock of the project. That without a name of its own lets one command at a
    time load, change and save.

    :param busy: what is said when another command holds it.
    :param waiting: told that, once.
    :param seconds: how long to wait; less than none: as long as it takes.
    :raises FlowError: if it is still held then.
    """
    from filelock import FileLock, Timeout

    path = private_file(root, name)
    held = FileLock(path)
    try:
        try:
            held.acquire(timeout=0)
        except Timeout:
            waiting(busy)
            held.acquire(timeout=seconds)
    except Timeout as error:
        message = f"another tflow command has been writing for {seconds:.0f} seconds"
        hint = "wait for it to end, or stop it, and run this again"
        raise FlowError(message, str(path), hint=hint) from error
    except OSError as error:
        raise _cannot_write(path, error) from error
    try:
        yield
    finally:
        held.release()
