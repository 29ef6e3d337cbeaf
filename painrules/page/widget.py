"""The explorer as a widget: what a reader fills in is in `profile`, what the rules say of it in `result`."""

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, Any

from painrules.errors import MissingExtraError, ProfileError
from painrules.given import instance
from painrules.model.profile import Profile
from painrules.page.data import page_data
from painrules.page.document import embedded, static, to_page

try:
    import anywidget
    import traitlets
    from IPython.display import display
except ModuleNotFoundError as error:
    if error.name not in {"anywidget", "traitlets", "IPython"}:
        raise
    msg = "the widget needs anywidget\n    hint: install it with: pip install 'painrules[widget]'"
    raise MissingExtraError(msg) from None

if TYPE_CHECKING:
    from painrules.model.pack import Pack

FRAME = "painrules-frame"
"""The class of a frame that stands in for a widget; the style of the widget hides it."""
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
    _css = static("style.css") + f".{FRAME}{{display:none}}"
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
        begun = instance("profile", begun, Profile, "painrules.Profile(...) makes one")
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
        held = page.replace("&", "&amp;").replace("'", "&#39;")
        return (
            f'<iframe class="{FRAME}" title="{escape(self._pack.header.title)}" loading="lazy" width="100%" '
            f'height="{HEIGHT}" style="border:1px solid #8a9097" srcdoc=\'{held}\'></iframe>'
        )

    def _ipython_display_(self) -> None:
        """Shows the widget, then the page: the style of a widget that runs hides the page.

        Both in one output would not do: a notebook that was run without a browser keeps the state of its widgets,
        and what makes pages of notebooks then takes the widget and drops the page, which is all that works there.
        """
        show: Callable[..., object] = display
        live: Any = super()._repr_mimebundle_()
        for shown in (live[0] if isinstance(live, tuple) else live, {"text/html": self.to_frame()}):
            show({**shown, "text/plain": self._pack.header.title}, raw=True)
