"""The examples of rules, tried out: in force where they say so, and not where they say not."""

from collections.abc import Iterable, Iterator

from painrules.engine import BitmapEngine, consult
from painrules.errors import Problem, ProfileError
from painrules.model.facts import FactsBuilder
from painrules.model.pack import Pack
from painrules.model.profile import Profile
from painrules.model.rule import ExampleProfile, Inference, Rule
from painrules.packs.gather import Located


def profile_of(example: ExampleProfile, pack: Pack) -> Profile:
    """The profile that an example stands for.

    Raises:
        ProfileError: If it contradicts itself.
    """
    facts: dict[str, bool] = {}
    for value, names in ((True, example.present), (False, example.absent)):
        facts |= dict.fromkeys(names, value)
    both = set(example.present) & set(example.absent)
    if both:
        raise ProfileError([Problem("present", f"'{min(both)}' is said to be present and absent")])
    return Profile(
        pain_type=example.pain_type,
        mechanisms=frozenset(example.mechanism),
        conditions=frozenset(example.condition),
        age_years=example.age,
        duration_months=example.duration_months,
        severity=example.severity,
        factors={name: value for name, value in facts.items() if name in pack.factors},
        red_flags={name: value for name, value in facts.items() if name in pack.red_flag_signs},
        tried=example.tried,
        goals=frozenset(example.goals),
    )


def check_examples(records: Iterable[Located], pack: Pack) -> Iterator[Problem]:
    """A problem for each example that does not show what it says."""
    engine = BitmapEngine(pack)
    builder = FactsBuilder(pack)
    for item in records:
        rule = item.record
        if not isinstance(rule, Rule):
            continue
        for kind, wanted in (("fires", True), ("spares", False)):
            for number, example in enumerate(getattr(rule.examples, kind)):
                steps = ("examples", kind, number)
                try:
                    found = in_force(rule, profile_of(example, pack), engine, builder, pack)
                except (ProfileError, ValueError) as error:
                    last = str(error).split("\n", 1)[-1]
                    yield item.problem(steps, f"example {number + 1}: {last}")
                    continue
                if found is not wanted:
                    verb = "is not in force" if wanted else "is in force"
                    hint = "look at when, unless and the file's scope"
                    yield item.problem(steps, f"the rule {verb} in example {number + 1}", hint)


def in_force(
    rule: Rule, profile: Profile, engine: BitmapEngine, builder: FactsBuilder, pack: Pack
) -> bool:
    """Whether a rule is in force for a profile, whatever the day.

    Raises:
        ValueError: If the profile contradicts itself in terms of the pack.
    """
    found = consult(engine, builder, profile)
    if isinstance(rule, Inference):
        # What is given is not inferred, so the rule is looked at itself.
        rules = {
            name for item in found.inferred.taken + found.inferred.refused for name in item.rules
        }
        return rule.id in rules
    bit = 1 << pack.rule_numbers[rule.id]
    return any(ask.sets.in_force & bit for ask in found.asked)
