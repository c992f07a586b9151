"""The course in the admin, to look at: it is changed in its files."""

from __future__ import annotations

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from studyapp.content.models import Belief, Blueprint, Clue, Fact, Item, Move, Revision, Row, Scenario, Term


class ReadOnly(admin.ModelAdmin[models.Model]):
    list_per_page = 100

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


@admin.register(Fact)
class FactAdmin(ReadOnly):
    list_display = ("slug", "name", "says", "checked_on", "origin", "retired_at")
    list_filter = ("section", "origin")
    search_fields = ("slug", "name", "says")


@admin.register(Row)
class RowAdmin(ReadOnly):
    list_display = ("number", "label", "verdict", "retired_at")
    list_filter = ("section", "verdict")


@admin.register(Clue)
class ClueAdmin(ReadOnly):
    list_display = ("slug", "phrase", "points_to")
    list_select_related = ("row",)


@admin.register(Move)
class MoveAdmin(ReadOnly):
    list_display = ("slug", "kind", "says", "checked_on", "retired_at")
    list_filter = ("kind",)


@admin.register(Term)
class TermAdmin(ReadOnly):
    list_display = ("name", "kind", "says", "retired_at")
    list_filter = ("kind",)


@admin.register(Belief)
class BeliefAdmin(ReadOnly):
    list_display = ("slug", "says")


@admin.register(Scenario)
class ScenarioAdmin(ReadOnly):
    list_display = ("slug", "title", "origin", "retired_at")


@admin.register(Item)
class ItemAdmin(ReadOnly):
    list_display = ("slug", "kind", "stem", "is_first", "origin", "retired_at")
    list_filter = ("kind", "section", "origin", "is_first")
    search_fields = ("slug", "stem")


@admin.register(Revision)
class RevisionAdmin(ReadOnly):
    list_display = ("item", "digest", "made_at")
    list_select_related = ("item",)
    search_fields = ("item__slug",)


@admin.register(Blueprint)
class BlueprintAdmin(ReadOnly):
    list_display = ("slug", "title", "questions", "minutes", "retired_at")
