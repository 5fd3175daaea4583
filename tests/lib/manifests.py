"""Texts that verify may get as a manifest: what is none, and a small one.

Not a test. manifest.py and fuzz/seeds.py use them.
"""

NOT = [b"", b"{", b"[]", b"{}", b"null", b"7", b"{\"atopdump_manifest\":1}", b"{\"atopdump_manifest\":2}", b"{\"atopdump_manifest\":\"1\"}",
       b"[" * 100000, b"{\"a\":1,\"a\":2}", b"{\"a\":\"\xff\"}", b"{\"a\":\"\\u0000\"}", b"{\"a\":\"\\ud800\"}", b"{\"a\":01}", b"{\"a\":1} x",
       b"{\"a\":.5}", b"{\"a\":\"\n\"}", b"{'a':1}", b"{\"a\":nul}", b"{\"a\":\"\\x\"}", b"{\"a\":1,}", b"[1,]", b"\xef\xbb\xbf{}", b"{\"a\":-}",
       b"{\"a\":1e}", b"{\"a\"}", b"{\"a\":1 \"b\":2}", b"{\"a\":\"\\ud800\\u0041\"}", b"{\"a\":\"x", b"[1\0]",
       b"{\"atopdump_manifest\":1,\"run\":{},\"inputs\":[{}],\"outputs\":[]}",
       b"{\"atopdump_manifest\":1,\"run\":{},\"inputs\":[{\"path\":\"x\",\"path_hex\":\"00\",\"logs\":[],\"size\":1,\"sha256\":\"\"}],\"outputs\":[]}",
       b"{\"atopdump_manifest\":1,\"run\":{},\"inputs\":[],\"outputs\":[{\"path\":\"x\"}]}"]

SMALL = b"""{"atopdump_manifest": 1, "tool": {"name": "atopdump", "version": "0.1.0", "commit": null, "catalog": "0f"},
 "run": {"verb": "carve", "options": ["--schema=2.7"], "files": ["a\\u00e9\\ud83d\\ude00", "-"], "schema": "2.7", "carves": true},
 "not_opened": [], "inputs": [{"path": "r\\ufffd.raw", "path_hex": "72ff2e726177", "size": 12, "sha256": "00", "logs": [
  {"member": null, "part": 1, "samples": 0, "damage": [{"kind": "gzip", "offset": 0}], "gaps": [], "notes": []}], "damage": [],
  "unread": [], "status": "ok", "reason": null}, {"path": "-", "size": 1.5e3, "logs": null}], "outputs": [
  {"path": "out", "size": 0, "sha256": ""}], "status": -0}
"""
