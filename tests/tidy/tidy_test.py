#!/usr/bin/env python3
"""tidy_test.py WORKSPACE: every file of the repository keeps the rules of this folder.

WORKSPACE is the file of that name at the root. Bazel hands tests copies or links of the files they
declare, and no target can declare the whole tree, so this test follows the link to the tree itself;
it is tagged `external`, which makes Bazel run it every time.
"""

import os
import sys

import claim_rules
import rules
import tree_rules

# What git and Bazel leave in a tree, and data that no one writes by hand.
FOLDERS_LEFT_OUT = (".git", "out", "corpus", "generated", "node_modules", "__pycache__")
# Fewer than this means that the tree was not found, not that it is clean.
FILES_MIN = 100


def read_tree(root):
    """{path: text} of the files that are text."""
    files = {}
    for folder, folders, names in os.walk(root):
        folders[:] = [
            f for f in folders if f not in FOLDERS_LEFT_OUT and not f.startswith("bazel-")]
        for name in names:
            path = os.path.join(folder, name)
            if os.path.islink(path):
                continue
            try:
                with open(path, encoding="utf-8") as file:
                    files[os.path.relpath(path, root)] = file.read()
            except UnicodeDecodeError:
                pass
    return files


def findings(files):
    for path, text in sorted(files.items()):
        for rule in rules.ALL:
            for line, message in rule(path, text):
                yield path, line, rule.__name__, message
    for rule in tree_rules.ALL + claim_rules.ALL:
        for path, line, message in rule(files):
            yield path, line, rule.__name__, message


def main(workspace):
    root = os.path.dirname(os.path.realpath(workspace))
    files = read_tree(root)
    if len(files) < FILES_MIN:
        print(f"only {len(files)} files below {root}: this is not the repository")
        return 1
    count = 0
    for path, line, rule, message in findings(files):
        print(f"{path}:{line}: {message} [{rule}]")
        count += 1
    print(f"{len(files)} files, {count} findings")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
