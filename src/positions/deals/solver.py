"""Packages that all could sign, found by a SAT solver instead of trying every combination.

Each component becomes clauses over yes and no: one variable an option, one a group of
conditions, one a veto. A SAT solver answers whether a package exists; the cheapest
choices are found guided by cores, each relaxed by a cardinality constraint (OLL:
Morgado, Dodaro and Marques-Silva, "Core-Guided MaxSAT with Soft Cardinality
Constraints", CP 2014). Conflicts are minimal hitting sets of what must be given up, and
the other way round (Reiter, "A Theory of Diagnosis from First Principles", 1987).
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
"""Literals of which at least one is true; a negative number is a negated variable."""
Choice = tuple[str, int | None]
"""A topic of a component, and one of its options; None where it is left out."""
Package = tuple[int | None, ...]
"""The option chosen on each topic of a component; None where a topic is left out."""


class Solver(Protocol):
    """What is used of a solver of python-sat."""

    def add_clause(self, clause: Clause) -> object:
        """Add a clause."""

    def solve(self, assumptions: Sequence[int]) -> bool:
        """Tell whether all clauses can hold under assumptions."""
        ...

    def set_phases(self, literals: Sequence[int]) -> None:
        """Try these literals first."""

    def get_model(self) -> list[int]:
        """Give the literals that hold in the last solution."""
        ...

    def get_core(self) -> list[int] | None:
        """Give assumptions that cannot hold together."""


def solver_of(clauses: Iterable[Clause]) -> Solver:
    """Start a solver.

    Raises:
        MissingLibraryError: python-sat is not installed.
    """
    try:
        from pysat.solvers import Solver as Made  # type: ignore[import-untyped]
    except ImportError as error:
        raise MissingLibraryError("python-sat", "packages") from error
    return cast("Solver", Made(name="glucose4", bootstrap_with=list(clauses)))


@attrs.define(eq=False)
class Formula:
    """A formula in conjunctive normal form: its clauses, and the number of its last variable."""

    clauses: list[Clause] = attrs.field(factory=list)
    last: int = 0

    def new(self) -> int:
        """Number a new variable."""
        self.last += 1
        return self.last

    def one_of(self, literals: Sequence[int]) -> None:
        """Let exactly one literal hold; of none, nothing can."""
        never = [] if literals else [self.new()]
        self.clauses += [[*literals, *never], *([-literal] for literal in never)]
        self.clauses += [[-one, -other] for one, other in combinations(literals, 2)]

    def at_least(self, literals: Sequence[int], most: int) -> list[int]:
        """Make variables that hold where at least 1, 2, … up to `most` of the literals do.

        Source: Bailleux and Boufkhad, "Efficient CNF Encoding of Boolean Cardinality
        Constraints", CP 2003 (the half that counts up).
        """
        if len(literals) <= 1:
            return list(literals)
        middle = len(literals) // 2
        left = self.at_least(literals[:middle], most)
        right = self.at_least(literals[middle:], most)
        counts = [self.new() for _ in range(min(most, len(left) + len(right)))]
        for i in range(len(left) + 1):
            for j in range(len(right) + 1):
                if 0 < i + j <= len(counts):
                    ends = [-side[n - 1] for side, n in ((left, i), (right, j)) if n]
                    self.clauses.append([*ends, counts[i + j - 1]])
        return counts


@attrs.define(eq=False)
class Cheapest:
    """Finds the solution in which what does not hold costs least."""

    formula: Formula
    costs: dict[int, int]
    solver: Solver = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.solver = solver_of(self.formula.clauses)
        self.formula.clauses.clear()

    def add(self, clause: Clause) -> None:
        """Let a further clause hold."""
        self.solver.add_clause(clause)

    def find(self) -> frozenset[int] | None:
        """Find the literals of a cheapest solution; None if there is none."""
        while not self.solver.solve(assumptions=list(self.costs)):
            core = self._core()
            if not core:
                return None
            self._relax(core)
        return frozenset(self.solver.get_model())

    def also(self, literals: Sequence[int]) -> frozenset[int] | None:
        """Find a solution as cheap as the last in which some literals hold; None if none is."""
        if self.solver.solve(assumptions=[*literals, *self.costs]):
            return frozenset(self.solver.get_model())
        return None

    def _core(self) -> list[int]:
        """Give assumptions that cannot hold together, minimal by inclusion."""
        core = sorted(self.solver.get_core() or [], key=self._rank)
        for literal in tuple(core):
            rest = [other for other in core if other != literal]
            if literal in core and not self.solver.solve(assumptions=rest):
                core = sorted(self.solver.get_core() or [], key=self._rank)
        return core

    def _rank(self, literal: int) -> tuple[int, int]:
        return self.costs[literal], -abs(literal)

    def _relax(self, core: Sequence[int]) -> None:
        """Let one of the literals fail at the cost of the cheapest, each further one at more."""
        least = min(self.costs[literal] for literal in core)
        for literal in core:
            self.costs[literal] -= least
            if not self.costs[literal]:
                del self.costs[literal]
        failed = self.formula.at_least([-literal for literal in core], len(core))
        for literal in failed[1:]:
            self.costs[-literal] = self.costs.get(-literal, 0) + least
        self.add(failed[:1])
        for clause in self.formula.clauses:
            self.add(clause)
        self.formula.clauses.clear()


@attrs.frozen(eq=False)
class Packages:
    """The packages of one component: which can be signed, and what stands in the way."""

    component: Component

    def _choices(self, formula: Formula, barred: Collection[Choice] = ()) -> dict[Choice, int]:
        """Number the options that can be chosen, of which each topic takes one."""
        chosen: dict[Choice, int] = {}
        for issue in self.component.issues:
            choices = [(issue.topic, option) for option in _choices(issue)]
            open_ = {choice: formula.new() for choice in choices if choice not in barred}
            formula.one_of(list(open_.values()))
            chosen |= open_
        return chosen

    def _as_formula(self) -> tuple[Formula, list[int]]:
        """Write the component as clauses; with the variables of its vetoes."""
        formula = Formula()
        chosen = self._choices(formula)
        insists = [formula.new() for _ in self.component.vetoes]
        for number, veto in enumerate(self.component.vetoes):
            if veto.group is None and (veto.topic, veto.option) in chosen:
                formula.clauses.append([-insists[number], -chosen[veto.topic, veto.option]])
        for same in self._alternatives.values():
            self._need_one(formula, chosen, same, [-insists[number] for number in same])
        return formula, insists

    def _insisted(self, dropped: Collection[int]) -> tuple[Formula, dict[Choice, int]]:
        """Write the component as clauses where all vetoes but some are insisted on.

        What is refused can be left out, which keeps the clauses few.
        """
        formula = Formula()
        vetoes = enumerate(self.component.vetoes)
        kept = [veto for number, veto in vetoes if number not in dropped]
        chosen = self._choices(formula, {(v.topic, v.option) for v in kept if v.group is None})
        for same in self._alternatives.values():
            if not any(number in dropped for number in same):
                self._need_one(formula, chosen, same, [])
        return formula, chosen

    @functools.cached_property
    def _alternatives(self) -> dict[Veto, list[int]]:
        """The numbers of the vetoes that are groups of conditions of one option."""
        found: dict[Veto, list[int]] = {}
        for number, veto in enumerate(self.component.vetoes):
            if veto.group is not None:
                found.setdefault(veto._replace(group=None), []).append(number)
        return found

    def _need_one(
        self, formula: Formula, chosen: Mapping[Choice, int], same: Sequence[int], free: Clause
    ) -> None:
        """Let an option that a party accepts conditionally need one of its groups."""
        vetoes = [self.component.vetoes[number] for number in same]
        option = chosen.get((vetoes[0].topic, vetoes[0].option))
        if option is not None:
            met = [self._met(formula, chosen, veto) for veto in vetoes]
            formula.clauses.append([-option, *met, *free])

    def _met(self, formula: Formula, chosen: Mapping[Choice, int], veto: Veto) -> int:
        """Make a variable that holds only if a group of conditions does."""
        issues = self.component.by_topic
        group = issues[veto.topic].groups[veto.party, veto.option][veto.group or 0]
        met = formula.new()
        for topic, columns in group.links:
            options = issues[topic].options_in(columns)
            fitting = [chosen[topic, o] for o in options if (topic, o) in chosen]
            formula.clauses.append([-met, *fitting])
        return met

    @functools.cached_property
    def _judge(self) -> tuple[Solver, list[int]]:
        formula, insists = self._as_formula()
        solver = solver_of(formula.clauses)
        solver.set_phases(insists)
        return solver, insists

    def possible(self, insisting: Iterable[int]) -> bool:
        """Tell whether a package exists while these vetoes, by number, are insisted on."""
        solver, insists = self._judge
        return solver.solve(assumptions=[insists[number] for number in insisting])

    @functools.cached_property
    def settled(self) -> bool:
        """Whether a package exists though nobody gives anything up."""
        return solver_of(self._insisted(())[0].clauses).solve(assumptions=[])

    def conflict(self, insisting: Iterable[int]) -> tuple[int, ...]:
        """Find vetoes that leave no package, minimal by inclusion, where `insisting` do."""
        solver, insists = self._judge
        self.possible(insisting)
        number = {literal: n for n, literal in enumerate(insists)}
        core = sorted(number[literal] for literal in solver.get_core() or [])
        for veto in tuple(reversed(core)):
            rest = [other for other in core if other != veto]
            if veto in core and not self.possible(rest):
                core = sorted(number[literal] for literal in solver.get_core() or [])
        return tuple(core)

    def conflicts(self) -> Iterator[tuple[int, ...]]:
        """Find all minimal conflicts, the smallest first.

        A conflict hits every set of vetoes whose giving up opens a package.
        """
        formula = Formula()
        taken = [formula.new() for _ in self.component.vetoes]
        smallest = Cheapest(formula, {-literal: 1 for literal in taken})
        while (model := smallest.find()) is not None:
            found = frozenset(n for n, literal in enumerate(taken) if literal in model)
            if self.possible(found):
                smallest.add([taken[n] for n in self._concession(found)])
            else:
                yield tuple(sorted(found))
                smallest.add([-taken[n] for n in found])

    def concessions(
        self, costs: Sequence[int], size: int | None = None
    ) -> Iterator[tuple[int, ...]]:
        """Find all minimal sets of vetoes whose giving up opens a package, the cheapest first.

        Such a set hits every conflict.

        Arguments:
            costs: what it costs to give up each veto: whole numbers above 0.
            size: the most vetoes of a set; any number where None.
        """
        formula, insists = self._as_formula()
        if size is not None and size < len(insists):
            over = formula.at_least([-literal for literal in insists], size + 1)[size:]
            formula.clauses += [[-literal] for literal in over]
        cheapest = Cheapest(formula, dict(zip(insists, costs, strict=True)))
        while (model := cheapest.find()) is not None:
            given = tuple(n for n, literal in enumerate(insists) if literal not in model)
            yield given
            cheapest.add([insists[n] for n in given])

    def _concession(self, insisting: frozenset[int]) -> tuple[int, ...]:
        """Find vetoes to give up, minimal by inclusion, none of which `insisting` names."""
        kept = sorted(insisting)
        broken = [n for n in self._broken(kept) if n not in insisting]
        kept += sorted(set(range(len(self.component.vetoes))) - {*broken, *kept})
        given = []
        for number in broken:
            if self.possible([*kept, number]):
                kept.append(number)
            else:
                given.append(number)
        return tuple(given)

    def _broken(self, insisting: Sequence[int]) -> list[int]:
        """List the vetoes that a package breaks which all of `insisting` allow."""
        solver, insists = self._judge
        self.possible(insisting)
        model = frozenset(solver.get_model())
        return [n for n, literal in enumerate(insists) if literal not in model]

    def ranked(
        self, scores: Mapping[tuple[str, int], int], given_up: Iterable[int] = ()
    ) -> Iterator[Package]:
        """Go through the packages that all could sign, the best first.

        Of packages that score the same the first in the file's order comes first: by the
        first topic on which they differ, left out before settled, then by its options.

        Arguments:
            scores: what each option of each topic counts for.
            given_up: the numbers of vetoes that are not insisted on.
        """
        formula, chosen = self._insisted(frozenset(given_up))
        worth = {
            choice: 0 if choice[1] is None else scores[choice[0], choice[1]] for choice in chosen
        }
        best: dict[str, int] = {}
        for (topic, _), value in worth.items():
            best[topic] = max(best.get(topic, 0), value)
        costs = {-chosen[choice]: best[choice[0]] - value for choice, value in worth.items()}
        cheapest = Cheapest(formula, {literal: cost for literal, cost in costs.items() if cost})
        while (model := cheapest.find()) is not None:
            package = self._first(cheapest, chosen, model)
            yield package
            picked = zip(self.component.topics, package, strict=True)
            cheapest.add([-chosen[choice] for choice in picked])

    def _first(
        self,
        cheapest: Cheapest,
        chosen: Mapping[Choice, int],
        model: frozenset[int],
    ) -> Package:
        """Find the first in the file's order among the packages that cost the same."""
        package: list[int | None] = []
        fixed: list[int] = []
        for _, choices in groupby(chosen, key=lambda choice: choice[0]):
            for choice in choices:
                literal = chosen[choice]
                found = model if literal in model else cheapest.also([*fixed, literal])
                if found is not None:
                    model = found
                    fixed.append(literal)
                    package.append(choice[1])
                    break
        return tuple(package)


def _choices(issue: Issue) -> tuple[int | None, ...]:
    """List what can be chosen on a topic: left out, if it was not asked about, or an option."""
    return issue.allowed if issue.asked else (None, *issue.allowed)
