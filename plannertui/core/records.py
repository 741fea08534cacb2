"""``dataclass(frozen=True, slots=True)`` in a third of the time to make a class.

The standard library compiles six methods for each class, which adds up to a twelfth of the
time until the screen is there. Here they are shared, and only ``__init__`` is compiled.
Everything else is the standard library's: fields, ``replace``, ``asdict``, matching.
"""

from __future__ import annotations

import dataclasses
from operator import attrgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass
    from typing import Any
else:

    def dataclass(
        *, frozen: bool, slots: bool, kw_only: bool = False
    ) -> Callable[[type], type]:
        """Make an immutable class with slots of the fields that a class declares."""
        assert frozen
        assert slots
        plain = dataclasses.dataclass(
            init=False, repr=False, eq=False, slots=True, kw_only=kw_only
        )
        return lambda cls: _frozen(plain(cls))


def _frozen(cls: type) -> type:
    fields = dataclasses.fields(cls)
    names = [field.name for field in fields]
    get = attrgetter(*names)
    values: Callable[[Any], tuple[Any, ...]] = (
        get if len(names) > 1 else lambda self: (get(self),)
    )

    def equal(self: Any, other: object) -> Any:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return values(self) == values(other)

    def hashed(self: Any) -> int:
        return hash(values(self))

    def shown(self: Any) -> str:
        parts = (f"{name}={getattr(self, name)!r}" for name in names)
        return f"{type(self).__qualname__}({', '.join(parts)})"

    def remade(self: Any) -> Any:
        return _remake, (type(self), dict(zip(names, values(self), strict=True)))

    methods: dict[str, Any] = {
        "__init__": _init(cls, fields),
        "__eq__": equal,
        "__hash__": hashed,
        "__repr__": shown,
        "__reduce__": remade,
        "__setattr__": _no_setting,
        "__delattr__": _no_deleting,
    }
    for name, method in methods.items():
        # A class with its own __eq__ has None for a __hash__.
        if cls.__dict__.get(name) is None:
            setattr(cls, name, method)
    return cls


def _init(cls: type, fields: tuple[dataclasses.Field[Any], ...]) -> Any:
    """``__init__`` with the defaults of the ``fields``, setting each slot directly."""
    known: dict[str, Any] = {}
    params: dict[bool, list[str]] = {False: ["self"], True: []}
    body: list[str] = []
    for field in fields:
        name, value = field.name, field.name
        known[f"_set_{name}"] = getattr(cls, name).__set__
        default = ""
        if field.default is not dataclasses.MISSING:
            known[f"_or_{name}"], default = field.default, f"=_or_{name}"
        elif field.default_factory is not dataclasses.MISSING:
            known[f"_or_{name}"], default = field.default_factory, f"=_or_{name}"
            value = f"_or_{name}() if {name} is _or_{name} else {name}"
        params[bool(field.kw_only)].append(name + default)
        body.append(f" _set_{name}(self, {value})")
    said = params[False] + (["*", *params[True]] if params[True] else [])
    exec(f"def __init__({', '.join(said)}):\n" + "\n".join(body), known)
    return known["__init__"]


def _no_setting(self: object, name: str, value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _no_deleting(self: object, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _remake(cls: type, values: dict[str, Any]) -> Any:
    return cls(**values)


__all__ = ["dataclass"]
