"""The command ``bpcourse``: open the course, run it, look after it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib import import_module, metadata
from typing import NoReturn

from .words import Problem

EXAMPLES = """\
examples:
  bpcourse lab                      open the course in ./my-course, which is made the first time
  bpcourse doctor                   what is missing on this machine, and what to do about it
  bpcourse run 04                   run lesson 04 without a browser
  bpcourse check my.ipynb           the verdict on every exercise in your own notebook
  bpcourse solutions 04             copy the solutions of lesson 04 into your workspace
  bpcourse progress                 how far you have come

bpcourse COMMAND --help tells more about one of them.
"""
LAB_EXAMPLES = """\
examples:
  bpcourse lab --workspace ~/backprop
  bpcourse lab --no-browser --port 8899
  bpcourse lab --no-browser -- --ServerApp.ip=0.0.0.0     in a container whose port is published

A file that you changed is never overwritten: a newer version of it arrives beside it.
"""


class Parser(argparse.ArgumentParser):
    """A parser whose errors are one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message} ({self.prog} --help lists what there is)\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; what goes wrong is a sentence and exit code 2."""
    sys.stdout.reconfigure(errors="replace")  # a terminal that lacks a letter gets "?", not a traceback
    parser = build_parser()
    args = parser.parse_args(argv)
    if args.command is None:
        parser.print_help()
        return 0
    try:
        return args.command(args)
    except (Problem, ValueError, OSError) as problem:
        print(f"bpcourse: {_sentence(problem)}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _sentence(problem: Exception) -> str:
    """An error in words; one of the system ends in the file's name and begins with no number."""
    if isinstance(problem, OSError) and problem.filename:
        return f"{problem.strerror}: {problem.filename}"
    return str(problem)


def build_parser() -> Parser:
    """All commands with their arguments."""
    parser = Parser(
        prog="bpcourse", epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter,
        description="A course on backpropagation: open it, run it, look after it.",
    )
    parser.add_argument("--version", action="version", version=f"bpcourse {metadata.version('bpcourse')}")
    parser.set_defaults(command=None)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_lab(commands)
    _add_workspace(_add(commands, "doctor", "doctor", "look for what the course needs, name remedies"))
    _add_run(commands)
    _add_check(commands)
    _add_workspace(_add(commands, "progress", "progress", "show a bar of points for each lesson"))
    _add_solutions(commands)
    return parser


def _add_lab(commands) -> None:
    command = _add(
        commands, "lab", "lab", "bring your copy of the course up to date and open it",
        epilog=LAB_EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_workspace(command)
    command.add_argument("--no-browser", action="store_true", help="open no browser, print the address")
    command.add_argument("--port", type=int, help="port of JupyterLab (default: a free one from 8888 on)")
    command.add_argument("jupyter", nargs="*", metavar="-- ARG", help="more arguments for JupyterLab")


def _add_run(commands) -> None:
    command = _add(commands, "run", "run", "run a lesson without a browser; no file is changed")
    command.add_argument("lesson", metavar="NN", help="number of a lesson, such as 04")
    _add_timeout(command, 300)


def _add_check(commands) -> None:
    command = _add(
        commands, "check", "run", "run your own notebook, print every verdict",
        description="Run a notebook and print the verdict of every check(...) in it. The file is not "
        "changed. Its code is run with your rights: use it for your own notebook only.",
    )
    command.add_argument("notebook", metavar="my.ipynb", help="your own notebook only: its code is run")
    _add_timeout(command, 120)


def _add_solutions(commands) -> None:
    command = _add(commands, "solutions", "copies", "copy solutions into your copy of the course")
    command.add_argument("lesson", nargs="?", metavar="NN", help="number of a lesson (default: all)")
    _add_workspace(command)


def _add_workspace(command: argparse.ArgumentParser) -> None:
    text = "your copy of the course (default: the one around the current folder, else ./my-course)"
    command.add_argument("--workspace", metavar="DIR", help=text)


def _add_timeout(command: argparse.ArgumentParser, seconds: int) -> None:
    text = f"how long a cell may take (default: {seconds})"
    command.add_argument("--timeout", type=int, default=seconds, metavar="SECONDS", help=text)


def _add(commands, name: str, module: str, text: str, **more) -> argparse.ArgumentParser:
    """Add a command, whose module is loaded only when it is used."""
    more = {"description": f"{text[0].upper()}{text[1:]}.", **more}
    command = commands.add_parser(name, help=text, **more)
    command.set_defaults(command=_later(name, module))
    return command


def _later(name: str, module: str) -> Callable[[argparse.Namespace], int]:
    return lambda args: getattr(import_module(f".{module}", __name__), name)(args)
