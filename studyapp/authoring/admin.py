"""Drafts in the admin, to look at: their authors change them."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from studyapp.authoring.models import Draft


@admin.register(Draft)
class DraftAdmin(admin.ModelAdmin[Draft]):
    list_display = ("slug", "title", "author", "state", "updated_at")
    list_select_related = ("author",)
    search_fields = ("title",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Draft | None = None) -> bool:
        return False
