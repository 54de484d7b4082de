"""The biased deque on a view machine: the transition system of core/deque/biased_deque.h with its table.

The owner's buffers, bottom and push are those of the fence table's machine (proofs/deque/machine.py), and so are the
machine's rules and the names of what it keeps. What is different is top: its word has a bias beside the index and may
come back, so a message of top is not its value. Top has a list of messages, numbered from 0, and a view of top is a
number of a message. Every compare-exchange compares *words*, so one that sleeps while a word goes and comes back wins.

Fences. A seq_cst fence joins the thread's view with the global one, both ways. A heavy fence of a thief does that with
its view of top; and it is ordered with each of the owner's light fences, in pairs, as P1202R5 has it. Where the light
one came first, the thief knows of bottom what the owner had done before it. That is no part of the global view, for a
light fence is not ordered with seq_cst ones: the thief passes it on with the shared word, and so to whoever reads that
and fences. Where the heavy one came first, the light one sees the message of top that the thief had read. Nothing is
said of what the owner does in between; an interrupt in the middle of the owner's program (membarrier) says more.

The count of thieves in ask() has no messages here. What is used of it is this: a thief adds 1 before its ask.fence, so
if that comes before the owner's pop.fence, the owner's later load of the count reads a message that is not older than
this increment. All changes are read-modify-writes, so a message says how many of the threads that came by then have
not left by then; 0 says that this thief has left. So `rebias.load_askers.none` demands that each thief whose ask.fence
came before the owner's last pop.fence has left. What else a 0 would say is dropped, which only adds behaviours. To say
it without changing all thieves in one step, the owner numbers its pop.fences, and a thief keeps the number of the last
one before its ask.fence.

Dropped as well: what a thief knows of top and bottom from before it was in ask(), and what top's messages release but
for that; Patience, which may be any number from 1 on: the owner may go on counting at any time. After ask()
the thief begins anew with steal.load_top; the code's second look is one of the things that this may do.

State, besides that of the fence table's machine, with ov in place of ovt, and St the number of a message:

  T, md    top's index and bias                 tt     number of its newest message
  mi, mm   index and bias of a message          ov     the owner's view of top
  om       the bias of the word that the owner's compare-exchange expects (the index is ot)
  seen     the index of the shared word that the owner's last slow pop found (seen_); -1: none
  sk       the message in which it found it (ghost)
  fo       how many pop.fences there were (ghost)      kf   sk at the last of them, -1: nothing was seen (ghost)
  ph       has there been a heavy fence of a thief that saw the deque asked for in this era (ghost)
  lb, ht   the stamp of bottom at the owner's last fence of any kind; what heavy fences show of top to light ones
  tkj, tmj the message of top that a thief read, and its bias; from ask.fence to ask.load_top its view of top
  tfj      the number of the last pop.fence before a thief's ask.fence
  hbj      the stamp lb at a thief's heavy fence
  mb       mb[m]: what message m of top carries of bottom, from the heavy fences of those who have shared the deque
  eb       the message with which the era began (ghost)
"""

import dataclasses

from proofs.deque import machine as fence
from proofs.deque.machine import (B, BUF, BV, CAP, CUR, GROW, IDLE, ISB, ITEM, K, L, LASTB, ME, N, OB, OPC, OT,
                                  POP_FENCE, POP_TOP, PUSH_SLOT, PUSH_TOP, QUEUED, RACE, RESTORE_EMPTY, RESTORE_RACE,
                                  SB, ST, STATE, T, T_BOTTOM, T_CAS, T_FENCE, T_IDLE, TAKEN, TL, TPC, TX, U, VB, at,
                                  cell, mine)
from proofs.smt.system import Transition
from proofs.smt.terms import (ARRAY, INT, conjunction, constant, disjunction, forall, lift, maximum, negation,
                              variable)

_OWN = [*[(v, INT) for v in ("tt", "md", "ov", "om", "seen", "sk", "fo", "kf", "ph", "lb", "ht", "eb")],
        *[(v, ARRAY) for v in ("mi", "mm", "tkj", "tmj", "tfj", "hbj", "mb")]]
VARIABLES = [v for v in fence.VARIABLES if v[0] != "ovt"] + _OWN
TT, MD, OV, OM, SEEN, SK, FO, KF, PH, LB, HT, EB, MI, MM, TK, TM, TF, HB, MB = [variable(name) for name, _ in _OWN]
PARAMETERS = fence.PARAMETERS

# The bias.
OWNER_S, ASKED, SHARED = range(3)
# The owner's program counter, besides: about to look at top, at the count, to take the bias back, to fence lightly,
# to take the oldest item.
LIGHT_TOP, REBIAS, REBIAS_CAS, LIGHT_FENCE, OLDEST_CAS = range(12, 17)
# A thief's, in ask(). ASKED: holds an asked word; SHARE: the same, past its heavy fence.
T_ASK_FENCE, T_ASK_TOP, T_ASK, T_ASKED, T_SHARE, T_LEAVE = range(6, 12)

_by_name = {t.name: t for t in [*fence.OWNER, *fence.THIEF]}
_j = constant("j")
KI, KM, NEXT_TOP = MI[K], MM[K], TT + 1
_set = lambda array, value: array.store(ME, value)


def like(name, **fields):
    """The step of the fence table's machine, with some fields replaced."""
    return dataclasses.replace(_by_name[name], **fields)


def top_message(index, bias, **changes):
    """A successful compare-exchange of top: what the word that it replaces releases, its own releases as well."""
    return {**dict(tt=NEXT_TOP, mi=MI.store(NEXT_TOP, index), mm=MM.store(NEXT_TOP, bias), T=lift(index), md=lift(bias),
                   mb=MB.store(NEXT_TOP, MB[TT])), **changes}


def top_is(index, bias):
    return conjunction(T == index, MD == bias)


# A load of top, or a failed compare-exchange, returns a message between the thread's view and the newest.
OWNER_READS_TOP = conjunction(OV <= K, K <= TT)
THIEF_READS_TOP = conjunction(TK[ME] <= K, K <= TT)


def counted_before_the_fence(j):
    """Thief j is in ask(), and its ask.fence came before the owner's last pop.fence."""
    return conjunction(TPC[j] >= T_ASK_TOP, TF[j] < FO)


NOBODY_COUNTED = forall(["j"], negation(counted_before_the_fence(_j)), [TPC[_j]])

_tops = lambda s, rng: [{"k": k} for k in range(s["ov"], s["tt"] + 1)]
_thieves = lambda s, rng: [{"me": j} for j in s["thieves"]]
_thief_tops = lambda s, rng: [{"me": j, "k": k} for j in s["thieves"]
                              for k in range(s["tkj"].get(j, 0), s["tt"] + 1)]
_any_tops = lambda s, rng: [{"me": j, "k": k} for j in s["thieves"] for k in range(s["tt"] + 1)]
_bottoms = _by_name["steal.load_bottom.none"].choices

_takes = _by_name["pop.load_top.many"].obligations
_nothing_left = _by_name["pop.load_top.empty"].obligations
_taken = dict(ov=K, L=OB, u=U.store(OB, LASTB), st=STATE.store(ITEM[OB], TAKEN))
# Where the owner is while it pops the last item.
POPPING_LAST = (LIGHT_FENCE, LIGHT_TOP, POP_FENCE, POP_TOP, RACE)

PUSH = [
    like("push.start"),
    like("push.room_by_cache"),
    like("push.load_top.room", guard=conjunction(at(PUSH_TOP), OWNER_READS_TOP, OB - KI < CAP[CUR]),
         updates=dict(opc=lift(PUSH_SLOT), ot=KI, kt=KI, ov=K), choices=_tops),
    like("push.load_top.full", guard=conjunction(at(PUSH_TOP), OWNER_READS_TOP, negation(OB - KI < CAP[CUR])),
         updates=dict(opc=lift(GROW), ot=KI, kt=KI, ov=K), choices=_tops),
    *[like(name) for name in ("push.refuse", "grow", "push.store_slot", "push.fence", "push.store_bottom")],
]

POP = [
    like("pop.empty_by_cache"),
    like("pop.start"),
    like("pop.store_bottom", updates=fence.bottom_message(OB, opc=lift(LIGHT_FENCE))),
    Transition("pop.light_fence", "whoever was heavily fenced before is seen, and whoever is later sees the claim",
               at(LIGHT_FENCE), dict(opc=lift(LIGHT_TOP), lb=LASTB, ov=maximum(OV, HT))),
    Transition("pop.load_top.mine", "biased towards the owner, and not the last item: taken without a fence",
               conjunction(at(LIGHT_TOP), OWNER_READS_TOP, KM == OWNER_S, KI < OB), dict(_taken, opc=lift(IDLE)),
               obligations=_takes, choices=_tops),
    Transition("pop.load_top.last", "biased towards the owner, and the last item: a race without a fence",
               conjunction(at(LIGHT_TOP), OWNER_READS_TOP, KM == OWNER_S, KI == OB),
               dict(opc=lift(RACE), ot=KI, om=KM, ov=K), choices=_tops),
    Transition("pop.load_top.slow", "thieves may be at work, or top has passed the item",
               conjunction(at(LIGHT_TOP), OWNER_READS_TOP, negation(conjunction(KM == OWNER_S, KI <= OB))),
               dict(opc=lift(POP_FENCE), ov=K), choices=_tops),
    Transition("pop.fence", "seq_cst fence", at(POP_FENCE),
               dict(opc=lift(POP_TOP), Sb=maximum(SB, LASTB), ov=maximum(OV, ST), St=maximum(OV, ST), orel=N,
                    orele=CUR, lb=LASTB, fo=FO + 1, kf=SK)),
    Transition("pop.load_top_again.empty", "thieves took everything",
               conjunction(at(POP_TOP), OWNER_READS_TOP, KI > OB), dict(opc=lift(RESTORE_EMPTY), ov=K),
               obligations=_nothing_left, choices=_tops),
    Transition("pop.load_top_again.many", "no thief can reach this item: taken without opposition",
               conjunction(at(POP_TOP), OWNER_READS_TOP, KI < OB, KM != SHARED), dict(_taken, opc=lift(IDLE)),
               obligations=_takes, choices=_tops),
    Transition("pop.load_top_again.first_look", "the same of a shared word that the last slow pop did not find",
               conjunction(at(POP_TOP), OWNER_READS_TOP, KI < OB, KM == SHARED, SEEN != KI),
               dict(_taken, opc=lift(IDLE), seen=KI, sk=K), obligations=_takes, choices=_tops),
    Transition("pop.load_top_again.seen", "the same of the shared word that the last slow pop found",
               conjunction(at(POP_TOP), OWNER_READS_TOP, KI < OB, KM == SHARED, SEEN == KI),
               dict(_taken, opc=lift(REBIAS), ot=KI, om=KM), obligations=_takes, choices=_tops),
    Transition("pop.load_top_again.last", "the last item: a race",
               conjunction(at(POP_TOP), OWNER_READS_TOP, KI == OB), dict(opc=lift(RACE), ot=KI, om=KM, ov=K),
               choices=_tops),
    like("pop.restore_bottom.empty"),
    Transition("pop.cas_top.won", "the owner takes the last item, and keeps the bias",
               conjunction(at(RACE), top_is(OT, OM)),
               top_message(T + 1, OM, opc=lift(RESTORE_RACE), ov=NEXT_TOP, st=STATE.store(ITEM[OB], TAKEN)),
               obligations=_takes),
    Transition("pop.cas_top.again", "only the bias has changed: once more",
               conjunction(at(RACE), OWNER_READS_TOP, KI == OB), dict(om=KM, ov=K), choices=_tops),
    Transition("pop.cas_top.lost", "a thief took it: the failed compare-exchange reads a newer top",
               conjunction(at(RACE), OWNER_READS_TOP, KI != OB), dict(opc=lift(RESTORE_RACE), ov=K),
               obligations=_nothing_left, choices=_tops),
    like("pop.restore_bottom.race"),
]

TAKE_BIAS_BACK = [
    Transition("rebias.not_yet", "patience, or a thief is in ask()", at(REBIAS), dict(opc=lift(IDLE))),
    Transition("rebias.load_askers.none", "the count is 0",
               conjunction(at(REBIAS), NOBODY_COUNTED), dict(opc=lift(REBIAS_CAS))),
    Transition("rebias.cas_top.won", "the bias is the owner's again", conjunction(at(REBIAS_CAS), top_is(OT, OM)),
               top_message(OT, OWNER_S, opc=lift(IDLE), ov=NEXT_TOP, ph=lift(0), eb=NEXT_TOP, seen=lift(-1),
                           sk=lift(-1))),
    Transition("rebias.cas_top.lost", "a thief was faster", conjunction(at(REBIAS_CAS), OWNER_READS_TOP),
               dict(opc=lift(IDLE), ov=K, seen=lift(-1), sk=lift(-1)), choices=_tops),
]

# A loop: a failed compare-exchange is the next look at top.
TAKE_OLDEST = [
    Transition("oldest.load_top.some", "there is an item: a race, at the other end, and no fence",
               conjunction(at(IDLE), OWNER_READS_TOP, KI < B), dict(opc=lift(OLDEST_CAS), ot=KI, om=KM, ov=K),
               choices=_tops),
    Transition("oldest.load_top.none", "thieves took everything", conjunction(at(IDLE), OWNER_READS_TOP, KI >= B),
               dict(ov=K), obligations=_nothing_left, choices=_tops),
    Transition("oldest.cas_top.won", "the owner takes the first item, and keeps the bias",
               conjunction(at(OLDEST_CAS), top_is(OT, OM)),
               top_message(T + 1, OM, opc=lift(IDLE), ov=NEXT_TOP, kt=OT + 1, st=STATE.store(ITEM[OT], TAKEN)),
               obligations=[("the item is queued, so nobody else has it", STATE[ITEM[OT]] == QUEUED),
                            ("the cell holds the item", cell(BUF, CUR, OT) == ITEM[OT])]),
    Transition("oldest.cas_top.again", "the bias has changed, or a thief took the item: once more",
               conjunction(at(OLDEST_CAS), OWNER_READS_TOP, KI < B), dict(ot=KI, om=KM, ov=K), choices=_tops),
    Transition("oldest.cas_top.lost", "thieves took everything",
               conjunction(at(OLDEST_CAS), OWNER_READS_TOP, KI >= B), dict(opc=lift(IDLE), ov=K),
               obligations=_nothing_left, choices=_tops),
]
OWNER = [*PUSH, *POP, *TAKE_BIAS_BACK, *TAKE_OLDEST]


def _goes(pc, **changes):
    return dict(tpcj=_set(TPC, pc), **changes)


def _read(pc):
    """The thief holds the word that it has read."""
    return _goes(pc, tkj=_set(TK, K), tlj=_set(TL, KI), tmj=_set(TM, KM))


_not_its_word = negation(conjunction(KI == TL[ME], KM == TM[ME]))

STEAL = [
    Transition("steal.load_top", "any message of top, however old",
               conjunction(mine(T_IDLE), lift(0) <= K, K <= TT), dict(_read(T_FENCE), vbj=_set(VB, 0)),
               choices=_any_tops),
    Transition("steal.peek_bottom.none", "nothing to ask for",
               conjunction(mine(T_FENCE), TM[ME] != SHARED, ISB[K], BV[K] <= TL[ME]), _goes(T_IDLE),
               obligations=fence.empty_means(*POPPING_LAST), choices=_bottoms),
    Transition("steal.peek_bottom.some", "there may be: the thief is counted",
               conjunction(mine(T_FENCE), TM[ME] != SHARED, ISB[K], BV[K] > TL[ME]), _goes(T_ASK_FENCE),
               choices=_bottoms),
    like("steal.fence", guard=conjunction(mine(T_FENCE), TM[ME] == SHARED),
         updates=_goes(T_BOTTOM, St=maximum(ST, TK[ME]), vbj=_set(VB, maximum(SB, MB[TK[ME]])))),
    like("steal.load_bottom.some"),
    like("steal.load_bottom.none", obligations=fence.empty_means(*POPPING_LAST)),
    like("steal.load_buffer"),
    like("steal.load_slot"),
    like("steal.cas_top.won", guard=conjunction(mine(T_CAS), top_is(TL[ME], TM[ME])),
         updates=top_message(T + 1, TM[ME], tpcj=_set(TPC, T_IDLE), st=STATE.store(TX[ME], TAKEN))),
    like("steal.cas_top.lost"),
]

ASK = [
    Transition("ask.fence", "seq_cst fence", mine(T_ASK_FENCE),
               _goes(T_ASK_TOP, St=maximum(ST, TK[ME]), tkj=_set(TK, maximum(ST, TK[ME])), tfj=_set(TF, FO)),
               choices=_thieves),
    Transition("ask.load_top.shared", "others have made it shared",
               conjunction(mine(T_ASK_TOP), THIEF_READS_TOP, KM == SHARED), _read(T_LEAVE), choices=_thief_tops),
    Transition("ask.load_top.asked", "others have asked: the thief helps",
               conjunction(mine(T_ASK_TOP), THIEF_READS_TOP, KM == ASKED), _read(T_ASKED), choices=_thief_tops),
    Transition("ask.load_top.owner", "biased towards the owner",
               conjunction(mine(T_ASK_TOP), THIEF_READS_TOP, KM == OWNER_S), _read(T_ASK), choices=_thief_tops),
    Transition("ask.cas_top.won", "the thief asks", conjunction(mine(T_ASK), top_is(TL[ME], TM[ME])),
               top_message(T, ASKED, **_goes(T_ASKED, tkj=_set(TK, NEXT_TOP), tmj=_set(TM, ASKED))),
               choices=_thieves),
    Transition("ask.cas_top.lost.asked", "somebody else has asked: the thief helps",
               conjunction(mine(T_ASK), THIEF_READS_TOP, KM == ASKED), _read(T_ASKED), choices=_thief_tops),
    Transition("ask.cas_top.lost", "the word has changed otherwise",
               conjunction(mine(T_ASK), THIEF_READS_TOP, _not_its_word, KM != ASKED), _read(T_LEAVE),
               choices=_thief_tops),
    Transition("ask.heavy_fence", "a seq_cst fence, and one for the owner's light ones", mine(T_ASKED),
               _goes(T_SHARE, hbj=_set(HB, LB), St=maximum(ST, TK[ME]), ht=maximum(HT, TK[ME]), ph=lift(1)),
               choices=_thieves),
    Transition("share.cas_top.won", "the deque is shared", conjunction(mine(T_SHARE), top_is(TL[ME], TM[ME])),
               top_message(T, SHARED, **_goes(T_LEAVE, mb=MB.store(NEXT_TOP, maximum(MB[TT], HB[ME])))),
               choices=_thieves),
    Transition("share.cas_top.again", "the owner has moved the index: once more",
               conjunction(mine(T_SHARE), THIEF_READS_TOP, _not_its_word, KM == ASKED), _read(T_SHARE),
               choices=_thief_tops),
    Transition("share.cas_top.lost", "somebody else has made it shared",
               conjunction(mine(T_SHARE), THIEF_READS_TOP, KM != ASKED), _read(T_LEAVE),
               obligations=[("the bias was not taken back meanwhile", KM == SHARED)], choices=_thief_tops),
    Transition("ask.leave", "the thief is no longer counted", mine(T_LEAVE), _goes(T_IDLE), choices=_thieves),
]
THIEF = [*STEAL, *ASK]

# The deque is the owner's, or its owner expects thieves: then it has asked and shared by itself, with a heavy fence,
# before anybody else knew of the deque.
INITIAL = conjunction(
    *[v == 0 for v in (T, L, B, N, LASTB, fence.OREL, fence.ORELE, fence.KT, SB, ST, CUR, TT, OV, FO, LB, HT, EB, MI[0],
                       MB[0])],
    disjunction(conjunction(MD == OWNER_S, PH == 0), conjunction(MD == SHARED, PH == 1)), MM[0] == MD,
    SEEN == -1, SK == -1, KF == -1, CAP[0] == fence.NCAP, fence.NCAP >= 0, fence.AC[0] == 0, BV[0] == 0,
    forall(["m"], ISB[constant("m")] == (constant("m") == 0), [ISB[constant("m")]]),
    forall(["i"], U[constant("i")] == 0, [U[constant("i")]]),
    forall(["d"], STATE[constant("d")] == fence.NEW, [STATE[constant("d")]]),
    OPC == IDLE, forall(["j"], TPC[_j] == T_IDLE, [TPC[_j]]))
