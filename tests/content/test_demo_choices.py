"""The words that a demo has for a control and for what it may be."""

import pytest
from pydantic import ValidationError

from studyapp.content.schema.demos import Control

TWO = [{"is": "none", "says": "No way out"}, {"is": "nat", "says": "To the NAT gateway"}]


class TestChoices:
    def test_keep_their_values_and_their_order(self):
        control = Control.model_validate({"path": "network.routes.private", "label": "Default route", "choices": TWO})

        assert control.model_dump(mode="json", by_alias=True)["choices"] == TWO

    @pytest.mark.parametrize(
        ("more", "says"),
        [
            ({"choices": TWO[:1]}, "has 1; needs 2 to 8"),
            ({"choices": TWO * 5}, "at most 8"),
            ({"choices": TWO, "from": 1, "to": 2}, "so it has no from and no to"),
            ({"label": "a b c d e f g h"}, "7"),
        ],
    )
    def test_are_refused_where_they_cannot_be_shown(self, more, says):
        with pytest.raises(ValidationError, match=says):
            Control.model_validate({"path": "network.routes.private", **more})
