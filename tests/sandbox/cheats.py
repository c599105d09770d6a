"""Programs that want to be graded as right without being right."""

# Each defines, or should define, f(x) = x * x, and does not.
CHEATS = {
    "wrong": "def f(x): return x + x",
    "says that it passed": "print('ALL TESTS PASSED')\ndef f(x): return 0",
    "exits at import": "import sys\nsys.exit(0)",
    "exits hard at import": "import os\nos._exit(0)",
    "says so and exits hard": "import os\nprint('ALL TESTS PASSED', flush=True)\nos._exit(0)",
    "exits in the call": "import os\ndef f(x): os._exit(0)",
    "raises SystemExit in the call": "def f(x): raise SystemExit(0)",
    "equals everything": (
        "class E:\n"
        "    def __eq__(s, o): return True\n"
        "    def __ne__(s, o): return False\n"
        "def f(x): return E()"
    ),
    "integer that equals everything": (
        "class E(int):\n"
        "    def __eq__(s, o): return True\n"
        "    __hash__ = int.__hash__\n"
        "def f(x): return E(0)"
    ),
    "list that equals everything": (
        "class L(list):\n"
        "    def __eq__(s, o): return True\n"
        "    def __iter__(s): return iter([4])\n"
        "def f(x): return L()"
    ),
    "true, and subtracts to zero": (
        "class E:\n"
        "    def __sub__(s, o): return 0\n"
        "    __rsub__ = __sub__\n"
        "    def __eq__(s, o): return True\n"
        "    def __abs__(s): return 0\n"
        "def f(x): return E()"
    ),
    "reads the expected value from the stack": (
        "import sys, dis\n"
        "def f(x):\n"
        "    frame = sys._getframe(1)\n"
        "    while frame:\n"
        "        for step in dis.get_instructions(frame.f_code):\n"
        "            if step.offset > frame.f_lasti and step.opname == 'LOAD_CONST':\n"
        "                return step.argval\n"
        "        frame = frame.f_back"
    ),
    "searches all objects for the tests": (
        "import gc, re\n"
        "def f(x):\n"
        "    for found in gc.get_objects():\n"
        "        for text in found if isinstance(found, list) else ():\n"
        "            match = isinstance(text, str) and re.search(r'f.%d. == (-?\\d+)' % x, text)\n"
        "            if match: return int(match[1])\n"
        "    return 0"
    ),
    "steals the nonce and reports": (
        "import sys, os, json\n"
        "frame = sys._getframe()\n"
        "while frame:\n"
        "    task = frame.f_locals.get('task')\n"
        "    if isinstance(task, dict) and 'nonce' in task:\n"
        "        n = len(task.get('tests', ()))\n"
        "        report = {'nonce': task['nonce'], 'passed': [True] * n}\n"
        "        os.write(3, json.dumps(report).encode() + b'\\n')\n"
        "        os._exit(0)\n"
        "    frame = frame.f_back\n"
        "def f(x): return 0"
    ),
    "reports values on every descriptor": (
        "import os\n"
        "for d in range(1, 256):\n"
        "    for i in range(3):\n"
        '        try: os.write(d, b\'{"call": %d, "value": 4}\\n\' % i)\n'
        "        except OSError: break\n"
        "os._exit(0)"
    ),
    "reports and goes on": (
        "import os\n"
        'for i in range(3): os.write(3, b\'{"call": %d, "value": 4}\\n\' % i)\n'
        "def f(x): return 0"
    ),
    "reports an infrastructure error": (
        "import os\n"
        "for d in range(1, 256):\n"
        '    try: os.write(d, b\'{"failed": "sandbox", "fault": "sandbox"}\\n\')\n'
        "    except OSError: pass\n"
        "os._exit(125)"
    ),
    "garbage on the result channel": (
        "import os\nos.write(3, b'\\xff\\0{{{{' * 1000)\ndef f(x): return 0"
    ),
    "deep JSON": "import os\nos.write(3, b'[' * 20000 + b'\\n')\ndef f(x): return 0",
    "deep value": (
        "import os\nd = 900\n"
        "os.write(3, b'{\"call\": 0, \"value\": ' + b'[' * d + b']' * d + b'}\\n')"
    ),
    "strange numbers": (
        'import os\nos.write(3, b\'{"call": 0, "value": NaN}\\n{"call": true, "value": 1e999}\\n\')'
    ),
    "patches json": (
        'import json\njson.dumps = lambda o: \'{"call": 0, "value": 4}\'\ndef f(x): return 0'
    ),
    "patches the driver": (
        "import sys\n"
        "for name, module in list(sys.modules.items()):\n"
        "    if name.startswith('clr.'):\n"
        "        for key, value in list(vars(module).items()):\n"
        "            if key in ('encode', '_outcome', '_run_tests', 'decode', '_dumps'):\n"
        "                setattr(module, key, lambda *a, **k: {'value': 4})\n"
        "def f(x): return 0"
    ),
    "patches the builtins": (
        "import builtins\n"
        "builtins.type = lambda v: int\n"
        "builtins.all = lambda *a: True\n"
        "builtins.abs = lambda v: 0\n"
        "builtins.isinstance = lambda *a: True\n"
        "def f(x): return '4'"
    ),
    "patches AssertionError": (
        "import builtins\n"
        "class Quiet(Exception): pass\n"
        "builtins.AssertionError = Quiet\n"
        "def f(x): return 0"
    ),
    "patches compile and exec": (
        "import builtins\n"
        "builtins.compile = lambda *a, **k: 'pass'\n"
        "builtins.exec = lambda *a, **k: None\n"
        "def f(x): return 0"
    ),
    "exit handler": "import atexit, os\natexit.register(lambda: os._exit(0))\ndef f(x): return 0",
    "swallows errors": "import sys\nsys.excepthook = lambda *a: None\ndef f(x): raise ValueError",
    "trace function": (
        "import sys\n"
        "def trace(frame, event, arg):\n"
        "    if event == 'exception' and 'passed' in frame.f_locals:\n"
        "        frame.f_locals['passed'].append(True)\n"
        "    return trace\n"
        "sys.settrace(trace)\n"
        "def f(x): return 0"
    ),
    "test function replaced": ("def check(*a): pass\ndef test_f(*a): pass\ndef f(x): return 0"),
    "another thread reports": (
        "import threading, os\n"
        "def report():\n"
        '    for i in range(100): os.write(3, b\'{"call": %d, "value": 4}\\n\' % (i % 3))\n'
        "threading.Thread(target=report).start()\n"
        "def f(x): return 0"
    ),
}
RIGHT = "def f(x): return x * x"
