from django import template

from workplace.wording import reason_in_words

register = template.Library()

register.filter("in_words", reason_in_words)
