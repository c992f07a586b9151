from django.contrib import admin
from django.http import HttpRequest

from studyapp.accounts.models import User


@admin.register(User)
class UserAdmin(admin.ModelAdmin[User]):
    """People with a name. They make themselves by signing up and erase themselves in settings, with all they own."""

    list_display = ("name", "role", "created_at", "seen_on")
    list_filter = ("role",)
    search_fields = ("name_key",)
    fields = ("name", "email", "role", "created_at", "seen_on")
    readonly_fields = ("name", "email", "created_at", "seen_on")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False
