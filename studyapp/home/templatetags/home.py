"""`{% load home %}`: days as the ruler says them."""

from django import template

from studyapp.home.ruler import short

register = template.Library()
register.filter("short", short)
