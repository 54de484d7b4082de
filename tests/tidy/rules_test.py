#!/usr/bin/env python3
"""Each rule of this folder finds what it is for, and lets pass what only looks like it."""

import sys
import unittest

import claim_rules
import rules
import tree_rules

NOTE = "TO" "DO"

# (rule, path, text, number of findings)
CASES = (
    (rules.seam_only, "core/deque/a.h", "std::atomic<int> a;\n", 1),
    (rules.seam_only, "core/deque/a.h", "a.load(std::memory_order_relaxed);\n", 1),
    (rules.seam_only, "core/deque/a.h", "// not std::atomic\n", 0),
    (rules.seam_only, "core/deque/a.h", 'fatal("std::atomic");\n', 0),
    (rules.seam_only, "core/deque/a.h", "/* std::atomic\n std::atomic */ volatile int b;\n", 1),
    (rules.seam_only, "core/deque/a.h", 'asm volatile("" ::: "memory");\n', 0),
    (rules.seam_only, "core/base/env_std.h", "std::atomic<int> a;\n", 0),
    (rules.seam_only, "tests/deque/a.cc", "std::atomic<int> a;\n", 0),
    (rules.no_sleeping_tests, "tests/a.cc", "std::this_thread::sleep_for(1s);\n", 1),
    (rules.no_sleeping_tests, "tests/a.cc", "// never sleep_for\n", 0),
    (rules.no_sleeping_tests, "tests/a.cc", "usleep(9);  // the measurement itself is a time\n", 0),
    (rules.no_sleeping_tests, "bench/a.cc", "usleep(1);\n", 0),
    (rules.no_suppressions, "tests/a.cc", "__attribute__((no_" "sanitize(\"thread\")))\n", 1),
    (rules.no_suppressions, "bazel/a.bzl", '"TSAN_OPTIONS": "suppressions=' 'tsan.txt"\n', 1),
    (rules.no_suppressions, "bazel/a.bzl", '"TSAN_OPTIONS": "suppressions="\n', 0),
    (rules.no_notes_to_self, "core/a.h", f"// {NOTE}: later\n", 1),
    (rules.no_notes_to_self, "core/a.h", f"int {NOTE}_list;\n", 0),
    (rules.no_machine_paths, "docs/a.md", "see /home" "/jane/notes\n", 1),
    (rules.no_machine_paths, "docs/a.md", "see core/home" "/notes\n", 0),
    (rules.short_lines, "core/a.h", "x" * 101 + "\n", 1),
    (rules.short_lines, "core/a.h", "ä" * 100 + "\n", 0),
    (rules.short_lines, "proofs/a.py", "x" * 121 + "\n", 1),
    (rules.short_lines, "proofs/a.py", "x" * 120 + "\n", 0),
    (rules.short_lines, "core/BUILD.bazel", "x" * 101 + "\n", 0),
    (rules.short_lines, "docs/a.md", "x" * 101 + "\n", 0),
    (rules.short_files, "core/a.h", "x\n" * 501, 1),
    (rules.short_files, "core/a.h", "x\n" * 500, 0),
    (rules.clean_whitespace, "core/a.h", "x \n", 1),
    (rules.clean_whitespace, "core/a.h", "x", 1),
    (rules.clean_whitespace, "core/a.h", "\tx\n", 1),
    (rules.clean_whitespace, "core/a.h", "  x\n", 0),
    (rules.header_has_head, "core/a.h", "#pragma once\n", 1),
    (rules.header_has_head, "core/a.h", "// A thing.\n", 1),
    (rules.header_has_head, "core/a.h", "// A thing.\n#pragma once\n", 0),
    (rules.includes_from_the_root, "core/a.cc", '#include "a.h"\n', 1),
    (rules.includes_from_the_root, "core/a.cc", '#include "core/a.h"\n', 0),
    (rules.layers, "core/deque/a.h", '#include "models/env/env_checker.h"\n', 1),
    (rules.layers, "core/deque/a.h", "#include <boost/context/fiber.hpp>\n", 1),
    (rules.layers, "core/fiber/a.h", "#include <boost/context/fiber.hpp>\n", 0),
    (rules.layers, "models/checker/a.h", '#include "core/deque/chase_lev_deque.h"\n', 1),
    (rules.layers, "models/checker/a.h", '#include "core/base/site.h"\n', 0),
    (rules.test_names_are_sentences, "tests/a.cc", "TEST(Deque, PushWorks) {\n", 1),
    (rules.test_names_are_sentences, "tests/a.cc", "TEST(Deque, KeepsTheOrder) {\n", 0),
    (rules.no_bare_claim, "README.md", "a verified core\n", 1),
    (rules.no_bare_claim, "proofs/README.md", "a verified core\n", 0),
)

QUOTE = "<!-- quote: a.cc -->\n```cpp\nint x;\n```\n"
BUILD = 'cc_library(name = "a", hdrs = ["a.h"], srcs = glob(["part_*.cc"]))\n'

BUGS = {"models/historical/golden/a.txt": "", "models/historical/golden/b.txt": ""}
LITMUS = {"proofs/litmus/README.md": "| `deque_fence/a` | 1 |\n| `coro/a` | 2 |\n| `coro/b` | 2 |\n"}
COUNTS = "{} bugs that shipped; as C programs, for GenMC, run by hand; of {} it"
GENMC = "GenMC 0.11.0 on {} C programs; likewise {} of the other parts"
MODEL = {"models/a/BUILD.bazel": 'wyn_model_part(models = ["m"], helpers = ["h.h"])',
         "models/a/h.h": "struct h {};", "models/README.md": "`m`"}
HEAD = "// Goal:   It.\n// Method: So.\n// Bound:  2 threads.\n#pragma once\nstruct m {"
MODEL_BUILD = {"models/a/BUILD.bazel": 'tests = {"a_model_test": "small"}'}
PROOF_BUILD = {"proofs/a/BUILD.bazel": "wyn_proof_tests("}
ROWS = 'struct a_orders%s {\n  static constexpr site<"A1 x.load", order::acquire> load{};\n};\n'
WEAKENED = {"models/a/tables.cc": '      {.name = "a_orders",\n'}
TABLES = "std::vector<checked_table> tables() {\n  return {first_table(), second_table()};\n}\n"
TABLE_HEAD = "| claim | explored | bound | not covered |\n|---|---|---|---|\n| **Part** | | | |\n"


def part(*checked):
    calls = "".join(f"  models::expect_truth({table}(), {{}});\n" for table in checked)
    return {"models/a/tables.cc": TABLES, "models/a/a_matrix_test.cc": calls}


def table(row):
    return {"proofs/README.md": GENMC.format(0, 0) + "\n\n" + TABLE_HEAD + row + "\n\n| other | table |\n"}


# (rule, files of the tree, number of findings)
TREE_CASES = (
    (tree_rules.no_dead_files, {"core/BUILD.bazel": BUILD, "core/a.h": ""}, 0),
    (tree_rules.no_dead_files, {"core/BUILD.bazel": BUILD, "core/part_1.cc": ""}, 0),
    (tree_rules.no_dead_files, {"core/BUILD.bazel": BUILD, "core/b.h": ""}, 1),
    (tree_rules.no_dead_files, {"core/BUILD.bazel": BUILD, "core/sub/a.h": ""}, 1),
    (tree_rules.no_dead_files, {"core/b.h": ""}, 1),
    (tree_rules.no_dead_files, {"core/BUILD.bazel": '[t(srcs = [x + "_t.cc"]) for x in ["a"]]',
                                "core/a_t.cc": ""}, 0),
    (tree_rules.no_dead_files, {"core/BUILD.bazel": '[t(srcs = [x + "_t.cc"]) for x in ["a"]]',
                                "core/b_t.cc": ""}, 1),
    (tree_rules.readme_names_the_commands, {"README.md": "./demo and ./check"}, 0),
    (tree_rules.readme_names_the_commands, {"README.md": "./demo"}, 1),
    (tree_rules.readme_names_the_folders, {"README.md": "`core/`", "core/a.h": ""}, 0),
    (tree_rules.readme_names_the_folders, {"README.md": "`core/`", "fuzz/a.cc": ""}, 1),
    (tree_rules.links_lead_somewhere, {"docs/a.md": "[b](b.md#top)", "docs/b.md": ""}, 0),
    (tree_rules.links_lead_somewhere, {"docs/a.md": "[b](../core/)", "core/a.h": ""}, 0),
    (tree_rules.links_lead_somewhere, {"docs/a.md": "[b](https://example.org/b)"}, 0),
    (tree_rules.links_lead_somewhere, {"docs/a.md": "[b](c.md)", "docs/b.md": ""}, 1),
    (tree_rules.quotes_are_current, {"a.md": QUOTE, "a.cc": "// top\nint x;\nint y;\n"}, 0),
    (tree_rules.quotes_are_current, {"a.md": QUOTE, "a.cc": "int z;\n"}, 1),
    (tree_rules.quotes_are_current, {"a.md": QUOTE}, 1),
    (tree_rules.labels_exist, {"a.md": "`//core:a`, //core:all", "core/BUILD.bazel": BUILD}, 0),
    (tree_rules.labels_exist, {"a.md": "http://core:8080/x"}, 0),
    (tree_rules.labels_exist, {"a.md": "//core:b", "core/BUILD.bazel": BUILD}, 1),
    (tree_rules.labels_exist, {"a.md": "//core:a"}, 1),
    (claim_rules.numbers_are_current, {"README.md": COUNTS.format(2, 3), **BUGS, **LITMUS}, 0),
    (claim_rules.numbers_are_current, {"README.md": COUNTS.format(3, 3), **BUGS, **LITMUS}, 1),
    (claim_rules.numbers_are_current, {"README.md": COUNTS.format(2, 2), **BUGS, **LITMUS}, 1),
    (claim_rules.numbers_are_current, {"README.md": "many bugs", **BUGS, **LITMUS}, 2),
    (claim_rules.numbers_are_current, {"proofs/README.md": GENMC.format(1, 2), **LITMUS}, 0),
    (claim_rules.numbers_are_current, {"proofs/README.md": GENMC.format(2, 1), **LITMUS}, 2),
    (claim_rules.numbers_are_current, {"bench/README.md": "on up to 8 processors",
                                       "bench/simulation/main.cc": 'add_flag("--8", more)'}, 0),
    (claim_rules.numbers_are_current, {"bench/README.md": "on up to 4 processors",
                                       "bench/simulation/main.cc": 'add_flag("--8", more)'}, 1),
    (claim_rules.evidence_has_a_claim, {"proofs/README.md": "`//models/a:a_model_test`", **MODEL_BUILD}, 0),
    (claim_rules.evidence_has_a_claim, {"proofs/README.md": "`//models/b:a_model_test`", **MODEL_BUILD}, 1),
    (claim_rules.evidence_has_a_claim, {"proofs/README.md": "`//models/a:a_model_test_2`",
                                        **MODEL_BUILD}, 1),
    (claim_rules.evidence_has_a_claim, {"proofs/README.md": "`//proofs/a:all`", **PROOF_BUILD}, 0),
    (claim_rules.evidence_has_a_claim, {"proofs/README.md": "`//proofs/a/b:all`", **PROOF_BUILD}, 1),
    (claim_rules.models_say_their_bound, {**MODEL, "models/a/m.h": HEAD}, 0),
    (claim_rules.models_say_their_bound, {**MODEL, "models/a/m.h": HEAD, "models/README.md": ""}, 1),
    (claim_rules.models_say_their_bound, {**MODEL, "models/a/m.h": HEAD.replace("Bound", "Far")}, 1),
    (claim_rules.models_say_their_bound, {**MODEL, "models/a/m.h": "struct m {"}, 3),
    (claim_rules.claims_say_how_far_they_reach, table("| c | `//a:b` | 2 threads | order |"), 0),
    (claim_rules.claims_say_how_far_they_reach, table("| c | | | order |"), 0),
    (claim_rules.claims_say_how_far_they_reach, table("| c | `//a:b` | | order |"), 1),
    (claim_rules.claims_say_how_far_they_reach, table("| c | `//a:b` | 2 threads | |"), 1),
    (claim_rules.claims_say_how_far_they_reach, table("| c | `//a:b` | 2 threads |"), 1),
    (claim_rules.tables_are_weakened, {"core/a/a.h": ROWS % "", **WEAKENED}, 0),
    (claim_rules.tables_are_weakened, {"core/a/a.h": ROWS % ""}, 1),
    (claim_rules.tables_are_weakened, {"core/a/a.h": ROWS % "_of_more", **WEAKENED}, 1),
    (claim_rules.tables_are_weakened, {"core/a/a.h": ROWS % "_of_more : a_orders", **WEAKENED}, 1),
    (claim_rules.tables_are_weakened, {"core/a/a.h": "struct both : a_orders, b_orders {};\n"}, 0),
    (claim_rules.tables_are_weakened, {"tests/a.cc": ROWS % ""}, 0),
    (claim_rules.tables_are_held_against_the_book, part("first_table", "second_table"), 0),
    (claim_rules.tables_are_held_against_the_book, part("second_table"), 1),
)


class Rules(unittest.TestCase):
    def test_every_case(self):
        for rule, path, text, count in CASES:
            with self.subTest(rule=rule.__name__, path=path, text=text):
                self.assertEqual(len(list(rule(path, text))), count)

    def test_every_tree_case(self):
        for rule, files, count in TREE_CASES:
            with self.subTest(rule=rule.__name__, files=files):
                self.assertEqual(len(list(rule(files))), count)

    def test_every_rule_is_seen_to_find_something(self):
        found = {rule for rule, *_, count in CASES + TREE_CASES if count}
        self.assertEqual(found, set(rules.ALL + tree_rules.ALL + claim_rules.ALL))


if __name__ == "__main__":
    sys.exit(unittest.main())
