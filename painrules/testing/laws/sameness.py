"""Laws about what must not matter: the order of files, the time of day, the engine."""

import json
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from painrules.engine import Engine, Inferred, consult
from painrules.explore import Explorer
from painrules.model.facts import FactsBuilder
from painrules.model.pack import Pack
from painrules.model.profile import Profile
from painrules.model.result import Result
from painrules.packs import load_pack
from painrules.resolve import EVERYTHING, Lens
from painrules.testing.files import write_pack
from painrules.testing.laws.trial import Trial, explored


def law_01(explorer: Explorer, profile: Profile, *, seed: int = 0) -> None:
    """L1: the order of rules and files does not matter.

    The pack is written to files twice, in another order and another layout, and loaded again.

    Args:
        explorer: An explorer of the pack.
        profile: What both are asked about.
        seed: Decides the orders and layouts.

    Raises:
        LawError: If another digest or another result comes out.
    """
    trial = Trial("L1 the order of rules and files does not matter", explorer, profile)
    expected = explored(Explorer(_on_its_own(explorer.pack)), profile)
    for number in (seed, seed + 1):
        again = rewritten(explorer.pack, number)
        trial.equal("the digest", expected.pack.digest, again.digest)
        found = explored(Explorer(again), profile)
        trial.require(expected.to_json() == found.to_json(), "the results differ in their bytes")


def _on_its_own(pack: Pack) -> Pack:
    """A layered pack holds all that lies beneath already, so it need not be layered again."""
    header = pack.header.model_copy(update={"extends": None})
    return pack.model_copy(update={"header": header})


def rewritten(pack: Pack, seed: int) -> Pack:
    """A pack, written to files in an order and layout that the seed decides, and loaded again."""
    with TemporaryDirectory() as folder:
        where = Path(folder) / pack.id
        write_pack(_on_its_own(pack), where, shuffle=Random(seed))  # noqa: S311 - an order, not a secret
        return load_pack(where)


def law_06(explorer: Explorer, profile: Profile, lens: Lens = EVERYTHING) -> None:
    """L6: results are deterministic, and survive JSON and back.

    Raises:
        LawError: If they do not.
    """
    trial = Trial("L6 results are deterministic and survive JSON", explorer, profile, lens)
    result = explored(explorer, profile, lens)
    text = result.to_json()
    trial.require(explored(explorer, profile, lens).to_json() == text, "asked twice, it differs")
    fresh = Explorer(explorer.pack, engine=explorer.engine)
    trial.require(explored(fresh, profile, lens).to_json() == text, "asked anew, it differs")
    back = Result.from_json(text)
    trial.equal("the record read back", result.record, back)
    trial.require(back.model_dump_json(indent=2) == text, "written again, it differs")
    trial.equal("the dictionary", json.loads(text), json.loads(json.dumps(result.to_dict())))


def law_24(explorer: Explorer, profile: Profile, engine: Engine) -> None:
    """L24: both engines return the same sets for every profile.

    Args:
        explorer: An explorer with one engine.
        profile: What both are asked about.
        engine: The other engine, made for the same pack.

    Raises:
        LawError: If they do not.
    """
    trial = Trial("L24 both engines return the same sets", explorer, profile)
    builder = FactsBuilder(explorer.pack)
    one, other = consult(explorer.engine, builder, profile), consult(engine, builder, profile)
    trial.equal("what is inferred", _sorted(one.inferred), _sorted(other.inferred))
    for mine, yours in zip(one.asked, other.asked, strict=True):
        for name in ("certain", "in_force", "possible"):
            differ = getattr(mine.sets, name) ^ getattr(yours.sets, name)
            ids = [
                rule.id for number, rule in enumerate(explorer.pack.rules) if differ >> number & 1
            ]
            trial.require(not ids, f"for {mine.mechanism}, one engine alone has as {name}: {ids}")


def _sorted(inferred: Inferred) -> Inferred:
    return Inferred(tuple(sorted(inferred.taken)), tuple(sorted(inferred.refused)))
