"""Measure the sandbox: ``python -m clr.benchmarks.sandbox COMMAND``.

Speed against a plain interpreter, throughput, a soak that watches for growth, and two public sets
of programs: HumanEval (Chen et al. 2021, arXiv:2107.03374) and CRUXEval (Gu et al. 2024,
arXiv:2401.03065), read as JSONL in their published form.
"""

import ast
import json
import os
import statistics
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from clr.claim import Kind
from clr.sandbox.grading import Grade, equal, grade_code
from clr.sandbox.launch import runtime
from clr.sandbox.opening import open_box
from clr.sandbox.program import Limits, Outcome, Returned
from clr.sandbox.slots import Box

app = typer.Typer(help="Measure the sandbox.", no_args_is_help=True)
Data = Annotated[Path, typer.Option(help="Folder with humaneval.jsonl and cruxeval.jsonl.")]
Backend = Annotated[str, typer.Option(help="A backend, or auto.")]
SMALL = "print(1 + 1)"


@app.command()
def latency(backend: Backend = "auto", jobs: int = 300) -> None:
    """Median time of a small job, taken in turn with a plain `python -I -S`."""
    plain = [runtime().python, "-I", "-S", "-c", SMALL]
    sandboxed, alone = [], []
    with open_box(backend, slots=1) as box:
        for _ in range(jobs):
            sandboxed.append(_seconds(lambda: box.run(SMALL)))
            alone.append(_seconds(lambda: subprocess.run(plain, capture_output=True, check=True)))
        name = box.backend.name
    ratio = statistics.median(sandboxed) / statistics.median(alone)
    for label, times in ((name, sandboxed), ("plain", alone)):
        ordered = sorted(times)
        p99 = ordered[int(0.99 * len(ordered))] * 1000
        typer.echo(f"{label}: median {statistics.median(times) * 1000:.2f} ms, p99 {p99:.2f} ms")
    typer.echo(f"ratio of medians {ratio:.2f}")


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


@app.command()
def throughput(backend: Backend = "auto", slots: int = 2, seconds: float = 10.0) -> None:
    """Small jobs a minute."""
    with open_box(backend, slots=slots) as box:
        end = time.monotonic() + seconds
        done = sum(1 for _ in box.map(box.run, _until(end)))
        typer.echo(f"{done / seconds * 60:.0f} jobs a minute, {slots} slots, {box.backend.name}")


def _until(end: float) -> Iterator[str]:
    while time.monotonic() < end:
        yield SMALL


@app.command()
def soak(backend: Backend = "auto", slots: int = 2, jobs: int = 20_000) -> None:
    """Many jobs, some of them bad, while nothing that this process holds may grow.

    Exits with 1 if something does.
    """
    kinds = [SMALL] * 17 + [
        "while True: pass",
        "import ctypes; ctypes.string_at(0)",
        "bytearray(9**11)",
    ]
    limits = Limits(wall=0.05, memory=128 << 20)
    with open_box(backend, slots=slots) as box:
        counts: Counter[str] = Counter()
        work = (kinds[index % len(kinds)] for index in range(jobs))
        first: dict[str, int] = {}
        for index, run in enumerate(box.map(lambda code: box.run(code, limits=limits), work)):
            counts[run.ending] += 1
            if index == jobs // 10:
                first = _holdings()
        last = _holdings()
    typer.echo(f"{jobs} jobs: {dict(counts)}")
    typer.echo(f"after a tenth {first}, at the end {last}")
    grown = [key for key in first if last[key] > first[key] * 1.1 + 1]
    if grown:
        typer.echo(f"grown: {', '.join(grown)}", err=True)
        raise typer.Exit(1)


def _holdings() -> dict[str, int]:
    """Memory in KiB, open descriptors, mounts, and processes of this process."""
    own = Path("/proc/self")
    lines = own.joinpath("status").read_text().splitlines()
    memory = next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))
    return {
        "memory": memory,
        "descriptors": len(list(own.joinpath("fd").iterdir())),
        "mounts": own.joinpath("mountinfo").read_text().count("\n"),
        "processes": sum(_descends(entry) for entry in Path("/proc").iterdir()),
    }


def _descends(entry: Path) -> bool:
    """Whether an entry of /proc is a child of this process."""
    try:
        fields = entry.joinpath("stat").read_text().rpartition(")")[2].split()
    except OSError:
        return False
    return entry.name.isdigit() and int(fields[1]) == os.getpid()


@app.command()
def humaneval(data: Data, backend: Backend = "auto") -> None:
    """Every reference solution must pass, and every mutated copy must fail."""
    rows = _rows(data / "humaneval.jsonl")
    with open_box(backend) as box:
        grades = list(box.map(lambda row: _grade(box, row, row["canonical_solution"]), rows))
        typer.echo(f"reference solutions: {dict(Counter(str(g.status) for g in grades))}")
        typer.echo(f"graded by: {dict(Counter(str(g.mode) for g in grades))}")
        for kind, mutate in MUTATIONS.items():
            mutants = [(row, mutate(row)) for row in rows]
            made = [(row, body) for row, body in mutants if body is not None]
            fates = box.map(lambda pair: _grade(box, *pair), made)
            alive = [pair for pair, grade in zip(made, fates, strict=True) if grade.outcome != 0]
            missed = [row["task_id"] for row, body in alive if not _same(box, row, body)]
            typer.echo(
                f"{kind}: {len(made)} mutants, {len(alive) - len(missed)} that the tests do not "
                f"tell from the original, {len(missed)} missed {' '.join(missed)}"
            )


def _same(box: Box, row: dict[str, str], body: str) -> bool:
    """Whether the published test, run as it stands, passes this honest program too."""
    check = f"{row['prompt']}{body}\n{row['test']}\ncheck({row['entry_point']})"
    return box.run(check).exit_code == 0


def _grade(box: Box, row: dict[str, str], body: str) -> Grade:
    code = row["prompt"] + body
    return grade_code(code, row["test"], entry_point=row["entry_point"], box=box)


def _early_return(row: dict[str, str]) -> str:
    return "    return None\n" + row["canonical_solution"]


def _wrong_result(row: dict[str, str]) -> str:
    name = row["entry_point"]
    wrong = "v + 1 if isinstance(v, (int, float)) else v[1:] if v and hasattr(v, 'index') else 1"
    return (
        f"{row['canonical_solution']}\n_right = {name}\n"
        f"def {name}(*a, **k):\n    v = _right(*a, **k)\n    return {wrong}\n"
    )


def _wrong_constant(row: dict[str, str]) -> str | None:
    tree = ast.parse(row["prompt"] + row["canonical_solution"])
    change = _AddSeven()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == row["entry_point"]:
            change.visit(node)
    return "    pass\n\n" + ast.unparse(tree) if change.done else None


class _AddSeven(ast.NodeTransformer):
    """Add seven to every whole number."""

    done = False

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        if type(node.value) is not int:
            return node
        self.done = True
        return ast.Constant(node.value + 7)


MUTATIONS: dict[str, Callable[[dict[str, str]], str | None]] = {
    "early return": _early_return,
    "wrong constant": _wrong_constant,
    "off by one": _wrong_result,
}


@app.command()
def cruxeval(data: Data, backend: Backend = "auto") -> None:
    """`f(input) == output` must hold of every row, and of no row whose output was changed."""
    rows = _rows(data / "cruxeval.jsonl")
    verdicts: Counter[str] = Counter()
    with open_box(backend) as box:
        outcomes = box.map(lambda row: box.evaluate(row["code"], f"f({row['input']})"), rows)
        for row, outcome in zip(rows, outcomes, strict=True):
            expected = ast.literal_eval(row["output"])
            verdicts["as published: " + _verdict(outcome, expected)] += 1
            verdicts["changed: " + _verdict(outcome, _changed(expected))] += 1
    typer.echo(dict(verdicts))


@app.command()
def traces(data: Data) -> None:
    """CRUXEval as traces, in several wordings: as published verified, with other outputs refuted.

    Exits with 1 if a claim is missing, undecided or judged otherwise.
    """
    from clr.auditor import audit
    from clr.segment import trace_of

    counts: Counter[str] = Counter()
    for index, row in enumerate(_rows(data / "cruxeval.jsonl")):
        problem = QUESTIONS[index % len(QUESTIONS)].format(**row)
        wording = ANSWERS[index // len(QUESTIONS) % len(ANSWERS)]
        other = repr(_another(ast.literal_eval(row["output"])))
        for label, output in (("as published", row["output"]), ("changed", other)):
            response = wording.format(**{**row, "output": output})
            report = audit(trace_of(row["id"], problem, response=response))
            found = [c for s in report.steps for c in s.claims if c.claim.kind == Kind.EXECUTION]
            statuses = " ".join(str(c.verdict.status) for c in found) or "no claim"
            counts[f"{label}: {statuses}"] += 1
    typer.echo(dict(counts))
    if set(counts) != {"as published: verified", "changed: refuted"}:
        raise typer.Exit(1)


QUESTIONS = (
    "You are given a Python function:\n\n```python\n{code}\n```\n\nWhat does `f({input})` return?",
    "{code}\nassert f({input}) == ??",
    "Consider the function below.\n\n{code}\n\nWhat is the output of f({input})?",
    "```python\n{code}\nassert f({input}) == ??\n```\nComplete the assertion.",
)
ANSWERS = (
    "Let us walk through it.\n\nSo `f({input})` returns `{output}`.",
    "The loop builds the result piece by piece.\n\nTherefore, the final answer is {output}.",
    "Thus f({input}) == {output}",
    "[ANSWER]assert f({input}) == {output}[/ANSWER]",
    "Calling f({input}) gives {output}.",
    "[ANSWER]\n{output}\n[/ANSWER]",
    "Hence the output of the call is `{output}`.",
)


def _another(value: Any) -> Any:
    """A value of the same type that is not this one."""
    match value:
        case bool():
            return not value
        case int() | float():
            return value + 1
        case str():
            return value + "x"
        case list():
            return [*value, "zz"]
        case tuple():
            return (*value, "zz")
        case dict():
            return {**value, "zz": 0}
        case set():
            return value | {"zz"}
        case _:
            return "zz"


def _verdict(outcome: Outcome, expected: Any) -> str:
    if not isinstance(outcome, Returned):
        return "undecided"
    return "verified" if equal(outcome.value, expected) else "refuted"


def _changed(value: Any) -> Any:
    return [value] if isinstance(value, list | tuple | dict | set) else f"{value}x"


def _rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


if __name__ == "__main__":
    app()
