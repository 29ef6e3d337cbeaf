"""What all records share: frozen, unknown fields refused, plain values."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Never, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    WithJsonSchema,
)
from pydantic_core import CoreSchema

from painrules.cached import cached_property

K = TypeVar("K")
V = TypeVar("V")

NOT_STATED = "not_stated"
"""What a field holds where no source speaks: never an empty place."""


class Frozen(BaseModel):
    """A record that never changes and refuses fields that it does not know."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", defer_build=True, ignored_types=(cached_property,)
    )


class FrozenDict(dict[K, V]):
    """A mapping that cannot be changed, so that a frozen record is frozen all through.

    >>> ages = FrozenDict({"age": 40})
    >>> ages["age"]
    40
    """

    __slots__ = ()

    def _refuse(self, *_args: object, **_kwargs: object) -> Never:
        msg = "this mapping cannot be changed"
        raise TypeError(msg)

    __setitem__ = __delitem__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse
    __ior__ = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        """Equal mappings have equal hashes."""
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[object, ...]:
        """Pickled as a whole, for it refuses to be filled bit by bit."""
        return (FrozenDict, (dict(self),))

    def __copy__(self) -> "FrozenDict[K, V]":
        """A frozen mapping is its own copy."""
        return self

    def __deepcopy__(self, memo: object) -> "FrozenDict[K, V]":
        """A frozen mapping of plain values is its own copy."""
        return self


def _sorted_map(value: Mapping[Any, Any]) -> FrozenDict[Any, Any]:
    return FrozenDict({key: value[key] for key in sorted(value)})


def _one_or_many(value: object) -> object:
    """A single word stands for a list of one."""
    return (value,) if isinstance(value, str) else value


def distinct(values: Iterable[K]) -> tuple[K, ...]:
    """The values in their order, each once."""
    return tuple(dict.fromkeys(values))


FrozenMap = Annotated[Mapping[K, V], AfterValidator(_sorted_map)]
"""A mapping with sorted keys that cannot be changed."""

IDENTIFIER = r"^[a-z][a-z0-9_]*$"
ONE_LINE = r"^\S([^\n]*\S)?$"


class _OneOrMany:
    """Tells editors that a single word will do where a list is meant."""

    def __get_pydantic_json_schema__(
        self, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """The schema of an item, or of a list of them."""
        many = handler(core_schema)
        return {"anyOf": [many.get("items", {}), many]}


Words = Annotated[
    tuple[V, ...], BeforeValidator(_one_or_many), AfterValidator(distinct), _OneOrMany()
]
"""One word or a list of words; a list means any of them."""

Identifier = Annotated[str, Field(pattern=IDENTIFIER, max_length=80)]
"""A name in data: lower-case letters, digits and underscores, starting with a letter."""

Text = Annotated[str, Field(min_length=1, max_length=600)]
"""A text of at most 600 characters."""

Sentence = Annotated[str, Field(min_length=1, max_length=400)]
"""One sentence, in our own words, of at most 400 characters."""

Label = Annotated[str, Field(max_length=120, pattern=ONE_LINE)]
"""What a reader sees as the name: one line."""


def _yes_no(value: object) -> object:
    """In packs yes and no are words; in Python they are booleans."""
    return {"yes": True, "no": False}.get(value, value) if isinstance(value, str) else value


YesNo = Annotated[
    bool,
    Field(strict=True),
    BeforeValidator(_yes_no),
    WithJsonSchema({"enum": ["yes", "no", True, False]}, mode="validation"),
]
"""Known to be so (``yes``) or known not to be so (``no``)."""
