"""Files that are neither PDF nor a picture that is read, by their first bytes; each with the code of its refusal."""

import gzip
import io
import tarfile
import zipfile
from collections.abc import Iterator

from PIL import Image

DEBUTS: dict[str, dict[str, bytes]] = {
    "PROGRAMME": {
        "exe": b"MZ\x90\x00" + b"\x00" * 60 + b"PE\x00\x00",
        "exe-dos": b"MZ" + b"\x00" * 30,
        "elf": b"\x7fELF\x02\x01\x01" + b"\x00" * 60,
        "elf-32": b"\x7fELF\x01\x01\x01" + b"\x00" * 60,
        "mach-o": b"\xcf\xfa\xed\xfe" + b"\x00" * 30,
        "java": b"\xca\xfe\xba\xbe\x00\x00\x00\x34",
        "wasm": b"\x00asm\x01\x00\x00\x00",
        "sh": b"#!/bin/sh\nrm -rf /\n",
        "python": b"#!/usr/bin/env python3\nimport os\n",
        "php": b"<?php system($_GET['c']); ?>",
        "php-court": b"<?= `id` ?>",
        "dex": b"dex\n035\x00",
        "lnk": b"L\x00\x00\x00\x01\x14\x02\x00\x00\x00\x00\x00",
    },
    "ARCHIVE": {
        "rar": b"Rar!\x1a\x07\x00",
        "rar5": b"Rar!\x1a\x07\x01\x00",
        "7z": b"7z\xbc\xaf\x27\x1c\x00\x04",
        "gz": gzip.compress(b"%PDF-1.4"),
        "bz2": b"BZh91AY&SY",
        "xz": b"\xfd7zXZ\x00",
        "zstd": b"\x28\xb5\x2f\xfd\x04",
        "cab": b"MSCF\x00\x00\x00\x00",
        "iso": b"\x00" * 32_769 + b"CD001\x01" + b"\x00" * 100,
        "zip-vide": b"PK\x05\x06" + b"\x00" * 18,
        "zip-coupe": b"PK\x07\x08" + b"\x00" * 18,
    },
    "BUREAUTIQUE": {
        "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100,
        "rtf": b"{\\rtf1\\ansi Bonjour}",
        "rtf-objet": b"{\\rtf1{\\object\\objupdate{\\*\\objclass Word.Document.8}}}",
    },
    "PAGE_WEB": {
        "html": b"<html><body onload=alert(1)></body></html>",
        "html-doctype": b"<!DOCTYPE html><script>alert(1)</script>",
        "html-espaces": b"\n\n   <HTML><script>alert(1)</script>",
        "html-commentaire": b"<!-- x --><script>alert(1)</script>",
        "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        "svg-xml": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        "svg-bom": b'\xef\xbb\xbf<?xml version="1.0"?><svg/>',
        "xml-bombe": b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><l>&b;</l>',
        "xml-externe": b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><l>&a;</l>',
        "script": b"<script>alert(1)</script>",
        "iframe": b"<iframe src=javascript:alert(1)>",
    },
    "COURRIEL": {
        "eml": b"From: a@example.org\r\nTo: b@example.org\r\nSubject: x\r\n\r\nx",
        "eml-recu": b"Received: from x\r\n\r\nx",
        "eml-retour": b"Return-Path: <a@example.org>\r\n\r\nx",
        "eml-mime": b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed\r\n\r\nx",
        "eml-x": b"X-Mailer: x\r\n\r\nx",
        "mht": b"From: <Saved by x>\r\nMIME-Version: 1.0\r\n\r\nx",
    },
    "IMAGE": {
        "jp2": b"\x00\x00\x00\x0cjP  \r\n\x87\n",
        "jxl": b"\xff\x0a\x00\x00",
        "psd": b"8BPS\x00\x01",
        "avif": b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00",
        "avif-anime": b"\x00\x00\x00\x1cftypavis\x00\x00\x00\x00",
    },
    "VIDEO": {
        "mp4": b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00",
        "mov": b"\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00",
        "mkv": b"\x1a\x45\xdf\xa3\x01",
        "avi": b"RIFF\x00\x00\x00\x00AVI LIST",
        "wav": b"RIFF\x00\x00\x00\x00WAVEfmt ",
        "mp3": b"ID3\x03\x00\x00",
        "ogg": b"OggS\x00\x02",
        "flac": b"fLaC\x00\x00",
    },
    "FORMAT": {
        "texte": b"Bonjour, ceci est mon avis d'imposition.\n",
        "csv": b"nom;prenom\nDurand;Jeanne\n",
        "json": b'{"a": 1}',
        "js": b"alert(1);",
        "bat": b"@echo off\r\ndel /q *.*\r\n",
        "ps1": b"Invoke-Expression (New-Object Net.WebClient).DownloadString('x')",
        "vbs": b'CreateObject("WScript.Shell").Run "calc"',
        "postscript": b"%!PS-Adobe-3.0\n(x) print\n",
        "eps": b"\xc5\xd0\xd3\xc6\x20\x00\x00\x00",
        "fdf": b"%FDF-1.2\n1 0 obj\n",
        "flash": b"CWS\x0a\x00\x00\x00\x00",
        "police": b"\x00\x01\x00\x00\x00\x10\x01\x00",
        "otf": b"OTTO\x00\x0a",
        "sqlite": b"SQLite format 3\x00",
        "dicom": b"\x00" * 128 + b"DICM",
        "zeros": b"\x00" * 4096,
        "un-octet": b"%",
        "presque-pdf": b"%PDX-1.4",
        "presque-png": b"\x89PNG\r\n\x1a",
        "presque-jpeg": b"\xff\xd8",
        "bom-pdf": b"\xef\xbb\xbf%PDF-1.4\n",
        "espace-pdf": b" %PDF-1.4\n",
        "pem": b"-----BEGIN PRIVATE KEY-----\n",
        "torrent": b"d8:announce",
        "djvu": b"AT&TFORM",
        "hasard": bytes((n * 73 + 41) % 251 for n in range(2000)),
    },
}
BUREAU = {
    "docx": ["[Content_Types].xml", "word/document.xml"],
    "docm": ["[Content_Types].xml", "word/vbaProject.bin"],
    "xlsx": ["[Content_Types].xml", "xl/workbook.xml"],
    "pptx": ["[Content_Types].xml", "ppt/presentation.xml"],
}


def mauvais_types() -> Iterator[tuple[str, bytes, set[str]]]:
    """Name, bytes and expected codes."""
    yield "vide", b"", {"VIDE"}
    for code, debuts in DEBUTS.items():
        for nom, octets in debuts.items():
            yield f"type-{nom}", octets, {code}
    for nom, entrees in BUREAU.items():
        yield f"type-{nom}", archive(dict.fromkeys(entrees, b"<x/>")), {"BUREAUTIQUE"}
    yield "type-odt", archive({"mimetype": b"application/vnd.oasis.opendocument.text"}), {"BUREAUTIQUE"}
    yield "type-zip", archive({"document.pdf": b"%PDF-1.4"}), {"ARCHIVE"}
    yield (
        "type-jar",
        archive({"META-INF/MANIFEST.MF": b"Main-Class: X", "X.class": b"\xca\xfe\xba\xbe"}),
        {"ARCHIVE"},
    )
    yield (
        "type-zip-quine",
        archive({"a.zip": archive({"b.zip": archive({"c": b"\x00" * 9999})})}),
        {"ARCHIVE"},
    )
    tampon = io.BytesIO()
    with tarfile.open(fileobj=tampon, mode="w") as tar:
        tar.addfile(tarfile.TarInfo("x"))
    yield "type-tar", tampon.getvalue(), {"ARCHIVE"}
    image = Image.new("RGB", (8, 8), "red")
    for format_ in ("TIFF", "GIF", "BMP", "WEBP", "ICO"):
        tampon = io.BytesIO()
        image.save(tampon, format_)
        yield f"type-{format_.lower()}", tampon.getvalue(), {"IMAGE"}
    yield "type-tiff-gros-boutiste", b"MM\x00*\x00\x00\x00\x08", {"IMAGE"}


def archive(entrees: dict[str, bytes]) -> bytes:
    """A ZIP file of these entries."""
    tampon = io.BytesIO()
    with zipfile.ZipFile(tampon, "w", zipfile.ZIP_DEFLATED) as zip_:
        for nom, octets in entrees.items():
            zip_.writestr(nom, octets, zipfile.ZIP_STORED if nom == "mimetype" else None)
    return tampon.getvalue()
