"""Questions made from runs: a draft that an instructor goes on with."""

from studyapp.questions.drafting.drafted import Draft, NoDraft
from studyapp.questions.drafting.making import draft

__all__ = ["Draft", "NoDraft", "draft"]
