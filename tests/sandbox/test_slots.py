"""A box runs programs, gives values back, and leaves nothing behind."""

from clr.sandbox.opening import open_box
from clr.sandbox.program import Ending, Limits, Returned


def test_a_program_runs_and_values_come_back() -> None:
    with open_box(slots=1) as box:
        assert box.run("print(input() * 2)", "ab\n").stdout == "abab\n"
        square = box.call("def f(x): return (x * x, {'a': {1, 2.5}})", "f", [7])
        assert square == Returned((49, {"a": {1, 2.5}}))
        assert box.run("while True: pass", limits=Limits(wall=0.2)).ending is Ending.TIMEOUT
