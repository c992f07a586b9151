"""The poller of one stream: which records it reads, when it sees them, and on which track each of them goes.

Record number i of a source (the backlog first) has the key i modulo the number of keys. Keys are dealt to shards in turn,
and those of a shard in turn to its tracks: a hash spreads many keys evenly, and this is the evenest spread (our reading).
Order holds per track, hence per key. Source: Lambda with Kinesis, Lambda with DynamoDB Streams.
"""

from typing import Final

from studyapp.simulator.engine.fates import Fates
from studyapp.simulator.engine.lanes import Caller
from studyapp.simulator.engine.stream_batches import StreamBatches
from studyapp.simulator.engine.stream_rules import stream_rules
from studyapp.simulator.engine.stream_tracks import Shard, Track
from studyapp.simulator.parts import Stream
from studyapp.simulator.trace import DROPPED, FILTERED, NO_MATCH, NOT_READ

NEVER: Final = 1 << 62


class StreamPoller(StreamBatches):
    """Reads one stream and invokes its function with batches. `payload` is one record's, in KB.

    1.8 million records in batches of 100 take 1.1 µs each here, all the rest of the engine included: a record that is
    seen as it arrives is put on its track and nothing else, and looks are planned only while unseen records wait.
    """

    def __init__(self, floor: Fates, caller: Caller, stream: Stream, payload: int = 1) -> None:
        super().__init__(floor, caller, stream_rules(caller.kind, stream, payload, floor.world.rulebook))
        self.stream = stream
        self.tracks = [Track() for _ in range(stream.shards * stream.factor)]
        self.shards = [Shard(self.tracks[number :: stream.shards]) for number in range(stream.shards)]
        self.keys = stream.keys or len(self.tracks)
        self.is_filtered = caller.matches < 1
        self.unseen_until = self.rules.created if self.rules.period is None else NEVER

    @property
    def backlog(self) -> int:
        return self.stream.backlog

    def begin(self) -> None:
        """The backlog is as old as the run. Raises RunTooLong for one that is larger than `max_events`."""
        floor = self.floor
        for index in range(self.backlog):
            floor.spend()
            event = floor.add_event(self.caller, self.lane, index)
            if self._is_skipped(is_backlog=True):
                floor.end(event, self.rules.created, DROPPED, NOT_READ)
            else:
                self._store(event, self.rules.created)

    def arrive(self, event: int) -> None:
        floor = self.floor
        if floor.now <= self.unseen_until:
            self._arrive_unseen(event)
        elif not self.is_filtered or self._matches(event):
            track = self.tracks[floor.index_in_source[event] % self.keys % len(self.tracks)]
            track.waiting.append(event)
            if track.is_free and not self._gathers(track):
                track.is_free = False
                floor.plan_last(floor.now, self.go_on, track)

    def _gathers(self, track: Track) -> bool:
        """Whether one more record changes nothing: the end of the batching window is planned and the batch not full."""
        return self.rules.window > 0 and 1 < len(track.waiting) < self.rules.most

    def _arrive_unseen(self, event: int) -> None:
        now, created = self.floor.now, self.rules.created
        if now < created and self._is_skipped(is_backlog=False):
            self.floor.end(event, created, DROPPED, NOT_READ)
        else:
            self._store(event, self.rules.seen_at(now))

    def _is_skipped(self, *, is_backlog: bool) -> bool:
        """Whether a record that arrives now, before the mapping is there, lies before its starting position.

        Source: Kinesis ESM parameters. LATEST begins where the stream ends as the mapping is created.
        """
        position = self.stream.position
        if position == "at":
            return self.floor.now < self.stream.at_us
        return position == "latest" and (is_backlog or self.floor.now < self.rules.created)

    def _store(self, event: int, seen_at: int) -> None:
        """Keep a record on its shard until the look at `seen_at`."""
        index = self.floor.index_in_source[event] % self.keys
        shard = self.shards[index % len(self.shards)]
        shard.unseen.append((event, self.tracks[index % len(self.tracks)]))
        if not shard.is_watched:
            shard.is_watched = True
            self.floor.plan_last(seen_at, self._look, shard)

    def _look(self, shard: Shard) -> None:
        """Unseen records of a shard go on their tracks, as many as it gives out; then every free track begins."""
        unseen = shard.unseen
        for _ in range(shard.give(self.floor.now, self.rules)):
            event, track = unseen.popleft()
            if not self.is_filtered or self._matches(event):
                track.waiting.append(event)
        shard.is_watched = bool(unseen)
        if unseen:
            self.floor.plan_last(self.rules.seen_at(self.floor.now + 1), self._look, shard)
        for track in shard.tracks:
            if track.is_free and track.waiting:
                self.go_on(track)

    def _matches(self, event: int) -> bool:
        """What does not match the filter never comes into a batch. Source: Lambda event filtering."""
        floor = self.floor
        if floor.draw(self.caller, "filter", event) < self.caller.matches:
            return True
        floor.end(event, floor.now, FILTERED, NO_MATCH)
        return False
