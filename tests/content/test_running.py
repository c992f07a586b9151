import pytest

from studyapp.content import running, services
from studyapp.content.models import Item
from studyapp.simulator.errors import RulebookError, ScenarioError

BODY = {
    "functions": {"f": {"duration": "2 s", "reserved_concurrency": 1}},
    "sources": {"s": {"calls": "f", "arrivals": {"at": ["0 s", "1 s"]}}},
}


class TestOutcome:
    def test_is_what_the_simulator_says(self):
        assert services.outcome(BODY).value("throttles") == 1

    def test_follows_changes_to_the_scenario(self):
        assert services.outcome(BODY, changes={"function.reserved_concurrency": 2}).value("throttles") == 0

    def test_follows_a_belief(self):
        assert services.outcome(BODY, patch={"throttled_sync_calls_wait": True}).value("throttles") == 0

    def test_is_simulated_once_for_equal_arguments(self):
        assert services.outcome(BODY, seed=3) is services.outcome(dict(reversed(BODY.items())), seed=3)

    def test_is_kept_for_the_last_few_only(self):
        assert running._outcome.cache_info().maxsize == running.KEPT

    def test_names_what_is_out_of_bounds(self):
        with pytest.raises(ScenarioError, match=r"functions\.f\.memory: 64 MB is below the minimum of 128 MB"):
            services.outcome(BODY, changes={"function.memory": "64 MB"})
        with pytest.raises(RulebookError, match="no_such_rule"):
            services.outcome(BODY, patch={"no_such_rule": 1})


@pytest.mark.django_db
class TestRuns:
    def ask(self, slug, choose):
        """The runs behind the response that `choose` picks from the variant, and that variant."""
        revision = Item.objects.get(slug=slug).revision
        seed = revision.seeds[0]
        variant = revision.variant(seed)
        return services.runs(revision, seed, choose(variant)), variant

    def test_of_the_key_are_one(self, loaded):
        runs, _ = self.ask("lambda.errors.keep-the-event.fix", lambda variant: variant.key)

        assert runs.key.value("events_lost") == 0
        assert (runs.chosen, runs.note, runs.asks) == (None, "", "events_lost")

    def test_of_another_change_are_two(self, loaded):
        def without_retries(variant):
            return [option.id for option in variant.options if option.text == "No retries"]

        runs, _ = self.ask("lambda.errors.keep-the-event.fix", without_retries)

        assert (runs.key.value("attempts"), runs.chosen.value("attempts")) == (3, 1)

    def test_ask_for_what_the_choice_misses(self, loaded):
        revision = Item.objects.get(slug="lambda.errors.keep-the-event.fix").revision
        revision.body["item"]["goal"] = "attempts is 3 and events_lost is 0 and dead_letters is 1"
        variant = revision.variant(revision.seeds[0])
        missed = [
            services.runs(revision, variant.seed, [option.id]).asks
            for text in ("No retries", "More memory")
            for option in variant.options
            if option.text == text
        ]

        assert missed == ["attempts", "events_lost"]

    def test_of_a_prediction_show_the_world_of_its_belief(self, loaded):
        def at_once(variant):
            return [option.id for option in variant.options if option.belief == "retries-at-once"]

        runs, variant = self.ask("lambda.errors.last-attempt.predict", at_once)

        assert runs.chosen.value("last_attempt_start") == 2 * float(str(variant.draw["function.duration"]).split()[0])
        assert runs.note == "Your answer comes from a world where this is so: A retry starts at once."
        assert runs.asks == "last_attempt_start"

    def test_draw_the_values_that_the_stem_shows(self, loaded):
        revision = Item.objects.get(slug="lambda.errors.last-attempt.predict").revision

        starts = {
            services.runs(revision, seed, revision.variant(seed).key).key.value("last_attempt_start")
            for seed in revision.seeds
        }

        assert starts == {190.0, 220.0, 360.0}

    def test_of_a_misreading_are_one_with_a_note(self, loaded):
        revision = Item.objects.get(slug="lambda.errors.last-attempt.predict").revision
        for option in revision.body["item"]["options"]:
            if option.get("belief") == "waits-double":
                option["belief"] = "attempts-are-retries"
        revision.body["beliefs"]["attempts-are-retries"] = {
            "says": "Attempts are retries.",
            "misreading": "attempts-are-retries",
        }
        seed = revision.seeds[0]
        chosen = [option.id for option in revision.variant(seed).options if option.belief == "attempts-are-retries"]

        runs = services.runs(revision, seed, chosen)

        assert runs.chosen is None
        assert runs.note == "There is one run; your answer reads it another way. Attempts are retries."

    def test_are_none_without_a_scenario(self, loaded):
        runs, _ = self.ask("lambda.errors.first-wait.recall", lambda variant: variant.key)

        assert runs is None

    def test_are_none_once_the_simulator_has_forgotten_how(self, loaded):
        revision = Item.objects.get(slug="lambda.errors.keep-the-event.fix").revision
        revision.body["scenario"]["functions"]["receipts"]["colour"] = "red"

        assert services.runs(revision, revision.seeds[0], []) is None
