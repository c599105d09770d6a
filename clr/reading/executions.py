"""What a step says about programs: "f(3) returns 9", "the output is ...", sessions, loops.

A sentence is read whole or not at all, and only where it speaks of what the program does: not of
what it should do, would do if changed, or does for other inputs.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from clr.bodies.execution import COUNTER, Execution, LoopRuns, Prints, Raises, Returns
from clr.claim import Claim, Kind, Role
from clr.reading.answers import boxed
from clr.reading.lexicon import CARDINAL, cardinal
from clr.reading.programs import Example, Program, Shown, read_shown, syntax_tree
from clr.reading.python_values import closing, scan_value, value_of
from clr.trace import Span, Step

BUILTINS = frozenset(
    "abs all any bool chr dict divmod enumerate filter float frozenset int len list map max min "
    "ord pow range repr reversed round set sorted str sum tuple zip True False None".split()
)


@dataclass(frozen=True, slots=True)
class Question:
    """What the problem asks for: the value of a call, or what the program prints (None)."""

    expression: str | None


@dataclass(frozen=True, slots=True)
class Background:
    """The programs that were shown so far, and what is asked about them."""

    programs: tuple[Program, ...] = ()
    asked: Question | None = None


_SENTENCE = re.compile(
    r"(?<!\w)(?:'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\")(?!\w)|``[^\n]*?``|`[^`\n]*`"
    r"|(?P<end>\n|[.!?](?=\s|$|\*))"
)
_LITERALS = re.compile(r"(?<!\w)(?:'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\")(?!\w)")
_HEDGE = re.compile(
    r"\?|n['’]t\b|\b(?:if|unless|suppos\w+|assum\w+|should|expect\w*|incorrect\w*|wrong\w*|instead"
    r"|mistake\w*|otherwise|might|may|could|can|claim\w*|original\w*|modif\w+|chang\w+|replac\w+"
    r"|fix\w*|bugg?y?|want\w*|need\w*|say\w*|hypothe\w+|not|never|guess\w*|perhaps|maybe|possibly"
    r"|likely|probably|approx\w*|about|roughly|sometimes|first|second|third|iteration|recursive\w*"
    r"|when|whenever|until|before|each|every|intend\w*|desired|correct(?:ed)? (?:version|code)"
    r"|similar\w*|suggest\w*|think|believe\w*|had|were|wait|actual\w*|typo)\b",
    re.I,
)
_LEAD = (
    r"\s*(?:[-*•>]\s+|\d{1,2}[.)]\s+)?(?:\*\*|__|\#+\s)?(?:(?:so|thus|therefore|hence|finally|now|and"
    r"|overall|in conclusion|in summary|to summari[sz]e|as a result|consequently|here|then"
    r"|(?:we|you|i) (?:can )?(?:see|find|conclude|get|have|know)(?: that)?"
    r"|this (?:means|shows|implies)(?: that)?|it follows that|which means(?: that)?|for example"
    r"|for instance|note that|in this case|after running(?: (?:it|this|the code))?)\b[,:]?\s*)*"
)
_OF = (
    r"(?:(?:the )?(?:return(?:ed)? value|final result|result|output|value|answer)s? "
    r"(?:of|for|from|returned by) |(?:the )?(?:function )?(?:call(?:ing)?|executing|running"
    r"|evaluating|invoking|invocation)(?: of| to)? |assert |(?:the )?function call )*"
)
_BEFORE_CALL = re.compile(_LEAD + _OF + r"[`*$]{0,3}", re.I)
_BETWEEN = re.compile(r"[`*$]*\s*(?:,|;|,?\s*(?:and|while|but))\s*[`*$]{0,3}", re.I)
_WILL = r"(?:(?:also|then|will|would|does|finally|simply)\s+)*"
_RETURNS = re.compile(
    rf"[`*$]{{0,3}}\s*(?:{_WILL}(?:returns?|gives?|yields?|evaluates? to|produces?|results? in|is"
    r"|will be|equals?|outputs?)\b|==|=>|=(?!=)|→|->|⇒)(?:\s+the (?:value|result)\b)?\s*:?\s*"
    r"[*$]{0,3}",
    re.I,
)
_PRINTS = re.compile(rf"[`*$]{{0,3}}\s*{_WILL}(?:prints?|displays?)\b\s*:?\s*[*$]{{0,3}}", re.I)
_RAISES = re.compile(
    rf"[`*$]{{0,3}}\s*{_WILL}(?:raises?|throws?|fails? with|results? in|causes?|leads? to)\s+"
    r"(?:an? |the )?`?(?P<error>[A-Z]\w*(?:Error|Exception|Iteration))`?(?: exception| error)?",
    re.I,
)
_TAIL = re.compile(
    r"[`*$]*\s*(?:\Z|[.;!:]*\s*[*$]*\s*\Z|\(|,?\s+(?:because|since|as|so|but|while|which)\b"
    r"|,?\s*(?:and\s+)?`?(?P<more>\w+)\()",
    re.I,
)
_THE_ANSWER = re.compile(
    _LEAD + r"(?P<what>(?:the |my )?(?:(?:final|correct)\s+)*answer"
    r"|(?:the )?final (?:output|result|value)"
    r"|(?:the )?(?:(?:final|printed|program(?:'s)?|code(?:'s)?)\s+)*output"
    r"|(?:the )?(?:final )?return(?:ed)? value)"
    r"(?P<of> (?:of|from|for) (?:the|this) (?:(?:given|above|following) )?(?:function|code|program"
    r"|call|script|snippet)(?: call)?)?\s*(?:(?:is|will be|would be)\b|:|=)"
    r"\s*:?\s*[*$]{0,3}\s*",
    re.I,
)
_IT_DOES = re.compile(
    _LEAD
    + r"(?:the|this) (?:(?:given|above|following|whole|entire) )?(?P<what>function|code|program"
    rf"|call|script|snippet)(?: call)? {_WILL}(?:returns?|outputs?|prints?|displays?)\b\s*:?\s*"
    r"[*$]{0,3}",
    re.I,
)
_TAGGED = re.compile(
    r"\[ANSWER\](?P<a>.*?)\[/ANSWER\]|<answer>(?P<b>.*?)</answer>|^####[ ]*(?P<c>.+)$",
    re.S | re.M,
)
_EQUATED = re.compile(r"\s*==\s*")
_LOOP = re.compile(
    _LEAD + rf"(?:the|this) (?:(?:for|while) |`(?:for|while)` )?loop {_WILL}(?:body )?(?:runs?"
    r"|executes?|iterates?|repeats?|is executed|is run)(?: for)?(?: exactly| a total of)? "
    rf"(?P<count>{CARDINAL})\s+(?:times|iterations)\b",
    re.I,
)
_ASKS = re.compile(
    r"\b(?:what|which|predict|determine|find|give|tell|state|compute|evaluate|complete)\b"
    r"|\?|assert\b",
    re.I,
)
_ASKS_PRINTED = re.compile(
    r"(?:what|predict|determine|find|give|tell|state)\b.*\b(?:print(?:ed|s)?|output|displayed)\b",
    re.I,
)
_ASKS_OTHERWISE = re.compile(
    r"\b(?:how many|complexity|why|inputs?|line|error|wrong|fix|bug|explain|type|options?|times"
    r"|missing|replace)\b",
    re.I,
)
_OPTIONS = re.compile(r"^\s*\(?[A-D][).:]\s", re.M)
_ANNOUNCES = re.compile(
    r"(?:outputs?|prints?|printed|running|result|produces?|gives?|displays?)\b", re.I
)
_LOOPS = (ast.For, ast.While, ast.AsyncFor)


def background_of(problem: str) -> Background:
    """The programs that the problem shows, and what it asks about them."""
    shown = read_shown(problem)
    background = _extended(Background(), shown)
    if not background.programs or _OPTIONS.search(problem):
        return background
    prose = _masked(problem, shown)
    calls = {one.asked for one in shown if one.asked is not None}
    printed = False
    for sentence in _sentences(prose):
        text = prose[sentence.start : sentence.end]
        if not _ASKS.search(text) or _ASKS_OTHERWISE.search(text):
            continue
        mentioned = {call for _, call, _ in _mentions(text, background.programs)}
        calls |= mentioned
        printed = printed or bool(not mentioned and _ASKS_PRINTED.search(text))
    if len(calls) == 1:
        return replace(background, asked=Question(calls.pop()))
    if printed and not calls and len(background.programs) == 1:
        return replace(background, asked=Question(None))
    return background


def read_executions(step: Step, background: Background) -> tuple[list[Claim], Background]:
    """The claims of a step about programs, in written order, and what is known after it."""
    shown = read_shown(step.text)
    if not shown and not background.programs:
        return [], background
    text = _masked(step.text, shown)
    found: list[tuple[Span, Execution]] = []
    begin = 0
    for one in [*shown, None]:
        end = one.span.start if one else len(text)
        found += _of_prose(text, begin, end, background)
        if one is None:
            break
        if one.session:
            found += _of_session(one, background)
        elif one.output and _announced(text[begin:end]):
            found += _of_output(one, background)
        background = _extended(background, [one])
        begin = one.span.end
    found.sort(key=lambda pair: pair[0].start)
    return [_claim(step, span, body) for span, body in found], background


def means_the_same_in_code(claim: Claim) -> bool:
    """Whether an equation beside a program is one of plain arithmetic.

    There, `i = 1` tells what a variable holds for now, `^` is no power and `/` may be `//`.
    """
    return not claim.uses and not re.search(r"[\^/!&|'\"]", claim.text)


def _claim(step: Step, span: Span, body: Execution) -> Claim:
    text = step.text[span.start : span.end]
    place = span.shift(step.span.start)
    return Claim(Kind.EXECUTION, text, place, step.index, _statement(body), Role.DERIVED, body)


def _statement(body: Execution) -> str:
    match body:
        case Returns(_, expression, value):
            return f"{expression} == {value.readings[0]}"
        case Raises(_, expression, error):
            return f"{expression} raises {error}"
        case Prints(_, statement, text, _):
            return f"{statement or 'the program'} prints {text!r}"
        case LoopRuns(_, _, count, _):
            return f"the loop runs {count} times"


def _extended(background: Background, shown: Sequence[Shown]) -> Background:
    new = [one.program for one in shown if one.program is not None]
    kept = [program for program in background.programs if program not in new]
    return replace(background, programs=(*kept, *dict.fromkeys(new))) if new else background


def _masked(text: str, shown: Sequence[Shown]) -> str:
    """The text with code blanked, every other character in its place."""
    for one in shown:
        text = (
            text[: one.span.start] + "\n" * (one.span.end - one.span.start) + text[one.span.end :]
        )
    return text


def _sentences(text: str, start: int = 0, stop: int | None = None) -> Iterator[Span]:
    stop = len(text) if stop is None else stop
    begin = start
    for token in _SENTENCE.finditer(text, start, stop):
        if token["end"]:
            if text[begin : token.end()].strip():
                yield Span(begin, token.end())
            begin = token.end()
    if text[begin:stop].strip():
        yield Span(begin, stop)


def _mentions(text: str, programs: Sequence[Program]) -> Iterator[tuple[int, str, int]]:
    """Calls with given arguments of functions of these programs: start, call, end."""
    names = set().union(*(program.names for program in programs)) - BUILTINS
    if not names:
        return
    call = re.compile(rf"(?<![\w.])(?:{'|'.join(map(re.escape, sorted(names)))})\(")
    at = 0
    while found := call.search(text, at):
        end = closing(text, found.end() - 1)
        at = found.end() if end is None else end
        if end is not None and _meant(text[found.start() : end], programs):
            yield found.start(), text[found.start() : end], end


def _meant(call: str, programs: Sequence[Program]) -> tuple[str, ...]:
    """The programs in which all names of `call` are defined."""
    tree = syntax_tree(call)
    if tree is None:
        return ()
    own = {n.arg for n in ast.walk(tree) if isinstance(n, ast.arg)}
    used = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)} - BUILTINS - own
    if any(isinstance(n, ast.Constant) and n.value is Ellipsis for n in ast.walk(tree)):
        return ()
    return tuple(program.code for program in programs if used <= program.names)


def _of_prose(
    text: str, start: int, stop: int, background: Background
) -> Iterator[tuple[Span, Execution]]:
    if not background.programs:
        return
    yield from _marked_answers(text, start, stop, background)
    for sentence in _sentences(text, start, stop):
        words = text[sentence.start : sentence.end]
        bare = _LITERALS.sub("''", words)
        if _TAGGED.search(bare) or _HEDGE.search(bare.rstrip().rstrip("?") + bare.rstrip()[-1:]):
            continue
        for place, body in _of_sentence(words, background):
            yield place.shift(sentence.start), body


def _of_sentence(text: str, background: Background) -> Iterator[tuple[Span, Execution]]:
    if (loop := _LOOP.match(text)) and _TAIL.match(text, loop.end()):
        if runs := _loop(cardinal(loop["count"]), background):
            yield _trimmed(text, 0, loop.end()), runs
        return
    if (asked := background.asked) is not None:
        for pattern in (_THE_ANSWER, _IT_DOES):
            found = pattern.match(text)
            if found is None or not _speaks_of_the_whole(found, background):
                continue
            end = _value_end(text, found.end())
            if end is not None:
                answer = _answer(text[found.end() : end], asked, background)
                if answer is not None:
                    yield _trimmed(text, 0, end), answer
                return
    before = 0
    for start, call, end in _mentions(text, background.programs):
        lead = _BEFORE_CALL if before == 0 else _BETWEEN
        if not lead.fullmatch(text, before, start):
            return
        read = _after_call(text, call, end, _meant(call, background.programs))
        if read is None:
            return
        body, before = read
        yield _trimmed(text, start, before), body


def _after_call(
    text: str, call: str, end: int, programs: tuple[str, ...]
) -> tuple[Execution, int] | None:
    """What is said of a call that ends at `end`, and where that ends."""
    if (raises := _RAISES.match(text, end)) and _TAIL.match(text, raises.end()):
        return Raises(programs, call, raises["error"]), raises.end()
    for pattern in (_RETURNS, _PRINTS):
        if verb := pattern.match(text, end):
            stop = _value_end(text, verb.end())
            value = None if stop is None else value_of(text[verb.end() : stop])
            if value is None or stop is None:
                return None
            if pattern is _PRINTS:
                return Prints(programs, call, value.text.strip("`"), verbatim=False), stop
            return Returns(programs, call, value), stop
    return None


def _value_end(text: str, at: int) -> int | None:
    end = scan_value(text, at)
    return end if end is not None and _TAIL.match(text, end) else None


def _trimmed(text: str, start: int, end: int) -> Span:
    while text[start].isspace():
        start += 1
    return Span(start, end)


def _speaks_of_the_whole(found: re.Match[str], background: Background) -> bool:
    """Whether what is spoken of is the asked run, not a variable or an inner call of that name."""
    if found.groupdict().get("of"):
        return True
    word = found["what"].lower().split()[-1]
    code = "\n".join(program.code for program in background.programs)
    if re.search(rf"\b{word}\b", code):
        return False
    if word in ("function", "call"):
        return len(re.findall(r"\bdef\b", code)) == 1 and not _calls_itself(background.programs)
    return True


def _calls_itself(programs: Sequence[Program]) -> bool:
    return any(
        len(re.findall(rf"\b{re.escape(name)}\b", program.code)) > 1
        for program in programs
        for name in program.names
    )


def _answer(written: str, asked: Question, background: Background) -> Execution | None:
    """The answer to the question of the problem; it may repeat the call: f(3) == 9."""
    value = value_of(written)
    if value is None:
        return None
    programs = background.programs
    if asked.expression is None:
        return Prints(tuple(p.code for p in programs), None, value.text.strip("`"), verbatim=False)
    meant = _meant(asked.expression, programs)
    return Returns(meant, asked.expression, value) if meant else None


def _marked_answers(
    text: str, start: int, stop: int, background: Background
) -> Iterator[tuple[Span, Execution]]:
    """Answers between tags, or in a box."""
    if background.asked is None:
        return
    places = [
        Span(*found.span(group))
        for found in _TAGGED.finditer(text, start, stop)
        for group in "abc"
        if found[group] is not None
    ]
    box = boxed(text[start:stop])
    if box is not None and "\\" not in text[start:stop][box.start : box.end]:
        places.append(box.shift(start))
    for place in places:
        written = text[place.start : place.end]
        content = written.strip().removeprefix("assert ").strip()
        body: Execution | None = None
        calls = list(_mentions(content, background.programs))
        if calls and calls[0][0] == 0 and (equals := _EQUATED.match(content, calls[0][2])):
            value = value_of(content[equals.end() :])
            meant = _meant(calls[0][1], background.programs)
            body = Returns(meant, calls[0][1], value) if value is not None else None
        elif not calls:
            body = _answer(content, background.asked, background)
        if body is not None and written.strip():
            yield place, body


def _loop(count: int, background: Background) -> LoopRuns | None:
    """The claim about the only loop of the programs, each changed so that it counts its rounds."""
    counted = []
    for program in background.programs:
        tree = syntax_tree(program.code)
        loops = [node for node in ast.walk(tree) if isinstance(node, _LOOPS)] if tree else []
        if tree is None or len(loops) != 1:
            return None
        [loop] = loops
        inside = not any(loop is n for top in tree.body for n in _outside_functions(top))
        asked = background.asked.expression if background.asked else None
        if inside and asked is None:
            return None
        breaks = any(isinstance(node, ast.Break | ast.Return) for node in ast.walk(loop))
        [tick] = ast.parse(f"{COUNTER}.append(0)").body
        loop.body.insert(0, tick)
        tree.body.insert(0, ast.parse(f"{COUNTER} = []").body[0])
        counted.append((ast.unparse(ast.fix_missing_locations(tree)), inside, breaks))
    if not counted:
        return None
    expression = background.asked.expression if background.asked and counted[0][1] else None
    return LoopRuns(
        tuple(code for code, _, _ in counted), expression, count, any(b for _, _, b in counted)
    )


def _outside_functions(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _outside_functions(child)


def _announced(words: str) -> bool:
    """Whether the words between two blocks of code announce what the first one prints."""
    words = words.strip()
    return (
        len(words) < 120
        and bool(_ANNOUNCES.search(words))
        and not _HEDGE.search(words)
        and "(" not in words
    )


def _of_output(shown: Shown, background: Background) -> Iterator[tuple[Span, Execution]]:
    if background.programs and "..." not in shown.output and shown.output.strip():
        code = background.programs[-1].code
        yield shown.span, Prints((code,), None, shown.output, verbatim=True)


def _of_session(shown: Shown, background: Background) -> Iterator[tuple[Span, Execution]]:
    before = ""
    for example in shown.session:
        tree = syntax_tree(example.source)
        if tree is None:
            return
        if example.shown and (_failed(example) or _is_exact(example)):
            body = _of_example(example.source, tree, example.shown, before, background)
            if body is not None:
                yield example.span, body
        if not _failed(example):
            before += example.source + "\n"


def _failed(example: Example) -> bool:
    return example.shown.startswith("Traceback")


def _is_exact(example: Example) -> bool:
    """Whether what is shown is neither cut short nor an address in memory."""
    return "..." not in example.shown and " at 0x" not in example.shown


def _of_example(
    source: str, tree: ast.Module, shown: str, before: str, background: Background
) -> Execution | None:
    names = [n for n in ast.walk(syntax_tree(before + source) or tree) if isinstance(n, ast.Name)]
    used = {name.id for name in names}
    known = [program.code for program in background.programs if used & program.names]
    if len(known) > 1:
        return None
    programs = ((known[0] if known else "") + "\n" + before,)
    if shown.startswith("Traceback"):
        error = re.match(r"[A-Za-z_.]*?(\w+)(?::|$)", shown.splitlines()[-1])
        expression = len(tree.body) == 1 and isinstance(tree.body[0], ast.Expr)
        return Raises(programs, source, error[1]) if error and expression else None
    if len(tree.body) == 1 and isinstance(tree.body[0], ast.Expr):
        source = f"__import__('sys').displayhook({source})"
    return Prints(programs, source, shown, verbatim=True)
