extension Specification {
    /// RFC 4469, CATENATE.
    static let catenate = Specification(
        "RFC 4469",
        "CATENATE",
        [
            RegistryRow(
                .capability,
                "CATENATE",
                "messages can be put together from parts on the server",
                shape: "CATENATE",
                section: "3",
                related: ["APPEND", "URLAUTH"]
            ),
            RegistryRow(
                .appendData,
                "CATENATE",
                "the message is put together from texts and URLs",
                shape: #"CATENATE SP "(" cat-part *(SP cat-part) ")""#,
                section: "4",
                related: ["APPEND", "TEXT", "URL"]
            ),
            RegistryRow(
                .appendData,
                "TEXT",
                "a piece of the message that the client sends",
                shape: "TEXT SP literal",
                section: "4",
                related: ["CATENATE"]
            ),
            RegistryRow(
                .appendData,
                "URL",
                "a piece of the message that the server already has",
                shape: "URL SP astring",
                section: "4",
                related: ["CATENATE", "BADURL"]
            ),
            RegistryRow(
                .code,
                "BADURL",
                "a URL could not be used",
                shape: #""[" BADURL SP url "]""#,
                section: "5",
                related: ["URLFETCH"]
            ),
            RegistryRow(
                .code,
                "TOOBIG",
                "the message or literal is too large",
                shape: #""[" TOOBIG "]""#,
                section: "5",
                also: "RFC 7888 section 4",
                related: ["APPEND", "APPENDLIMIT", "LITERAL-"]
            ),
        ]
    )
}
