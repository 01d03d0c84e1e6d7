"""Packages that all could sign, found by a SAT solver instead of by enumeration.

Each component becomes a Boolean formula with a variable for each option, for each group of
conditions, and for each veto (its selector). A SAT solver decides whether a package exists.
Packages of minimum cost are found by core-guided MaxSAT, in which each unsatisfiable core is
relaxed by a cardinality constraint (OLL: Morgado, Dodaro and Marques-Silva, "Core-Guided
MaxSAT with Soft Cardinality Constraints", CP 2014). Conflicts are minimal unsatisfiable
subsets of the vetoes, and concessions are minimal correction sets; each are the minimal
hitting sets of the other (Reiter, "A Theory of Diagnosis from First Principles", 1987).
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, groupby
from typing import Protocol, cast

import attrs

from positions.deals.deal import Component, Issue, Veto
from positions.errors import MissingLibraryError

Clause = list[int]
"""A disjunction of literals; a negative number is a negated variable."""
Choice = tuple[str, int | None]
"""A topic of a component and one of its options; None if the topic is left out."""
Package = tuple[int | None, ...]
"""The option chosen on each topic of a component; None if the topic is left out."""


class Solver(Protocol):
    """Interface of the solvers of python-sat."""

    def add_clause(self, clause: Clause) -> object:
        """Add a clause."""

    def solve(self, assumptions: Sequence[int]) -> bool:
        """Whether the clauses are satisfiable under the assumptions."""
        ...

    def set_phases(self, literals: Sequence[int]) -> None:
        """Set the preferred values of variables."""

    def get_model(self) -> list[int]:
        """Return the true literals of the last model."""
        ...

    def get_core(self) -> list[int] | None:
        """Return an unsatisfiable core of the last assumptions."""


def make_solver(clauses: Iterable[Clause]) -> Solver:
    """Return a new solver for the clauses.

    Raises:
        MissingLibraryError: python-sat is not installed.
    """
    try:
        from pysat.solvers import Solver as PySatSolver  # type: ignore[import-untyped]
    except ImportError as error:
        raise MissingLibraryError("python-sat", "packages") from error
    return cast("Solver", PySatSolver(name="glucose4", bootstrap_with=list(clauses)))


@attrs.define(eq=False)
class Formula:
    """A formula in conjunctive normal form: its clauses and its number of variables."""

    clauses: list[Clause] = attrs.field(factory=list)
    variables: int = 0

    def new_variable(self) -> int:
        """Add a variable, and return its number."""
        self.variables += 1
        return self.variables

    def require_exactly_one(self, literals: Sequence[int]) -> None:
        """Require exactly one of the literals; without literals the formula is unsatisfiable."""
        false = [] if literals else [self.new_variable()]
        self.clauses += [[*literals, *false], *([-literal] for literal in false)]
        self.clauses += [[-one, -other] for one, other in combinations(literals, 2)]

    def totalizer(self, literals: Sequence[int], most: int) -> list[int]:
        """Return variables implied by at least 1, 2, … up to `most` true literals.

        Source: Bailleux and Boufkhad, "Efficient CNF Encoding of Boolean Cardinality
        Constraints", CP 2003 (the clauses of one direction).
        """
        if len(literals) <= 1:
            return list(literals)
        middle = len(literals) // 2
        left = self.totalizer(literals[:middle], most)
        right = self.totalizer(literals[middle:], most)
        counts = [self.new_variable() for _ in range(min(most, len(left) + len(right)))]
        for i in range(len(left) + 1):
            for j in range(len(right) + 1):
                if 0 < i + j <= len(counts):
                    premises = [-side[n - 1] for side, n in ((left, i), (right, j)) if n]
                    self.clauses.append([*premises, counts[i + j - 1]])
        return counts


@attrs.define(eq=False)
class MaxSat:
    """Finds models that minimize the total cost of the soft literals that are false.

    `costs` are the costs of the soft literals.
    """

    formula: Formula
    costs: dict[int, int]
    solver: Solver = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.solver = make_solver(self.formula.clauses)
        self.formula.clauses.clear()

    def add(self, clause: Clause) -> None:
        """Add a hard clause."""
        self.solver.add_clause(clause)

    def find_model(self) -> frozenset[int] | None:
        """Return the literals of a model of minimum cost; None if there is no model."""
        while not self.solver.solve(assumptions=list(self.costs)):
            core = self._core()
            if not core:
                return None
            self._relax(core)
        return frozenset(self.solver.get_model())

    def find_model_with(self, literals: Sequence[int]) -> frozenset[int] | None:
        """Return a model of the same cost as the last with these literals; None if none exists."""
        if self.solver.solve(assumptions=[*literals, *self.costs]):
            return frozenset(self.solver.get_model())
        return None

    def _core(self) -> list[int]:
        """Return an unsatisfiable core of soft literals, minimal by inclusion."""
        core = sorted(self.solver.get_core() or [], key=self._rank)
        for literal in tuple(core):
            rest = [other for other in core if other != literal]
            if literal in core and not self.solver.solve(assumptions=rest):
                core = sorted(self.solver.get_core() or [], key=self._rank)
        return core

    def _rank(self, literal: int) -> tuple[int, int]:
        return self.costs[literal], -abs(literal)

    def _relax(self, core: Sequence[int]) -> None:
        """Relax a core: one of its literals may be false, and further ones are soft again."""
        least = min(self.costs[literal] for literal in core)
        for literal in core:
            self.costs[literal] -= least
            if not self.costs[literal]:
                del self.costs[literal]
        false = self.formula.totalizer([-literal for literal in core], len(core))
        for literal in false[1:]:
            self.costs[-literal] = self.costs.get(-literal, 0) + least
        self.add(false[:1])
        for clause in self.formula.clauses:
            self.add(clause)
        self.formula.clauses.clear()


@attrs.frozen(eq=False)
class Packages:
    """The packages of one component, its conflicts, and its concessions."""

    component: Component

    def _choice_variables(
        self, formula: Formula, excluded: Collection[Choice] = ()
    ) -> dict[Choice, int]:
        """Add variables for choices, exactly one of which is true for each topic."""
        variables: dict[Choice, int] = {}
        for issue in self.component.issues:
            choices = [(issue.topic, option) for option in _choices(issue)]
            added = {c: formula.new_variable() for c in choices if c not in excluded}
            formula.require_exactly_one(list(added.values()))
            variables |= added
        return variables

    def _with_selectors(self) -> tuple[Formula, list[int]]:
        """Return the formula of the component and the selectors of its vetoes."""
        formula = Formula()
        chosen = self._choice_variables(formula)
        selectors = [formula.new_variable() for _ in self.component.vetoes]
        for number, veto in enumerate(self.component.vetoes):
            if veto.group is None and (veto.topic, veto.option) in chosen:
                formula.clauses.append([-selectors[number], -chosen[veto.topic, veto.option]])
        for groups in self._alternatives.values():
            given_up = [-selectors[number] for number in groups]
            self._require_one(formula, chosen, groups, given_up)
        return formula, selectors

    def _without(self, given_up: Collection[int]) -> tuple[Formula, dict[Choice, int]]:
        """Return the formula with all vetoes as hard clauses, except those given up.

        Refused options have no variables, which keeps the formula small.
        """
        formula = Formula()
        vetoes = enumerate(self.component.vetoes)
        kept = [veto for number, veto in vetoes if number not in given_up]
        refused = {(veto.topic, veto.option) for veto in kept if veto.group is None}
        chosen = self._choice_variables(formula, refused)
        for groups in self._alternatives.values():
            if not any(number in given_up for number in groups):
                self._require_one(formula, chosen, groups, [])
        return formula, chosen

    @functools.cached_property
    def _alternatives(self) -> dict[Veto, list[int]]:
        """Numbers of the vetoes that are alternative groups of conditions of one option."""
        found: dict[Veto, list[int]] = {}
        for number, veto in enumerate(self.component.vetoes):
            if veto.group is not None:
                found.setdefault(veto._replace(group=None), []).append(number)
        return found

    def _require_one(
        self,
        formula: Formula,
        chosen: Mapping[Choice, int],
        groups: Sequence[int],
        given_up: Clause,
    ) -> None:
        """Require that an option accepted conditionally meets one of its groups of conditions.

        `given_up` are the literals that release the party from it.
        """
        vetoes = [self.component.vetoes[number] for number in groups]
        option = chosen.get((vetoes[0].topic, vetoes[0].option))
        if option is not None:
            met = [self._met(formula, chosen, veto) for veto in vetoes]
            formula.clauses.append([-option, *met, *given_up])

    def _met(self, formula: Formula, chosen: Mapping[Choice, int], veto: Veto) -> int:
        """Return a variable that is true only if a group of conditions is met."""
        issues = self.component.by_topic
        group = issues[veto.topic].groups[veto.party, veto.option][veto.group or 0]
        met = formula.new_variable()
        for topic, columns in group.links:
            options = issues[topic].options_in(columns)
            allowed = [chosen[topic, o] for o in options if (topic, o) in chosen]
            formula.clauses.append([-met, *allowed])
        return met

    @functools.cached_property
    def _solver(self) -> tuple[Solver, list[int]]:
        """Solver of the formula with selectors, and the selectors."""
        formula, selectors = self._with_selectors()
        solver = make_solver(formula.clauses)
        solver.set_phases(selectors)
        return solver, selectors

    def satisfiable_with(self, vetoes: Iterable[int]) -> bool:
        """Whether a package exists that respects these vetoes, by number."""
        solver, selectors = self._solver
        return solver.solve(assumptions=[selectors[number] for number in vetoes])

    @functools.cached_property
    def satisfiable(self) -> bool:
        """Whether a package exists that respects all vetoes."""
        return make_solver(self._without(())[0].clauses).solve(assumptions=[])

    def conflict(self, vetoes: Iterable[int]) -> tuple[int, ...]:
        """Return a minimal unsatisfiable subset of vetoes that together allow no package."""
        solver, selectors = self._solver
        self.satisfiable_with(vetoes)
        number = {literal: n for n, literal in enumerate(selectors)}
        core = sorted(number[literal] for literal in solver.get_core() or [])
        for veto in tuple(reversed(core)):
            rest = [other for other in core if other != veto]
            if veto in core and not self.satisfiable_with(rest):
                core = sorted(number[literal] for literal in solver.get_core() or [])
        return tuple(core)

    def conflicts(self) -> Iterator[tuple[int, ...]]:
        """Yield all minimal conflicts, the smallest first.

        They are the minimal hitting sets of all concessions.
        """
        formula = Formula()
        members = [formula.new_variable() for _ in self.component.vetoes]
        smallest = MaxSat(formula, {-literal: 1 for literal in members})
        while (model := smallest.find_model()) is not None:
            found = frozenset(n for n, literal in enumerate(members) if literal in model)
            if self.satisfiable_with(found):
                smallest.add([members[n] for n in self._correction_set(found)])
            else:
                yield tuple(sorted(found))
                smallest.add([-members[n] for n in found])

    def concessions(
        self, costs: Sequence[int], size: int | None = None
    ) -> Iterator[tuple[int, ...]]:
        """Yield all minimal correction sets of vetoes, the cheapest first.

        They are the minimal hitting sets of all conflicts.

        Arguments:
            costs: the cost of giving up each veto: whole numbers above 0.
            size: the maximum number of vetoes of a set; any number if None.
        """
        formula, selectors = self._with_selectors()
        if size is not None and size < len(selectors):
            excess = formula.totalizer([-literal for literal in selectors], size + 1)[size:]
            formula.clauses += [[-literal] for literal in excess]
        cheapest = MaxSat(formula, dict(zip(selectors, costs, strict=True)))
        while (model := cheapest.find_model()) is not None:
            given_up = tuple(n for n, literal in enumerate(selectors) if literal not in model)
            yield given_up
            cheapest.add([selectors[n] for n in given_up])

    def _correction_set(self, respected: frozenset[int]) -> tuple[int, ...]:
        """Return a minimal correction set of vetoes that has none of `respected`."""
        kept = sorted(respected)
        violated = [n for n in self._violated(kept) if n not in respected]
        kept += sorted(set(range(len(self.component.vetoes))) - {*violated, *kept})
        given_up = []
        for number in violated:
            if self.satisfiable_with([*kept, number]):
                kept.append(number)
            else:
                given_up.append(number)
        return tuple(given_up)

    def _violated(self, respected: Sequence[int]) -> list[int]:
        """Return the vetoes violated by some package that respects all of `respected`."""
        solver, selectors = self._solver
        self.satisfiable_with(respected)
        model = frozenset(solver.get_model())
        return [n for n, literal in enumerate(selectors) if literal not in model]

    def ranked(
        self, scores: Mapping[tuple[str, int], int], given_up: Iterable[int] = ()
    ) -> Iterator[Package]:
        """Yield the packages that all could sign, the best first.

        Packages with the same score are in the order of the file: by the first topic on
        which they differ, left out before settled, then by its options.

        Arguments:
            scores: the score of each option of each topic.
            given_up: the numbers of vetoes that are given up.
        """
        formula, chosen = self._without(frozenset(given_up))
        values = {
            choice: 0 if choice[1] is None else scores[choice[0], choice[1]] for choice in chosen
        }
        best: dict[str, int] = {}
        for (topic, _), value in values.items():
            best[topic] = max(best.get(topic, 0), value)
        costs = {-chosen[choice]: best[choice[0]] - value for choice, value in values.items()}
        cheapest = MaxSat(formula, {literal: cost for literal, cost in costs.items() if cost})
        while (model := cheapest.find_model()) is not None:
            package = self._first_in_order(cheapest, chosen, model)
            yield package
            choices = zip(self.component.topics, package, strict=True)
            cheapest.add([-chosen[choice] for choice in choices])

    def _first_in_order(
        self,
        cheapest: MaxSat,
        chosen: Mapping[Choice, int],
        model: frozenset[int],
    ) -> Package:
        """Return the first package in the order of the file among those of the same cost."""
        package: list[int | None] = []
        fixed: list[int] = []
        for _, choices in groupby(chosen, key=lambda choice: choice[0]):
            for choice in choices:
                literal = chosen[choice]
                found = model if literal in model else cheapest.find_model_with([*fixed, literal])
                if found is not None:
                    model = found
                    fixed.append(literal)
                    package.append(choice[1])
                    break
        return tuple(package)


def _choices(issue: Issue) -> tuple[int | None, ...]:
    """Return the choices on a topic: its options, or None if it need not be settled."""
    return issue.allowed if issue.asked else (None, *issue.allowed)
