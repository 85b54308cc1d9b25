"""Puts a mutant in the place of its module: in the functions of this process, or in the module as it is imported."""

import functools
import gc
import importlib.machinery
import os
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FunctionType

from scripts.mutants.operators import Mutant, mutants_of
from scripts.mutants.readers import read_here
from scripts.mutants.rooms import ROOT


def code_of(mutant: Mutant) -> CodeType:
    path = ROOT / mutant.path
    return compile(mutant.tree(path.read_text()), str(path), "exec", dont_inherit=True)


class Functions:
    """Every function that lives in this process, by the file it was written in. Made once, before the first fork."""

    def __init__(self, files: list[Path]) -> None:
        names = {str(path) for path in files}
        self.by_file: dict[str, list[FunctionType]] = {name: [] for name in names}
        gc.unfreeze()
        self.caches = caches()
        for each in gc.get_objects():
            if type(each) is FunctionType and each.__code__.co_filename in names:  # a lazy object would wake up
                self.by_file[each.__code__.co_filename].append(each)
        gc.freeze()

    def plant(self, mutant: Mutant) -> int:
        """Give the functions of the file the code of the mutant; what was remembered from before is forgotten.

        Returns how many functions now do something else.
        """
        changed = 0
        file = str(ROOT / mutant.path)
        new = dict(_keyed(code_of(mutant)))
        old = {code: key for key, code in _keyed(compile(Path(file).read_text(), file, "exec", dont_inherit=True))}
        for function in self.by_file[file]:
            key = old.get(function.__code__)
            if key in new and new[key] != function.__code__:
                function.__code__ = new[key]
                changed += 1
        for cache in self.caches:
            cache.cache_clear()
        return changed


OURS = {"p2emas", "districts", "facilitators", "programs"}


def caches() -> list[functools._lru_cache_wrapper]:
    """What our functions remember from one call to the next."""
    kept = [each for each in gc.get_objects() if type(each) is functools._lru_cache_wrapper]
    return [each for each in kept if str(each.__module__).partition(".")[0] in OURS]


def _keyed(code: CodeType) -> Iterator[tuple[tuple[str, int, int], CodeType]]:
    """Each code object in ``code`` by its name, first line and turn among those with the same."""
    turns: dict[tuple[str, int], int] = {}
    stack = [code]
    while stack:
        for each in stack.pop().co_consts:
            if isinstance(each, CodeType):
                key = (each.co_qualname, each.co_firstlineno)
                turns[key] = turns.get(key, 0) + 1
                yield (*key, turns[key]), each
                stack.append(each)


def plant_on_import(path: str, name: str) -> None:
    """From now on, importing the file makes the mutant of that name."""
    source = (ROOT / path).read_text()
    mutant = next(each for each in mutants_of(path, source) if each.name == name)
    plain = importlib.machinery.SourceFileLoader.get_code

    def get_code(loader: importlib.machinery.SourceFileLoader, fullname: str) -> CodeType | None:
        return code_of(mutant) if loader.path == str(ROOT / path) else plain(loader, fullname)

    importlib.machinery.SourceFileLoader.get_code = get_code


def pytest_collection_finish() -> None:
    """In a fresh process of tests, once Django is set up."""
    read_here()


if os.environ.get("MUTANT"):  # ``-p scripts.mutants.planting``: before Django reads the models
    plant_on_import(*os.environ["MUTANT"].split("|", 1))
