// The models of the deque under the explorer, over both tables, each with its exact number of
// executions; and the mistakes that the models must see.
#include "models/checker/gtest.h"

#include "models/deque/all_models.h"
#include "models/deque/broken_deque.h"
#include "models/deque/oldest.h"
#include "models/deque/sized_steal.h"

namespace wyn::deque_models {
namespace {

template <template <class, class, class> class Model>
using with_fences = Model<env_checker, deque_fence_orders, shipped_deque>;
template <template <class, class, class> class Model>
using with_seq_cst = Model<env_checker, deque_seq_cst_orders, shipped_deque>;
template <template <class, class, class> class Model, mistake Mistake>
using with_mistake = Model<env_checker, deque_fence_orders, deque_with<Mistake>>;

// Every execution frees every buffer.
constexpr bool leaks = true;

MODEL_TEST(DequeFences, LastItem, (with_fences<last_item>), executions(8), {.check_leaks = leaks});
MODEL_TEST(DequeFences, LastItemTwice, (with_fences<last_item_twice>), executions(525),
           {.check_leaks = leaks});
MODEL_TEST(DequeFences, TwoItems, (with_fences<two_items>), executions(65), {.check_leaks = leaks});
MODEL_TEST(DequeFences, TwoThieves, (with_fences<two_thieves>), executions(258),
           {.check_leaks = leaks});
MODEL_TEST(DequeFences, ThreeThieves, (with_fences<three_thieves>), executions(18322),
           {.check_leaks = leaks});
MODEL_TEST(DequeFences, Publication, (with_fences<publication>), executions(2),
           {.check_leaks = leaks});
MODEL_TEST(DequeFences, PublicationAfterPop, (with_fences<publication_after_pop>), executions(7),
           {.check_leaks = leaks});
MODEL_TEST(DequeFences, Growth, (with_fences<growth>), executions(43), {.check_leaks = leaks});
MODEL_TEST(DequeFences, GrowthTwoThieves, (with_fences<growth_two_thieves>), executions(209),
           {.check_leaks = leaks});
MODEL_TEST(DequeFences, GrowthThenPop, (with_fences<growth_then_pop>), executions(229),
           {.check_leaks = leaks});
MODEL_TEST(DequeFences, ThreeItems, (with_fences<three_items>), executions(309),
           {.check_leaks = leaks});
MODEL_TEST(DequeFences, PopThenGrowth, (with_fences<pop_then_growth>), executions(586),
           {.check_leaks = leaks});
MODEL_TEST(DequeFences, WrapAround, (with_fences<wrap_around>), executions(10),
           {.check_leaks = leaks});
MODEL_TEST(DequeFences, WrapAroundPop, (with_fences<wrap_around_pop>), executions(1799),
           {.check_leaks = leaks});
MODEL_TEST(DequeFences, MultiWord, (with_fences<multi_word>), executions(6),
           {.check_leaks = leaks});
MODEL_TEST(DequeFences, BoundedFull, (with_fences<bounded_full>), executions(9),
           {.check_leaks = leaks});

MODEL_TEST(DequeFences, SizedSteal, (with_fences<sized_steal>), executions(13),
           {.check_leaks = leaks});
MODEL_TEST(DequeFences, Oldest, (with_fences<oldest>), executions(18), {.check_leaks = leaks});

// The owner's fence light and the thieves' heavy, on x86.
const model::options asymmetric_on_x86{
    .model = model::memory_model::tso,
    .overrides = {{"DF7", order::light}, {"DF11", order::heavy}}};
MODEL_TEST(DequeLightAndHeavy, LastItemTwice, (with_fences<last_item_twice>), executions(480),
           asymmetric_on_x86);
MODEL_TEST(DequeLightAndHeavy, TwoItems, (with_fences<two_items>), executions(65),
           asymmetric_on_x86);
MODEL_TEST(DequeLightAndHeavy, TwoThieves, (with_fences<two_thieves>), executions(252),
           asymmetric_on_x86);
MODEL_TEST(DequeLightAndHeavy, Growth, (with_fences<growth>), executions(41), asymmetric_on_x86);
MODEL_TEST_FAILS(DequeLightAndHeavy, AnOrdinaryFenceInTheThief, (with_fences<two_thieves>),
                 model::failure::assertion,
                 {.model = model::memory_model::tso, .overrides = {{"DF7", order::light}}});

MODEL_TEST(DequeSeqCst, LastItem, (with_seq_cst<last_item>), executions(8), {.check_leaks = leaks});
MODEL_TEST(DequeSeqCst, LastItemTwice, (with_seq_cst<last_item_twice>), executions(480),
           {.check_leaks = leaks});
MODEL_TEST(DequeSeqCst, TwoItems, (with_seq_cst<two_items>), executions(65),
           {.check_leaks = leaks});
MODEL_TEST(DequeSeqCst, TwoThieves, (with_seq_cst<two_thieves>), executions(252),
           {.check_leaks = leaks});
MODEL_TEST(DequeSeqCst, ThreeThieves, (with_seq_cst<three_thieves>), executions(17029),
           {.check_leaks = leaks});
MODEL_TEST(DequeSeqCst, Publication, (with_seq_cst<publication>), executions(2),
           {.check_leaks = leaks});
MODEL_TEST(DequeSeqCst, PublicationAfterPop, (with_seq_cst<publication_after_pop>), executions(7),
           {.check_leaks = leaks});
MODEL_TEST(DequeSeqCst, Growth, (with_seq_cst<growth>), executions(43), {.check_leaks = leaks});
MODEL_TEST(DequeSeqCst, GrowthTwoThieves, (with_seq_cst<growth_two_thieves>), executions(209),
           {.check_leaks = leaks});
MODEL_TEST(DequeSeqCst, GrowthThenPop, (with_seq_cst<growth_then_pop>), executions(219),
           {.check_leaks = leaks});
MODEL_TEST(DequeSeqCst, ThreeItems, (with_seq_cst<three_items>), executions(309),
           {.check_leaks = leaks});
MODEL_TEST(DequeSeqCst, PopThenGrowth, (with_seq_cst<pop_then_growth>), executions(586),
           {.check_leaks = leaks});
MODEL_TEST(DequeSeqCst, WrapAround, (with_seq_cst<wrap_around>), executions(10),
           {.check_leaks = leaks});
MODEL_TEST(DequeSeqCst, WrapAroundPop, (with_seq_cst<wrap_around_pop>), executions(1635),
           {.check_leaks = leaks});
MODEL_TEST(DequeSeqCst, MultiWord, (with_seq_cst<multi_word>), executions(6),
           {.check_leaks = leaks});
MODEL_TEST(DequeSeqCst, BoundedFull, (with_seq_cst<bounded_full>), executions(9),
           {.check_leaks = leaks});

MODEL_TEST(DequeSeqCst, SizedSteal, (with_seq_cst<sized_steal>), executions(13),
           {.check_leaks = leaks});
MODEL_TEST(DequeSeqCst, Oldest, (with_seq_cst<oldest>), executions(18), {.check_leaks = leaks});

// The deque of broken_deque.h without a mistake is right: what the models object to is the mistake.
MODEL_TEST(DequeControl, LastItem, (with_mistake<last_item, mistake::none>), executions(8));
MODEL_TEST(DequeControl, TwoItems, (with_mistake<two_items, mistake::none>), executions(90));
MODEL_TEST(DequeControl, Growth, (with_mistake<growth, mistake::none>), executions(43));
MODEL_TEST(DequeControl, WrapAround, (with_mistake<wrap_around, mistake::none>), executions(10));

MODEL_TEST_FAILS(DequeMistakes, SlotIsReadAfterTheCompareExchange,
                 (with_mistake<wrap_around, mistake::slot_read_after_cas>), failure::data_race);
MODEL_TEST_FAILS(DequeMistakes, ItemGoesToTheOutgrownBuffer,
                 (with_mistake<growth, mistake::old_buffer_after_growth>), failure::assertion);
MODEL_TEST_FAILS(DequeMistakes, BufferIsReadBeforeBottom,
                 (with_mistake<growth, mistake::buffer_before_bottom>), failure::assertion);
MODEL_TEST_FAILS(DequeMistakes, BottomIsReadBeforeTop,
                 (with_mistake<two_items, mistake::bottom_before_top>), failure::assertion);
MODEL_TEST_FAILS(DequeMistakes, LastItemIsTakenWithoutCompareExchange,
                 (with_mistake<last_item, mistake::last_without_cas>), failure::assertion);
MODEL_TEST_FAILS(DequeMistakes, BufferIsFullOneItemTooLate,
                 (with_mistake<wrap_around, mistake::one_slot_too_many>), failure::assertion);

// Right by C++11, and by Relacy, which follows it; wrong since P0982.
MODEL_TEST_FAILS(DequeMistakes, PushPublishesWithAReleaseStoreAlone,
                 (publication_after_pop<env_checker, release_store_orders>), failure::assertion);
MODEL_TEST(DequeControl, ReleaseStoresInPushAndPop,
           (publication_after_pop<env_checker, release_stores_orders>), executions(7));

// The tests can fail: without its publication the deque hands out what it has not got.
MODEL_TEST_FAILS(DequeMistakes, PushDoesNotPublish, (with_fences<publication>), failure::assertion,
                 {.overrides = {{"DF4", order::none}}});
MODEL_TEST_FAILS(DequeMistakes, PushDoesNotPublishWithoutFences, (with_seq_cst<publication>),
                 failure::assertion, {.overrides = {{"DS5", order::relaxed}}});

}  // namespace
}  // namespace wyn::deque_models
