"""Plain Python values as type-tagged JSON.

What leaves a sandbox is data from an adversary: it is rebuilt here from exact built-in types only,
never unpickled or evaluated, so comparing it runs no foreign code. Scalars that JSON can hold
exactly stand for themselves; everything else is a one-key object, ``{tag: data}``.
"""

from collections.abc import Callable
from typing import Any

MAX_DEPTH = 64
_SAFE_INT = 2**53

Plain = Any  # None, bool, int, float, complex, str, bytes, list, tuple, set, frozenset, dict


class NotPlain(Exception):
    """The value is not built from plain types alone, or nests deeper than `MAX_DEPTH`."""


def encode(value: Plain, depth: int = 0) -> Any:
    """The JSON form of a plain value.

    An instance of a subclass is read as its plain base type, and a numpy array as nested lists.
    Raises `NotPlain` for any other object.
    """
    if depth > MAX_DEPTH:
        raise NotPlain("nested too deeply")
    if value is None or value is True or value is False:
        return value
    kind = type(value)
    if issubclass(kind, int):
        number = int.__add__(value, 0)
        return number if -_SAFE_INT < number < _SAFE_INT else {"int": hex(number)}
    if issubclass(kind, str):
        return str.__str__(value)
    if issubclass(kind, float):
        return {"float": float.hex(value)}
    inner = depth + 1
    if issubclass(kind, list):
        return [encode(item, inner) for item in list.__iter__(value)]
    if issubclass(kind, dict):
        pairs = ([encode(k, inner), encode(v, inner)] for k, v in dict.items(value))
        return {"dict": list(pairs)}
    for base, tag in _SEQUENCES:
        if issubclass(kind, base):
            return {tag: [encode(item, inner) for item in base.__iter__(value)]}
    if issubclass(kind, bytes | bytearray):
        return {"bytes": bytes(value).hex()}
    if issubclass(kind, complex):
        return {"complex": [float.hex(value.real), float.hex(value.imag)]}
    if kind is range:
        return {"range": [encode(part) for part in (value.start, value.stop, value.step)]}
    if kind.__module__ == "numpy" and hasattr(value, "tolist"):
        return encode(value.tolist(), inner)
    raise NotPlain(kind.__qualname__)


def decode(data: Any, depth: int = 0) -> Plain:
    """The value of a JSON form made by `encode`. Raises `ValueError` for anything else."""
    if depth > MAX_DEPTH:
        raise ValueError("nested too deeply")
    if data is None or isinstance(data, bool | str):
        return data
    if isinstance(data, int):
        return data
    inner = depth + 1
    if isinstance(data, list):
        return [decode(item, inner) for item in data]
    if isinstance(data, dict) and len(data) == 1:
        tag, content = next(iter(data.items()))
        read = _READERS.get(tag)
        if read is not None:
            try:
                return read(content, inner)
            except (TypeError, AttributeError, OverflowError) as error:
                raise ValueError(f"bad {tag}: {error}") from None
    raise ValueError("not the form of a plain value")


def _items(content: Any, depth: int) -> list[Plain]:
    if not isinstance(content, list):
        raise ValueError("not a list")
    return [decode(item, depth) for item in content]


def _pairs(content: Any, depth: int) -> dict[Plain, Plain]:
    return {decode(k, depth): decode(v, depth) for k, v in content}


_SEQUENCES: tuple[tuple[Any, str], ...] = (
    (tuple, "tuple"),
    (set, "set"),
    (frozenset, "frozenset"),
)
_READERS: dict[str, Callable[[Any, int], Plain]] = {
    "int": lambda text, _: int(text, 16),
    "float": lambda text, _: float.fromhex(text),
    "complex": lambda parts, _: complex(*(float.fromhex(part) for part in parts)),
    "bytes": lambda text, _: bytes.fromhex(text),
    "dict": _pairs,
    "tuple": lambda content, depth: tuple(_items(content, depth)),
    "set": lambda content, depth: set(_items(content, depth)),
    "frozenset": lambda content, depth: frozenset(_items(content, depth)),
    "range": lambda content, depth: range(*_items(content, depth)),
}
