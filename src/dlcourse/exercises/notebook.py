"""Check what a learner has written in the cells of a notebook, by the same check as a file."""

import ast
import inspect
import linecache
import textwrap
import types
from collections.abc import Iterator
from typing import Any

from dlcourse.errors import UsageError
from dlcourse.exercises.catalog import Exercise, find_exercise, load_exercises
from dlcourse.exercises.grading import FAULTY
from dlcourse.exercises.runner import Result, check_source

CELL = "your cell"  # as messages name it
FUNCTION = "your function"  # with what it uses of other cells above it
PLAIN = int | float | str | bytes | None


def check_objects(objects: tuple[Any, ...], name: str | None) -> Result:
    """Check functions and classes, together with what they use of other cells.

    Raises: UsageError when no exercise asks for them, or their source is not known.
    """
    if not objects:
        raise UsageError("there is nothing to check", "write check(weighted_sum), for example")
    for one in objects:
        if not isinstance(one, type | types.FunctionType):
            raise UsageError(
                f"{one!r:.40} is not a function", "check(weighted_sum), without a call"
            )
    exercise = find_exercise(name or name_of(objects[0]), load_exercises())
    parts = dict.fromkeys(part for one in objects for part in program_of(one, set()))
    return check_text("\n\n".join(parts), exercise, FUNCTION)


def check_text(text: str, exercise: Exercise, place: str) -> Result:
    """Check a program, and print what the terminal would say."""
    result = check_source(exercise, text.encode("utf-8"), place)
    verdict = result.verdict
    if verdict.bug:
        print(f"{FAULTY.format(id=exercise.id)}\n{verdict.bug}")
    elif verdict.passed:
        print(f"{exercise.id}: passed\n{exercise.why}")
    else:
        print(f"{exercise.id}: not passed\n{verdict.message}")
    return result


def name_of(one: Any) -> str:
    """Return the id of the exercise whose starter defines a function or class of this name."""
    name = one.__name__
    catalog = load_exercises()
    if any(exercise.id.partition("/")[2] == name for exercise in catalog):
        return name
    defining = [exercise.id for exercise in catalog if name in names_defined(exercise.starter)]
    if len(defining) > 1:
        choices = " or ".join(f'"{found}"' for found in defining)
        raise UsageError(f"several exercises have {name}", f"add exercise={choices}")
    return defining[0] if defining else name


def names_defined(source: str) -> set[str]:
    """Return the functions and classes that a program defines."""
    kinds = (ast.FunctionDef, ast.ClassDef)
    return {node.name for node in ast.parse(source).body if isinstance(node, kinds)}


def program_of(one: Any, seen: set[str]) -> Iterator[str]:
    """Yield the source of a function or class, and before it that of what it uses."""
    if one.__name__ in seen:
        return
    seen.add(one.__name__)
    for function in functions_of(one):
        for name in sorted(names_used(function.__code__)):
            if name in function.__globals__ and name not in seen:
                yield from definition(name, function.__globals__[name], one.__module__, seen)
    yield source_of(one)


def definition(name: str, value: Any, module: str, seen: set[str]) -> Iterator[str]:
    """Yield what gives a name its value in a program of its own."""
    if isinstance(value, types.ModuleType):
        yield f"import {value.__name__} as {name}"
    elif getattr(value, "__module__", None) == module and hasattr(value, "__name__"):
        yield from program_of(value, seen)
    elif hasattr(value, "__name__"):
        yield f"from {value.__module__} import {value.__name__} as {name}"
    elif isinstance(value, PLAIN):
        yield f"{name} = {value!r}"


def functions_of(one: Any) -> list[types.FunctionType]:
    """Return a function, or those of a class."""
    found = vars(one).values() if isinstance(one, type) else [one]
    return [value for value in found if isinstance(value, types.FunctionType)]


def names_used(code: types.CodeType) -> set[str]:
    """Return the global names of a function, and of the functions in it."""
    names = set(code.co_names)
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            names |= names_used(constant)
    return names


def source_of(one: Any) -> str:
    """Return the source of a function or class.

    Raises: UsageError where it is not known. Python finds classes in files alone, so a class of a
    cell is looked for in the cell of its first function.
    """
    try:
        if not isinstance(one, type):
            return textwrap.dedent(inspect.getsource(one))
        file = functions_of(one)[0].__code__.co_filename
        text = "".join(linecache.getlines(file))
        for node in ast.parse(text).body:
            if isinstance(node, ast.ClassDef) and node.name == one.__name__:
                return ast.get_source_segment(text, node) or ""
    except (OSError, TypeError, IndexError):
        pass
    problem = f"the source of {one.__name__} is not known"
    raise UsageError(problem, "define it in a cell, and run this cell")


def check_cell(shell: Any, line: str, cell: str) -> None:
    """Check a cell that begins with `%%exercise neuron/weighted_sum`; run it if it passes."""
    exercise = find_exercise(line.strip(), load_exercises())
    text = f"\n{cell}"  # the line of the magic counts
    if check_text(text, exercise, CELL).verdict.passed:
        shell.run_cell(cell)
