"""The systems to be proved: both tables of the deque and the biased one, with items of several words."""

from proofs.deque import chase_lev as fence_table
from proofs.deque.seq_cst import chase_lev as seq_cst_table
from proofs.deque.words import biased as biased_table
from proofs.deque.words.machine import several_words
from proofs.smt.system import System


def fence() -> System:
    return several_words(fence_table.chase_lev())


def seq_cst() -> System:
    return several_words(seq_cst_table.chase_lev())


def biased() -> System:
    return biased_table.biased()
