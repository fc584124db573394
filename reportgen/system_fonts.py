"""Asks fontconfig, which Pango draws by, whether a font of the system can write a language."""

from __future__ import annotations

import ctypes

from reportgen.system_libraries import find_library


class _Found(ctypes.Structure):
    """FcFontSet of <fontconfig/fontconfig.h>, as far as it is read."""

    _fields_ = (("n_fonts", ctypes.c_int),)


def has_font_for(language: str) -> bool | None:
    """Whether any font covers the language (as `zh`); None where fontconfig cannot be asked."""
    path = find_library("fontconfig")
    if path is None:
        return None
    library = ctypes.CDLL(path)
    library.FcNameParse.restype = library.FcObjectSetCreate.restype = ctypes.c_void_p
    library.FcFontList.restype = ctypes.POINTER(_Found)
    library.FcFontList.argtypes = [ctypes.c_void_p] * 3
    found = library.FcFontList(None, library.FcNameParse(f":lang={language}".encode()), library.FcObjectSetCreate())
    return bool(found and found.contents.n_fonts)
