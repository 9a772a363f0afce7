"""What texts are drawn from: mail addresses, Faker's providers, patterns, formats of keys."""

from compiler.profiling.texts.describe import describe
from compiler.profiling.texts.keys import category_names, key_settings
from compiler.profiling.texts.locales import locale_of, locales_in

__all__ = ["category_names", "describe", "key_settings", "locale_of", "locales_in"]
