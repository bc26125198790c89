/// What stands in the page before the data.
enum HTMLPage {
    /// SHA-256 of the style and the script in base64: the policy lets a browser use these two and nothing else, whatever
    /// a server or a client may have put into a message.
    static let styleDigest: StaticString = "IT8zVZAwmDazuo0nA0fr1yoG/tmWKYU9ipcPWRtiook="
    static let scriptDigest: StaticString = "z9mQVGUFTQxURs1yBL3o/ZwupTzS/bDkl6DNE75LKR8="

    static func write(to writer: inout ByteWriter) {
        writer.append(
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-
            """
        )
        writer.append(self.styleDigest)
        writer.append("'; script-src 'sha256-")
        writer.append(self.scriptDigest)
        writer.append(
            """
            '; base-uri 'none'; form-action 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="referrer" content="no-referrer">
            <meta name="color-scheme" content="light dark">
            <title>imapscope</title>
            <style>
            """
        )
        writer.append(ReportStyle.text)
        writer.append("</style>\n<script>")
        for part in ReportScript.parts { writer.append(part) }
        writer.append("</script>\n</head>\n<body>\n")
        writer.append(self.body)
    }

    private static let body: StaticString = """
        <header>
        <h1>imapscope</h1>
        <label class="grow"><span class="hidden">Filter</span><input id="filter" type="search" autocomplete="off" \
        spellcheck="false" placeholder="words, or command:fetch status:no severity:high latency&gt;200 -noop; / to come here"></label>
        <label><input id="flat" type="checkbox"> by time</label>
        <button id="finding" title="next finding (f), the one before (F)">findings</button>
        <button id="theme" title="light or dark (t)">light/dark</button>
        <button id="help" title="keys and filters (?)">help</button>
        </header>
        <p id="banner" role="alert" hidden></p>
        <noscript><p class="banner">This page shows its data by a script of its own, and scripts are switched off. \
        <code>imapscope decode --format text</code> writes the same as text.</p></noscript>
        <main>
        <nav id="sessions" aria-label="Sessions"></nav>
        <section id="rows" tabindex="0" role="tree" aria-label="Commands and messages"><div id="space"></div></section>
        <article id="detail" tabindex="0" aria-label="What is selected" aria-live="polite"></article>
        </main>
        <footer id="status" role="status">reading …</footer>
        <div id="print"></div>
        <dialog id="keys"><h2>Keys</h2><dl>
        <dt>↑ ↓ k j</dt><dd>move</dd><dt>← →</dt><dd>fold and unfold an exchange</dd>
        <dt>Home End</dt><dd>first, last</dd><dt>[ ]</dt><dd>session before, next session</dd>
        <dt>f F</dt><dd>next finding, the one before</dd><dt>/</dt><dd>filter</dd>
        <dt>e E</dt><dd>unfold all, fold all</dd><dt>t</dt><dd>light or dark</dd><dt>Esc</dt><dd>empty the filter, close this</dd>
        </dl><h2>Filter</h2><p>All words must be found, in any case; <code>-word</code> must not; <code>"two words"</code>.</p><dl>
        <dt>command:fetch tag:a1 kind:untagged dir:client</dt><dd>the message or its exchange</dd>
        <dt>status:no status:none</dt><dd>how the command ended</dd>
        <dt>session:3 user:joe mailbox:inbox</dt><dd>where</dd>
        <dt>latency&gt;200 size&gt;10000</dt><dd>milliseconds, octets; also &lt;</dd>
        <dt>severity:high finding:literal</dt><dd>findings at least so grave, or by name</dd>
        </dl><form method="dialog"><button>close</button></form></dialog>

        """
}
