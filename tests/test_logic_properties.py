"""What must hold of every domain of logic, on problems and traces made at random."""

import itertools
from collections.abc import Callable

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from clr.bodies.stacks import CLOSER
from clr.claim import Status
from clr.domains import sessions
from clr.segment import trace_of
from clr.verifiers.conventions import PRECISE, THOROUGH

V, R, J, U, N = (
    Status.VERIFIED,
    Status.REFUTED,
    Status.JUMP,
    Status.UNSUPPORTED,
    Status.UNVERIFIABLE,
)
NAMES = ("Ada", "Bo", "Cyril", "Dora", "Emil", "Fay", "Gus")
OTHERS = ("Zoe", "Yuri", "Xenia", "Walt", "Vera", "Ugo", "Tess")
PLAIN = ("", "**{}**", "- {}", "### {}", "{} ✓", "*{}*")


def judge(problem: str, steps: list[str], conventions=PRECISE) -> list[list[Status]]:
    """The statuses of the claims of every step, in the only domain of the problem."""
    session, *_ = [s for s in sessions(problem, conventions) if not s.domain.fills_in]
    trace = trace_of("t", problem, steps=steps)
    return [[verdict.status for _, verdict in session.take(step)] for step in trace.steps]


def flat(judged: list[list[Status]]) -> set[Status]:
    return {status for step in judged for status in step}


# orderings


def in_a_row(order) -> list[str]:
    """Ways to write an order, from the left."""
    count = range(1, len(order) + 1)
    return [
        "Final order (left to right): " + ", ".join(order),
        "From left to right the order is " + ", ".join(order) + ".",
        ", ".join(f"{name} = {n}" for n, name in zip(count, order, strict=True)),
        ", ".join(f"{name} (position {n})" for n, name in zip(count, order, strict=True)),
        " < ".join(order),
        " → ".join(order),
        " ".join(f"[{name}]" for name in order),
        "| Place | Who |\n|--|--|\n"
        + "".join(f"| {n} | {name} |\n" for n, name in zip(count, order, strict=True)),
        "| Position | " + " | ".join(map(str, count)) + " |\n|--|" + "--|" * len(order)
        + "\n| Owl | " + " | ".join(order) + " |\n",
    ]  # fmt: skip


@st.composite
def rows(draw) -> tuple[list[str], list[str], list[str]]:
    """Items in their order, sentences that settle it, and those in an order of their own."""
    order = list(draw(st.permutations(NAMES[: draw(st.integers(3, 6))])))
    said = []
    for left, right in itertools.pairwise(order):
        said.append(
            draw(
                st.sampled_from(
                    [f"{left} is to the left of {right}.", f"{right} is to the right of {left}."]
                )
            )
        )
    at = draw(st.integers(0, len(order) - 1))
    ends = {0: "the leftmost", len(order) - 1: "the rightmost"}
    nth = ("first", "second", "third", "fourth", "fifth", "sixth")
    said.append(f"{order[at]} is {ends.get(at, f'the {nth[at]} from the left')}.")
    return order, said, list(draw(st.permutations(said)))


def row_problem(order, said) -> str:
    listed = ", ".join(sorted(order)[:-1]) + ", and " + sorted(order)[-1]
    return f"There are {len(order)} owls: {listed}. " + " ".join(said)


@given(rows(), st.data())
@settings(max_examples=30, deadline=None)
def test_a_right_order_is_never_refuted_and_names_and_premises_may_change(row, data) -> None:
    order, said, mixed = row
    told = [data.draw(st.sampled_from(PLAIN)).format(s) or s for s in mixed]
    final = data.draw(st.sampled_from(in_a_row(order)))
    steps = [*told, final]
    for conventions in (PRECISE, THOROUGH):
        judged = judge(row_problem(order, said), steps, conventions)
        assert not flat(judged) & {R, J, U}
        assert judged[-1] == [V]
    base = judge(row_problem(order, said), steps)
    assert judge(row_problem(order, mixed), steps) == base
    renamed = dict(zip(NAMES, data.draw(st.permutations(OTHERS)), strict=True))

    def other(text: str) -> str:
        for old, new in renamed.items():
            text = text.replace(old, new)
        return text

    assert judge(other(row_problem(order, said)), [other(s) for s in steps]) == base


@given(rows(), st.data())
@settings(max_examples=30, deadline=None)
def test_a_wrong_order_is_refuted_in_the_renderings_that_say_so(row, data) -> None:
    order, said, mixed = row
    wrong = list(data.draw(st.permutations(order)))
    assume(wrong not in (order, order[::-1]))
    final = data.draw(st.sampled_from(in_a_row(wrong)))
    judged = judge(row_problem(order, said), [*mixed, final])
    assert set(judged[-1]) == ({N} if final.startswith("[") else {R})
    assert flat(judged[:-1]) == {V}


@given(rows(), st.data())
@settings(max_examples=25, deadline=None)
def test_a_corrupted_statement_about_an_order_makes_no_other_one_verified(row, data) -> None:
    order, said, mixed = row
    at = data.draw(st.integers(0, len(mixed) - 1))
    a, b = data.draw(st.permutations(order))[:2]
    broken = [*mixed[:at], f"{a} is to the left of {b}.", *mixed[at + 1 :]]
    final = data.draw(st.sampled_from(in_a_row(order)))
    problem = row_problem(order, said)
    before, after = judge(problem, [*mixed, final]), judge(problem, [*broken, final])
    for i, (old, new) in enumerate(zip(before, after, strict=True)):
        assert i == at or not (set(new) == {V} and set(old) != {V})


# holdings

THINGS = ("red ball", "blue ball", "green ball", "white ball", "pink ball")


def after(event, has) -> list[str]:
    """Ways to tell a swap with what comes of it."""
    a, b = event
    x, y = has[a], has[b]
    return [
        f"{a} and {b} swap balls: {a} has the {x} and {b} has the {y}.",
        f"After {a} and {b} swap, {a} has the {x}, {b} has the {y}.",
        f"**{a} ↔ {b}:** {a}: {x.split()[0]}, {b}: {y.split()[0]}",
        f"{a} and {b} swap → {a} = {x}, {b} = {y}",
        f"{b} and {a} swap. Now {b} has the {y} and {a} has the {x}.",
        f"{a} and {b} swap: " + ", ".join(f"{n}: {t}" for n, t in has.items()),
        f"{a} and {b} swap: " + ", ".join(f"{n} ({t})" for n, t in has.items()),
    ]


@st.composite
def swaps(draw):
    """Who has what at first, the swaps, and a telling of each."""
    names = NAMES[: draw(st.integers(3, 5))]
    has = dict(zip(names, draw(st.permutations(THINGS)), strict=False))
    start = dict(has)
    events, told = [], []
    for _ in range(draw(st.integers(1, 5))):
        a, b = draw(st.permutations(names))[:2]
        has[a], has[b] = has[b], has[a]
        events.append((a, b))
        told.append(draw(st.sampled_from(after((a, b), has))))
    return start, events, told, has


def swap_problem(start, events) -> str:
    listed = [f"{n} has a {t}" for n, t in start.items()]
    pairs = " Then, ".join(f"{a} and {b} swap balls." for a, b in events)
    who = next(iter(start))
    return (
        f"They each hold a ball: {', '.join(listed[:-1])}, and {listed[-1]}. {pairs} "
        f"At the end, {who} has the"
    )


@given(swaps(), st.sampled_from([PRECISE, THOROUGH]))
@settings(max_examples=25, deadline=None)
def test_right_swaps_are_verified_in_every_telling(made, conventions) -> None:
    start, events, told, has = made
    judged = judge(swap_problem(start, events), [*told, f"At the end, Ada has the {has['Ada']}."])
    assert flat(judged) == {V}


@given(swaps(), st.permutations(OTHERS), st.permutations(THINGS), st.data())
@settings(max_examples=30, deadline=None)
def test_one_wrong_holding_is_refuted_whatever_the_names(made, others, things, data) -> None:
    start, events, told, _ = made
    problem = swap_problem(start, events)
    at = data.draw(st.integers(0, len(events) - 1))
    has = dict(start)
    for a, b in events[: at + 1]:
        has[a], has[b] = has[b], has[a]
    a, b = events[at]
    swapped = {**has, a: has[b], b: has[a]}
    told = [*told[:at], after(events[at], swapped)[0], *told[at + 1 :]]
    judged = judge(problem, told)
    assert judged[at] == [R] and flat(judged[:at]) <= {V}
    table = dict(zip(NAMES, others, strict=True)) | {
        old.split()[0]: new.split()[0] for old, new in zip(THINGS, things, strict=True)
    }

    def other(text: str) -> str:
        return " ".join(
            next((w.replace(o, n) for o, n in table.items() if o in w), w) for w in text.split(" ")
        )

    assert judge(other(problem), [other(s) for s in told]) == judged


# stacks


def read(symbol, stack) -> list[str]:
    """Ways to tell that a bracket was read."""
    shown = " ".join(stack) or "empty"
    act = "push" if symbol in CLOSER else "pop"
    return [
        f"{symbol} ; stack: {shown}",
        f"`{symbol}` → {act}. Stack: `{shown}`",
        f"Read {symbol}: {act} → stack = {shown}",
        f'We see "{symbol}", so the stack is "{shown}".',
        f"| Symbol | Stack |\n|--|--|\n| {symbol} | {shown} |\n",
    ]


@given(st.text("([{<x", min_size=2, max_size=10), st.data())
@settings(max_examples=50, deadline=None)
def test_a_right_stack_is_verified_and_a_wrong_one_refuted_once(plan, data) -> None:
    stack: list[str] = []
    symbols, told = [], []
    for sign in plan:
        if sign == "x" and not stack:
            continue
        symbols.append(CLOSER[stack.pop()] if sign == "x" else sign)
        if sign != "x":
            stack.append(sign)
        told.append(data.draw(st.sampled_from(read(symbols[-1], stack))))
    assume(len(symbols) > 1)
    problem = " ".join(symbols)
    closing = " ".join(CLOSER[c] for c in reversed(stack))
    judged = judge(problem, [*told, f"So the answer is {closing}"], data.draw(
        st.sampled_from([PRECISE, THOROUGH])
    ))  # fmt: skip
    assert flat(judged) <= {V}
    at = data.draw(st.integers(0, len(symbols) - 1))
    told[at] = read(symbols[at], ["<", "{", "<"] * 4)[0]
    broken = judge(problem, told)
    assert broken[at] == [R] and R not in flat(broken[:at])


# words


@given(
    st.lists(st.text("abcde", min_size=1, max_size=4), min_size=2, max_size=6, unique=True),
    st.data(),
)
@settings(max_examples=25, deadline=None)
def test_a_right_order_of_words_is_verified_and_a_wrong_one_refuted(words, data) -> None:
    assume(not {"a"} & set(words))  # an article
    problem = "Sort the following words alphabetically: List: " + " ".join(words)
    forms: list[Callable[[list[str]], str]] = [
        lambda ws: "The sorted list is: " + ", ".join(ws),
        lambda ws: "**Answer:** " + " ".join(ws),
        lambda ws: "Sorted words: " + ", ".join(ws) + ".",
        lambda ws: " < ".join(ws),
        lambda ws: "So the final order is: " + ", ".join(f"`{w}`" for w in ws),
    ]
    form = data.draw(st.sampled_from(forms))
    assert judge(problem, [form(sorted(words))]) == [[V]]
    wrong = list(data.draw(st.permutations(words)))
    assume(wrong != sorted(words))
    assert judge(problem, [form(wrong)]) == [[R]]


# arguments

KINDS = ("fox", "hunter", "singer", "walker", "farmer", "painter")


def all_are(a: str, b: str) -> list[str]:
    return [
        f"All {plural(a)} are {plural(b)}.",
        f"Every {a} is a {b}.",
        f"If something is a {a}, then it is a {b}.",
        f"{plural(a).capitalize()} are {plural(b)}.",
    ]


def plural(noun: str) -> str:
    return noun + ("es" if noun.endswith("x") else "s")


@st.composite
def chains(draw):
    """A chain of kinds, premises that link them, and a proof about Rex along it."""
    kinds = list(draw(st.permutations(KINDS)))[: draw(st.integers(2, 5))]
    links = [draw(st.sampled_from(all_are(a, b))) for a, b in itertools.pairwise(kinds)]
    steps = []
    for at, link in enumerate(links, 1):
        a, b = kinds[at - 1], kinds[at]
        rule = draw(st.sampled_from(all_are(a, b)[:2])).rstrip(".")
        small = rule[0].lower() + rule[1:]
        steps.append(
            draw(
                st.sampled_from(
                    [
                        f"Since Rex is a {a}, Rex is a {b}.",
                        f"Rex is a {b} because {small}.",
                        f"{link} Rex is a {a}. So Rex is a {b}.",
                        f"{rule} → Rex is a **{b}**.",
                        f"Since {small}, and Rex is a {a}, Rex is a {b}.",
                        f"{at}. Therefore, Rex is a {b}. [{at}, 7]",
                    ]
                )
            )
        )
    return kinds, links, steps


def chain_problem(kinds, links) -> str:
    return " ".join(["All birds sing.", *links, f"Rex is a {kinds[0]}.", f"Is Rex a {kinds[-1]}?"])


@given(chains(), st.data())
@settings(max_examples=25, deadline=None)
def test_a_proof_is_verified_whatever_the_order_and_the_company(chain, data) -> None:
    kinds, links, steps = chain
    for conventions in (PRECISE, THOROUGH):
        assert flat(judge(chain_problem(kinds, links), steps, conventions)) == {V}
    more = data.draw(st.lists(st.sampled_from(["All dogs bark.", "Mia is a queen."]), unique=True))
    mixed = data.draw(st.permutations([*links, *more]))
    assert flat(judge(chain_problem(kinds, mixed), steps)) == {V}
    other = [data.draw(st.sampled_from(all_are(a, b)))
             for a, b in itertools.pairwise(kinds)]  # fmt: skip
    assert flat(judge(chain_problem(kinds, other), steps)) == {V}


@given(chains(), st.data())
@settings(max_examples=30, deadline=None)
def test_a_corrupted_statement_makes_no_other_one_verified(chain, data) -> None:
    kinds, links, steps = chain
    problem = chain_problem(kinds, links)
    at = data.draw(st.integers(0, len(steps) - 1))
    wrong = data.draw(st.sampled_from([f"Rex is not a {kinds[at]}.", f"Rex is a {OTHERS[0]}."]))
    broken = judge(problem, [*steps[:at], wrong, *steps[at + 1 :]])
    assert V not in broken[at]
    for i, (old, new) in enumerate(zip(judge(problem, steps), broken, strict=True)):
        assert i == at or not (set(new) == {V} and set(old) != {V})


# Boolean expressions

WAYS = {
    "words": ("True", "False", "not ", " and ", " or ", " xor ", " implies ", "(", ")"),
    "letters": ("T", "F", "¬", " ∧ ", " ∨ ", " ⊕ ", " → ", "[", "]"),
    "digits": ("1", "0", "not ", " and ", " or ", " xor ", " -> ", "(", ")"),
    "latex": (
        r"\text{True}", r"\text{False}", r"\neg ", r" \land ", r" \lor ", r" \oplus ", r" \to ",
        r"\left(", r"\right)",
    ),
}  # fmt: skip

trees = st.recursive(
    st.booleans(),
    lambda inner: st.one_of(
        st.tuples(st.just("not"), inner),
        st.tuples(st.sampled_from(["and", "or", "xor", "implies"]), inner, inner),
    ),
    max_leaves=6,
)


def value(tree) -> bool:
    match tree:
        case bool():
            return tree
        case ("not", a):
            return not value(a)
        case ("and", a, b):
            return value(a) and value(b)
        case ("or", a, b):
            return value(a) or value(b)
        case ("xor", a, b):
            return value(a) != value(b)
        case (_, a, b):
            return not value(a) or value(b)


def written(tree, way) -> str:
    true, false, no, conj, disj, either, implies, left, right = way
    match tree:
        case bool():
            return true if tree else false
        case ("not", a):
            return f"{left}{no}{written(a, way)}{right}"
        case (sign, a, b):
            signs = {"and": conj, "or": disj, "xor": either, "implies": implies}
            return f"{left}{written(a, way)}{signs[sign]}{written(b, way)}{right}"
    raise AssertionError(tree)


def simplified(tree):
    """The tree with its innermost operations carried out."""
    if isinstance(tree, bool) or all(isinstance(t, bool) for t in tree[1:]):
        return value(tree)
    return (tree[0], *(simplified(t) for t in tree[1:]))


@pytest.mark.parametrize("name", WAYS)
@given(tree=trees, data=st.data())
@settings(max_examples=30, deadline=None)
def test_an_evaluation_is_verified_and_a_wrong_one_refuted(name, tree, data) -> None:
    assume(not isinstance(tree, bool) and not isinstance(simplified(tree), bool))
    way = WAYS[name]
    problem = f"Evaluate the logical expression: {written(tree, way)}"
    wrap = "${}$" if name == "latex" else data.draw(st.sampled_from(["{}", "**{}**", "- {}"]))
    stages = [tree]
    while not isinstance(stages[-1], bool):
        stages.append(simplified(stages[-1]))
    chain = " = ".join(written(stage, way) for stage in stages)
    assert flat(judge(problem, [wrap.format(chain)])) == {V}
    wrong = " = ".join([written(stages[0], way), written(not stages[-1], way)])
    assert flat(judge(problem, [wrap.format(wrong)])) == {R}
