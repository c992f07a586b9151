"""The network model against its naive twin, on random networks with all their parts."""

from hypothesis import given, settings

from studyapp.simulator.models import network
from studyapp.simulator.rulebook import TRUTH
from tests.simulator.models import network_twin as twin
from tests.simulator.models.network_worlds import networks


class TestAnyNetwork:
    @settings(max_examples=250, deadline=None)
    @given(data=networks())
    def test_is_walked_as_its_twin_walks_it(self, data):
        for path in network.reach_all(network.read(data), TRUTH):
            is_reached, kinds = twin.reached(data, path.target)

            assert path.ok == is_reached, path
            assert path.ok or twin.kind_of(path.hops[-1].name) in kinds, path

    @settings(max_examples=60, deadline=None)
    @given(data=networks())
    def test_has_as_many_interfaces_as_its_twin_counts(self, data):
        assert network.plan(data, TRUTH).answer(TRUTH).metrics["interfaces.all"] == twin.interfaces(data)

    @settings(max_examples=60, deadline=None)
    @given(data=networks())
    def test_is_told_in_short_plain_sentences(self, data):
        for path in network.reach_all(network.read(data), TRUTH):
            assert [hop.ok for hop in path.hops] == [*[True] * (len(path.hops) - 1), path.ok]
            assert all(len(hop.says.split()) <= 24 and hop.says.endswith(".") for hop in path.hops), path
