"""`clr check-entailment`: does a conclusion follow from premises?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from clr.commands.options import AsJson, usage_error

if TYPE_CHECKING:
    from clr.fol.syntax import Formula

_SAID = {
    "entailed": "follows from the premises",
    "contradicted": "is ruled out by the premises",
    "consistent": "may hold or not: the premises leave both open",
    "inconsistent": "cannot be judged: the premises contradict each other",
    "unknown": "could not be decided within the limits",
}


def check_entailment(
    premise: Annotated[
        list[str], typer.Option("--premise", "-p", help="In symbols or in words. Repeatable.")
    ],
    conclusion: Annotated[str, typer.Option("--conclusion", "-c", help="In symbols or in words.")],
    json: AsJson = False,
) -> None:
    """Decide whether a conclusion follows from premises: "∀x (Cat(x) → Pet(x))", "All cats purr".

    Prints entailed, contradicted, consistent, inconsistent (premises) or unknown, with the premises
    that settle it, or a case in which the premises hold and the conclusion does not.
    """
    from clr.verifiers.first_order import entails

    premises = tuple(map(_formula, premise))
    found = entails(premises, _formula(conclusion))
    used = [premise[i] for i in found.premises]
    if json:
        import msgspec

        answer = {
            "outcome": found.outcome,
            "premises": used,
            "countermodel": dict(found.countermodel),
        }
        typer.echo(msgspec.json.encode(answer).decode())
        return
    typer.echo(f"{found.outcome}: the conclusion {_SAID[found.outcome]}")
    for text in used:
        typer.echo(f"  by: {text}")
    if found.countermodel:
        holds = [name for name, truth in found.countermodel if truth]
        fails = [name for name, truth in found.countermodel if not truth]
        typer.echo("  a case where the premises hold and the conclusion does not:")
        for word, names in (("true", holds), ("false", fails)):
            if names:
                typer.echo(f"    {word}: {', '.join(names)}")


def _formula(text: str) -> Formula:
    from clr.fol.notation import NotationError, parse_formula
    from clr.reading.statements import statement

    in_words = statement(text)
    if in_words is not None:
        return in_words
    try:
        return parse_formula(text)
    except NotationError as error:
        raise usage_error(f"{text!r} is neither a statement nor a formula: {error}") from error
