"""Valid and invalid arguments in many wordings, each with its negated twin."""

import pytest

from clr.reading.statements import statement
from clr.verifiers.entailment import Outcome, decide

WORDINGS = 8

EVERY = (
    "All {A}s are {B}s.", "Every {A} is a {B}.", "Each {A} is a {B}.", "Any {A} is a {B}.",
    "{A}s are {B}s.", "A {A} is a {B}.", "If something is a {A}, then it is a {B}.",
    "Everything that is a {A} is a {B}.",
)  # fmt: skip
NO = (
    "No {A}s are {B}s.", "No {A} is a {B}.", "Nothing that is a {A} is a {B}.",
    "If something is a {A}, then it is not a {B}.", "There is no {A} that is a {B}.",
    "{A}s are not {B}s.", "Nothing is both a {A} and a {B}.", "There are no {A}s that are {B}s.",
)  # fmt: skip
SOME = (
    "Some {A}s are {B}s.", "Some {A} is a {B}.", "At least one {A} is a {B}.",
    "There is a {A} that is a {B}.", "There are {A}s that are {B}s.",
    "Something is both a {A} and a {B}.", "It is not the case that no {A} is a {B}.",
    "There is at least one {A} that is a {B}.",
)  # fmt: skip
SOME_NOT = (
    "Some {A}s are not {B}s.", "Some {A} is not a {B}.", "Not every {A} is a {B}.",
    "Not all {A}s are {B}s.", "There is a {A} that is not a {B}.",
    "At least one {A} is not a {B}.", "It is not the case that all {A}s are {B}s.",
    "It is false that every {A} is a {B}.",
)  # fmt: skip
IS = (
    "{x} is a {A}.", "{x} is also a {A}.", "It is true that {x} is a {A}.", "{x} is one {A}.",
    "It is the case that {x} is a {A}.", "{x} must be a {A}.", "{x} is necessarily a {A}.",
    "It is not the case that {x} is not a {A}.",
)  # fmt: skip
IS_NOT = (
    "{x} is not a {A}.", "{x} isn't a {A}.", "It is not the case that {x} is a {A}.",
    "It is false that {x} is a {A}.", "It is not true that {x} is a {A}.",
    "It is untrue that {x} is a {A}.", "{x} is neither a {A} nor a {A}.",
    "It is the case that {x} is not a {A}.",
)  # fmt: skip
IF = (
    "If {P}, then {Q}.", "If {P}, {Q}.", "{Q} if {P}.", "{P} only if {Q}.", "Whenever {P}, {Q}.",
    "{Q} whenever {P}.", "When {P}, {Q}.", "As long as {P}, {Q}.",
)  # fmt: skip
OR = (
    "{P} or {Q}.", "Either {P} or {Q}.", "Unless {P}, {Q}.", "{Q} unless {P}.", "{Q} or {P}.",
    "Either {Q} or {P}.", "{P}, or {Q}.", "It is true that {P} or {Q}.",
)  # fmt: skip
SAY = (
    "{P}.", "It is true that {P}.", "It is the case that {P}.", "It is not false that {P}.",
    "It is not the case that it is false that {P}.", "{P}.", "It is true that {P}.", "{P}!",
)  # fmt: skip
DENY = (
    "It is not the case that {P}.", "It is false that {P}.", "It is not true that {P}.",
    "It is untrue that {P}.", "It is true that it is not the case that {P}.",
    "It is the case that it is false that {P}.", "It isn't the case that {P}.",
    "It isn't true that {P}.",
)  # fmt: skip

LETTERS = {
    "A": "fox", "B": "hunter", "C": "mammal", "x": "Rex", "y": "Mia",
    "P": "the lamp is on", "Q": "the room is bright", "R": "the cat sleeps",
}  # fmt: skip
E, C, N = Outcome.ENTAILED, Outcome.CONTRADICTED, Outcome.CONSISTENT

FORMS = {
    "Barbara": ([(EVERY, "AB"), (EVERY, "BC")], (EVERY, "AC"), E),
    "Celarent": ([(EVERY, "AB"), (NO, "BC")], (NO, "AC"), E),
    "Darii": ([(SOME, "AB"), (EVERY, "BC")], (SOME, "AC"), E),
    "Ferio": ([(SOME, "AB"), (NO, "BC")], (SOME_NOT, "AC"), E),
    "Cesare": ([(NO, "CB"), (EVERY, "AB")], (NO, "AC"), E),
    "Baroco": ([(EVERY, "CB"), (SOME_NOT, "AB")], (SOME_NOT, "AC"), E),
    "Bocardo": ([(SOME_NOT, "BC"), (EVERY, "BA")], (SOME_NOT, "AC"), E),
    "undistributed middle": ([(EVERY, "AB"), (EVERY, "CB")], (EVERY, "AC"), N),
    "illicit conversion": ([(EVERY, "AB")], (EVERY, "BA"), N),
    "two particulars": ([(SOME, "AB"), (SOME, "BC")], (SOME, "AC"), N),
    "converted no": ([(NO, "AB")], (NO, "BA"), E),
    "converted some": ([(SOME, "AB")], (SOME, "BA"), E),
    "instance": ([(EVERY, "AB"), (IS, "xA")], (IS, "xB"), E),
    "instance denied": ([(EVERY, "AB"), (IS_NOT, "xB")], (IS, "xA"), C),
    "denied antecedent of all": ([(EVERY, "AB"), (IS_NOT, "xA")], (IS, "xB"), N),
    "affirmed consequent of all": ([(EVERY, "AB"), (IS, "xB")], (IS, "xA"), N),
    "excluded": ([(NO, "AB"), (IS, "xA")], (IS, "xB"), C),
    "generalisation": ([(IS, "xA"), (IS, "xB")], (SOME, "AB"), E),
    "counterexample": ([(IS, "xA"), (IS_NOT, "xB")], (EVERY, "AB"), C),
    "other thing": ([(EVERY, "AB"), (IS, "xA")], (IS, "yB"), N),
    "modus ponens": ([(IF, "PQ"), (SAY, "P")], (SAY, "Q"), E),
    "modus tollens": ([(IF, "PQ"), (DENY, "Q")], (SAY, "P"), C),
    "affirmed consequent": ([(IF, "PQ"), (SAY, "Q")], (SAY, "P"), N),
    "denied antecedent": ([(IF, "PQ"), (DENY, "P")], (SAY, "Q"), N),
    "hypothetical syllogism": ([(IF, "PQ"), (IF, "QR")], (IF, "PR"), E),
    "disjunctive syllogism": ([(OR, "PQ"), (DENY, "P")], (SAY, "Q"), E),
    "affirmed disjunct": ([(OR, "PQ"), (SAY, "P")], (SAY, "Q"), N),
    "Camestres": ([(EVERY, "CB"), (NO, "AB")], (NO, "AC"), E),
    "Festino": ([(NO, "CB"), (SOME, "AB")], (SOME_NOT, "AC"), E),
    "illicit major": ([(EVERY, "BC"), (NO, "AB")], (NO, "AC"), N),
    "exclusive premises": ([(NO, "AB"), (NO, "BC")], (NO, "AC"), N),
    "existential import": ([(EVERY, "AB"), (EVERY, "BC")], (SOME, "AC"), N),
    "joined alternative": ([(SAY, "P")], (OR, "PQ"), E),
    "dilemma": ([(OR, "PQ"), (IF, "PR"), (IF, "QR")], (SAY, "R"), E),
}
SLOTS = {
    EVERY: "AB", NO: "AB", SOME: "AB", SOME_NOT: "AB", IS: "xA", IS_NOT: "xA", IF: "PQ", OR: "PQ",
    SAY: "P", DENY: "P",
}  # fmt: skip
TWIN = {E: C, C: E, N: N}


def said(piece, wording):
    """A piece of a form in one wording."""
    wordings, letters = piece
    values = {s: LETTERS[x] for s, x in zip(SLOTS[wordings], letters, strict=True)}
    text = wordings[wording % len(wordings)].format(**values).replace("foxs", "foxes")
    return text[0].upper() + text[1:]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("wording", range(WORDINGS))
def test_every_form_is_decided_in_every_wording(form, wording):
    premises, conclusion, expected = FORMS[form]
    texts = [said(p, wording + i) for i, p in enumerate(premises)]
    final = said(conclusion, wording)
    twin = "It is not the case that " + (
        final if final.startswith(("Rex", "Mia")) else final[0].lower() + final[1:]
    )
    formulas = [statement(t) for t in texts]
    assert None not in formulas, texts
    for text, outcome in ((final, expected), (twin, TWIN[expected])):
        concluded = statement(text)
        assert concluded is not None, text
        assert decide(formulas, concluded).outcome is outcome, (texts, text)


@pytest.mark.parametrize(
    "text",
    [
        "Most foxes are hunters.",
        "All foxes are not hunters.",
        "The fox, which ran away, hunts mice at night because it is hungry, or so they say.",
        "x = 3",
        "Two thirds of the foxes are hunters.",
        "Three foxes are hunters.",
        "Rex is one of many foxes.",
        "Foxes are larger than cats, and 3 of them came.",
        "",
    ],
)
def test_what_is_not_one_of_the_constructions_is_not_read(text):
    assert statement(text) is None


def test_premises_in_another_order_or_beside_others_change_nothing():
    pieces = [*FORMS["Darii"][0], *FORMS["dilemma"][0]]
    formulas = [statement(said(p, 0)) for p in pieces]
    conclusion = statement(said(FORMS["Darii"][1], 0))
    for at in range(len(formulas)):
        assert decide([*formulas[at:], *formulas[:at]], conclusion).outcome is E
