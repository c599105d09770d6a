"""What a problem says of an order."""

from clr.reading.ordering import context_of


def test_items_may_be_called_by_part_of_their_name() -> None:
    context = context_of(
        "On a shelf, there are three books: a red book, a green book, and a blue book. "
        "The red one is to the left of the green one. The blue one is the rightmost."
    )
    assert context is not None
    assert len(context.given.premises) == 2
