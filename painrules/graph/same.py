"""Packs compared by identity, for what is made once for each of them: comparing them by content takes long."""

from painrules.model.pack import Pack

REMEMBERED = 4
"""For how many packs something is kept."""


class Same:
    """A pack that counts as equal only to itself."""

    __slots__ = ("pack",)

    def __init__(self, pack: Pack) -> None:
        self.pack = pack

    def __hash__(self) -> int:
        """By identity."""
        return id(self.pack)

    def __eq__(self, other: object) -> bool:
        """By identity."""
        return isinstance(other, Same) and self.pack is other.pack
