"""Checks FAULTS.yml: each named line holds the text that it quotes."""

import pathlib
import sys

import yaml

HERE = pathlib.Path(__file__).parent


def lines(twin, file):
    path = HERE / twin / file
    return path.read_text(encoding="utf-8").split("\n") if path.exists() else []


faults = yaml.safe_load((HERE / "faulty" / "FAULTS.yml").read_text(encoding="utf-8"))
wrong = 0
for fault in faults:
    file, line = fault["file"], fault["line"]
    faulty = lines("faulty", file)
    missing = {"file", "line", "at", "what", "kind", "expect"} - set(fault)
    if missing or line > len(faulty) or fault["at"] not in faulty[line - 1]:
        print(f"{file}:{line}: {sorted(missing) or 'does not hold ' + repr(fault['at'])}")
        wrong += 1
    for other in fault.get("also", []):
        if other["line"] > len(lines("faulty", other["file"])):
            print(f"{other['file']}:{other['line']}: there is no such line")
            wrong += 1

print(f"{len(faults)} faults, {wrong} of them wrong")
sys.exit(1 if wrong else 0)
