"""What is there and used by nothing: sources, factors, conditions, interventions, and other words."""

from collections.abc import Iterator, Mapping

from painrules.check.findings import Finding, found
from painrules.check.space.cuts import clauses_of
from painrules.check.subject import Subject
from painrules.model.hierarchy import Hierarchy
from painrules.model.pack import Pack
from painrules.model.rule import Inference, Step
from painrules.packs.references import ENDS
from painrules.packs.sections import SECTIONS

LOOKED_AT: Mapping[str, str] = {
    "sources": "unused_source",
    "factors": "unused_factor",
    "conditions": "unused_condition",
    "interventions": "unused_intervention",
    "categories": "unused_word",
    "goals": "unused_word",
    "professions": "unused_word",
    "settings": "unused_word",
    "safeguards": "unused_word",
    "red_flag_signs": "unused_word",
}
"""The lists whose entries have to be used, and what it is called if they are not."""

WHY = {
    "sources": "nothing cites it",
    "factors": "no rule and no relation names it",
    "conditions": "no rule names it, or what it belongs to",
    "interventions": "no rule and no relation speaks of it, or of what it belongs to",
    "categories": "no intervention stands in it",
    "goals": "nothing serves it",
    "professions": "nothing is delivered by it",
    "settings": "nothing is offered in it",
    "safeguards": "no step asks for it",
    "red_flag_signs": "no rule looks at it",
}


def unused(subject: Subject) -> Iterator[Finding]:
    """A finding for each entry of the pack itself that nothing uses."""
    used = _Uses(subject.pack).used
    for table, kind in LOOKED_AT.items():
        for name in getattr(subject.pack, table):
            if subject.is_own(table, name) and name not in used[table]:
                what = f"{SECTIONS[table].noun} '{name}' is not used: {WHY[table]}"
                yield found(kind, name, what, where=subject.where(table, name))


class _Uses:
    """What is used, list by list."""

    def __init__(self, pack: Pack) -> None:
        self.used: dict[str, set[str]] = {table: set() for table in LOOKED_AT}
        self._pack = pack
        self._by_rules()
        self._by_entries()
        self._by_relations()
        covers = pack.header.covers
        if covers is not None:
            self.used["factors"] |= set(covers.end_of_life)
            self.used["conditions"] |= set(covers.conditions)
        self.used["conditions"] = _related(self.used["conditions"], pack.condition_tree)
        self.used["interventions"] = _related(self.used["interventions"], pack.intervention_tree)

    def _by_rules(self) -> None:
        named = {"factors": "factors", "red_flags": "red_flag_signs"}
        for rule in self._pack.rules:
            self.used["sources"].add(rule.source)
            self.used["interventions"].add(getattr(rule, "option", ""))
            for clause in clauses_of(rule):
                if clause.attribute == "condition":
                    self.used["conditions"] |= set(clause.values)
                elif clause.attribute in named:
                    self.used[named[clause.attribute]].add(clause.name)
                elif clause.attribute == "tried":
                    self.used["interventions"].add(clause.name)
                    self.used["categories"].add(clause.name)
            if isinstance(rule, Inference):
                self.used["factors"] |= set(rule.suggests.factors)
            elif isinstance(rule, Step):
                self.used["interventions"].add(rule.steps_from or "")
                self.used["safeguards"].add(rule.safeguard or "")

    def _by_entries(self) -> None:
        pack = self._pack
        for table in SECTIONS:
            for entry in getattr(pack, table).values():
                self.used["sources"] |= set(getattr(entry, "sources", ()))
                self.used["sources"] |= set(getattr(entry, "correction_sources", ()))
                self.used["professions"] |= set(getattr(entry, "professions", ()))
        self.used["sources"] |= {statement.source for statement in pack.statements.values()}
        self.used["sources"] |= {one.superseded_by or "" for one in pack.sources.values()}
        self.used["categories"] |= {one.category for one in pack.interventions.values()}
        self.used["professions"] |= {step.profession for step in pack.training.values()}

    def _by_relations(self) -> None:
        for relation in self._pack.relations.values():
            starts, ends = ENDS[relation.kind]
            for table in starts:
                self.used.get(table, set()).add(relation.from_)
            for table in ends:
                self.used.get(table, set()).add(relation.to)


def _related(names: set[str], tree: Hierarchy) -> set[str]:
    """What is named, what belongs to it, and what it belongs to."""
    return {other for name in names for other in tree.upwards(name) | tree.downwards(name)}
