"""The peers, each with the same rules in its own language: facts in, the numbers of the rules in force out.

All get facts that are complete: what is not known of a factor is the word ``unknown``, a missing condition is the word
``none``. So each rule is a conjunction of plain comparisons, and no peer has to know of three values.
"""

import json
from collections.abc import Callable, Iterable
from importlib.metadata import version
from math import inf
from typing import Any, Protocol

from painrules import Pack, Profile
from painrules.model.clauses import Clause
from painrules.model.rule import Inference, Rule

Known = dict[str, Any]
"""Complete facts."""
NUMBERS = ("age_years", "duration_months", "severity")


class Peer(Protocol):
    """An engine that has the rules."""

    def fired(self, known: Known) -> Iterable[int]:
        """The numbers of the rules in force."""
        ...


def known_of(profile: Profile, pack: Pack) -> Known:
    """A profile as complete facts."""
    words = {True: "yes", False: "no"}
    return {
        "pain_type": profile.pain_type.value if profile.pain_type else "none",
        "mechanism": next((one.value for one in profile.mechanisms), "none"),
        "condition": next(iter(profile.conditions), "none"),
        **{name: float(getattr(profile, name)) for name in NUMBERS},
        **{name: words.get(profile.factors.get(name), "unknown") for name in pack.factors},  # type: ignore[arg-type]
    }


def rules_of(pack: Pack) -> list[tuple[int, Rule]]:
    """The rules that are matched; mechanisms are given, so that inferences have nothing to say."""
    return [(n, rule) for n, rule in enumerate(pack.rules) if not isinstance(rule, Inference)]


def name_of(clause: Clause) -> str:
    """The fact that a clause looks at."""
    return clause.name or clause.attribute


def text(rule: Rule, both: str, no: str, quote: str) -> str:
    """A rule as an expression in languages that look like Python or C."""

    def told(clause: Clause) -> str:
        if clause.attribute in NUMBERS:
            parts = [f"{name_of(clause)} >= {clause.low}"] if clause.low > -inf else []
            parts += [f"{name_of(clause)} <= {clause.high}"] if clause.high < inf else []
            return both.join(parts)
        words = ", ".join(f"{quote}{value}{quote}" for value in clause.values)
        return f"{name_of(clause)} in [{words}]"

    parts = [told(clause) for clause in rule.conditions]
    parts += [f"{no}({told(clause)})" for clause in rule.exceptions]
    return both.join(parts) or "true"


class Cel:
    """Common Expression Language, the Rust implementation."""

    package = "common-expression-language"

    def __init__(self, pack: Pack) -> None:
        import cel  # noqa: PLC0415 - where it is installed

        self._context = cel.Context
        self._rules = [(n, cel.compile(text(rule, " && ", "!", "'"))) for n, rule in rules_of(pack)]

    def fired(self, known: Known) -> list[int]:
        """The numbers of the rules in force."""
        context = self._context(known)
        return [number for number, rule in self._rules if rule.execute(context)]


class RuleEngine:
    """rule-engine: expressions in Python."""

    package = "rule-engine"

    def __init__(self, pack: Pack) -> None:
        import rule_engine  # noqa: PLC0415 - where it is installed

        self._rules = [
            (n, rule_engine.Rule(text(rule, " and ", "not ", '"'))) for n, rule in rules_of(pack)
        ]

    def fired(self, known: Known) -> list[int]:
        """The numbers of the rules in force."""
        return [number for number, rule in self._rules if rule.matches(known)]


def logic(rule: Rule) -> dict[str, Any]:
    """A rule as JsonLogic."""

    def told(clause: Clause) -> list[dict[str, Any]]:
        fact = {"var": name_of(clause)}
        if clause.attribute in NUMBERS:
            parts: list[dict[str, Any]] = [{">=": [fact, clause.low]}] if clause.low > -inf else []
            return parts + ([{"<=": [fact, clause.high]}] if clause.high < inf else [])
        return [{"in": [fact, list(clause.values)]}]

    parts = [part for clause in rule.conditions for part in told(clause)]
    parts += [{"!": [part]} for clause in rule.exceptions for part in told(clause)]
    return {"and": [True, *parts]}


class JsonLogicRust:
    """JsonLogic, the Rust implementation."""

    package = "jsonlogic-rs"

    def __init__(self, pack: Pack) -> None:
        from jsonlogic_rs import apply  # noqa: PLC0415 - where it is installed

        self._apply = apply
        self._rules = [(number, logic(rule)) for number, rule in rules_of(pack)]

    def fired(self, known: Known) -> list[int]:
        """The numbers of the rules in force."""
        return [number for number, rule in self._rules if self._apply(rule, known)]


class JsonLogicPython(JsonLogicRust):
    """JsonLogic in plain Python."""

    package = "json-logic-qubit"

    def __init__(self, pack: Pack) -> None:
        from json_logic import jsonLogic  # noqa: PLC0415 - where it is installed

        self._apply = jsonLogic
        self._rules = [(number, logic(rule)) for number, rule in rules_of(pack)]


class Zen:
    """zen-engine: one decision table that collects."""

    package = "zen-engine"

    def __init__(self, pack: Pack) -> None:
        import zen  # noqa: PLC0415 - where it is installed

        rules = rules_of(pack)
        facts = sorted({name_of(c) for _, rule in rules for c in rule.conditions + rule.exceptions})
        inputs = [{"id": f"i_{name}", "name": name, "field": name} for name in facts]
        table = {
            "hitPolicy": "collect",
            "inputs": inputs,
            "outputs": [{"id": "out", "name": "rule", "field": "rule"}],
            "rules": [self._row(number, rule, facts) for number, rule in rules],
        }
        spot = {"position": {"x": 0, "y": 0}}
        nodes = [
            {"id": "from", "type": "inputNode", "name": "from", **spot},
            {"id": "table", "type": "decisionTableNode", "name": "table", "content": table, **spot},
            {"id": "to", "type": "outputNode", "name": "to", **spot},
        ]
        edges = [
            {"id": "a", "sourceId": "from", "targetId": "table", "type": "edge"},
            {"id": "b", "sourceId": "table", "targetId": "to", "type": "edge"},
        ]
        kind = "application/vnd.gorules.decision"
        graph = {"contentType": kind, "nodes": nodes, "edges": edges}
        self._decision = zen.ZenEngine().create_decision(json.dumps(graph))

    def _row(self, number: int, rule: Rule, facts: list[str]) -> dict[str, str]:
        row = {"_id": str(number), "out": str(number)} | {f"i_{name}": "" for name in facts}
        cells: dict[str, list[str]] = {}
        for clause in rule.conditions:
            if clause.attribute in NUMBERS:
                cell = f">= {clause.low}"
            else:
                cell = f"in [{', '.join(repr(value) for value in clause.values)}]"
            cells.setdefault(name_of(clause), []).append(cell)
        for clause in rule.exceptions:
            cell = f"not in [{', '.join(repr(value) for value in clause.values)}]"
            cells.setdefault(name_of(clause), []).append(cell)
        for name, found in cells.items():
            row[f"i_{name}"] = " and ".join(found)
        return row

    def fired(self, known: Known) -> list[int]:
        """The numbers of the rules in force."""
        return [int(row["rule"]) for row in self._decision.evaluate(known)["result"]]


class BusinessRules:
    """business-rules: conditions as nested mappings, words as sets of one."""

    package = "business-rules"

    def __init__(self, pack: Pack) -> None:
        from business_rules.engine import check_conditions_recursively  # noqa: PLC0415 - where it is installed
        from business_rules.variables import (  # noqa: PLC0415 - where it is installed
            BaseVariables,
            numeric_rule_variable,
            select_rule_variable,
        )

        rules = rules_of(pack)
        facts = {name_of(c) for _, rule in rules for c in rule.conditions + rule.exceptions}

        def get(name: str) -> Callable[[Any], Any]:
            if name in NUMBERS:
                return lambda self: self.known[name]
            return lambda self: [self.known[name]]

        methods: dict[str, Any] = {}
        for name in facts:
            method = get(name)
            method.__name__ = name
            decorate = numeric_rule_variable() if name in NUMBERS else select_rule_variable()
            methods[name] = decorate(method)
        self._variables = type("Variables", (BaseVariables,), methods)
        self._check = check_conditions_recursively
        self._rules = [(number, self._conditions(rule)) for number, rule in rules]

    def _conditions(self, rule: Rule) -> dict[str, Any]:
        found: list[dict[str, Any]] = []
        for clause in rule.conditions:
            name = name_of(clause)
            if clause.attribute in NUMBERS:
                parts = ("greater_than_or_equal_to", clause.low)
                found.append({"name": name, "operator": parts[0], "value": parts[1]})
            else:
                each = [{"name": name, "operator": "contains", "value": v} for v in clause.values]
                found.append({"any": each} if len(each) > 1 else each[0])
        found += [
            {"name": name_of(clause), "operator": "does_not_contain", "value": value}
            for clause in rule.exceptions
            for value in clause.values
        ]
        return {"all": found}

    def fired(self, known: Known) -> list[int]:
        """The numbers of the rules in force."""
        variables = self._variables()
        variables.known = known
        return [number for number, rule in self._rules if self._check(rule, variables)]


class Clips:
    """CLIPS, by clipspy: each rule calls back."""

    package = "clipspy"

    def __init__(self, pack: Pack) -> None:
        import clips  # noqa: PLC0415 - where it is installed

        self._symbol = clips.Symbol
        self._environment = clips.Environment()
        self._found: list[int] = []

        def fired(number: int) -> None:
            self._found.append(number)

        names = ["pain_type", "mechanism", "condition", *NUMBERS, *pack.factors]
        slots = " ".join(f"(slot {name})" for name in names)
        self._environment.build(f"(deftemplate p {slots})")
        self._environment.define_function(fired)
        for number, rule in rules_of(pack):
            slots_asked: dict[str, list[str]] = {}
            for place, clause in enumerate(rule.conditions):
                slots_asked.setdefault(name_of(clause), []).append(self._test(clause, place))
            for clause in rule.exceptions:
                slots_asked.setdefault(name_of(clause), []).append(f"~{clause.values[0]}")
            tests = " ".join(f"({name} {'&'.join(each)})" for name, each in slots_asked.items())
            self._environment.build(f"(defrule r{number} (p {tests}) => (fired {number}))")
        self._template = self._environment.find_template("p")

    def _test(self, clause: Clause, place: int) -> str:
        if clause.attribute in NUMBERS:
            return f"?v{place}&:(>= ?v{place} {clause.low})"
        return "|".join(clause.values)

    def fired(self, known: Known) -> list[int]:
        """The numbers of the rules in force."""
        self._found.clear()
        symbol = self._symbol
        facts = {n: symbol(v) if isinstance(v, str) else v for n, v in known.items()}
        self._template.assert_fact(**facts)
        self._environment.run()
        self._environment.reset()
        return list(self._found)


class Clingo:
    """clingo: grounded once, facts as externals, one solve for each profile."""

    package = "clingo"

    def __init__(self, pack: Pack) -> None:
        import clingo  # noqa: PLC0415 - where it is installed

        self._clingo = clingo
        rules = rules_of(pack)
        self._atoms: dict[tuple[str, object], Any] = {}
        lines = []
        clauses = {c for _, rule in rules for c in rule.conditions + rule.exceptions}
        for clause in clauses:
            for value in clause.values or (clause.low,):
                self._atoms[name_of(clause), value] = None
        for place, key in enumerate(sorted(self._atoms, key=str)):
            self._atoms[key] = clingo.Function("f", [clingo.Number(place)])
            lines.append(f"#external f({place}).")
        for number, rule in rules:
            body = []
            for place, clause in enumerate(rule.conditions):
                atoms = [self._atoms[name_of(clause), v] for v in clause.values or (clause.low,)]
                if len(atoms) == 1:
                    body.append(str(atoms[0]))
                else:
                    body.append(f"a({number},{place})")
                    lines += [f"a({number},{place}) :- {atom}." for atom in atoms]
            body += [
                f"not {self._atoms[name_of(clause), value]}"
                for clause in rule.exceptions
                for value in clause.values
            ]
            lines.append(f"r({number})" + (f" :- {', '.join(body)}." if body else "."))
        self._control = clingo.Control(["--warn=none"])
        self._control.add("base", [], "\n".join([*lines, "#show r/1."]))
        self._control.ground([("base", [])])

    def fired(self, known: Known) -> list[int]:
        """The numbers of the rules in force."""
        for (name, value), atom in self._atoms.items():
            holds = known[name] >= value if name in NUMBERS else known[name] == value
            self._control.assign_external(atom, holds)
        with self._control.solve(yield_=True) as handle:
            return [one.arguments[0].number for one in handle.model().symbols(shown=True)]


class Experta:
    """experta: a CLIPS in Python; its rules are methods."""

    package = "experta"

    def __init__(self, pack: Pack) -> None:
        import collections  # noqa: PLC0415 - to mend it, below
        import collections.abc  # noqa: PLC0415 - see above

        for name in (
            "Mapping",
            "MutableMapping",
            "Sequence",
        ):  # it wants what Python 3.10 took away
            if not hasattr(collections, name):
                setattr(collections, name, getattr(collections.abc, name))
        from experta import Fact, KnowledgeEngine, L, P  # noqa: PLC0415 - where it is installed  # noqa: PLC0415 - see above
        from experta import Rule as Rete  # noqa: PLC0415 - see above

        found: list[int] = []
        self._found = found

        def test(clause: Clause) -> Any:  # noqa: ANN401 - a condition of experta
            if clause.attribute in NUMBERS:
                low = clause.low
                return P(lambda value: value >= low)
            first, *rest = (L(value) for value in clause.values)
            for one in rest:
                first |= one
            return first

        def method(number: int, rule: Rule) -> Any:  # noqa: ANN401 - a rule of experta
            tests = {name_of(clause): test(clause) for clause in rule.conditions}
            for clause in rule.exceptions:
                other = ~L(clause.values[0])
                name = name_of(clause)
                tests[name] = tests[name] & other if name in tests else other

            def act(_engine: object) -> None:
                found.append(number)

            act.__name__ = f"r{number}"
            return Rete(Fact(**tests))(act)

        methods = {f"r{number}": method(number, rule) for number, rule in rules_of(pack)}
        self._engine = type("Rules", (KnowledgeEngine,), methods)()
        self._fact = Fact

    def fired(self, known: Known) -> list[int]:
        """The numbers of the rules in force."""
        self._found.clear()
        self._engine.reset()
        self._engine.declare(self._fact(**known))
        self._engine.run()
        return list(self._found)


PEERS: tuple[type[Any], ...] = (
    Clingo,
    Cel,
    Clips,
    Zen,
    JsonLogicPython,
    BusinessRules,
    JsonLogicRust,
    RuleEngine,
    Experta,
)
"""All of them, about as fast as they were when this was written."""


def told(peer: type[Any]) -> str:
    """A peer with its version."""
    return f"{peer.package} {version(peer.package)}"
