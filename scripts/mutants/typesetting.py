"""Sets each PDF in a fork that ends with it: typst keeps threads, which a fork does not inherit and would wait for."""

import os
import pickle
from collections.abc import Callable
from typing import Any
from unittest import mock


def set_apart() -> None:
    """From now on no thread of typst lives in this process, so that its forks can set papers too."""
    import typst

    plain = typst.compile

    def compile_apart(*args: Any, **options: Any) -> bytes:
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                _say(writer, lambda: plain(*args, **options), typst.TypstError)
            finally:
                os._exit(0)
        os.close(writer)
        with os.fdopen(reader, "rb") as answer:
            found = answer.read()
        os.waitpid(child, 0)
        is_set, value = pickle.loads(found) if found else (False, "no answer")
        if not is_set:
            raise typst.TypstError(value)
        return value

    mock.patch.object(typst, "compile", compile_apart).start()


def _say(writer: int, act: Callable[[], bytes], refusal: type[Exception]) -> None:
    try:
        said: tuple[bool, Any] = (True, act())
    except refusal as error:
        said = (False, str(error))
    with os.fdopen(writer, "wb") as out:
        pickle.dump(said, out)
