"""The allow-list: for each kind of PDF object, which keys are copied, and of what kind their values are.

Nothing that acts is in it: no action, script, link, form, attachment, layer, PostScript, reference to another file. A
kind with a star is a dictionary of free names; ``valeur`` is a number, a name, a text, or an array of them.
"""

from collections.abc import Mapping

V = "valeur"


def simples(cles: str, **autres: str) -> Mapping[str, str]:
    """Keys with plain values, separated by spaces, and others with their kind."""
    return dict.fromkeys(cles.split(), V) | autres


SCHEMAS: Mapping[str, Mapping[str, str]] = {
    "ressources": {
        "ExtGState": "*etat",
        "ColorSpace": "*couleur",
        "Pattern": "*motif",
        "Shading": "*degrade",
        "XObject": "*xobjet",
        "Font": "*police",
    },
    "etat": simples(
        "Type LW LC LJ ML D RI OP op OPM FL SM SA BM CA ca AIS TK", Font="etat_police", SMask="masque_doux"
    ),
    "masque_doux": simples("Type S BC", G="xobjet"),
    "image": simples(
        "Type Subtype Width Height BitsPerComponent ImageMask Decode Interpolate SMaskInData Matte Intent",
        ColorSpace="couleur",
        SMask="xobjet",
        Mask="masque",
    ),
    "forme": simples("Type Subtype FormType BBox Matrix", Resources="ressources", Group="groupe"),
    "groupe": simples("Type S I K", CS="couleur"),
    "motif": simples(
        "Type PatternType PaintType TilingType BBox XStep YStep Matrix",
        Resources="ressources",
        Shading="degrade",
        ExtGState="etat",
    ),
    "degrade": simples(
        "ShadingType Background BBox AntiAlias Domain Coords Extend Matrix BitsPerCoordinate BitsPerComponent "
        "BitsPerFlag Decode VerticesPerRow",
        ColorSpace="couleur",
        Function="fonction",
    ),
    "fonction": simples(
        "FunctionType Domain Range Size BitsPerSample Order Encode Decode C0 C1 N Bounds",
        Functions="fonction",
    ),
    "police": simples(
        "Type Subtype BaseFont FirstChar LastChar Widths DW W DW2 W2 Name",
        FontDescriptor="descripteur",
        Encoding="encodage",
        ToUnicode="cmap",
        DescendantFonts="descendantes",
        CIDSystemInfo="systeme",
        CIDToGIDMap="octets",
    ),
    "systeme": simples("Registry Ordering Supplement"),
    "descripteur": simples(
        "Type FontName FontFamily FontStretch FontWeight Flags FontBBox ItalicAngle Ascent Descent Leading CapHeight "
        "XHeight StemV StemH AvgWidth MaxWidth MissingWidth CharSet",
        FontFile="programme",
        FontFile2="programme",
        FontFile3="programme",
        CIDSet="octets",
    ),
    "programme": simples("Length1 Length2 Length3 Subtype"),
    "encodage": simples(
        "Type BaseEncoding Differences CMapName WMode", CIDSystemInfo="systeme", UseCMap="encodage"
    ),
    "cmap": simples("Type CMapName WMode", CIDSystemInfo="systeme"),
    "octets": {},
    "icc": simples("N Range", Alternate="couleur"),
    "calibre": simples("WhitePoint BlackPoint Gamma Matrix Range"),
}
POLICES = frozenset({"/Type0", "/Type1", "/MMType1", "/TrueType", "/CIDFontType0", "/CIDFontType2"})
NEUTRES = frozenset({"/FlateDecode", "/LZWDecode", "/ASCII85Decode", "/ASCIIHexDecode", "/RunLengthDecode"})
FAX = (
    "K",
    "Columns",
    "Rows",
    "BlackIs1",
    "EncodedByteAlign",
    "EndOfLine",
    "EndOfBlock",
    "DamagedRowsBeforeError",
)
