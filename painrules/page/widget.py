"""The explorer as a widget: what a reader fills in is in `profile`, what the rules say of it in `result`."""

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, Any

from painrules.errors import MissingExtraError, ProfileError
from painrules.model.profile import Profile
from painrules.page.data import page_data
from painrules.page.document import embedded, static, to_page

try:
    import anywidget
    import traitlets
except ModuleNotFoundError as error:
    if error.name not in {"anywidget", "traitlets"}:
        raise
    msg = "the widget needs anywidget\n    hint: install it with: pip install 'painrules[widget]'"
    raise MissingExtraError(msg) from None

if TYPE_CHECKING:
    from painrules.model.pack import Pack

HEIGHT = 720
"""How high the frame of a page is, in pixels."""

Explore = Callable[[Profile, dict[str, Any]], Any]
"""Explores a profile under a lens; gives an exploration, and raises `ProfileError`."""


class ExplorerWidget(anywidget.AnyWidget):
    """The explorer in a notebook, bound both ways: set `profile` or `lens` and it shows; fill it in and they follow.

    Where there is no kernel, as in a notebook turned into a page, the page stands in its place.

    Args:
        pack: The pack.
        explore: What explores a profile.
        profile: What it begins with; left out, nothing is known.
    """

    _esm = static("widget.js")
    _css = static("style.css")
    data = traitlets.Unicode().tag(sync=True)
    """What the page needs of the pack, as JSON."""
    known = traitlets.Dict().tag(sync=True)
    """What is known, as `Profile.to_dict` has it: what a reader fills in."""
    lens = traitlets.Dict().tag(sync=True)
    """Who speaks, and when: `sources`, `jurisdictions` and `as_of`, each left out for all."""
    profile = traitlets.Instance(Profile)
    """What is known."""
    result = traitlets.Any(allow_none=True, read_only=True)
    """What the rules say of it: an `Exploration`; None while the profile contradicts itself."""
    error = traitlets.Unicode(read_only=True)
    """What does not fit together, or an empty text."""

    def __init__(self, pack: "Pack", explore: Explore, profile: Profile | None = None) -> None:
        self._pack = pack
        self._explore = explore
        begun = Profile() if profile is None else profile
        super().__init__(
            data=embedded(page_data(pack)), known=begun.to_dict(), profile=begun, lens={}
        )
        self._refresh()

    @traitlets.observe("known")
    def _filled_in(self, _change: object) -> None:
        self.profile = Profile(**self.known)

    @traitlets.observe("profile")
    def _set(self, _change: object) -> None:
        self.known = self.profile.to_dict()

    @traitlets.observe("profile", "lens")
    def _changed(self, _change: object) -> None:
        self._refresh()

    def _refresh(self) -> None:
        try:
            found, told = self._explore(self.profile, dict(self.lens)), ""
        except ProfileError as error:
            found, told = None, str(error)
        self.set_trait("result", found)
        self.set_trait("error", told)

    def to_frame(self) -> str:
        """The page with what is filled in, as a frame that needs no kernel and no network."""
        page = to_page(self._pack, self.profile, self.lens)
        return (
            f'<iframe srcdoc="{escape(page)}" title="{escape(self._pack.header.title)}" '
            f'width="100%" height="{HEIGHT}" style="border:1px solid #8a9097"></iframe>'
        )

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:  # noqa: ANN401 - as anywidget has it
        found: Any = super()._repr_mimebundle_(**kwargs)
        if found is None:
            return None
        data, *rest = found if isinstance(found, tuple) else (found,)
        bundle = {**data, "text/html": self.to_frame()}
        return (bundle, *rest) if rest else bundle
